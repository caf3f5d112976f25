"""A requirement line in German, French or Spanish → the need it names, in its own words.

`thing` is an object ("Erfahrung mit Kafka", "une expérience en vente"), `task` and `tasks` a duty or
several ("die
Wartung Ihrer Server"), `do` an infinitive (French, Spanish), `quote` a short line that stands in
quotation marks.
Degrees, traits, spoken languages, licences, pay and benefits open no message.
"""

import re
from dataclasses import dataclass
from typing import Literal

from chains.embedded.tidy import count
from domain import Language
from language.closed import closed
from language.tongues import by_form
from language.tongues.retell import statements, tellings

LONGEST, LONGEST_QUOTE = 13, 14
Kind = Literal["thing", "task", "tasks", "do", "quote", "skills"]


@dataclass(frozen=True, slots=True)
class Need:
    """What the posting wants, ready for a form of its kind. `lines` are the ids it is taken from."""

    kind: Kind
    text: str
    lines: tuple[str, ...]


_REFUSED: dict[Language, re.Pattern[str]] = {
    "de": re.compile(
        r"studium|studiengang|\babschluss\b|berufsausbildung|abgeschlossene|"
        r"ausbildung (?:als|zum|zur|im|in)\b|deutsch|englisch|"
        r"sprachkenn|führerschein|fahrerlaubnis|teamfähig|teamplay|teamgeist|kommunikat|flexib|belastbar|zuverlässig|"
        r"selbst?ständig|selbständig|eigenverantwort|eigeninitiative|motivat|motiviert|bereitschaft|gehalt|vergütung|"
        r"urlaub|homeoffice|home office|benefit|wir bieten|bewerb|lebenslauf|"
        r"reise|schicht|wochenend|spaß|freude|leidenschaft|"
        r"begeister|arbeitsweise|denkweise|hands-on|mentalität|\bkein|\bnicht\b|\bohne\b|unbefrist|befrist|vollzeit|teilzeit|"
        r"rabatt|firmenwagen|jobrad|obst|kantine|zuschuss|altersvorsorge|"
        r"auftreten|sorgfalt|genauigkeit|interesse an|neugier|"
        r"empath|lust|quereinstieg|herz|m/w|alter\b|staatsang|impf|[@€$]|https?|"
        r"ansprechpartner|start(?:termin|datum)|ab sofort|"
        r"gespür|charakter|persönlichkeit|überzeug",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"diplôm|\bbac\b|bac ?\+|\bmaster\b|licence|école|"
        r"formation (?:supérieure|initiale|en|de niveau)|anglais|français|bilingue|"
        r"\bpermis\b|véhicul|esprit|autonom|rigueur|rigoureu|dynami|motiv|sens d|"
        r"salaire|rémunér|mutuelle|tickets?|télétravail|"
        r"avantage|\bcdi\b|\bcdd\b|rattaché|disponib|aucun|\bpas\b|\bsans\b|"
        r"aisance relationnelle|organisé|curieu|passion|réactiv|"
        r"polyvalen|travail(?:ler)? en (?:équipe|étroite)|étroite collaboration|"
        r"candidat|\bcv\b|horaires|week-end|mobilité|"
        r"déplacements|posté|[@€$]|https?|sourire|ponctu|adaptation|intérêt pour|"
        r"envie|goût|aisance|handicap|nationalité",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"titulaci|titulad|grado en|licenciatura|formación (?:profesional|"
        r"académica|en)|\bfp\b|máster|inglés|español|idioma|"
        r"bilingüe|carn[eé]t|vehículo|trabajo en equipo|autonom|proactiv|"
        r"organizad|dinámic|motiva|capacidad de|habilidades|"
        r"salario|retribu|seguro|beneficio|teletrabajo|contrato|jornada|"
        r"dependencia|disponib|no se requiere|\bno\b|\bsin\b|"
        r"persona\b|actitud|curios|pasión|iniciativa|flexib|responsab\w+ y|"
        r"candidat|currículum|turnos|fines de semana|"
        r"[@€$]|https?|sentido de|estrechamente|ganas|residencia|incorporación|discapacidad|nacionalidad",
        re.IGNORECASE,
    ),
}
_CUT: dict[Language, re.Pattern[str]] = {
    "de": re.compile(
        r"(?:,? (?:v\. ?a\.?|u\. ?a\.?|und die (?:fähigkeit|bereitschaft)|"
        r"idealerweise|vorzugsweise|insbesondere|wie z\. ?B\.|z\. ?B\.|"
        r"bevorzugt|möglichst|um\b|damit|sodass)\b"
        r"| (?:ist|sind|wäre|wären) (?:von vorteil|wünschenswert|ein plus|"
        r"willkommen|erforderlich|vorausgesetzt|ein muss)"
        r"| von vorteil| (?:wünschenswert|erwünscht|erforderlich|vorausgesetzt)$|;|\s[–—-]\s|\s\(|: )",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"(?:,? (?:idéalement|notamment|de préférence|par exemple|afin de|en particulier)\b"
        r"| (?:est|sont|serait|seraient|constitue\w*) "
        r"| (?:appréciée?s?|souhaitée?s?|exigée?s?|requise?s?|demandée?s?)$|;|\s[–—-]\s|\s\(|\s:\s)",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"(?:,? (?:idealmente|preferiblemente|especialmente|por ejemplo|con el fin de)\b"
        r"| (?:es|son|será|sería|serán|valorable\w*|deseable\w*)(?: |$)|;|\s[–—-]\s|\s\(|:\s)",
        re.IGNORECASE,
    ),
}
_EMPTY = closed("diverse alle weitere sonstige divers diverses autres otras diversas varias")


def need(text: str, line: str, language: Language, *, informal: bool = False) -> Need | None:
    """The need a line names, or None where it names none that a message may take up.

    Args:
        text: The line, verbatim.
        line: Its id.
        language: The language it is written in, "de", "fr" or "es".
        informal: Whether the draft says "ihr" to the page.
    """
    said = statements(text)
    if not said:
        return None
    whole = said[0]
    if _REFUSED[language].search(whole) or whole.endswith("?") or whole.isupper() or count(whole) < 2:
        return None
    kept = _CUT[language].split(whole, maxsplit=1)[0].strip(" ,")
    read = {"de": _german, "fr": _french, "es": _spanish}[language]
    found = read(kept, informal) if count(kept) <= LONGEST + 2 else None
    if found is not None and 2 <= count(found[1]) <= LONGEST and _ends_well(found[1], language):
        return Need(found[0], found[1], (line,))
    whole = kept if count(whole) > LONGEST_QUOTE and not kept.endswith(":") else whole
    if 3 <= count(whole) <= LONGEST_QUOTE and not re.search(r"[„“«»\"]", whole) and _is_work(whole, language):
        return Need("quote", whole, (line,))
    return None


_OPEN_ENDS = closed(
    "in im an am auf bei mit von vom für zu zum zur der die das den dem des "
    "ein eine einen einer und oder sowie de du "
    "des d l le la les un une et ou en à au aux avec pour dans sur a al el "
    "los las una con para por y o e del wie comme como"
)


def _ends_well(text: str, language: Language) -> bool:
    last = re.split(r"[\s'’]", text)[-1].lower()
    return last not in _OPEN_ENDS and not text.endswith("-") and language != "en"


def _is_work(text: str, language: Language) -> bool:
    """Whether a line says what is done ("Du entwickelst …"), so that it may be quoted."""
    opens = {
        "de": r"(?:du|sie)\s+(?!liebst|magst|willst|hast lust|lieben|mögen|"
        r"bist (?!verantwortlich)|sind (?!verantwortlich)|hast|"
        r"haben|bietest|kannst|können|möchtest|willst|wirst|bringst|bringen|"
        r"solltest|sollten|arbeitest eng|arbeiten eng)\w+(?:st|t|en|n)\b|"
        r"(?:deine|ihre) aufgaben? (?:ist|sind|umfassen)|(?:du|sie) kannst|[\w-]+-kenntnisse",
        "fr": r"vous (?!avez|êtes|aimez|souhaitez|cherchez|bénéfici|travaill|intégr|"
        r"rejoi|serez rattach)\w+|vos missions",
        "es": r"(?:serás|serás responsable|entre tus funciones|te encargarás|"
        r"tus funciones)|\w+(?:arás|erás|irás)\b",
    }[language]
    named = {"de": r"(?:verwend|arbeit) mit", "fr": r"$^", "es": r"$^"}[language]
    return re.match(opens, text, re.IGNORECASE) is not None or re.search(named, text) is not None


# --- German ------------------------------------------------------------------------------------------

_DE_HAS = re.compile(
    r"^(?:(?:du|sie) (?:hast|haben|verfügst über|verfügen über|besitzt|"
    r"besitzen|bringst|bringen|kannst|sammelten)|"
    r"idealerweise|wünschenswert (?:sind|ist)|gerne auch|außerdem|zudem|"
    r"wir (?:erwarten|suchen|wünschen uns))\s+(?:bereits |schon |auch )?",
    re.IGNORECASE,
)
_DE_HEADS = (
    "erfahrung erfahrungen kenntnisse umgang verständnis wissen know-how "
    "expertise praxis fachwissen kompetenz "
    "kompetenzen grundverständnis hintergrund"
)
_DE_HEAD = re.compile(
    rf"[\w-]*?(?:{'|'.join(sorted(_DE_HEADS.split(), key=len, reverse=True))})$", re.IGNORECASE
)
_DE_YEARS = re.compile(
    r"^(?:mindestens|über|mehr als|wenigstens|ca\.)?\s*(?:\d+|ein|zwei|drei|"
    r"vier|fünf)(?:\s?[–-]\s?\d+|\+)?\s+jahre?n?\s",
    re.I,
)
_MASCULINE = closed("umgang hintergrund")


def _german(text: str, informal: bool) -> tuple[Kind, str] | None:
    stripped = _DE_HAS.sub("", text)
    if stripped != text and re.match(r"(?:du|sie)\s+bring", text, re.I):
        if not stripped.endswith(" mit"):
            return None
        stripped = stripped.removesuffix(" mit")
    thing = _german_thing(stripped, raised=stripped != text)
    if thing:
        return "thing", _theirs(thing, informal)
    if stripped != text or re.match(r"(?:du|sie|ihr|dein\w*|ihre)\b", text, re.I):
        return None
    for telling in tellings(text, "de", ended=False):
        if telling.kind == "task":
            return ("tasks" if telling.lead == "gehören" else "task"), _theirs(telling.rest, informal)
    return None


def _german_thing(text: str, *, raised: bool) -> str:
    """The object: "Sicherer Umgang mit X" → "sicheren Umgang mit X"; nothing where it is no such noun."""
    years = _DE_YEARS.match(text)
    rest = text[years.end() :] if years else text
    words = rest.split()
    at = next((k for k, word in enumerate(words[:5]) if _DE_HEAD.fullmatch(word.strip(",."))), None)
    if at is None:
        return ""
    before = words[:at]
    if any(not re.search(r"(?:e|er|es|en|em|sehr|gut|und|,)$", word.lower()) for word in before):
        return ""
    if years:
        return text[:1].lower() + text[1:]
    head = words[at].strip(",.").lower()
    if at + 1 < len(words) and words[at + 1][:1].isupper():
        return ""
    first = text[:1].lower() + text[1:] if before else text
    if before and head in _MASCULINE and not raised:
        adjectives = [re.sub(r"er(,?)$", r"en\1", word) for word in before]
        if adjectives[1:] != before[1:]:  # only the first may change, which the gate knows
            return ""
        first = " ".join([adjectives[0][:1].lower() + adjectives[0][1:], *words[1:]])
    elif before and before[0].lower().endswith("er") and not raised:
        return ""
    return first


def _theirs(text: str, informal: bool) -> str:
    """ "unserer" → "Ihrer", or "eurer" to a page that says "du"."""
    if informal:
        text = re.sub(r"\bunser\b", "euer", text)
        return re.sub(r"\bunsere([mnrs]?)\b", r"eure\1", text)
    return re.sub(r"\bunser(e[mnrs]?)?\b", lambda m: f"Ihr{m[1] or ''}", text)


# --- French ------------------------------------------------------------------------------------------

_FR_HAS = re.compile(
    r"^(?:vous (?:avez|possédez|disposez (?:de|d')|justifiez (?:de|d')|"
    r"bénéficiez (?:de|d'))|être capable (?:de|d')|"
    r"capable (?:de|d')|vous êtes capable (?:de|d')|idéalement|vous savez)\s*",
    re.IGNORECASE,
)
_FR_THINGS = {
    r"(?:première |solide |bonne )?expérience\b": "une ",
    r"(?:expertise|pratique|compréhension|utilisation)\b": "la ",
    r"(?:bonne |parfaite |solide )?maîtrise\b": "la ",
    r"(?:bonne |solide |forte |excellente )(?:connaissance|compréhension|pratique)\b": "une ",
    r"connaissance\b": "la ",
    r"(?:connaissances|compétences|notions)\b": "des ",
    r"(?:bonnes |solides )(?:connaissances|compétences|notions)\b": "de ",
}
_FR_MASCULINE = (
    "ment",
    "age",
    "eau",
    "tien",
    "vi",
    "il",
    "eil",
    "dit",
    "ri",
    "ien",
    "achat",
    "test",
    "support",
    "pilotage",
)
_FR_FEMININE = (
    "tion",
    "sion",
    "ance",
    "ence",
    "ure",
    "ie",
    "ise",
    "té",
    "tenue",
    "mise",
    "prise",
    "vente",
    "recherche",
    "étude",
    "refonte",
    "analyse",
    "veille",
)
_VOWEL = re.compile(r"[aeiouyéèêàâîôû]|h(?!aut|éros|uit)", re.IGNORECASE)


def _french(text: str, informal: bool) -> tuple[Kind, str] | None:  # noqa: ARG001  # "vous" in either case
    stripped = _FR_HAS.sub("", text)
    years = re.match(
        r"(?:au moins |minimum |plus de )?(?:\d+|un|deux|trois|quatre|cinq|"
        r"dix)(?: à \d+)? (?:ans?|années?) d'expérience\b",
        stripped,
        re.I,
    )
    said = stripped[:1].lower() + stripped[1:]
    if years or re.match(r"plusieurs années d'expérience\b", said):
        return "thing", _yours(said)
    bare = re.sub(r"^(?:une?|des|de|la|le|l')\s*", "", said) if stripped != text else said
    bare = re.sub(r"^une (?=première|solide|bonne)", "", bare)
    for form, article in _FR_THINGS.items():
        if re.match(form, bare, re.IGNORECASE):
            if article == "la " and re.match(r"bonne|parfaite|solide", bare):
                article = "une "
            if re.match(r"une? |des |de ", said) and stripped != text:
                return "thing", _yours(said)
            return "thing", _yours(_elided(article, bare))
    words = said.split()
    if (
        words[0] in by_form("fr", "base")
        or re.fullmatch(r"\w{3,}(?:er|ir|oir|dre|tre|ire)", words[0])
        or " ".join(words[:3]) in by_form("fr", "base")
    ):
        if words[0] in _FR_NO_VERB or len(words) < 3:
            return None
        return "do", _yours(said)
    return _french_task(said) if stripped == text else None


_FR_NO_VERB = closed(
    "premier dernier atelier chantier métier cahier papier avoir être "
    "pouvoir devoir faire savoir dossier partager rejoindre intégrer évoluer participer votre notre"
)


def _french_task(said: str) -> tuple[Kind, str] | None:
    """ "gestion du portefeuille" → "la gestion du portefeuille", one duty or two, each with its article."""
    table = by_form("fr", "noun")
    joint = re.match(r"([\w' -]+?) et ([\w' -]+?)(?= (?:de|du|des|d')\b| d')", said)
    nouns = [joint[1], joint[2]] if joint else []
    if joint and all(noun in table for noun in nouns):
        articles = [_article(noun) for noun in nouns]
        if all(articles):
            rest = said[joint.end() :]
            both = " et ".join(
                _elided(f"{article} ", noun) for article, noun in zip(articles, nouns, strict=True)
            )
            return "tasks", _yours(f"{both}{rest}")
        return None
    for width in (3, 2, 1):
        noun = " ".join(said.split()[:width])
        if noun in table and re.match(
            rf"{re.escape(noun)} (?:\w+ )?(?:de|du|des|à|au|aux|avec|en)\b|{re.escape(noun)} (?:\w+ )?d'",
            said,
        ):
            article = _article(noun)
            if not article or re.search(r" et (?:\w+tion|\w+ment|\w+age) ", said):
                return None
            return "task", _yours(_elided(f"{article} ", said))
    return None


def _article(noun: str) -> str:
    first = noun.split()[0]
    if first.endswith(_FR_FEMININE):
        return "la"
    return "le" if first.endswith(_FR_MASCULINE) else ""


def _elided(article: str, text: str) -> str:
    if article.strip() in {"le", "la"} and _VOWEL.match(text):
        return f"l'{text}"
    return f"{article}{text}"


def _yours(text: str) -> str:
    for pattern, word in ((r"\bnotre\b", "votre"), (r"\bnos\b", "vos")):
        text = re.sub(pattern, word, text)
    return text


# --- Spanish -----------------------------------------------------------------------------------------

_ES_HAS = re.compile(
    r"^(?:tienes|tener|contar con|cuentas con|se valorará(?:n)?|se valora|"
    r"valorable|deseable|imprescindible|necesario|"
    r"se requiere(?:n)?|requerimos|buscamos|aportar|dispones de|ser capaz de|capacidad para|con)\s+",
    re.IGNORECASE,
)
_ES_THING = re.compile(
    r"(?:(?:buen[oa]?s?|sólid[oa]s?|ampli[oa]s?|alt[oa]s?|gran|avanzad[oa]s?|mínima|demostrable|previa)\s+)?"
    r"(?:experiencia|dominio|conocimientos?|manejo|uso|comprensión|familiaridad|nociones|práctica|destreza|soltura|expertise)\b",
    re.IGNORECASE,
)
_ES_YEARS = re.compile(
    r"(?:al menos |mínimo |más de |mínimo de )?(?:\d+|un|dos|tres|cuatro|"
    r"cinco|seis)(?: o más)? años? de experiencia\b",
    re.I,
)
_ES_FEMININE = (
    "ión",
    "dad",
    "eza",
    "encia",
    "ancia",
    "ura",
    "mejora",
    "puesta",
    "venta",
    "prueba",
    "compra",
    "entrega",
    "recogida",
    "limpieza",
    "escritura",
)
_ES_NO_VERB = closed(
    "ser estar haber tener poder deber lugar taller hogar titular escolar "
    "auxiliar militar participar colaborar trabajar formar saber"
)


def _spanish(text: str, informal: bool) -> tuple[Kind, str] | None:  # noqa: ARG001  # "ustedes" in either case
    stripped = _ES_HAS.sub("", text)
    said = stripped[:1].lower() + stripped[1:]
    if _ES_YEARS.match(said) or _ES_THING.match(said):
        return "thing", _ustedes(said)
    words = said.split()
    infinitive = (
        words[0] in by_form("es", "base")
        or re.fullmatch(r"\w{3,}(?:ar|er|ir)", words[0])
        or " ".join(words[:3]) in by_form("es", "base")
    )
    if infinitive and words[0] not in _ES_NO_VERB and len(words) >= 3:
        return "do", _ustedes(said)
    return _spanish_task(said) if stripped == text else None


def _spanish_task(said: str) -> tuple[Kind, str] | None:
    table = by_form("es", "noun")
    joint = re.match(r"([\w ]+?) (?:y|e) ([\w ]+?)(?= (?:de|del)\b)", said)
    if joint and joint[1] in table and joint[2] in table:
        both = (
            f"{_el(joint[1])} {joint[1]} {'e' if ' e ' in joint.group() else 'y'} {_el(joint[2])} {joint[2]}"
        )
        return "tasks", _ustedes(f"{both}{said[joint.end() :]}")
    for width in (3, 2, 1):
        noun = " ".join(said.split()[:width])
        if noun in table and re.match(rf"{re.escape(noun)} (?:\w+ )?(?:de|del|a|al|con|en)\b", said):
            if re.search(r" y (?:\w+ción|\w+miento|\w+sión) ", said):
                return None
            return "task", _ustedes(f"{_el(noun)} {said}")
    return None


def _el(noun: str) -> str:
    return "la" if noun.split()[0].endswith(_ES_FEMININE) else "el"


def _ustedes(text: str) -> str:
    text = re.sub(r"\bnuestr[oa]s\b", "sus", text)
    return re.sub(r"\bnuestr[oa]\b", "su", text)
