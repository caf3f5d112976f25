"""What a sentence points back to in German, French and Spanish: "Dort", "Alle drei", "Auparavant"."""

import re
from collections.abc import Sequence

from domain import Brief, Sentence, SentenceKind
from grounding.registry import Fault, FindSkills
from grounding.sequence import _is_earlier, _record
from grounding.tongues.claims import COUNTED

_SAME = {
    "de": re.compile(r"(?:Dort|Außerdem|In derselben Rolle)\b"),
    "fr": re.compile(r"(?:De plus|Là aussi|Dans ce même poste)\b"),
    "es": re.compile(r"(?:Además|Allí|En ese mismo puesto)\b"),
}
_EARLIER = {
    "de": re.compile(r"(?:Davor|Zuvor)\b"),
    "fr": re.compile(r"(?:Auparavant|Avant cela)\b"),
    "es": re.compile(r"(?:Antes|Anteriormente)\b"),
}


def in_order(
    sentence: Sentence, before: Sequence[Sentence], brief: Brief, find_skills: FindSkills
) -> Fault | None:
    """Whether the sentences before hold what a claim points to."""
    if sentence.kind is not SentenceKind.CLAIM:
        return None
    claims = [s for s in before if s.kind is SentenceKind.CLAIM]
    last, text, language = claims[-1] if claims else None, sentence.text.strip(), brief.language
    for count, form in COUNTED[language]:
        if form.fullmatch(text.rstrip(" .")):
            return _counts(count, sentence, before[-1] if before else None, brief, find_skills)
    if _SAME[language].match(text) and (last is None or _record(sentence, brief) != _record(last, brief)):
        return Fault("It points back to another place in your evidence.", text)
    return _is_earlier(sentence, claims, brief) if _EARLIER[language].match(text) else None


def _counts(
    count: int, sentence: Sentence, last: Sentence | None, brief: Brief, find_skills: FindSkills
) -> Fault | None:
    """ "Alle drei" after a sentence that names three skills: the cited items must be those three."""
    if last is None:
        return Fault("There is nothing that this counts.", sentence.text)
    names = f"{brief.posting.title} | {brief.posting.company}"
    named = {m.skill for m in find_skills(last.text)} - {m.skill for m in find_skills(names)}
    cited = [item for item in brief.profile.evidence if item.id in sentence.rests_on]
    held = {skill for item in cited for skill in item.skills}
    held |= {mention.skill for item in cited for mention in find_skills(item.text)}
    if len(named) != count or not named <= held:
        return Fault("Not all of these are on your skills list.", sentence.text, ", ".join(sorted(held)))
    return None
