"""A tailored résumé: every line checked, every change shown and refusable."""

import time
from collections.abc import Generator, Iterator, Sequence

import chains
import exports
import grounding
import matching
import settings
import tagging
from domain import (
    Brief,
    Change,
    Coverage,
    Draft,
    Dropped,
    Estimate,
    ModelChoice,
    Noun,
    Piece,
    Profile,
    Resume,
    Sentence,
    SentenceKind,
    SkillMention,
    Usage,
    Verdict,
)
from errors import ModelError, NoRoom, NothingMatches
from language import differences as differing
from outreach.attempts import MOST_FAILED
from outreach.briefs import Options, brief_for, model_choice
from outreach.events import Checked, DraftEvent, Handover, Waiting
from outreach.ranking import Opening
from outreach.receipts import cited_in, receipt_of
from outreach.skills import with_all_skills


class Difference(Noun):
    """One line of a résumé beside its source: the words that stayed, went and came, and why.

    `heading` is the part of the résumé, `entry` the role or project. A change is accepted or refused by its
    index with `accept`.
    """

    evidence: str
    heading: str
    entry: str = ""
    source: str
    text: str
    pieces: tuple[Piece, ...]
    changes: tuple[Change, ...]


def differences(draft: Draft) -> tuple[Difference, ...]:
    """The lines of a tailored résumé that differ from their source or were moved, in order."""
    sections = draft.resume.sections if draft.resume else ()
    return tuple(
        Difference(
            evidence=line.evidence,
            heading=section.heading,
            entry=entry.record.full_title or entry.record.organization if entry.record else "",
            source=line.source,
            text=line.text,
            pieces=differing.pieces(line.source, line.text),
            changes=line.changes,
        )
        for section in sections
        for entry in section.entries
        for line in entry.lines
        if line.changes
    )


def accept(
    draft: Draft, opening: Opening, profile: Profile, evidence: str, change: int, accepted: bool
) -> Draft:
    """The résumé with one change of one line accepted or refused, checked and counted anew.

    Args:
        draft: A tailored résumé.
        opening: What it was tailored for.
        profile: Whose it is.
        evidence: The item of the line, `e4`.
        change: Which of the line's changes, from 0.
        accepted: False puts the words of the source back, or the line into its place.

    Raises:
        KeyError: when the draft has no such change.
    """
    if draft.resume is None:
        raise KeyError("This draft is no résumé.")
    brief = brief_for(opening, profile, Options(kind=draft.kind))
    return _with_resume(draft, brief, chains.accept(draft.resume, evidence, change, accepted))


def accept_all(draft: Draft, opening: Opening, profile: Profile, accepted: bool) -> Draft:
    """The résumé with every change accepted, or every one refused; else as `accept`."""
    if draft.resume is None:
        raise KeyError("This draft is no résumé.")
    resume = draft.resume
    for line in differences(draft):
        for index in range(len(line.changes)):
            resume = chains.accept(resume, line.evidence, index, accepted)
    return _with_resume(draft, brief_for(opening, profile, Options(kind=draft.kind)), resume)


def put_back(draft: Draft, opening: Opening, profile: Profile, evidence: str) -> Draft:
    """The résumé with an item that was left out, checked and counted anew.

    Raises:
        KeyError: when nothing of the item was left out.
    """
    if draft.resume is None:
        raise KeyError("This draft is no résumé.")
    brief = brief_for(opening, profile, Options(kind=draft.kind))
    return _with_resume(draft, brief, chains.put_back(draft.resume, brief.profile, evidence))


def _with_resume(draft: Draft, brief: Brief, resume: Resume) -> Draft:
    checked = _CheckedResume(brief, resume)
    receipt = draft.receipt.model_copy(
        update={
            "evidence": cited_in(checked.sentences),
            "dropped": (*draft.receipt.dropped, *checked.dropped),
        }
    )
    return draft.model_copy(
        update={
            "resume": checked.resume,
            "sentences": checked.sentences,
            "verdicts": checked.verdicts,
            "receipt": receipt,
        }
    )


class _CheckedResume:
    """A résumé whose every line has passed: one that does not stands in the words of its source."""

    def __init__(self, brief: Brief, resume: Resume) -> None:
        gate = grounding.ResumeGate(brief, tagging.find_skills)
        known: dict[Sentence, Verdict] = {}
        self.dropped: list[Dropped] = []
        for line in chains.lines_of(resume):
            known[line] = gate.check(line)
            if not known[line].supported and line.kind is SentenceKind.CLAIM:
                resume = chains.as_in_source(resume, line.rests_on[0])
                claims = (x for x in chains.lines_of(resume) if x.kind is SentenceKind.CLAIM)
                back = next(x.text for x in claims if x.rests_on == line.rests_on)
                self.dropped.append(
                    Dropped(text=line.text, verdict=known[line], rests_on=line.rests_on, replaced_by=back)
                )
        self.sentences = chains.lines_of(resume)
        self.verdicts = tuple(known.get(line) or gate.check(line) for line in self.sentences)
        self.resume = resume.model_copy(update={"coverage": self._coverage(brief, resume)})

    def _coverage(self, brief: Brief, resume: Resume) -> Coverage:
        """What is said of the page's keywords. The goal names the title, and is no sign of a skill."""
        text = "\n".join([resume.headline, *(line.text for line in self.sentences)])

        def held(said: str) -> Sequence[SkillMention]:
            lines = (line for line in said.splitlines() if line != resume.goal)
            return [mention for line in lines for mention in tagging.find_skills(line)]

        return matching.coverage(
            brief.posting, brief.mentions, with_all_skills(brief.profile), held, after=text
        )


def tailored(
    brief: Brief, options: Options, matched: float, patience_s: float | None
) -> Iterator[DraftEvent]:
    """A tailored résumé, its lines first, each with its verdict."""
    started = time.monotonic()
    checked = _CheckedResume(brief, chains.tailor(brief, tagging.find_skills))
    usage = Usage(writer="embedded")
    if options.writer == "model":
        checked, usage = yield from _proposed(brief, checked, model_choice(options), patience_s)
        if usage.fallback:
            yield Handover(reason=usage.fallback)
    yield from checked.dropped
    for sentence, verdict in zip(checked.sentences, checked.verdicts, strict=True):
        yield Checked(sentence=sentence, verdict=verdict, about=len(checked.sentences))
    yield Draft(
        kind=brief.kind,
        language=checked.resume.language,
        sentences=checked.sentences,
        verdicts=checked.verdicts,
        resume=checked.resume,
        notices=_notices_of_resume(checked),
        receipt=receipt_of(
            brief,
            usage,
            checked.sentences,
            checked.dropped,
            len(checked.sentences),
            {"match": matched, "write": time.monotonic() - started},
        ),
    )


def _proposed(
    brief: Brief, plain: _CheckedResume, choice: ModelChoice, patience_s: float | None
) -> Generator[DraftEvent, None, tuple[_CheckedResume, Usage]]:
    """The résumé with what a model proposes for it, as far as that passes, and what the model took."""
    config = settings.current()
    usage = Usage(writer="embedded")
    if not config.has_model and choice.key is None:
        return plain, usage.model_copy(
            update={"fallback": "No model is set up here. The built-in writer wrote this."}
        )
    lines: list[Sentence] = []
    try:
        for item in chains.write_with_model(brief, config, choice, longest_s=patience_s):
            if isinstance(item, Usage):
                usage = item
            elif isinstance(item, Estimate):
                yield Waiting(estimate=item)
            else:
                lines.append(item)
    except (ModelError, NothingMatches) as error:
        if isinstance(error, NoRoom) and patience_s is not None:
            raise
        return plain, _handed_over(usage, f"{error.message} The built-in writer wrote this.")
    checked = _CheckedResume(brief, chains.proposed(plain.resume, lines))
    if len(checked.dropped) > MOST_FAILED * len(lines):
        told = (
            f"{usage.model} changed what may not be changed in {len(checked.dropped)} of {len(lines)} lines."
        )
        plain.dropped = checked.dropped
        return plain, _handed_over(usage, f"{told} The built-in writer wrote this.")
    return checked, usage


def _handed_over(usage: Usage, reason: str) -> Usage:
    return usage.model_copy(update={"writer": "embedded", "fallback": reason})


def _notices_of_resume(checked: _CheckedResume) -> tuple[str, ...]:
    notices = tuple(v.reason for v in checked.verdicts if not v.supported)
    if letters := exports.missing_letters(exports.resume_text(checked.resume)):
        shown = " ".join(letters[:_LETTERS_SHOWN])
        notices += (f"No font here draws {shown}, so a PDF would lack them. The Word file has them.",)
    return notices


_LETTERS_SHOWN = 8
