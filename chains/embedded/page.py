"""A draft in the making: says a sentence in the first wording that passes the check, and remembers what was
said.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple, TypeVar

from chains.embedded.deed import Deed
from chains.embedded.frames import Frame, Said, frames
from chains.embedded.materials import Materials
from chains.embedded.role import year
from chains.embedded.tidy import count
from domain import Record, Sentence, SentenceKind, Verdict

_T = TypeVar("_T")
Check = Callable[[Sentence], Verdict]
LONGEST_SENTENCE = 25
_OFTEN = {
    "at": 2,
    "as": 2,
    "also": 2,
    "there first": 2,
    "role": 2,
    "on": 4,
    "project": 2,
    "it": 3,
    "plain": 3,
    "colon": 3,
}
"""How often a frame may be used in one draft, where that is more than once."""


def is_own(rests_on: Sequence[str]) -> bool:
    """Whether a sentence is the person's own line, which no rule of ours leaves out."""
    return bool(set(rests_on) & {"why", "closing"})


class Mark(NamedTuple):
    """What `Page.mark` remembers."""

    sentences: int
    phrases: int
    sets: tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]
    said: tuple[tuple[str, ...], Record | None, tuple[Record, ...], bool]
    paragraph: int


@dataclass
class Page:
    """One attempt at a draft. `say` and its kin return whether the sentence was said."""

    materials: Materials
    check: Callable[[Sentence], bool]
    chance: Random
    longest: int = LONGEST_SENTENCE
    most_claims: int | None = None
    """How many sentences about the sender the draft may hold; None where only its length counts."""
    sentences: list[Sentence] = field(default_factory=list)
    said: Said = field(default_factory=Said)
    used: set[str] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    """Skills that a sentence about them has named."""
    phrases: list[set[str]] = field(default_factory=list)
    paragraph: int = 0
    refused: int = 0
    before_claims: str = ""
    """What every claim is put behind: "One thing I did not mention: "."""

    def mark(self) -> "Mark":
        """Where the draft stands, to go back to."""
        said = self.said
        return Mark(
            len(self.sentences),
            len(self.phrases),
            (frozenset(self.used), frozenset(self.lines), frozenset(self.named), frozenset(self.asked)),
            (tuple(said.frames), said.here, tuple(said.told), said.held),
            self.paragraph,
        )

    def back_to(self, mark: "Mark") -> None:
        """Forget all that was said since."""
        del self.sentences[mark.sentences :], self.phrases[mark.phrases :]
        self.used, self.lines, self.named, self.asked = map(set, mark.sets)
        frames, here, told, held = mark.said
        self.said = Said(list(frames), here, list(told), held)
        self.paragraph = mark.paragraph

    def turn(self) -> None:
        """Begin the next paragraph, unless this one is still empty."""
        if any(s.paragraph == self.paragraph for s in self.sentences):
            self.paragraph += 1
        self.said.here = None

    def in_paragraph(self) -> int:
        """Sentences in this paragraph so far."""
        return sum(1 for s in self.sentences if s.paragraph == self.paragraph)

    @property
    def words(self) -> int:
        return sum(
            count(s.text)
            for s in self.sentences
            if s.kind not in (SentenceKind.FORMULA, SentenceKind.SUBJECT)
        )

    @property
    def claims(self) -> int:
        """Sentences about the sender, without the person's own lines."""
        return sum(1 for s in self.sentences if s.kind is SentenceKind.CLAIM and not is_own(s.rests_on))

    def has_room(self, claims: int = 1) -> bool:
        """Whether so many more sentences about the sender may be said."""
        return self.most_claims is None or self.claims + claims <= self.most_claims

    def say(self, kind: SentenceKind, texts: str | Iterable[str], rests_on: Sequence[str] = ()) -> bool:
        """Add the first of these wordings that passes the check and is not too long."""
        if kind is SentenceKind.CLAIM and not is_own(rests_on) and not self.has_room():
            return False
        for wording in [texts] if isinstance(texts, str) else texts:
            text = f"{wording[:-2]}." if wording.endswith("..") else wording  # "… at Edhouse s.r.o.."
            is_ours = kind is not SentenceKind.FORMULA and not is_own(rests_on)
            if is_ours and count(text) > self.longest:
                continue
            sentence = Sentence(kind=kind, text=text, rests_on=tuple(rests_on), paragraph=self.paragraph)
            if self.check(sentence):
                self.sentences.append(sentence)
                return True
            self.refused += 1
        return False

    def shuffled(self, options: Iterable[_T]) -> list[_T]:
        """The options in an order of chance."""
        found = list(options)
        self.chance.shuffle(found)
        return found

    def claim(self, deed: Deed, follow: bool = True) -> bool:
        """Say a deed in a frame not used yet, with its result attached or as the next sentence."""
        if deed.id in self.used or self.repeats(deed) or self._is_known(deed):
            return False
        record = self.materials.record_of(deed.id)
        own = self.materials.brief.profile.organization
        options = frames(deed, record, self.said, self.materials.services, own)
        self.chance.shuffle(options)
        options = [f for f in options if self.fits(f, record)]
        options = [f for f in options if self.said.frames.count(f.name) < _OFTEN.get(f.name, 1)]
        options.sort(key=lambda frame: (self.is_worn(frame.name), self.said.frames.count(frame.name)))
        apart = bool(deed.follow) and follow and self.chance.random() < 0.6
        for frame in options:
            if self._say_framed(deed, frame, apart):
                self._remember(deed, frame)
                if apart or not deed.tail or deed.tail.strip(" ,") not in self.sentences[-1].text:
                    self._say_result(deed, follow)
                return True
        return False

    def fits(self, frame: Frame, record: Record | None) -> bool:
        """Whether a frame may stand here: "In the same role" and "There" right after a claim of that role;
        "At X" once a paragraph.
        """
        here = [s for s in self.sentences if s.paragraph == self.paragraph]
        if frame.name in {"role", "there", "there first"}:
            return bool(here) and here[-1].kind is SentenceKind.CLAIM and self._is_of(here[-1], record)
        if frame.name in {"before", "earlier"} and (record is None or not self.came_before(record)):
            return False
        place = frame.text.split(",")[0]
        return not place.startswith("At ") or not any(s.text.startswith(f"{place},") for s in here)

    def came_before(self, record: Record) -> bool:
        """Whether a record ended before the dated one told last began: "Before that, …" may stand there."""
        claims = [s for s in self.sentences if s.kind is SentenceKind.CLAIM]
        told = (self._owner(claim) for claim in reversed(claims))
        last = next((owner for owner in told if owner is not None and owner.start), None)
        ended, begun = year(record.end) or year(record.start), year(last.start) if last else None
        return not record.current and ended is not None and begun is not None and ended <= begun

    def _owner(self, claim: Sentence) -> Record | None:
        owners = {r.id: r for id_ in claim.rests_on if (r := self.materials.record_of(id_)) is not None}
        return next(iter(owners.values())) if len(owners) == 1 else None

    def _is_of(self, claim: Sentence, record: Record | None) -> bool:
        owners = [self.materials.record_of(evidence) for evidence in claim.rests_on]
        return record is not None and all(o is not None and o.id == record.id for o in owners)

    def is_worn(self, frame: str) -> int:
        """How much a frame would be heard twice: one "also", one "There" and one "In the same role" a
        paragraph; "I" after "I" is heard less.
        """
        here = [s.text for s in self.sentences if s.paragraph == self.paragraph]
        also = any(f" {word} also " in text for text in here for word in ("I", "we", "We"))
        starts = {"role": "In the same role", "there": "There,", "there first": "There,"}
        if frame in starts and any(text.startswith(starts[frame]) for text in here):
            return 2
        if frame in {"also", "there", "again"}:
            return 2 * also
        return int(frame == "on" and bool(here) and here[-1].startswith(("I ", "We ")))

    def _is_known(self, deed: Deed) -> bool:
        """Whether it only says that a role was held of which something has been told."""
        record = self.materials.record_of(deed.id)
        is_role = self.materials.evidence[deed.id].type == "role"
        return is_role and record is not None and any(record.id == told.id for told in self.said.told)

    def repeats(self, deed: Deed) -> bool:
        """Whether most of its words have been said of another item already."""
        words = set(deed.phrase.lower().split())
        return any(len(words & said) > 0.6 * len(words) for said in self.phrases)

    def _say_framed(self, deed: Deed, frame: Frame, apart: bool) -> bool:
        begun = self._behind(frame.text)
        whole = f"{begun}{deed.tail}." if deed.tail and not apart else ""
        texts = [text for text in (whole, f"{begun}.") if text]
        return self.say(SentenceKind.CLAIM, texts, (deed.id,))

    def _behind(self, text: str) -> str:
        """The text, after what claims are put behind, where there is such a thing."""
        if not self.before_claims or text.startswith(("I ", "My ")):
            return f"{self.before_claims}{text.replace('My ', 'my ', 1)}"
        return f"{self.before_claims}{text[:1].lower()}{text[1:]}"

    def _say_result(self, deed: Deed, follow: bool) -> None:
        if deed.follow and follow:
            self.say(SentenceKind.CLAIM, f"{deed.follow}.", (deed.id,))

    def remember(self, deeds: Sequence[Deed], frame: Frame) -> None:
        """Note that these deeds of one owner were said in this frame."""
        for deed in deeds:
            self._remember(deed, frame)
        del self.said.frames[len(self.said.frames) - len(deeds) + 1 :]

    def _remember(self, deed: Deed, frame: Frame) -> None:
        self.said.frames.append(frame.name)
        self.note(deed)

    def note(self, deed: Deed) -> None:
        """Note that a deed was said, and of whom."""
        self.used.add(deed.id)
        self.phrases.append(set(deed.phrase.lower().split()))
        owner = self.materials.record_of(deed.id)
        self.said.here, self.said.held = owner, False
        if owner is not None and all(owner.id != told.id for told in self.said.told):
            self.said.told.append(owner)
        self.named.update(label for label in self.materials.evidence[deed.id].skills)
