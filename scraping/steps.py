"""The progress a person sees while a page is read: each step as it begins and as it ends."""

import time
from collections.abc import Callable

from domain import Step, StepState

Progress = Callable[[Step], None]

ADDRESS = "Address"
PAGE = "Page"
BOARD_IN_ADDRESS = "Job board in the address"
BOARD_ON_PAGE = "Job board on the page"
DATA_IN_PAGE = "Job data inside the page"
OPENINGS_ON_PAGE = "Openings on the page"
IN_A_BROWSER = "Page in a browser"
BY_A_MODEL = "Openings a model points out"
POSTINGS_LINKED = "Openings the page links to"


class Steps:
    """Reports steps to `progress` and keeps how each one ended, in order."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._ended: dict[str, Step] = {}
        self._running: tuple[str, float] | None = None

    @property
    def ended(self) -> tuple[Step, ...]:
        return tuple(self._ended.values())

    def start(self, name: str, result: str = "") -> None:
        self._running = (name, time.monotonic())
        self._tell(Step(name=name, state=StepState.RUNNING, result=result))

    def so_far(self, result: str) -> None:
        """Say how far the running step has come."""
        name, began = self._running or ("", time.monotonic())
        self._tell(Step(name=name, state=StepState.RUNNING, result=result, seconds=_since(began)))

    def done(self, result: str) -> None:
        self._end(StepState.DONE, result)

    def fail(self, result: str) -> None:
        """End the running step, if there is one, as failed."""
        if self._running is not None:
            self._end(StepState.FAILED, result)

    def none(self, result: str) -> None:
        """End the running step as tried and not applicable."""
        self._end(StepState.SKIPPED, result)

    def skip(self, name: str, result: str) -> None:
        """Report a step that did not need to run."""
        self._keep(Step(name=name, state=StepState.SKIPPED, result=result))

    def known(self, name: str, result: str) -> None:
        """Report a step that took no time."""
        self._keep(Step(name=name, state=StepState.DONE, result=result))

    def _end(self, state: StepState, result: str) -> None:
        name, began = self._running or ("", time.monotonic())
        self._running = None
        self._keep(Step(name=name, state=state, result=result, seconds=_since(began)))

    def _keep(self, step: Step) -> None:
        self._ended[step.name] = step
        self._tell(step)

    def _tell(self, step: Step) -> None:
        if self._progress is not None:
            self._progress(step)


def _since(began: float) -> float:
    return round(time.monotonic() - began, 2)
