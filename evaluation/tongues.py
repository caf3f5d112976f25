"""How well drafts in German, French and Spanish are written and checked.

Lines: `tongue_lines/<language>.tsv` holds lines of résumés and requirements with what they should become,
written before the tables were tuned; the part "a" was tuned on, "b" and "c" were looked at once before their
faults were mended, then kept. Lies and honest lines are those of the tests. Drafts: every invented person of
`tongue_cases/` with every opening of the same language, by the checklist for e-mails (E…) and letters (L…); a
draft is sound where the gate passes every sentence and the whole.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import outreach
import tagging
from chains.embedded.style import PLACEHOLDER
from chains.embedded.tongues.deeds import filled, place, told, wordings
from chains.embedded.tongues.needs import need
from chains.embedded.tongues.source import Source
from chains.embedded.tongues.wording import wording_of
from domain import (
    Brief,
    DraftKind,
    Evidence,
    EvidenceType,
    Language,
    Persona,
    Posting,
    PostingLine,
    Profile,
    Record,
    Section,
    Sentence,
    SentenceKind,
    SourceSpan,
)
from evaluation.checklists import Written, written
from evaluation.judged import share
from grounding import Gate

LANGUAGES: tuple[Language, ...] = ("de", "fr", "es")
_HERE = Path(__file__).parent
_TESTS = _HERE.parent / "tests" / "grounding"
_SECTIONS = {"T": Section.TASKS, "M": Section.MUST, "N": Section.NICE}
_ENOUGH_ITEMS = 8
"""Lines of evidence that a letter of full length is made of; L1 is not asked of thinner evidence."""


def measure(corpus: Path) -> dict[str, float]:  # noqa: ARG001  # all cases are our own
    """By language: lines told as expected, lies refused, honest lines accepted, drafts by criterion."""
    scores: dict[str, float] = {}
    for language in LANGUAGES:
        scores |= _lines(language) | _claims(language) | _perturbed(language) | _drafts(language)
    return scores


# --- lines -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A line with what it should become; "" where it should be left out."""

    half: str
    kind: str
    owner: str
    line: str
    expected: str


def rows_of(language: Language) -> list[Row]:
    """The lines of a language; comments and the head apart."""
    text = (_HERE / "tongue_lines" / f"{language}.tsv").read_text(encoding="utf-8")
    return [Row(*line.split("\t")) for line in text.splitlines() if line and not line.startswith("#")]


def becomes(row: Row, language: Language) -> str:
    """What the writer makes of a line: a sentence about the sender, or the need as a form takes it."""
    if row.kind == "need":
        found = need(row.line, "p1", language)
        return f"{found.kind}: {found.text}" if found else ""
    record, item = _record_of(row), _item_of(row)
    words = wording_of(language)
    said = told(item, record, language, language, 25, we=False)
    heads = filled(words.heads["at"][:1], place(record, "", language))
    return next(wordings(said, language, words, heads, we=False, longest=30), "") if said else ""


def _record_of(row: Row) -> Record:
    record = Record(id="r1", kind="role", title="X", organization="Arkway", start="2015", end="2020")
    return record.model_copy(update={"end": "", "current": True}) if row.owner == "current" else record


def _item_of(row: Row) -> Evidence:
    source = SourceSpan(document="resume.txt")
    return Evidence(id="e1", type="bullet", text=row.line, record="r1", source=source)


def _lines(language: Language) -> dict[str, float]:
    right: dict[str, list[bool]] = {}
    for row in rows_of(language):
        right.setdefault(f"{language}_{row.kind}_{row.half}", []).append(
            becomes(row, language) == row.expected
        )
    return {f"clean_{name}": share(sum(each), len(each)) for name, each in right.items()}


# --- claims ------------------------------------------------------------------------------------------


def _claims(language: Language) -> dict[str, float]:
    from tests.grounding.tongues_sender import make_brief, typed

    gate = Gate(make_brief(language), tagging.find_skills)
    lies = [
        gate.check(typed(line.partition(" | ")[2])).supported for line in _of(language, "tongues_lies.txt")
    ]
    honest = [gate.check(typed(line)).supported for line in _of(language, "tongues_honest.txt")]
    return {
        f"lies_refused_{language}": share(lies.count(False), len(lies)),
        f"honest_accepted_{language}": share(honest.count(True), len(honest)),
    }


def _of(language: Language, name: str) -> Iterator[str]:
    here = False
    for row in (_TESTS / name).read_text(encoding="utf-8").splitlines():
        if row.startswith("## "):
            here = row[3:].strip() == language
        elif here and row and not row.startswith("#"):
            yield row


# --- perturbations -----------------------------------------------------------------------------------

_PUFF = {"de": "sehr erfolgreich", "fr": "avec succès", "es": "con éxito"}
_OTHER_PLACE = "Tarnwell"


def perturbations(sentence: str, language: Language) -> Iterator[str]:
    """A true sentence made false: a number raised, a word gone, two changed over, praise, another place."""
    for number in re.finditer(r"\d+", sentence):
        raised = str(int(number.group()) + 1)
        yield sentence[: number.start()] + raised + sentence[number.end() :]
    words = sentence.rstrip(".").split()
    for at in range(2, len(words) - 1):
        if len(words[at]) > 2 and words[at].lower() not in _LIGHT:
            yield " ".join([*words[:at], *words[at + 1 :]]) + "."
        if words[at].lower() != words[at + 1].lower():
            yield " ".join([*words[:at], words[at + 1], words[at], *words[at + 2 :]]) + "."
    yield " ".join([*words[:-1], _PUFF[language], words[-1]]) + "."
    yield sentence.replace("Arkway", _OTHER_PLACE)


_LIGHT = frozenset(["auch", "aussi", "también"])


def _perturbed(language: Language) -> dict[str, float]:
    """How many perturbed sentences are refused, and how many of the true ones are accepted, line by line."""
    refused: list[bool] = []
    accepted: list[bool] = []
    for row in rows_of(language):
        sentence = becomes(row, language) if row.kind == "evidence" else ""
        if not sentence:
            continue
        gate = Gate(_brief_of(row, language), tagging.find_skills)
        accepted.append(_passes(gate, sentence))
        refused += [not _passes(gate, other) for other in perturbations(sentence, language)]
    needs = [_need_passes(row, language) for row in rows_of(language) if row.kind == "need" and row.expected]
    return {
        f"needs_accepted_{language}": share(sum(needs), len(needs)),
        f"perturbed_refused_{language}": share(sum(refused), len(refused)),
        f"true_accepted_{language}": share(sum(accepted), len(accepted)),
    }


def _need_passes(row: Row, language: Language) -> bool:
    """Whether the gate takes the need of a line in the first form of its kind."""
    kind, _, text = row.expected.partition(": ")
    line = PostingLine(id="p1", text=row.line, section=Section.MUST)
    brief = _brief_of(row, language)
    posting = brief.posting.model_copy(update={"lines": (*brief.posting.lines, line)})
    gate = Gate(brief.model_copy(update={"posting": posting}), tagging.find_skills)
    object_ = f"den {text[4:]}" if text.startswith("der ") else text
    said = wording_of(language).again[kind][0].format(np=text, acc=object_, do=text, line=text, list=text)
    return gate.check(Sentence(kind=SentenceKind.RECIPIENT, text=said, rests_on=("p1",))).supported


def _passes(gate: Gate, text: str) -> bool:
    return gate.check(Sentence(kind=SentenceKind.CLAIM, text=text, rests_on=("e1",))).supported


def _brief_of(row: Row, language: Language) -> Brief:
    record = _record_of(row)
    other = Record(id="r2", kind="role", title="Y", organization=_OTHER_PLACE, start="2010", end="2014")
    title = PostingLine(id="p0", text="Z", section=Section.TITLE)
    posting = Posting(id="o", title="Z", company="Fenwick", language=language, lines=(title,))
    profile = Profile(
        id="sender", name="Jana Reuter", language=language, records=(record, other), evidence=(_item_of(row),)
    )
    return Brief(kind=DraftKind.COLD_EMAIL, posting=posting, profile=profile, matches=(), language=language)


# --- drafts ------------------------------------------------------------------------------------------


@dataclass
class Cases:
    """The people and openings of one file, while it is read."""

    language: Language
    people: list[Profile] = field(default_factory=list)
    openings: list[Posting] = field(default_factory=list)


def cases_of(language: Language) -> Cases:
    """The invented people and openings of a language; the marks are explained in the German file."""
    cases = Cases(language)
    text = (_HERE / "tongue_cases" / f"{language}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        mark, _, said = line.partition(" ")
        if mark and mark != ";":
            _read(cases, mark, [part.strip() for part in said.split("|")], said.strip())
    return cases


def _read(cases: Cases, mark: str, parts: list[str], said: str) -> None:
    if mark in ("#", "p#"):
        cases.people.append(_person(cases.language, parts, is_provider=mark == "p#"))
    elif mark == "!":
        title = PostingLine(id="p0", text=parts[0], section=Section.TITLE)
        posting = Posting(id="o", title=parts[0], company=parts[1], language=cases.language, lines=(title,))
        cases.openings.append(posting)
    elif mark in _SECTIONS:
        posting = cases.openings[-1]
        line = PostingLine(id=f"p{len(posting.lines)}", text=said, section=_SECTIONS[mark])
        text = "\n".join(filter(None, (posting.text, said)))
        cases.openings[-1] = posting.model_copy(update={"lines": (*posting.lines, line), "text": text})
    elif mark in "@&":
        cases.people[-1] = _with_record(cases.people[-1], mark, parts)
    else:
        kinds: dict[str, EvidenceType] = {"-": "bullet", "+": "skill", "=": "language", "%": "summary"}
        cases.people[-1] = _with_item(cases.people[-1], kinds[mark], said)


def _person(language: Language, parts: list[str], *, is_provider: bool) -> Profile:
    return Profile(
        id=parts[0],
        name=parts[0],
        language=language,
        persona=Persona.SERVICE_PROVIDER if is_provider else Persona.JOB_SEEKER,
        organization=parts[1] if is_provider else "",
        postal_address="Am Hafen 1, 12345 Musterstadt" if is_provider else "",
    )


def _with_record(person: Profile, mark: str, parts: list[str]) -> Profile:
    title, organization, start, end = (*parts, "", "", "")[:4]
    is_project = mark == "@" and not organization
    record = Record(
        id=f"r{len(person.records) + 1}",
        kind="degree" if mark == "&" else "project" if is_project else "role",
        title=title,
        organization=organization,
        start=start,
        end=end,
        current=bool(start) and not end,
    )
    person = person.model_copy(update={"records": (*person.records, record)})
    return _with_item(person, "degree", title) if mark == "&" else person


def _with_item(person: Profile, kind: EvidenceType, text: str) -> Profile:
    owned = kind in ("bullet", "degree") and person.records
    item = Evidence(
        id=f"e{len(person.evidence) + 1}",
        type=kind,
        text=text,
        record=person.records[-1].id if owned else None,
        skills=tuple(dict.fromkeys(mention.skill for mention in tagging.find_skills(text))),
        source=SourceSpan(document="resume.txt"),
    )
    return person.model_copy(update={"evidence": (*person.evidence, item)})


def write(person: Profile, posting: Posting, kind: DraftKind, language: Language) -> Written | None:
    """A draft for the opening, or None where the evidence does not answer it."""
    opening = outreach.examine(posting, person)
    brief = Brief(
        kind=kind,
        posting=posting,
        profile=person,
        matches=opening.matches,
        mentions=opening.mentions,
        language=language,
    )
    return written(brief, person.name)


def _drafts(language: Language) -> dict[str, float]:
    cases = cases_of(language)
    pairs = [(person, posting) for person in cases.people for posting in cases.openings]
    emails = list(filter(None, (write(*pair, DraftKind.COLD_EMAIL, language) for pair in pairs)))
    letters = list(filter(None, (write(*pair, DraftKind.COVER_LETTER, language) for pair in pairs)))
    scores = {f"sound_{language}": _passed([*emails, *letters], lambda w: w.sound)}
    scores |= {f"email_{name}_{language}": _passed(emails, test) for name, test in _EMAIL.items()}
    scores |= {f"letter_{name}_{language}": _passed(letters, test) for name, test in _LETTER.items()}
    rich = [w for w in letters if sum(e.type == "bullet" for e in w.brief.profile.evidence) >= _ENOUGH_ITEMS]
    return scores | {f"letter_L1_{language}": _passed(rich, partial(_length, least=150, most=400))}


def _passed(drafts: Sequence[Written], test: Callable[[Written], bool]) -> float:
    return share(sum(map(test, drafts)), len(drafts))


def _length(written: Written, least: int, most: int) -> bool:
    return least <= written.words <= most


def _sentences(written: Written, longest: int, paragraph: int) -> bool:
    sizes: dict[int, int] = {}
    for sentence in written.said:
        sizes[sentence.paragraph] = sizes.get(sentence.paragraph, 0) + 1
    return max(len(s.text.split()) for s in written.said) <= longest and max(sizes.values()) <= paragraph


def _asks_once(written: Written) -> bool:
    return sum(s.text.endswith("?") for s in written.said) == 1


def _proves(written: Written) -> bool:
    claims = [s for s in written.said if s.kind is SentenceKind.CLAIM]
    return 1 <= len(claims) <= 3


def _speaks_of_them(written: Written) -> bool:
    first = re.split(r"\W", written.said[0].text.lower())[0]
    source = Source(written.brief)
    return first not in source.words.self_words and source.self_ratio(written.text) <= 2.5


def _names_their_opening(written: Written) -> bool:
    opened = " ".join(s.text for s in written.said[:2])
    return written.brief.posting.company in opened


def _has_no_gaps(written: Written) -> bool:
    return PLACEHOLDER.search(written.text) is None and "{" not in written.text


def _paragraphs(written: Written) -> bool:
    return 3 <= len({s.paragraph for s in written.said}) <= 5


_EMAIL: dict[str, Callable[[Written], bool]] = {
    "E1": partial(_length, least=50, most=125),
    "E4": partial(_sentences, longest=25, paragraph=4),
    "E5": _asks_once,
    "E6": _names_their_opening,
    "E7": _proves,
    "E8": _speaks_of_them,
    "E13": _has_no_gaps,
}
_LETTER: dict[str, Callable[[Written], bool]] = {
    "L2": _paragraphs,
    "L8": _asks_once,
    "E13": _has_no_gaps,
}
