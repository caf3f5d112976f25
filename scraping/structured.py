"""JSON-LD: the schema.org `JobPosting`s of a page, whatever is wrong with the blocks that hold them.

Each repair answers a defect seen on real pages; a block that cannot be repaired costs none of its neighbours.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from scraping.advert import Advert, places
from scraping.characters import one_line
from scraping.employment import employment_name
from scraping.page import Page

_MOST_VALUES = 50_000
_COMMENT = re.compile(
    r"(?://\s*+)?(?:<!\[CDATA\[|\]\]>)|/\*.*?(?:\*/|\Z)|^[^\S\n]*//[^\n]*$|<!--|-->", re.DOTALL | re.MULTILINE
)
_TAG = re.compile(
    r"<\s*+(?:/\s*+)?(?:p|br|div|ul|ol|li|h[1-6]|b|strong|i|em|span|a|table|section|u)\b(?=[^<>]*>)", re.I
)
_BLOCK_TAG = re.compile(r"<\s*+(?:p|br|div|li|h[1-6]|tr)\b", re.I)
_DEEPEST = 8
_LONE_BACKSLASH = re.compile(r"\\(?![\"\\/bfnrtu])|\\u(?![0-9a-fA-F]{4})")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_NO_PLACE = re.compile(r"(?:n/?a|none|null|-+|\.|unavailable)?", re.IGNORECASE)
_ANYWHERE = re.compile(r"(?:anywhere|worldwide|global)", re.IGNORECASE)


def job_data(page: Page) -> list[Advert]:
    """The openings that the page's job data describes, in order; some have no text, only an address."""
    found = []
    for node in page.tree.css('script[type*="ld+json" i]'):
        for value in _values(node.text(deep=True)):
            advert = advert_of(value, page)
            if advert is not None:
                found.append(advert)
    return found


def postings_in(value: Any, page: Page) -> list[Advert]:
    """The openings that a decoded JSON-LD document describes; `page` is where it came from."""
    return [advert for job in _values_in(value) if (advert := advert_of(job, page)) is not None]


def parse_block(block: str) -> Any:
    """The value of one JSON-LD block, repaired as far as it takes; None for a blank or hopeless one."""
    text = block.strip().lstrip("\ufeff").rstrip(";").strip()
    if not text:
        return None
    if text.startswith(("&quot;", "{&quot;", "[&quot;", "{ &quot;", "&#123;", "[{&quot;")) or re.match(
        r"[\[{\s]+&(?:quot|#34);", text
    ):
        text = html.unescape(text)
    for repair in (str, _without_comments, _with_escapes, _without_commas):
        text = repair(text)
        try:
            return json.loads(text, strict=False)
        except ValueError:
            continue
        except RecursionError:
            return None
    try:
        # Two objects in one block, or words after it: the first value is still good.
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _without_comments(text: str) -> str:
    return (
        _COMMENT.sub(" ", text).strip().rstrip(";").strip()
        if "//" in text or "*" in text or "<!" in text
        else text
    )


def _with_escapes(text: str) -> str:
    return _LONE_BACKSLASH.sub(lambda match: "\\" + match[0], text)


def _without_commas(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", text)


def _values(block: str) -> Iterator[dict[str, Any]]:
    """Every JobPosting in a block, however deep, in document order."""
    return _values_in(parse_block(block))


def _values_in(document: Any) -> Iterator[dict[str, Any]]:
    stack = [document]
    for _ in range(_MOST_VALUES):
        if not stack:
            return
        value = stack.pop()
        if isinstance(value, list):
            stack += reversed(value)
        elif isinstance(value, dict):
            if _is_a(value, "JobPosting"):
                yield value
            else:
                stack += reversed(list(value.values()))


def _is_a(value: dict[str, Any], kind: str) -> bool:
    types = value.get("@type") or value.get("type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] == kind for name in names)


def advert_of(job: dict[str, Any], page: Page) -> Advert | None:
    """The opening that a schema.org `JobPosting` describes; None where it has no title."""
    title = html.unescape(_text(job.get("title")) or _text(job.get("name")))
    if not title.strip():
        return None
    markup, text = description(_joined(job))
    return Advert(
        title=title,
        markup=markup,
        text=text,
        company=_organisation(job.get("hiringOrganization")),
        company_source="published",
        location=_location(job),
        url=page.absolute(_text(job.get("url")) or _text(job.get("@id"))) or "",
        employment_type=_employment(job.get("employmentType")),
        posted=_text(job.get("datePosted")),
        language=_text(job.get("inLanguage")) or page.language,
    )


def _joined(job: dict[str, Any]) -> str:
    """The description, and the parts that some sites keep out of it under headings of their own."""
    body = _text(job.get("description"))
    parts = [body]
    for name, heading in (
        ("responsibilities", "Responsibilities"),
        ("qualifications", "Qualifications"),
        ("experienceRequirements", "Experience"),
        ("educationRequirements", "Education"),
        ("skills", "Skills"),
        ("jobBenefits", "Benefits"),
    ):
        part = _as_markup(job.get(name))
        if part and one_line(_plain(part))[:80] not in one_line(_plain(body)):
            parts.append(f"<h3>{heading}</h3>{part}")
    return "\n".join(part for part in parts if part) if len(parts) > 1 else body


def _as_markup(value: Any, depth: int = 0) -> str:
    if isinstance(value, dict):
        value = value.get("description") or value.get("name") or value.get("credentialCategory") or ""
    if isinstance(value, list):
        items = [_as_markup(item, depth + 1) for item in value] if depth < _DEEPEST else []
        return "<ul>" + "".join(f"<li>{item}</li>" for item in items if item) + "</ul>" if any(items) else ""
    text = _text(value)
    return (
        text
        if "<" in text or not text.strip()
        else "<p>" + "</p><p>".join(text.strip().splitlines()) + "</p>"
    )


def _plain(markup: str) -> str:
    return re.sub(r"<[^<>]*>", " ", html.unescape(markup))


def description(text: str) -> tuple[str, str]:
    """A description as (markup, "") or ("", plain text with line breaks)."""
    for _ in range(2):
        if "<" in text or not re.search(r"&(?:lt|#60|#x3c|amp;lt);", text, re.I):
            break
        text = html.unescape(text)
    if not _TAG.search(text):
        text = html.unescape(text)
        return "", text.replace("\\r", "").replace("\\n", "\n")
    if not _BLOCK_TAG.search(text):
        text = text.replace("\n", "<br>")
    return text.replace("\\n", " ").replace("\\r", " "), ""


def _organisation(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("legalName") or ""
    if isinstance(value, list):
        value = value[0] if value else ""
    name = one_line(html.unescape(_text(value)))
    return "" if name.lower() in ("confidential", "n/a", "-", "none") or name.startswith("http") else name


def _location(job: dict[str, Any]) -> str:
    remote = "TELECOMMUTE" in str(job.get("jobLocationType") or "").upper()
    listed = job.get("jobLocation") or []
    names = [_place(place) for place in (listed if isinstance(listed, list) else [listed])]
    names = [name for name in names if name]
    if names and all(_ANYWHERE.fullmatch(name) for name in names):
        return names[0]
    if not names and remote:
        wanted = job.get("applicantLocationRequirements") or []
        areas = [_place(area) for area in (wanted if isinstance(wanted, list) else [wanted])]
        areas = [area for area in areas if area]
        return "Remote" if not 0 < len(areas) <= 5 else f"Remote, {'; '.join(areas)}"
    return places(names, remote=remote)


def _place(value: Any, depth: int = 0) -> str:
    if isinstance(value, list):
        inner = value[:20] if depth < _DEEPEST else []
        return "; ".join(filter(None, (_place(item, depth + 1) for item in inner)))
    if not isinstance(value, dict):
        return _known(_text(value))
    address = value.get("address")
    if isinstance(address, list):
        address = address[0] if address else None
    if not isinstance(address, dict):
        if isinstance(address, str) and _known(address):
            return _known(address)
        address = value
    parts = [
        _known(_text(address.get("addressLocality"))),
        _known(_text(address.get("addressRegion"))),
        _known(_country(address.get("addressCountry"))),
    ]
    known = dict.fromkeys(filter(None, parts))
    if len(known) > 1:
        known = {part: None for part in known if not _ANYWHERE.fullmatch(part)} or known
    return ", ".join(known) or _known(_text(value.get("name")))


def _country(value: Any) -> str:
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _known(name: str) -> str:
    name = one_line(html.unescape(name)).strip(" ,")
    return "" if _NO_PLACE.fullmatch(name) else name


def _employment(value: Any) -> str:
    found = value if isinstance(value, list) else re.split(r"\s*,\s*", _text(value))
    names = [employment_name(_text(name)) for name in found]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@value") or value.get("@id")
    if isinstance(value, list):
        value = ", ".join(item for item in value if isinstance(item, str))
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
