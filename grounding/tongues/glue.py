"""Glue and intent in German, French and Spanish, and the sentence that owns up to a gap."""

import re

from domain import SentenceKind
from grounding.citable import is_citable, spoken_plainly
from grounding.registry import Case, Fault, Registered, is_denied
from grounding.tongues.lists import NEGATION, NUMBERS, pieces, register, words

CHECKS: list[Registered] = []
MOST_WORDS = 22
GAP = {
    "de": re.compile(
        r"(?:Sie nennen|Ihr nennt|ihr nennt) auch (?P<what>.+); "
        r"dazu steht in (?:meinen|unseren) Unterlagen noch nichts"
    ),
    "fr": re.compile(r"Vous citez aussi (?P<what>.+), ce que (?:mon|notre) dossier ne montre pas encore"),
    "es": re.compile(r"También mencionan (?P<what>.+), que (?:mi|nuestro) perfil aún no muestra"),
}
FOLLOW_UP = {
    "de": (
        "Ich hatte Ihnen zu „{}“ geschrieben.",
        "Ich hatte euch zu „{}“ geschrieben.",
        "Wir hatten Ihnen zu „{}“ geschrieben.",
        "Wir hatten euch zu „{}“ geschrieben.",
    ),
    "fr": ("Je vous avais écrit au sujet de « {} ».", "Nous vous avions écrit au sujet de « {} »."),
    "es": ("Les escribí sobre «{}».", "Les escribimos sobre «{}»."),
}
# Who speaks, beside the words that may stand next to them: wishes, offers to tell, thanks. Nothing that
# was done.
_WISHES = {
    "de": "möchte möchten würde würden schicke schicken sende senden zeige zeigen "
    "freue freuen bewerbe bewerben kann können "
    "könnte könnten darf dürfen dürfte dürften antworte antworten "
    "beantworte beantworten frage fragen erzähle erzählen "
    "biete bieten dass ob wenn gern gerne auch mich uns soll sollen",
    "fr": "souhaite souhaiterais souhaitons voudrais voudrions aimerais aimerions "
    "serais serions reste restons montre "
    "montrons envoie envoyons postule propose proposons demande réponds "
    "répondons puis peux peut puis-je vous que si suis "
    "heureux dis",
}
_SPEAKER = {"de": ("ich", "wir"), "fr": ("je", "j", "nous")}
_TELLING = {
    "de": re.compile(
        r"\b(?:zeigen|schicken|senden|erzählen|erklären|beantworten|anbieten|übernehmen|sprechen|fragen|sagen|"
        r"erfahren|hören|wissen|helfen|bewerben|austauschen|kennenlernen|besprechen)\b"
    ),
    "fr": re.compile(
        r"\b(?:montrer|envoyer|raconter|expliquer|répondre|proposer|parler|dire|demander|apprendre|savoir|"
        r"aider|postuler|échanger|discuter|connaître|entendre|prendre)\b"
    ),
    "es": re.compile(
        r"\b(?:mostrar(?:les)?|enviar(?:les|le)?|contar(?:les)?|explicar|responder|ofrecer|hablar|decir|preguntar|"
        r"saber|oír|ayudar(?:les)?|solicitar|optar|presentar|conversar|conocer|asumir|intercambiar)\b"
    ),
}
_MODAL = {
    "de": re.compile(
        r"\b(?:kann|können|könnte|könnten)\s+(?:ich|wir)\b|\b(?:ich|wir)\s+(?:kann|können|könnte|könnten)\b",
        re.I,
    ),
    "fr": re.compile(r"\bpuis-je\b|\bje (?:peux|puis)\b|\bnous pou\w+", re.I),
    "es": re.compile(r"\b(?:puedo|podemos|podría|podríamos)\b", re.I),
}
_OWN = {
    "de": re.compile(r"\b(?:mein|unser)(?:e[mnrs]?)?\s+(\S+)", re.I),
    "fr": re.compile(r"\b(?:mon|ma|mes|notre|nos)\s+(\S+)", re.I),
    "es": re.compile(r"\b(?:mis?|nuestr[oa]s?)\s+(\S+)", re.I),
}
# What would praise the sender, place them, or have the page look for them.
_BOASTS = {
    "de": re.compile(
        r"^(?:mein|unser)\w*\b|\b(?:arbeit|projekte|arbeiten)\s+"
        r"(?:passt|passen|hilft|helfen|entspricht|ist|sind)\b"
        r"|\b(?:suchen|sucht|brauchen|braucht|wollen|mögen)\s+(?:mich|uns|mir)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"^(?:mon|ma|mes|notre|nos)\b|\b(?:travail|travaux|projets?)\s+"
        r"(?:correspond\w*|aide\w*|est|sont)\b"
        r"|\bje suis (?!intéressée?\b|ravie?\b|heureu\w+\b|disponible\b)|\bje reste (?!disponible\b|à\b)"
        r"|\b(?:me|moi|nous) (?:cherche|recherche|voulez|souhaite)\w*",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"^(?:mis?|nuestr[oa]s?|trabajo|parte|proyectos?)\b|\btrabajo (?:en|con|para|como)\b"
        r"|\b(?:trabajos?|proyectos?)\s+(?:encajan?|ayudan?|es|son|corresponden?)\b"
        r"|\b(?:estoy|estamos) (?!a su\b|interesad|encantad|dispuest)"
        r"|\b(?:me|nos) (?:busca|necesita|quiere)n?\b",
        re.IGNORECASE,
    ),
}
_ASKS = {
    "de": re.compile(
        r"(?:Was|Welche\w*|Wie|Wer|Wann|Wo|Ist|Wäre|Passt|Darf|Dürfte|Soll|Sollen|Könnte\w*|Kann|Können|Würde\w*|"
        r"Möchte\w*|Hilft|Interessiert|Geht|Entspricht|Haben|Brauchen|Habt|Sind)\b.*\?$"
    ),
    "fr": re.compile(
        r"(?:Est-ce|Quel\w*|Que|Qu|Qui|Comment|Quand|Puis-je|Souhait\w+|Voulez|Aimeriez|Cela|Serait|Seriez|Un|Lequel|"
        r"Laquelle|Auriez)\b.*\?$"
    ),
    "es": re.compile(r"¿.*\?$"),
}


def is_gap(case: Case) -> bool:
    """Whether the sentence has the fixed form of the gap."""
    return GAP[case.brief.language].fullmatch(case.text.rstrip(" .")) is not None


@register(
    CHECKS,
    "gap",
    SentenceKind.GLUE,
    SentenceKind.INTENT,
    SentenceKind.RECIPIENT,
    number="V17",
    catches="a gap that is none, or that the page does not ask for",
)
def gap(case: Case) -> Fault | None:
    """What is missing stands on a cited line, and truly is a gap."""
    found = GAP[case.brief.language].fullmatch(case.text.rstrip(" ."))
    if not found:
        return None
    what = found["what"]
    lines = [spoken_plainly(line.text) for line in case.lines if is_citable(line, case.find_skills)]
    lines = [line for line in lines if not NEGATION[case.brief.language].search(line)]
    named = {mention.skill for mention in case.find_skills(what)}
    whole = any(m.start == 0 and m.end == len(what) for m in case.find_skills(what))
    written = any(re.search(rf"(?<!\w){re.escape(what)}(?!\w)", line, re.IGNORECASE) for line in lines)
    if len(what.split()) > 8 or not (written or (whole and lines and named <= case.page_skills)):
        return Fault("The page does not ask for this in these words.", what, " / ".join(lines))
    shown = {skill for item in case.brief.profile.evidence for skill in item.skills}
    shown |= {m.skill for item in case.brief.profile.evidence for m in case.find_skills(item.text)}
    return Fault("Your evidence does show this.", what) if named & shown else None


@register(
    CHECKS,
    "glue",
    SentenceKind.GLUE,
    SentenceKind.INTENT,
    number="V2",
    catches="a fact in a linking sentence",
)
def glue(case: Case) -> Fault | None:
    """Closed words, no number, no name but the company and the title, no act of the sender, no praise."""
    if case.is_own_line or is_gap(case) or _is_follow_up(case):
        return None
    if not case.text.endswith((".", "?")):
        return Fault("A linking sentence ends in a full stop or a question mark.", case.text)
    text = _without_names(case)
    if len(text.split()) > MOST_WORDS:
        return Fault(f"A linking sentence has at most {MOST_WORDS} words.", case.text)
    return _speaks_of_itself(case, text) or _unknown(case, text)


def _is_follow_up(case: Case) -> bool:
    earlier = " ".join(case.brief.earlier_subject.split())
    forms = FOLLOW_UP[case.brief.language]
    return bool(earlier) and any(case.text == form.format(earlier) for form in forms)


def _without_names(case: Case) -> str:
    text = case.text
    from grounding.tongues.recipient import short_titles

    names = [case.brief.posting.company, *short_titles(case.brief.posting.title), case.brief.recipient]
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
    return " ".join(text.split())


def _speaks_of_itself(case: Case, text: str) -> Fault | None:
    language = case.brief.language
    found = pieces(text)
    speakers = _SPEAKER.get(language, ())
    wishes = frozenset(_WISHES.get(language, "").split())
    for at, piece in enumerate(found):
        if piece.key not in speakers:
            continue
        near = {found[k].key for k in (at - 1, at + 1) if 0 <= k < len(found)}
        if not near & wishes:
            return Fault("A linking sentence may not say what you did or are.", piece.text)
    if _MODAL[language].search(text) and not _TELLING[language].search(text):
        return Fault("A linking sentence may not say what you can do.", text)
    if boast := _BOASTS[language].search(text):
        return Fault("A linking sentence may not praise your work.", boast.group())
    for own in _OWN[language].finditer(text):
        if own[1].strip(".,;:?!").lower() not in words(case, "generic-my"):
            return Fault("A linking sentence may not say what you have.", own.group())
    return None


def _unknown(case: Case, text: str) -> Fault | None:
    language = case.brief.language
    asks = case.sentence.kind is SentenceKind.INTENT and _ASKS[language].match(text) is not None
    spans = [
        (m.start, m.end)
        for m in case.find_skills(text)
        if asks and m.skill in case.page_skills and _on_cited(case, m.text) and not is_denied(text, m)
    ]
    known, counts = words(case, "glue"), frozenset(NUMBERS[language].split())
    first = True
    for piece in pieces(text):
        if any(start <= piece.start and piece.end <= end for start, end in spans):
            first = False
            continue
        if not piece.is_word:
            if piece.text not in ".,?¿:;-–'’«»„“":
                return Fault("A linking sentence holds plain words.", piece.text)
            continue
        if piece.key[:1].isdigit() or piece.key in counts:
            return Fault("A linking sentence may not hold a number.", piece.text)
        if piece.key not in known:
            return Fault("A linking sentence may hold no new fact.", piece.text)
        if language != "de" and piece.text[:1].isupper() and not first:
            return Fault("A linking sentence may hold no name.", piece.text)
        first = False
    return None


def _on_cited(case: Case, written: str) -> bool:
    lines = [line.text for line in case.lines if is_citable(line, case.find_skills)]
    return any(
        re.search(rf"(?<!\w){re.escape(written)}(?!\w)", line, re.IGNORECASE) for line in lines
    ) or any(
        mention.skill == other.skill
        for mention in case.find_skills(written)
        for line in lines
        for other in case.find_skills(line)
    )
