"""The gate, asked no more often than it must be."""

from collections.abc import Callable

from domain import Sentence, SentenceKind, Verdict


def remembered(check: Callable[[Sentence], Verdict]) -> Callable[[Sentence], bool]:
    """The check, asked once for each sentence whatever its paragraph."""
    known: dict[tuple[SentenceKind, str, tuple[str, ...]], bool] = {}

    def passes(sentence: Sentence) -> bool:
        key = (sentence.kind, sentence.text, sentence.rests_on)
        if key not in known:
            known[key] = check(sentence).supported
        return known[key]

    return passes
