"""CSS colours and the contrast between two of them."""

import re
from functools import lru_cache

import tinycss2.color3
import tinycss2.color4

Colour = tuple[float, float, float, float]
"""Red, green, blue and opacity, each 0 to 1."""

WHITE: Colour = (1.0, 1.0, 1.0, 1.0)

_CANDIDATES = re.compile(r"#[0-9a-f]+|(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\([^)]*\)|[a-z]+")


@lru_cache(maxsize=4096)
def parse_colour(value: str) -> Colour | None:
    """A CSS colour, or the first one in a `background` shorthand; None where it cannot be told."""
    if "gradient(" in value or "url(" in value or "var(" in value:
        return None
    for candidate in (
        value,
        *re.findall(r"#[0-9a-f]+|(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\([^)]*\)|[a-z]+", value),
    ):
        parsed = tinycss2.color3.parse_color(candidate)
        if parsed is not None and not isinstance(parsed, str):
            return (parsed.red, parsed.green, parsed.blue, parsed.alpha)
        if "(" in candidate and (newer := _newer(candidate)) is not None:
            return newer
    return None


def _newer(value: str) -> Colour | None:
    """A colour in the notation of CSS 4: parts apart by spaces, an opacity after a slash, other spaces."""
    parsed = tinycss2.color4.parse_color(value)
    if parsed is None or isinstance(parsed, str):
        return None
    try:
        converted = parsed.to("srgb")
        red, green, blue = (min(1.0, max(0.0, float(part or 0.0))) for part in converted.coordinates)
    except (NotImplementedError, TypeError, ValueError):
        return None
    return (red, green, blue, float(converted.alpha))


def contrast(text: Colour, behind: Colour) -> float:
    """The WCAG contrast ratio, 1 to 21, of text over an opaque background."""
    alpha = text[3]
    mixed = tuple(t * alpha + b * (1 - alpha) for t, b in zip(text[:3], behind[:3], strict=True))
    lighter, darker = sorted((_luminance(mixed), _luminance(behind[:3])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(channels: tuple[float, ...]) -> float:
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
