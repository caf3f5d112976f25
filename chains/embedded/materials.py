"""What a brief holds, worked out once: needs that can be named, deeds that can be said, skills that are
shared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from chains.embedded.deed import Deed
from chains.embedded.needs import Need, need
from chains.embedded.realise import deeds
from chains.embedded.role import company_of, title_of
from domain import Brief, Evidence, Match, Persona, Record
from language import verbs

STRONG = 0.5
"""Matches below this are hedged or rest on an everyday word; they never open a draft."""
_RESERVED = re.compile(
    r"//(?:[\w.-]+\.)?(?:example\.(?:com|org|net)|localhost|[\w-]+\.(?:test|invalid|localhost))(?:[/:]|$)"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A need of the page and the statements that answer it, best first."""

    need: Need
    deeds: tuple[Deed, ...]
    score: float
    required: bool
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """A skill the page names and the sender lists, with the line and the evidence."""

    label: str
    line: str
    evidence: str
    required: bool


@dataclass
class Materials:
    """All that the plans draw on. Everything is computed on first use and kept for the other seeds."""

    brief: Brief
    _deeds: dict[str, tuple[Deed, ...]] = field(default_factory=dict)

    @cached_property
    def title(self) -> str:
        return title_of(self.brief.posting)

    @cached_property
    def company(self) -> str:
        return company_of(self.brief.posting)

    @cached_property
    def services(self) -> bool:
        return self.brief.profile.persona is Persona.SERVICE_PROVIDER

    @cached_property
    def english(self) -> bool:
        return (self.brief.posting.language or "en").lower().startswith("en")

    @cached_property
    def evidence(self) -> dict[str, Evidence]:
        return {item.id: item for item in self.brief.profile.evidence}

    @cached_property
    def records(self) -> dict[str, Record]:
        return {record.id: record for record in self.brief.profile.records}

    @cached_property
    def names(self) -> frozenset[str]:
        """Names that keep their capitals and take no article, lower-case."""
        skills = [label for item in self.brief.profile.evidence for label in item.skills]
        asked = [word for mention in self.brief.mentions for word in (mention.skill, mention.text)]
        owners = [record.organization for record in self.brief.profile.records]
        return frozenset(name.lower() for name in [*skills, *asked, *owners, self.company] if name)

    def record_of(self, evidence: str) -> Record | None:
        item = self.evidence.get(evidence)
        return self.records.get(item.record) if item and item.record else None

    def deeds_of(self, evidence: str) -> tuple[Deed, ...]:
        """The statements of one evidence item; empty for lists of skills and what cannot be said."""
        if evidence not in self._deeds:
            self._deeds[evidence] = self._realised(evidence)
        return self._deeds[evidence]

    def _realised(self, evidence: str) -> tuple[Deed, ...]:
        item = self.evidence.get(evidence)
        if item is None or item.type not in ("bullet", "project") or is_list(item.text, item.skills):
            return ()
        english = (self.brief.profile.language or "en").lower().startswith("en")
        return deeds(item, self.record_of(evidence), self.names, english)

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """Needs with a statement that answers them, best first: by score, number, recency; must before nice."""
        found = [answer for match in self.brief.matches if (answer := self._answer(match)) is not None]
        return tuple(sorted(found, key=self._weight, reverse=True))

    def _answer(self, match: Match) -> Answer | None:
        if match.is_gap or match.score < STRONG:
            return None
        said = tuple(d[0] for e in match.evidence if (d := self.deeds_of(e)) and d[0].subject != "it")
        wanted = self._need(match)
        if not said or wanted is None:
            return None
        return Answer(wanted, said, match.score, match.required is not False, match.skills)

    def _need(self, match: Match) -> Need | None:
        if match.subject == "skill":
            return Need("skill", match.text, match.line)
        if not self.english:
            return None
        return need(match.text, match.line, self.names)

    def _weight(self, answer: Answer) -> tuple[float, ...]:
        named = 0.25 if answer.need.kind == "task" else 0.15 if answer.need.kind == "thing" else 0.0
        number = 0.08 if answer.deeds[0].numbered else 0.0
        must = 0.05 if answer.required else 0.0
        return (answer.score + named + number + must, -self.age(answer.deeds[0].id))

    def age(self, evidence: str) -> int:
        """How long ago the owner ended, in years before 2100; 0 for a current one, 99 for none."""
        return self.age_of(self.record_of(evidence))

    def age_of(self, record: Record | None) -> int:
        """The same for a record."""
        if record is None:
            return 99
        current, end, start = record.current, year(record.end), year(record.start)
        return 0 if current else 2100 - (end or start or 2000)

    def proof_of(self, record: Record) -> str:
        """The evidence item that asserts a role or degree as such, else any item of it; empty where there is
        none.
        """
        own = [item for item in self.brief.profile.evidence if item.record == record.id]
        own.sort(key=lambda item: item.type != record.kind)
        return own[0].id if own else ""

    @cached_property
    def masked(self) -> frozenset[str]:
        """Words that a reading grade does not count: names of skills and the words in them."""
        return frozenset(word for name in self.names for word in name.split())

    @cached_property
    def shared(self) -> tuple[Shared, ...]:
        """Skills asked for that stand on the sender's own list of skills, must-haves first."""
        found = []
        for match in self.brief.matches:
            if match.subject != "skill" or match.is_gap:
                continue
            listed = [e for e in match.evidence if self.evidence.get(e) and self.evidence[e].type == "skill"]
            listed = listed or [
                item.id
                for item in self.brief.profile.evidence
                if item.type == "skill" and match.text in item.skills and match.score >= STRONG
            ]
            if listed and not match.reason.startswith("Your evidence says"):
                found.append(Shared(match.text, match.line, listed[0], match.required is not False))
        return tuple(sorted(found, key=lambda s: not s.required))

    @cached_property
    def portfolio(self) -> tuple[tuple[Evidence, tuple[str, ...]], ...]:
        """Projects known only by their technologies, with those of them that the page asks for; best first."""
        asked = [m.text for m in self.brief.matches if m.subject == "skill" and not m.is_gap and m.score > 0]
        found = []
        for item in self.brief.profile.evidence:
            if item.type == "project" and not self.deeds_of(item.id) and is_list(item.text, item.skills):
                common = tuple(label for label in asked if label in item.skills)
                if common:
                    found.append((item, common))
        return tuple(sorted(found, key=lambda pair: -len(pair[1])))

    @cached_property
    def gaps(self) -> tuple[Match, ...]:
        """Must-have skills the evidence does not show."""
        return tuple(
            m
            for m in self.brief.matches
            if m.subject == "skill" and m.is_gap and m.required and len(m.text.split()) <= 5
        )

    @cached_property
    def link(self) -> str:
        """The one address to sign with, or nothing; never a placeholder."""
        return next((link for link in self.brief.profile.links if is_usable(link)), "")


def is_list(text: str, skills: Sequence[str] = ()) -> bool:
    """Whether a text only enumerates: short items, the first of them a skill or at least no verb."""
    items = [item for item in re.split(r"\s*[,;/|]\s*", text.strip(" .")) if item]
    if not items or any(len(item.split()) > 4 for item in items):
        return False
    named = items[0].lower() in {skill.lower() for skill in skills} and len(items) > 1
    return named or verbs.lookup(items[0].split()[0]) is None


def is_usable(link: str) -> bool:
    """Whether a link may be shown to a stranger: https, and no name reserved for examples."""
    return link.startswith("https://") and not _RESERVED.search(link)


def year(text: str) -> int | None:
    """The year in a date as written, or None."""
    match = re.search(r"\b(?:19|20)\d\d\b", text)
    return int(match.group()) if match else None
