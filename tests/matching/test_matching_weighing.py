"""How likely an item answers a line, by what the two have in common."""

from domain import Evidence, PostingLine, Section, SourceSpan
from matching.demands import read_demand
from matching.offers import Offer
from matching.overlap import overlap
from matching.weighing import Pair, weights

LINE = "Plan fractions lessons for primary pupils"


def pair(text: str, cosine: float, type_: str = "bullet", line: str = LINE) -> Pair:
    evidence = Evidence.model_validate(
        {"id": "e1", "type": type_, "text": text, "source": SourceSpan(document="cv")}
    )
    demand = read_demand(PostingLine(id="p1", text=line, section=Section.MUST), [])
    return Pair(demand, Offer(evidence, 0, 1.0, 1.0), (), overlap(line, text), cosine, 0.0)


def test_every_weight_has_its_trait() -> None:
    assert weights().traits.keys() == pair("Taught fractions", 0.5).traits.keys()


def test_traits_stay_between_minus_one_and_one() -> None:
    long = pair("Taught fractions to primary pupils, planned lessons " * 40, 1.0)
    assert all(-1 <= value <= 1 for value in long.traits.values())


def test_a_nearer_text_and_more_words_in_common_are_likelier() -> None:
    model = weights()
    one = model.chance(pair("Taught fractions to adults", 0.4))
    assert one < model.chance(pair("Taught fractions to adults", 0.6))
    assert one < model.chance(pair("Taught fractions to 60 primary pupils", 0.4))


def test_one_word_in_common_is_not_enough() -> None:
    assert weights().chance(pair("Sold pupils' bus passes", 0.3)) < weights().limit
