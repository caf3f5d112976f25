"""The closed frames that a claim may stand in: "At Northwind, I …", "As Senior Engineer at Fernhill, I …".

Every slot of a frame is a field of the one record that the cited evidence belongs to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from domain import Persona, Record
from grounding.registry import Case
from language import dates

Speaker = Literal["i", "we", "it", "that", ""]


@dataclass(frozen=True, slots=True)
class Framed:
    """A claim without its frame: who acts, the auxiliary before the verb, and the rest of the words."""

    rest: str
    speaker: Speaker
    auxiliary: str


_I = re.compile(
    r"(?P<who>I|[Ww]e|[Oo]ur team)(?P<aux>(?:\s+(?:have|am|was|were|are))?(?:\s+been)?)(?:\s+also)?\s+"
)
_CONTRACTED = re.compile(r"(?P<who>I|[Ww]e)['’](?P<aux>ve|m|re)(?:\s+also)?\s+")
_AUX = {"ve": "have", "m": "am", "re": "are"}
_IT = r"(?:It|it|The project|There, it)"
_IT_TAIL = r"(?:\s+also)?(?P<aux>(?:\s+(?:is about|is|was|has|are|were))?(?:\s+been)?)(?:\s+also)?\s+"
_THAT = re.compile(r"(?:That|This|The work|That work|This work|which)(?:\s+also)?(?P<aux>)\s+")


def unframed(case: Case) -> Iterator[Framed]:
    """Every way to read the claim as a frame and the words it carries."""
    for without_tail in _without_tails(case, case.text):
        for body in _without_heads(case, without_tail):
            yield from _speakers(case, body)


def _speakers(case: Case, body: str) -> Iterator[Framed]:
    found = _I.match(body) or _CONTRACTED.match(body)
    if found:
        aux = _AUX.get(found["aux"].strip(), found["aux"].strip())
        speaker: Speaker = "i" if found["who"] == "I" else "we"
        if speaker == "we" or may_say_i(case):
            yield Framed(body[found.end() :], speaker, aux)
    title = case.record.title if case.record is not None and case.record.kind == "project" else ""
    names = _IT + (rf"|(?:(?:(?:My|Our)\s+project\s+)?{_exactly(title)})" if title else "")
    if case.record is not None and case.record.kind == "project":
        found = re.match(rf"(?:{names}){_IT_TAIL}", body)
        if found:
            yield Framed(body[found.end() :], "it", found["aux"].strip())
    found = _THAT.match(body)
    if found:
        yield Framed(body[found.end() :], "that", "")
    yield Framed(body, "", "")


def may_say_i(case: Case) -> bool:
    """An agency's evidence is the agency's: its people write "we"."""
    profile = case.brief.profile
    return profile.persona is Persona.JOB_SEEKER or not profile.organization


def may_say_we(case: Case) -> bool:
    return case.brief.profile.persona is Persona.SERVICE_PROVIDER


def _exactly(field: str) -> str:
    exact = r"\s+".join(re.escape(part) for part in field.split())
    return f"{exact}?" if exact.endswith(".") else exact


def date_forms(field: str) -> str:
    """A pattern of the ways a draft may write a record's date: as it stands there, or the year alone."""
    date = dates.parse(field)
    forms = [_exactly(field)]
    if date is not None and date.year is not None and not date.expected:
        forms.append(str(date.year))
        if date.month:
            name = _MONTHS[date.month - 1]
            forms.append(rf"{name}\s+{date.year}")
            forms.append(rf"{name[:3]}\.?\s+{date.year}")
    return "(?:" + "|".join(forms) + ")"


_MONTH_NAMES = "January February March April May June July August September October November December"
_MONTHS = _MONTH_NAMES.split()
_ARTICLE = r"(?:(?:a|an|the|my)\s+)?"


@dataclass(frozen=True, slots=True)
class Slots:
    """The fields of a record as patterns; empty where the record has none."""

    title: str
    organization: str
    start: str
    end: str
    current: bool
    project: bool

    @classmethod
    def of(cls, record: Record) -> "Slots":
        is_closed = bool(record.end) and not record.current
        return cls(
            title=_ARTICLE + _title(record.title) if record.title else "",
            organization=_exactly(record.organization) if record.organization else "",
            start=date_forms(record.start) if record.start else "",
            end=date_forms(record.end) if is_closed else "",
            current=record.current,
            project=record.kind == "project",
        )


def _title(title: str) -> str:
    """The title as written; a lower-case first letter or lower-case words are the same title."""
    return f"(?:{_exactly(title)}|{_exactly(title.lower())})"


def _heads(case: Case) -> list[str]:
    record = case.record
    heads = ["In numbers:", "Also,"]
    if record is None:
        return heads
    if _is_called_personal(case):
        heads += ["In a personal project,", "In my personal project,"]
    slots = Slots.of(record)
    org, title, start, end = slots.organization, slots.title, slots.start, slots.end
    if slots.project:
        heads += [r"In (?:a|one of my|one of our|this) projects?,", "There,"]
        heads += [rf"At\s+{_exactly(record.title)}:"] if record.title else []
        if record.title:
            name = rf"(?:(?:my|our|the)\s+)?(?:project\s+)?{_exactly(record.title)}(?:\s+project)?"
            heads += [rf"(?:In|For|On|With|While building)\s+{name},"]
    if not org and not title:
        return heads
    heads += ["There,", "In the same role,", "Before that,", "Earlier,", "Previously,"]
    at = rf"(?:at|with|for)\s+{org}" if org else ""
    if org:
        heads += [rf"At\s+{org}:"]
        # What a role is said to have included is named word for word; nobody is said to have led or made it.
        heads += [rf"At\s+{org},\s+(?:my|our)\s+work\s+included"]
        heads += [rf"At\s+{org},\s+(?:my|our)\s+work\s+includes"] if record.current else []
        heads += [r"There,\s+(?:my|our)\s+work\s+also\s+includ(?:ed|es)"]
        heads += [
            rf"(?:Before that|Earlier|Previously),\s+{at},",
            rf"(?:At|With)\s+{org},",
            rf"While\s+{at},",
        ]
        heads += [rf"(?:During|In)\s+my\s+(?:time|work)\s+{at},", rf"In\s+my\s+role\s+{at},"]
    if title:
        heads += [rf"(?:As|While working as)\s+{title},", rf"In\s+my\s+role\s+as\s+{title},"]
        if org:
            heads += [rf"(?:(?:Before that|Earlier),\s+)?[Aa]s\s+{title}\s+{at},"]
            heads += [rf"At\s+{org},\s+as\s+{title},", rf"In\s+my\s+role\s+as\s+{title}\s+{at},"]
    if record.kind == "volunteering":
        heads += [rf"As a volunteer {at},"] if at else []
        heads += [rf"As\s+a\s+volunteer\s+{_title(record.title)}(?:\s+{at})?,"] if title else []
    if start and end:
        span = rf"(?:From\s+{start}\s+to|Between\s+{start}\s+and)\s+{end}"
        heads += [rf"{span},"] + (
            [rf"{span},?\s+{at},", rf"At\s+{org},?\s+from\s+{start}\s+to\s+{end},"] if at else []
        )
    if record.current and record.kind == "role":
        heads += [
            rf"In\s+my\s+current\s+role(?:\s+as\s+{title})?(?:\s+{at})?," if title and at else "Currently,"
        ]
        heads += ["In my current role,", "Currently,", "Today,"]
        heads += [rf"In\s+my\s+current\s+role\s+{at},"] if at else []
        heads += [rf"Since\s+{start}(?:\s+{at})?," if at else rf"Since\s+{start},"] if start else []
    return heads


def _is_called_personal(case: Case) -> bool:
    texts = [item.text for item in case.evidence] + list(case.record_texts)
    return any(
        re.search(r"\bpersonal (?:project|website|site)\b|\bside project\b", t, re.IGNORECASE) for t in texts
    )


_ADDED = re.compile(r"One thing (?:I|we) did not mention:\s+(?=(\w))")


def _without_heads(case: Case, text: str) -> Iterator[str]:
    if added := _ADDED.match(text):
        text = added[1].upper() + text[added.end() + 1 :]
    for head in _heads(case):
        opening = rf"{head[:-1]}(?:,|(?=\s+I\b))" if head.endswith(",") else head
        found = re.match(rf"{opening}\s+", text)
        if found:
            yield text[found.end() :]
    yield text


def _without_tails(case: Case, text: str) -> Iterator[str]:
    body = text.rstrip(" .!")
    yield body
    record = case.record
    if record is None or not (record.organization or record.title):
        return
    slots = Slots.of(record)
    org, title = slots.organization, slots.title
    at = rf"\s+(?:at|with)\s+{org}" if org else ""
    span = (
        rf"\s+(?:from\s+{slots.start}\s+to|between\s+{slots.start}\s+and)\s+{slots.end}"
        if slots.start and slots.end
        else ""
    )
    tails = [at, rf"\s+as\s+{title}" if title and not slots.project else "", span]
    if at and title and not slots.project:
        tails.append(rf"\s+as\s+{title}{at}")
    if at and span:
        tails += [at + span, span + at]
    if slots.project and record.title:
        tails.append(rf"\s+(?:in|for)\s+(?:(?:my|the|our)\s+)?{_exactly(record.title)}(?:\s+project)?")
    for tail in filter(None, tails):
        found = re.search(rf",?{tail}$", body)
        if found:
            yield body[: found.start()]
