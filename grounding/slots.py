"""Claims that are filled from the slots of one record, or from the person's lists, whatever joins them.

    I have been at Halden Pay since 2020.                 employer and start of one role
    My doctorate in computer science is from CalTech.     level, subject and school of one degree
    I am an Oracle Certified Professional for Java SE 8.  every word of one certificate
    I have worked in payments for more than a decade.     stated years, with all that they are of
    I am fluent in French, and Japanese is my mother tongue.

A claim is taken apart: each slot that it fills must be the record's own, byte for byte but for case, articles
and the usual short forms; what is left must be one of a few closed phrases. Nothing is found by likeness.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from domain import Evidence, Record
from grounding.frames import date_forms, may_say_i
from grounding.lexicon import phrases_of, rows_of, words_of
from grounding.registry import Case
from grounding.stated import is_finished
from language import nouns, periods, quantities, verbs, words
from language.closed import closed

_ARTICLE = r"(?:(?:a|an|the|my)\s+)?"
_LEGAL = re.compile(r",?\s+(?:inc|ltd|llc|gmbh|ag|plc|corp|co|s\.?a|bv|b\.v|oy|ab|as)\.?$", re.IGNORECASE)


def fills_slots(case: Case) -> bool:
    """Whether the claim says nothing but what the slots of what it cites hold."""
    text = case.text.rstrip(" .!")
    if not case.evidence or not may_say_i(case):
        return False
    return any(form(case, each) for each in (text, *_as_a_title(case, text)) for form in _FORMS)


def _as_a_title(case: Case, text: str) -> Iterator[str]:
    """ "I taught physics" of a physics teacher."""
    found = re.fullmatch(r"([A-Z][a-z]+)\s+[Tt]eacher", case.record.title) if case.record else None
    if found and re.search(rf"\bI\s+taught\s+{found[1]}\b", text, re.IGNORECASE):
        yield re.sub(rf"\bI\s+taught\s+{found[1]}\b", f"I was a {found[1].lower()} teacher", text, flags=re.I)


# --- one role ----------------------------------------------------------------------------------------


def names_of(organization: str) -> str:
    """A pattern of the ways to write an organization, the longest first.

    As it stands, without its legal form, without what it is ("Stanford"), or by its first letters ("MIT", "UC
    Berkeley").
    """
    forms = dict.fromkeys(form for form in _names(organization) if form)
    return "|".join(
        r"\s+".join(map(re.escape, form.split())) for form in sorted(forms, key=len, reverse=True)
    )


def _names(organization: str) -> Iterator[str]:
    yield organization
    organization = re.sub(r"^The\s+", "", organization)
    plain = _LEGAL.sub("", organization)
    yield plain
    *before, last = plain.split() or [""]
    if before and last.lower() in words_of("organization-kinds") and len(" ".join(before)) > 3:
        yield " ".join(before)
    if before and _is_a_name(before[0]):
        yield before[0]
    head, comma, place = (part.strip() for part in plain.partition(","))
    letters = "".join(word[0] for word in head.split() if word[0].isupper())
    if comma and place and len(letters) > 1:
        yield f"{letters} {place}"
    elif len(letters) > 2 and len(head.split()) > 2:
        yield letters


def _is_a_name(word: str) -> bool:
    """Whether the first word of an organization's name is enough for a name, and no word of the language."""
    low = word.lower()
    is_plain = nouns.is_countable(low) or nouns.is_mass(low) or verbs.lookup(low) is not None
    is_kind = low in words_of("organization-kinds") or low in words_of("common-names")
    return len(low) > 4 and word[:1].isupper() and word.isalpha() and not is_plain and not is_kind


def titles_of(title: str) -> str:
    """A pattern of the ways to write a title. A trainee's may be said without what they were trained in."""
    if not title:
        return ""
    forms = [r"\s+".join("(?:&|and)" if word == "&" else re.escape(word) for word in title.split())]
    last = title.split()[-1].lower()
    first = title.split()[0].lower()
    forms += [re.escape(low) for low in {last, first} & words_of("humble-titles")]
    return f"(?i:{'|'.join(forms)})"


def duration_said(record: Record, number: float, comparator: str) -> bool:
    """Whether a record lasted that many years by its own dates; `over` needs more than that."""
    lasted = periods.period(record.start, record.end, current=record.current, today=datetime.now(UTC).date())
    if lasted is None or number != int(number) or number < 1:
        return False
    if comparator == "over":
        return lasted.months > 12 * number and not _is_by_years(record)
    return comparator in {"", "about"} and lasted.months // 12 == number


def _is_by_years(record: Record) -> bool:
    return re.fullmatch(r"\s*(?:19|20)\d\d\s*", record.start) is not None


def _role(case: Case, text: str) -> bool:
    record = case.record
    if record is None or record.kind not in {"role", "volunteering"}:
        return False
    rest = f" {text} "
    taken: set[str] = set()
    for name, pattern in _slots(case, record):
        found = re.search(pattern, rest)
        if found:
            rest = f"{rest[: found.start()]} {rest[found.end() :]}"
            taken.add(name)
    if "duration" in taken:
        case.computed = _from_dates(record)
    left = " ".join(re.sub(r"[,;]", " ", rest).split()).lower()
    if "org" not in taken and "title" not in taken:
        return False
    if re.search(rf"\bof\s+(?:the\s+)?(?:{names_of(record.organization)})", text) and "title" not in taken:
        return False
    is_now = left in phrases_of("roles-now" if record.current else "roles-then")
    joined = left in {"i joined", "i started", "i began", "i have joined"} and "joined" in taken
    if left in {"i left"}:
        return "left" in taken and "org" in taken
    return joined or (is_now and (left not in _NAMELESS or "title" in taken))


_NAMELESS = frozenset({"i hold the position", "my current role is", "my current position is", "i serve"})


def _slots(case: Case, record: Record) -> Iterator[tuple[str, str]]:
    """(name, pattern) of what a role may be told with; a slot is taken at most once."""
    start = date_forms(record.start) if record.start else ""
    end = date_forms(record.end) if record.end and not record.current else ""
    if start and end:
        yield "dates", rf"(?i:\s(?:from\s+{start}\s+(?:to|until)|between\s+{start}\s+and)\s+{end}(?=[\s,]))"
        yield "left", rf"(?i:\sin\s+{end}(?=[\s,]))(?=.*)" if "left" in case.text else r"(?!)"
    if start and record.current:
        yield "dates", rf"(?i:\ssince\s+{start}(?=[\s,]))"
    if start and re.search(r"\b(?:joined|started|began)\b", case.text):
        yield "joined", rf"(?i:\sin\s+{start}(?=[\s,]))"
    if record.organization:
        names = names_of(record.organization)
        yield (
            "org",
            rf"(?:\s(?:at|with|for|by|in|of)|(?<=joined)|(?<=left)|(?<=is))\s+(?:the\s+)?(?:{names})(?=[\s,])",
        )
    if record.title:
        yield "title", rf"\s(?:(?:as|of)\s+)?{_ARTICLE}(?:role\s+of\s+)?{titles_of(record.title)}(?=[\s,])"
    places = "|".join(re.escape(place) for place in _places(case))
    if places:
        yield "place", rf"\sin\s+(?:{places})(?=[\s,])"
    yield from _computed(case, record)


def _computed(case: Case, record: Record) -> Iterator[tuple[str, str]]:
    for quantity in quantities.find(case.text):
        if quantity.unit == "year" and duration_said(record, quantity.value, quantity.comparator):
            yield "duration", rf"\s(?i:for)\s+{re.escape(quantity.text)}(?=[\s,])"


def _from_dates(record: Record) -> str:
    return f"Computed from {record.start} to {record.end or 'today'}."


def _places(case: Case) -> list[str]:
    """Where the role was, as its own line says: what stands there beside title, employer and dates."""
    record = case.record
    if record is None:
        return []
    found: list[str] = []
    for item in case.evidence:
        if item.type == "role":
            rest = item.text.replace(record.title, " ").replace(record.organization, " ")
            found += re.findall(r"[A-ZÀ-Þ][\w’'-]+(?:\s+[A-ZÀ-Þ][\w’'-]+)*", re.sub(r"\d|Present", " ", rest))
    return [place for place in found if place not in _MONTHS]


_MONTHS = closed(
    """
    January February March April May June July August September October November December
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Spring Summer Autumn Fall Winter Present Current Now
    """
)


_OPENINGS = re.compile(
    r"^\s*(?:(?:in|during)\s+(?:that|this|the same|my current)\s+(?:role|job|position)"
    r"|there|currently|today|now)\b,?"
    r"|(?<=\s)(?:currently|now|at present)(?=\s)",
    re.IGNORECASE,
)


def without_frames(case: Case) -> tuple[str, ...]:
    """The claim without employer, title, dates and place of its record, wherever they stand; and as it is."""
    text = case.text.rstrip(" .!")
    record = case.record
    if record is None:
        return (text,)
    rest = f" {text} "
    for name, pattern in _slots(case, record):
        if name in {"joined", "left", "duration"}:  # a role's years are not those of all that was done in it
            continue
        if name == "title":
            pattern = pattern.replace(r"(?:(?:as|of)\s+)?", r"as\s+(?:a\s+volunteer\s+)?", 1)
            pattern = pattern.replace(r"\sas", r"\s(?i:as)", 1)
        if name == "org":
            pattern = rf"\s(?i:at|with|for)\s+(?:the\s+)?(?:{names_of(record.organization)})(?=[\s,])"
        found = re.search(pattern, rest)
        if found:
            rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    if record.kind == "volunteering":
        rest = re.sub(r"(?i:\bas\s+a\s+volunteer\b)", " ", rest, count=1)
    is_now = _OPENINGS.search(rest)
    if is_now and (record.current or not re.search(r"curr|now|today|present", is_now.group(), re.IGNORECASE)):
        rest = _OPENINGS.sub(" ", rest, count=1)
    plain = re.sub(r"^[\s,]+", "", re.sub(r"\s+,", ",", " ".join(rest.split())))
    return tuple(dict.fromkeys((plain, text)))


# --- degrees and certificates ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Degree:
    """The level of a degree, its kind ("science") and its subject in lower case."""

    level: str
    kind: str
    subject: str


_BUSINESS = "business administration"


@lru_cache(maxsize=1)
def _levels() -> tuple[tuple[str, str, str], ...]:
    """(level, written, kind) of `degree-names.tsv`, the longest first."""
    return tuple(sorted(((r[0], r[1], r[2]) for r in rows_of("degree-names")), key=lambda r: -len(r[1])))


def _degree_of(record: Record) -> _Degree:
    """ "MSc in Statistics": a master of science in statistics."""
    written = " ".join(filter(None, (record.title, record.area))).strip()
    for level, form, kind in _levels():
        found = re.match(
            rf"(?i:{re.escape(form)})(?:\s+degree)?(?!\w)\.?[\s,]*(?:(?:in|of)\s+)?(.*)", written
        )
        if found:
            subject = found[1].strip(" ,").lower()
            if kind == "business" or subject == _BUSINESS:
                return _Degree(level, "business", subject or _BUSINESS)
            return _Degree(level, kind, subject)
    return _Degree("", "", written.lower())


def _degree(case: Case, text: str) -> bool:
    record = case.record
    if record is None or record.kind != "degree" or not record.title:
        return False
    degree = _degree_of(record)
    subject = degree.subject
    rest = f" {text} "
    org = names_of(record.organization) if record.organization else ""
    found = re.search(rf"\s(?:from|at|of)\s+(?:the\s+)?(?:{org})(?=[\s,])", rest) if org else None
    if found:
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    elif re.search(r"\s(?:from|at)\s+[A-Z]", rest):
        return False
    when = date_forms(record.end) if record.end else ""
    dated = re.search(rf"(?i:\sin\s+{when}(?=[\s,]))", rest) if when else None
    if dated:
        rest = f"{rest[: dated.start()]} {rest[dated.end() :]}"
    left = " ".join(rest.replace(",", " ").split())
    name = _degree_pattern(record, degree)
    field = re.escape(subject)
    if re.fullmatch(rf"(?i:I\s+(?:have\s+)?studied\s+(?:for\s+{name}|{field}))", left):
        return bool(subject)
    is_done = is_finished(case, record)
    forms = [
        rf"I\s+(?:hold|have|have\s+got|earned|completed|received|finished|obtained|did|took|gained)\s+{name}",
        rf"My\s+{name}\s+(?:is|was|comes|came)",
        rf"My\s+degree\s+is\s+(?:in\s+{field}|{name})",
        rf"I\s+graduated\s+(?:with\s+{name}|in\s+{field})",
        rf"I\s+have\s+(?:completed|finished|earned)\s+{name}",
    ]
    if found:
        forms += [r"I\s+graduated", r"I\s+am\s+a\s+graduate", r"My\s+degree\s+is"]
    if is_done and any(re.fullmatch(rf"(?i:{form})", left) for form in forms):
        return bool(found or dated or subject or degree.level)
    ongoing = rf"I\s+am\s+(?:working\s+towards?|studying\s+for|doing|taking|pursuing)\s+{name}"
    return record.current and re.fullmatch(rf"(?i:{ongoing})", left) is not None


def _degree_pattern(record: Record, degree: _Degree) -> str:
    subject = re.escape(degree.subject)
    forms = [r"\s+".join(map(re.escape, record.title.split()))]
    if " in " in record.title:
        forms.append(re.escape(record.title.split(" in ")[0]))
    if degree.level:
        same = [
            form for level, form, kind in _levels() if level == degree.level and kind in {degree.kind, "any"}
        ]
        written = rf"(?:{'|'.join(map(re.escape, same))})(?:\s+degree)?"
        forms.append(written + (rf"(?:\s+(?:in\s+)?{subject})?" if subject else ""))
    if subject:
        forms += [rf"degree\s+in\s+{subject}", rf"{subject}\s+degree"]
    return _ARTICLE + "(?:" + "|".join(forms) + ")"


def _certificate(case: Case, text: str) -> bool:
    """Every word of the certificate's line but its date, and nothing else but a closed phrase around it."""
    if len(case.evidence) != 1:
        return False
    item, record = case.evidence[0], case.record
    if record is None or record.kind not in {"certificate", "degree"} or not is_finished(case, record):
        return False
    if record.kind == "degree" and _degree_of(record).level:
        return False
    lead = re.match(
        r"I\s+(?:am|hold|have|have\s+got|earned|passed|completed|obtained)\s+(?:certified\s+as\s+)?", text
    )
    if not lead:
        return False
    title = _content(record.title)
    known = title | _content(record.organization) | _content(item.text)
    said = _content(text[lead.end() :]) - {"certificate", "certification", "exam"}
    is_person = lead.group().split()[1] == "am"
    names_one = bool(_content(record.title.split()[-1]) & words_of("certified-people"))
    return title <= said | {"certificate", "certification"} and said <= known and (not is_person or names_one)


def _content(text: str) -> frozenset[str]:
    """The words of a text without articles and the small words that join them."""
    small = {"a", "an", "the", "for", "in", "of", "by", "from", "as", "and", "my", "at", "with"}
    return frozenset(word.text.lower() for word in words.tokens(text)) - small


# --- who somebody is ---------------------------------------------------------------------------------

_IS = re.compile(r"I\s+(?P<aux>am|have\s+been|was)\s+(?:(?:a|an|the)\s+)?(?P<who>.+)", re.IGNORECASE)
_ENDS = re.compile(r"\s+(?:with|in|at|who|speciali[sz]ing)\b|[,.;(–]")


def _is_somebody(case: Case, text: str) -> bool:
    """ "I am a chartered civil engineer" of a line that opens so; "a member of X since 2014" of all of it."""
    said = _IS.fullmatch(text)
    if said is None or len(case.evidence) != 1 or case.evidence[0].type not in {"summary", "bullet"}:
        return False
    line = " ".join(case.evidence[0].text.strip().rstrip(".").split())
    who = " ".join(said["who"].split())
    head = _ENDS.split(line, maxsplit=1)[0]
    last = who.split()[-1]
    if said["aux"] == "am" and who.lower() == head.lower() and case.evidence[0].type == "summary":
        return nouns.is_person(last) or last.lower() in words_of("role-nouns")
    is_since = re.search(r"\bsince\s+\w*\s*(?:19|20)\d\d$", line) is not None
    named = line.split()[0].lower() in words_of("role-nouns")
    return said["aux"].lower() != "was" and is_since and named and who.lower() == line.lower()


# --- years of experience -----------------------------------------------------------------------------

_EXPERIENCE = re.compile(
    r"(?P<before>.*?)(?:\bwith\s+)?"
    r"(?P<amount>(?:over|more than|about|around|nearly|almost|at least|up to)?\s*[\w+]+\s+years?)['’]?"
    r"\s+(?:of\s+)?"
    r"(?:(?P<kind>(?:(?!in\b|and\b|with\b)[\w-]+\s+)*?)experience\b[\s,]*)?(?:in|with|as|of|on)?\s*(?P<area>.*)",
    re.IGNORECASE,
)
_SAID_YEARS = re.compile(
    r"I\s+(?:(?:have|bring|offer|look\s+back\s+on|can\s+look\s+back\s+on)\s+(?P<a1>{amount})\s+(?:of\s+)?(?P<w1>.*)"
    r"|have\s+(?:been|worked)\s+(?P<w2>.*?)\s+for\s+(?P<a2>{amount}))".format(
        amount=r"(?:(?:over|more\s+than|about|around|nearly|almost|at\s+least)\s+)?[\w+]+(?:\s+years?|\s+decades?)"
    ),
    re.IGNORECASE,
)


def _experience(case: Case, text: str) -> bool:
    """Stated years with everything that they are years of."""
    said = _SAID_YEARS.fullmatch(text)
    if said is None or len(case.evidence) != 1 or case.evidence[0].type != "summary":
        return False
    amount, about = said["a1"] or said["a2"], said["w1"] or said["w2"] or ""
    source = case.evidence[0].text.strip().rstrip(".")
    stated = next((q for q in quantities.find(source) if q.unit == "year"), None)
    found = _EXPERIENCE.match(source)
    if stated is None or found is None or not _is_that_long(amount, stated.value, stated.comparator):
        return False
    is_of_a_field = re.search(r"\b(?:in|of|with|as)\s*$", source[: found.start("area")]) is not None
    wanted = _stems(re.split(r"[,;]|\bspecial|\band experience\b", found["area"])[0]) | _stems(
        found["kind"] or ""
    )
    wanted = frozenset(word for word in wanted if word not in words_of("ornaments"))
    known = _stems(source)
    told = _stems(about) - _stems("experience work year as")
    # "5+ years of experience turning data into insight" are five years of whoever says so of themselves.
    if not is_of_a_field and told and told <= _stems(found["before"]):
        return nouns.is_person(about.split()[-1])
    if not told <= known:
        return False
    return wanted <= told or (bool(said["w2"]) and _is_one_of_many(found, told))


def _is_one_of_many(found: re.Match[str], told: frozenset[str]) -> bool:
    """ "…, specializing in designing, building and maintaining web applications": one of these at a time."""
    tail = re.split(r"\bspeciali[sz]ing in\b", found["area"], maxsplit=1)
    return len(tail) == 2 and not _stems(tail[0]) and len(told) > 1 and told <= _stems(tail[1])


def _is_that_long(said: str, value: float, comparator: str) -> bool:
    low = " ".join(said.lower().split())
    if low.endswith("decade"):
        more = low.startswith(("over", "more than"))
        lasts = value > 10 or (value == 10 and comparator == "over")
        return lasts if more else value == 10 and not comparator and low in {"a decade", "one decade"}
    told = next((q for q in quantities.find(said) if q.unit == "year"), None)
    return told is not None and (told.value, told.comparator) == (value, comparator)


def _stems(text: str) -> frozenset[str]:
    small = words_of("joining")
    found = (word.text.lower() for word in words.tokens(text))
    return frozenset(words.stem(word) for word in found if word not in small)


# --- languages and skills ----------------------------------------------------------------------------


def _languages(case: Case, text: str) -> bool:
    """Languages at a level no higher than stated; without a level only where none is hedged."""
    known = dict(_known_languages(case))
    if not known:
        return False
    for clause in re.split(
        r",?\s+and\s+(?=my\s|a\s|an\s|some\s|i\s|\w+\s+is\b|basic\s|conversational\s|intermediate\s|fluent\s|native\s)|;\s+|,\s+(?=my\s)",
        text,
        flags=re.I,
    ):
        named = [name for name in known if re.search(rf"\b{re.escape(name)}\b", clause, re.IGNORECASE)]
        rest, level = _level_in(re.sub("|".join(map(re.escape, known)), " ", clause, flags=re.IGNORECASE))
        if not named or any(word not in words_of("of-languages") for word in _plain(rest)):
            return False
        if any(level > known[name] for name in named):
            return False
    return True


def _plain(text: str) -> list[str]:
    return [word.text.lower() for word in words.tokens(text)]


def _known_languages(case: Case) -> Iterator[tuple[str, int]]:
    for item in case.evidence:
        if item.type == "language":
            name = re.split(r"[\s(,:–—-]", item.text.strip(), maxsplit=1)[0]
            rest, level = _level_in(item.text[len(name) :])
            if not [word for word in _plain(rest) if word not in words_of("of-languages")]:
                yield name, level
        elif found := re.fullmatch(r"Fluent in ((?:[A-Z]\w+(?:, | and |, and )?)+)\.?", item.text.strip()):
            yield from ((name, _FLUENT) for name in re.findall(r"[A-Z]\w+", found[1]))


_PLAIN_LEVEL, _FLUENT = 3, 4


def _level_in(text: str) -> tuple[str, int]:
    """What is left of a text without its words of level, and the highest level they mean; 3 without any."""
    level = -1
    rest = text
    for written, rank in sorted(rows_of("language-levels"), key=lambda row: -len(row[0])):
        pattern = rf"(?<!\w){re.escape(written)}(?!\w)"
        if re.search(pattern, rest, re.IGNORECASE):
            rest = re.sub(pattern, " ", rest, flags=re.IGNORECASE)
            level = max(level, int(rank))
    return rest, _PLAIN_LEVEL if level < 0 else level


def _skills(case: Case, text: str) -> bool:
    """ "I use A and B", of listed skills; one that is hedged there keeps every word of its hedge."""
    items = case.evidence
    if not items or any(item.type not in {"skill", "language"} for item in items):
        return False
    items = tuple(item for item in items if item.type == "skill")
    for form in phrases_of("of-skills"):
        found = re.fullmatch(form, text, re.IGNORECASE)
        if found:
            parts = [part for part in re.split(r",\s+and\s+|,\s+|\s+and\s+", found["list"]) if part.strip()]
            plain = {item.text.strip(" .").lower() for item in items}
            if parts and all(part.lower().strip() in plain for part in parts):
                return True
    return len(items) == 1 and _hedged_skill(text, items[0])


def _hedged_skill(text: str, item: Evidence) -> bool:
    """ "Rust (hobby projects)": "I know Rust from hobby projects". Every word in brackets must be said."""
    found = re.fullmatch(r"(?P<name>[^()]+?)\s*\((?P<hedge>[^()]+)\)", item.text.strip())
    lead = re.match(r"I\s+(?:have|know|can|am|read|do|use)\s+", text)
    if not found or not lead or re.search(r"\b(?:not|no|never|none)\b", text):
        return False
    small = words_of("joining") | {"i", "can", "it", "know", "have", "some", "am", "of", "skill"}
    hedge = {words.stem(word) for word in _plain(found["hedge"])} - small
    name = {words.stem(word) for word in _plain(found["name"])}
    said = {words.stem(word) for word in _plain(text)} - small
    return hedge | name == said


_LEARNING = re.compile(r"(?:^|[,;.]\s*)(?:(?:still|currently)\s+)?learning\s+(?P<what>[\w+#.-]+?)\.?$", re.I)


def _learning(case: Case, text: str) -> bool:
    """ "Strong in SQL, still learning Rust.": what somebody is learning, and says no more of."""
    said = re.fullmatch(r"I\s+am\s+(?:(?:still|currently)\s+)?learning\s+(?P<what>[\w+#.-]+)", text)
    if said is None or len(case.evidence) != 1 or case.evidence[0].type != "summary":
        return False
    found = _LEARNING.search(case.evidence[0].text.strip())
    return found is not None and found["what"].lower() == said["what"].lower()


_FORMS: tuple[Callable[[Case, str], bool], ...] = (
    _role,
    _degree,
    _certificate,
    _is_somebody,
    _experience,
    _languages,
    _skills,
    _learning,
)
