"""The few pieces of HTML that several screens share, and the one way text gets into it."""

from html import escape
from urllib.parse import urlsplit

ICONS = {
    "check": '<path d="M4 10.5l4 4 8-9"/>',
    "cross": '<path d="M5.5 5.5l9 9M14.5 5.5l-9 9"/>',
    "dash": '<path d="M5 10h10"/>',
    "copy": '<path d="M7.5 7.5h9v9h-9z"/><path d="M12.5 7.5v-4h-9v9h4"/>',
    "down": '<path d="M10 3v10M6 9.5l4 4 4-4M4 17h12"/>',
    "pencil": '<path d="M4 16l1-4 8.5-8.5 3 3L8 15z"/>',
    "again": '<path d="M16 10.5a6 6 0 1 1-1.8-4.8L16 7.5M16 3.5v4h-4"/>',
    "warn": '<path d="M10 3L2.5 16.5h15zM10 8.5v3.5M10 14.2v.1"/>',
    "eye": '<path d="M1.5 10S5 4.5 10 4.5s8.5 5.5 8.5 5.5-3.5 5.5-8.5 5.5z"/><circle cx="10" cy="10" r="2"/>',
    "page": '<path d="M5.5 2.5h6l3.5 3.5v11.5h-9.5zM11.5 2.5v4h3.5"/>',
    "lock": '<path d="M4.5 9h11v8h-11zM6.8 9V6.2a3.2 3.2 0 0 1 6.4 0V9"/>',
    "same": '<path d="M3 7h14M3 13h14"/>',
    "open": '<path d="M5.5 8l4.5 4.5L14.5 8"/>',
}


def text(value: object) -> str:
    """`value` as text that is safe between tags and inside a double-quoted attribute."""
    return escape(str(value), quote=True)


def icon(name: str) -> str:
    return f'<svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">{ICONS[name]}</svg>'


def host(url: str) -> str:
    """The host of an address a person typed, with or without a scheme; "the text" for anything else."""
    stripped = url.strip()
    if not looks_like_address(stripped):
        return "the text"
    with_scheme = stripped if "://" in stripped else f"https://{stripped}"
    try:
        return urlsplit(with_scheme).hostname or stripped[:80]
    except ValueError:
        return stripped[:80]


def looks_like_address(source: str) -> bool:
    """Whether what was typed is one word, so an address and not a pasted opening."""
    stripped = source.strip()
    return bool(stripped) and len(stripped.split()) == 1


def plural(count: int, one: str, many: str = "") -> str:
    """ "1 opening", "34 openings"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def link(url: str, label: str) -> str:
    """A link that leaves the page, only to the web; other schemes become plain text."""
    if not url.startswith(("https://", "http://")):
        return f'<span dir="auto">{text(label)}</span>'
    return f'<a href="{text(url)}" target="_blank" rel="noopener noreferrer nofollow">{text(label)}</a>'


def button(label: str, do: str, *, style: str = "btn", picture: str = "", **data: object) -> str:
    """A button that asks the server for `do`; `data` travels with it.

    Args:
        label: What it says.
        do: The name of a verb of `interface.verbs`.
        style: CSS classes.
        picture: The name of an icon before the label.
        data: Further values, such as `opening=3`.
    """
    extra = "".join(f' data-{key.replace("_", "-")}="{text(value)}"' for key, value in data.items())
    image = icon(picture) if picture else ""
    return f'<button type="button" class="{style}" data-do="{do}"{extra}>{image}{text(label)}</button>'


def stage(view: str, name: str, inside: str, say: str = "") -> str:
    """The part of the page below the address bar.

    Each screen has its own element name: Gradio changes pages by position, and a button must not turn into
    another one under the person's finger.

    Args:
        view: "start" while the first screen shows, "work" afterwards.
        name: The screen; a change of it moves the focus to the heading.
        inside: HTML.
        say: What the status line tells a screen reader.
    """
    return (
        f'<div class="i" data-view="{view}" data-screen="{name}">'
        f'<p class="sr" role="status">{text(say)}</p>'
        f"<in-{name}>{inside}</in-{name}></div>"
    )
