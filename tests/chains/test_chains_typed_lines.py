"""What a model's answer means: one sentence a line, and whatever is not a typed line is a fault."""

import pytest

from chains.typed_lines import LONGEST_LINE, TypedLines, parse_line
from domain import Sentence, SentenceKind
from errors import ModelError

ANSWER = """R p0,p2 | You are hiring an engineer.
C e4 | I moved 14 services.

G | That is close.
I | Is this of use?"""


def read(text: str, size: int = 1) -> tuple[list[Sentence], TypedLines]:
    lines = TypedLines()
    found = [s for start in range(0, len(text), size) for s in lines.feed(text[start : start + size])]
    return [*found, *lines.finish()], lines


@pytest.mark.parametrize(
    ("line", "kind", "ids"),
    [
        ("R p2 | You are hiring.", "R", ("p2",)),
        ("C e4,e5 | I built it.", "C", ("e4", "e5")),
        ("C e4, e5 | I built it.", "C", ("e4", "e5")),
        ("C e4 e5 e4 | I built it.", "C", ("e4", "e5")),
        ("C [e4] | I built it.", "C", ("e4",)),
        ("C: E4 | I built it.", "C", ("e4",)),
        ("G | That is close.", "G", ()),
        ("G    |That is close.", "G", ()),
        ("I | Is it?", "I", ()),
        ("S | Platform Engineer", "S", ()),
        ("F | Hello,", "F", ()),
        ("- C e4 | I built it.", "C", ("e4",)),
        ("3. C e4 | I built it.", "C", ("e4",)),
        ("  **C e4** | I built it.", "C", ("e4",)),
        ("`C e4 | I built it.`", "C", ("e4",)),
        ("c e4 | I built it.", "C", ("e4",)),
        ("C e4 ｜ I built it.", "C", ("e4",)),
        ("C | I built it.", "C", ()),
    ],
)
def test_a_typed_line_is_read_however_it_is_dressed(line: str, kind: str, ids: tuple[str, ...]) -> None:
    sentence = parse_line(line)
    assert sentence is not None
    assert (sentence.kind, sentence.rests_on) == (SentenceKind(kind), ids)
    assert sentence.text in (
        "You are hiring.",
        "I built it.",
        "That is close.",
        "Is it?",
        "Platform Engineer",
        "Hello,",
    )


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "Dear hiring team,",
        "I am a leader | and more",
        "C e4 I built it.",
        "C e4 |",
        "C e4 |  ​ ",
        "X e4 | I built it.",
        "CR e4 | I built it.",
        "C e4-e6 | I built it.",
        "C x4 | I built it.",
        "C 4 | I built it.",
        "C e4; drop | I built it.",
        "Certainly | here it is",
        "| C e4 | I built it.",
        "G | " + "and " * LONGEST_LINE,
    ],
)
def test_anything_else_is_no_sentence(line: str) -> None:
    assert parse_line(line) is None


def test_text_holds_no_invisible_characters_and_single_spaces() -> None:
    sentence = parse_line("G | That\u200b is\u202e  \t close\x07\U000e0041.")
    assert sentence is not None
    assert sentence.text == "That is close."


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_the_pieces_of_a_stream_do_not_matter(size: int) -> None:
    sentences, lines = read(ANSWER, size)
    assert [s.kind for s in sentences] == ["R", "C", "G", "I"]
    assert [s.paragraph for s in sentences] == [0, 0, 1, 1]
    assert lines.faults == []


def test_only_whole_lines_are_released() -> None:
    lines = TypedLines()
    assert lines.feed("C e4 | I led a team of 2") == []
    assert [s.text for s in lines.feed("0 people.\nG | That")] == ["I led a team of 20 people."]
    assert lines.feed(" is") == []


def test_blank_lines_begin_paragraphs_and_more_of_them_no_more() -> None:
    sentences, _ = read("\n\nG | One.\r\n\r\n\n  \nG | Two.\n\nnot typed\nG | Three.\nG | Four.\n\n")
    assert [s.paragraph for s in sentences] == [0, 1, 2, 2]


def test_fences_and_thoughts_are_dress() -> None:
    sentences, lines = read(f"<think>\nC e1 | not yet\n</think>\n```text\n{ANSWER}\n```\n")
    assert len(sentences) == 4
    assert lines.faults == []


def test_a_line_of_prose_is_a_fault_and_not_a_sentence() -> None:
    sentences, lines = read(f"Here is the email:\n{ANSWER}\nLet me know!")
    assert len(sentences) == 4
    assert lines.faults == ["Here is the email:", "Let me know!"]


@pytest.mark.parametrize(
    "text",
    [
        "I am thrilled to apply.",
        "Dear team,\n\nI am thrilled.\n\nI have ten years.\n\nBest,",
        "G | Fine.\nOne.\nTwo.\nThree.\nFour.",
        "x" * 5_000,
    ],
)
def test_prose_is_refused(text: str) -> None:
    with pytest.raises(ModelError, match="returned prose"):
        read(text, 50)


def test_prose_is_refused_before_it_ends() -> None:
    lines = TypedLines()
    with pytest.raises(ModelError, match="returned prose"):
        lines.feed("Dear team,\nI am thrilled.\nI have ten years.\n")


def test_a_long_run_of_spaces_takes_no_time() -> None:
    assert parse_line(" " * 200_000 + "x") is None
    assert parse_line("- " + "* `" * 300 + "x") is None
