"""The draft as a whole: its links, its length, its one ask, and nothing said twice."""

import re
from collections.abc import Sequence

from domain import Brief, Sentence, SentenceKind, Verdict
from grounding.checks.characters import fault_of
from grounding.checks.links import addresses, allowed, hosts_in, normal
from grounding.registry import Case, FindSkills
from kinds import KINDS, words_of
from language import words

_MOST_LINKS = 2
_PROMPT = re.compile(
    r"\b(?:typed sentences?|one (?:sentence|line) a line|evidence ids?|rests on|you are a writer"
    r"|as an ai|language model|"
    r"system prompt|your instructions|my instructions|[SFRCGI]\s+[ep]\d+\s*\|)",
    re.IGNORECASE,
)


def faults(
    brief: Brief, find_skills: FindSkills, subject: str, sentences: Sequence[Sentence]
) -> tuple[Verdict, ...]:
    """Every fault of the whole, the gravest first; the length band is in words, greeting and sign-off
    apart."""
    text = "\n".join([subject, *(sentence.text for sentence in sentences)])
    found = [
        *_outside(brief, find_skills, text, sentences),
        *_repeated(sentences),
        *_length(brief, sentences),
    ]
    odd = fault_of(
        text, known=f"{brief.posting.title} {brief.posting.company} {' '.join(brief.profile.links)}"
    )
    if odd is not None:
        found.insert(0, _fault(odd.reason, odd.fault))
    if prompt := _PROMPT.search(text):
        found.insert(0, _fault("It repeats words of a prompt.", prompt.group()))
    asks = [s for s in sentences if s.text.rstrip().endswith("?")]
    if len(asks) != KINDS[brief.kind].asks:
        found.append(_fault("It asks nothing." if not asks else "It asks more than one thing.", ""))
    return tuple(found)


def _fault(reason: str, words_at_fault: str) -> Verdict:
    return Verdict(supported=False, check="whole", reason=reason, fault=words_at_fault)


def _outside(
    brief: Brief, find_skills: FindSkills, text: str, sentences: Sequence[Sentence]
) -> list[Verdict]:
    cited = tuple(dict.fromkeys(id_ for sentence in sentences for id_ in sentence.rests_on))
    case = Case(Sentence(kind=SentenceKind.CLAIM, text=text, rests_on=cited), brief, find_skills)
    own = set(allowed(case)) | {normal(link) for r in brief.profile.records for link in r.links}
    called = [brief.posting.company, *(m.text for m in find_skills(text))]
    called += [name for record in brief.profile.records for name in (record.organization, record.title)]
    names = hosts_in(called)
    found = addresses(
        text.replace(brief.profile.postal_address, "") if brief.profile.postal_address else text, names
    )
    faults = [
        _fault("This link or address is not among yours.", each) for each in found if normal(each) not in own
    ]
    if len({normal(each) for each in found if "://" in each}) > _MOST_LINKS:
        faults.append(_fault(f"It has more than {_MOST_LINKS} links.", ""))
    return faults


def _repeated(sentences: Sequence[Sentence]) -> list[Verdict]:
    seen: set[str] = set()
    found: list[Verdict] = []
    for sentence in sentences:
        key = " ".join(token.text.lower() for token in words.tokens(sentence.text))
        if key and key in seen:
            found.append(_fault("It says the same thing twice.", sentence.text))
        seen.add(key)
    return found


def _length(brief: Brief, sentences: Sequence[Sentence]) -> list[Verdict]:
    count = sum(len(s.text.split()) for s in sentences if s.kind is not SentenceKind.FORMULA)
    least, low, high, most = words_of(brief.kind, brief.length)
    if count < least:
        return [_fault(f"It has {count} words; {low} to {high} read best.", "")]
    if count > most:
        return [_fault(f"It has {count} words; {low} to {high} read best, and {most} are too many.", "")]
    return []
