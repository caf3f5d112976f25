"""What a person wishes, and what a writer gets to see of it."""

from typing import Literal, cast, get_args

from pydantic import Field, SecretStr

from domain import (
    Brief,
    Draft,
    DraftKind,
    Language,
    Length,
    Match,
    ModelChoice,
    Noun,
    Posting,
    Profile,
    SentenceKind,
    Tone,
)
from language import tongues, words
from language.contacts import contact_in
from outreach.confidential import shown
from outreach.ranking import Opening, examine
from outreach.skills import with_skills


class Options(Noun):
    """What a person chooses before a draft; the fields are those of a `Brief`.

    `language` "auto" is what `language_for` says. `model` and `key` are those of a `ModelChoice`: one of
    `models()` by its id, and the person's own key, if any. `after` is the message that a follow-up follows.
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


def brief_for(opening: Opening, profile: Profile, options: Options) -> Brief:
    if not opening.thorough:
        opening = examine(opening.posting, profile)
    sender = shown(with_skills(profile))
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


def _open_matches(matches: tuple[Match, ...], known: frozenset[str]) -> tuple[Match, ...]:
    """The matches a draft may use; one answered in confidence only is neither used nor called a gap."""
    found = []
    for match in matches:
        kept = tuple(id_ for id_ in match.evidence if id_ in known)
        if kept or match.is_gap:
            found.append(match if kept == match.evidence else match.model_copy(update={"evidence": kept}))
    return tuple(found)


def model_choice(options: Options) -> ModelChoice:
    return ModelChoice(model=options.model, key=options.key)
