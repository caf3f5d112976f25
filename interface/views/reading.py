"""Reading a page, rung by rung."""

from collections.abc import Sequence

from domain import Estimate, Step, StepState
from interface.views.markup import button, host, icon, plural, stage, text

BUILT_IN = "Use the built-in writer now"

PICTURES = {
    StepState.DONE: icon("check"),
    StepState.FAILED: icon("cross"),
    StepState.SKIPPED: icon("dash"),
    StepState.RUNNING: "",
    StepState.WAITING: "",
}
SPOKEN = {
    StepState.DONE: "done",
    StepState.FAILED: "failed",
    StepState.SKIPPED: "not needed",
    StepState.RUNNING: "in progress",
    StepState.WAITING: "waiting",
}
TO_COME = ("Skills they ask for", "Matches in your evidence", "Draft, each sentence checked")


def step_list(steps: Sequence[Step]) -> str:
    """One line a step: its state, name, result and time."""
    return f'<ul class="steps">{"".join(_line(step) for step in steps)}</ul>'


def _line(step: Step) -> str:
    time = f"{step.seconds:.1f} s" if step.seconds >= 0.05 else ""
    result = f'<span class="result" dir="auto">{text(step.result)}</span>' if step.result else ""
    return (
        f'<li class="{step.state.value}"><span class="dot">{PICTURES[step.state]}</span>'
        f'<span class="text"><span class="name">{text(step.name)}</span> {result}'
        f'<span class="sr">, {SPOKEN[step.state]}</span></span><span class="time">{time}</span></li>'
    )


def with_waiting(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps so far (the last word on each name counts) and those that are still to come."""
    latest: dict[str, Step] = {}
    for step in steps:
        latest[step.name] = step
    waiting = [Step(name=name, state=StepState.WAITING) for name in TO_COME if name not in latest]
    return (*latest.values(), *waiting)


def panel(source: str, steps: Sequence[Step], *, waited: float = 0.0) -> str:
    """The panel that is the first feedback to "Write draft".

    Args:
        source: The address, or pasted text.
        steps: What happened so far, oldest first; a later step replaces an earlier one of its name.
        waited: Seconds without any news; from 8 on the panel says so.
    """
    where = host(source)
    line = "Usually 2 to 6 seconds. Nothing is sent to the company."
    if waited >= 8:
        line = f"Still waiting for {where}."
    shown = with_waiting(steps)
    now = next((s for s in reversed(shown) if s.state is StepState.RUNNING), None)
    inside = (
        '<section class="page"><div class="panel"><header><div>'
        f'<h1 tabindex="-1">Reading {text(where)}</h1><p class="quiet">{text(line)}</p></div>'
        f"{button('Cancel', 'stop')}</header>{step_list(shown)}</div></section>"
    )
    return stage("work", "reading", inside, say=line if waited >= 8 else now.name if now else "")


def waiting(ahead: int, seconds: int, *, has_model: bool) -> str:
    """The panel of a person whose turn has not come.

    Args:
        ahead: People before this one.
        seconds: A rough guess of the time until the turn comes.
        has_model: Whether the wait is for a model, so that the built-in writer is a way round it.
    """
    people = "1 person is" if ahead == 1 else f"{ahead} people are"
    title = f"{people} ahead of you, about {seconds} seconds."
    other = button(BUILT_IN, "write-embedded", style="btn") if has_model else ""
    return _wait(title, "", other)


def _wait(title: str, why: str, other: str) -> str:
    said = f'<p class="what">{text(why)}</p>' if why else ""
    inside = (
        '<section class="page"><div class="panel problem"><div class="inner">'
        f'<h1 tabindex="-1">{text(title)}</h1>{said}'
        f'<div class="row ways">{other}{button("Cancel", "stop", style="btn bare")}</div></div></div>'
        "</section>"
    )
    return stage("work", "waiting", inside, say=title)


def busy(estimate: Estimate) -> str:
    """The panel of a person whose model has no room yet: their place, an honest time, and the ways round."""
    name = estimate.model.rpartition("/")[2] or "The model"
    when = duration(estimate.starts_in_s)
    if estimate.place:
        ahead = "1 draft is" if estimate.place == 1 else f"{estimate.place} drafts are"
        title = f"{ahead} ahead of you, about {when}."
    else:
        title = f"{name} can begin in about {when}."
    why = (
        f"{name} takes only so many words a minute. Nothing is lost meanwhile, and it begins by itself."
        if estimate.fits_today
        else f"What {name} takes a day is used up."
    )
    return _wait(title, why, button(BUILT_IN, "write-embedded"))


def duration(seconds: float) -> str:
    """ "20 seconds", "3 minutes"; in steps of five seconds, so that who listens is not told each of them."""
    if seconds < 90:
        return plural(max(5, 5 * round(seconds / 5)), "second")
    if seconds < 5_400:
        return plural(round(seconds / 60), "minute")
    return plural(round(seconds / 3_600), "hour") if seconds < 172_800 else "some days"
