"""What a claim rests on, where its writer did not say: a small model writes plain sentences, without ids."""

from collections.abc import Callable, Iterator

from domain import Brief, Evidence, Sentence, Verdict
from language import words

_NEAREST = 6
_LISTS = ("skill", "language")


def resting(sentence: Sentence, brief: Brief, check: Callable[[Sentence], Verdict]) -> Sentence:
    """The claim with the evidence that carries it; where none does, with the nearest, for the gate to refuse.

    Args:
        sentence: A claim without ids.
        brief: Whose evidence there is.
        check: The gate's verdict on a sentence alone.
    """
    ranked = [item for item in _by_likeness(sentence.text, brief) if not item.confidential]
    for ids in _candidates(ranked):
        resting_there = sentence.model_copy(update={"rests_on": ids})
        if check(resting_there).supported:
            return resting_there
    nearest = tuple(item.id for item in ranked[:1])
    return sentence.model_copy(update={"rests_on": nearest})


def _candidates(ranked: list[Evidence]) -> Iterator[tuple[str, ...]]:
    """One item, then two or three of one record, then all that lists skills; the likest first."""
    near = ranked[:_NEAREST]
    yield from ((item.id,) for item in near)
    for record in dict.fromkeys(item.record for item in near if item.record is not None):
        together = tuple(item.id for item in near if item.record == record)
        yield from (together[:many] for many in (2, 3) if len(together) >= many)
    if skills := tuple(item.id for item in ranked if item.type in _LISTS):
        yield skills


def _by_likeness(text: str, brief: Brief) -> list[Evidence]:
    """The evidence that shares words with a text, the most first."""
    wanted = _stems(text)
    shared = [(len(wanted & _stems(item.text)), item) for item in brief.profile.evidence]
    return [item for count, item in sorted(shared, key=lambda pair: -pair[0]) if count]


def _stems(text: str) -> set[str]:
    return {words.stem(word.text) for word in words.tokens(text)}
