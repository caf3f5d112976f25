"""The fixed sentences of a language: every form of a draft that is neither evidence nor the page's own
words.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module

from domain import Language, Tone

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Slots: {role} is the opening as an object, {at} and {company} where, {np} and {acc} a noun phrase as
    subject and as object, {do} an infinitive, {line} a quotation, {list} skills, {T} the bare title,
    {org} an employer, {place} the same with "bei", {Place} at the start of a sentence.
    """

    greetings: dict[Tone, Forms]
    sign_offs: dict[Tone, Forms]
    role: str
    role_named: str
    opens: dict[str, Forms]
    """By kind of need: thing, task, tasks, do, quote, skills."""
    again: dict[str, Forms]
    on_list: Forms
    on_list_all: dict[int, str]
    our_list: Forms
    apply: Forms
    ready: Forms
    closes: Forms
    asks: Forms
    choice: str
    offers: Forms
    our_ready: Forms
    opt_out: str
    gap: str
    wrote: Forms
    way_out: Forms
    still: Forms
    skills: str
    subjects: Forms
    subjects_plain: Forms
    heads: dict[str, Forms]
    """Where it happened: at, same, earlier, project."""
    uses: Forms
    degree: str
    certificate: str
    speaks: str
    holds: Forms
    held: Forms
    introduces: str
    quote: tuple[str, str]
    self_words: frozenset[str] = field(default_factory=frozenset)
    you_words: frozenset[str] = field(default_factory=frozenset)


@lru_cache(maxsize=8)
def wording_of(language: Language, *, informal: bool = False) -> Wording:
    """The wording of a language; `informal` is for a page that says "du"."""
    module = import_module(f"chains.embedded.tongues.{language}")
    made: Wording = module.wording(informal)
    return made
