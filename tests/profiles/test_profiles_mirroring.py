"""Pages from right to left, turned round: lines keep their order, and so do other scripts inside them."""

from profiles.columns import Word
from profiles.mirroring import is_right_to_left, mirrored


def row(*words: tuple[str, float, float]) -> list[Word]:
    """Words of one row, as (text, left edge, right edge), in letters of ten points."""
    return [Word(text, left, 0, right, 10, 10, False, 0) for text, left, right in words]


def read(words: list[Word]) -> str:
    text = ""
    for word in mirrored(words, 100):
        text += word.text if word.glued or not text else f" {word.text}"
    return text


def test_a_page_is_turned_when_most_of_its_letters_are_read_from_the_right() -> None:
    assert is_right_to_left(row(("שלום", 0, 20), ("Go", 25, 30)))
    assert not is_right_to_left(row(("של", 0, 20), ("Kubernetes", 25, 60)))
    assert not is_right_to_left(row(("2021", 0, 20)))


def test_words_come_from_the_right() -> None:
    assert read(row(("דוד", 50, 70), ("כהן", 20, 45))) == "דוד כהן"


def test_words_of_other_scripts_keep_their_order() -> None:
    line = row(("אל", 80, 90), ("Google", 30, 50), ("Cloud", 52, 70), ("עבר", 10, 25))
    assert read(line) == "אל Google Cloud עבר"


def test_a_line_of_other_scripts_alone_is_read_from_the_left() -> None:
    line = row(("a@b.org", 0, 30), ("|", 33, 34), ("+972", 37, 50), ("3", 52, 55))
    assert read(line) == "a@b.org | +972 3"


def test_years_and_marks_stand_as_they_are_read() -> None:
    assert read(row(("2018", 40, 60), ("–", 33, 36), ("2021", 10, 30), ("ב", 70, 75))) == "ב 2018 – 2021"
    assert read(row(("מ", 50, 55), ("40-", 38, 50))) == "מ-40"


def test_a_gap_ends_a_run() -> None:
    line = row(("אב", 80, 90), ("Go", 60, 70), ("2021", 5, 25))
    assert read(line) == "אב Go 2021"
