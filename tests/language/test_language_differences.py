"""Two texts side by side, by words."""

import pytest

from language.differences import pieces


def shown(source: str, text: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text.strip()) for piece in pieces(source, text)]


def test_what_stayed_went_and_came() -> None:
    assert shown("Successfully moved 9 jobs to k8s", "Moved 9 jobs to Kubernetes") == [
        ("gone", "Successfully moved"),
        ("new", "Moved"),
        ("same", "9 jobs to"),
        ("gone", "k8s"),
        ("new", "Kubernetes"),
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [("a b c", "a c"), ("a b", "b a"), ("", "a"), ("a", ""), ("a  b", "a  b"), ("one two", "three four")],
)
def test_joined_the_pieces_give_either_text(source: str, text: str) -> None:
    found = pieces(source, text)
    assert "".join(p.text for p in found if p.kind != "gone").split() == text.split()
    assert "".join(
        p.text if p.text.startswith(" ") else f" {p.text}" for p in found if p.kind != "new"
    ).split() == (source.split())


@pytest.mark.parametrize(
    ("source", "text", "read"),
    [
        ("Your next Platform Engineer", "Platform Engineer", "Your next Platform Engineer"),
        ("Dear all,\nI ran it.", "I ran it.", "Dear all,\nI ran it."),
        ("k8s for nine", "Kubernetes for nine", "k8s Kubernetes for nine"),
        ("old", "new", "old new"),
        ("I ran it. Gladly.", "I ran it.", "I ran it. Gladly."),
    ],
)
def test_no_two_words_run_together_where_pieces_meet(source: str, text: str, read: str) -> None:
    assert "".join(piece.text for piece in pieces(source, text)) == read


def test_a_long_text_that_repeats_itself_is_compared_all_the_same() -> None:
    # Anchored at each of its words, this pair would take minutes.
    source, text = "\n".join(["a a a a"] * 700), "\n".join(["a a b a"] * 700)
    found = pieces(source, text)
    assert "".join(p.text for p in found if p.kind != "gone").split() == text.split()


def test_a_long_letter_is_told_apart_word_by_word() -> None:
    words = " ".join(f"w{n % 900}" for n in range(3_000))
    changed = words.replace("w17 w18", "w17 else")
    found = pieces(words, changed)
    assert [(p.kind, p.text) for p in found if p.kind != "same"] == [("gone", " w18"), ("new", " else")] * 4
