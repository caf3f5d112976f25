"""Read a page in the background."""

import calls
from background.handlers import Work, handler
from domain import Step


@handler("read")
def read(work: Work) -> str:
    """Read what was asked for, telling each step."""
    steps: dict[str, Step] = {}

    def tell(step: Step) -> None:
        steps[step.name] = step
        work.tell(steps=[each.model_dump(mode="json") for each in steps.values()])

    request = calls.Read.model_validate_json(work.job.request)
    return calls.read(request, progress=tell, cancelled=work.cancelled).model_dump_json()
