"""Claims in German, French and Spanish: a closed frame around a telling of one line of evidence, or a
closed form.

Bei {org} habe ich 14 Services nach Kubernetes migriert.     a telling of the line
Chez {org} : développement en équipe d'une application.      the line, after a colon
En {org}: «Migrated 14 services to Kubernetes».              the line, quoted, in whatever language it stands
Zu meinen Kenntnissen gehören Go und Kafka.                  items of the skills list
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from domain import DraftKind, Evidence, Record, SentenceKind
from grounding.atoms import LINK
from grounding.checks.links import allowed, normal
from grounding.registry import Case, Fault, Registered
from grounding.tongues.lists import QUOTES, may_say_we, pattern, phrases, pieces, register
from language import dates
from language.tongues import everyday
from language.tongues.retell import cuts, statements, tellings
from language.tongues.tables import MONTHS, names_of_languages, places

CHECKS: list[Registered] = []
_SKILL_TYPES = ("skill", "language")
_PRONOUN = {"de": ("ich", "wir"), "fr": ("", ""), "es": ("", "")}
_ALSO = {
    "de": ("", "auch ", "außerdem ", "zudem "),
    "fr": ("", "aussi ", "également "),
    "es": ("", "también "),
}
_COLON = {"de": ":", "fr": " ?:", "es": ":"}
_LOOSE = frozenset(["Davor", "Zuvor", "Außerdem", "Dort"])


@register(
    CHECKS,
    "employer",
    SentenceKind.CLAIM,
    number="V4",
    catches="a fact told of another employer, school or the recipient",
)
def employer(case: Case) -> Fault | None:
    """Names of other records and of the recipient stand in no claim, unless the cited evidence has them."""
    if case.is_own_line:
        return None
    own = " ".join([*(item.text for item in case.evidence), *case.record_texts]).lower()
    cited = {item.record for item in case.evidence}
    names = [r.organization for r in case.brief.profile.records if r.id not in cited and r.organization]
    for name in [*names, case.brief.posting.company]:
        held = name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", case.text, re.IGNORECASE)
        if held and name.lower() not in own:
            place = case.record.organization if case.record is not None else ""
            return Fault(f"Your evidence for this is not from {name}.", name, place)
    return None


@register(
    CHECKS, "numbers", SentenceKind.CLAIM, number="V5", catches="a number that the evidence does not give"
)
def numbers(case: Case) -> Fault | None:
    """Every number of a claim stands so in the cited evidence or its record."""
    if case.is_own_line:
        return None
    sources = [*(item.text for item in case.evidence), *case.record_texts]
    known = {piece.key for text in sources for piece in pieces(text)}
    known |= {str(d.year) for text in sources for d in dates.find(text) if d.year}
    links = " ".join(found.group() for found in LINK.finditer(case.text))
    for piece in pieces(case.text):
        if piece.key[:1].isdigit() and piece.key not in known and piece.text not in links:
            return Fault(
                f"Your evidence does not give the number “{piece.text}”.", piece.text, " / ".join(sources[:1])
            )
    return None


@register(
    CHECKS, "hedges", SentenceKind.CLAIM, number="V7", catches="team credit, a denial or a hedge left out"
)
def hedges(case: Case) -> Fault | None:
    """Name the word that shares, weakens or denies the fact and is missing."""
    if case.is_own_line or len(case.evidence) != 1 or case.evidence[0].type in _SKILL_TYPES or states(case):
        return None
    said = case.text.lower()
    for statement in _sources(case.evidence[0]):
        shared = {p.key for p in pieces(statement) if len(p.key) > 4} & {p.key for p in pieces(case.text)}
        if not shared:
            continue
        for lost in pattern(case.brief.language, "markers").finditer(statement):
            if lost.group().lower() not in said and not _is_told(case, statement):
                return Fault(
                    f"Your evidence says “{lost.group()}”, and this leaves it out.", case.text, lost.group()
                )
    return None


@register(
    CHECKS, "superlatives", SentenceKind.CLAIM, number="V8", catches="praise that the evidence does not give"
)
def superlatives(case: Case) -> Fault | None:
    """Words of the list `superlatives` stand in the cited evidence or its record."""
    if case.is_own_line:
        return None
    own = " ".join([*(item.text for item in case.evidence), *case.record_texts]).lower()
    for found in pattern(case.brief.language, "superlatives").finditer(case.text):
        if found.group().lower() not in own:
            return Fault(f"Your evidence does not say “{found.group()}”.", found.group())
    return None


@register(
    CHECKS, "wording", SentenceKind.CLAIM, number="V3", catches="any word that the evidence does not carry"
)
def wording(case: Case) -> Fault | None:
    """Accept the closed forms and the tellings of one cited line in a closed frame; refuse all else."""
    if (
        case.is_own_line
        or states(case)
        or any(_is_told(case, text) for item in case.evidence for text in _sources(item))
    ):
        return None
    known = {p.key for item in case.evidence for p in pieces(item.text)}
    known |= {p.key for text in case.record_texts for p in pieces(text)}
    known |= everyday(case.brief.language)
    foreign = next((p.text for p in pieces(case.text) if len(p.key) > 3 and p.key not in known), "")
    source = " / ".join(item.text for item in case.evidence)
    if foreign:
        return Fault(f"Your evidence does not say “{foreign}” here.", foreign, source)
    return Fault("Your evidence says this in other words.", case.text, source)


def _sources(item: Evidence) -> tuple[str, ...]:
    return statements(item.text)


# --- tellings ----------------------------------------------------------------------------------------


def _is_told(case: Case, statement: str) -> bool:
    """Whether the claim is this statement in a closed frame."""
    if len({item.record for item in case.evidence}) != 1:
        return False
    text = case.text.rstrip(" .")
    item = next((e for e in case.evidence if statement in _sources(e)), None)
    if item is None or item.type in _SKILL_TYPES:
        return False
    return any(_same(text, form) for form in _forms(case, statement, item))


def _same(text: str, form: str) -> bool:
    return re.fullmatch(form, text) is not None


def _forms(case: Case, statement: str, item: Evidence) -> Iterator[str]:
    """Every sentence that this statement may be told as, as patterns."""
    language = case.brief.language
    heads = list(_heads(case))
    before_colon = [*heads, *_heads(case, "colon")]
    opening, closing = (re.escape(mark.strip()) for mark in QUOTES[language])
    colon = _COLON[language]
    for kept in _kept(case, statement):
        if kept[len(kept) // 2 :] not in case.text:
            continue
        exact = _exact(kept)
        quoted = rf"{opening}\s?{exact}\.?\s?{closing}"
        if case.brief.kind is DraftKind.RESUME_SUMMARY:
            yield exact
        for head in before_colon:
            yield rf"{head}{colon}\s{exact}"
            yield rf"{head}{colon}\s{quoted}"
    if item.type == "summary":
        yield from _introductions(case, statement)
    we = may_say_we(case)
    for ended in {True, _is_over(case)}:
        for telling in tellings(statement, language, ended=ended, we=we):
            for kept in _kept(case, telling.rest):
                if kept[len(kept) // 2 :] not in case.text:
                    continue
                yield from _told(case, telling.kind, telling.lead, kept, heads)


def _is_over(case: Case) -> bool:
    record = case.record
    return record is not None and bool(record.end) and not record.current


def _kept(case: Case, text: str) -> Iterator[str]:
    """The text, and its beginnings after which nothing is lost that shares, weakens or denies."""
    for kept in cuts(text):
        if kept == text or not pattern(case.brief.language, "markers").search(text[len(kept) :]):
            yield kept


def _exact(text: str) -> str:
    """The text as a pattern; its first letter in either case."""
    first = text[:1]
    return f"[{re.escape(first.upper())}{re.escape(first.lower())}]{_spaced(text[1:])}"


def _spaced(text: str) -> str:
    return r"\s+".join(re.escape(part) for part in text.split(" "))


def _told(case: Case, kind: str, lead: str, rest: str, heads: list[str]) -> Iterator[str]:
    language = case.brief.language
    also = "(?:" + "|".join(_ALSO[language]) + ")"
    if language != "de":
        clause = _with_also(rest, language)
        yield clause
        for head in heads:
            yield rf"{head},\s{clause}"
        return
    pronoun = _PRONOUN["de"][may_say_we(case)]
    at = rf"(?:bei {_field(case.record.organization)} )?" if case.record and case.record.organization else ""
    exact = _exact(rest)
    if kind == "act":
        yield rf"{pronoun.capitalize()} {lead} {also}{exact}"
        for head in heads:
            yield rf"{head} {lead} {pronoun} {also}{exact}"
        for head in _LOOSE:
            yield rf"{head} {lead} {pronoun} {also}{at}{exact}"
        return
    mine = "meinen" if pronoun == "ich" else "unseren"
    for head in heads:
        yield rf"{head} {lead} {also}{exact} zu {mine} Aufgaben"
        yield rf"{head} {lead} zu {mine} Aufgaben {also}{exact}"
    yield rf"Zu {mine} Aufgaben {at}{lead} {also}{exact}"


def _with_also(clause: str, language: str) -> str:
    """The clause as a pattern, "aussi" after the auxiliary or "también" before the verb."""
    exact = _exact(clause)
    if language == "es":
        return rf"(?:[Tt]ambién )?{exact}"
    found = re.match(r"(j'ai|nous avons|j'étais|je suis|nous étions) ", clause)
    if found is None:
        return exact
    lead = rf"[{found[1][0].upper()}{found[1][0]}]{_spaced(found[1][1:])}"
    return rf"{lead} (?:aussi |également )?{_spaced(clause[found.end() :])}"


def _field(field: str) -> str:
    exact = r"\s+".join(re.escape(part) for part in field.split())
    return f"{exact}?" if exact.endswith(".") else exact


def _heads(case: Case, only: str = "") -> Iterator[str]:
    """The frames of the list `heads`, filled from the cited record, as patterns; `only` those so marked."""
    record = case.record
    slots = _slots(record, case)
    for row in phrases(case, "heads"):
        form, _, mark = (part.strip() for part in row.partition("|"))
        if (mark == "colon") != bool(only) or _is_of_others(form, we=may_say_we(case)):
            continue
        named = re.findall(r"\{(\w+)\}", form)
        if any(not slots.get(name) for name in named) or not _allows(record, mark):
            continue
        parts = re.split(r"\{(\w+)\}", form)
        yield "".join(
            slots[part] if at % 2 else re.escape(part).replace(r"\ ", r"\s") for at, part in enumerate(parts)
        )


def _is_of_others(form: str, *, we: bool) -> bool:
    """Whether a frame says "my" where the writer is "we", or the other way round."""
    mine = re.search(r"\b(?:meine\w?|mon|mi)\b", form, re.IGNORECASE) is not None
    ours = re.search(r"\b(?:unsere\w?|notre|nuestro)\b", form, re.IGNORECASE) is not None
    return (mine and we) or (ours and not we)


def _allows(record: Record | None, mark: str) -> bool:
    if mark == "current":
        return record is not None and record.current and record.kind == "role"
    return mark in ("", "colon") or (
        record is not None and (record.kind == mark or (mark == "role" and record.kind == "volunteering"))
    )


def _slots(record: Record | None, case: Case) -> dict[str, str]:
    if record is None:
        return {}
    dated = {"start": _date(record.start, case), "end": _date(record.end, case) if not record.current else ""}
    at = _at(record, case) if record.organization else ""
    return {
        "org": _field(record.organization),
        "at": at,
        "At": at and f"(?:{at}|{_at(record, case, first=True)})",
        "title": _title(record.title, case),
        **dated,
    }


def _title(title: str, case: Case) -> str:
    """The title as written; in French and Spanish its first letter may be small."""
    exact = _field(title)
    return (
        exact
        if case.brief.language == "de" or not exact
        else f"(?:{exact}|{_field(title[:1].lower() + title[1:])})"
    )


def _at(record: Record, case: Case, *, first: bool = False) -> str:
    """The employer as a place, with whichever article its name takes."""
    said = (
        place[:1].upper() + place[1:] if first else place
        for place in places(record.organization, case.brief.language)
    )
    return "(?:" + "|".join(_field(each) for each in said) + ")"


def _date(written: str, case: Case) -> str:
    """A date as the record has it, its year alone, or its month by name in the draft's language."""
    if not written:
        return ""
    date = dates.parse(written)
    forms = [_field(written)]
    if date is not None and date.year is not None and not date.expected:
        forms.append(str(date.year))
        if date.month:
            link = " de " if case.brief.language == "es" else " "
            forms.append(f"{MONTHS[case.brief.language][date.month - 1]}{link}{date.year}")
    return "(?:" + "|".join(forms) + ")"


_BE = {"de": "Ich bin ", "fr": "Je suis ", "es": "Soy "}


def _introductions(case: Case, statement: str) -> Iterator[str]:
    """ "Ich bin Datenanalystin mit 5 Jahren Erfahrung", from a summary that begins so."""
    if may_say_we(case):
        return
    article = {"fr": r"(?:une? )?", "es": r"(?:una? )?", "de": ""}[case.brief.language]
    for kept in _kept(case, statement):
        yield rf"{_BE[case.brief.language]}{article}{_exact(kept)}"


# --- closed forms ------------------------------------------------------------------------------------

COUNTED = {
    "de": (
        (2, re.compile(r"Beide stehen auf (?:meiner|unserer) Liste der Kenntnisse")),
        (3, re.compile(r"Alle drei stehen auf (?:meiner|unserer) Liste der Kenntnisse")),
    ),
    "fr": (
        (2, re.compile(r"Ces deux compétences figurent dans (?:mon|notre) profil")),
        (3, re.compile(r"Ces trois compétences figurent dans (?:mon|notre) profil")),
    ),
    "es": (
        (2, re.compile(r"Ambas competencias figuran en (?:mi|nuestro) perfil")),
        (3, re.compile(r"Las tres competencias figuran en (?:mi|nuestro) perfil")),
    ),
}
_LISTED = {
    "de": re.compile(
        r"(?:Auch )?[Zz]u (?P<own>meinen|unseren) Kenntnissen (?:gehört|gehören) (?:auch )?(?P<list>.+)"
    ),
    "fr": re.compile(r"(?P<own>Mes|Nos) compétences comprennent (?:aussi )?(?P<list>.+)"),
    "es": re.compile(r"Entre (?P<own>mis|nuestras) competencias (?:está|están) (?:también )?(?P<list>.+)"),
}
_SHELF = {
    "de": re.compile(r"Kenntnisse: (?P<list>.+)"),
    "fr": re.compile(r"Compétences : (?P<list>.+)"),
    "es": re.compile(r"Competencias: (?P<list>.+)"),
}
_SPOKEN = {
    "de": re.compile(r"Ich spreche (?P<list>.+)"),
    "fr": re.compile(r"Je parle (?P<list>.+)"),
    "es": re.compile(r"Hablo (?P<list>.+)"),
}
_USES = {
    "de": re.compile(
        r"(?:Eines (?:meiner|unserer) Projekte|(?:Mein|"
        r"Unser) Projekt (?P<name>.+?)) nutzt (?P<list>.+?)(?:: (?P<link>\S+))?"
    ),
    "fr": re.compile(
        r"(?:Un de (?:mes|nos) projets|(?:Mon|"
        r"Notre) projet (?P<name>.+?)) utilise (?P<list>.+?)(?: : (?P<link>\S+))?"
    ),
    "es": re.compile(
        r"(?:Uno de (?:mis|nuestros) proyectos|(?:Mi|"
        r"Nuestro) proyecto (?P<name>.+?)) usa (?P<list>.+?)(?:: (?P<link>\S+))?"
    ),
}
_AND = {"de": r",\s+|\s+und\s+", "fr": r",\s+|\s+et\s+", "es": r",\s+|\s+[ye]\s+"}
_LEVELS = re.compile(
    r"\b(?:grund\w*|basis\w*|anfänger\w*|lern\w*|elementar\w*|bases?|notions?|débutant\w*|nociones|básic\w*|"
    r"principiante|beginner|basics?|elementary|learning|familiar\w*|exposure|some|little|limited|a1|a2|b1)\b",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"\b(?:expected|anticipated|in progress|ongoing|present|candidate|heute|"
    r"laufend|voraussichtlich|abgebrochen|"
    r"ohne abschluss|begonnen|en cours|prévu\w*|inachevé\w*|interrompu\w*|"
    r"en curso|previst\w*|incomplet\w*|abandonad\w*|"
    r"incomplete|unfinished|dropped|exchange|audited|expired|lapsed|revoked|abgelaufen|caducad\w*|expiré\w*)\b",
    re.IGNORECASE,
)


def states(case: Case) -> bool:
    """Whether the claim is one of the closed forms, every slot filled from what it cites."""
    text, record = case.text.rstrip(" ."), case.record
    if record is not None and any(re.fullmatch(form, text) for form in _record_forms(case, record)):
        return True
    return _lists_skills(case, text) or _speaks(case, text) or _uses(case, text) or _holds(case, text)


def _record_forms(case: Case, record: Record) -> Iterator[str]:
    if may_say_we(case) or not record.title:
        return
    slots, language = _slots(record, case), case.brief.language
    title, org, start, end = slots["title"], slots["org"], slots["start"], slots["end"]
    at = slots["at"]
    if record.kind == "role" and org and case.brief.kind is DraftKind.RESUME_SUMMARY:
        yield rf"{title} {at}"
    if record.kind in {"role", "volunteering"} and org:
        yield from _role_forms(language, title, at, start, end, current=record.current)
    if record.kind == "degree" and org and is_finished(case, record):
        full = _field(record.full_title)
        yield {
            "de": rf"Mein Abschluss: {full}, {org}",
            "fr": rf"Mon diplôme : {full}, {org}",
            "es": rf"Mi titulación: {full}, {org}",
        }[language]


def _role_forms(language: str, title: str, at: str, start: str, end: str, *, current: bool) -> Iterator[str]:
    if language == "de":
        if current:
            yield rf"(?:Derzeit bin ich|Ich bin) {title} {at}"
            yield rf"Seit {start} bin ich {title} {at}" if start else rf"Ich bin {title} {at}"
            return
        if start and end:
            yield rf"Von {start} bis {end} war ich {title} {at}"
            yield rf"(?:Davor|Zuvor) war ich von {start} bis {end} {title} {at}"
        yield rf"(?:Ich war|(?:Davor|Zuvor) war ich) {title} {at}"
    elif language == "fr":
        if current:
            yield rf"(?:Je suis|Je travaille comme|Actuellement, je suis) {title} {at}"
            return
        span = rf"(?: de {start} à {end})?" if start and end else ""
        was = r"(?:étais|ai travaillé comme)"
        yield rf"(?:J'{was}|(?:Auparavant|Avant cela), j'{was}) {title} {at}{span}"
    else:
        if current:
            yield rf"(?:Soy|Trabajo como|Actualmente soy) {title} {at}"
            return
        span = rf"(?: de {start} a {end})?" if start and end else ""
        yield rf"(?:Fui|Trabajé como|(?:Antes|Anteriormente),? (?:fui|trabajé como)) {title} {at}{span}"


def is_finished(case: Case, record: Record) -> bool:
    """A degree or certificate that was earned: dated in the past, and nothing in its words says otherwise."""
    end = dates.parse(record.end)
    if record.current or (
        end is not None and (end.expected or end.year is None or end.year > datetime.now(UTC).year)
    ):
        return False
    return (
        _UNFINISHED.search(" ".join([record.title, record.end, *(item.text for item in case.evidence)]))
        is None
    )


def _members(item: Evidence) -> list[str]:
    body = re.sub(r"^[A-ZÄÖÜÉ][\w &/-]{0,30}:\s+", "", item.text.strip())
    return [
        part.strip(" .") for part in re.split(r"[,;|•·\n]|\s+(?:und|et|y|and|&)\s+", body) if part.strip(" .")
    ]


def _named(case: Case, written: str) -> bool:
    """Whether each of a list is a member of a cited list of skills, or the label of one."""
    parts = [part.strip() for part in re.split(_AND[case.brief.language], written) if part.strip()]
    names: set[str] = set()
    for item in case.evidence:
        for member in _members(item):
            if _LEVELS.search(member) or re.search(r"[()]", member):
                names.add(member.lower())
                continue
            names.add(member.lower())
            names |= {
                m.skill.lower() for m in case.find_skills(member) if (m.start, m.end) == (0, len(member))
            }
    return bool(parts) and all(part.lower() in names for part in parts)


def _lists_skills(case: Case, text: str) -> bool:
    items = case.evidence
    if not items or any(item.type != "skill" for item in items):
        return False
    for count, form in COUNTED[case.brief.language]:
        if found := form.fullmatch(text):
            names = [name for item in items for name in _members(item)]
            own = re.search(r"unser|notre|nuestro", found.group()) is not None
            return len(names) >= count and own == may_say_we(case) and not any(map(_LEVELS.search, names))
    if shelf := _SHELF[case.brief.language].fullmatch(text):
        return _named(case, shelf["list"])
    found = _LISTED[case.brief.language].fullmatch(text)
    if not found:
        return False
    own = found["own"].lower() in {"unseren", "nos", "nuestras"}
    return own == may_say_we(case) and _named(case, found["list"])


def _speaks(case: Case, text: str) -> bool:
    """ "Ich spreche Englisch und Spanisch.", of language items without a low level, by a table of names."""
    found = _SPOKEN[case.brief.language].fullmatch(text)
    if not found or may_say_we(case) or any(item.type != "language" for item in case.evidence):
        return False
    known: set[str] = set()
    for item in case.evidence:
        if not _LEVELS.search(item.text):
            known |= names_of_languages(item.text, case.brief.language)
    parts = [
        part.strip().lower() for part in re.split(_AND[case.brief.language], found["list"]) if part.strip()
    ]
    return bool(parts) and all(part in known for part in parts)


def _uses(case: Case, text: str) -> bool:
    """ "Eines meiner Projekte nutzt React und Go: https://…", of one project that lists its technologies."""
    found = _USES[case.brief.language].fullmatch(text)
    record = case.record
    if not found or len(case.evidence) != 1 or case.evidence[0].type != "project":
        return False
    if found["name"] and (record is None or found["name"] != " ".join(record.title.split())):
        return False
    if found["link"] and normal(found["link"]) not in allowed(case):
        return False
    mine = re.match(r"(?:Eines unserer|Unser|Un de nos|Notre|Uno de nuestros|Nuestro)\b", text) is not None
    item = case.evidence[0]
    return mine == may_say_we(case) and not _LEVELS.search(item.text) and _named(case, found["list"])


def _holds(case: Case, text: str) -> bool:
    """ "Ich habe das Zertifikat X.", of a certificate record."""
    record = case.record
    if record is None or record.kind != "certificate" or may_say_we(case) or not is_finished(case, record):
        return False
    title = " ".join(record.title.split())
    forms = {
        "de": f"Ich habe das Zertifikat {title}",
        "fr": f"J'ai le certificat {title}",
        "es": f"Tengo el certificado {title}",
    }
    return text in {forms[case.brief.language], forms[case.brief.language].replace(title, f"„{title}“")}
