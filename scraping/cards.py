"""The short texts of a page that could each be the title of an opening, grouped by how they are laid out."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from language.job_words import could_be_title, is_job_title, is_marked, is_no_title, is_type
from language.places import looks_like_place
from scraping.headings import section_of
from scraping.page import Page
from scraping.single import PLACE_LABEL
from scraping.speculative import is_speculative
from scraping.visible import Block
from scraping.wording import any_of

_LONGEST_TITLE = 160
_LONGEST_HEAD = 200
_MOST_LINKS = 300
_JOB_ADDRESS = re.compile(
    r"/(?:jobs?|careers?|positions?|openings?|vacanc(?:y|ies)|postings?|roles?|hiring|stellen\w*|karriere"
    r"|offres?|emplois?|empleos?|ofertas?|vagas?|vacatures?|lavora\w*|rpd|praca|oferty?|pozice|kariera|recruit"
    r"|annonces?|requisition[\\w-]*|job-?details?|o)[/_-]"
    r"|job[-_]?(?:opening|id|details?)|[?&](?:job|req|gh_jid|jobid|position|vacancy|stelle)\w*="
    r"|\.(?:pdf|docx?)(?:$|\?)",
    re.IGNORECASE,
)
_NOT_A_JOB_ADDRESS = re.compile(
    r"/(?:blog|news|press|product|solutions?|services|case-stud|customers?|events?|category|tag|author|about"
    r"|stor(?:y|ie)|testimonial|interview|portrait|team|people|privacy|legal|training|course|berufsfeld|departments?|areas?|bereich|einstieg|policy)"
    r"s?(?:/|$)"
    r"|linkedin\.com/(?:in|company)|twitter\.com|x\.com/|facebook\.com|instagram\.com|youtube\.com|maps\."
    r"|google\.",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\d{4}[-./年]\d{1,2}[-./月]\d{1,2}")
# A line of a list that is typed rather than marked up; one that names its genders may be a title.
_DASHED = re.compile(r"[-–] (?!.*\([mwfdxhgi*]\s?[/|,*])")
_NUMBERED = re.compile(r"^(?:\d{1,2}\s?[.)]|[a-z]\))\s+(?=\S)")
_PICTURES = re.compile(r"^[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F\u200D\s]+")
_FILE_SIZE = re.compile(
    r"[ (\[]*(?:\b(?:pdf|docx?)\b)?[,; ]*\b\d{1,5}(?:[.,]\d{1,2})? ?[kKmM](?:i?[bB]|o)\b[)\]]?$"
    r"|[ ]*[(\[](?:pdf|docx?)[)\]]$",
    re.IGNORECASE,
)
_ARROWS = "»›→▸▾▼✕⌄ "
_STATE = re.compile(
    r"\d|^(?:is-)?(?:open(?:ed)?|closed?|active|inactive|first|last|odd|even|current|collapsed|expanded|new|featured|selected|show)$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"testimonial|quote|zitat|team-?(?:member|card|grid|list)|mitarbeiterstimme"
    r"|(?:^|[-_ .>])(?:persons?|people|staff|authors?|speakers?|bio)(?=$|[-_ .>])",
    re.IGNORECASE,
)
_OPENINGS = re.compile(any_of("openings-words"), re.IGNORECASE)
_OF_PEOPLE = re.compile(any_of("people-headings"), re.IGNORECASE)
_PAST = re.compile(any_of("past"), re.IGNORECASE)
_CATEGORY = re.compile(any_of("category-words"), re.IGNORECASE)
_COUNT = re.compile(
    r"^\(?\d{1,4}\)?(?:\s+(?:open\s+)?(?:roles?|jobs?|positions?|openings?|vacanc\w+|stellen\w*|jobangebote|offres?|postes?"
    r"|ofertas?|vacatures?|pozic\w+|míst\w*|nabíd\w+|ofert\w*|vagas?|件))?$",
    re.IGNORECASE,
)
ACTION = re.compile(rf"^(?:{any_of('actions')})\b.{{0,40}}$", re.IGNORECASE)
_TITLE_CLASS = re.compile(
    r"(?:job|position|posting|vacanc\w*|opening|offer|offre|role|stelle\w*|listing)[-_]{0,2}(?:title|name|titel|heading)",
    re.IGNORECASE,
)
_TITLE_LIKE = re.compile(r"^[^\W\d_][^.!?]{2,80}$")
_DASH = re.compile(r"\s+[–—|-]\s+")
_BRACKET = re.compile(r"^(?P<title>[^()]{3,})\s+\((?P<inside>[^()]+)\)$")
_QUOTED = re.compile(r"^[\"“„«»‚'‘]")
_FIRST_NAMES = re.compile(r"[A-ZÀ-Ž][a-zà-ž'’-]+(?: [A-ZÀ-Ž][a-zà-ž'’.-]*){0,2}")
_NAMED_PERSON = re.compile(r"^[A-ZÀ-Ž][\w'’.-]+(?: [A-ZÀ-Ž][\w'’.-]+){0,2},\s+\S")


@dataclass(frozen=True)
class Card:
    """A title, the index of its block, the address its card leads to, and what else stands in the block."""

    index: int
    title: str
    href: str = ""
    rest: str = ""

    @property
    def is_job(self) -> bool:
        return is_job_title(self.title) or (is_speculative(self.title) and not self.title.endswith("?"))


@dataclass
class Group:
    """Cards that share their layout, and the share of them that read like jobs."""

    cards: list[Card] = field(default_factory=list)

    def share(self) -> float:
        """The share of job titles; what is clearly something else on a page of jobs does not count."""
        titles = {
            c.title for c in self.cards if not (is_beside_the_point(c.title) or is_speculative(c.title))
        }
        return sum(is_job_title(title) for title in titles) / len(titles) if titles else 0.0

    def weak_share(self) -> float:
        """The same, with titles that have at least the form of one."""
        titles = {
            c.title for c in self.cards if not (is_beside_the_point(c.title) or is_speculative(c.title))
        }
        likely = sum(is_job_title(t) or could_be_title(t) for t in titles)
        return likely / len(titles) if titles else 0.0

    @property
    def is_marked(self) -> bool:
        return any(is_marked(card.title) for card in self.cards)

    @property
    def is_linked(self) -> bool:
        """Whether at least half of the cards lead to addresses of postings."""
        return sum(bool(card.href) and is_job_address(card.href) for card in self.cards) * 2 >= len(
            self.cards
        )


def is_beside_the_point(title: str) -> bool:
    """Whether a text that is laid out like a title heads a part of a page, asks, counts or acts."""
    if title.endswith("?") or (":" in title and PLACE_LABEL.match(title)):
        return True
    if is_job_title(title) or is_speculative(title):
        return False
    if title[:1].islower():
        return True
    return bool(
        is_no_title(title)
        or (section_of(title) is not None and not could_be_title(title))
        or title.endswith(("?", "!", ":", "."))
        or len(title.split()) > 12
        or ACTION.match(title)
        or is_type(title)
        or _COUNT.match(title)
        or looks_like_place(title)
    )


def is_count(text: str) -> bool:
    return _COUNT.match(text) is not None


def is_job_address(address: str) -> bool:
    return _JOB_ADDRESS.search(address) is not None


def candidates(blocks: Sequence[Block], page: Page) -> Iterator[tuple[str, Card]]:
    """Each text that could be a title with the layout that it shares with its like."""
    for index, block in enumerate(blocks):
        if block.tag in ("label", "option", "caption") or "form" in block.regions:
            continue
        if block.tag == "th" and not _heads_a_row(index, blocks):
            continue
        if block.tag == "button" and not block.level:
            continue
        if block.tag != "li" and _DASHED.match(block.text):
            continue
        if _PEOPLE.search(block.path) or _is_of_a_person(index, blocks) or _DATED.match(block.text):
            continue
        layout = f"{block.tag}|{block.level}|{block.bold}|{_without_states(block.path)}"
        for title, href, rest in _titles(block):
            address = page.absolute(href)
            if len(title) > _LONGEST_TITLE or _is_elsewhere(address) or _is_home(address):
                continue
            yield f"{layout}|{bool(href)}", Card(index, title, address, rest)


def _heads_a_row(index: int, blocks: Sequence[Block]) -> bool:
    """Whether a heading cell is the first of a row of ordinary ones."""
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    return following is not None and following.tag == "td" and following.row == blocks[index].row


def _titles(block: Block) -> Iterator[tuple[str, str, str]]:
    """Title, address and rest of a block; several where it holds several links to jobs side by side."""
    jobs = [(text, href) for text, href in block.links[:_MOST_LINKS] if is_job_title(text)]
    if len(jobs) > 1 and len(jobs) * 2 > len(block.links[:_MOST_LINKS]):
        yield from ((tidy_title(text), href, "") for text, href in jobs)
        return
    if block.opening_link[1]:
        text, href = block.opening_link
    else:
        text, href = _title_among(block.parts, block.hints) or block.text, block.href
    title, rest = _without_facts(text)
    others = " · ".join(part for part in block.parts if part != text and part not in text)
    yield tidy_title(title), href, " · ".join(filter(None, (rest, others)))


def _title_among(parts: Sequence[str], hints: Sequence[str]) -> str:
    """The one of several texts side by side that is the title: by its class, else the one that names a job.

    Empty where it cannot be told, or where the texts are pieces of one title.
    """
    if len(parts) < 2:
        return ""
    told = [part for part, hint in zip(parts, hints, strict=True) if _TITLE_CLASS.search(hint)]
    if len(told) == 1:
        return told[0]
    facts = [_states_facts(part) or (len(part) <= 12 and not is_job_title(part)) for part in parts]
    jobs = [part for part in parts if is_job_title(part) and not is_type(part)]
    named = [part for part in parts if _TITLE_LIKE.match(part)]
    if len(jobs) == 1 and (any(facts) or (len(parts) == 2 and len(named) == 2 and parts[1] == jobs[0])):
        return jobs[0]
    if len(jobs) > 1 and parts[0] == jobs[0] and any(facts[1:]):
        return jobs[0]
    if could_be_title(parts[0]) and not _states_facts(parts[0]) and all(map(_states_facts, parts[1:])):
        return parts[0]
    weak = [part for part, fact in zip(parts, facts, strict=True) if not fact and could_be_title(part)]
    return weak[0] if not jobs and len(weak) == 1 and sum(facts) >= len(parts) - 1 else ""


def _without_facts(text: str) -> tuple[str, str]:
    """A title and the facts that a line appends, from the kind of employment on: "Cook – full-time"."""
    first, *others = _DASH.split(text)
    if others and is_job_title(first) and any(is_type(other) for other in others):
        return first, " · ".join(others)
    bracket = _BRACKET.match(text)
    if bracket is not None and is_type(bracket["inside"]) and is_job_title(bracket["title"]):
        return text, bracket["inside"]
    return text, ""


def _states_facts(text: str) -> bool:
    facts = re.split(r"\s*[·•|,]\s*|\s+[–—-]\s+", text)
    return any(is_type(fact) or is_count(fact) or looks_like_place(fact) for fact in (text, *facts))


def tidy_title(text: str) -> str:
    """A title without the number, bullet or arrow that a list puts around it."""
    text = _PICTURES.sub("", text)
    plain = _FILE_SIZE.sub("", _NUMBERED.sub("", text.strip(" •·–—-*▪■●◆►▶\u00a0")))
    return plain.rstrip(_ARROWS).removesuffix(" +").strip()


def _is_home(address: str) -> bool:
    return bool(address) and urlsplit(address).path in ("", "/") and not urlsplit(address).query


def _is_elsewhere(address: str) -> bool:
    return bool(address and _NOT_A_JOB_ADDRESS.search(address) and not _JOB_ADDRESS.search(address))


def _without_states(path: str) -> str:
    """A path with one class an element, none that tells one card from the next: numbers, "active", "last"."""
    kept = []
    for element in path.split(">"):
        tag, _, classes = element.partition(".")
        kept.append(tag + "." + next((c for c in classes.split() if not _STATE.search(c)), ""))
    return ">".join(kept)


def _is_of_a_person(index: int, blocks: Sequence[Block]) -> bool:
    """Whether a title is that of somebody quoted or shown: a quotation or a name stands right beside it."""
    block = blocks[index]
    if _QUOTED.search(block.text) and len(block.text.split()) > 2:
        return True
    name, comma, role = block.text.partition(", ")
    if (
        comma
        and is_job_title(role)
        and not block.href
        and _FIRST_NAMES.fullmatch(name)
        and not is_job_title(name)
    ):
        return True
    around = [
        b.text for b in (*blocks[max(0, index - 2) : index], *blocks[index + 1 : index + 2]) if not b.level
    ]
    quoted = any(_QUOTED.search(text) and len(text.split()) > 2 for text in around)
    return quoted and (not block.href or bool(_NAMED_PERSON.match(block.text)))


class Outline:
    """The blocks of a page, and what heads them: looked for once, since every group of cards asks."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks

    def of_categories(self, index: int) -> bool:
        """Whether the nearest heading or bold text before a block names kinds of jobs."""
        return self._nearest_says(_CATEGORY, index)

    def of_the_past(self, index: int) -> bool:
        """Whether the nearest heading before a block says that what follows is over: "Expired notices"."""
        return self._nearest_says(_PAST, index)

    def of_people(self, index: int) -> bool:
        """Whether the nearest heading before a block, or the one above it, introduces who works there."""
        before = bisect_left(self._heads, index)
        if not before:
            return False
        near = self.blocks[self._heads[before - 1]]
        above = (self.blocks[head] for head in reversed(self._heads[max(0, before - 12) : before - 1]))
        parent = next((block for block in above if 0 < block.level < (near.level or 7)), near)
        return any(_OF_PEOPLE.search(block.text[:_LONGEST_HEAD]) for block in (near, parent))

    def heads_openings(self, index: int) -> bool:
        """Whether one of the two nearest headings before a block announces openings."""
        before = bisect_left(self._heads, index)
        near = (self.blocks[head].text for head in self._heads[max(0, before - 2) : before])
        return any(len(text) <= 100 and _OPENINGS.search(text) for text in near)

    def announced(self, index: int) -> bool:
        """Whether a heading or short line before a block announces openings."""
        return index > self._first_announcement

    def parted(self, before: int, index: int, level: int) -> bool:
        """Whether a heading of a higher rank than the level stands between two blocks."""
        for indices in self._ranks[1:level]:
            following = bisect_left(indices, before + 1)
            if following < len(indices) and indices[following] < index:
                return True
        return False

    def _nearest_says(self, words: "re.Pattern[str]", index: int) -> bool:
        before = bisect_left(self._heads, index)
        return bool(before) and bool(words.search(self.blocks[self._heads[before - 1]].text[:_LONGEST_HEAD]))

    @cached_property
    def _heads(self) -> list[int]:
        return [index for index, block in enumerate(self.blocks) if block.level or block.bold]

    @cached_property
    def _ranks(self) -> list[list[int]]:
        """The indices of the headings of each level, 1 to 6."""
        ranks: list[list[int]] = [[] for _ in range(7)]
        for index, block in enumerate(self.blocks):
            ranks[block.level].append(index)
        return ranks

    @cached_property
    def _first_announcement(self) -> int:
        lines = enumerate(self.blocks)
        said = (i for i, b in lines if len(b.text) <= (100 if b.level else 60) and _OPENINGS.search(b.text))
        return next(said, len(self.blocks))


def counts_jobs(group: Group, blocks: Sequence[Block]) -> bool:
    """Whether the cards are kinds of jobs or teams, each with the number of its jobs."""
    counted = 0
    for card in group.cards:
        below = blocks[card.index + 1 : card.index + 2]
        told = is_count(card.rest.strip(" ·|–-"))
        counted += told or any(is_count(b.text) and not b.text.isdigit() for b in below)
    return counted * 2 > len(group.cards)
