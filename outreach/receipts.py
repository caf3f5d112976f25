"""How a draft was made, whichever writer and kind: the one place that says what a receipt holds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from domain import Brief, Dropped, Receipt, Sentence, Usage


def receipt_of(
    brief: Brief,
    usage: Usage,
    sentences: Iterable[Sentence],
    dropped: Sequence[Dropped],
    checked: int,
    seconds: Mapping[str, float],
) -> Receipt:
    """The receipt of a draft that is finished now.

    Args:
        brief: What it was written from.
        usage: What its writer used.
        sentences: Those it has; the evidence they rest on is cited in their order.
        dropped: Those it lacks.
        checked: How many went through a gate.
        seconds: What each step took.
    """
    return Receipt(
        usage=usage,
        source_url=brief.posting.url,
        source_digest=brief.posting.digest,
        rung=brief.posting.rung,
        evidence=cited_in(sentences),
        dropped=tuple(dropped),
        checked=checked,
        seconds={step: round(spent, 3) for step, spent in seconds.items()},
        written_at=datetime.now(UTC),
    )


def cited_in(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    """The items of evidence that sentences rest on, each once, in their order."""
    cited = (id_ for sentence in sentences for id_ in sentence.rests_on if id_.startswith("e"))
    return tuple(dict.fromkeys(cited))
