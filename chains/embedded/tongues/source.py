"""What a brief holds for a draft in German, French or Spanish: needs with what answers them, deeds, names."""

import re
from dataclasses import dataclass
from functools import cached_property

from chains.embedded import needs as english
from chains.embedded.materials import OPENS, STRONG, Materials, is_list
from chains.embedded.tidy import count
from chains.embedded.tongues.deeds import Told, is_in, language_of_evidence, told
from chains.embedded.tongues.needs import LONGEST_QUOTE, Need, need
from chains.embedded.tongues.wording import Wording, wording_of
from domain import Brief, DraftKind, Evidence, Language, Match, Persona, PostingLine, Record, Section
from kinds import KINDS
from language.closed import closed
from language.tongues import joined, language_of, words_in
from language.tongues.tables import at_place

_PERSON = {
    "de": re.compile(
        r"(?:er|erin|eur|eurin|ist|istin|ant|antin|ent|entin|tor|kraft|hilfe|manager|engineer|developer|analyst|lead|"
        r"scientist|architekt|architect|consultant|designer|koch|köchin|arzt|ärztin|frau|mann|leitung|trainee|intern)$"
        r"|(?:[/*:_-]-?in)$",
        re.IGNORECASE,
    ),
    "fr": re.compile(r"^(?!stage|alternance|apprentissage|emploi|cdi|cdd|mission)", re.IGNORECASE),
    "es": re.compile(r"^(?!prácticas|beca|oferta|empleo)", re.IGNORECASE),
}
_INFORMAL = re.compile(r"\b(?:du|dich|dir|dein|deine[mnrs]?)\b", re.IGNORECASE)
_FORMAL = re.compile(r"\b(?:Sie|Ihnen|Ihre[mnrs]?|Ihr)\b")
_OF_THE_WORK = (Section.TASKS, Section.MUST, Section.NICE)


@dataclass(frozen=True, slots=True)
class Answer:
    """A need and the items that answer it, best first; `weight` orders answers."""

    need: Need
    ids: tuple[str, ...]
    weight: float
    skills: tuple[str, ...] = ()


class Source:
    """All that the plans draw on; each part is worked out once."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.language: Language = brief.language
        self.materials = Materials(brief)
        self.we = brief.profile.persona is Persona.SERVICE_PROVIDER and bool(brief.profile.organization)
        self.longest = KINDS[brief.kind].longest_sentence
        self._told: dict[str, Told | None] = {}

    @cached_property
    def informal(self) -> bool:
        """Whether the page says "du"."""
        text = self.brief.posting.text
        return self.language == "de" and len(_INFORMAL.findall(text)) > len(_FORMAL.findall(text))

    @cached_property
    def words(self) -> Wording:
        return wording_of(self.language, informal=self.informal)

    @cached_property
    def most(self) -> str:
        """The language of most of the evidence."""
        return language_of_evidence(self.brief)

    @cached_property
    def page_language(self) -> str:
        posting = self.brief.posting
        said = " . ".join(line.text for line in posting.requirements) or posting.text
        return language_of(said, (posting.language or "en")[:2].lower())

    @cached_property
    def company(self) -> str:
        return self.materials.company

    @cached_property
    def title(self) -> str:
        """The title for short, as long as it stands so in the posting's own."""
        whole = " ".join(self.brief.posting.title.split())
        for title in (self.materials.title, re.split(r"\s*[(\[]|\s[–—|]\s", whole)[0]):
            said = re.sub(r"\s+(?:[HFM]/[HFM])\b", "", title).strip(" -–,")
            if said and count(said) <= 6 and said.lower() in whole.lower():
                return said
        return ""

    @cached_property
    def slots(self) -> dict[str, str]:
        """The opening as the forms take it."""
        words, title = self.words, self.title
        role = {"de": "die Stelle", "fr": "le poste", "es": "el puesto"}[self.language]
        if title:
            is_person = _PERSON[self.language].search(title) is not None and count(title) <= 5
            role = (words.role if is_person else words.role_named).format(T=title)
            if self.language == "fr" and is_person and re.match(r"[aeiouéèêhœ]", title, re.IGNORECASE):
                role = role.replace("poste de ", "poste d'", 1)
        at = f" {at_place(self.company, self.language)}" if self.company else ""
        return {
            "role": role,
            "Role": role[:1].upper() + role[1:],
            "at": at,
            "company": self.company,
            "T": title,
            "of_T": (f"d'{title}" if re.match(r"[aeiouéèêhœ]", title, re.IGNORECASE) else f"de {title}")
            if title
            else "",
            "I": {"de": ("Ich", "Wir"), "fr": ("Je", "Nous"), "es": ("", "")}[self.language][self.we],
            "my": {"de": ("meinen", "unseren"), "fr": ("mon", "notre"), "es": ("mi", "nuestro")}[
                self.language
            ][self.we],
            "earlier": " ".join(self.brief.earlier_subject.split()),
            "recipient": " ".join(self.brief.recipient.split()),
        }

    def record_of(self, evidence: str) -> Record | None:
        return self.materials.record_of(evidence)

    def told(self, evidence: str) -> Told | None:
        if evidence not in self._told:
            item = self.materials.evidence.get(evidence)
            record = self.materials.record_of(evidence)
            self._told[evidence] = (
                told(item, record, self.language, self.most, self.longest - 5, self.we) if item else None
            )
        return self._told[evidence]

    def need_of(self, line: PostingLine) -> Need | None:
        """The need of a line in the draft's language, or the whole line as a quotation from another."""
        if is_in(line.text, self.language, self.page_language):
            return need(line.text, line.id, self.language, informal=self.informal)
        other = self.page_language
        short = 3 <= count(line.text) <= LONGEST_QUOTE and not re.search(r"[„“«»\"]|https?:", line.text)
        if not short:
            return None
        if other == "en":
            usable = english.need(line.text, line.id, self.materials.names) is not None
        else:
            usable = other in ("de", "fr", "es") and need(line.text, line.id, _as_language(other)) is not None
        return Need("quote", " ".join(line.text.split()).rstrip(".;"), (line.id,)) if usable else None

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """Needs with sayable items that answer them, best first."""
        found = [*self._by_requirements(), *self._by_lines(), *self._by_words(), *self._by_skills()]
        best: dict[tuple[str, ...], Answer] = {}
        for answer in found:
            key = (answer.need.kind, *answer.need.lines)
            if key not in best or best[key].weight < answer.weight:
                best[key] = answer
        return tuple(sorted(best.values(), key=lambda answer: -answer.weight))

    def _answer(self, wanted: Need, ids: list[str], score: float, skills: tuple[str, ...]) -> Answer | None:
        said = [each for each in dict.fromkeys(ids) if self.told(each) is not None]
        if not said:
            return None
        first = self.told(said[0])
        assert first is not None
        form = {"thing": 0.25, "task": 0.25, "tasks": 0.25, "do": 0.3, "quote": 0.1, "skills": -0.1}[
            wanted.kind
        ]
        weight = score + form + (0.08 if first.numbered else 0) + (0.05 if first.is_act else 0)
        weight += 0.5 if self._is_stressed(said[0], skills) else 0.0
        return Answer(wanted, tuple(said), weight - self.materials.age(said[0]) * 0.002, skills)

    def _is_stressed(self, evidence: str, skills: tuple[str, ...]) -> bool:
        item = self.materials.evidence.get(evidence)
        wanted = {each.lower() for each in self.brief.stress}
        named = {each.lower() for each in (*skills, *(item.skills if item else ()))}
        return evidence.lower() in wanted or bool(wanted & named)

    def _by_requirements(self) -> list[Answer]:
        lines = {line.id: line for line in self.brief.posting.lines}
        found = []
        for match in self.brief.matches:
            if (
                match.subject != "requirement"
                or match.is_gap
                or match.score < STRONG
                or match.line not in lines
            ):
                continue
            wanted = self.need_of(lines[match.line])
            answer = self._answer(wanted, list(match.evidence), match.score, match.skills) if wanted else None
            found += [answer] if answer else []
        return found

    @cached_property
    def _shown(self) -> dict[str, Match]:
        return {
            m.text: m
            for m in self.brief.matches
            if m.subject == "skill" and not m.is_gap and m.score >= STRONG
        }

    def _by_lines(self) -> list[Answer]:
        """Lines whose words hold a named skill that an item shows."""
        asked: dict[str, list[str]] = {}
        for mention in self.brief.mentions:
            if mention.skill in self._shown and self.materials.is_nameable(mention.skill):
                asked.setdefault(mention.line, []).append(mention.skill)
        found = []
        for line in self.brief.posting.lines:
            labels = list(dict.fromkeys(asked.get(line.id, ())))
            if not labels or line.section not in _OF_THE_WORK:
                continue
            wanted = self.need_of(line)
            matches = [self._shown[label] for label in labels]
            ids = [
                evidence for match in matches for evidence in match.evidence if self._names(evidence, labels)
            ]
            score = max(match.score for match in matches)
            answer = self._answer(wanted, ids, score, tuple(labels)) if wanted and ids else None
            found += [answer] if answer else []
        return found

    def _names(self, evidence: str, labels: list[str]) -> bool:
        item = self.materials.evidence.get(evidence)
        return item is not None and any(label in item.skills for label in labels)

    def _by_words(self) -> list[Answer]:
        """Lines that share rare words with an item in the same language: vectors know English alone."""
        items = {
            item.id: rare_words(item.text, self.language)
            for item in self.brief.profile.evidence
            if (said := self.told(item.id)) is not None and not said.quoted and item.type != "summary"
        }
        found = []
        for line in self.brief.posting.lines:
            wanted = self.need_of(line) if line.section in _OF_THE_WORK else None
            if wanted is None or not is_in(line.text, self.language, self.page_language):
                continue
            asked = rare_words(line.text, self.language)
            shared = {id_: asked & words for id_, words in items.items() if is_alike(asked & words)}
            ids = sorted(shared, key=lambda id_: -len(shared[id_]))[:3]
            score = 0.55 + 0.05 * min(4, len(shared[ids[0]])) if ids else 0.0
            answer = self._answer(wanted, ids, score, ()) if ids else None
            found += [answer] if answer else []
        return found

    def _by_skills(self) -> list[Answer]:
        """An item and up to three skills of the page that it shows."""
        shown: dict[str, list[Match]] = {}
        for match in self._shown.values():
            for evidence in match.evidence:
                if self._names(evidence, [match.text]):
                    shown.setdefault(evidence, []).append(match)
        found = []
        for evidence, matches in shown.items():
            named = [m for m in matches if self.materials.is_nameable(m.text)][:3]
            if not named:
                continue
            named.sort(key=lambda m: self.materials.place_of(m.text))
            what = joined([self.materials.words_for(m.text) for m in named], self.language)
            lines = tuple(dict.fromkeys(m.line for m in named))
            labels = tuple(m.text for m in named)
            score = max(m.score for m in named) + 0.07 * (len(named) - 1)
            answer = self._answer(Need("skills", what, lines), [evidence], score, labels)
            found += [answer] if answer else []
        return found

    def self_ratio(self, text: str) -> float:
        """How often a text speaks of its writer, for each time it speaks of the reader."""
        said = re.findall(r"[^\W\d_]+", text.lower())
        mine = sum(1 for word in said if word in self.words.self_words)
        return mine / max(1, sum(1 for word in said if word in self.words.you_words))

    @property
    def is_enough(self) -> bool:
        """Whether an item answers the opening well, or three listed skills open an e-mail."""
        good = [m for m in self.brief.matches if m.score >= OPENS and m.evidence]
        skills = {m.text for m in good if m.subject == "skill"}
        short = self.brief.kind is not DraftKind.COVER_LETTER and len(skills) >= 3
        return short or any(self._is_said(e) for m in good for e in m.evidence) or bool(self._by_words())

    def _is_said(self, evidence: str) -> bool:
        item = self.materials.evidence.get(evidence)
        return self.told(evidence) is not None or (item is not None and item.type in ("role", "project"))

    @cached_property
    def ranked(self) -> tuple[Told, ...]:
        """Every sayable item, those with skills that the page names first, then by number and recency."""
        asked = set(self._shown)
        found: list[tuple[tuple[float, ...], Told]] = []
        for item in self.brief.profile.evidence:
            said = self.told(item.id)
            if said is None or item.type == "summary":
                continue
            common = min(2, len(asked & set(item.skills)))
            stressed = self._is_stressed(item.id, ())
            aside = said.record is not None and said.record.kind == "volunteering"
            rank = (
                -stressed,
                -common,
                aside,
                not said.is_act,
                self.materials.age(item.id),
                not said.numbered,
            )
            found.append((rank, said))
        return tuple(said for _, said in sorted(found, key=lambda pair: pair[0]))

    @cached_property
    def summaries(self) -> tuple[Told, ...]:
        items = [item for item in self.brief.profile.evidence if item.type == "summary"]
        return tuple(said for item in items if (said := self.told(item.id)) is not None)

    @cached_property
    def rows(self) -> tuple[tuple[Evidence, tuple[str, ...]], ...]:
        """Projects known by their technologies, with those the page asks for."""
        found = []
        for item in self.brief.profile.evidence:
            if item.type == "project" and is_list(item.text, item.skills):
                common = tuple(label for label in self._shown if label in item.skills)
                if common:
                    found.append((item, common))
        return tuple(sorted(found, key=lambda pair: -len(pair[1])))


def rare_words(text: str, language: Language) -> frozenset[str]:
    """The beginnings of the words that tell one line of work from another."""
    common = _COMMON[language]
    words = (word.lower() for part in words_in(text) for word in part.split("-"))
    return frozenset(
        word[: max(5, min(_LONG, len(word) - 2))]
        for word in words
        if len(word) > 5 and not word.startswith(common)
    )


_LONG = 12
"""Letters of a word that is rare by itself: "Kreditorenbuchhaltung", not "Einarbeitung"."""


def is_alike(shared: frozenset[str]) -> bool:
    """Two rare words, or one that is as long as names of trades are."""
    return len(shared) > 1 or any(len(word) >= _LONG for word in shared)


_COMMON: dict[Language, tuple[str, ...]] = {
    "de": tuple(
        closed(
            """
            erfahr kenntn entwick umsetz durchf erstel betreu unterst planun steuer organi leitun
            führun team projek kunden unsere unsern mitarb aufgab bereic sicher umgang gute sehr
            neue neuen verant berufs jahre system prozes arbeit gemein intern extern zusamm mehrjä
            fundie prakti beispi währen zwisch softwa anwend lösung qualit optimi verbes analys
            konzep einfüh mitwir abtei abstim erfolg
            """
        )
    ),
    "fr": tuple(
        closed(
            """
            expéri connai dévelo gestio partic notre équipe projet client missio assure réalis
            mise travai servic bonne maîtri person années format suivi entrep différ nouvea nouvel
            qualit optimi amélio analys concep accomp organi coordi prépar niveau logici systèm
            process soluti outils
            """
        )
    ),
    "es": tuple(
        closed(
            """
            experi conoci desarr gestió gestio nuestr equipo proyec client realiz trabaj servic
            buen domini manejo person años formac seguim empres difere nuevos nuevas calida optimi
            mejora anális diseño implem organi coordi prepar nivel sistem proces soluci herram
            """
        )
    ),
    "en": (),
}


def _as_language(code: str) -> Language:
    return {"de": "de", "fr": "fr", "es": "es"}.get(code, "en")  # type: ignore[return-value]
