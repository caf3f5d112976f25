"""Team credit and hedges of the source are kept: "helped", "part of a team", "basic", "planned", "not"."""

import re
from functools import lru_cache

from domain import SentenceKind
from grounding.lexicon import phrases_of
from grounding.registry import Case, Fault, check
from grounding.stated import states

_LEVELS = re.compile(
    r"\b(?:basic|beginner|elementary|intermediate|familiar(?:ity)? with|exposure to|learning"
    r"|can read|working knowledge|"
    r"planned|planning|expected|upcoming|helped|assisted|supported|contributed|participated"
    r"|took part|part of a team|"
    r"shadowed|observed|not|never|failed|in progress|up to|nearly|almost)\b",
    re.IGNORECASE,
)

_ALIKE = (("took part", "participated"), ("helped", "assisted"))


@check(
    "hedges",
    SentenceKind.CLAIM,
    number="V7",
    catches="a hedge, a level, a plan or a shared credit that is left out",
    passes="C e3 | I helped migrate the reporting jobs to AWS.",
    fails="C e3 | I migrated the reporting jobs to AWS.",
)
def hedges(case: Case) -> Fault | None:
    """Name the words that share or weaken the fact and are missing; `wording` refuses the rest of such
    cases."""
    if case.is_own_line or len(case.evidence) != 1 or states(case):
        return None
    said, source = case.text.lower(), case.evidence[0].text
    shorthand = re.sub(r"\b(?:a|an|the) ", "", said)  # "under (the) supervision"
    for lost in _markers().finditer(source):
        is_kept = any(lost.group().lower() in each for each in (said, shorthand))
        if not is_kept and _is_about(said, _sentence_around(source, lost.start())):
            return Fault(
                f"Your evidence says “{lost.group()}”, and this leaves it out.", case.text, lost.group()
            )
    level = _LEVELS.search(source)
    opens = level is not None and level.start() < 12
    if (
        level
        and opens
        and not _keeps(level.group().lower(), said)
        and _is_about(said, source)
        and not _is_result(said)
    ):
        return Fault(
            f"Your evidence says “{level.group()}”, and this leaves it out.", case.text, level.group()
        )
    return None


@lru_cache(maxsize=1)
def _markers() -> re.Pattern[str]:
    longest_first = sorted(phrases_of("markers"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _keeps(level: str, said: str) -> bool:
    alike = next((group for group in _ALIKE if level in group), (level,))
    if level == "planning" and re.search(r"\bplan(?:s|ned|ning)?\b", said):
        return True
    return any(word in said for word in alike)


def _is_result(said: str) -> bool:
    return said.startswith(("that ", "this ", "the work "))


def _sentence_around(source: str, at: int) -> str:
    begin = max(source.rfind(". ", 0, at), source.rfind("\n", 0, at)) + 1
    end = source.find(". ", at)
    return source[begin : end if end > 0 else len(source)]


def _is_about(said: str, sentence: str) -> bool:
    """Whether the claim shares most of its longer words with the sentence."""
    words = set(re.findall(r"[a-z]{5,}", said))
    there = set(re.findall(r"[a-z]{5,}", sentence.lower()))
    return bool(words) and len(words & there) * 3 >= len(words)
