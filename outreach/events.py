"""What is told while a draft is written, besides what was dropped and the draft itself."""

from domain import Draft, Dropped, Estimate, Noun, Sentence, Verdict


class Checked(Noun):
    """A sentence that passed, as soon as it is known; the subject comes first.

    `about` is roughly how many sentences the draft will have.
    """

    sentence: Sentence
    verdict: Verdict
    about: int


class Handover(Noun):
    """The model did not deliver; the built-in writer starts the draft afresh. `reason` is for the person."""

    reason: str


class Waiting(Noun):
    """The model's turn has not come; told several times a second until it has, or the person stops it."""

    estimate: Estimate


DraftEvent = Waiting | Checked | Dropped | Handover | Draft
