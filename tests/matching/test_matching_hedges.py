"""Words that lower what evidence says."""

import pytest

from matching.hedges import hedge


@pytest.mark.parametrize(
    ("text", "name", "hedged"),
    [
        ("Go (can read)", "Go", "Go (can read)"),
        ("Python, Go (can read), Rust", "Go", "Go (can read)"),
        ("Python and basic Go", "Go", "basic Go"),
        ("Familiar with Go, Rust and Zig", "Zig", "Familiar with Go, Rust and Zig"),
        ("Wrote Python; basic knowledge of Go and Rust", "Rust", "basic knowledge of Go and Rust"),
        ("Currently learning Rust", "Rust", "Currently learning Rust"),
        ("German (A2)", "German", "German (A2)"),
        ("Italian (B1)", "Italian", "Italian (B1)"),
        ("MSc Physics (expected 2027)", "Physics", "MSc Physics (expected 2027)"),
        ("Will move to Kubernetes in May", "Kubernetes", "Will move to Kubernetes in May"),
        ("Spark (familiar)", "Spark", "Spark (familiar)"),
        ("Exposure to Kafka", "Kafka", "Exposure to Kafka"),
    ],
)  # fmt: skip
def test_a_hedge_is_given_verbatim(text: str, name: str, hedged: str) -> None:
    assert hedge(text, [name]) == hedged


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Python, Go (can read), Rust", "Python"),
        ("Python, Go (can read), Rust", "Rust"),
        ("Familiar with Go. Wrote services in Rust", "Rust"),
        ("Planned and ran the move to Kubernetes", "Kubernetes"),
        ("Built machine learning models in Python", "Python"),
        ("Trained staff who will run the Kubernetes clusters", "Kubernetes"),
        ("English (C2)", "English"),
        ("Familiar with Go; wrote a compiler in Go", "Go"),
    ],
)
def test_what_is_said_without_reserve_is_not_hedged(text: str, name: str) -> None:
    assert hedge(text, [name]) == ""


def test_a_name_the_text_does_not_spell_stands_in_every_item() -> None:
    assert hedge("k8s (basics)", ["Kubernetes"]) == "k8s (basics)"
    assert hedge("k8s in production, Go (basics)", ["Kubernetes"]) == ""
