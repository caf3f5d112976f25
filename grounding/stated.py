"""Claims that state a record or a list of skills as a whole, in closed forms.

I was a Senior Engineer at Fernhill from 2019 to 2022.        the record, a role
Senior Engineer at Fernhill from 2019 to 2022.                the same in a résumé's summary
I hold a BSc in Physics from Tarn College.                    the record, a finished degree
All three are on my skills list.                              skill items
One of our projects uses React and Go: https://…              a project that lists its skills
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from domain import Evidence, Record
from grounding.atoms import LINK
from grounding.frames import Slots, may_say_i, may_say_we
from grounding.lexicon import words_of
from grounding.registry import Case
from language import dates

_COUNTS = {
    "Both": 2,
    "All three": 3,
    "All four": 4,
    "All five": 5,
    "All six": 6,
    "All of them": 0,
    "It": 1,
    "That": 1,
}
_ALL = re.compile(
    rf"(?P<count>{'|'.join(_COUNTS)})\s+(?:are|is)\s+on\s+(?P<whose>my|our)\s+(?:skills\s+list|list\s+of\s+skills)"
)
_NAMED = (
    re.compile(r"(?P<list>.+?)\s+(?:are|is)\s+on\s+(?P<whose>my|our)\s+(?:skills\s+list|list\s+of\s+skills)"),
    re.compile(
        r"(?P<whose>My|Our)\s+(?:skills\s+list|list\s+of\s+skills)\s+(?:has|includes|names)\s+(?P<list>.+)"
    ),
    re.compile(r"(?P<whose>I|We)\s+(?:also\s+)?list\s+(?P<list>.+?)\s+among\s+(?:my|our)\s+skills"),
    re.compile(r"(?P<whose>My|Our)\s+skills\s+include\s+(?P<list>.+)"),
    re.compile(r"(?P<whose>)(?:Further skills|Skills|Also on my skills list|Languages):\s+(?P<list>.+)"),
)
_ARTICLE = r"(?:(?:a|an|the)\s+)?"


def states(case: Case) -> bool:
    """Whether the claim is one of the closed forms, every slot filled from what it cites."""
    text = case.text.rstrip(" .")
    record = case.record
    if record is not None and any(re.fullmatch(form, text) for form in _record_forms(case, record)):
        return True
    return (
        _lists_skills(case, text)
        or _speaks_languages(case, text)
        or _holds_certificates(case, text)
        or _uses_skills(case, text)
    )


def counted_skills(text: str) -> int | None:
    """How many skills "All three are on my skills list." speaks of: 0 for "All of them", None for
    another text."""
    found = _ALL.fullmatch(text.strip().rstrip(" ."))
    return _COUNTS[found["count"]] if found else None


def _record_forms(case: Case, record: Record) -> Iterator[str]:
    slots = Slots.of(record)
    if not record.title or not may_say_i(case):
        return
    name = slots.title
    at = rf"(?:\s+(?:at|with|for)\s+{slots.organization})?" if slots.organization else ""
    if record.kind in {"role", "volunteering"}:
        span = rf"(?:\s+from\s+{slots.start}\s+to\s+{slots.end})?" if slots.start and slots.end else ""
        lead = r"(?:Before that,\s+|Earlier,\s+|Previously,\s+)?"
        if at and (span or record.current):
            since = rf"(?:\s+since\s+{slots.start})?" if slots.start else ""
            yield f"{name}{at}{since}" if record.current else f"{lead}{name}{at}{span.removesuffix('?')}"
        if not record.current:
            yield rf"{lead}I\s+(?:was|worked\s+as)\s+{name}{at}{span}"
        if record.current:
            since = rf"(?:\s+since\s+{slots.start})?" if slots.start else ""
            yield rf"(?:Currently,\s+)?I\s+(?:am|work\s+as)\s+{name}{at}"
            yield rf"I\s+have\s+(?:been|worked\s+as)\s+{name}{at}{since}"
    if record.kind == "degree":
        name = "(?:" + "|".join([name, *_degree_names(record)]) + ")"
        source = rf"(?:\s+(?:from|at)\s+{slots.organization})?" if slots.organization else ""
        year = rf"(?:\s+in\s+{slots.end})?" if slots.end else ""
        if is_finished(case, record):
            yield rf"I\s+(?:hold|have)\s+{name}{source}"
            yield rf"I\s+(?:completed|finished|earned|received)\s+{name}{source}{year}"
            yield rf"My\s+degree\s+is\s+{name}{source}"
            yield rf"(?:Degree:\s+)?{name}{source}{year}"
            yield rf"My\s+{name}\s+is{source}"
        if record.current:
            yield rf"I\s+am\s+(?:working\s+towards|studying\s+for)\s+{name}{source}"
        yield rf"I\s+studied\s+for\s+{name}{source}"
    if record.kind == "certificate" and is_finished(case, record):
        source = rf"(?:\s+(?:from|by)\s+{slots.organization})?" if slots.organization else ""
        yield rf"I\s+(?:hold|have)\s+{name}(?:\s+(?:certificate|certification))?{source}"


_DEGREES = (
    ("PhD", "Ph.D.", "doctorate", "Doctor of Philosophy"),
    ("MSc", "M.Sc.", "Master of Science"),
    ("BSc", "B.Sc.", "Bachelor of Science"),
    ("MBA", "Master of Business Administration"),
)


def _degree_names(record: Record) -> Iterator[str]:
    """The title as a pattern with its degree written in another usual way: "PhD in X", "doctorate in X"."""
    title = record.title
    if record.area:
        yield rf"(?:(?:a|an|the)\s+)?{re.escape(title)}(?:,?\s+|\s+in\s+){re.escape(record.area)}"
        title = f"{title} {record.area}"
    for names in _DEGREES:
        own = next((name for name in names if title.lower().startswith(f"{name.lower()} ")), None)
        if own is not None:
            field = re.escape(title[len(own) :].strip())
            yield from (rf"(?:(?:a|an|the)\s+)?{re.escape(name)}\s+(?i:{field})" for name in names)


def is_finished(case: Case, record: Record) -> bool:
    """A degree or certificate that was earned: not current, not expected, nothing in its text that says
    so."""
    if record.current or (
        (end := dates.parse(record.end)) is not None
        and (end.expected or end.year is None or end.year > datetime.now(UTC).year)
    ):
        return False
    texts = " ".join([record.title, record.end, *(item.text for item in case.evidence)]).lower()
    return not re.search(
        r"\b(?:expected|anticipated|in progress|candidate|ongoing|present|planned|dropped"
        r"|incomplete|unfinished|"
        r"not completed|withdrawn|until now|to date|started|studying|pursuing|current|coursework"
        r"|courses|towards?|enrolled|"
        r"semesters?|exchange|audited|first year|failed|suspended|deferred|"
        r"expired|lapsed|revoked|invalid|former|remaining|left|unfinished|ects)\b",
        texts,
    )


def _lists_skills(case: Case, text: str) -> bool:
    items = case.evidence
    if not items or any(item.type not in {"skill", "language"} for item in items):
        return False
    found = _ALL.fullmatch(text)
    if found:
        names = [name for item in items for name in _members(item)]
        wanted = _COUNTS[found["count"]] or 1
        return _owner_fits(case, found["whose"]) and len(names) >= wanted and not any(map(_is_hedged, names))
    for form in _NAMED:
        found = form.fullmatch(text)
        if found and _owner_fits(case, found["whose"]):
            return _all_listed(case, found["list"], items)
    return False


def _speaks_languages(case: Case, text: str) -> bool:
    """ "I speak German and French.", of language items whose level is not hedged."""
    found = re.fullmatch(r"I\s+speak\s+(?P<list>.+)", text)
    if not found or not may_say_i(case) or any(item.type != "language" for item in case.evidence):
        return False
    spoken = {re.split(r"[\s(,:–—-]", item.text.strip(), maxsplit=1)[0]: item.text for item in case.evidence}
    named = _split(found["list"])
    return bool(named) and all(name in spoken and not _is_hedged(spoken[name]) for name in named)


def _holds_certificates(case: Case, text: str) -> bool:
    """ "I hold the A and B certificates.", of certificate records."""
    found = re.fullmatch(r"I\s+hold\s+the\s+(?P<list>.+?)(?:\s+certificat(?:e|ion)s?)?", text)
    owners = {item.record for item in case.evidence}
    records = [r for r in case.brief.profile.records if r.id in owners and r.kind == "certificate"]
    if not found or not may_say_i(case) or len(records) != len(owners):
        return False
    if not all(is_finished(case, record) for record in records):
        return False
    titles = [" ".join(record.title.split()) for record in records]
    short = [_in_brackets(title) for title in titles]
    said = " ".join(found["list"].split()).replace(", and ", " and ")
    return said in {_joined(names).replace(", and ", " and ") for names in (titles, short)}


def _in_brackets(title: str) -> str:
    """The short name that a certificate gives itself: "Certified Internal Auditor (CIA)"."""
    found = re.search(r"\(([A-Z]{2,6})\)$", title)
    return found[1] if found else title


def _joined(names: list[str]) -> str:
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def _split(written: str) -> list[str]:
    return [part.strip() for part in re.split(r",\s+and\s+|,\s+|\s+and\s+|;\s+", written) if part.strip()]


def _owner_fits(case: Case, whose: str) -> bool:
    return may_say_we(case) if whose.lower() in {"our", "we"} else True


def _members(item: Evidence) -> list[str]:
    """The skills that an item lists: "Languages: Python (basic), Go" gives "Python (basic)" and "Go"."""
    body = re.sub(r"^[A-Z][\w &/]{0,30}:\s+", "", item.text.strip())
    return [part.strip(" .") for part in re.split(r"[,;|•·\n]|\s+and\s+|\s&\s", body) if part.strip(" .")]


def _is_hedged(name: str) -> bool:
    return any(word in words_of("bracket-markers") for word in re.findall(r"[\w-]+", name.lower()))


def _names(item: Evidence) -> list[str]:
    """Every way to name what the item lists: a bracket that weakens nothing may go, and a slash parts
    names."""
    found = [*_members(item), item.text.strip(" .")]
    found += [re.sub(r"\s*\([^)]*\)$", "", name) for name in found if not _is_hedged(name)]
    return found + [part.strip() for name in found for part in name.split("/") if "(" not in name]


def _is_label_of(case: Case, written: str, items: tuple[Evidence, ...]) -> bool:
    """Whether a name is the canonical label of a listed one and is recognisably the same: Airflow,
    Apache Airflow.

    An alias table may also file a narrower thing under its label (ChromaDB under "Vector databases");
    that the
    sender knows the narrower one does not say that they know the label.
    """
    labels = {m.skill for m in case.find_skills(written) if m.start == 0 and m.end == len(written)}
    for name in (name for item in items for name in _names(item) if not _is_hedged(name)):
        whole = {m.skill for m in case.find_skills(name) if m.start == 0 and m.end == len(name)}
        if labels & whole and alike(written, name):
            return True
    return False


def alike(one: str, other: str) -> bool:
    """Whether two names are recognisably the same: "k8s" and "Kubernetes", never "ChromaDB" and its class."""
    a, b = (re.sub(r"[^a-z+#]", "", each.lower()) for each in (one, other))
    short, long = sorted((a, b), key=len)
    if len(short) <= 4:
        letters = iter(long)
        return bool(short) and short[0] == long[0] and all(letter in letters for letter in short)
    return short in long or a[:5] == b[:5]


def _all_listed(case: Case, written: str, items: tuple[Evidence, ...]) -> bool:
    names = {" ".join(name.lower().split()) for item in items for name in _names(item)}
    parts = _split(written)
    return bool(parts) and all(
        " ".join(part.lower().split()) in names or _is_label_of(case, part, items) for part in parts
    )


_USES = re.compile(
    r"(?:(?P<one>One\s+of\s+(?P<whose>my|our)\s+projects)|(?P<name>.+?))\s+uses\s+(?P<list>[^:]+?)(?::\s+(?P<link>\S+))?"
)


def _uses_skills(case: Case, text: str) -> bool:
    """A row of a portfolio says that a project uses these technologies at this link, and nothing more."""
    found = _USES.fullmatch(text)
    if not found or len(case.evidence) != 1 or case.evidence[0].type != "project":
        return False
    item, record = case.evidence[0], case.record
    if found["whose"] and not _owner_fits(case, found["whose"]):
        return False
    name = (found["name"] or "").strip()
    name = re.sub(r"^(?:My|Our|The)\s+(?:project\s+)?|\s+project$", "", name)
    if (
        name
        and (record is None or name.lower() != record.title.lower())
        and name not in {"It", "That project"}
    ):
        return False
    links = {link.rstrip("/") for link in (*item.links, *(record.links if record else ()))}
    if found["link"] and (not LINK.fullmatch(found["link"]) or found["link"].rstrip("/") not in links):
        return False
    here = {mention.skill for mention in case.find_skills(found["list"])}
    there = {mention.skill for mention in case.find_skills(item.text)} | set(item.skills)
    return bool(here) and here <= there and _is_only_skills(case, found["list"], item)


def _is_only_skills(case: Case, written: str, item: Evidence) -> bool:
    rest = written
    for mention in sorted(case.find_skills(written), key=lambda m: -m.start):
        rest = rest[: mention.start] + rest[mention.end :]
    listed = {word.lower() for word in re.findall(r"[\w.+#-]+", item.text)}
    return all(word.lower() in listed | {"and"} for word in re.findall(r"[\w.+#-]+", rest))
