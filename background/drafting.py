"""Write drafts in the background; each is kept in the history once, however often its job is begun."""

import calls
import outreach
from background.handlers import Work, handler
from errors import InroadError

_DAY_S = 86_400.0  # who waits longer waits for another day


def _own(work: Work) -> calls.Own:
    return calls.Own(work.job.person, work.settings, work.job.id)


@handler("draft")
def draft(work: Work) -> str:
    """Write one, telling how many sentences have passed, or when the model's turn comes."""
    request = calls.Write.model_validate_json(work.job.request)
    sentences = 0
    for event in calls.write(request, _own(work), cancelled=work.cancelled):
        if isinstance(event, calls.Written):
            return event.model_dump_json()
        if isinstance(event, outreach.Waiting):
            work.tell(starts_in_s=round(min(event.estimate.starts_in_s, _DAY_S)))
        elif isinstance(event, outreach.Handover):
            sentences = 0
        elif isinstance(event, outreach.Checked):
            sentences += 1
            work.tell(sentences=sentences, about=event.about)
    raise InroadError("No draft was written.", "Try again.")


@handler("draft-many")
def draft_many(work: Work) -> str:
    """Write many, telling how many are done, failed and wished for, and which are being written."""
    request = calls.WriteMany.model_validate_json(work.job.request)
    moves = calls.write_many(request, _own(work), cancelled=work.cancelled)
    writing: dict[str, str] = {}
    while True:
        try:
            moved = next(moves)
        except StopIteration as ended:
            written: calls.WrittenMany = ended.value
            return written.model_dump_json()
        if moved.job.state == "writing":
            writing[moved.job.id] = moved.job.title
        else:
            writing.pop(moved.job.id, None)
        work.tell(done=moved.done, failed=moved.failed, total=moved.total, writing=sorted(writing.values()))
