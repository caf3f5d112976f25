"""The nouns of Inroad. Frozen models without behaviour; every package speaks in these.

Ids are short strings, unique within their holder: posting lines are `p0`, `p1`, … (`p0` is the posting's
title), evidence items `e1`, `e2`, …, records `r1`, `r2`, … Offsets count characters of the text they name.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class Noun(BaseModel):
    """Base of all nouns: immutable, and a misspelt field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- what was read -----------------------------------------------------------------------------------


class Section(StrEnum):
    """The part of a posting a line stands in, told by its heading."""

    TITLE = "title"
    ABOUT = "about"
    TASKS = "tasks"
    MUST = "must"
    NICE = "nice"
    BENEFITS = "benefits"
    APPLY = "apply"
    OTHER = "other"


class PostingLine(Noun):
    """One line of a posting's text, verbatim, so that a draft can cite it."""

    id: str
    text: str
    section: Section
    heading: str = ""
    start: int = 0
    end: int = 0


class Posting(Noun):
    """One opening as published.

    `text` is the visible text, one line a paragraph or list item, without markup or list marks. `lines` are
    spans of it, `lines[0]` being the title (`p0`, outside `text`). Fields that the page does not give are
    empty, never guessed; `company_source` says where the company's name was taken from.
    """

    id: str
    title: str
    company: str = ""
    location: str = ""
    url: str = ""
    text: str = ""
    lines: tuple[PostingLine, ...] = ()
    department: str = ""
    employment_type: str = ""
    posted: str = ""
    language: str = "en"
    speculative: bool = False
    company_source: Literal["published", "address", ""] = ""
    rung: str = ""
    digest: str = Field(default="", description="SHA-256 of the bytes it was read from, hexadecimal")

    @property
    def requirements(self) -> tuple[PostingLine, ...]:
        """The lines that say what the work is and what it asks for."""
        return tuple(x for x in self.lines if x.section in (Section.TASKS, Section.MUST, Section.NICE))


class StepState(StrEnum):
    """How one step of reading or writing ended, or that it goes on."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


class Step(Noun):
    """One line of the progress a person sees: "Page · opened, 212 KB · 0.7 s"."""

    name: str
    state: StepState
    result: str = ""
    seconds: float = 0.0


class Outcome(StrEnum):
    """What came of a URL. Everything but OPENINGS has a `Problem`."""

    OPENINGS = "openings"
    EMPTY_BOARD = "empty_board"
    CLOSED = "closed"
    NOT_CAREERS = "not_careers"
    BLOCKED = "blocked"
    NEEDS_BROWSER = "needs_browser"
    NOT_UNDERSTOOD = "not_understood"
    BAD_ADDRESS = "bad_address"
    UNREACHABLE = "unreachable"
    UNSUPPORTED = "unsupported"


class Problem(Noun):
    """Why there are no openings, in the user's words, and what still works."""

    title: str
    what: str
    advice: str
    links: tuple[tuple[str, str], ...] = Field(default=(), description="(label, url) worth trying instead")


class Reading(Noun):
    """What came of a URL or of pasted text."""

    url: str
    outcome: Outcome
    postings: tuple[Posting, ...] = ()
    rung: str = ""
    board: str = ""
    steps: tuple[Step, ...] = ()
    warnings: tuple[str, ...] = ()
    instructions: tuple[str, ...] = Field(
        default=(), description="what the page asks applicants to do, verbatim"
    )
    hidden: tuple[str, ...] = Field(default=(), description="text that no visitor can see; ignored")
    unseen: int = Field(default=0, description="invisible characters that were taken out of what was read")
    offline: bool = Field(default=False, description="read from a file: nothing more is asked of its site")
    problem: Problem | None = None


# --- what is asked for -------------------------------------------------------------------------------


class Skill(Noun):
    """A canonical label of the taxonomy."""

    label: str
    category: str
    aliases: tuple[str, ...] = ()


class SkillMention(Noun):
    """A skill named in a text, with the very words that name it."""

    skill: str
    category: str
    text: str
    start: int
    end: int
    line: str = Field(default="", description="id of the posting line or evidence item")
    required: bool | None = True
    years: int | None = None
    any_of: int | None = Field(default=None, description="mentions of one group are alternatives")


# --- who is writing ----------------------------------------------------------------------------------


class Persona(StrEnum):
    JOB_SEEKER = "job-seeker"
    SERVICE_PROVIDER = "service-provider"


class Quantity(Noun):
    """A number as written, with its value. "cut by about 40 %" gives 40.0, "%", "about"."""

    value: float
    unit: str = ""
    comparator: str = ""
    text: str
    start: int
    end: int


class SourceSpan(Noun):
    """Where a text stands: "portfolio.csv", "row 4", and its offsets in the text that the reader saw."""

    document: str
    place: str = ""
    page: int | None = Field(default=None, description="from 1, where the document has pages")
    start: int | None = None
    end: int | None = None


class FieldSource(Noun):
    """Where the value of one field, such as `organization` or `email`, stands."""

    field: str
    source: SourceSpan


class Record(Noun):
    """What evidence belongs to: one role, project, degree or certificate. Facts of two records never mix.

    Every value is as written ("2022", "Mar 2021"); `current` is true only where the document says so. `area`
    is the subject of a degree where it is written apart from `title`.
    """

    id: str
    kind: Literal["role", "project", "degree", "certificate", "volunteering"]
    title: str = ""
    area: str = ""
    organization: str = ""
    start: str = ""
    end: str = ""
    current: bool = False
    links: tuple[str, ...] = ()
    fields: tuple[FieldSource, ...] = ()

    @property
    def full_title(self) -> str:
        """The title, and the subject of a degree after it."""
        return ", ".join(filter(None, (self.title, self.area)))


EvidenceType = Literal["role", "bullet", "project", "degree", "certificate", "skill", "language", "summary"]


class Doubt(Noun):
    """What a reader is not sure of, as a question to the person.

    `about` names the part in doubt; `words` are the words in doubt, verbatim; `answers` are ready-made texts
    for the whole item, the likeliest first.
    """

    about: Literal["number", "current", "dates", "organization", "title", "text", "owner"]
    question: str
    words: str = ""
    answers: tuple[str, ...] = ()


class Evidence(Noun):
    """One thing the sender asserts, verbatim. `skills` are canonical labels found in it.

    `confidence`, 0 to 1, is how surely it was read. A `confidential` item answers requirements but neither
    stands in a draft nor reaches a model.
    """

    id: str
    type: EvidenceType
    text: str
    record: str | None = None
    skills: tuple[str, ...] = ()
    numbers: tuple[Quantity, ...] = ()
    links: tuple[str, ...] = ()
    source: SourceSpan
    confidence: float = 1.0
    doubts: tuple[Doubt, ...] = ()
    confidential: bool = False


class Profile(Noun):
    """Who is writing, and all they may claim. For a service provider `name` is the person who signs."""

    id: str
    name: str
    persona: Persona = Persona.JOB_SEEKER
    organization: str = ""
    headline: str = ""
    email: str = ""
    phone: str = ""
    postal_address: str = ""
    links: tuple[str, ...] = ()
    language: str = "en"
    records: tuple[Record, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    warnings: tuple[str, ...] = ()
    fields: tuple[FieldSource, ...] = Field(default=(), description="where name, contacts and headline stand")
    kept_as: str = Field(default="", description="the id it is kept under; empty for one that is not kept")


class Document(Noun):
    """A file that evidence was read from. `text` is what its reader saw, and what every span counts in.

    `pages` are the offsets at which its pages begin, none where it has no pages. `confidence`, 0 to 1, is how
    surely the whole was read.
    """

    name: str
    digest: str = Field(description="SHA-256 of the file's bytes, hexadecimal")
    format: str = Field(description='such as "PDF"')
    text: str
    pages: tuple[int, ...] = ()
    parser: str = Field(default="", description="the parser that read its layout; empty for structured files")
    confidence: float = 1.0
    warnings: tuple[str, ...] = ()


# --- what fits ---------------------------------------------------------------------------------------


class Match(Noun):
    """A requirement line or a skill of the posting, and the evidence that answers it, best first.

    No evidence means a gap. `score` is 0 to 1; `reason` is a phrase a person can read, and says what it
    computes from dates as such. `question` is what the person could answer to close a gap or a doubt: "Have
    you worked with Terraform?"; empty where no answer would help, as for traits.
    """

    subject: Literal["requirement", "skill"]
    text: str
    line: str
    skills: tuple[str, ...] = ()
    required: bool | None = True
    evidence: tuple[str, ...] = ()
    score: float = 0.0
    reason: str = ""
    question: str = ""

    @property
    def is_gap(self) -> bool:
        return not self.evidence


class Keyword(Noun):
    """A term of a posting that counts towards `Coverage`: a skill or alternatives, the title, a degree."""

    text: str
    kind: Literal["hard skill", "title", "degree or certificate", "soft skill"]
    weight: float
    required: bool = True


class Coverage(Noun):
    """How much of what a posting names a text names too, by weight, 0 to 1: a count of words, no judgement.

    `before` is the sender's own text, `after` a draft or a tailored text, `ceiling` the best that any text
    could truthfully do with the evidence there is. Every keyword is in one of the three lists: `covered` by
    the text counted last, `could_be_covered` because the evidence names it, `missing` from the evidence.
    """

    before: float
    after: float | None = None
    ceiling: float
    covered: tuple[Keyword, ...] = ()
    could_be_covered: tuple[Keyword, ...] = ()
    missing: tuple[Keyword, ...] = ()


# --- which model writes ------------------------------------------------------------------------------


class ModelChoice(Noun):
    """Which model a person wants for one call, and the key they lend it.

    `model` is "source:name", a name alone, or empty for the one that is set up. The key is in no dump, no
    representation and no comparison of texts: it lives as long as the call.
    """

    model: str = ""
    key: SecretStr | None = Field(default=None, exclude=True, repr=False)


class OfferedModel(Noun):
    """A model that a server has. `id` is what `ModelChoice.model` takes.

    `context` is how many tokens fit prompt and answer, where the server says so. `writes` is "prose" for a
    small model that keeps no contract of lines: it serves for a résumé summary only.
    """

    source: str
    name: str
    context: int | None = None
    writes: Literal["lines", "prose"] = "lines"

    @property
    def id(self) -> str:
        return f"{self.source}:{self.name}"


class ModelServer(Noun):
    """What one model source offers now. `chosen` is the model it writes with unless the person picks another.

    `problem` says in the user's words why there are no models: no key yet, a refused key, no answer.
    """

    source: str
    label: str
    models: tuple[OfferedModel, ...] = ()
    chosen: str = ""
    has_key: bool = Field(default=False, description="whoever runs this has set a key, or needs none")
    key_page: str = Field(default="", description="where a person gets a key of their own")
    problem: str = ""


# --- what is written ---------------------------------------------------------------------------------


class DraftKind(StrEnum):
    """The kinds of draft; `kinds.KINDS` says what each is."""

    COLD_EMAIL = "cold-email"
    FOLLOW_UP = "follow-up"
    COVER_LETTER = "cover-letter"
    TAILORED_RESUME = "tailored-resume"
    RESUME_SUMMARY = "resume-summary"


Tone = Literal["plain", "warm", "formal"]
Length = Literal["short", "usual", "long"]
Language = Literal["en", "de", "fr", "es"]


class SentenceKind(StrEnum):
    """The code of a typed line, and what such a sentence may hold."""

    SUBJECT = "S"
    CLAIM = "C"
    RECIPIENT = "R"
    INTENT = "I"
    GLUE = "G"
    FORMULA = "F"


class Sentence(Noun):
    """One sentence of a draft and the ids it rests on: evidence (`e3`) and posting lines (`p2`)."""

    kind: SentenceKind
    text: str
    rests_on: tuple[str, ...] = ()
    paragraph: int = 0


class Verdict(Noun):
    """Whether a sentence may stand. `check` names the check that decided; `reason` is for the person."""

    supported: bool
    check: str = ""
    reason: str = ""
    fault: str = Field(default="", description="the words at fault, verbatim from the sentence")
    evidence_says: str = Field(default="", description="what the cited source has instead, verbatim")


class Dropped(Noun):
    """A sentence that did not reach the page as written, and what stands in its place, if anything."""

    text: str
    verdict: Verdict
    rests_on: tuple[str, ...] = ()
    replaced_by: str = ""
    question: str = ""


class Usage(Noun):
    """What a writer used. The embedded writer uses nothing; where it took over, this is the model's use."""

    writer: Literal["embedded", "model"]
    model: str = ""
    source: str = Field(default="", description="where the model runs, such as `groq`")
    prompt: str = Field(default="", description="prompt name and version")
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = Field(default=0, description="of the prompt's, those the server had kept")
    estimated: bool = Field(default=False, description="the server gave no counts, so these are ours")
    note: str = Field(default="", description="what to tell the person, such as that another model wrote")
    fallback: str = Field(default="", description="why the embedded writer took over, in the user's words")


class Estimate(Noun):
    """What a call to a model will take, known before it is made.

    `starts_in_s` is 0 where it may begin at once, infinite where it is larger than the server allows at all
    (then it does not `fits`). `place` is the number of calls that wait before it.
    """

    model: str
    prompt_tokens: int
    most_tokens: int = Field(description="prompt and all that the answer may have, as servers count")
    cost: float | None = Field(default=None, description="at most, in the currency of the prices; None unset")
    starts_in_s: float = 0.0
    place: int = 0
    fits: bool = True
    fits_today: bool = Field(default=True, description="whether the day's allowance lets it begin today")


class Receipt(Noun):
    """How a draft was made."""

    usage: Usage
    source_url: str = ""
    source_digest: str = Field(default="", description="SHA-256 of the bytes that were read there")
    rung: str = ""
    evidence: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    checked: int = 0
    seconds: dict[str, float] = Field(default_factory=dict)
    written_at: datetime | None = None


class Change(Noun):
    """One difference between a line of a résumé and its source, with why; the person may refuse it.

    From `start` to `end` of the source the line reads `new`, where the change is accepted. A change of
    "order" moves the line within its entry and changes no word.
    """

    name: Literal["order", "their word", "puff", "speaker", "tense", "shorter"]
    reason: str
    start: int = 0
    end: int = 0
    new: str = ""
    accepted: bool = True


class Piece(Noun):
    """A stretch of two texts compared by words: in both, in the source alone, or in the new text alone."""

    kind: Literal["same", "gone", "new"]
    text: str


class ResumeLine(Noun):
    """One line of a tailored résumé: a bullet, a skill, a sentence of the summary.

    `text` is `source`, the whole item or a verbatim part of it, with the accepted changes made. `place`
    counts the entry's lines as its source has them; `rank`, from 1, is where a moved line stands in front of
    those that were not moved. A `listed` line is a word of a list, which stands in one line with its like.
    """

    evidence: str
    source: str
    text: str
    changes: tuple[Change, ...] = ()
    place: int = 0
    rank: int = 0
    listed: bool = False


class ResumeEntry(Noun):
    """One role, project, degree or certificate, its fields verbatim, and the lines under it.

    Lines of no record have an entry without one.
    """

    record: Record | None = None
    evidence: str = Field(default="", description="id of the item that names the record")
    lines: tuple[ResumeLine, ...] = ()


class ResumeSection(Noun):
    """One part of a résumé. `heading` is a standard name, in the language of the evidence."""

    name: Literal[
        "summary",
        "skills",
        "experience",
        "projects",
        "education",
        "certificates",
        "volunteering",
        "languages",
        "other",
    ]
    heading: str
    entries: tuple[ResumeEntry, ...]


class LeftOut(Noun):
    """Something of the evidence that a tailored résumé does not say, verbatim, with why."""

    evidence: str
    text: str
    reason: str


class Resume(Noun):
    """A tailored résumé: what the evidence says, chosen and ordered for one opening.

    `goal` says what it is for and is no fact about the sender. `coverage` compares it with the evidence as it
    is; its `ceiling` is what any text could truthfully reach.
    """

    name: str
    headline: str = ""
    organization: str = ""
    email: str = ""
    phone: str = ""
    postal_address: str = ""
    links: tuple[str, ...] = ()
    goal: str = ""
    language: str = Field(default="en", description="of the headings")
    present: str = Field(default="Present", description="the word for the end of what goes on")
    right_to_left: bool = False
    sections: tuple[ResumeSection, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    coverage: Coverage | None = None


class FinalLine(Noun):
    """A line of the text as a person takes it away, with what it stands on.

    "person" is the person's own word, "nothing" a line without any source, "form" one that states nothing.
    """

    text: str
    stands_on: Literal["evidence", "page", "person", "nothing", "form"]
    rests_on: tuple[str, ...] = ()


class Draft(Noun):
    """A finished draft. `verdicts` run parallel to `sentences`; the subject has been checked too."""

    kind: DraftKind
    language: str = "en"
    subject: str = ""
    sentences: tuple[Sentence, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    receipt: Receipt
    notices: tuple[str, ...] = Field(
        default=(), description='such as "Not ready to send. Add your postal address."'
    )
    resume: Resume | None = Field(
        default=None, description="the document of a tailored résumé; `sentences` are its lines in order"
    )


class Brief(Noun):
    """All that a writer gets to see."""

    kind: DraftKind
    posting: Posting
    profile: Profile
    matches: tuple[Match, ...]
    mentions: tuple[SkillMention, ...] = ()
    say_gap: bool = False
    why: str = Field(
        default="", description="one line by the person on why this company; theirs, so a source"
    )
    closing: str = Field(default="", description="the person's own closing line; theirs, so a source")
    recipient: str = Field(default="", description="whom to greet: named by the page or by the person")
    stress: tuple[str, ...] = Field(
        default=(), description="skills or evidence ids that the person wants in front"
    )
    tone: Tone = "plain"
    length: Length = "usual"
    language: Language = "en"
    told: tuple[str, ...] = Field(
        default=(), description="evidence ids that an earlier message to them has used; a follow-up adds one"
    )
    earlier_subject: str = Field(default="", description="the subject of that message")
    earlier: tuple[frozenset[int], ...] = Field(
        default=(), description="five-word runs of drafts to other openings, which this one should not repeat"
    )
    seed: int = 0
