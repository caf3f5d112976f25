"""A summary of somebody, for no opening in particular."""

import re
from collections.abc import Iterator
from typing import get_args

import chains
import tagging
from domain import (
    Brief,
    Draft,
    DraftKind,
    Evidence,
    Language,
    Match,
    Posting,
    PostingLine,
    Profile,
    Section,
    Sentence,
    SentenceKind,
    SkillMention,
    Usage,
)
from errors import NothingMatches
from language import tongues
from outreach.attempts import Attempt
from outreach.briefs import Options, brief_for
from outreach.confidential import shown
from outreach.counting import count_draft
from outreach.drafting import draft
from outreach.events import Handover
from outreach.ranking import Opening
from outreach.skills import with_skills

_SECTIONS = {
    "bullet": Section.TASKS,
    "project": Section.TASKS,
    "summary": Section.TASKS,
    "role": Section.TASKS,
    "skill": Section.MUST,
}
_MOST_LINES = 60
_MOST_DEEDS = 3
_MOST_LINKS = 2
_SPEAKS = re.compile(
    r"(?<!\w)(?:I|my|we|our|ich|mein\w*|wir|unser\w*|je|j['’]|mon|ma|mes|nous|yo|mi|mis)(?!\w)", re.IGNORECASE
)


def summarise(profile: Profile, options: Options | None = None) -> Draft:
    """Who somebody is, two or three of their deeds and their skills, each sentence held against evidence.

    It is a résumé summary for an opening that asks for what they have done, in their own words. That opening
    names no company and nobody who reads it, so nothing is said of any.

    Args:
        profile: Whose evidence.
        options: Writer, model, key, language, length, seed and what to put in front; all else is of messages.

    Raises:
        NothingMatches: when no sentence about anybody can be made of the evidence.
    """
    sender = with_skills(shown(profile))
    if not _is_about_somebody(sender):
        raise NothingMatches("This says nothing about anybody's work.", _ADVICE)
    opening, wishes = own_opening(sender), _wishes(sender, options or Options())
    reason = ""
    try:
        for event in draft(opening, sender, wishes):
            if isinstance(event, Handover):
                reason = event.reason
            elif isinstance(event, Draft):
                return event
    except NothingMatches:
        pass  # too little for a summary in full; what there is can still be said
    return _in_few_words(brief_for(opening, sender, wishes), Usage(writer="embedded", fallback=reason))


_ADVICE = "Bring a résumé, or a few lines on what you have done, such as “Led a team of five teachers”."


def _is_about_somebody(sender: Profile) -> bool:
    """Whether these are lines of a person, and not of a recipe: a role, a contact, or somebody who speaks."""
    if not sender.evidence:
        return False
    known = sender.records or sender.email or sender.phone or sender.links
    return bool(known) or any(_SPEAKS.search(item.text) for item in sender.evidence)


def _wishes(sender: Profile, options: Options) -> Options:
    """What of the options is of a summary. Evidence that says it is in another language than the four is told
    in English, as far as it can be.
    """
    elsewhere = sender.language[:2].lower() not in get_args(Language)
    return Options(
        kind=DraftKind.RESUME_SUMMARY,
        writer=options.writer,
        model=options.model,
        key=options.key,
        recipient="",
        stress=options.stress,
        tone=options.tone,
        length=options.length,
        language="en" if options.language == "auto" and elsewhere else options.language,
        seed=options.seed,
    )


def own_opening(sender: Profile) -> Opening:
    """The opening that asks for what a person has done: each line is an item of theirs, word for word.

    Args:
        sender: With skills named, and nothing confidential.
    """
    items = [item for item in sender.evidence if item.type in _SECTIONS][:_MOST_LINES]
    lines = tuple(
        PostingLine(id=f"p{number}", text=item.text, section=_SECTIONS[item.type])
        for number, item in enumerate(items, start=1)
    )
    text = "\n".join(line.text for line in lines)
    title = _title(sender)
    lines = (PostingLine(id="p0", text=title, section=Section.TITLE), *lines)
    posting = Posting(
        id="own", title=title, text=text, lines=lines, language=tongues.language_of(text, sender.language)
    )
    mentions = tagging.tag(lines)
    answers = (_answer(line, item) for line, item in zip(lines[1:], items, strict=True))
    return Opening(posting=posting, mentions=mentions, matches=(*answers, *_skills(mentions, items)))


def _title(sender: Profile) -> str:
    """Their latest title: of a role that goes on, else of the first one, else their headline or degree."""
    roles = [record for record in sender.records if record.kind == "role" and record.title]
    latest = next((role for role in roles if role.current), roles[0] if roles else None)
    degrees = (record.full_title for record in sender.records if record.kind == "degree")
    return latest.title if latest else sender.headline or next(degrees, "")


def _answer(line: PostingLine, item: Evidence) -> Match:
    return Match(
        subject="requirement",
        text=line.text,
        line=line.id,
        skills=item.skills,
        evidence=(item.id,),
        score=1.0,
        reason="your own line",
    )


def _skills(mentions: tuple[SkillMention, ...], items: list[Evidence]) -> Iterator[Match]:
    first: dict[str, str] = {}
    for mention in mentions:
        first.setdefault(mention.skill, mention.line)
    for skill, line in first.items():
        showing = tuple(item.id for item in items if skill in item.skills)
        if showing:
            yield Match(
                subject="skill", text=skill, line=line, skills=(skill,), evidence=showing[:3], score=1.0
            )


def _in_few_words(brief: Brief, usage: Usage) -> Draft:
    """What can be said of somebody whose evidence is a line or two: each as one sentence, as it stands.

    Raises:
        NothingMatches: when none of it can be.
    """
    attempt = Attempt(brief)
    attempt.usage = usage
    for _ in attempt.admit_all(_lines(brief, attempt)):
        pass
    if not attempt.sentences:
        raise NothingMatches("No sentence about anybody can be made of this.", _ADVICE)
    finished = attempt.finish({})
    count_draft(finished)
    return finished


def _lines(brief: Brief, attempt: Attempt) -> Iterator[Sentence]:
    told = links = 0
    items = [item for item in brief.profile.evidence if _SECTIONS.get(item.type) is Section.TASKS]
    for item in sorted(items, key=lambda item: item.type != "role"):
        text = chains.render(brief, item.id, attempt.sentences, 1, attempt.gate.check)
        if not text or told == _MOST_DEEDS or links + text.count("://") > _MOST_LINKS:
            continue
        told, links = told + 1, links + text.count("://")
        yield Sentence(kind=SentenceKind.CLAIM, text=text, rests_on=(item.id,), paragraph=1)
