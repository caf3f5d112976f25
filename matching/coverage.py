"""Which of a posting's keywords a text names: before, in a draft, and at best. A count of words, no verdict.

Programs that sort applications look for words; so may a person who has seconds. The weights follow what the
makers of such programs describe: hard skills most, then the title, degrees and certificates, last what all
claim. They say nothing on how good an applicant is, and nobody has shown that any share opens a door.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from domain import Coverage, Keyword, Posting, Profile, Section, SkillMention
from matching.demands import is_personal, is_title
from matching.offers import Offers, offers_of
from matching.phrases import join
from matching.titles import degree_rank, highest_rank, in_subject, naming

MUST, NICE, TITLE, DEGREE, SOFT = 3.0, 1.5, 2.0, 2.0, 0.5

Find = Callable[[str], Sequence[SkillMention]]


@dataclass(frozen=True)
class _Wanted:
    """A keyword, with the skills that any of them stands for it, or the line of a degree."""

    keyword: Keyword
    skills: frozenset[str] = frozenset()
    degree: str = ""
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Named:
    """What a text, or the evidence, names."""

    skills: frozenset[str]
    degrees: tuple[str, ...]
    words: frozenset[str]

    def covers(self, wanted: _Wanted) -> bool:
        if wanted.degree:
            return any(_answers(wanted.degree, degree) for degree in self.degrees)
        if wanted.words:
            return wanted.words <= self.words
        return bool(wanted.skills & self.skills)


def coverage(
    posting: Posting,
    mentions: Sequence[SkillMention],
    profile: Profile,
    find: Find,
    before: str = "",
    after: str = "",
) -> Coverage:
    """The share of a posting's keywords, by weight, that texts name and that the evidence could.

    Alternatives ("Go or Rust") are one keyword that either covers; a keyword counts once, under any of its
    names; of several mentions the one that must be counts.

    Args:
        posting: Its title is a keyword, and so are the degrees its lines ask for.
        mentions: The skills it names, from tagging.
        profile: What it holds, and the title of the posting, which any text may name, is the ceiling.
        find: Finds skills in a text, as tagging does.
        before: The sender's own text, such as their résumé; without one, the profile as it is.
        after: A draft or a tailored text, where there is one.
    """
    degrees = {line.id for line in posting.lines if degree_rank(line.text) is not None}
    skills = [m for m in mentions if m.line not in degrees | {"p0"}]  # those lines count as what they are
    wanted = [*_title(posting), *_skills(skills), *_degrees(posting)]
    offers = offers_of(profile)
    held = _of_evidence(offers)
    most = replace(held, words=held.words | naming(posting.title))  # what one applies for is true to say
    first = _of_text(before, find) if before else held
    last = _of_text(after, find) if after else None
    shown = last or first
    covered = [one for one in wanted if shown.covers(one)]
    possible = [one for one in wanted if one not in covered and most.covers(one)]
    missing = [one for one in wanted if one not in covered and one not in possible]
    return Coverage(
        before=_share(wanted, first),
        after=_share(wanted, last) if last is not None else None,
        ceiling=_share(wanted, most),
        covered=tuple(one.keyword for one in covered),
        could_be_covered=tuple(one.keyword for one in possible),
        missing=tuple(one.keyword for one in missing),
    )


def _share(wanted: Sequence[_Wanted], named: _Named) -> float:
    """0 to 1; all of nothing is 1."""
    whole = sum(one.keyword.weight for one in wanted)
    part = sum(one.keyword.weight for one in wanted if named.covers(one))
    return round(part / whole, 4) if whole else 1.0


def _title(posting: Posting) -> Iterable[_Wanted]:
    said = naming(posting.title)
    if said:
        keyword = Keyword(text=posting.title, kind="title", weight=TITLE)
        yield _Wanted(keyword, words=said)


def _skills(mentions: Sequence[SkillMention]) -> Iterable[_Wanted]:
    """One keyword a skill or group of alternatives; a skill that stands alone anywhere is asked by itself."""
    alone = {m.skill for m in mentions if m.any_of is None}
    groups: dict[frozenset[str], list[SkillMention]] = {}
    grouped: dict[int, list[SkillMention]] = {}
    for mention in mentions:
        if mention.any_of is None or mention.skill in alone:
            groups.setdefault(frozenset({mention.skill}), []).append(mention)
        else:
            grouped.setdefault(mention.any_of, []).append(mention)
    for said in grouped.values():
        groups.setdefault(frozenset(m.skill for m in said), []).extend(said)
    for skills, said in groups.items():
        yield _Wanted(_keyword(skills, said), skills=skills)


def _keyword(skills: frozenset[str], said: Sequence[SkillMention]) -> Keyword:
    required = any(mention.required is not False for mention in said)
    text = join(dict.fromkeys(m.skill for m in said if m.skill in skills), "or")
    first = said[0]
    if is_personal(first.category):
        return Keyword(text=text, kind="soft skill", weight=SOFT, required=required)
    if is_title(first):
        return Keyword(text=text, kind="degree or certificate", weight=DEGREE, required=required)
    return Keyword(text=text, kind="hard skill", weight=MUST if required else NICE, required=required)


def _degrees(posting: Posting) -> Iterable[_Wanted]:
    """The first line that asks for a degree: more of them repeat it."""
    for line in posting.requirements:
        if degree_rank(line.text) is not None:
            required = line.section is not Section.NICE
            keyword = Keyword(text=line.text, kind="degree or certificate", weight=DEGREE, required=required)
            yield _Wanted(keyword, degree=line.text)
            return


def _answers(asked: str, held: str) -> bool:
    rank = highest_rank(held)
    return rank is not None and rank >= (degree_rank(asked) or 0) and in_subject(asked, held)


def _of_evidence(offers: Offers) -> _Named:
    degrees = tuple(f"{offers.title_of(o)} {o.evidence.text}" for o in offers.by_type.get("degree", ()))
    titles = [record.title for record in offers.records.values() if record.kind == "role"]
    open_ = [offer for offer in offers.items if not offer.evidence.confidential]
    return _Named(
        skills=frozenset(skill for offer in open_ for skill in offer.skills),
        degrees=degrees,
        words=frozenset().union(*(naming(title) for title in titles)),
    )


def _of_text(text: str, find: Find) -> _Named:
    return _Named(
        skills=frozenset(mention.skill for mention in find(text)),
        degrees=tuple(line for line in text.splitlines() if highest_rank(line) is not None),
        words=naming(text),
    )
