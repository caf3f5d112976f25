"""The sentence is in the language of the draft; what it quotes may be in another."""

import re

from domain import SentenceKind
from grounding.citable import spoken_plainly
from grounding.lexicon import words_of
from grounding.registry import Case, Fault, check

_LANGUAGES = ("en", "de", "fr", "es")
_NAMES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 3  # small words of another language; one or two stand in names


@check(
    "language",
    SentenceKind.CLAIM,
    SentenceKind.RECIPIENT,
    SentenceKind.GLUE,
    SentenceKind.INTENT,
    number="V21",
    catches="a sentence in another language than the draft's",
    passes="C e2 | I led a team of 5 engineers.",
    fails="C e2 | Ich habe ein Team von 5 Engineers mit der Zeit zu dem gemacht.",
)
def language(case: Case) -> Fault | None:
    """Count the small words of each language outside quotations; the draft's own must not be beaten.

    Words of the cited evidence or lines may stand in their own language.
    """
    cited = [item.text for item in case.evidence] + [line.text for line in case.lines]
    theirs = {word.lower() for text in cited for word in _WORD.findall(text)}
    found = [word.lower() for word in _WORD.findall(spoken_plainly(case.text))]
    found = [
        word for word in found if word not in theirs or word in words_of(f"small-words.{case.brief.language}")
    ]
    counts = {code: sum(w in words_of(f"small-words.{code}") for w in found) for code in _LANGUAGES}
    own = case.brief.language
    best = max(_LANGUAGES, key=lambda code: (counts[code], code == own))
    if best != own and counts[best] >= _ENOUGH and counts[best] > counts[own]:
        return Fault(f"This is {_NAMES[best]}, and the message is in {_NAMES[own]}.", case.text)
    return None
