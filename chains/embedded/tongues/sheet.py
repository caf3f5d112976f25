"""A draft in the making: says a sentence in the first wording that passes, and remembers what was said."""

import re
from collections.abc import Callable, Iterable, Sequence
from random import Random

from chains.embedded.role import year
from chains.embedded.tidy import count
from chains.embedded.tongues.deeds import Told, dated, filled, place, wordings
from chains.embedded.tongues.needs import Need
from chains.embedded.tongues.source import Source
from domain import Record, Sentence, SentenceKind

_APART = (SentenceKind.FORMULA, SentenceKind.SUBJECT)


class Sheet:
    """One attempt at a draft. `say` and its kin return whether the sentence was said."""

    def __init__(self, source: Source, check: Callable[[Sentence], bool], chance: Random) -> None:
        self.source = source
        self.check = check
        self.chance = chance
        self.most_claims: int | None = None
        self.sentences: list[Sentence] = []
        self.used: set[str] = set()
        self.lines: set[str] = set()
        self.named: set[str] = set()
        self.heads: list[str] = []
        self.forms: list[str] = []
        self.places: list[Record] = []
        self.here: Record | None = None
        self.paragraph = 0

    # --- saying ----------------------------------------------------------------------------------

    def say(self, kind: SentenceKind, texts: str | Iterable[str], rests_on: Sequence[str] = ()) -> bool:
        """Add the first of these wordings that passes the check and is not too long."""
        if kind is SentenceKind.CLAIM and self.most_claims is not None and self.claims >= self.most_claims:
            return False
        for text in [texts] if isinstance(texts, str) else texts:
            if kind is not SentenceKind.FORMULA and count(text) > self.source.longest:
                continue
            said = f"{text[:-2]}." if text.endswith("..") else text
            if any(s.text == said for s in self.sentences):
                continue
            sentence = Sentence(kind=kind, text=said, rests_on=tuple(rests_on), paragraph=self.paragraph)
            if self.check(sentence):
                self.sentences.append(sentence)
                return True
        return False

    def fill(
        self, kind: SentenceKind, forms: Sequence[str], rests_on: Sequence[str] = (), **more: str
    ) -> bool:
        """Say one of these forms, those not used yet first, in an order of chance."""
        fresh = self.shuffled(form for form in forms if form not in self.forms)
        for form in [*fresh, *(form for form in forms if form in self.forms)]:
            slots = {**self.source.slots, **more}
            if _is_empty(form, slots):
                continue
            if self.say(kind, form.format(**slots), rests_on):
                self.forms.append(form)
                return True
        return False

    def shuffled(self, options: Iterable[str]) -> list[str]:
        found = list(options)
        self.chance.shuffle(found)
        return found

    def turn(self) -> None:
        """Begin the next paragraph, unless this one is still empty."""
        if any(s.paragraph == self.paragraph for s in self.sentences):
            self.paragraph += 1
        self.here = None

    def undo(self, to: int) -> None:
        del self.sentences[to:]

    # --- counting --------------------------------------------------------------------------------

    @property
    def words(self) -> int:
        return sum(count(s.text) for s in self.sentences if s.kind not in _APART)

    @property
    def claims(self) -> int:
        return sum(1 for s in self.sentences if s.kind is SentenceKind.CLAIM)

    @property
    def in_paragraph(self) -> int:
        return sum(1 for s in self.sentences if s.paragraph == self.paragraph)

    # --- moves -----------------------------------------------------------------------------------

    def name(self, wanted: Need, *, first: bool) -> bool:
        """Say what they need."""
        forms = (self.source.words.opens if first else self.source.words.again)[wanted.kind]
        if self.source.language != "es" and _YOURS.search(wanted.text) and wanted.kind != "quote":
            # "{company} sucht …" and "Ihre Server" would speak of them and to them in one breath.
            forms = tuple(form for form in forms if "{company}" not in form) or forms
        lines = tuple(dict.fromkeys(["p0", *wanted.lines] if first else wanted.lines))
        acc = f"den {wanted.text[4:]}" if wanted.text.startswith("der ") else wanted.text
        more = {"np": wanted.text, "acc": acc, "do": wanted.text, "line": wanted.text, "list": wanted.text}
        return self.fill(SentenceKind.RECIPIENT, forms, lines, **more)

    def claim(self, said: Told) -> bool:
        """Say an item behind a head that was not used yet."""
        if said.id in self.used:
            return False
        acts, colons = self._heads(said), self._before_colon(said)
        options = [
            *self._told(said, acts),
            *(text for head in colons for text in self._wordings(said, head, plain=True)),
        ]
        before = len(self.sentences)
        if not self.say(SentenceKind.CLAIM, options, (said.id,)):
            return False
        self._remember(said, self.sentences[before].text, [*acts, *colons])
        return True

    def _told(self, said: Told, heads: list[str]) -> list[str]:
        """The tellings of an item; sometimes without a head where its place has just been named."""
        framed = [text for head in heads for text in self._wordings(said, head, plain=False)]
        goes_on = said.record is not None and self.here == said.record and self.chance.random() < 0.35
        return [*self._wordings(said, "", plain=False), *framed] if goes_on or not heads else framed

    def _wordings(self, said: Told, head: str, *, plain: bool) -> list[str]:
        source = self.source
        heads = [head] if head else []
        found = list(
            wordings(said, source.language, source.words, heads, we=source.we, longest=source.longest)
        )
        return [
            text for text in found if (bool(head) and text.startswith((f"{head}:", f"{head} :"))) == plain
        ]

    def _before_colon(self, said: Told) -> list[str]:
        """Where it happened, before words that stand as they are; those not used yet first."""
        words = self.source.words
        kind = ("project",) if self._is_project(said) else ("at", "quote")
        slots = place(
            said.record, self.source.brief.profile.organization, self.source.language, we=self.source.we
        )
        found = self.shuffled(head for name in kind for head in filled(words.heads[name], slots))
        return sorted(found, key=self.heads.count)

    def _place(self, record: Record | None) -> dict[str, str]:
        source = self.source
        return place(record, source.brief.profile.organization, source.language, we=source.we)

    @staticmethod
    def _is_project(said: Told) -> bool:
        return said.record is not None and said.record.kind == "project"

    def _heads(self, said: Told) -> list[str]:
        words, record = self.source.words, said.record
        slots = self._place(record)
        if record is None:
            return []
        if record.kind == "project":
            if self.here is not None and self.here.id == record.id:
                return list(words.heads["further"])
            return self.shuffled(filled(words.heads["project"], slots))
        if self.here is not None and self.here.id == record.id:
            more = [*words.heads["same"], *words.heads["further"]]
            return [head for head in self.shuffled(more) if self.heads.count(head) < 2]
        found = self.shuffled(filled(words.heads["at"], slots))
        if self._is_earlier(record):
            found = [*filled(words.heads["earlier"], slots), *found]
        return sorted(found, key=self.heads.count)

    def _is_earlier(self, record: Record) -> bool:
        ended = year(record.end)
        begun = [year(other.start) for other in self.places if other.kind == "role"]
        return bool(begun) and ended is not None and all(b is not None and ended <= b for b in begun)

    def _remember(self, said: Told, text: str, heads: list[str]) -> None:
        self.used.add(said.id)
        self.here = said.record
        self.heads += [head for head in heads if text.startswith(head)][:1]
        if said.record is not None and said.record not in self.places:
            self.places.append(said.record)
        item = self.source.materials.evidence[said.id]
        self.named.update(item.skills)

    def position(self, record: Record, proof: str) -> bool:
        """ "Derzeit bin ich Data Analyst bei Osier.", or what was held and when."""
        words, source = self.source.words, self.source
        slots = self._place(record)
        begun, ended = dated(record.start), dated(record.end)
        slots |= {"start": begun, "end": ended} if begun and ended and begun < ended else {}
        forms = words.holds if record.current else words.held
        if record.kind != "role" or proof in self.used or not proof or source.we:
            return False
        texts = filled(forms, slots)
        if not self._is_earlier(record):
            texts = [text for text in texts if not text.startswith(_BEFORE)]
        if not self.say(SentenceKind.CLAIM, texts, (proof,)):
            return False
        self.used.add(proof)
        if record not in self.places:
            self.places.append(record)
        self.here = record
        return True


_YOURS = re.compile(r"\b(?:Ihre?\w?|eure\w?|euer|votre|vos)\b")
_BEFORE = ("Davor", "Zuvor", "Auparavant", "Avant", "Antes", "Anteriormente")


def _is_empty(form: str, slots: dict[str, str]) -> bool:
    return any(
        "{" + name + "}" in form and not slots.get(name)
        for name in ("company", "T", "title", "np", "recipient", "earlier")
    )
