"""What a brief holds, worked out once: needs that can be named, deeds that can be said, skills that are
shared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from chains.embedded.articles import DETERMINERS, PREPOSITIONS, with_articles
from chains.embedded.deed import Deed, is_specific
from chains.embedded.needs import Need, need
from chains.embedded.realise import deeds
from chains.embedded.role import certificate_text, company_of, is_someone, role_sentence, title_of, year
from chains.embedded.style import STOCK
from chains.embedded.tidy import LEVELS, count, joined, lower_first, sentences, tidy
from chains.embedded.wordings import Wording, wording
from domain import Brief, DraftKind, Evidence, Match, Persona, Record, Section, SkillMention
from language import verbs
from language.closed import closed
from language.nouns import indefinite, is_person

STRONG = 0.5
"""Matches below this are hedged or rest on an everyday word; no sentence is made of them."""
# A draft has at least one answer this good: around weaker ones alone, letters stay short and say one thing
# (`python -m evaluation --only writing`, with and without).
OPENS = 0.65
SAID = ("bullet", "project", "summary", "role")  # what statements are made of
# "experimentation/feature-management" cannot be taken up in a plain sentence.
_SLASHED = re.compile(r"\w{4,}/\w{4,}")
_OF_THE_WORK = (Section.TASKS, Section.MUST, Section.NICE)
_ENOUGH_TO_LIST = 3
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
    shown: tuple[str, ...] = ()
    """Those of the skills that the evidence names."""
    weight: float = 0.0
    """What answers are ordered by: the score, and how well the need and the statement read together."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A skill the page names and the sender lists: `text` in the page's words, `said` in the sender's."""

    label: str
    text: str
    said: str
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
    def wording(self) -> Wording:
        """The fixed wording of the draft's language."""
        return wording(self.brief.language)

    @cached_property
    def slots(self) -> dict[str, str]:
        """What fixed wordings are filled with; empty where the page gives nothing that can be said."""
        someone = self.title if self.title and is_someone(self.title) else ""
        return {
            "title": self.title,
            "company": self.company,
            "person": someone,
            "a_title": f"{indefinite(someone)} {someone}" if someone else "",
            "my": "our" if self.services else "my",
            "I": "we" if self.services else "I",
            "me": "us" if self.services else "me",
        }

    @cached_property
    def stressed(self) -> frozenset[str]:
        """Evidence ids that the person wants in front: named by them, or showing a skill that they named."""
        wanted = {each.strip().lower() for each in self.brief.stress}
        items = self.brief.profile.evidence
        return frozenset(
            item.id for item in items if wanted & {item.id, *(label.lower() for label in item.skills)}
        )

    def in_front(self, evidence: str, skills: Sequence[str] = ()) -> bool:
        """Whether the person stressed this item; where skills are given, one of those or the item itself."""
        wanted = {each.strip().lower() for each in self.brief.stress}
        named = any(label.lower() in wanted for label in skills)
        return evidence in wanted or (evidence in self.stressed and (named or not skills))

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
        if item is not None and item.type == "role":
            return self._held(item)
        if item is not None and item.type == "certificate":
            text = certificate_text(self.record_of(evidence)) if not self.services else ""
            return (Deed(evidence, "I", text.removeprefix("I "), present=True),) if text else ()
        if item is None or item.type not in ("bullet", "project", "summary"):
            return ()
        if is_list(item.text, item.skills) or _is_a_title(item.text):
            return ()
        english = (self.brief.profile.language or "en").lower().startswith("en")
        return deeds(item, self.record_of(evidence), self.names, english)

    def uncut(self, deed: Deed) -> tuple[Deed, ...]:
        """The statement with all the words of its line, for where the short one says too much: "…, across the
        team" may not go. None where the line is as short, or was turned into another form.
        """
        item = self.evidence.get(deed.id)
        said = sentences(tidy(item.text))[:1] if item is not None and deed.subject == "I" else []
        for text in map(lower_first, said):
            longer = count(text) > count(f"{deed.phrase}{deed.tail}")
            if longer and text.split()[0] == deed.phrase.split()[0] and not is_list(text):
                return (Deed(deed.id, "I", with_articles(text, self.names), present=deed.present),)
        return ()

    def _held(self, item: Evidence) -> tuple[Deed, ...]:
        """A role as a statement: "was a Data Analyst at Osier Health from 2018 to 2021"."""
        record = self.record_of(item.id)
        said = role_sentence(record) if record is not None and not self.services else ""
        return (Deed(item.id, "I", said.removeprefix("I "), present=said.startswith("I am")),) if said else ()

    @cached_property
    def _mentioned(self) -> dict[str, SkillMention]:
        found: dict[str, SkillMention] = {}
        for mention in self.brief.mentions:
            found.setdefault(mention.skill, mention)
        return found

    def words_for(self, label: str) -> str:
        """A skill in the page's own words: "Postgres" where the page has that; a practice in lower case."""
        mention = self._mentioned.get(label)
        text = " ".join(mention.text.split()) if mention else label
        if text.lower() == label.lower():
            text = label
        if self._is_personal(label):
            return label.lower()  # "communication", where the page wants a "clear communicator"
        if _is_an_act(text) or (text.lower().endswith(_ADJECTIVES) and len(label.split()) > 1):
            text = label  # "turn data into decisions" and "backend" name no thing; data analysis does
        return text.lower() if _is_practice(text, label) else text

    def place_of(self, label: str) -> int:
        """Where on the page a skill is first named, so that lists keep the page's order."""
        return list(self._mentioned).index(label) if label in self._mentioned else len(self._mentioned)

    def is_nameable(self, label: str) -> bool:
        """Whether a skill is a thing with a name (Go, Kafka), not a practice (testing)."""
        mention = self._mentioned.get(label)
        if mention is None or mention.text in _FIELDS or mention.category not in _NAMED:
            return False
        return not _is_practice(mention.text, label)

    def _own_words(self, evidence: str, label: str) -> str:
        text = self.evidence[evidence].text.strip(" .")
        return text if len(text.split()) <= 4 and not re.search("[,(:;]", text) else label

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """Needs with a statement that answers them, best first: by score, number and recency."""
        lines = [m for m in self.brief.matches if m.subject == "requirement" and self.english]
        found = [answer for match in lines if (answer := self._answer(match)) is not None]
        met = {line for answer in found for line in answer.need.lines}
        found += self._by_lines(met) if self.english else []
        found += self._by_certificates()
        weighed = [(self._weight(answer), answer) for answer in [*found, *self._by_skills()]]
        weighed.sort(key=lambda pair: pair[0], reverse=True)
        return tuple(replace(answer, weight=weight[0]) for weight, answer in weighed)

    def _by_certificates(self) -> list[Answer]:
        """Certificates that a line of the page names by their title, and that the sender holds."""
        found = []
        for match in self.brief.matches:
            line = next((x for x in self.brief.posting.lines if x.id == match.line), None)
            for item in (self.evidence[e] for e in match.evidence if e in self.evidence):
                record = self.record_of(item.id)
                if item.type != "certificate" or record is None or line is None or not record.title:
                    continue
                named = re.search(rf"(?<!\w){re.escape(record.title)}(?!\w)", line.text, re.IGNORECASE)
                deeds = self.deeds_of(item.id)
                if named and deeds and match.score >= STRONG:
                    wanted = Need("thing", named.group(), (line.id,))
                    found.append(Answer(wanted, deeds, match.score, match.required is not False))
        return found

    def _by_lines(self, met: set[str]) -> list[Answer]:
        """Lines that no statement answers as a whole, but whose words hold a skill that one shows."""
        shown = {m.text: m for m in self.brief.matches if m.subject == "skill" and m.score >= STRONG}
        asked: dict[str, list[str]] = {}
        for mention in self.brief.mentions:
            if (
                mention.skill in shown
                and self.is_nameable(mention.skill)
                and mention.line not in met | {"p0"}
            ):
                asked.setdefault(mention.line, []).append(mention.skill)
        lines = {line.id: line for line in self.brief.posting.lines if line.section in _OF_THE_WORK}
        found = []
        for line, labels in asked.items():
            wanted = need(lines[line].text, line, self.names) if line in lines else None
            if wanted is None or STOCK.search(wanted.text):
                continue
            named = [label for label in labels if self.words_for(label).lower() in wanted.text.lower()]
            matches = [shown[label] for label in named]
            covering = [self._covering(e, named, strict=True) for m in matches for e in m.evidence]
            said = tuple(dict.fromkeys(d for d in covering if d is not None and self._can_answer(d, wanted)))
            if said:
                score = max(m.score for m in matches) - 0.05
                required = any(m.required is not False for m in matches)
                found.append(Answer(wanted, said, score, required, tuple(named), tuple(named)))
        return found

    @property
    def is_told(self) -> bool:
        """Whether a statement answers something, if only in words that no sentence can take up."""
        return bool(self.unnamed)

    @property
    def is_enough(self) -> bool:
        """Whether a statement answers the opening well; an e-mail may also open with three listed skills."""
        said = {id_ for id_, item in self.evidence.items() if item.type in SAID}
        good = [m for m in self.brief.matches if m.score >= OPENS and m.evidence]
        skills = {m.text for m in good if m.subject == "skill"}
        is_short = self.brief.kind is DraftKind.COLD_EMAIL
        return (is_short and len(skills) >= 3) or any(said.intersection(m.evidence) for m in good)

    def _answer(self, match: Match) -> Answer | None:
        if match.is_gap or match.score < STRONG:
            return None
        wanted = need(match.text, match.line, self.names)
        said = [d for e in match.evidence if (d := self._covering(e, match.skills)) is not None]
        if wanted is None or STOCK.search(wanted.text) or _SLASHED.search(wanted.text):
            return None
        said = [deed for deed in said if self._can_answer(deed, wanted)]
        if not said:
            return None
        said.sort(key=lambda deed: deed.id not in self.stressed)
        labels = self.evidence[said[0].id].skills
        shown = tuple(label for label in match.skills if label in labels)
        return Answer(wanted, tuple(said), match.score, match.required is not False, match.skills, shown)

    def _can_answer(self, deed: Deed, wanted: Need) -> bool:
        """Whether a statement answers a need: what the sender is, by a summary or a title, does no task."""
        return wanted.kind != "task" or self.evidence[deed.id].type not in ("summary", "role")

    @cached_property
    def unnamed(self) -> tuple[Deed, ...]:
        """Statements that answer something the page asks for in words no sentence can take up, best first."""
        strong = [m for m in self.brief.matches if not m.is_gap and m.score >= STRONG]
        strong.sort(key=lambda m: -m.score)
        said = [self._covering(e, m.skills) for m in strong for e in m.evidence]
        told = [deed for deed in said if deed is not None and self.evidence[deed.id].type in SAID]
        return tuple(dict.fromkeys(told))

    def _by_skills(self) -> list[Answer]:
        """One answer a statement: the named skills of the page, three at most, that it shows."""
        shown: dict[str, list[Match]] = {}
        for match in self.brief.matches:
            if match.subject == "skill" and not match.is_gap and match.score >= STRONG:
                for evidence in match.evidence:
                    shown.setdefault(evidence, []).append(match)
        found = []
        for evidence, matches in shown.items():
            kept = [m for m in matches if self._covering(evidence, m.skills, strict=True)]
            things = [m for m in kept if self.is_nameable(m.text)]
            kept = sorted(things, key=lambda m: m.required is False)[:3] or kept[:1]
            kept.sort(key=lambda m: self.place_of(m.text))
            if kept and not things and not self._can_be_asked_for(kept[0].text):
                continue
            deed = self._covering(evidence, [m.text for m in kept]) if kept else None
            if deed is None:
                continue
            lines = tuple(dict.fromkeys(m.line for m in kept))
            wanted = Need("skill", joined([self.words_for(m.text) for m in kept]), lines)
            score = max(m.score for m in kept)
            labels = tuple(m.text for m in kept)
            found.append(
                Answer(wanted, (deed,), score, any(m.required is not False for m in kept), labels, labels)
            )
        return found

    def _is_personal(self, label: str) -> bool:
        mention = self._mentioned.get(label)
        return mention is not None and mention.category == "personal"

    def _can_be_asked_for(self, label: str) -> bool:
        """Whether "you ask for {words}" reads well: forecasting does, software engineer does not."""
        words = self.words_for(label)
        return not words.removesuffix("s").endswith(_ADJECTIVES) and not is_person(words.split()[-1])

    def _covering(self, evidence: str, labels: Sequence[str], strict: bool = False) -> Deed | None:
        """The statement of an item that shows one of these skills, where the item names any of them."""
        item = self.evidence.get(evidence)
        said = [deed for deed in self.deeds_of(evidence) if deed.subject != "it"]
        wanted = [label for label in labels if item and label in item.skills]
        if not wanted:
            return said[0] if said and not strict else None
        whole = len(said) == 1 and item is not None and said[0].words >= 0.75 * len(item.text.split())
        for deed in said:
            if any(self._names(deed, label) for label in wanted) or whole:
                return deed
        return None

    def _names(self, deed: Deed, label: str) -> bool:
        return self.names_in(f"{deed.phrase}{deed.tail} {deed.follow}", label)

    def names_in(self, text: str, label: str) -> bool:
        """Whether a text names a skill, by its label, the page's words for it or a long word of either."""
        text = text.lower()
        mention = self._mentioned.get(label)
        spelt = {label.lower(), mention.text.lower() if mention else label.lower()}
        long = [word for word in label.lower().split() if len(word) > 4]
        return any(word in text for word in spelt) or any(word.rstrip("s") in text for word in long)

    def _names_a_gap(self, text: str) -> bool:
        """Whether a need names a skill the sender cannot show: better not the first thing to bring up."""
        missing = [self.words_for(m.text) for m in self.brief.matches if m.subject == "skill" and m.is_gap]
        return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) for word in missing)

    def _weight(self, answer: Answer) -> tuple[float, ...]:
        named = 0.25 if answer.need.kind == "task" else 0.15
        if answer.need.kind == "skill":
            things = sum(1 for label in answer.skills if self.is_nameable(label))
            named = 0.07 * (things - 1) if things else -0.4
        elif answer.skills and not any(self.is_nameable(label) for label in answer.shown):
            named -= 0.3
        if answer.need.kind != "skill" and self._names_a_gap(answer.need.text):
            named -= 0.5
        if answer.shown and all(self._is_a_colleague(answer.need.text, label) for label in answer.shown):
            named -= 0.8
        number = 0.08 if answer.deeds[0].numbered else 0.0
        must = 0.05 if answer.required else 0.0
        front = 1.0 if self.in_front(answer.deeds[0].id, answer.skills) else 0.0
        return (answer.score + named + number + must + front, -self.age(answer.deeds[0].id))

    def _is_a_colleague(self, text: str, label: str) -> bool:
        """Whether a need names a skill only for the people worked with: "frontend engineers"."""
        word = re.escape(self.words_for(label))
        found = re.search(rf"(?<!\w){word}[\s-]+(?P<who>\w+s)\b", text, re.IGNORECASE)
        return found is not None and (found["who"].lower() == "teams" or is_person(found["who"][:-1].lower()))

    def age(self, evidence: str) -> int:
        """How long ago the owner ended, in years before 2100; 0 for a current one, 99 for none."""
        return self.age_of(self.record_of(evidence))

    def age_of(self, record: Record | None) -> int:
        """The same for a record."""
        if record is None:
            return 99
        current, end, start = record.current, year(record.end), year(record.start)
        return 0 if current else 2100 - (end or start or 2000)

    @cached_property
    def ranked(self) -> tuple[Deed, ...]:
        """Every first statement, best first: with skills the page names, specific, recent, with a number."""
        asked = {
            m.text for m in self.brief.matches if m.subject == "skill" and not m.is_gap and m.score >= STRONG
        }
        found: list[tuple[tuple[bool, int, bool, int, bool], Deed]] = []
        rows = {
            item.record
            for item in self.brief.profile.evidence
            if item.type == "project" and item.record and is_list(item.text, item.skills)
        }
        for item in self.brief.profile.evidence:
            said = self.deeds_of(item.id)
            if said and said[0].subject != "it" and item.type in ("bullet", "project"):
                common = min(2, len(asked & set(item.skills)))
                deed = said[0]
                if item.record in rows:
                    continue  # said with its technologies, or not at all
                record = self.record_of(item.id)
                aside = record is not None and record.kind == "volunteering"
                rank = (
                    item.id not in self.stressed,
                    -common,
                    not is_specific(deed) or aside,
                    self.age(item.id),
                    not deed.numbered,
                )
                found.append((rank, deed))
        return tuple(deed for _, deed in sorted(found, key=lambda pair: pair[0]))

    @cached_property
    def introductions(self) -> tuple[Deed, ...]:
        """What the summary says the sender is: "am a data analyst with 5 years of experience"."""
        summaries = [item for item in self.brief.profile.evidence if item.type == "summary"]
        said = [deed for item in summaries for deed in self.deeds_of(item.id)[:1]]
        if self.services:
            own = [deed for item in self.brief.profile.evidence for deed in self.deeds_of(item.id)[:1]]
            return tuple(deed for deed in own if deed.subject == "we" and deed.phrase.startswith("are "))
        return tuple(deed for deed in said if deed.phrase.startswith(("am ", "have ")))

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
            mention = self._mentioned.get(match.text)
            if match.subject != "skill" or match.is_gap:
                continue
            if mention is not None and mention.category == "spoken languages":
                continue
            listed = [e for e in match.evidence if self.evidence.get(e) and self.evidence[e].type == "skill"]
            listed = listed or [
                item.id
                for item in self.brief.profile.evidence
                if item.type == "skill" and match.text in item.skills and match.score >= STRONG
            ]
            if listed and not match.reason.startswith("Your evidence says"):
                said = self._own_words(listed[0], match.text)
                must = match.required is not False
                found.append(
                    Shared(match.text, self.words_for(match.text), said, match.line, listed[0], must)
                )
        # Everybody lists communication: it comes last, and not at all where there is enough to name.
        others = [s for s in found if not self._is_personal(s.label)]
        found = others if len(others) >= _ENOUGH_TO_LIST else found
        return tuple(
            sorted(
                found,
                key=lambda s: (
                    self._is_personal(s.label),
                    not self.in_front(s.evidence, (s.label,)),
                    not s.required,
                    not self.is_nameable(s.label),
                ),
            )
        )

    @cached_property
    def listed(self) -> tuple[Evidence, ...]:
        """Skills with a name that stand alone on the sender's list, as written."""
        items = [item for item in self.brief.profile.evidence if item.type == "skill" and item.skills]
        return tuple(
            i
            for i in items
            if len(i.text.split()) <= 3 and not LEVELS.search(i.text) and not re.search("[,:;]", i.text)
        )

    @cached_property
    def portfolio(self) -> tuple[tuple[Evidence, tuple[str, ...]], ...]:
        """Projects known only by their technologies, with those the page asks for; best first."""
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
        """Must-have skills with a name, other than the role itself, that the evidence does not show."""
        missing = [m for m in self.brief.matches if m.subject == "skill" and m.is_gap and m.required]
        title = self.brief.posting.title.lower()
        return tuple(
            m for m in missing if self.is_nameable(m.text) and self.words_for(m.text).lower() not in title
        )

    @cached_property
    def link(self) -> str:
        """The one address to sign with, or nothing; never a placeholder."""
        return next((link for link in self.brief.profile.links if is_usable(link)), "")


_NAMED = closed(
    """
    cloud databases devops embedded frameworks mobile networking observability programming tools data
    """
) | {"programming languages"}


_FIELDS = closed("DevOps MLOps DevSecOps SaaS Fullstack Full-stack Frontend Backend QA UI UX AI ML")
"""Written like names, but fields of work: nobody asks which of two comes first, or says they lack one."""
_ADJECTIVES = ("end", "stack", "web", "mobile")
_PRACTICE_ENDINGS = (
    "ing",
    "ment",
    "tion",
    "sion",
    "ity",
    "sis",
    "ics",
    "ance",
    "ence",
    "end",
    "stack",
    "ship",
)


def _is_practice(text: str, label: str) -> bool:
    """Whether a skill is something one does, written small: debugging, large language models."""
    if any(c.isupper() for word in text.split() for c in word[1:]) or any(c.isdigit() for c in text):
        return False
    later = label.split()[1:]
    if later and all(word[:1].isupper() for word in later):
        return False  # Google Analytics
    return text.islower() or any(word.islower() for word in later) or text.lower().endswith(_PRACTICE_ENDINGS)


def is_list(text: str, skills: Sequence[str] = ()) -> bool:
    """Whether a text only enumerates: short items, most of them skills, none a count ("500+ stars")."""
    items = [item.lower() for item in re.split(r"\s*[,;/|]\s*", text.strip(" .")) if item]
    if not items or any(len(item.split()) > 4 or item[0].isdigit() for item in items):
        return False
    named = sum(
        1 for item in items if any(skill.lower() in item or item in skill.lower() for skill in skills)
    )
    first = verbs.lookup(items[0].split()[0])
    return 2 * named > len(items) and (first is None or len(items) > 1)


def _is_an_act(text: str) -> bool:
    """Whether the page's words for a skill are a verb with its object, not a name: "stock control" is one."""
    said = text.lower().split()
    verb = verbs.lookup(said[0]) if len(said) > 2 else None
    return verb is not None and verb.base == said[0] and not _SMALL_WORDS.isdisjoint(said[1:])


_SMALL_WORDS = DETERMINERS | PREPOSITIONS
_WORD = re.compile(r"[^\W\d_]{4,}")


def _is_a_title(text: str) -> bool:
    """Whether a text is written like the title of a paper: "Enhancing Vision through Augmented Reality"."""
    long = _WORD.findall(text)
    small = [word for word in long if word.islower() and word not in _SMALL]
    return len(long) >= 4 and len(small) <= len(long) // 8


_SMALL = closed("with from into through over under about between within using upon towards")


def is_usable(link: str) -> bool:
    """Whether a link may be shown to a stranger: https, and no name reserved for examples."""
    return link.startswith("https://") and not _RESERVED.search(link)
