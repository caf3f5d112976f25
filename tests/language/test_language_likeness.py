"""Which sentence another one came from."""

from language.likeness import most_alike

WRITTEN = ["I built a large mill by the river.", "I ran it for 3 years.", "May I call?"]


def test_a_changed_sentence_comes_from_the_one_that_shares_most_words() -> None:
    assert most_alike("I BUILT a small mill, by the river!", WRITTEN) == WRITTEN[0]
    assert most_alike("For 4 years I ran it.", WRITTEN) == WRITTEN[1]
    assert most_alike(WRITTEN[2], WRITTEN) == WRITTEN[2]


def test_a_new_sentence_comes_from_none() -> None:
    for new in ("I fly.", "", "…", "You like boats and the sea."):
        assert most_alike(new, WRITTEN) == ""
    assert most_alike("I fly.", []) == ""
