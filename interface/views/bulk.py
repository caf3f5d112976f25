"""Many drafts under way: a line for each, what became of it, and the way to open it."""

from collections.abc import Sequence

from batch import Job
from interface.views.markup import button, icon, plural, text
from interface.views.reading import duration

WORDS = {"waiting": "waits", "writing": "is being written", "put off": "left for another day"}
DOTS = {"done": "check", "failed": "cross", "put off": "dash"}
STYLES = {"done": "done", "failed": "failed", "writing": "running"}


def panel(jobs: Sequence[Job], *, company: str = "", running: bool = False, wrong: str = "") -> str:
    """The panel above the list or the draft.

    Args:
        jobs: What was asked for, in order.
        company: For whom, where all are at one.
        running: Whether it is being written now.
        wrong: What went wrong with the whole.
    """
    done = sum(job.state == "done" for job in jobs)
    left = sum(job.state not in ("done", "failed") for job in jobs)
    failed = sum(job.state == "failed" for job in jobs)
    title = f"{done} of {plural(len(jobs), 'draft')} written" + (f" for {company}" if company else "")
    title += f", {failed} could not be" if failed else ""
    buttons = []
    if running:
        buttons.append(_act("Stop", "stop"))
    elif left:
        buttons.append(_act(f"Write the other {left}" if done else "Go on", "on"))
    if done:
        buttons.append(button("Download all (.zip)", "take-drafts", picture="down"))
    if not running:
        buttons.append(_act("Put away", "close", style="btn bare"))
    trouble = f'<p class="error" role="alert">{text(wrong)}</p>' if wrong else ""
    lines = "".join(_line(job) for job in jobs)
    return (
        '<div class="i"><section class="page bulk" aria-label="Drafts under way"><div class="panel">'
        f'<header><div><h2 dir="auto">{text(title)}</h2>'
        f'<p class="sr" role="status">{text(_spoken(done, len(jobs), running))}</p>{trouble}</div>'
        f'<div class="row">{"".join(buttons)}</div></header>'
        f'<details data-part="bulk" open><summary>{plural(len(jobs), "opening")}</summary>'
        f'<ul class="steps">{lines}</ul></details></div></section></div>'
    )


def _spoken(done: int, total: int, running: bool) -> str:
    """Told to who listens: not each draft, but each fifth, and the end."""
    if not running:
        return f"{done} of {total} drafts written"
    return f"{done - done % 5} of {total} drafts written" if done >= 5 else "Writing drafts"


def _act(label: str, way: str, style: str = "btn") -> str:
    return f'<button type="button" class="{style}" data-bulk="{way}">{text(label)}</button>'


def _line(job: Job) -> str:
    style = STYLES.get(job.state, "waiting")
    dot = icon(DOTS[job.state]) if job.state in DOTS else ""
    opened = button("Open", "open-draft", style="btn small", job=job.id) if job.state == "done" else ""
    return (
        f'<li class="{style}"><span class="dot">{dot}</span><span class="text"><span class="name" dir="auto">'
        f'{text(job.title)}</span><span class="result" dir="auto">{text(_result(job))}</span></span>'
        f"{opened}</li>"
    )


def _result(job: Job) -> str:
    if job.state == "done":
        usage = job.draft.receipt.usage if job.draft else None
        return f"written; {usage.fallback}" if usage and usage.fallback else "written"
    if job.state == "failed":
        return job.reason or "could not be written"
    if job.estimate is not None:
        return f"waits for the model, about {duration(job.estimate.starts_in_s)}"
    if job.state == "put off" and job.reason:
        return job.reason
    return WORDS.get(job.state, "")


def trouble(words: str) -> str:
    """What keeps the drafts from being begun."""
    return (
        '<div class="i"><section class="page bulk" aria-label="Drafts under way"><div class="panel"><header>'
        f'<p class="error" role="alert">{text(words)}</p>{_act("Close", "close", style="btn bare")}'
        "</header></div></section></div>"
    )
