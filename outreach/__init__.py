"""The verbs in order: read, tag, match, write, check. The only place that chains two packages.

reading = outreach.read("https://company.example/careers")
openings = outreach.rank(reading, profile)          # best match first
for event in outreach.draft(openings[0], profile, Options(kind=DraftKind.COLD_EMAIL)):
    ...                                             # Checked, Dropped, Handover, at last a Draft
"""

from outreach.briefs import Options, language_for, recipient_of, said_in
from outreach.confidential import shown
from outreach.drafting import draft, warm_up
from outreach.editing import Edited, Finished, check_document, check_edit, check_subject
from outreach.events import Checked, DraftEvent, Handover, Waiting
from outreach.exporting import (
    body_text,
    bundle,
    export,
    export_evidence,
    export_history,
    export_resume,
    facts,
    receipt,
)
from outreach.many import draft_many, job_id
from outreach.ranking import Opening, coverage, examine, rank
from outreach.reading import Ask, IsCancelled, Progress, asks, complete, read, read_saved, reading_steps
from outreach.resumes import Difference, accept, accept_all, differences, put_back
from outreach.senders import (
    WRITTEN,
    add_portfolio,
    forget,
    keep_only,
    own_words,
    parsers,
    profile_from_form,
    profile_from_upload,
    read_evidence,
    remove_evidence,
    sample_profile,
)
from outreach.servers import budget_for, models, share_allowance
from outreach.summarising import summarise
from samples import SAMPLES

__all__ = [
    "SAMPLES",
    "WRITTEN",
    "Ask",
    "Checked",
    "Difference",
    "DraftEvent",
    "Edited",
    "Finished",
    "Handover",
    "IsCancelled",
    "Opening",
    "Options",
    "Progress",
    "Waiting",
    "accept",
    "accept_all",
    "add_portfolio",
    "asks",
    "body_text",
    "budget_for",
    "bundle",
    "check_document",
    "check_edit",
    "check_subject",
    "complete",
    "coverage",
    "differences",
    "draft",
    "draft_many",
    "examine",
    "export",
    "export_evidence",
    "export_history",
    "export_resume",
    "facts",
    "forget",
    "job_id",
    "keep_only",
    "language_for",
    "models",
    "own_words",
    "parsers",
    "profile_from_form",
    "profile_from_upload",
    "put_back",
    "rank",
    "read",
    "read_evidence",
    "read_saved",
    "reading_steps",
    "receipt",
    "recipient_of",
    "remove_evidence",
    "said_in",
    "sample_profile",
    "share_allowance",
    "shown",
    "summarise",
    "warm_up",
]
