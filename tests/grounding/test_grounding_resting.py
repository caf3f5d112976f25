"""Claims whose writer did not say what they rest on: the evidence is found, and a lie finds none."""

import random

import pytest

import tagging
from chains.prompting import make_prompt
from domain import DraftKind, Sentence, SentenceKind
from grounding import Gate, resting
from tests.briefs import MAYA_EVIDENCE, make_brief
from tests.groq_stand_in import read_data
from tests.obeying_liar import LIES, Liar

BRIEF = make_brief(kind=DraftKind.RESUME_SUMMARY)


def read(text: str) -> Sentence:
    claim = Sentence(kind=SentenceKind.CLAIM, text=text)
    return resting(claim, BRIEF, Gate(BRIEF, tagging.find_skills).check)


def is_supported(sentence: Sentence) -> bool:
    return Gate(BRIEF, tagging.find_skills).check(sentence).supported


@pytest.mark.parametrize("number", range(1, 5))
def test_evidence_as_it_stands_rests_on_itself(number: int) -> None:
    found = read(f"{MAYA_EVIDENCE[number - 1][2]}.")
    assert found.rests_on == (f"e{number}",)
    assert is_supported(found)


def test_a_sentence_that_nothing_carries_names_the_nearest_so_that_it_can_stand_instead() -> None:
    found = read("Moved 90 services to Kubernetes.")
    assert found.rests_on == ("e1",)
    assert not is_supported(found)


def test_a_sentence_that_shares_no_word_with_the_evidence_rests_on_nothing() -> None:
    assert read("Zzz qqq.").rests_on == ()
    assert not is_supported(read("Zzz qqq."))


def lies() -> list[str]:
    """What the liar claims of Maya, each kind of lie with several draws, without what happens to be true."""
    data = read_data(make_prompt(make_brief(kind=DraftKind.COVER_LETTER)).data)
    true = {Liar(data, random.Random(0)).true(deed) for deed in data.deeds}
    told = [tell(Liar(data, random.Random(seed))) for tell in LIES.values() for seed in range(6)]
    claims = [text for head, text, _ in filter(None, told) if head.startswith("C")]
    return sorted({text for text in claims if text.rstrip(".") not in true})


@pytest.mark.parametrize("text", lies())
def test_no_lie_finds_evidence(text: str) -> None:
    assert not is_supported(read(text))
