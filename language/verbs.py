"""The verbs of résumés: their forms, and how much responsibility each one claims.

The table `verbs.tsv` holds one verb a row. Any inflected form finds its row, in American or British spelling
("optimised", "modelled"); phrasal verbs are one entry ("set up"). The notes are codes:

    noun       the base form is also a noun or an adjective: a verb only before an object
    thing      the participle before a noun is a thing, not an act ("Automated pruning toolkit")
    passive    a line that opens with the participle is usually passive ("Featured in")
    appointed  participle + to/as/by is passive ("Promoted to")
    designed   participle + by/to/with is passive where the owner is a project ("Designed to help")
    prep       never with a bare object ("collaborated with")
    same       present = past: the role's dates decide
    puff       as a trailing -ing clause it says nothing ("ensuring quality")
    award      only with the award's own name
    people     ranks as LED only with people, budget, product or programme as its object
    hedge      never to be raised to a stronger verb
    planned    the participle is a status ("Planned release")
    title      lead + role noun is a title, not a verb
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Literal

Form = Literal["base", "past", "participle", "ing", "third"]
FORMS: tuple[Form, ...] = ("base", "past", "participle", "ing", "third")


class Rank(IntEnum):
    """How much a verb claims, weakest first. A sentence may never claim more than its source."""

    CONTRIBUTED = 1
    WORKED = 2
    OUTCOME = 3
    BUILT = 4
    LED = 5


@dataclass(frozen=True, slots=True)
class Verb:
    """One row of the table, in American spelling."""

    base: str
    past: str
    participle: str
    ing: str
    third: str
    rank: Rank
    note: str = ""

    @property
    def notes(self) -> frozenset[str]:
        """The codes of `note`; their meaning stands at the head of the module."""
        return frozenset(self.note.split())

    def forms_of(self, word: str) -> frozenset[Form]:
        """Which forms `word` may be: "cut" is base, past and participle."""
        folded = word.lower()
        found = {
            form for form in FORMS if folded in (getattr(self, form), _british(getattr(self, form), self))
        }
        return frozenset(found or _form_of_variant(folded))

    def form(self, form: Form, like: str = "") -> str:
        """The verb in another form, in British spelling where `like` (a form of it) is spelled so."""
        wanted: str = getattr(self, form)
        word = like.lower()
        if not word or any(getattr(self, each) == word for each in FORMS):
            return wanted
        return _british(wanted, self) if word in _british_forms(self) else wanted


def lookup(word: str) -> Verb | None:
    """The verb that `word` is a form of, or None. Takes "led", "Optimised", "set up"."""
    return _index().get(" ".join(word.lower().split()))


def rank(word: str) -> Rank | None:
    """How much the verb claims, or None where `word` is no verb of the table."""
    verb = lookup(word)
    return verb.rank if verb else None


def all_verbs() -> tuple[Verb, ...]:
    """Every verb of the table, by base."""
    return tuple(verb for verb, _ in _table())


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[Verb, tuple[str, ...]], ...]:
    text = Path(__file__).with_name("verbs.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    return tuple(
        (Verb(row[0], row[1], row[2], row[3], row[4], Rank[row[5].upper()], row[6]), tuple(row[7].split()))
        for row in rows
    )


@lru_cache(maxsize=1)
def _index() -> dict[str, Verb]:
    """Every form to its verb. A base form wins over another verb's inflected form ("found", "ground")."""
    index: dict[str, Verb] = {}
    for verb, also in _table():
        for word in (*(getattr(verb, form) for form in FORMS[1:]), *also, *_british_forms(verb)):
            index.setdefault(word, verb)
    index.update({verb.base: verb for verb, _ in _table() if verb.base != "found"})
    for form, base in {"found": "find", "wound down": "wind down"}.items():
        index[form] = index[base]
    return index


_DOUBLING = ("el", "al", "il", "ol")
_SINGLE_L = frozenset({"control", "patrol", "distill", "enroll", "fulfill", "instill", "mill", "drill"})


def _british_forms(verb: Verb) -> frozenset[str]:
    """The forms whose British spelling differs."""
    return frozenset(
        _british(getattr(verb, form), verb)
        for form in FORMS
        if _british(getattr(verb, form), verb) != getattr(verb, form)
    )


def _british(form: str, verb: Verb) -> str:
    """organized → organised, analyzing → analysing, modeled → modelled."""
    if verb.base.endswith(("ize", "yze")) and verb.base not in {"size", "resize", "capsize", "right-size"}:
        stem = verb.base[:-2]
        return stem + "s" + form[len(stem) + 1 :]
    doubles = verb.base.endswith(_DOUBLING) and verb.base not in _SINGLE_L
    if doubles and verb.base[-3] not in "aeiou" and form in {verb.base + "ed", verb.base + "ing"}:
        return verb.base + "l" + form[len(verb.base) :]
    return form


def _form_of_variant(word: str) -> set[Form]:
    """The forms of a spelling from the column `also`, by its ending: "learnt" is past and participle."""
    if word.endswith("ing"):
        return {"ing"}
    if word.endswith(("ed", "t", "d", "n")):
        return {"past", "participle"}
    return {"third"} if word.endswith("s") else {"base"}
