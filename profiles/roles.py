"""The entries of a section of work: which lines name a role, and which part is title, employer, dates.

People write an entry's head in one to four lines, in any order: title first or employer first, dates in
front, at the end, or between. But one document keeps to one order. So a section is read twice: entries that
tell by their words which part is the title vote for an order, and the others follow it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from language.job_words import is_job_title, is_type
from language.places import looks_like_place
from profiles import entries
from profiles.entries import Dates
from profiles.lines import Line
from profiles.sections import part_named
from profiles.text import plain, unmarked

MOST_HEAD_LINES: Final = 5
LONGEST_HEAD: Final = 16  # words beside the dates
_STRONG = re.compile(
    r"\s+[|·•∙‧▪◦]\s+|\s+(?:[\u2012-\u2015]|-{1,3})\s+|\t+|\s{3,}|\s*\|\s*|\s*•\s*|(?<=\)):\s+"
)
# Where bars part a head, a dash belongs to a name: "Product Manager – Payments | Tidewater".
_BARRED = re.compile(r"\s+\|\s+|\t+|\s{3,}")
_AT = re.compile(r"\s+(?:at|@|bei|beim|chez|en|w|presso|na)\s+|\s+@\s*", re.IGNORECASE)
_AT_SURE = re.compile(r"\s+(?:at|@|bei|chez)\s+|\s+@\s*", re.IGNORECASE)
_DURATION = re.compile(
    r"\(?\b\d+\+?\s*(?:yrs?|years?|jahre?|ans|años)\b(?:[\s,]*(?:and\s*)?\d+\s*(?:mos?|months?|monate?|mois|meses)\b)?\)?"
    r"|\(?\b\d+\s*(?:mos?|months?|monate?|mois|meses)\b\)?",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\s*\((?:[^()]*\b(?:remote|hybrid|on-?site|contract|freelance|part[- ]time|full[- ]time|vollzeit"
    r"|teilzeit|cdi|cdd"
    r"|internship|interim|maternity cover|fixed[- ]term|role)\b[^()]*|[A-Z]{2}|[^()]*)\)$",
    re.IGNORECASE,
)
# Bodies whose name begins with what they are.
_BODY = re.compile(
    r"(?:the )?(?:ministry|department|office|bank|board|institute|society|museum|city|county|state|government"
    r"|association|federation|ministère|ministerio|ministero|ministério|ayuntamiento|mairie|comune|stadt|landkreis|gemeente"
    r"|cabinet|clínica|clinique|klinik|hospital|hôpital|hotel|hôtel|école|escuela|banco|banque|banca|grupo|groupe|gruppo)\b",
    re.IGNORECASE,
)
_OWN_BOSS = re.compile(
    r"freelanc|self-employed|selbst|indépendant|autónom|freiberuf|zelfstandig", re.IGNORECASE
)
_COMPANY_FORM = re.compile(
    r"s\.?r\.?l\.?|s\.?a\.?s|s\.?p\.?a|b\.?v|n\.?v|a\.?ş|o\.o|e\.?v|oy|ab|as|aps|kg|ag|se|llp|pty|lp|(?:inc|llc|ltd|limited|gmbh|corp|co|s\.?l\.?|s\.?a\.?|plc|p\.?c)\.?",
    re.IGNORECASE,
)
_MARKS = " \t,;:|·•–—-"


@dataclass(frozen=True)
class Entry:
    """One role: the lines `first` up to `end` name it. Without a title it is the head of a group of roles."""

    first: int
    end: int
    title: str = ""
    organization: str = ""
    dates: Dates | None = None
    whole: str = ""  # the head in one piece, where title and employer were parted at a comma

    is_title_first: bool = False

    @property
    def is_group_head(self) -> bool:
        return not self.title


@dataclass(frozen=True)
class _Part:
    """A piece of a head, and how much it looks like a title (above 0) or an employer (below 0)."""

    text: str
    lean: float
    line: int
    whole: str = ""


def find_entries(lines: Sequence[Line], *, needs_dates: bool = False) -> list[Entry]:
    """The entries of a section, in order.

    Args:
        lines: The lines of the section, without its heading.
        needs_dates: Take only what bears dates, as in a section that may hold anything.
    """
    blocks = [block for run in _runs(lines) for block in _split(lines, run)]
    heads = [(block, _parts(lines[block[0] : block[1]])) for block in blocks]
    order = _order([parts for _, parts in heads])
    found = []
    for (first, end), parts in heads:
        dates = _dates_of(lines[first:end])
        if dates is None and (needs_dates or not _names_role(lines, first, end, parts)):
            continue
        if needs_dates and not _is_surely_role(lines, end, parts, dates):
            continue
        title, organization = _assigned(parts, order)
        organization = organization or _self(lines[first:end])
        if title or organization or dates:
            whole = next((part.whole for part in parts if part.whole), "")
            is_title_first = bool(parts) and parts[0].text == title
            found.append(Entry(first, end, title, organization, dates, whole, is_title_first))
    has_towns = any(_has_town(line) for entry in found for line in lines[entry.first : entry.end])
    return _without_places(_with_employers(found), has_towns)


# --- which lines ---------------------------------------------------------------------------------------


def may_head(line: Line) -> bool:
    """Whether a line may be one of those that name a role."""
    text = plain(line.text)
    dates = entries.find_dates(text)
    rest = entries.without(text, dates)
    if line.bullet and not (dates and _opens_with_title(rest) and len(rest) < 110):
        return False
    if line.bullet and re.search(r":\s+[^\W\d_]", rest):
        return False  # what was done stands in the same item
    if re.match(r"[^\W\d_][\w ]{2,24}:\s", text) and not dates:
        return False
    if len(rest.split()) > LONGEST_HEAD:
        return False
    is_deed = entries.opens_like_a_sentence(rest) and not (entries.is_job_name(rest) or _is_name(rest))
    if line.level or (dates and len(rest.split()) <= 8 and not is_deed):
        return True
    if text[:1].islower() or (re.search(r"[.!?;:]$", text) and not _COMPANY_FORM.search(text.split()[-1])):
        return False
    if rest.count(",") > 3 and not dates:
        return False
    return not is_deed


def _is_name(text: str) -> bool:
    """Whether a text that begins like a deed is a name, "Fell & Tarn Outdoor Centre": all in capitals."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return 2 <= len(words) <= 6 and all(word[0].isupper() for word in words)


def _opens_with_title(text: str) -> bool:
    """Whether a list item begins with the name of a job and not with what was done."""
    if entries.opens_like_a_sentence(text) and not entries.is_job_name(text):
        return False
    return any(_lean(part) > 0 for part in re.split(r"\s\|\s|,\s|\s[–—-]\s|\s(?:at|@)\s", text)[:2] if part)


def _runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Stretches of lines that may name roles. A gap ends one that has its dates."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    has_dates = False
    for index, line in enumerate(lines):
        heads = may_head(line)
        if start is not None and (
            not heads or (line.after_blank and has_dates) or _parts_of_list(line, lines[index - 1])
        ):
            runs.append((start, index))
            start = None
        if heads and start is None:
            start, has_dates = index, False
        if start is not None:
            has_dates = has_dates or _date_in(line) is not None
    if start is not None:
        runs.append((start, len(lines)))
    return runs


def _parts_of_list(line: Line, before: Line) -> bool:
    return line.bullet != before.bullet


def _date_in(line: Line) -> Dates | None:
    return _date_of(unmarked(line.text))


def _date_of(text: str) -> Dates | None:
    """The span of time of a line; one date alone counts where the line holds little else, or names a job."""
    dates = entries.find_dates(text)
    if dates is not None:
        return dates
    single = entries.find_dates(text, single=True)
    rest = entries.without(text, single) if single else ""
    if single is None or (rest and (len(rest.split()) > 8 or not text.endswith((single.end, ")")))):
        return None
    names = any(_lean(part) > 0 for part in _STRONG.split(rest) if part)
    return replace(single, start=single.end) if names or not rest else None


def _split(lines: Sequence[Line], run: tuple[int, int]) -> list[tuple[int, int]]:
    """A run cut into one block a date; each date has as many lines before it as the first, or as fit."""
    first, end = run
    dated = [i for i in range(first, end) if _date_in(lines[i])]
    if not dated:
        return [(max(first, end - 2), end)]  # what stands right above what belongs to it
    if len(dated) == 1:
        begin = max(first, dated[0] - 3)
        begin = _after_items(lines, begin, dated[0])
        return [(begin, _end_of(lines, begin, dated[0], end))]
    before = dated[0] - first
    gaps = [after - this - 1 for this, after in pairwise(dated)]
    if before and min(gaps) < before:
        before = min(gaps)  # a head shared by several roles stands above the first
    blocks = []
    for place, this in enumerate(dated):
        stop = dated[place + 1] - before if place + 1 < len(dated) else end
        begin = max(first, this - 3) if place == 0 else this - before
        blocks.append((begin, _end_of(lines, begin, this, stop)))
    return blocks


def _after_items(lines: Sequence[Line], begin: int, dated: int) -> int:
    """The first line of a head: after a gap, where the lines before the gap are something else."""
    for index in range(dated, begin, -1):
        loud = lines[index - 1].level or lines[index - 1].strong
        if lines[index].after_blank and not loud and index - 1 < dated and index != begin:
            return index if dated - index <= 2 else begin
    return begin


def _end_of(lines: Sequence[Line], begin: int, dated: int, stop: int) -> int:
    """After the date, and on while title or employer is still missing and a line brings it."""
    end = dated + 1
    while end < min(stop, begin + MOST_HEAD_LINES):
        line = lines[end]
        if line.after_blank and not lines[end - 1].level:
            break
        so_far = _parts(lines[begin:end], whole=True)
        if len(so_far) > 1 and not _is_aside(line):
            break
        if len(so_far) < 2 and not _brings(so_far, line, lines, end):
            break
        end += 1
    return end


def _is_aside(line: Line) -> bool:
    """A line of a head that holds only a place or a kind of contract."""
    text = plain(line.text).strip(_MARKS)
    return (
        not line.bullet
        and bool(text)
        and (entries.names_place(text) or is_type(text))
        and len(text.split()) <= 6
    )


def _brings(so_far: Sequence[_Part], line: Line, lines: Sequence[Line], index: int) -> bool:
    """Whether a line after the dates brings what the head still lacks."""
    if _is_aside(line):
        return True
    parts = _parts([line], whole=True)
    if not parts or len(parts) > 2:
        return False
    is_last = index + 1 >= len(lines) or lines[index + 1].after_blank
    if not so_far:
        return True
    first = so_far[0]
    if (
        ", " in first.text and first.lean > 0
    ):  # "Engineer, Fernhill" or "Nurse, Cardiology": the next line tells
        return parts[0].lean < 0 or line.strong or _has_town(line)
    if first.lean > 0:
        told = line.strong or parts[0].lean < 0 or _has_town(line)
        return told or (not is_last and (parts[0].lean <= 0 or len(parts) > 1))
    return parts[0].lean != 0 or line.strong or _has_town(line) or (first.lean < 0 and not is_last)


def _has_town(line: Line) -> bool:
    """Whether a place stands after something else in a line."""
    chunks = re.split(r", | \| | · | • |\t", plain(line.text))
    return len(chunks) > 1 and any(_is_place_chunk(chunk.strip()) for chunk in chunks[1:])


def _names_role(lines: Sequence[Line], first: int, end: int, parts: Sequence[_Part]) -> bool:
    """Whether lines without a date name a role all the same: a title, set apart, with something under it."""
    line = lines[first]
    if line.bullet or not parts:
        return False
    titled = any(part.lean > 0 for part in parts)
    is_followed = end < len(lines) and not lines[end].after_blank
    if line.level:
        return titled or is_followed
    short = sum(len(part.text.split()) for part in parts) <= 10
    capital = all(part.text[:1].isupper() for part in parts)
    if line.strong and is_followed and short and capital:
        return titled
    return titled and len(parts) > 1 and short and capital and parts[-1].text.count(",") < 2


def _is_surely_role(lines: Sequence[Line], end: int, parts: Sequence[_Part], dates: Dates | None) -> bool:
    """Whether what may be anything is a role: a span of time, a title and an employer, and what was done."""
    is_span = dates is not None and dates.start != dates.end
    is_followed = end < len(lines) and not lines[end].after_blank and not may_head(lines[end])
    return is_span and is_followed and len(parts) > 1 and any(part.lean > 0 for part in parts)


def _self(lines: Sequence[Line]) -> str:
    """ "Freelance" or "Self-employed", where that is all that is said of an employer."""
    pieces = (plain(piece).strip(_MARKS) for line in lines for piece in _STRONG.split(unmarked(line.text)))
    return next((piece for piece in pieces if _OWN_BOSS.match(piece) and len(piece.split()) == 1), "")


def _dates_of(lines: Sequence[Line]) -> Dates | None:
    return next(filter(None, (_date_in(line) for line in lines)), None)


# --- which part is what --------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _lean(text: str) -> float:
    """How much a part looks like the title of a job (above 0) or the name of an employer (below 0)."""
    lean = 0.0
    if is_job_title(text):
        lean += 2
    elif entries.TITLE.search(text):
        lean += 1
    if " & " in text and not is_job_title(text.partition(" & ")[0]):
        lean -= 2.6  # "Cotterell & Mwangi Solicitors", but not "Co-Founder & CTO"
    if entries.ORGANIZATION.search(text) or entries.INSTITUTION.search(text) or _BODY.match(text):
        lean -= 2.5 if not (entries.TITLE.search(text.split()[-1]) and lean > 0) else 0.5
    return lean


def _parts(lines: Sequence[Line], *, whole: bool = False) -> list[_Part]:
    """The pieces of a head that may be title or employer: without dates, places and kinds of contract.

    Args:
        lines: Those of the head.
        whole: Leave a head of one piece in one piece.
    """
    found: list[_Part] = []
    for number, line in enumerate(lines):
        text = unmarked(line.text)
        dates = _date_of(text)
        rest = _DURATION.sub("", entries.without(text, dates)) if dates else text
        strong = _BARRED if " | " in rest else _STRONG
        for piece in (half for part in strong.split(rest) for half in _at_halves(part)):
            name = _trimmed(plain(piece))
            if name and not _is_nothing(name):
                found.append(_Part(name, _lean(name), number))
    return _halves(found[0]) if len(found) == 1 and not whole else found


def _at_halves(text: str) -> list[str]:
    """ "Engineer @ Fernhill" as its two parts."""
    halves = _AT_SURE.split(text, maxsplit=1)
    return halves if len(halves) == 2 and _lean(halves[0].strip(_MARKS)) > 0 else [text]


def _is_nothing(text: str) -> bool:
    if not any(character.isalpha() for character in text) or part_named(text):
        return True
    if is_type(text) and len(text.split()) <= 2 and not is_job_title(text):
        return True
    return entries.names_place(text) and not is_job_title(text)


def _trimmed(text: str) -> str:
    """A part without the place after it and the aside in brackets behind it."""
    text = text.strip(_MARKS)
    aside = _ASIDE.search(text)
    if aside and looks_like_place(aside[0].strip(" ()")):
        text = text[: aside.start()].strip(_MARKS)
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1]
    comma = _comma_of(text)
    chunks = text.split(comma)
    while len(chunks) > 1 and _ends_with_place(chunks):
        chunks.pop()
    return comma.join(chunks).strip(_MARKS)


def _comma_of(text: str) -> str:
    return "، " if "، " in text else ", "


def _ends_with_place(chunks: Sequence[str]) -> bool:
    last = chunks[-1].strip()
    if re.fullmatch(r"[A-Z]{2}", last) and len(chunks) > 2 and _is_place_chunk(chunks[-2]):
        return True  # "Denver, CO", which is no company
    return not _COMPANY_FORM.fullmatch(last) and _is_place_chunk(last)


def _halves(part: _Part) -> list[_Part]:
    """ "Engineer at X" and "Engineer, X" have two parts; a comma inside a title is not a boundary."""
    for pattern in (_AT_SURE, _AT):
        found = pattern.split(part.text, maxsplit=1)
        if len(found) == 2 and all(half.strip(_MARKS) for half in found):
            one, two = _trimmed(found[0]), _trimmed(found[1])
            if pattern is _AT_SURE or (_lean(one) > 0 >= _lean(two) and two[:1].isupper()):
                return [
                    _Part(one, max(1.0, _lean(one)), part.line),
                    _Part(two, min(-1.0, _lean(two)), part.line),
                ]
    comma = _comma_of(part.text)
    chunks = [chunk.strip() for chunk in part.text.split(comma)]
    for place in range(len(chunks) - 1, 0, -1):
        if _COMPANY_FORM.fullmatch(chunks[place]):
            chunks[place - 1 : place + 1] = [f"{chunks[place - 1]}{comma}{chunks[place]}"]
    named = [chunk for chunk in chunks if not _is_place_chunk(chunk)]
    chunks = named if len(named) > 1 else chunks
    if len(chunks) == 1:
        return [part]
    halves = [(comma.join(chunks[:cut]), comma.join(chunks[cut:]), cut) for cut in range(1, len(chunks))]
    one, two, _ = max(
        halves, key=lambda pair: (abs(_lean(pair[0]) - _lean(pair[1])), -_lean(chunks[pair[2]]))
    )
    return [_Part(half, _lean(half), part.line, part.text) for half in (one, two)]


def _is_place_chunk(text: str) -> bool:
    if re.fullmatch(r"[A-Z]{2,3}|USA|UK", text):
        return True
    return entries.names_place(text) and _lean(text) == 0


def _order(heads: Sequence[Sequence[_Part]]) -> int:
    """1 where titles stand before employers in this document, -1 where after them, 0 where nothing tells."""
    votes: Counter[int] = Counter()
    for parts in heads:
        if len(parts) > 1 and abs(parts[0].lean - parts[1].lean) >= 1:
            votes[1 if parts[0].lean > parts[1].lean else -1] += 1
    if votes[1] == votes[-1]:
        return 0
    return 1 if votes[1] > votes[-1] else -1


def _assigned(parts: Sequence[_Part], order: int) -> tuple[str, str]:
    """(title, employer) of a head's first parts: by their words, and where those do not tell by the order."""
    if not parts:
        return "", ""
    if len(parts) == 1:
        part = parts[0]
        return (part.text, "") if part.lean > 0 else ("", part.text)
    first, second = parts[0], parts[1]
    if ", " in first.text and first.lean > 0 and second.lean == 0 and len(second.text.split()) <= 2:
        halves = _halves(first)  # "Nurse, Hill Vets | Alnwick": a town that no list holds
        if len(halves) == 2 and halves[1].lean < 0:
            parts = halves
    best = max(
        ((one, two) for one in parts[:4] for two in parts[:4] if one is not two),
        key=lambda pair: _fit(pair[0], pair[1], parts, order),
    )
    return best[0].text, best[1].text


def _fit(title: _Part, employer: _Part, parts: Sequence[_Part], order: int) -> float:
    first, second = parts.index(title), parts.index(employer)
    along = (order or 0.5) * (0.8 if first < second else -0.8)
    return title.lean - employer.lean + along - 0.35 * (first + second)


def _with_employers(found: list[Entry]) -> list[Entry]:
    """Roles under the head of a group, or below a role of the same employer, with its name."""
    out: list[Entry] = []
    shared, is_shared, is_group = "", False, False
    for place, entry in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        if entry.is_group_head and entry.organization and after and _heads_group(entry, after):
            shared, is_shared, is_group = entry.organization, True, True
            continue
        if is_group and entry.whole and entry.end - entry.first == 1:
            entry = replace(entry, title=entry.whole, organization=shared)
        elif not entry.organization and entry.title and shared and is_shared:
            if not _OWN_BOSS.search(entry.title):
                entry = replace(entry, organization=shared)
        elif entry.organization:
            shared, is_group = entry.organization, False
            is_shared = entry.end - entry.first > 1 and not entry.is_title_first
        out.append(entry)
    return out


def _heads_group(entry: Entry, after: Entry) -> bool:
    """Whether a head without a title stands right above one with a title and no employer of its own."""
    return after.first == entry.end and bool(after.title) and (not after.organization or bool(after.whole))


def _without_places(found: list[Entry], has_towns: bool) -> list[Entry]:
    """Employers without the towns after them: where some are known, the others in their place are, too."""
    tails = [entry.organization.rpartition(", ")[2] for entry in found if ", " in entry.organization]
    if not tails or not (has_towns or len(tails) > 1):
        return found
    return [replace(entry, organization=_without_town(entry.organization)) for entry in found]


def _without_town(organization: str) -> str:
    head, _, tail = organization.rpartition(", ")
    is_town = head and len(tail.split()) <= 3 and tail[:1].isupper() and not _COMPANY_FORM.fullmatch(tail)
    return head if is_town and _lean(tail) <= 0 else organization
