"""The parts of a résumé in their order: what each entry holds, which line comes first, what is left out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chains.embedded.role import company_of, title_of
from chains.tailoring.accepting import in_order
from chains.tailoring.ageing import has_ended, newest_first
from chains.tailoring.fitting import TOO_LONG, TOO_LONG_BUT_ANSWERS, Candidate, Group, fitted
from chains.tailoring.headings import heading
from chains.tailoring.rewording import FindSkills, applied, reworded, spellings, their_words
from chains.tailoring.weighing import Worth, weigh
from domain import (
    Brief,
    Change,
    Evidence,
    LeftOut,
    Persona,
    Profile,
    Record,
    Resume,
    ResumeEntry,
    ResumeLine,
    ResumeSection,
)
from errors import NothingMatches
from language import dates
from language.instructions import is_instruction

_PART_OF = {
    "role": "experience",
    "project": "projects",
    "degree": "education",
    "certificate": "certificates",
    "volunteering": "volunteering",
}
_LOOSE = {
    "summary": "summary",
    "skill": "skills",
    "language": "languages",
    "project": "projects",
    "degree": "education",
    "certificate": "certificates",
}
_ORDER = (
    "summary",
    "skills",
    "experience",
    "projects",
    "education",
    "certificates",
    "volunteering",
    "languages",
    "other",
)
_ORDER_OF_SERVICES = ("summary", "skills", "projects", "experience", *_ORDER[4:])
_SAID_ONCE = "it is said once already"
_STANDS_IN_HEAD = "a head holds title, name and dates alone"
_ANSWERS_NOTHING = "it answers nothing that this opening asks for"
_ENOUGH_PROJECTS = 4
_MOST_MOVED = 4
"""Lines of one entry that may stand in front of the others."""
_GENDERS = re.compile(
    r"\s*[(\[](?:[a-z*]{1,3}\s*[/|]\s*){1,3}[a-z*]{1,3}[)\]]|\s*\(all genders\)", re.IGNORECASE
)
_ADDRESSES = re.compile(r"\||^(?:dear|hello|hi|you|please)\b|, (?:dear|hello)\b", re.IGNORECASE)
_LONGEST_TITLE = 80
_ODD = re.compile(r"[\"“”„;=<>@#{}]|https?|www\.|[.!?](?:\s|$)")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def tailor(brief: Brief, find_skills: FindSkills) -> Resume:
    """A résumé, or for an agency a profile of what it has done, made of the evidence for one opening.

    Args:
        brief: `length` "short" means one page, else at most two; `stress` puts items in front.
        find_skills: Finds the skills named in a text.

    Raises:
        NothingMatches: when there is no evidence at all.
    """
    profile = brief.profile
    if not profile.evidence:
        raise NothingMatches(
            "There is no evidence yet to make a résumé of.", "Add a résumé or portfolio, or use the sample."
        )
    worth = weigh(brief)
    groups, repeated = _groups(profile, worth)
    if profile.persona is Persona.SERVICE_PROVIDER:
        groups, silent = _answering(_of_services(groups))
        repeated += silent
    told = [group for group in groups if not _is_untold(group)]
    kept, lines, entries = fitted(told, brief.length)
    language = _language(brief)
    wording = _Wording(brief, find_skills, worth)
    order = _ORDER_OF_SERVICES if profile.persona is Persona.SERVICE_PROVIDER else _ORDER
    goal = _goal(brief, language)
    sections = []
    for name in order:
        here = [_entry(group, wording) for group in kept if group.section == name]
        if here or (name == "summary" and goal):  # which the goal opens
            called = heading(name if here else "objective", language)
            sections.append(ResumeSection(name=name, heading=called, entries=tuple(here)))  # type: ignore[arg-type]
    return Resume(
        name=profile.name,
        headline=profile.headline,
        organization=profile.organization,
        email=profile.email,
        phone=profile.phone,
        postal_address=profile.postal_address,
        links=profile.links,
        goal=goal,
        language=language,
        present=heading("present", language),
        right_to_left=_is_right_to_left(profile),
        sections=tuple(sections),
        left_out=(
            *repeated,
            *_left(lines, entries),
            *_untold_heads(kept),
            *(_untold(group.record) for group in groups if group.record and _is_untold(group)),
        ),
    )


def _goal(brief: Brief, language: str) -> str:
    """What the document is for, in the page's words: "Applying for: Platform Engineer, Fernhill"."""
    services = brief.profile.persona is Persona.SERVICE_PROVIDER
    whole = _GENDERS.sub("", " ".join(brief.posting.title.split())).strip()
    # The whole title is what programs look for; one that holds more than a title is shortened.
    title = whole if len(whole) <= _LONGEST_TITLE and not _ODD.search(whole) else title_of(brief.posting)
    named = ", ".join(filter(None, (title, company_of(brief.posting))))
    if is_instruction(named) or _ADDRESSES.search(named):  # a title that speaks to its reader is none
        return ""
    return f"{heading('offer' if services else 'goal', language)}: {named}" if named else ""


def _language(brief: Brief) -> str:
    """Headings follow the evidence, which is never translated; what the person chose counts for English."""
    own = (brief.profile.language or "en").lower()
    return brief.language if own.startswith("en") else own


def _is_right_to_left(profile: Profile) -> bool:
    sample = " ".join(item.text for item in profile.evidence[:200])[:20_000]
    letters = sum(character.isalpha() for character in sample)
    return letters > 0 and len(_RTL.findall(sample)) * 2 > letters


# --- what there is -----------------------------------------------------------------------------------


def _groups(profile: Profile, worth: dict[str, Worth]) -> tuple[list[Group], list[LeftOut]]:
    """Every entry with its lines, newest first in each part; what is said twice stands once."""
    known = {record.id for record in profile.records}
    owned: dict[str, list[Evidence]] = defaultdict(list)
    loose: dict[str, list[Evidence]] = defaultdict(list)
    for item in profile.evidence:
        if item.record in known:
            owned[item.record or ""].append(item)
        else:
            loose[_LOOSE.get(item.type, "other")].append(item)
    groups = [_loose_group(part, items, worth) for part, items in loose.items()]
    by_part: dict[str, list[Record]] = defaultdict(list)
    for record in profile.records:
        by_part[_PART_OF[record.kind]].append(record)
    for part, records in by_part.items():
        is_dated = part != "certificates" or all(record.start or record.end for record in records)
        for age, record in enumerate(newest_first(records) if is_dated else records):
            groups.append(_record_group(record, part, age, owned[record.id], worth))
    return _once([group for group in groups if group.record or group.lines])


def _of_services(groups: Sequence[Group]) -> list[Group]:
    """What an agency says of itself stands on top, and its projects by what they answer, not by their age."""
    about = [
        replace(g, section="summary", lines=tuple(replace(x, section="summary") for x in g.lines))
        for g in groups
        if g.section == "other" and g.record is None
    ]
    others = [g for g in groups if not (g.section == "other" and g.record is None)]
    others.sort(key=lambda group: -group.weight if group.section == "projects" else 0.0)
    return [*about, *others]


def _answering(groups: Sequence[Group]) -> tuple[list[Group], list[LeftOut]]:
    """The groups without an agency's projects that answer nothing, where enough others answer something."""
    silent = [g for g in groups if g.section == "projects" and g.record and not g.weight]
    answering = sum(1 for g in groups if g.section == "projects" and g.weight)
    if answering < _ENOUGH_PROJECTS:
        return list(groups), []
    left = [
        LeftOut(evidence=line.item.id, text=line.text, reason=_ANSWERS_NOTHING)
        for group in silent
        for line in group.lines
    ]
    return [group for group in groups if group not in silent], left


def _loose_group(part: str, items: Sequence[Evidence], worth: dict[str, Worth]) -> Group:
    lines = (
        Candidate(item, " ".join(item.text.split()), place, _weight(worth, item), 0, part)
        for place, item in enumerate(items)
    )
    return Group(None, part, tuple(lines))


def _record_group(
    record: Record, part: str, age: int, items: Sequence[Evidence], worth: dict[str, Worth]
) -> Group:
    """The lines of a record. A record without a name, as a confidential one, is only what was done."""
    head = next((item for item in items if item.type == record.kind or item.type == "role"), None)
    named = bool(record.title or record.organization)
    lines = []
    items = sorted(items, key=lambda item: item.type == "skill")  # which stand in one line at the end
    for place, item in enumerate(items):
        text = beyond_head(record, item) if item is head and named else item.text
        text = " ".join(text.split())
        if text:
            lines.append(Candidate(item, text, place, _weight(worth, item), age, part))
    section = part if named or record.kind == "project" else "other"
    return Group(record if named else None, section, tuple(lines), head, age)


def _weight(worth: dict[str, Worth], item: Evidence) -> float:
    return worth[item.id].weight if item.id in worth else 0.0


def beyond_head(record: Record, head: Evidence) -> str:
    """What the item that names a record says besides its fields: a project's description, a grade.

    Places and kinds of contract are no line of their own; they are listed as left out.
    """
    if record.kind == "project":
        return "" if head.text.strip() in (record.title, record.full_title) else head.text
    if record.kind not in ("degree", "certificate"):
        return ""
    rest = _rest(record, head.text)
    return rest if record.kind == "degree" and re.search(r"\d|\w+\s*:", rest) else ""


def _rest(record: Record, text: str) -> str:
    """The end of a head's words that none of its fields holds."""
    end = 0
    for value in (record.title, record.area, record.organization, record.start, record.end):
        at = max(text.find(value, end), text.find(value)) if value else -1
        end = max(end, at + len(value)) if at >= 0 else end
    rest = text[end:].strip(_MARKS)
    first, _, after = rest.partition(" ")
    said = dates.parse(first) if record.current else None  # "Present", which the entry says in its own way
    return after.strip(_MARKS) if said is not None and said.is_open else rest


_MARKS = " \t|·•,;–—-()"


def _once(groups: Sequence[Group]) -> tuple[list[Group], list[LeftOut]]:
    """The groups without lines that stand in the same entry or list before; skills count as one list."""
    said: set[tuple[str, str]] = set()
    repeated, kept = [], []
    for group in groups:
        lines = []
        for line in group.lines:
            owner = group.record.id if group.record else group.section
            key = (owner, " ".join(line.text.casefold().split()))
            if key in said:
                repeated.append(LeftOut(evidence=line.item.id, text=line.text, reason=_SAID_ONCE))
            else:
                said.add(key)
                lines.append(line)
        kept.append(replace(group, lines=tuple(lines)))
    return [group for group in kept if group.record or group.lines], repeated


# --- how it is said ----------------------------------------------------------------------------------


class _Wording:
    """Turns what was chosen into lines, in order and in the page's spelling."""

    def __init__(self, brief: Brief, find_skills: FindSkills, worth: dict[str, Worth]) -> None:
        self.find_skills = find_skills
        self.worth = worth
        self.theirs = spellings([m for m in brief.mentions if m.line])
        listed = {s for x in brief.profile.evidence if x.type == "skill" and not x.record for s in x.skills}
        # A skill that the list of skills spells as the page does needs no other spelling in a sentence.
        self.unlisted = {skill: text for skill, text in self.theirs.items() if skill not in listed}
        self.english = (brief.profile.language or "en").lower().startswith("en")
        services = brief.profile.persona is Persona.SERVICE_PROVIDER
        # A person's summary is read as one text; what an agency says of itself is a list.
        self.in_their_order = {"languages", "education", "certificates", *(() if services else ("summary",))}
        self.places: dict[str, int] = {}
        for mention in brief.mentions:
            self.places.setdefault(mention.skill, len(self.places))

    def line(self, candidate: Candidate, record: Record | None) -> ResumeLine:
        source = candidate.text
        changes: Iterable[Change] = ()
        if candidate.section == "skills" or candidate.item.type == "skill":
            changes = their_words(source, self.find_skills, self.theirs)
        elif candidate.section not in ("languages", "education", "certificates"):
            changes = self._of_prose(source, record)
        return ResumeLine(
            evidence=candidate.item.id,
            source=source,
            text=applied(source, tuple(changes)),
            changes=tuple(changes),
            place=candidate.place,
            listed=candidate.item.type in ("skill", "language"),
        )

    def _of_prose(self, source: str, record: Record | None) -> tuple[Change, ...]:
        found = reworded(source, has_ended(record), self.find_skills, self.unlisted)
        for change in found:
            if change.name == "their word":  # said once, it is found; oftener, it is padding
                self.unlisted = {skill: text for skill, text in self.unlisted.items() if text != change.new}
        return found if self.english else tuple(each for each in found if each.name == "their word")


def _entry(group: Group, wording: _Wording) -> ResumeEntry:
    lines = [wording.line(candidate, group.record) for candidate in group.lines]
    if group.section == "skills":
        lines = _skills_in_front(lines, group, wording)
    elif group.section not in wording.in_their_order:
        lines = _answers_in_front(lines, group, wording)
    return ResumeEntry(record=group.record, evidence=group.names_it, lines=in_order(lines))


def _answers_in_front(lines: list[ResumeLine], group: Group, wording: _Wording) -> list[ResumeLine]:
    """The lines that answer the opening before the others, best first; a project's description stays put."""
    movable = [
        c
        for c in group.lines
        if c.item.type != "skill"
        and not (group.record and group.record.kind == "project" and c.item is group.head)
    ]
    best = sorted((c for c in movable if c.weight), key=lambda c: (-c.weight, c.place))[:_MOST_MOVED]
    if group.record and group.record.kind == "project":
        best = best if group.head not in [c.item for c in group.lines] else []
    ranks = {c.item.id: rank for rank, c in enumerate(best, 1)}
    order = [c.item.id for c in best] + [c.item.id for c in group.lines if c.item.id not in ranks]
    if order == [c.item.id for c in group.lines]:
        return lines
    return [_moved(line, ranks[line.evidence], wording) if line.evidence in ranks else line for line in lines]


def _skills_in_front(lines: list[ResumeLine], group: Group, wording: _Wording) -> list[ResumeLine]:
    """The skills that the page names, in the order in which it names them."""
    asked = {}
    for candidate in group.lines:
        places = [wording.places[skill] for skill in candidate.item.skills if skill in wording.places]
        if places:
            asked[candidate.item.id] = min(places)
    order = sorted(asked, key=lambda id_: asked[id_])
    ids = [candidate.item.id for candidate in group.lines]
    if order + [id_ for id_ in ids if id_ not in asked] == ids:
        return lines
    ranks = {id_: rank for rank, id_ in enumerate(order, 1)}
    return [
        _moved(line, ranks[line.evidence], wording, "put first: the page asks for it")
        if line.evidence in ranks
        else line
        for line in lines
    ]


def _moved(line: ResumeLine, rank: int, wording: _Wording, reason: str = "") -> ResumeLine:
    worth = wording.worth.get(line.evidence, Worth())
    change = Change(name="order", reason=reason or worth.reason)
    return line.model_copy(update={"changes": (change, *line.changes), "rank": rank})


# --- what is not said --------------------------------------------------------------------------------


def _left(lines: Sequence[Candidate], entries: Sequence[Group]) -> list[LeftOut]:
    found = [
        LeftOut(
            evidence=line.item.id,
            text=line.text,
            reason=TOO_LONG_BUT_ANSWERS if line.weight else TOO_LONG,
        )
        for line in lines
    ]
    for group in entries:
        if group.record is not None and group.head is not None:
            found.append(LeftOut(evidence=group.head.id, text=group.head.text, reason=TOO_LONG))
    return found


def _is_untold(group: Group) -> bool:
    """Whether a record has no item that speaks of it: the person took it out, or it was read in vain."""
    return group.head is None and not group.lines


def _untold(record: Record) -> LeftOut:
    text = ", ".join(filter(None, (record.full_title, record.organization)))
    return LeftOut(evidence="", text=text, reason="nothing in your evidence speaks of it")


def _untold_heads(groups: Sequence[Group]) -> list[LeftOut]:
    """What stands beside the fields of a head in its source: a place, a kind of contract."""
    found = []
    for group in groups:
        if group.record is None or group.head is None or group.record.kind == "project":
            continue
        rest = _rest(group.record, group.head.text)
        told = {line.text for line in group.lines if line.item is group.head}
        if rest and rest not in told and re.search(r"\w{2,}", rest):
            found.append(LeftOut(evidence=group.head.id, text=rest, reason=_STANDS_IN_HEAD))
    return found
