"""Degrees and certificates: how high, in what subject, under what name. In a dozen languages of Europe."""

import re
from functools import lru_cache

from language import words
from matching import subjects
from matching.vocabulary import empty_in_titles

SCHOOL, VOCATIONAL, ANY, BACHELOR, MASTER, DOCTORATE = -2, -1, 0, 1, 2, 3
# "MS" and "MA" before these are Microsoft and no degree.
_PRODUCTS = (
    r"(?:Office|Project|Excel|Word|Access|Teams|SQL|Windows|Azure|Dynamics|Visio|PowerPoint|Power|Outlook"
    r"|SharePoint|Exchange|Suite|Server|Entra|Intune|Fabric|Defender)\b"
)
# Each is looked for in what the ones before it leave: a high school diploma is no diploma.
RANKS = tuple(
    (rank, re.compile(pattern, re.IGNORECASE))
    for rank, pattern in (
        (
            SCHOOL,
            r"\bhigh[\s-]?school(?:\s+(?:diploma|degree|graduate|education))?|\bsecondary\s+(?:school|education)"
            r"|\bG\.?E\.?D\b\.?|\babitur\b|\bfachabitur\b|\bmittlere\s+reife\b|\bbaccalauréat\b|\bbachillerato\b"
            r"|\bmatura\b|\bmaturità\b|\ba[\s-]levels?\b|\bequivalency\s+certificate\b|\bensino\s+médio\b"
            r"|\bwykształcenie\s+średnie\b",
        ),
        (
            VOCATIONAL,
            r"\bassociate(?:['’]?s)?\s+(?:degree|of|in)\b|\bA\.?A\.?S\.?\b(?=\s+(?:in|degree))|\bapprenticeship\b"
            r"|\b(?:berufs|fach)ausbildung\b|\bausbildung\s+(?:zu[mr]|als|im|in)\b"
            r"|\b(?:abgeschlossene|kaufmännische|technische|handwerkliche|vergleichbare|gleichwertige"
            r"|einschlägige|fachliche)\w*\s+(?:\w+\s+)?ausbildung\b|\bausbildung\b(?=[^.]{0,30}\babgeschlossen)"
            r"|\bvocational\s+(?:training|education|qualification|degree)|\btrade\s+school\b|\bHND\b(?=\s+level)"
            r"|\bbac\s?\+\s?2\b|\bB\.?T\.?S\b(?=\s)|\bDUT\b|\bciclo\s+formativo\b|\bformación\s+profesional\b"
            r"|\bcurso\s+técnico\b|\btécnico\s+superior\b|\bMBO\b",
        ),
        (
            DOCTORATE,
            r"\bph\.?\s?d\b|\bdoctorate\b|\bdoctoral\b|\bdoctorat\b|\bdoctorado\b|\bdouto?ra(?:do|mento)\b"
            r"|\bdottorato\b|\bdoktorat\w*|\bdr\.\s+(?:rer|med|phil|ing)\b|\bpromoviert\w*"
            r"|\b(?:abgeschlossene\s+)promotion\b|\bthèse\s+de\s+doctorat\b",
        ),
        (
            MASTER,
            r"\bmaster(?:['’]?s)?\s+(?:degree|of|in|or|en|em|programm?e?|thesis|2)\b|\bmaster['’]s\b"
            r"|\bmasters\b(?=,|\s+(?:degree|or|in)\b)|\bmaster-?(?:abschluss|studium|studiengang|grad)\b"
            r"|\bmaster\b(?=\s*(?:,|\)|/|oder\b|ou\b|o\b|lub\b|$))(?<!scrum\smaster)|\bm\.?\s?sc\b|\bm\.?\s?eng\b|\bm\.?\s?phil\b"
            r"|\bm\.?\s?tech\b|\bMBA\b|\bM\.A\.|\bM\.S\.|\bLL\.?M\b|\bmagister\b|\bmagisterskie\b|\bmgr\b(?=\s)"
            r"|\bdiplom\b|\bdiplom-?(?:ingenieur|informatik|kauf|betriebs|mathe|phys|psych|volks|wirt)\w*|\bdipl\.|\bstaatsexamen\b|\bbac\s?\+\s?5\b|\bingénieur\w*\s+diplômé\w*"
            r"|\bdiplôme\s+d['’]ingénieur|\bécole\s+d['’]ingénieurs?|\bmáster\b|\bmaestría\b|\bmestrado\b"
            r"|\blaurea\s+magistrale\b|\badvanced\s+degree|\bpost-?graduate\s+(?:degree|studies|diploma)"
            r"|(?<!under)(?<!under-)\bgraduate\s+degree\b|\bcivilingenjör\b",
        ),
        (
            BACHELOR,
            r"\bbachelor(?:['’]?s)?\b|\bbachelor-?(?:abschluss|studium|studiengang|grad)\b|\bb\.?\s?sc\b"
            r"|\bb\.?\s?eng\b|\bb\.?\s?tech\b|\bBBA\b|\bLL\.?B\b|\bB\.A\.|\bB\.S\.|\bundergraduate\s+degree"
            r"|\blicenciatura\b|\blicenciad[oa]\b|\bgrado\s+(?:en|universitario)\b|\bbacharelado\b"
            r"|\bgradua(?:ção|do)\s+em\b|\blicencjat\w*|\binżynier\w*|\blaurea\s+triennale\b"
            r"|\blicence\s+(?:professionnelle|universitaire|en|informatique|de)\b|\bbac\s?\+\s?3\b"
            r"|\bkandidatexamen\b|\bBc\.(?=\s|$)",
        ),
        (
            ANY,
            r"\bdegree\b(?!s?\s+of\s+(?!science|arts|engineering))|\bdegrees\b(?=\s+(?:in|or|from)\b)|\bdiploma\b"
            r"|\bpgce\b|\bhnd\b|\w*studium\b|\bhochschulabschluss\b|\bstudienabschluss\b|\bdiplôme\b"
            r"|\bgraduate\s+(?:of|in)\b|\bakademische[rn]?\s+(?:abschluss|ausbildung|grad)\b|\blaurea\b"
            r"|\bt[ií]tulo\s+(?:universitario|superior)|\btitulación\b|\bestudios\s+(?:universitarios|superiores)"
            r"|\b(?:ensino|curso)\s+superior\b|\bwykształcenie\s+wyższe\b|\bstudia\s+wyższe\b"
            r"|\bwyższe\s+wykształcenie\b|\bformation\s+supérieure\b|\bvysokoškolské\b"
            r"|\buniversity\s+education\b|\bhochschulbildung\b|\b(?:hbo|wo)\b(?=[\s-]+(?:diploma|niveau|opleiding))",
        ),
    )
)
# "MA" before a subject is a degree, "Boston, MA" is not; capitals matter.
CAPITALS = (
    (MASTER, re.compile(rf"(?<!, )\b(?:MA|MS)\b(?!\s+{_PRODUCTS})(?=\s+(?:in\b|[A-Z])|/)")),
    (BACHELOR, re.compile(r"(?<!, )\b(?:BA|BS)\b(?=\s+(?:in\b|[A-Z])|/)")),
)
NO_DEGREE = re.compile(
    r"\b(?:high|some|certain|great|large|considerable|full|any|\d+|what|same)[\s-]*degrees?\b|\bdegrees?\s+(?:celsius|c\b)"
    r"|\bto\s+(?:a|some)\s+degree\b",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"\b(?:degrees?|sc|eng|ph\.?d|master(?:['’]?s)?|bachelor(?:['’]?s)?|diploma|doctorate|graduate|BA|MA|BS|MS"
    r"|B\.[AS]|M\.[AS]|licenciatura|grado|máster|mestrado|bacharelado|diplôme|licence|laurea|titulación"
    r"|estudios|formation|apprenticeship|ausbildung)\b\.?"
    r"[^,;\d]*?\b(?:in|of|en|em|de|di|zu[mr]|als)\s+([^;]+)"
    r"|\b(?:\w*studium|\w*abschluss)\s+(?:der|des|im|in)\s+([^;]+)",
    re.IGNORECASE,
)
BEFORE = re.compile(r"\b((?:[\w'’&-]+\s+){1,3})degree\b", re.IGNORECASE)
RELATED = re.compile(
    r"\b(?:related|similar|comparable|equivalent|relevant|like|adjacent|vergleichbar\w*|ähnlich\w*|verwandt\w*"
    r"|similaires?|connexes?|afines?|relacionad\w+|similar\w*|correlat\w+|pokrewn\w+)\b",
    re.IGNORECASE,
)
EXPERIENCE_INSTEAD = re.compile(
    r"\b(?:or|oder|ou|o|lub)\b[^.;]{0,50}?\b(?:experience|berufserfahrung|erfahrung|berufspraxis|praxis"
    r"|expérience|experiencia|experiência|doświadczeni\w+|track record|background)\b"
    r"|\b(?:experience|erfahrung|expérience|experiencia)\b[^.;]{0,20}\b(?:instead|in lieu)\b"
    r"|\bor\s+equivalent\b(?!\s+(?:degree|diploma|certif|qualif|field|subject|discipline))",
    re.IGNORECASE,
)

# Words that many subjects share: political science answers no computer science.
BROAD = frozenset(
    {"science", "engineer", "engineering", "study", "art", "management", "technology", "applied"}
)


@lru_cache(maxsize=4096)
def _ranks(text: str) -> frozenset[int]:
    left = NO_DEGREE.sub(" ", text)
    found = set()
    for rank, pattern in CAPITALS:
        if pattern.search(left):
            found.add(rank)
    for rank, pattern in RANKS:
        left, count = pattern.subn(" ", left)
        if count:
            found.add(rank)
    return frozenset(found if found == {ANY} else found - {ANY})


def degree_rank(text: str) -> int | None:
    """The lowest degree a text names: 1 bachelor, 2 master, 3 doctorate, 0 any, -1 vocational, -2 school.

    None where it names none.
    """
    return min(_ranks(text), default=None)


def highest_rank(text: str) -> int | None:
    """The highest degree a text names, as one says what one holds."""
    return max(_ranks(text), default=None)


def subject(text: str) -> frozenset[str]:
    """The stems that name the field a degree is asked in; empty where any will do."""
    return naming(_field(text))


def _field(text: str) -> str:
    """The words that name the field a degree is in."""
    after = AFTER.search(text)
    if after:
        said: str = after.group(1) or after.group(2)
        return re.split(r"\b(?:with|and|plus|or)\s+(?:\w+\s+)?(?:\d|years|experience)", said)[0]
    before = BEFORE.search(text)
    return before.group(1) if before else ""


def in_subject(asked: str, held: str) -> bool:
    """Whether a degree held is in a field asked for, or has the very name ("PGCE") that is asked for.

    Subjects are known across languages (Informatik is computer science); where the line takes related fields,
    so are those of one family.
    """
    field = _field(asked)
    field = field if naming(field) else ""
    known = subjects.find(field or re.split(r"\b(?:with|mit|plus)\b|\d", asked)[0])
    if not field and not known:
        return True
    if _abbreviations(asked) & _abbreviations(held):
        return True
    have = subjects.find(held)
    if {one.name for one in known} & {one.name for one in have}:
        return True
    if (RELATED.search(asked) or not known) and subjects.families(asked, known) & {
        one.family for one in have
    }:
        return True
    fields = naming(field)
    if not fields:
        return not known
    return bool((fields - BROAD or fields) & naming(held)) and not (known and have)


def same_title(asked: str, held: str) -> bool:
    """Whether two texts name one certificate: of the shorter name two words in three stand in the other."""
    one, two = naming(asked), naming(held)
    shared = one & two
    return bool(shared) and len(shared) / min(len(one), len(two)) > 0.6


def _abbreviations(text: str) -> set[str]:
    """Capitals that name a title; "BSC" and the like are in every degree and name none."""
    found = {token.text for token in words.tokens(text)}
    return {
        word
        for word in found
        if word.isupper() and len(word) > 2 and words.stem(word) not in empty_in_titles()
    }


@lru_cache(maxsize=4096)
def naming(text: str) -> frozenset[str]:
    """The stems of a title without years and words that name nothing."""
    stems = {words.stem(token.text) for token in words.tokens(text)}
    return frozenset(stem for stem in stems if not stem[0].isdigit() and stem not in empty_in_titles())
