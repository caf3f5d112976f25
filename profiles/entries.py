"""One line of a résumé, understood: the dates in it, and which of its parts is a title or an employer."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from language import verbs
from language.places import is_known_place, looks_like_place
from profiles.vocabulary import pattern, words

_MONTH = (
    r"(?:jan(?:uary|uar|vier|v|eiro|uari)?\.?|feb(?:ruary|ruar|braio|ruari|\.)?|f[ée]vr?(?:ier|ereiro|\.)?"
    r"|mar(?:ch|s|zo|ço|zec|ca|t|\.)?|märz|maart|mrt|apr(?:il|ile|\.)?|avr(?:il|\.)?|ma[iyj]o?|maggio|mei|jun[e.]?|juni|juin"
    r"|junio|junho|giugno|jul[y.]?|juli|juil(?:let)?\.?|julio|julho|luglio|aug(?:ust|ustus|\.)?|août|agosto|ago\.?"
    r"|sept?(?:ember|embre|\.)?|septiembre|set(?:embro|tembre|\.)?|o[ck]t(?:ober|obre|ubre|\.)?|out(?:ubro|\.)?|ott(?:obre|\.)?"
    r"|nov(?:ember|embre|iembre|embro|\.)?|de[cz](?:ember|embre|embro|\.)?|d[ée]c(?:embre|\.)?|dic(?:iembre|embre|\.)?"
    r"|enero|febrero|abril|ene\.?|abr\.?|gennaio|gen\.?|mag\.?|giu\.?|lug\.?"
    r"|stycz(?:eń|nia)|lut(?:y|ego)|marz(?:ec|ec)|kwie(?:cień|tnia)|maja|czerw(?:iec|ca)|lip(?:iec|ca)|sierp(?:ień|nia)"
    r"|wrze(?:sień|śnia)|październik(?:a)?|listopad(?:a)?|grud(?:zień|nia)"
    r"|(?:sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara)\.?(?=\s)"
    r"|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık"
    r"|led(?:en|na)|únor(?:a)?|březn?(?:en|na)|dub(?:en|na)|květ(?:en|na)|červ(?:en|na|enec|ence)|srp(?:en|na)|září|říj(?:en|na)"
    r"|prosin(?:ec|ce)|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
    r"|spring|summer|fall|autumn|winter|q[1-4])"
)
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_DATE = (
    rf"(?:[0-3]?\d[./][01]?\d[./]{_YEAR}|[0-3]?\d\.?\s+{_MONTH}\s+(?:de\s+)?{_YEAR}|{_MONTH}(?:,?\s+|/)(?:\d{{1,2}},\s*|de\s+)?{_YEAR}|{_MONTH}\s*['’]\d\d|(?:0?[1-9]|1[0-2])[/.]{_YEAR}|"
    rf"{_YEAR}[-/.](?:0[1-9]|1[0-2])(?:-\d\d)?|{_YEAR}\s?年(?:\s?\d{{1,2}}\s?月)?|{_YEAR})"
)
# Short years are dates only in a span: "02/17 – Present", "'15 – '17".
_SHORT = r"(?:(?:0?[1-9]|1[0-2])/\d\d(?![\d/])|['’‘]\d\d)"
_NOW = (
    r"(?:present|current(?:ly)?|now|today|ongoing|to\s+date|date|heute|jetzt|aujourd['’]hui|pr[ée]sent|actualidad|"
    r"actual(?:mente)?|presente|atual(?:mente)?|hoje|oggi|heden|nu|obecnie|dziś|teraz|halen|günümüz|devam"
    r"|současnost"
    r"|alla data attuale|ad oggi|in corso|en cours|ce jour"
    r"|hoy|nå|idag|至今|现在|現在|今|الآن|حتى الآن|الحاضر|היום|כיום"
    r"|(?:по )?настоящее время|н\.\s?в\.)"
)
_UNTIL = r"\b(?:to|until|till|through|bis|à|au|hasta|até|a|al|tot|do)\b|إلى|حتى"
_TO = rf"\s*(?:-{{1,3}}|[\u2010-\u2015−~至→]|{_UNTIL})\s*"
_SINCE = r"(?:since|from|seit|depuis|desde|ab|od|von|de|du|منذ)"
_RANGE = re.compile(
    rf"(?<![\w/.-])(?:(?P<start>{_DATE}|{_SHORT}|{_MONTH}(?={_TO}{_MONTH}\s+{_YEAR}))(?:\s+(?P<to_date>to\s+date)"
    rf"|{_TO}(?:\b(?:bis|à|until|to|do)\s+)?(?:(?P<now>{_NOW})(?!\w)|(?P<end>{_DATE}|{_SHORT}|\d\d(?!\d))))"
    rf"|\b{_SINCE}\s+(?:de\s+)?(?P<since>{_DATE})(?!{_TO}(?:{_NOW}|{_DATE}))"
    rf"|(?P<from>{_DATE})\s+(?P<still>{_NOW})(?!\w))(?![\w/-])",
    re.IGNORECASE,
)
_OPEN = re.compile(rf"(?<![\w/.-])(?P<start>{_DATE})\s*[-\u2010-\u2015−]\s*(?=[)\]]?\s*$)", re.IGNORECASE)
_SINGLE = re.compile(rf"(?<![\w/.$€£-])(?P<date>{_DATE})(?![\w/%-])", re.IGNORECASE)
EXPECTED = re.compile(
    r"\b(?:expected|anticipated|planned|in progress|ongoing|voraussichtlich)\b", re.IGNORECASE
)

TITLE = pattern("titles", after=r"s?\b")
ORGANIZATION = pattern("organizations", after=r"\b\.?$")
DEGREE = pattern("degrees", after=r"(?!\w)")
INSTITUTION = pattern("institutions")
_COUNTRIES = frozenset(words("places", "countries"))
_PLACES = frozenset(words("places")) | _COUNTRIES
_PLACE = re.compile(
    r"(?:(?i:remote|hybrid|on-?site|full[- ]time|part[- ]time|contract|freelance|permanent|temporary)|"
    r"[A-Z][\w.' -]+,\s*[A-Z]{2}|(?i:(?:remote|hybrid)\b.*|.*\bremote\)?))",
)
_WAY = re.compile(r"\b(?:remote|hybrid|on-?site|area|region|greater|county)\b", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s+[|·•∙‧]\s+|\s+(?:[\u2012-\u2015]|-{1,3})\s+|\t+|\s{3,}|\s*\|\s*")
_AT = re.compile(r"\s+(?:at|@|bei|chez)\s+|\s+@", re.IGNORECASE)
_MARKS = " \t,;:|·•-\u2010\u2011\u2012\u2013\u2014\u2015()[]*_"


@dataclass(frozen=True)
class Dates:
    """Dates as written, and where in the line they stand."""

    start: str
    end: str
    current: bool
    span: tuple[int, int]


@dataclass(frozen=True)
class Heading:
    """What one line says of a role: any of it may be missing."""

    title: str = ""
    organization: str = ""
    dates: Dates | None = None


def stated(dates: Dates | None) -> dict[str, Any]:
    """Start, end and whether it goes on, as a record takes them; "Present" is no end."""
    if dates is None:
        return {"start": "", "end": "", "current": False}
    return {"start": dates.start, "end": "" if dates.current else dates.end, "current": dates.current}


def find_dates(line: str, *, single: bool = False) -> Dates | None:
    """The span of time a line names, as written.

    Args:
        line: One line.
        single: Also take one date alone, as degrees have; it becomes the end.
    """
    found = _RANGE.search(line)
    if found and not _is_month(found):
        lead = re.search(rf"\b(?:{_SINCE}\s+|d['’])$", line[: found.start()], re.IGNORECASE)
        start = found["start"] or found["since"] or found["from"]
        current = bool(found["now"] or found["since"] or found["to_date"] or found["still"])
        span = (lead.start() if lead else found.start(), found.end())
        return Dates(start, (found["end"] or found["now"] or ""), current, span)
    found = _OPEN.search(line)
    if found:
        return Dates(found["start"], "", False, found.span())
    found = _SINGLE.search(line) if single else None
    if found:
        return Dates("", found["date"], False, found.span())
    return None


def _is_month(found: re.Match[str]) -> bool:
    """Whether what looks like a span of years is a year and a month: "2021-06", but not "2010-11"."""
    iso = re.fullmatch(r"(?:19|20)(\d\d)-(0[1-9]|1[0-2])", found[0])
    return iso is not None and int(iso[2]) <= int(iso[1])


def without(line: str, dates: Dates | None) -> str:
    """The line without its dates and the marks around them."""
    if dates is None:
        return line.strip(_MARKS.replace("(", "").replace(")", ""))
    left, right = line[: dates.span[0]], line[dates.span[1] :]
    right = re.sub(r"^\s*\)?\s*(?:\(\s*[^()]*\b(?:months?|mos?|years?|yrs?)\b[^()]*\))?", "", right)
    left = left.rstrip().rstrip("(").strip(_MARKS.replace(")", ""))
    right = right.strip(_MARKS.replace(")", "").replace("(", ""))
    if right.count(")") != right.count("("):
        right = right.strip("()")
    return " | ".join(filter(None, (left, right)))


@lru_cache(maxsize=4096)
def read_heading(line: str) -> Heading:
    """What a line that may name a role holds. Nothing is guessed beyond its parts."""
    dates = find_dates(line) or _one_date(line)
    rest = without(line, dates)
    parts = [part.strip(" ,;:|") for part in _SEPARATORS.split(rest)]
    parts = [part for part in parts if part and not is_place(part)]
    if len(parts) == 1:
        parts = _split_once(parts[0])
    title, organization = _assigned(parts)
    return Heading(title, _without_place(organization), dates)


def _one_date(line: str) -> Dates | None:
    """ "Intern, Fernhill, Summer 2019": one date at the end of a line that names a job."""
    dates = find_dates(line, single=True)
    if dates is None or line[dates.span[1] :].strip(_MARKS) or not TITLE.search(line[: dates.span[0]]):
        return None
    return Dates(dates.end, dates.end, False, dates.span)


def _split_once(text: str) -> list[str]:
    """ "Engineer at X" and "Engineer, X" have two parts; a comma inside a title is not a boundary."""
    halves = _AT.split(text, maxsplit=1)
    if len(halves) == 2 and halves[0].strip():
        return [half.strip(" ,") for half in halves]
    chunks = [chunk.strip() for chunk in re.split(r",\s+", text)]
    if len(chunks) == 1:
        return chunks
    while len(chunks) > 1 and (is_place(chunks[-1]) or re.fullmatch(r"[A-Z]{2}|USA|UK", chunks[-1])):
        chunks.pop()
    if len(chunks) > 1 and re.fullmatch(r"(?:inc|llc|ltd|gmbh|corp|co)\.?", chunks[1], re.IGNORECASE):
        chunks[:2] = [f"{chunks[0]}, {chunks[1]}"]
    return [chunks[0], ", ".join(chunks[1:])] if len(chunks) > 1 else chunks


def _assigned(parts: list[str]) -> tuple[str, str]:
    """(title, organization) of a line's parts, by the words they hold, else in the order people use."""
    if not parts:
        return "", ""
    if len(parts) == 1:
        return (parts[0], "") if _is_title(parts[0]) else ("", parts[0])
    first, second = parts[0], parts[1]
    if _title_score(second) > _title_score(first):
        return second, first
    return first, second


def _is_title(text: str) -> bool:
    return _title_score(text) > 0


def _title_score(text: str) -> int:
    return (2 if TITLE.search(text) else 0) - (3 if ORGANIZATION.search(text) else 0)


def is_place(text: str) -> bool:
    """Whether a part of a line is a place or a kind of contract, which is neither title nor employer."""
    bare = re.sub(r"\s*\([^()]*\)", "", text).strip(_MARKS)
    names = [name.strip().lower() for name in bare.split(",")]
    if INSTITUTION.search(bare):
        return False
    if names[0] in _PLACES or (
        1 < len(names) <= 3 and names[-1] in _COUNTRIES and not ORGANIZATION.search(bare)
    ):
        return True
    return _PLACE.fullmatch(bare) is not None and not TITLE.search(bare) and not ORGANIZATION.search(bare)


def names_place(text: str) -> bool:
    """Whether a part of a line is a place and nothing else; what stands before the town must be one, too."""
    first = text.split(", ")[0].strip(_MARKS)
    if ORGANIZATION.search(first) or INSTITUTION.search(first):
        return False
    if len(first.split()) > 1 and not is_known_place(first) and not _WAY.search(text):
        return is_place(text) and first == text.strip(_MARKS)
    return is_place(text) or (
        looks_like_place(text) and (first == text.strip(_MARKS) or looks_like_place(first))
    )


def _without_place(organization: str) -> str:
    head, comma, tail = organization.partition(", ")
    if comma and (is_place(tail) or re.fullmatch(r"[A-Z]{2}|[A-Z][\w .]+, [A-Z]{2}", tail)):
        organization = head
    return re.sub(
        r"\s*\((?:[^()]*\b(?:remote|hybrid|on-?site|contract|freelance|role)\b[^()]*)\)$",
        "",
        organization,
        flags=re.I,
    )


def opens_like_a_sentence(text: str) -> bool:
    """Whether a line begins as bullets do ("Migrated …", "I …") and not as the name of a role does."""
    words = text.split()
    if not words:
        return False
    first = words[0].strip(_MARKS)
    if first.lower() in {
        "i",
        "we",
        "my",
        "our",
        "the",
        "this",
        "it",
        "in",
        "as",
        "to",
        "also",
        "responsible",
        "worked",
    }:
        return True
    verb = verbs.lookup(first)
    return verb is not None and verb.forms_of(first).isdisjoint({"base", "third", "ing"})


def is_job_name(text: str) -> bool:
    """Whether a text is the name of a job though it begins like an act: "Registered Nurse"."""
    name = text.split(",")[0].split(" | ")[0].split()
    return (
        1 < len(name) <= 5 and all(word[0].isupper() for word in name) and TITLE.search(name[-1]) is not None
    )


def is_now(text: str) -> bool:
    """Whether the end of something is said to be still to come: "Present", "heute"."""
    return re.fullmatch(_NOW, text.strip(), re.IGNORECASE) is not None


def is_expected(text: str) -> bool:
    """Whether a degree or certificate is still to come."""
    return EXPECTED.search(text) is not None
