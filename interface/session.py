"""What one browser session holds: nothing here outlives it. Evidence that is kept is only seen from here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from domain import Draft, DraftKind, Length, Persona, Profile, Reading, Tone
from interface.views.editing import Edit
from interface.views.items import Review
from interface.views.openings import PAGE
from outreach import Opening
from store import Account, DraftState, Kept, Summary


@dataclass(frozen=True)
class Filter:
    """What is asked of the list of openings."""

    words: str = ""
    place: str = ""
    team: str = ""
    shown: int = PAGE


@dataclass(frozen=True)
class Browse:
    """What is asked of the list of saved drafts, and what is open in it.

    With `due`, only those that are to be followed up by today. `open` is "details", "delete" or "compare" of
    the draft `id`; the versions `left` and `right` are compared.
    """

    words: str = ""
    company: str = ""
    state: DraftState | None = None
    due: bool = False
    shown: int = 50
    id: str = ""
    open: str = ""
    left: int = 0
    right: int = 0


@dataclass(frozen=True)
class Offered:
    """The models that could write, as (id, label), or why there are none."""

    models: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    key_page: str = ""


@dataclass(frozen=True)
class Session:
    """The choices and the work of one person.

    `person` is whose evidence it is, `key` the page's own name; `account` and `sign_in` are there while
    somebody is signed in. `profile` is the evidence in use: that of `kept`, the person's own as it was when
    last looked at, or the sample's. `openings` are best match first; `chosen` is one of them. `drafted_for`
    is the profile that the draft cites, which `profile` may have moved on from. `recipient` (None is whom the
    page names) and `stress` are about the chosen opening; `after` is the message that a follow-up follows,
    and `before` what the person had made of it. `saved` is what the draft on the screen is kept as, `follows`
    what `after` is. A person's own key is never part of it.
    """

    profile: Profile
    is_sample: bool = True
    person: str = ""
    key: str = ""
    account: Account | None = None
    sign_in: str = ""
    is_admin: bool = False
    kept: Kept | None = None
    shelves: tuple[Summary, ...] = ()
    review: Review = field(default_factory=Review)
    form: Mapping[str, str] = field(default_factory=dict)
    kind: DraftKind = DraftKind.COLD_EMAIL
    writer: Literal["embedded", "model"] = "embedded"
    model: str = ""
    offered: Offered | None = None
    tone: Tone = "plain"
    length: Length = "usual"
    language: str = "auto"
    recipient: str | None = None
    stress: tuple[str, ...] = ()
    closing: str = ""
    why: str = ""
    after: Draft | None = None
    before: Edit | None = None
    saved: str = ""
    follows: str = ""
    browse: Browse = Browse()
    source: str = ""
    reading: Reading | None = None
    openings: tuple[Opening, ...] = ()
    filter: Filter = Filter()
    chosen: Opening | None = None
    draft: Draft | None = None
    drafted_for: Profile | None = None
    say_gap: bool = False
    seed: int = 0
    set_aside: tuple[str, ...] = ()
    edit: Edit | None = None
    editing: bool = False

    def __deepcopy__(self, _: object) -> "Session":
        """Itself: nothing in it changes, and Gradio copies the first one for every page."""
        return self

    def signed(self, profile: Profile) -> Profile:
        """A profile with a name to sign with: the account's, where it has none of its own."""
        name = self.account.name if self.account else ""
        if profile.name or profile.organization or not name:
            return profile
        return profile.model_copy(update={"name": name})

    @property
    def is_stale(self) -> bool:
        """Whether the evidence has changed since the draft was written, or refused."""
        if self.chosen is None or self.drafted_for is None or self.drafted_for is self.profile:
            return False
        return not say_the_same(self.drafted_for, self.profile)

    def beside(self, other: "Session") -> "Session":
        """This session with the person and evidence of another, which came about while this was at work."""
        return replace(
            self,
            person=other.person,
            account=other.account,
            sign_in=other.sign_in,
            is_admin=other.is_admin,
            profile=other.profile,
            is_sample=other.is_sample,
            kept=other.kept,
            shelves=other.shelves,
            review=other.review,
            form=other.form,
        )


def say_the_same(one: Profile, other: Profile) -> bool:
    """Whether a draft may say the same from either."""
    return _for_drafts(one) == _for_drafts(other)


def _for_drafts(profile: Profile) -> Profile:
    """A profile without what no draft depends on: that an item was confirmed changes no letter.

    Skills and numbers are found anew in the words.
    """
    same = {"confidence": 1.0, "doubts": (), "skills": (), "numbers": ()}
    evidence = tuple(item.model_copy(update=same) for item in profile.evidence)
    return profile.model_copy(
        update={"id": "", "kept_as": "", "warnings": (), "fields": (), "evidence": evidence}
    )


class Said:
    """What the browser sent with an event. Anything can arrive here, so each value is asked for by type."""

    def __init__(self, data: Any) -> None:
        self._data: dict[str, Any] = data if isinstance(data, dict) else {}

    def has(self, name: str) -> bool:
        return isinstance(self._data.get(name), str)

    def text(self, name: str, limit: int = 500) -> str:
        """A text of at most `limit` characters, "" where there is none."""
        value = self._data.get(name, "")
        return value.replace("\x00", "")[:limit] if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """A whole number of zero or more."""
        value = self.text(name, 9)
        return int(value) if value.isascii() and value.isdigit() else None

    def kind(self, otherwise: DraftKind) -> DraftKind:
        value = self.text("kind")
        return DraftKind(value) if value in set(DraftKind) else otherwise

    def persona(self, otherwise: Persona) -> Persona:
        value = self.text("persona")
        return Persona(value) if value in set(Persona) else otherwise

    def tone(self, otherwise: Tone) -> Tone:
        return next((known for known in get_args(Tone) if known == self.text("tone")), otherwise)

    def length(self, otherwise: Length) -> Length:
        return next((known for known in get_args(Length) if known == self.text("length")), otherwise)

    def one_of(self, name: str, values: Collection[str], otherwise: str) -> str:
        value = self.text(name)
        return value if value in values else otherwise

    def line(self, name: str, otherwise: str, limit: int = 300) -> str:
        """A text on one line; what is not sent stays as it was."""
        return " ".join(self.text(name, limit).split()) if self.has(name) else otherwise

    def several(self, name: str, otherwise: tuple[str, ...], most: int = 20) -> tuple[str, ...]:
        """Texts that were sent with line breaks between."""
        if not self.has(name):
            return otherwise
        return tuple(x.strip() for x in self.text(name, 4_000).split("\n") if x.strip())[:most]
