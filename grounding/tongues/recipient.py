"""A sentence about the recipient in German, French or Spanish repeats a cited line: quoted, or one run
of its words.
"""

import re
from collections.abc import Sequence

from domain import PostingLine, Section, SentenceKind
from grounding.citable import is_citable
from grounding.registry import Case, Fault, Registered
from grounding.tongues.glue import is_gap
from grounding.tongues.lists import (
    FIRST_PERSON,
    NEGATION,
    QUOTES,
    SECOND_PERSON,
    Piece,
    pieces,
    register,
    words,
)
from language.closed import closed

CHECKS: list[Registered] = []
_OPENS = {
    "de": re.compile(
        r"(?:Sie|Ihr\w*|Eure\w*|Euer|Für|Bei|In|Im|Zur|Zum|Zu|Außerdem|Auch|Auf|Als|Wichtig|Gesucht|Du|Dein\w*)\b"
    ),
    "fr": re.compile(r"(?:Vous|Votre|Vos|Pour|Le|La|Chez|Dans|Il)\b|L['’]"),
    "es": re.compile(
        r"(?:Usted\w*|Su|Sus|Para|El|La|En|También|Además|Buscan|Piden|Mencionan|Necesitan|Esperan|Citan|Entre)\b"
    ),
}
_DEMANDS = {
    "de": re.compile(
        r"\b(?:verlang\w+|forder\w+|voraussetz\w+|setzen voraus|pflicht|müssen|muss|zwingend|erforder\w+)\b",
        re.I,
    ),
    "fr": re.compile(r"\b(?:exig\w+|requi\w+|obligat\w+|indispensable\w*|impérati\w+|devez|doit)\b", re.I),
    "es": re.compile(
        r"\b(?:exig\w+|requier\w+|requi\w+|obligat\w+|imprescindible\w*|deben?|necesari\w+)\b", re.I
    ),
}
_WELCOME = {
    "de": re.compile(
        r"\b(?:von vorteil|wünschenswert\w*|idealerweise|gerne auch|plus|optional|hilfreich|vorteilhaft)\b",
        re.I,
    ),
    "fr": re.compile(
        r"\b(?:un plus|atout|souhait\w+|appréci\w+|idéalement|de préférence|facultati\w+)\b", re.I
    ),
    "es": re.compile(
        r"\b(?:valorable\w*|valorar\w*|deseable\w*|un plus|preferible\w*|opcional\w*|idealmente)\b", re.I
    ),
}
_ASKING = {
    "de": re.compile(
        r"\b(?:suchen|sucht|brauchen|braucht|erwarten|erwartet|wünschen|wünscht|fragen|fragt)\b"
    ),
    "fr": re.compile(r"\b(?:cherche\w*|recherche\w*|demande\w*|attend\w*|souhait\w+)\b"),
    "es": re.compile(r"\b(?:busca\w*|pide\w*|necesita\w*|espera\w*)\b"),
}
_OR = {"de": r"\boder\b|\bbzw\.", "fr": r"\bou\b", "es": r"\b(?:o|u)\b"}
_TURNED = {
    "de": ((r"^unser(e[mnrs]?)?$", r"ihr\1"), (r"^uns$", "ihnen"), (r"^wir$", "sie")),
    "fr": ((r"^notre$", "votre"), (r"^nos$", "vos"), (r"^nous$", "vous")),
    "es": ((r"^nuestr[oa]$", "su"), (r"^nuestr[oa]s$", "sus"), (r"^nosotr[oa]s$", "ustedes")),
}
# The informal "euer" of a page that says "du".
_INFORMAL = ((r"^unser$", "euer"), (r"^unsere([mnrs]?)$", r"eure\1"))
_ARTICLES = {
    "de": closed("der die das den eine einen ein"),
    "fr": closed("le la l les un une des"),
    "es": closed("el la los las un una"),
}
_MAY_END = closed(", ; – - ( . : / und oder sowie et ou y o e")
_MAY_END |= closed("sind ist wäre wären est sont serait seraient es son será sería")
# What may stand in a line before the words that a draft repeats: "Du hast …", "Vous disposez de …".
_LEADS_IN = closed(
    """
    du sie ihr hast haben verfügst verfügen über besitzt besitzen bringst bringen idealerweise
    wünschenswert sind ist bereits auch schon gerne außerdem zudem wir suchen erwarten wünschen uns
    deine ihre aufgabe aufgaben umfasst vous avez disposez justifiez possédez bénéficiez savez de d
    des une un la le l les être capable êtes idéalement capacité à tienes tener contar cuentas
    dispones con se valorará valorarán valora valorable deseable necesario imprescindible requiere
    requieren capacidad para ser capaz aportar buscamos requerimos
    """
)
_JOINS = frozenset(["und", "sowie", "et", "y", "e"])
_WAIVES = re.compile(
    r"(?:von vorteil|wünschenswert|erwünscht|erforderlich|vorausgesetzt|"
    r"appréciée?s?|souhaitée?s?|exigée?s?|requise?s?"
    r"|demandée?s?|valorable\w*|deseable\w*)\b"
)
# What stands before a number and belongs to it.
_BOUNDS = re.compile(
    r"(?:mindestens|höchstens|maximal|minimum|mínimo|(?<!verfügen )(?<!verfügst )über|unter|bis zu|"
    r"mehr als|weniger als|circa|ca .|ca|rund|etwa"
    r"|au moins|au plus|plus de|moins de|environ|jusqu'? à|al menos|más de|"
    r"menos de|hasta|alrededor de|unos|fast)$"
)
_NO_END = closed(
    "in im an am auf bei mit von vom für zu zum zur der die das den dem des "
    "ein eine einen einer und oder sowie de du des d l le la les un une et "
    "ou en à au aux avec pour dans sur a al el los las una con para por y o e del"
)


@register(
    CHECKS,
    "recipient",
    SentenceKind.RECIPIENT,
    number="V11",
    catches="a fact about them that the page does not say",
)
def recipient(case: Case) -> Fault | None:
    """Closed words, names of the page, and one run of neighbouring words, or one quotation, of one cited
    line.
    """
    language = case.brief.language
    if case.is_own_line or is_gap(case):
        return None
    quoted, around = _quotation(case)
    first = FIRST_PERSON[language].search(around)
    if first:
        return Fault("A sentence about them may not speak of you.", first.group())
    spoken = next((line for line in case.lines if not is_citable(line, case.find_skills)), None)
    if spoken is not None:
        return Fault("This line of the page is not about the work itself.", spoken.text)
    if not _opens_well(case, around):
        return Fault("A sentence about them begins with “you”, “your” or their name.", case.text)
    opening, closing = (mark.strip() for mark in QUOTES[language])
    titles = short_titles(case.brief.posting.title)
    inside = re.findall(rf"{opening}\s?(.+?)\s?{closing}", around)
    if case.text.count(opening) != case.text.count(closing) or any(each not in titles for each in inside):
        return Fault("What stands in quotation marks is not a title or a line of the page.", case.text)
    if quoted and not any(_is_quoted(quoted, line) for line in case.lines):
        return Fault("The cited line does not say this in these words.", quoted, _cited(case))
    return _raised(case, around) or _joined(case) or _foreign(case, around, has_quotation=bool(quoted))


def _cited(case: Case) -> str:
    return " / ".join(line.text for line in case.lines)


def _quotation(case: Case) -> tuple[str, str]:
    """What stands in quotation marks as the page's words, and the sentence without it; a quoted title is
    a name.
    """
    opening, closing = QUOTES[case.brief.language]
    found = re.search(rf":\s{re.escape(opening)}(.+?)\.?{re.escape(closing)}", case.text)
    return (found[1], case.text[: found.start()] + case.text[found.end() :]) if found else ("", case.text)


def _is_quoted(quoted: str, line: PostingLine) -> bool:
    """Whether a quotation is a whole sentence of the line, or its beginning up to a break, denials
    included.
    """
    text = " ".join(line.text.replace("\u00ad", "").split())
    at = text.find(quoted)
    before, after = text[:at].rstrip(), text[at + len(quoted) :].strip()
    if at < 0 or (before and before[-1] not in ".!?:;•·–-*"):
        return False
    if after and after[0] not in ".;!?–(:":
        return False
    left_out = text.replace(quoted, " ", 1)
    return not any(pattern.search(left_out) for pattern in (*NEGATION.values(), _EXCEPT))


_EXCEPT = re.compile(r"\b(?:not|no|never|without|unless|except)\b|n['’]t\b", re.IGNORECASE)


def _opens_well(case: Case, around: str) -> bool:
    language, company = case.brief.language, case.brief.posting.company
    if company and around.startswith(company):
        return True
    about = SECOND_PERSON[language].search(around) is not None or bool(company and company in around)
    elided = language == "es" and re.match(
        r"(?:También |Además )?(?:buscan|piden|mencionan|necesitan|esperan|citan)\b", around, re.I
    )
    if _OF_THE_OPENING.match(around):
        return True
    named = any(title in around for title in short_titles(case.brief.posting.title)[:1])
    return bool(about or elided or named) and _OPENS[language].match(around) is not None


_OF_THE_OPENING = re.compile(
    r"(?:Zur Stelle (?:gehört|gehören)|Zu den Aufgaben (?:gehört|gehören)|In der Ausschreibung steht"
    r"|Le poste comprend|L['’]annonce (?:dit|demande|mentionne|cite)"
    r"|El puesto incluye|El anuncio (?:dice|pide|menciona))\b"
)


def _raised(case: Case, around: str) -> Fault | None:
    """What the page calls welcome, a draft may not call required."""
    demand = _DEMANDS[case.brief.language].search(around)
    for line in case.lines if demand else ():
        waived = any(pattern.search(line.text) for pattern in _WELCOME.values())
        if (
            demand
            and (waived or line.section is Section.NICE)
            and demand.group().lower() not in line.text.lower()
        ):
            return Fault("The page calls this welcome, not required.", demand.group(), line.text)
    return None


def _joined(case: Case) -> Fault | None:
    """What the page asks for as "X oder Y", a draft may not ask for as "X und Y"."""
    language = case.brief.language
    if not _ASKING[language].search(case.text) or re.search(_OR[language], case.text):
        return None
    for line in case.lines:
        skills = [mention.skill for mention in case.find_skills(line.text)]
        said = {mention.skill for mention in case.find_skills(case.text)}
        if re.search(rf"{_OR[language]}|\bor\b", line.text) and len(said & set(skills)) > 1:
            return Fault("The page asks for one of these, not for all.", case.text, line.text)
    return None


def short_titles(title: str) -> list[str]:
    """The title and what it is called for short: without "(m/w/d)", codes and what follows a dash or a
    comma.
    """
    plain = " ".join(title.split())
    found = [plain]
    bare = re.sub(
        r"\s*[(\[][^)\]]*[)\]]|\s+[mwfdxh](?:/[mwfdxh]){1,2}\b", "", plain, flags=re.IGNORECASE
    ).strip(" -–,:")
    found.append(bare)
    for text in (plain, bare):
        found += [
            text[: each.start()].strip()
            for each in re.finditer(r"\s[–—|·-]\s|,\s|\s[(\[]|:\s|\s(?:in|bei|für|à|en|at|for)\s", text)
        ]
    kept = [each for each in dict.fromkeys(found) if len(each) > 2]
    return sorted(kept, key=len, reverse=True)


# --- words -------------------------------------------------------------------------------------------


def _foreign(case: Case, around: str, *, has_quotation: bool) -> Fault | None:
    said = _pieces_said(case, around)
    left = [piece for piece, free in said if piece.is_word and not free]
    if not left:
        return _denied_names(case, around)
    if has_quotation:
        return Fault("The cited line does not say this.", left[0].text, _cited(case))
    for line in case.lines:
        if _is_run(case, said, line):
            return None
    row = {key for line in case.lines for key in _row(line)}
    unknown = next((piece for piece in left if piece.key not in row), None)
    if unknown is not None:
        return Fault("The cited line does not say this.", unknown.text, _cited(case))
    return Fault("The cited line does not say this in these words.", case.text, _cited(case))


def _pieces_said(case: Case, around: str) -> list[tuple[Piece, bool]]:
    """The pieces of a sentence, and whether each is a closed word or part of a name of the page."""
    names: list[tuple[int, int]] = []
    posting = case.brief.posting
    for name in (posting.company, posting.location, *short_titles(posting.title)):
        if name:
            names += [m.span() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", around)]
    there = {mention.skill for line in case.lines for mention in case.find_skills(line.text)}
    names += [(m.start, m.end) for m in case.find_skills(around) if m.skill in there]
    closed = words(case, "recipient")
    said = []
    for piece in pieces(around):
        free = any(start <= piece.start and piece.end <= end for start, end in names)
        said.append((piece, free or (piece.key in closed and not piece.key[:1].isdigit())))
    return said


def _denied_names(case: Case, around: str) -> Fault | None:
    """Names alone may come from no line that denies or leaves behind."""
    named = {mention.skill for mention in case.find_skills(around)}
    for line in case.lines:
        holds = named & {mention.skill for mention in case.find_skills(line.text)}
        if (
            line.section is not Section.TITLE
            and holds
            and any(p.search(line.text) for p in (*NEGATION.values(), _EXCEPT))
        ):
            return Fault("The page denies this.", " ".join(sorted(holds)), line.text)
    return None


def _row(line: PostingLine) -> list[str]:
    """The pieces of a line as a draft may say them: "unsere" is "Ihre"."""
    return [piece.key for piece in pieces(" ".join(line.text.replace("\u00ad", "").split()))]


def _is_run(case: Case, said: Sequence[tuple[Piece, bool]], line: PostingLine) -> bool:
    """Whether all that is neither closed nor a name is one run of neighbouring words of the line."""
    row = _row(line)
    need = [at for at, (piece, free) in enumerate(said) if piece.is_word and not free]
    for begin in range(need[0], -1, -1):
        if begin != need[0] and not said[begin][0].is_word:
            continue
        for start in range(len(row)):
            stop = _matched(case, said, begin, row, start, need[-1])
            if stop is not None and _keeps(row, start, stop):
                return True
        if need[0] - begin > 4:
            break
    return False


def _matched(
    case: Case, said: Sequence[tuple[Piece, bool]], begin: int, row: Sequence[str], start: int, last: int
) -> int | None:
    """Where in the line the run ends that begins at both places, if it reaches every word that needs it."""
    at, place = begin, start
    while at < len(said) and place < len(row):
        piece = said[at][0]
        joins = place > start and row[place - 1] in _JOINS and piece.key in _ARTICLES[case.brief.language]
        if joins and piece.key != row[place]:
            at += 1  # "le développement et la maintenance", of a line without articles
            continue
        if not _alike(case, piece, row[place], is_first=at == begin):
            break
        at, place = at + 1, place + 1
    if at <= last or not all(free or not piece.is_word for piece, free in said[at:]):
        return None
    return place


def _alike(case: Case, piece: Piece, written: str, *, is_first: bool) -> bool:
    if piece.key == written:
        return True
    language = case.brief.language
    turned = (*_TURNED[language], *(_INFORMAL if language == "de" else ()))
    if any(re.fullmatch(old, written) and re.sub(old, new, written) == piece.key for old, new in turned):
        return True
    # "Sicherer Umgang" is "sicheren Umgang" where it is the object.
    return language == "de" and is_first and written.endswith("er") and piece.key == f"{written[:-2]}en"


def _keeps(row: Sequence[str], start: int, stop: int) -> bool:
    """The run ends where the line has a break, on no open word, and holds every denial of the line."""
    if not (start == 0 or row[start - 1] in _MAY_END or set(row[:start]) <= _LEADS_IN):
        return False
    if row[stop - 1] in _NO_END or _BOUNDS.search(" ".join(row[:start])):
        return False
    if row[start][:1].isdigit() and start and row[start - 1] in {"-", "–", "/", "bis", "à", "a", "to"}:
        return False
    rest = " ".join(row[stop:])
    # "Du bringst Erfahrung in X mit": the last word belongs to the verb.
    if rest and row[stop] not in _MAY_END and rest not in ("mit", "mit .") and not _WAIVES.match(rest):
        return False
    left_out = " ".join([*row[:start], " . ", *row[stop:]])
    return not any(pattern.search(left_out) for pattern in (*NEGATION.values(), _EXCEPT))
