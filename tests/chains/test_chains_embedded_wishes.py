"""A person's wishes are honoured: tone, length, stress, recipient, closing line, earlier drafts."""

import pytest

from chains import write_embedded
from chains.embedded.wordings import wording
from domain import DraftKind, Sentence, SentenceKind, Tone
from errors import NothingMatches
from grounding import Gate
from language import words
from tagging import find_skills
from tests.briefs import make_brief

MESSAGES = (DraftKind.COLD_EMAIL, DraftKind.FOLLOW_UP, DraftKind.COVER_LETTER)


def written(**wishes: object) -> list[Sentence]:
    brief = make_brief().model_copy(update=wishes)
    return list(write_embedded(brief, Gate(brief, find_skills).check))


def body(sentences: list[Sentence]) -> str:
    fixed = (SentenceKind.SUBJECT, SentenceKind.FORMULA)
    return " ".join(s.text for s in sentences if s.kind not in fixed)


@pytest.mark.parametrize("kind", MESSAGES)
@pytest.mark.parametrize("tone", ["plain", "warm", "formal"])
def test_the_tone_changes_greeting_ask_and_sign_off(kind: DraftKind, tone: Tone) -> None:
    said = [s.text for s in written(kind=kind, tone=tone)]
    words_of_it = wording("en")
    assert said[1].split()[0] == words_of_it.greetings[tone][0].split()[0]
    assert set(words_of_it.sign_offs[tone]) & set(said)
    other = {line for each, lines in words_of_it.sign_offs.items() if each != tone for line in lines}
    assert not (other - set(words_of_it.sign_offs[tone])) & set(said)


@pytest.mark.parametrize("tone", ["plain", "warm", "formal"])
def test_a_tone_leaves_the_claims_to_the_evidence(tone: Tone) -> None:
    claims = [s for s in written(tone=tone) if s.kind is SentenceKind.CLAIM]
    assert claims
    assert all(s.rests_on for s in claims)


def test_a_short_draft_is_shorter_than_a_long_one() -> None:
    short, long = (len(body(written(length=length)).split()) for length in ("short", "long"))
    assert short < long


def test_whom_the_brief_names_is_greeted() -> None:
    for kind in MESSAGES:
        assert "Hello Ana Souza," in [s.text for s in written(kind=kind, recipient="Ana  Souza")]


def test_what_the_person_stresses_comes_first() -> None:
    for wish in ("e3", "python"):
        claims = [s.rests_on for s in written(stress=(wish,)) if s.kind is SentenceKind.CLAIM]
        assert claims[0] == ("e3",), wish


def test_the_closing_line_stands_word_for_word_and_its_question_is_the_only_one() -> None:
    closing = "I am in Leeds all week. Shall we have a coffee?"
    for kind in MESSAGES:
        said = written(kind=kind, closing=closing)
        assert [s.text for s in said if s.rests_on == ("closing",)] == words.sentences(closing)
        assert [s.text for s in said if s.text.endswith("?")] == ["Shall we have a coffee?"]


def test_a_closing_line_that_states_comes_last_and_leaves_the_question_to_us() -> None:
    said = body(written(closing="I start early and finish on time"))
    assert said.endswith("? I start early and finish on time.")


def test_a_draft_does_not_repeat_an_earlier_one_where_it_need_not() -> None:
    first = body(written())
    runs = words.runs(first)
    again = body(written(earlier=(runs,)))
    assert words.shared(words.runs(again), runs) < words.shared(words.runs(body(written())), runs)


def test_a_follow_up_tells_what_the_message_did_not() -> None:
    told = ("e1",)
    said = written(kind=DraftKind.FOLLOW_UP, told=told)
    claims = [s for s in said if s.kind is SentenceKind.CLAIM]
    assert claims
    assert not any(set(s.rests_on) & set(told) for s in claims)
    assert any(" message " in s.text for s in said)


def test_a_follow_up_with_nothing_new_to_tell_is_not_written() -> None:
    with pytest.raises(NothingMatches):
        written(kind=DraftKind.FOLLOW_UP, told=("e1", "e2", "e3", "e4", "e5"))


def test_in_a_summary_nobody_speaks_and_nothing_is_asked() -> None:
    text = body(written(kind=DraftKind.RESUME_SUMMARY))
    assert not {"I", "my", "My", "we", "our"} & set(text.replace(".", " ").split())
    assert "?" not in text
