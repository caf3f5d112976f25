"""The verbs in order: read, tag, match, write, check. The only place that chains two packages.

reading = outreach.read("https://company.example/careers")
openings = outreach.rank(reading, profile)          # best match first
for event in outreach.draft(openings[0], profile, Options(kind=DraftKind.COLD_EMAIL)):
    ...                                             # Checked, Dropped, Handover, at last a Draft
"""

import hashlib
import queue
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Literal, cast, get_args

from pydantic import Field, SecretStr

import batch
import chains
import exports
import grounding
import matching
import profiles
import samples
import scraping
import settings
import tagging
from domain import (
    Brief,
    Change,
    Coverage,
    Document,
    Draft,
    DraftKind,
    Dropped,
    Estimate,
    Evidence,
    FinalLine,
    Language,
    Length,
    Match,
    ModelChoice,
    ModelServer,
    Noun,
    Persona,
    Piece,
    Posting,
    Profile,
    Reading,
    Receipt,
    Record,
    Resume,
    Sentence,
    SentenceKind,
    SkillMention,
    SourceSpan,
    Step,
    Tone,
    Usage,
    Verdict,
)
from errors import Cancelled, ModelError, NoRoom, NothingMatches
from kinds import KINDS
from language import differences as differing
from language import tongues, words
from language.contacts import contact_in

SAMPLES = samples.SAMPLES
Progress = Callable[[Step], None]
IsCancelled = Callable[[], bool]


class Opening(Noun):
    """A posting with what it asks for and which evidence answers it.

    `thorough` is false for the quick ranking of a list, which compares skills only.
    """

    posting: Posting
    mentions: tuple[SkillMention, ...]
    matches: tuple[Match, ...]
    thorough: bool = True

    @property
    def asked(self) -> tuple[Match, ...]:
        """The skills asked for, one match or gap each, in page order."""
        return tuple(m for m in self.matches if m.subject == "skill")

    @property
    def answered(self) -> tuple[Match, ...]:
        return tuple(m for m in self.asked if not m.is_gap)


class Options(Noun):
    """What a person chooses before a draft; the fields are those of a `Brief`.

    `language` "auto" is what `language_for` says. `model` and `key` are those of a `ModelChoice`: one of
    `models()` by its id, and the person's own key, if
    any. `after` is the message that a follow-up follows.
    """

    kind: DraftKind = DraftKind.COLD_EMAIL
    writer: Literal["embedded", "model"] = "embedded"
    model: str = ""
    key: SecretStr | None = Field(default=None, exclude=True, repr=False)
    say_gap: bool = False
    why: str = ""
    closing: str = ""
    recipient: str | None = None
    stress: tuple[str, ...] = ()
    tone: Tone = "plain"
    length: Length = "usual"
    language: Language | Literal["auto"] = "auto"
    after: Draft | None = None
    earlier: tuple[Draft, ...] = ()
    seed: int = 0


class Checked(Noun):
    """A sentence that passed, as soon as it is known; the subject comes first.

    `about` is roughly how many sentences the draft will have.
    """

    sentence: Sentence
    verdict: Verdict
    about: int


class Handover(Noun):
    """The model did not deliver; the built-in writer starts the draft afresh. `reason` is for the person."""

    reason: str


class Waiting(Noun):
    """The model's turn has not come; told several times a second until it has, or the person stops it."""

    estimate: Estimate


class Edited(Noun):
    """One sentence of a text that a person changed, its verdict, and its sources where it has some."""

    text: str
    verdict: Verdict
    rests_on: tuple[str, ...] = ()


class Finished(Noun):
    """A text as it is about to be taken away.

    `on_their_word` are sentences that only the person vouches for; `faults` are those of the subject and of
    the whole.
    """

    sentences: tuple[Edited, ...]
    on_their_word: tuple[str, ...] = ()
    faults: tuple[Verdict, ...] = ()
    may_go_out: bool = False


DraftEvent = Waiting | Checked | Dropped | Handover | Draft


# --- reading -----------------------------------------------------------------------------------------


def read(
    source: str,
    fetch: scraping.Fetch | None = None,
    *,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> Reading:
    """Read an address, or the pasted text of an opening. Failures come back as a `Reading` with a problem.

    Args:
        source: One address, or any text with white space in it.
        fetch: How to reach the network; by default the samples, then the guarded fetcher.
        progress: Called with each step as it begins and ends.
        cancelled: Asked often; true ends the reading with `Cancelled`.
    """
    if not _is_address(source):
        return _read_text(source)
    return _read_address(source, settings.current().followed_links, fetch, progress, cancelled)


def _read_address(
    address: str,
    follow: int,
    fetch: scraping.Fetch | None,
    progress: Progress | None,
    cancelled: IsCancelled | None,
) -> Reading:
    config = settings.current()
    if fetch is not None:
        return scraping.read(address.strip(), fetch, progress=progress, follow=follow)
    _, polite = _fetches(cancelled)
    return scraping.read(
        address.strip(),
        samples.sample_fetch(polite),
        progress=progress,
        follow=follow,
        render=_browser(cancelled) if config.reading_browser else None,
        extract=_reading_model() if config.reading_model and config.has_model else None,
    )


@lru_cache(maxsize=1)
def _manners() -> scraping.Manners:
    """What this process remembers of the sites it reads: their robots.txt, their pace, their last answers."""
    return scraping.Manners(settings.current())


def _fetches(cancelled: IsCancelled | None) -> tuple[scraping.Fetch, scraping.Fetch]:
    """The guarded fetch, and the same with manners, for pages that a person asks for."""
    config = settings.current()
    guarded = scraping.guarded_fetch(config, cancelled)
    quick = scraping.guarded_fetch(scraping.quick(config), cancelled)
    return guarded, scraping.polite_fetch(guarded, _manners(), cancelled, robots_fetch=quick)


def _browser(cancelled: IsCancelled | None) -> Callable[[str], scraping.Response]:
    """Runs a page in a browser. Its many small requests would take minutes at the pace of pages."""

    def fetch_until(over: IsCancelled) -> scraping.Fetch:
        guarded, polite = _fetches(over)
        return lambda request: polite(request) if request.page else guarded(request)

    return lambda url: scraping.rendered(url, fetch_until, settings.current(), cancelled)


def _reading_model() -> scraping.Extract:
    """Openings that the small model points out on a page."""
    ask = chains.ask_small_model(settings.current())
    return lambda page: scraping.model_openings(page, ask)


def complete(
    reading: Reading,
    posting: Posting,
    fetch: scraping.Fetch | None = None,
    cancelled: IsCancelled | None = None,
) -> Reading:
    """A reading in which one opening, so far only named by its list, has the text of its own page.

    A list may hold hundreds of openings, and only some of their pages are opened with it. What that page asks
    of applicants, and what it hides, is told as if it had been read with the rest.

    Args:
        reading: What came of the list.
        posting: One of its postings.
        fetch: How to reach the network; by default as in `read`.
        cancelled: As in `read`.

    Returns:
        The reading itself where nothing is to be had: the opening has a text or no page of its own, its page
        says nothing or is about another opening, or the list was a saved file, for which no site is asked.

    Raises:
        Cancelled: when the person pressed Stop.
    """
    if posting.text or reading.offline or not posting.url or posting.url == reading.url:
        return reading
    own = _read_address(posting.url, 0, fetch, None, cancelled)
    whole = own.postings[0] if len(own.postings) == 1 else None
    if whole is None or not whole.text:
        return reading
    if not scraping.is_about(posting.title, posting.url, whole.title, whole.url):
        return reading
    described = whole.model_copy(
        update={
            "id": posting.id,
            "title": posting.title,
            "url": posting.url,
            "lines": (posting.lines[0], *whole.lines[1:]),
            "company": posting.company or whole.company,
            "location": posting.location or whole.location,
        }
    )
    return reading.model_copy(
        update={
            "postings": tuple(described if p.id == posting.id else p for p in reading.postings),
            "instructions": tuple(dict.fromkeys((*reading.instructions, *own.instructions))),
            "hidden": tuple(dict.fromkeys((*reading.hidden, *own.hidden))),
            "unseen": reading.unseen + own.unseen,
        }
    )


def read_saved(body: bytes, url: str = "") -> Reading:
    """Read a page that was saved earlier, through the same code as a live one.

    Args:
        body: The page's bytes: HTML, a job board's JSON, or the plain text of an opening.
        url: The address it came from; without it, only the page itself can tell.
    """
    if not url and not scraping.looks_like_markup(body):
        return _read_text(body.decode("utf-8", errors="replace"))
    origin = url or "https://saved-page.example/"
    reading = scraping.read(origin, scraping.saved_page(body, origin), follow=0)
    return reading.model_copy(update={"offline": True})


def _read_text(text: str) -> Reading:
    return scraping.read_text(text, settings.current().max_pasted_characters)


def _is_address(source: str) -> bool:
    return len(source.split()) == 1 and len(source) <= scraping.LONGEST_URL


class Ask(Noun):
    """What a page asks, verbatim, and of what kind that is: for the person to do, or not; nothing obeys it.

    "no-ai": not to let a machine write. "machine": said to programs, so an attack or a trap. "subject",
    "word" and "documents": what an application shall be called and hold.
    """

    kind: Literal["no-ai", "machine", "subject", "word", "documents"]
    text: str


def asks(reading: Reading) -> tuple[Ask, ...]:
    """What a page asks of applicants, what matters most first."""
    found = [(scraping.kind_of_instruction(text) or "documents", text) for text in reading.instructions]
    order = ("no-ai", "machine", "subject", "word", "documents")
    return tuple(Ask(kind=kind, text=text) for kind, text in sorted(found, key=lambda x: order.index(x[0])))


def reading_steps(source: str, cancelled: IsCancelled | None = None) -> Iterator[Step | Reading]:
    """`read` as a generator: each step as it happens, at last the `Reading`."""
    events: queue.Queue[Step | Reading | BaseException] = queue.Queue()
    stop = threading.Event()

    def is_cancelled() -> bool:
        return stop.is_set() or (cancelled is not None and cancelled())

    def work() -> None:
        try:
            events.put(read(source, progress=events.put, cancelled=is_cancelled))
        except BaseException as error:  # noqa: BLE001  # carried to the caller's thread and raised there
            events.put(error)

    threading.Thread(target=work, daemon=True, name="read").start()
    try:
        while True:
            event = _next_event(events, is_cancelled)
            if isinstance(event, BaseException):
                raise event
            yield event
            if isinstance(event, Reading):
                return
    finally:
        stop.set()


def _next_event(
    events: "queue.Queue[Step | Reading | BaseException]", is_cancelled: IsCancelled
) -> Step | Reading | BaseException:
    while True:
        try:
            return events.get(timeout=0.1)
        except queue.Empty:
            if is_cancelled():
                raise Cancelled from None


# --- matching ----------------------------------------------------------------------------------------


def rank(reading: Reading, profile: Profile) -> tuple[Opening, ...]:
    """The openings of a reading, best match for the profile first; equal ones in page order.

    A list is ranked by skills and title alone, a millisecond an opening; `examine` looks closer at one.
    """
    if len(reading.postings) == 1:
        return (examine(reading.postings[0], profile),)
    sender = _with_skills(profile)
    trade = _trade_words(sender.headline, *(r.title for r in sender.records if r.kind == "role"))
    openings = [_match(posting, sender, thorough=False) for posting in reading.postings]
    return tuple(sorted(openings, key=lambda opening: _fit(opening, trade), reverse=True))


# Words of a title that name a rank or any trade at all.
_RANKS = "chief head intern junior lead manager officer principal senior specialist staff trainee student"
_TRADELESS = "and at consultant developer engineer engineering for in of the working"
_ANY_TITLE = frozenset(f"{_RANKS} {_TRADELESS}".split())


def _trade_words(*titles: str) -> frozenset[str]:
    tokens = (token.casefold() for title in titles for token, _, _ in words.tokens(title))
    return frozenset(words.stem(token) for token in tokens if token.isalpha() and token not in _ANY_TITLE)


def _fit(opening: Opening, trade: frozenset[str]) -> float:
    """Skills answered, less half a point a gap, and two points for the sender's own trade in the title."""
    gaps = len(opening.asked) - len(opening.answered)
    own_trade = bool(trade & _trade_words(opening.posting.title))
    return len(opening.answered) - gaps / 2 + 2 * own_trade


def examine(posting: Posting, profile: Profile) -> Opening:
    """One opening with its requirements matched by skills and by meaning."""
    return _match(posting, _with_skills(profile), thorough=True)


def warm_up() -> None:
    """Write the first sample once, so that the first person does not wait for what a draft has to load."""
    postings = read(SAMPLES[0].url).postings
    profile = sample_profile(Persona.JOB_SEEKER)
    for _ in draft(examine(postings[0], profile), profile):
        pass


def _match(posting: Posting, sender: Profile, *, thorough: bool) -> Opening:
    mentions = tagging.tag(posting.lines)
    embedder = matching.load_embedder(settings.current().embedding_dir) if thorough else None
    matches = matching.match(posting, mentions, _with_implied_skills(sender), embedder)
    return Opening(posting=posting, mentions=mentions, matches=matches, thorough=thorough)


class _Same:
    """A profile as the key of a cache, by identity: to hash ten thousand items costs more than a match."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def __hash__(self) -> int:
        return id(self.profile)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.profile is self.profile


def _with_skills(profile: Profile) -> Profile:
    """The profile with each item's skills named by the taxonomy."""
    return _tagged(_Same(profile))


@lru_cache(maxsize=16)
def _tagged(key: _Same) -> Profile:
    items = key.profile.evidence
    if all(item.skills for item in items):
        return key.profile
    tagged = tuple(item if item.skills else _changed(item, _skills_of(item.text)) for item in items)
    return key.profile.model_copy(update={"evidence": tagged})


def _changed(item: Evidence, skills: tuple[str, ...]) -> Evidence:
    return item.model_copy(update={"skills": skills}) if skills else item


def _with_implied_skills(profile: Profile) -> Profile:
    """The profile as matching sees it: who shows Ubuntu shows Linux. No draft claims an implied skill."""
    return _widened(_Same(profile))


@lru_cache(maxsize=16)
def _widened(key: _Same) -> Profile:
    widened = tuple(
        _changed(item, tuple(dict.fromkeys([*item.skills, *_implied(item.skills)])))
        for item in key.profile.evidence
    )
    return key.profile.model_copy(update={"evidence": widened})


def _implied(skills: tuple[str, ...]) -> Iterator[str]:
    return (implied for skill in skills for implied in tagging.implied_skills(skill))


def _with_all_skills(profile: Profile) -> Profile:
    """The profile with every skill that its words name, those of its headline and its titles included."""
    return _named_in_full(_Same(profile))


@lru_cache(maxsize=16)
def _named_in_full(key: _Same) -> Profile:
    profile = key.profile
    items = [_changed(x, tuple(dict.fromkeys((*x.skills, *_skills_of(x.text))))) for x in profile.evidence]
    named = " . ".join([profile.headline, *(record.full_title for record in profile.records)])
    heads = Evidence(
        id="e0", type="summary", text=named, skills=_skills_of(named), source=SourceSpan(document="")
    )
    return profile.model_copy(update={"evidence": (*items, heads)})


def _skills_of(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.skill for mention in tagging.find_skills(text)))


# --- writing -----------------------------------------------------------------------------------------


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
    options = options or Options()
    started = time.monotonic()
    brief = _brief(opening, profile, options)
    matched = time.monotonic() - started
    if KINDS[options.kind].form == "document":
        yield from _tailored(brief, options, matched, patience_s)
        return
    attempt = _Attempt(brief)
    fallback, spent = "", Usage(writer="embedded")
    if options.writer == "model":
        fallback = yield from _try_model(attempt, _choice(options), patience_s)
        if fallback:
            yield Handover(reason=fallback)
            spent = attempt.usage
            attempt = _Attempt(brief, dropped=attempt.dropped)
        elif (mended := attempt.mended) is not attempt:
            if mended.fallback:
                yield Handover(reason=mended.fallback)
                yield from mended.again()
            attempt = mended
    if options.writer == "embedded" or fallback:
        attempt.usage = spent.model_copy(update={"writer": "embedded", "note": "", "fallback": fallback})
        yield from attempt.admit_all(chains.write_embedded(brief, attempt.gate.check))
    seconds = {"match": round(matched, 3), "write": round(time.monotonic() - started - matched, 3)}
    yield attempt.finish(seconds)


def share_allowance(keeper: chains.Keeper) -> None:
    """Count calls of models where other processes count theirs too."""
    chains.shared().keeper = keeper


def draft_many(
    openings: Sequence[Opening],
    profile: Profile,
    options: Options | None = None,
    *,
    reading: Reading | None = None,
    shelf: batch.Shelf | None = None,
    cancelled: IsCancelled | None = None,
) -> Generator[batch.Moved, None, None]:
    """Write a draft for each opening, under the same budget as any other; yields what becomes of each.

    A draft is kept as soon as it is finished, so a second run with the same shelf goes on where a first one
    ended, however it did. One that fails stops no other. Where the model's day is used up, what is left is
    put off.

    Args:
        openings: In the order in which to write.
        profile: Who is writing.
        options: What to write; each draft is told the ones before it, so that it repeats little of them.
        reading: Where they were read; with it, an opening that its list only names is completed first.
        shelf: Where finished drafts are kept; by default nowhere.
        cancelled: Asked often; true ends it with `Cancelled`.
    """
    options = options or Options()
    by_id = {job_id(opening, profile, options): opening for opening in openings}
    jobs = [
        batch.Job(id=id_, title=opening.posting.title, url=opening.posting.url)
        for id_, opening in by_id.items()
    ]

    def write(id_: str, before: tuple[Draft, ...]) -> Generator[Estimate | Draft | None, None, None]:
        opening = by_id[id_]
        yield None
        if reading is not None:
            opening = _whole(reading, opening, profile)
        known = (*options.earlier, *before)[-_MOST_EARLIER:]
        own = options.model_copy(update={"seed": options.seed + int(id_[:4], 16), "earlier": known})
        for event in draft(opening, profile, own, patience_s=_PATIENCE_S):
            if isinstance(event, Waiting):
                yield event.estimate
            else:
                yield event if isinstance(event, Draft) else None

    yield from batch.run(jobs, write, shelf, workers=_WORKERS, cancelled=cancelled)


# Waits of a minute are in the nature of an allowance a minute; longer ones are for another day.
_PATIENCE_S = 900.0
_TOLD = 20
_MOST_EARLIER = 60
_WORKERS = 2


def job_id(opening: Opening, profile: Profile, options: Options) -> str:
    """The id of a job of `draft_many`: the same for the same opening, sender and wishes, in any run."""
    posting = opening.posting
    sender = profile.model_copy(update={"id": "", "kept_as": "", "warnings": (), "fields": ()})
    named = (posting.url, posting.title, posting.company, posting.location)
    said = "\0".join((*named, sender.model_dump_json(), options.model_dump_json()))
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


def _whole(reading: Reading, opening: Opening, profile: Profile) -> Opening:
    """The opening with its text, where its list only names it."""
    completed = complete(reading, opening.posting)
    if completed is reading:
        return opening
    return examine(next(p for p in completed.postings if p.id == opening.posting.id), profile)


def budget_for(opening: Opening, profile: Profile, options: Options | None = None) -> Estimate | None:
    """What a draft by the model would take, and when it would begin, if it were asked for now.

    Returns:
        None where no model is set up.

    Raises:
        NothingMatches: when the evidence answers nothing that the posting asks for.
        ModelError: when the model chosen cannot be asked.
    """
    config, options = settings.current(), options or Options()
    if not config.has_model and options.key is None:
        return None
    return chains.foresee(_brief(opening, profile, options), config, _choice(options))


def _brief(opening: Opening, profile: Profile, options: Options) -> Brief:
    if not opening.thorough:
        opening = examine(opening.posting, profile)
    sender = _open(_with_skills(profile))
    return Brief(
        kind=options.kind,
        posting=opening.posting,
        profile=sender,
        matches=_open_matches(opening.matches, frozenset(item.id for item in sender.evidence)),
        mentions=opening.mentions,
        say_gap=options.say_gap,
        why=options.why,
        closing=options.closing,
        recipient=recipient_of(opening.posting) if options.recipient is None else options.recipient,
        stress=options.stress,
        tone=options.tone,
        length=options.length,
        language=language_for(opening, profile) if options.language == "auto" else options.language,
        told=options.after.receipt.evidence if options.after else (),
        earlier_subject=options.after.subject if options.after else "",
        earlier=tuple(words.runs(said_in(each)) for each in options.earlier if each.kind is options.kind),
        seed=options.seed,
    )


def said_in(draft: Draft) -> str:
    """The body of a draft, without greeting and sign-off."""
    return " ".join(s.text for s in draft.sentences if s.kind is not SentenceKind.FORMULA)


def recipient_of(posting: Posting) -> str:
    """The person whom a posting names as its contact, as written there; "" where it names none."""
    return contact_in([line.text for line in posting.lines[1:]], posting.company)


def language_for(opening: Opening, profile: Profile) -> Language:
    """The language to write in where nobody chose one: the page's, if most of the evidence is in it too.

    Else English, in which both can be told: evidence in another language than the draft's is only quoted.
    """
    posting = opening.posting
    asked = " . ".join(line.text for line in posting.requirements) or posting.text
    said = " . ".join(item.text for item in profile.evidence if item.type in ("bullet", "project", "summary"))
    page = tongues.language_of(asked, posting.language[:2].lower())
    in_both = page in get_args(Language) and tongues.language_of(said, profile.language) == page
    return cast(Language, page) if in_both else "en"


def _open(profile: Profile) -> Profile:
    """The profile without what is confidential: no writer sees it, built-in or model."""
    secret = [item for item in profile.evidence if item.confidential]
    if not secret:
        return profile
    evidence = tuple(item for item in profile.evidence if not item.confidential)
    hushed = {item.record for item in secret if item.type in _NAMES_ITS_RECORD}
    owners = {item.record for item in evidence}
    records = tuple(
        _nameless(record) if record.id in hushed else record
        for record in profile.records
        if record.id in owners or record.id not in {item.record for item in secret}
    )
    return profile.model_copy(update={"evidence": evidence, "records": records})


# Items whose words are the fields of their record: who keeps those to themselves names no employer.
_NAMES_ITS_RECORD = ("role", "degree", "certificate")


def _nameless(record: Record) -> Record:
    blank = {"title": "", "area": "", "organization": "", "start": "", "end": "", "links": (), "fields": ()}
    return record.model_copy(update=blank)


def _open_matches(matches: tuple[Match, ...], known: frozenset[str]) -> tuple[Match, ...]:
    """The matches a draft may use; one answered in confidence only is neither used nor called a gap."""
    found = []
    for match in matches:
        kept = tuple(id_ for id_ in match.evidence if id_ in known)
        if kept or match.is_gap:
            found.append(match if kept == match.evidence else match.model_copy(update={"evidence": kept}))
    return tuple(found)


def models(key: SecretStr | None = None, source: str = "") -> tuple[ModelServer, ...]:
    """What each model server offers now; one that cannot be asked says why.

    Args:
        key: A person's own key; without it only servers that are set up here are asked.
        source: Which server the key is for, by its `source`; by default the first that needs one.
    """
    choice = ModelChoice(model=f"{source}:" if source else "", key=key)
    return chains.list_models(settings.current(), choice)


def _choice(options: Options) -> ModelChoice:
    return ModelChoice(model=options.model, key=options.key)


def _try_model(
    attempt: "_Attempt", choice: ModelChoice, patience_s: float | None
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


# Who fails more of their lines does not keep the pen for the rest.
_MOST_FAILED = 1 / 3
_FIXED = (SentenceKind.SUBJECT, SentenceKind.FORMULA)


class _Attempt:
    """One writer's sentences on their way through the gate.

    `lines` are those that it worded itself, and `failed` of them were left out or replaced.
    """

    def __init__(self, brief: Brief, dropped: tuple[Dropped, ...] | list[Dropped] = ()) -> None:
        self.brief = brief
        self.gate = grounding.Gate(brief, tagging.find_skills, chains.instructions(brief.kind))
        self.sentences: list[Sentence] = []
        self.verdicts: list[Verdict] = []
        self.dropped = list(dropped)
        self.usage = Usage(writer="embedded")
        self._offered = 0
        self._is_text = KINDS[brief.kind].form == "text"
        self.lines = self.failed = 0
        self.fallback = ""
        """Why the built-in writer finished what a model began, for the person."""

    def told_failed(self) -> str:
        """That a model failed more than a third of its lines, where it did."""
        if self.failed <= _MOST_FAILED * self.lines:
            return ""
        if self.failed == self.lines:
            return f"Nothing that {self.usage.model} wrote could be shown."
        return f"{self.failed} of the {self.lines} lines that {self.usage.model} wrote could not be shown."

    @cached_property
    def mended(self) -> "_Attempt":
        """The same draft without holes: what passed, each need with an answer, nothing left standing alone.

        Itself where nothing was dropped. Every sentence goes through a gate again; one that does not pass
        leaves the draft as it was. To be asked for once all is written.
        """
        if not self.dropped:
            return self
        whole = _Attempt(self.brief, dropped=self.dropped)
        whole.usage, whole._offered = self.usage, self._offered
        whole.lines, whole.failed = self.lines, self.failed
        for sentence in chains.mend(self.brief, self.gate.check, self.sentences):
            admitted = whole.gate.admit(sentence, lambda _: None)
            if admitted.sentence is None:
                return self
            whole.sentences.append(admitted.sentence)
            whole.verdicts.append(admitted.verdict)
        if told := self.told_failed():
            whole.fallback = f"{told} The built-in writer finished."
            whole.usage = self.usage.model_copy(update={"writer": "embedded", "fallback": whole.fallback})
        return whole if whole.sentences else self

    def again(self) -> Iterator[Checked]:
        """What it holds, for who has seen another draft."""
        about = KINDS[self.brief.kind].usual_sentences
        for sentence, verdict in zip(self.sentences, self.verdicts, strict=True):
            yield Checked(sentence=sentence, verdict=verdict, about=about)

    def admit_all(
        self, written: Iterator[Sentence] | Iterator[Sentence | Usage | Estimate]
    ) -> Iterator[DraftEvent]:
        for item in written:
            if isinstance(item, Usage):
                self.usage = item
                continue
            if isinstance(item, Estimate):
                yield Waiting(estimate=item)
                continue
            self._offered += 1
            if item.kind is SentenceKind.CLAIM and not item.rests_on and self._is_text:
                item = grounding.resting(item, self.brief, self.gate.check)
            admitted = self.gate.admit(item, self._rendered(item.paragraph))
            if item.kind not in _FIXED:
                self.lines += 1
                self.failed += admitted.dropped is not None
            if admitted.dropped is not None:
                self.dropped.append(admitted.dropped)
                yield admitted.dropped
            if admitted.sentence is not None:
                self.sentences.append(admitted.sentence)
                self.verdicts.append(admitted.verdict)
                yield Checked(
                    sentence=admitted.sentence,
                    verdict=admitted.verdict,
                    about=KINDS[self.brief.kind].usual_sentences,
                )

    def _rendered(self, paragraph: int) -> Callable[[str], str | None]:
        """One item of evidence as a sentence that goes on with this paragraph of the draft."""
        return lambda id_: chains.render(self.brief, id_, self.sentences, paragraph, self.gate.check)

    def faults(self) -> tuple[Verdict, ...]:
        """What is wrong with the draft as a whole; a draft without a claim is no draft."""
        if not any(s.kind is SentenceKind.CLAIM for s in self.sentences):
            return (Verdict(supported=False, check="whole", reason="Nothing in it is about you."),)
        return self.gate.check_whole(self._subject(), self._body())

    def finish(self, seconds: dict[str, float]) -> Draft:
        body = self._body()
        cited = dict.fromkeys(id_ for s in body for id_ in s.rests_on if id_.startswith("e"))
        if not any(s.kind is SentenceKind.CLAIM for s in body):
            raise NothingMatches(
                "Nothing in your evidence answers this opening yet.",
                "Add a résumé or portfolio, or use the sample.",
            )
        posting = self.brief.posting
        receipt = Receipt(
            usage=self.usage,
            source_url=posting.url,
            source_digest=posting.digest,
            rung=posting.rung,
            evidence=tuple(cited),
            dropped=tuple(self.dropped),
            checked=self._offered,
            seconds=seconds,
            written_at=datetime.now(UTC),
        )
        verdicts = tuple(
            verdict
            for sentence, verdict in zip(self.sentences, self.verdicts, strict=True)
            if sentence.kind is not SentenceKind.SUBJECT
        )
        return Draft(
            kind=self.brief.kind,
            language=self.brief.language,
            subject=self._subject(),
            sentences=body,
            verdicts=verdicts,
            receipt=receipt,
            notices=(*self._not_ready(), *(fault.reason for fault in self.faults())),
        )

    def _not_ready(self) -> tuple[str, ...]:
        """What the law wants of an offer of services and the draft lacks: an address, a way out."""
        profile, offers = self.brief.profile, self.brief.profile.persona is Persona.SERVICE_PROVIDER
        if not offers or KINDS[self.brief.kind].form != "message":
            return ()
        if not profile.postal_address.strip():
            return ("Not ready to send. Add your postal address.",)
        said = " ".join(" ".join(s.text.split()) for s in self.sentences)
        if " ".join(profile.postal_address.split()) not in said:
            return ("Not ready to send. Your postal address is not in it.",)
        if not any(s.kind is SentenceKind.FORMULA and _WAY_OUT.search(s.text) for s in self.sentences):
            return ("Not ready to send. It does not say how to hear from you no more.",)
        return ()

    def _subject(self) -> str:
        return next((s.text for s in self.sentences if s.kind is SentenceKind.SUBJECT), "")

    def _body(self) -> tuple[Sentence, ...]:
        return tuple(s for s in self.sentences if s.kind is not SentenceKind.SUBJECT)


_WAY_OUT = re.compile(r"[\"“‘'„«]\s?(?:no thanks|nein danke|non merci|no,? gracias)", re.IGNORECASE)


def check_edit(opening: Opening, profile: Profile, kind: DraftKind, text: str) -> tuple[Edited, ...]:
    """Check a text that a person changed, sentence by sentence, against all of their evidence.

    It is checked in the language that it is written in.
    """
    brief = _brief(opening, profile, Options(kind=kind, language=tongues.tongue_of(text)))
    return _edited(grounding.read_edit(text, brief, tagging.find_skills))


def _edited(told: Sequence[tuple[Sentence, Verdict]]) -> tuple[Edited, ...]:
    return tuple(
        Edited(text=s.text, verdict=verdict, rests_on=s.rests_on if verdict.supported else ())
        for s, verdict in told
    )


def check_document(
    opening: Opening,
    profile: Profile,
    kind: DraftKind,
    subject: str,
    body: str,
    their_word: Sequence[str] = (),
) -> Finished:
    """Check a finished text before it is taken away: each sentence, the subject, and the whole.

    Args:
        opening: For which it was written.
        profile: Whose evidence it rests on.
        kind: What it is.
        subject: Empty for a text without one.
        body: As it will go out.
        their_word: Sentences that the person vouches for, word for word.
    """
    brief = _brief(opening, profile, Options(kind=kind, language=tongues.tongue_of(body)))
    found = grounding.check_document(subject, body, brief, tagging.find_skills, their_word)
    return Finished(
        sentences=_edited(found.sentences),
        on_their_word=found.on_their_word,
        faults=found.faults,
        may_go_out=found.may_go_out,
    )


def check_subject(opening: Opening, profile: Profile, kind: DraftKind, subject: str) -> Verdict:
    """Check the subject that a person wrote."""
    return grounding.check_subject(subject, _brief(opening, profile, Options(kind=kind)), tagging.find_skills)


# --- a tailored résumé -------------------------------------------------------------------------------


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
    brief = _brief(opening, profile, Options(kind=draft.kind))
    return _with_resume(draft, brief, chains.accept(draft.resume, evidence, change, accepted))


def accept_all(draft: Draft, opening: Opening, profile: Profile, accepted: bool) -> Draft:
    """The résumé with every change accepted, or every one refused; else as `accept`."""
    if draft.resume is None:
        raise KeyError("This draft is no résumé.")
    resume = draft.resume
    for line in differences(draft):
        for index in range(len(line.changes)):
            resume = chains.accept(resume, line.evidence, index, accepted)
    return _with_resume(draft, _brief(opening, profile, Options(kind=draft.kind)), resume)


def put_back(draft: Draft, opening: Opening, profile: Profile, evidence: str) -> Draft:
    """The résumé with an item that was left out, checked and counted anew.

    Raises:
        KeyError: when nothing of the item was left out.
    """
    if draft.resume is None:
        raise KeyError("This draft is no résumé.")
    brief = _brief(opening, profile, Options(kind=draft.kind))
    return _with_resume(draft, brief, chains.put_back(draft.resume, brief.profile, evidence))


def _with_resume(draft: Draft, brief: Brief, resume: Resume) -> Draft:
    checked = _CheckedResume(brief, resume)
    receipt = draft.receipt.model_copy(
        update={"evidence": checked.cited, "dropped": (*draft.receipt.dropped, *checked.dropped)}
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
        self.cited = tuple(
            dict.fromkeys(id_ for line in self.sentences for id_ in line.rests_on if id_[0] == "e")
        )
        self.resume = resume.model_copy(update={"coverage": self._coverage(brief, resume)})

    def _coverage(self, brief: Brief, resume: Resume) -> Coverage:
        """What is said of the page's keywords. The goal names the title, and is no sign of a skill."""
        text = "\n".join([resume.headline, *(line.text for line in self.sentences)])

        def held(said: str) -> Sequence[SkillMention]:
            lines = (line for line in said.splitlines() if line != resume.goal)
            return [mention for line in lines for mention in tagging.find_skills(line)]

        return matching.coverage(
            brief.posting, brief.mentions, _with_all_skills(brief.profile), held, after=text
        )


def _tailored(
    brief: Brief, options: Options, matched: float, patience_s: float | None
) -> Iterator[DraftEvent]:
    """A tailored résumé, its lines first, each with its verdict."""
    started = time.monotonic()
    checked = _CheckedResume(brief, chains.tailor(brief, tagging.find_skills))
    usage = Usage(writer="embedded")
    if options.writer == "model":
        checked, usage = yield from _proposed(brief, checked, _choice(options), patience_s)
        if usage.fallback:
            yield Handover(reason=usage.fallback)
    yield from checked.dropped
    for sentence, verdict in zip(checked.sentences, checked.verdicts, strict=True):
        yield Checked(sentence=sentence, verdict=verdict, about=len(checked.sentences))
    posting = brief.posting
    yield Draft(
        kind=brief.kind,
        language=checked.resume.language,
        sentences=checked.sentences,
        verdicts=checked.verdicts,
        resume=checked.resume,
        notices=_notices_of_resume(checked),
        receipt=Receipt(
            usage=usage,
            source_url=posting.url,
            rung=posting.rung,
            evidence=checked.cited,
            dropped=tuple(checked.dropped),
            checked=len(checked.sentences),
            seconds={"match": round(matched, 3), "write": round(time.monotonic() - started, 3)},
            written_at=datetime.now(UTC),
        ),
    )


def _proposed(
    brief: Brief, plain: "_CheckedResume", choice: ModelChoice, patience_s: float | None
) -> Generator[DraftEvent, None, tuple["_CheckedResume", Usage]]:
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
    if len(checked.dropped) > _MOST_FAILED * len(lines):
        told = (
            f"{usage.model} changed what may not be changed in {len(checked.dropped)} of {len(lines)} lines."
        )
        plain.dropped = checked.dropped
        return plain, _handed_over(usage, f"{told} The built-in writer wrote this.")
    return checked, usage


def _handed_over(usage: Usage, reason: str) -> Usage:
    return usage.model_copy(update={"writer": "embedded", "fallback": reason})


def _notices_of_resume(checked: "_CheckedResume") -> tuple[str, ...]:
    notices = tuple(v.reason for v in checked.verdicts if not v.supported)
    if letters := exports.missing_letters(exports.resume_text(checked.resume)):
        shown = " ".join(letters[:_LETTERS_SHOWN])
        notices += (f"No font here draws {shown}, so a PDF would lack them. The Word file has them.",)
    return notices


_LETTERS_SHOWN = 8


# --- who is writing ----------------------------------------------------------------------------------


def sample_profile(persona: Persona) -> Profile:
    """An invented sender to try Inroad with."""
    return _with_skills(profiles.sample(persona))


def profile_from_form(fields: Mapping[str, str]) -> Profile:
    """A profile from the short form; the keys are those of `profiles.Form`."""
    return _with_skills(profiles.from_form(profiles.Form.model_validate(fields)))


def read_evidence(
    name: str, data: bytes, parser: str = profiles.AUTOMATIC, progress: profiles.Progress | None = None
) -> tuple[Document, Profile]:
    """A document that a person brings, and the profile it holds, its items' skills named.

    Args:
        name: The file's name.
        data: Its bytes.
        parser: Which parser reads its layout, by a name of `parsers`.
        progress: Called with (done, total) rows of a long table.

    Raises:
        DocumentError: when it cannot be read; says why, and what works instead.
    """
    document, profile = profiles.read_document(data, name, parser, progress)
    return document, _with_skills(profile)


def parsers() -> tuple[profiles.Parser, ...]:
    """The ways to read the layout of a document, each with what it is for."""
    return tuple(profiles.PARSERS.values())


def profile_from_upload(name: str, data: bytes, base: Profile | None = None) -> Profile:
    """The profile of an uploaded file, after the evidence of `base` where there is one.

    Raises:
        DocumentError: when the file is not what it should be.
    """
    _, uploaded = read_evidence(name, data)
    return _with_skills(uploaded if base is None else profiles.merge(base, uploaded))


def add_portfolio(name: str, data: bytes, base: Profile | None = None) -> Profile:
    """The profile with the projects of a portfolio CSV; without a `base`, a sender who has nothing else.

    Raises:
        DocumentError: when the file is no portfolio.
    """
    portfolio = profiles.read_portfolio(data, name)
    return _with_skills(profiles.combine(base or profiles.from_form(profiles.Form()), portfolio))


def remove_evidence(profile: Profile, evidence_id: str) -> Profile:
    """The profile without one item."""
    kept = tuple(item for item in profile.evidence if item.id != evidence_id)
    return profile.model_copy(update={"evidence": kept})


# --- counting and keeping ------------------------------------------------------------------------------


def coverage(opening: Opening, profile: Profile, text: str = "") -> Coverage:
    """How many of the posting's keywords, by weight, the evidence names, a text does, and any text could.

    Args:
        opening: The posting and the skills it asks for.
        profile: Who is writing.
        text: A draft, where there is one.
    """
    sender = _with_implied_skills(_open(_with_skills(profile)))
    return matching.coverage(opening.posting, opening.mentions, sender, tagging.find_skills, after=text)


def forget(profile: str) -> None:
    """Delete what is derived from a kept profile, by its id: its vectors.

    Raises:
        StoreError: when the place that keeps them cannot be reached.
    """
    matching.forget(profile)


def export_evidence(
    form: Literal["json", "csv"],
    profile: Profile,
    items: Sequence[exports.KeptItem],
    documents: Sequence[exports.KeptPaper] = (),
) -> tuple[str, bytes]:
    """A file name and the bytes of a person's evidence: JSON Resume with provenance, or a table.

    Args:
        form: Which of the two.
        profile: The profile as it is used.
        items: Every item of it, those never to be used included.
        documents: What it was read from.
    """
    write = exports.to_json_resume if form == "json" else exports.to_csv
    return f"evidence.{form}", write(profile, items, documents)


# --- taking a draft away -----------------------------------------------------------------------------


def export(
    form: Literal["eml", "docx", "pdf", "md"], subject: str, body: str, opening: Opening, profile: Profile
) -> tuple[str, bytes]:
    """A file name and the bytes of a draft, as written or as edited."""
    return exports.export(form, subject, body, opening.posting, profile)


def receipt(
    form: Literal["json", "html"],
    draft: Draft,
    opening: Opening,
    profile: Profile,
    subject: str,
    lines: Sequence[FinalLine],
) -> tuple[str, bytes]:
    """A file name and the bytes of the receipt of a text as it stands.

    Args:
        form: For programs, or as a page.
        draft: What was written.
        opening: For which opening.
        profile: Whose evidence it cites.
        subject: The subject as it stands.
        lines: The body as it stands.
    """
    write = exports.receipt_json if form == "json" else exports.receipt_html
    data = write(draft, opening.posting, profile, subject, lines)
    return exports.file_name(opening.posting, f"receipt.{form}"), data


def facts(draft: Draft) -> tuple[tuple[str, str], ...]:
    """How a draft was made, as (name, words): writer, tokens, cost, prompt, time, checks."""
    return exports.facts(draft)


def bundle(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Several named files as one ZIP."""
    return exports.bundle(files)


def export_resume(
    form: Literal["pdf", "docx", "md", "txt", "json"], draft: Draft, opening: Opening
) -> tuple[str, bytes]:
    """A file name and the bytes of a tailored résumé, as the person has accepted its changes.

    Raises:
        KeyError: when the draft is no résumé.
    """
    if draft.resume is None:
        raise KeyError("This draft is no résumé.")
    return exports.export_resume(form, draft.resume, opening.posting)


def body_text(draft: Draft) -> str:
    """The body of a draft as plain text, a blank line between paragraphs; a résumé in full."""
    if draft.resume is not None:
        return exports.resume_text(draft.resume)
    return exports.to_text(draft)
