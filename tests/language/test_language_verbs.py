"""The verb table finds a verb by any of its forms and knows how much it claims."""

import pytest

from language import verbs
from language.verbs import Rank


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("led", "lead"),
        ("Built", "build"),
        ("migrating", "migrate"),
        ("oversees", "oversee"),
        ("set up", "set up"),
        ("Rolled  out", "roll out"),
        ("taught", "teach"),
        ("found", "find"),
        ("founded", "found"),
        ("learnt", "learn"),
        ("redoes", "redo"),
    ],
)
def test_any_form_finds_its_verb(word: str, base: str) -> None:
    verb = verbs.lookup(word)
    assert verb is not None
    assert verb.base == base


@pytest.mark.parametrize(
    ("british", "base"),
    [
        ("optimised", "optimize"),
        ("analysing", "analyze"),
        ("organises", "organize"),
        ("modelled", "model"),
        ("travelling", "travel"),
        ("fulfils", "fulfill"),
    ],
)
def test_british_spelling_finds_the_same_verb(british: str, base: str) -> None:
    verb = verbs.lookup(british)
    assert verb is not None
    assert verb.base == base


def test_another_form_keeps_the_spelling_of_the_word_it_replaces() -> None:
    optimize = verbs.lookup("optimised")
    assert optimize is not None
    assert optimize.form("base", like="optimised") == "optimise"
    assert optimize.form("ing", like="Optimized") == "optimizing"
    model = verbs.lookup("model")
    assert model is not None
    assert model.form("past", like="modelling") == "modelled"
    assert model.form("past") == "modeled"


def test_words_that_are_no_verb_are_not_found() -> None:
    assert verbs.lookup("kubernetes") is None
    assert verbs.lookup("prizes") is None
    assert verbs.rank("detailled") is None


def test_helping_ranks_below_using_below_effects_below_building_below_leading() -> None:
    assert Rank.CONTRIBUTED < Rank.WORKED < Rank.OUTCOME < Rank.BUILT < Rank.LED
    ranks = [verbs.rank(word) for word in ("assisted", "used", "reduced", "wrote", "spearheaded")]
    assert ranks == [Rank.CONTRIBUTED, Rank.WORKED, Rank.OUTCOME, Rank.BUILT, Rank.LED]


def test_a_form_may_stand_for_several() -> None:
    cut = verbs.lookup("cut")
    assert cut is not None
    assert cut.forms_of("cut") == {"base", "past", "participle"}
    assert cut.forms_of("cutting") == {"ing"}
    write = verbs.lookup("write")
    assert write is not None
    assert write.forms_of("wrote") == {"past"}


def test_notes_warn_of_words_that_are_not_only_verbs() -> None:
    for word in ("review", "support", "design", "lead", "complete"):
        verb = verbs.lookup(word)
        assert verb is not None
        assert "noun" in verb.notes


def test_every_form_of_every_verb_finds_a_verb_that_has_it() -> None:
    for verb in verbs.all_verbs():
        for form in verbs.FORMS:
            word = getattr(verb, form)
            found = verbs.lookup(word)
            assert found is not None, word
            assert found.forms_of(word), word
