"""Readings and drafts, counted for whoever runs this: how they ended, never what they say.

The labels are words of our own code: rungs, outcomes, kinds, writers, and names of checks.
"""

from domain import Draft, Reading


def counted(reading: Reading) -> Reading:
    """The reading, once it is counted."""
    from telemetry import metrics  # what reads a page on the command line serves no figures

    metrics.READINGS.labels(reading.rung or "none", reading.outcome).inc()
    return reading


def count_draft(draft: Draft) -> None:
    """Count a finished draft: who wrote it, how long that took, and which checks stopped sentences of it."""
    from telemetry import metrics

    receipt = draft.receipt
    metrics.DRAFTS.labels(draft.kind, receipt.usage.writer).inc()
    metrics.DRAFT_SECONDS.labels(receipt.usage.writer).observe(sum(receipt.seconds.values()))
    for dropped in receipt.dropped:
        metrics.SENTENCES_DROPPED.labels(dropped.verdict.check or "none").inc()
