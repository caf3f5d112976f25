"""One draft, each sentence checked before it is told."""

import time
from collections.abc import Generator, Iterator
from contextlib import closing

import chains
import samples
import settings
from domain import Draft, ModelChoice, Persona, Profile, Usage
from errors import ModelError, NoRoom
from kinds import KINDS
from outreach.attempts import Attempt
from outreach.briefs import Options, brief_for, model_choice
from outreach.counting import count_draft
from outreach.events import DraftEvent, Handover
from outreach.ranking import Opening, examine
from outreach.reading import opened
from outreach.resumes import tailored
from outreach.senders import sample_profile


def draft(
    opening: Opening, profile: Profile, options: Options | None = None, *, patience_s: float | None = None
) -> Iterator[DraftEvent]:
    """Write a draft, each sentence checked before it is yielded, the finished `Draft` last.

    With the model writer, a server that fails or lies hands over to the built-in writer, after a `Handover`.

    Args:
        opening: What to write for.
        profile: Who is writing.
        options: What to write.
        patience_s: The longest wait for the model's turn; who waits so long has no use for the built-in
            writer. By default as set, and then the built-in writer writes.

    Raises:
        NothingMatches: when the evidence answers nothing that the posting asks for.
        NoRoom: when the model's turn would not come within `patience_s`.
    """
    with closing(_written(opening, profile, options or Options(), patience_s)) as events:
        for event in events:
            if isinstance(event, Draft):
                count_draft(event)
            yield event


def _written(
    opening: Opening, profile: Profile, options: Options, patience_s: float | None
) -> Generator[DraftEvent, None, None]:
    started = time.monotonic()
    brief = brief_for(opening, profile, options)
    matched = time.monotonic() - started
    if KINDS[options.kind].form == "document":
        yield from tailored(brief, options, matched, patience_s)
        return
    attempt = Attempt(brief)
    fallback, spent = "", Usage(writer="embedded")
    if options.writer == "model":
        fallback = yield from _try_model(attempt, model_choice(options), patience_s)
        if fallback:
            yield Handover(reason=fallback)
            spent = attempt.usage
            attempt = Attempt(brief, dropped=attempt.dropped)
        elif (mended := attempt.mended) is not attempt:
            if mended.fallback:
                yield Handover(reason=mended.fallback)
                yield from mended.again()
            attempt = mended
    if options.writer == "embedded" or fallback:
        attempt.usage = spent.model_copy(update={"writer": "embedded", "note": "", "fallback": fallback})
        yield from attempt.admit_all(chains.write_embedded(brief, attempt.gate.check))
    yield attempt.finish({"match": matched, "write": time.monotonic() - started - matched})


def _try_model(
    attempt: Attempt, choice: ModelChoice, patience_s: float | None
) -> Generator[DraftEvent, None, str]:
    """Yield what the model wrote and passed; return why it did not suffice, or an empty string."""
    config = settings.current()
    if not config.has_model and choice.key is None:
        return "No model is set up here, so the built-in writer wrote this."
    try:
        yield from attempt.admit_all(
            chains.write_with_model(attempt.brief, config, choice, longest_s=patience_s)
        )
    except ModelError as error:
        if isinstance(error, NoRoom) and patience_s is not None:
            raise
        return f"{error.message} The built-in writer wrote this."
    model = attempt.usage.model
    if faults := attempt.mended.faults():
        told = f"What {model} wrote cannot be used. {faults[0].reason}"
        return f"{attempt.told_failed() or told} The built-in writer wrote this."
    return ""


def warm_up() -> None:
    """Write the first sample once, so that the first person does not wait for what a draft has to load."""
    postings = opened(samples.SAMPLES[0].url).postings
    profile = sample_profile(Persona.JOB_SEEKER)
    for _ in _written(examine(postings[0], profile), profile, Options(), None):
        pass
