"""An opening as a rung found it, and how it becomes a `Posting` with lines."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urlsplit

from domain import Posting, Section
from language.instructions import instructions_in, kind_of
from scraping.characters import lines_of, one_line
from scraping.employment import employment_name
from scraping.sections import blocks_of, cut, sentences
from scraping.speculative import is_speculative
from scraping.tongue import guess_language
from scraping.visible import Block, see

MOST_POSTINGS = 1_000
_LONGEST_TITLE = 250
_MOST_PLACES = 5


@dataclass(frozen=True)
class Advert:
    """What a rung knows of one opening. `markup` is its description as HTML; `text` as plain text otherwise.

    `blocks`, where set, is what was seen of it on the page, and comes before both. `key` tells it apart from
    the others of its board.
    """

    title: str
    markup: str = ""
    text: str = ""
    blocks: tuple[Block, ...] = ()
    company: str = ""
    company_source: Literal["published", "address", ""] = ""
    location: str = ""
    url: str = ""
    department: str = ""
    employment_type: str = ""
    posted: str = ""
    language: str = ""
    key: str = ""

    @property
    def is_described(self) -> bool:
        """Whether it has a text of its own."""
        return bool(self.blocks or self.markup.strip() or self.text.strip())


@dataclass
class Published:
    """Postings made from adverts, with what else their texts held."""

    postings: list[Posting] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    instructions: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def publish(adverts: Iterable[Advert], rung: str) -> Published:
    """Turn adverts into postings, each opening once, at most a thousand."""
    result = Published()
    for advert in distinct(adverts):
        if len(result.postings) == MOST_POSTINGS:
            result.warnings.append(f"Only the first {MOST_POSTINGS} openings were read.")
            break
        posting, hidden = _posting(advert, f"o{len(result.postings) + 1}", rung)
        result.postings.append(posting)
        result.hidden += hidden
        # What is a line of another section has been looked at, and asks for nothing.
        known = {line.text for line in posting.lines if line.section is not Section.APPLY}
        said = (s for line in posting.text.split("\n") for s in sentences(line) if s not in known)
        result.instructions += instructions_in(said)
    result.hidden = list(dict.fromkeys(result.hidden))[:20]
    result.instructions = list(dict.fromkeys(result.instructions))[:20]
    return result


def distinct(adverts: Iterable[Advert]) -> list[Advert]:
    """Each opening once: by its board's key, else by address and title, else by title and place."""
    found: dict[tuple[str, ...], Advert] = {}
    for advert in adverts:
        advert = _tidied(advert)
        if not advert.title:
            continue
        found.setdefault(key_of(advert), advert)
    return list(found.values())


def key_of(advert: Advert) -> tuple[str, ...]:
    """What tells an opening from others: its board's key, else address and title, else title and place."""
    if advert.key:
        return (advert.key,)
    title = unicodedata.normalize("NFKC", advert.title).casefold()
    return (advert.url, title) if advert.url else (title, advert.location.casefold())


def _tidied(advert: Advert) -> Advert:
    places = dict.fromkeys(one_line(place) for place in advert.location.split(";"))
    return replace(
        advert,
        title=_without_orders(one_line(advert.title))[:_LONGEST_TITLE],
        company=_name(advert.company),
        location="; ".join(place for place in places if place and not _is_order(place))[:_LONGEST_TITLE],
        department=_name(advert.department),
        employment_type=_name(advert.employment_type),
        url=web_address(advert.url),
    )


def _name(text: str) -> str:
    """A name of a field; none where a page says something to applicants or programs there."""
    name = one_line(text)[:_LONGEST_TITLE]
    return "" if _is_order(name) or _NO_NAME.search(name) else name


_NO_NAME = re.compile(r"://|\]\(|[<>{}]")


def _is_order(text: str) -> bool:
    """Whether a field asks for more than documents: "Share your CV here" is the title of many an opening."""
    return kind_of(text) not in (None, "documents")


_PARTS = re.compile(r"(?<=[.!?;])\s+|\s+[-–—|•]\s+|:\s+|\s*[\[(](?=[A-Z])")


def _without_orders(title: str) -> str:
    """The title up to the first part of it that asks for something."""
    if not _is_order(title):
        return title
    end = 0
    for gap in (*_PARTS.finditer(title), None):
        part = title[end : gap.start() if gap else None]
        if _is_order(part):
            return title[:end].strip(" -–—|•:;([")
        end = gap.end() if gap else len(title)
    return ""


def web_address(text: str) -> str:
    """An address of the web as it is; empty for any other, and for one that is malformed."""
    try:
        parts = urlsplit(text)
        text.encode()
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.hostname else ""


def is_about(title: str, asked: str, found: str, answered: str) -> bool:
    """Whether what a page says is about the opening for which its address was asked.

    A page that is gone often leads on to another opening. The page at the address itself may give its title
    another form; one elsewhere must share a word with it.

    Args:
        title: What the opening is called where it was found.
        asked: The address asked for.
        found: What the page calls the opening that it describes.
        answered: The address that answered.
    """
    if _without_scheme(asked) == _without_scheme(answered):
        return True
    mine, theirs = (set(re.findall(r"\w{3,}", name.casefold())) for name in (title, found))
    return bool(mine & theirs)


def _without_scheme(address: str) -> str:
    return address.partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/")


def _posting(advert: Advert, number: str, rung: str) -> tuple[Posting, list[str]]:
    blocks, hidden = _blocks(advert)
    text, lines = cut(advert.title, _without_title(blocks, advert.title))
    posting = Posting(
        id=number,
        title=advert.title,
        company=advert.company,
        location=advert.location,
        url=advert.url,
        text=text,
        lines=lines,
        department=one_line(advert.department)[:_LONGEST_TITLE],
        employment_type=employment_name(one_line(advert.employment_type))[:_LONGEST_TITLE],
        posted=one_line(advert.posted)[:40],
        language=one_line(advert.language or guess_language(text or advert.title))[:2].lower(),
        speculative=is_speculative(advert.title),
        company_source=advert.company_source if advert.company else "",
        rung=rung,
    )
    return posting, hidden


def _blocks(advert: Advert) -> tuple[Sequence[Block], list[str]]:
    if advert.blocks:
        return advert.blocks, []
    if advert.markup:
        seen = see(advert.markup)
        return seen.blocks, seen.hidden
    return blocks_of(lines_of(advert.text)), []


def _without_title(blocks: Sequence[Block], title: str) -> Sequence[Block]:
    """Most descriptions repeat the title in their first line; it is line p0 already."""
    if blocks and blocks[0].text.casefold() == title.casefold():
        return blocks[1:]
    return blocks


def places(names: Sequence[str], *, remote: bool = False) -> str:
    """Several places as one text; a long list of countries is a remote job."""
    known = list(dict.fromkeys(name for name in (one_line(n) for n in names) if name))
    if len(known) > _MOST_PLACES:
        return "Remote" if remote else "; ".join(known[:_MOST_PLACES])
    if remote and not any("remote" in name.casefold() for name in known):
        known.append("Remote")
    return "; ".join(known)
