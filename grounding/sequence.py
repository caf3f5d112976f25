"""What a sentence points back to: "There", "In the same role", "That reduced …", "All three" need their
antecedent."""

import re
from collections.abc import Sequence

from domain import Brief, Sentence, SentenceKind
from grounding.registry import Fault, FindSkills
from grounding.stated import counted_skills
from language import dates

_PLACE = re.compile(r"(?:There,|In the same role,|It\b|The project\b|In this project,)")
_ACT = re.compile(r"(?:That|This|The work|That work|This work)\b")
_EARLIER = re.compile(r"(?:Before that|Earlier|Previously),")


def follows(
    sentence: Sentence, before: Sequence[Sentence], brief: Brief, find_skills: FindSkills
) -> Fault | None:
    """Whether the sentences before hold what a claim points to: the same record, the same item, the same
    skills."""
    if sentence.kind is not SentenceKind.CLAIM:
        return None
    claims = [s for s in before if s.kind is SentenceKind.CLAIM]
    last = claims[-1] if claims else None
    text = sentence.text.strip()
    if counted_skills(text) is not None:
        return _counts(sentence, before[-1] if before else None, brief, find_skills)
    if (_ACT.match(text) or text.startswith("It ")) and (not before or before[-1] is not last):
        return Fault("“That” and “It” follow what they speak of.", text)
    if _ACT.match(text) and (last is None or not set(sentence.rests_on) <= set(last.rests_on)):
        return Fault("“That” points to another piece of evidence.", text)
    if _PLACE.match(text) and (last is None or _record(sentence, brief) != _record(last, brief)):
        return Fault("It points back to another place in your evidence.", text)
    if _EARLIER.match(text):
        return _is_earlier(sentence, claims, brief)
    return None


def _record(sentence: Sentence, brief: Brief) -> str:
    owners = {item.record for item in brief.profile.evidence if item.id in sentence.rests_on}
    return next(iter(owners)) or "" if len(owners) == 1 else f"none of {sentence.rests_on}"


def _counts(sentence: Sentence, last: Sentence | None, brief: Brief, find_skills: FindSkills) -> Fault | None:
    """ "All three" after "You list A, B, and C": the cited skill items must be those three."""
    if last is None:
        return Fault("There is nothing that this counts.", sentence.text)
    names = f"{brief.posting.title} | {brief.posting.company}"
    named = {mention.skill for mention in find_skills(last.text)} - {
        mention.skill for mention in find_skills(names)
    }
    cited = [item for item in brief.profile.evidence if item.id in sentence.rests_on]
    held = {skill for item in cited for skill in item.skills}
    held |= {mention.skill for item in cited for mention in find_skills(item.text)}
    wanted = counted_skills(sentence.text) or len(named)
    if len(named) != wanted or not named <= held:
        return Fault("Not all of these are on your skills list.", sentence.text, ", ".join(sorted(held)))
    return None


def _is_earlier(sentence: Sentence, claims: Sequence[Sentence], brief: Brief) -> Fault | None:
    records = {record.id: record for record in brief.profile.records}
    here = records.get(_record(sentence, brief))
    told = (records.get(_record(claim, brief)) for claim in reversed(claims))
    there = next((record for record in told if record is not None and record.start), None)
    if here is None or there is None:
        return Fault("There is nothing that this came before.", sentence.text)
    mine, other = dates.parse(here.end) or dates.parse(here.start), dates.parse(there.start)
    if here.current or mine is None or mine.year is None or other is None or other.year is None:
        return Fault("Your evidence does not date this before the other.", sentence.text)
    start = dates.parse(here.start)
    begins_earlier = start is not None and start.year is not None and start.year < other.year
    if mine.year > other.year and not (begins_earlier and mine.year <= other.year + 1):
        return Fault("Your evidence does not date this before the other.", sentence.text)
    return None
