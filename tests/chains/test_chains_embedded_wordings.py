"""The fixed wordings: every one of them passes the gate that the drafts pass."""

from collections.abc import Iterator

import pytest

from chains.embedded.wordings import WRITTEN, Wording, filled, most_named, wording
from domain import DraftKind, Language, Persona, Sentence, SentenceKind, Tone
from grounding import Gate
from tagging import find_skills
from tests.briefs import make_brief, make_profile

INTENT, F, R = SentenceKind.INTENT, SentenceKind.FORMULA, SentenceKind.RECIPIENT
SLOTS = {
    "title": "Platform Engineer",
    "company": "Arkway",
    "person": "Platform Engineer",
    "a_title": "a Platform Engineer",
    "recipient": "Ana Souza",
    "need": "move your batch jobs to Kubernetes",
    "I": "I",
    "my": "my",
    "me": "me",
}
TONES: tuple[Tone, ...] = ("plain", "warm", "formal")


def toned(words: Wording) -> Iterator[tuple[SentenceKind, str]]:
    for tone in TONES:
        for formulas in (words.greetings, words.sign_offs):
            yield from ((F, line) for line in formulas[tone])
        for linking in (
            words.asks,
            words.asks_of_services,
            words.ready,
            words.ready_of_services,
            words.closes,
            words.letter_asks,
            words.closes_of_services,
            words.letter_asks_of_services,
            words.way_out,
            words.follow_up_asks,
        ):
            yield from ((INTENT, line) for line in linking[tone])


def about_them(words: Wording) -> Iterator[tuple[SentenceKind, str]]:
    for lines in (words.hire_to, words.want_to, words.hire, words.also_need_to):
        yield from ((R, line) for line in lines)
    for lines in (words.ask_for, words.list_skills, words.also_ask_for, words.also_name, words.also_list):
        yield from ((R, line.replace("{what}", "PostgreSQL")) for line in lines)


def everything(language: Language) -> list[tuple[SentenceKind, str]]:
    words = wording(language)
    linking = [(INTENT, line) for line in (*words.offers, *words.apply, *words.follows)]
    return [*toned(words), *about_them(words), *linking, (F, words.opt_out)]


@pytest.mark.parametrize("language", WRITTEN)
def test_the_gate_knows_every_fixed_wording(language: Language) -> None:
    brief = make_brief(kind=DraftKind.FOLLOW_UP).model_copy(
        update={"recipient": "Ana Souza", "language": language}
    )
    gate = Gate(brief, find_skills)
    for kind, line in everything(language):
        cited = ("p0", "p2", "p5") if kind in (INTENT, R) else ()
        text = filled((line,), {**SLOTS, "what": "PostgreSQL"})
        verdict = gate.check(Sentence(kind=kind, text=text[0], rests_on=cited))
        assert verdict.supported, (line, verdict)


def test_services_speak_of_themselves_as_we() -> None:
    agency = make_profile(persona=Persona.SERVICE_PROVIDER, organization="Fernhill Studio")
    gate = Gate(make_brief(profile=agency, kind=DraftKind.FOLLOW_UP), find_skills)
    for line in wording("en").follows:
        ours = filled((line,), {**SLOTS, "my": "our"})[0]
        assert gate.check(Sentence(kind=INTENT, text=ours, rests_on=("p0",))).supported, ours


def test_a_wording_is_used_only_where_all_its_slots_are_filled() -> None:
    lines = ("At {company}, {title}", "For {title}", "Hello")
    assert filled(lines, {"company": "", "title": "Chef"}) == ["For Chef", "Hello"]
    assert most_named(lines, {"company": "Arkway", "title": "Chef"}) == ["At Arkway, Chef"]
    assert most_named(lines, {"company": "", "title": ""}) == ["Hello"]
