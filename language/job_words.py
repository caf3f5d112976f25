"""Words that tell a job's title from other short texts, in nine languages."""

import re
from functools import lru_cache

from language.places import is_known_place
from language.wording import any_of

_OCCUPATION = re.compile(any_of("occupations"), re.IGNORECASE)
_GENDERED = re.compile(any_of("title-marks"), re.IGNORECASE)
_NOT_A_TITLE = re.compile(any_of("not-titles"), re.IGNORECASE)
_DEPARTMENT = re.compile(
    r"(?:(?:all|software|product|customer|business|information|human|data|field|hardware|technical|client|people|supply|quality)?\s*"
    r"(?:engineering|sales|marketing|products?|design|finance|operations|people|hr|resources|legal|support|success|data|technology|it|logistics"
    r"|warehouse|security|manufacturing|research|r&d|science|development|administration|accounting|executive|recruiting|chain|services?|leadership"
    r"|internships?|students?|vertrieb|technik|verwaltung|ausbildung|praktika|logistik|praktikum|management|advocacy|crew)"
    r"(?:\s*(?:&|and|und|/)\s*[\w&]+(?: \w+)?)?)(?:\s*\(?\d+\)?)?(?:\s+(?:jobs|team|roles|positions))?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?<!\b[SsJjMmDd]r)[.!?]\s+[A-Z]|[.!?;]$|\b(?:is|are|was|were|will|have|has|you|your|we|our|us|they|their)\b",
    re.IGNORECASE,
)
_CITY_AND_STATE = re.compile(r"[^,]{2,40}, [A-Z]{2}")
_TYPE = re.compile(rf"^(?:{any_of('employment-types')})(?!\w)", re.IGNORECASE)
_AGENT = re.compile(any_of("agent-endings"))
# Words that titles shorten, whose full stop ends no sentence.
_SHORTENED = re.compile(
    r"\b(?:assoc|asst|mgr|eng|engr|dept|jr|sr|dr|dipl|prof|ing|mag|tech|ops|intl|inc|co|corp|st|no|hr?|hod|std|min|max|bzw|inkl|ca)\."
    r"|\b[a-zà-ž]{1,3}\.(?=\s|$)|\b\w\.",
    re.IGNORECASE,
)


def is_job_title(text: str) -> bool:
    """Whether a short text reads like the title of one job."""
    # What is kept for the next time is short: the length is looked at first.
    text = text.strip("#*•- ")
    return 3 <= len(text) <= 140 and _is_job_title(text)


@lru_cache(maxsize=8192)
def _is_job_title(text: str) -> bool:
    if _DEPARTMENT.fullmatch(text) or len(text.split()) > 18 or _NOT_A_TITLE.search(text):
        return False
    if text.endswith((":", "?")) or (text.endswith(".") and len(text.split()) > 9):
        return False
    if _GENDERED.search(text):
        return True
    if _CITY_AND_STATE.fullmatch(text) and is_known_place(text.partition(",")[0]):
        return False  # "Bakersfield, CA"
    return _OCCUPATION.search(text) is not None and not _SENTENCE.search(_SHORTENED.sub("", text))


def is_type(text: str) -> bool:
    """Whether a text begins with a kind of employment: "Full-time", "Vollzeit"."""
    return _TYPE.match(text) is not None


def is_department(text: str) -> bool:
    """Whether a text is the name of a department: "Marketing", "People & Culture"."""
    return _DEPARTMENT.fullmatch(text.strip()) is not None


def is_no_title(text: str) -> bool:
    """Whether a text is a sentence, a call to action, or what pages call their parts."""
    return bool(_NOT_A_TITLE.search(text) or _SENTENCE.search(_SHORTENED.sub("", text)))


def could_be_title(text: str) -> bool:
    """Whether a short text has at least the form of a job's title: a name of someone who does something.

    Weak evidence, for texts that stand where titles of jobs stand.
    """
    text = text.strip("#*•- ")
    return 3 <= len(text) <= 90 and text[0].isupper() and _could_be_title(text)


@lru_cache(maxsize=8192)
def _could_be_title(text: str) -> bool:
    if not 1 <= len(text.split()) <= 9:
        return False
    if _NOT_A_TITLE.search(text) or _SENTENCE.search(text) or _DEPARTMENT.fullmatch(text):
        return False
    return _AGENT.search(text.casefold()) is not None


def is_marked(text: str) -> bool:
    """Whether a text bears a mark that only job titles have, such as (m/w/d)."""
    return _GENDERED.search(text) is not None
