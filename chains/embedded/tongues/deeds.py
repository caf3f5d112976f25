"""A line of evidence as sentences of a draft in German, French or Spanish."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chains.embedded.materials import is_list, is_usable
from chains.embedded.role import year
from chains.embedded.tidy import count
from chains.embedded.tongues.wording import Wording, wording_of
from domain import Brief, Evidence, Language, Persona, Record, Sentence, SentenceKind
from kinds import KINDS
from language.tongues import joined, language_of, weights_of
from language.tongues.retell import Telling, cuts, statements, tellings
from language.tongues.tables import at_place

_OPEN_END = re.compile(r"https?://|\bwww\.|[→|]|->")


@dataclass(frozen=True, slots=True)
class Told:
    """What can be said of one item: its tellings, and its words as they stand after a colon.

    `quoted` says that they are in another language, and stand in quotation marks.
    """

    id: str
    record: Record | None
    tellings: tuple[Telling, ...]
    plain: str
    quoted: bool

    @property
    def numbered(self) -> bool:
        return any(c.isdigit() for c in self.plain)

    @property
    def is_act(self) -> bool:
        return bool(self.tellings)


def language_of_evidence(brief: Brief) -> str:
    """The language that most of the sender's sentences are in."""
    said = [item.text for item in brief.profile.evidence if item.type in ("bullet", "project", "summary")]
    return language_of(" . ".join(said), brief.profile.language or "en")


def is_in(text: str, language: Language, most: str) -> bool:
    """Whether a line stands in a language; where its words do not tell, `most` of the others do."""
    weights = weights_of(text)
    best = max(weight for other, weight in weights.items() if other != language)
    return weights[language] + 1.0 >= best if most == language else weights[language] >= max(1.0, best + 0.5)


def told(
    item: Evidence, record: Record | None, language: Language, most: str, longest: int, we: bool
) -> Told | None:
    """The sayable first statement of an item, or None for lists, shouting, links and what is too long."""
    if item.type not in ("bullet", "project", "summary") or is_list(item.text, item.skills):
        return None
    said = statements(item.text)
    if not said or _OPEN_END.search(said[0]) or said[0].isupper() or count(said[0]) < 2:
        return None
    whole = said[0]
    foreign = not is_in(whole, language, most)
    over = bool(record and record.end and not record.current)
    fits = [text for text in cuts(whole) if count(text) <= longest]
    if not fits:
        return None
    found = () if foreign else tellings(whole, language, ended=over, we=we)
    found = tuple(t for t in found if any(count(kept) <= longest for kept in cuts(t.rest)))
    return Told(item.id, record, found, fits[0], foreign)


def _running(title: str, language: Language, record: Record) -> str:
    """A title in a sentence: small in French and Spanish, unless it is a name or an acronym."""
    first = title.split(" ", 1)[0]
    if language not in ("fr", "es") or record.kind == "project" or any(c.isupper() for c in first[1:]):
        return title
    return title[:1].lower() + title[1:]


_MINE: dict[Language, tuple[str, str]] = {
    "en": ("my", "our"),
    "de": ("meinem", "unserem"),
    "fr": ("mon", "notre"),
    "es": ("mi", "nuestro"),
}


def place(record: Record | None, own: str, language: Language, *, we: bool = False) -> dict[str, str]:
    """The slots of a frame: employer, title, years; the sender's own organisation is no place of work."""
    if record is None:
        return {}
    org = "" if record.organization == own else " ".join(record.organization.split())
    title = " ".join(record.title.split())
    at = at_place(org, language) if org else ""
    return {
        "org": org,
        "place": at,
        "Place": at[:1].upper() + at[1:],
        "title": _running(title, language, record) if len(title) <= 45 else "",
        "mine": _MINE[language][we],
    }


def wordings(
    said: Told, language: Language, words: Wording, heads: list[str], *, we: bool, longest: int
) -> Iterator[str]:
    """Every sentence for an item behind these heads ("Bei Osier"), tellings first, then the colon."""
    for telling in said.tellings:
        for rest in cuts(telling.rest):
            if count(rest) > longest - 3:
                continue
            yield from _behind(telling, rest, language, heads, we)
            if not heads:
                yield _bare(telling, rest, language, we)
    text = said.plain
    for head in heads:
        yield f"{head}{_colon(language)} {_after_colon(text, said.quoted, language, words)}."


def _behind(telling: Telling, rest: str, language: Language, heads: list[str], we: bool) -> Iterator[str]:
    for head in heads:
        if language != "de":
            yield f"{head}, {rest}."
        elif telling.kind == "act":
            yield f"{head} {telling.lead} {'wir' if we else 'ich'} {rest}."
        elif count(rest) <= 9:
            yield f"{head} {telling.lead} {rest} zu {'unseren' if we else 'meinen'} Aufgaben."
            yield f"{head} {telling.lead} zu {'unseren' if we else 'meinen'} Aufgaben {rest}."
        else:
            yield f"{head} {telling.lead} zu {'unseren' if we else 'meinen'} Aufgaben {rest}."


def _bare(telling: Telling, rest: str, language: Language, we: bool) -> str:
    if language != "de":
        return f"{rest[:1].upper()}{rest[1:]}."
    if telling.kind == "task":
        return f"Zu {'unseren' if we else 'meinen'} Aufgaben {telling.lead} {rest}."
    return f"{'Wir' if we else 'Ich'} {telling.lead} {rest}."


def _colon(language: Language) -> str:
    return " :" if language == "fr" else ":"


def _after_colon(text: str, quoted: bool, language: Language, words: Wording) -> str:
    if quoted or ":" in text:
        return f"{words.quote[0]}{text}{words.quote[1]}"
    if language == "de":
        return text
    first = re.split(r"[\s'’]", text, maxsplit=1)[0]
    is_name = any(c.isupper() for c in first[1:]) or any(c.isdigit() for c in first)
    return text if is_name else text[:1].lower() + text[1:]


def dated(written: str) -> str:
    """The year of a record's date, or nothing."""
    found = year(written)
    return str(found) if found else ""


def sentences_for(
    brief: Brief, evidence_id: str, before: Sequence[Sentence] = (), paragraph: int | None = None
) -> list[str]:
    """One item as full true sentences, those that go on with the paragraph first: for a refused line.

    Args:
        brief: Holds the profile and the language.
        evidence_id: `e4`.
        before: The draft so far.
        paragraph: The paragraph that the sentence will stand in.
    """
    item = next((e for e in brief.profile.evidence if e.id == evidence_id), None)
    if item is None:
        return []
    language, words = brief.language, wording_of(brief.language)
    record = next((r for r in brief.profile.records if r.id == item.record), None)
    we = brief.profile.persona is Persona.SERVICE_PROVIDER and bool(brief.profile.organization)
    said = told(item, record, language, language_of_evidence(brief), 24, we)
    if said is None:
        other = _other(brief, item, record, words, we)
        return [other] if other else []
    if KINDS[brief.kind].form == "text":
        return [] if said.quoted else [f"{said.plain[:1].upper()}{said.plain[1:]}."]
    slots = place(record, brief.profile.organization, language, we=we)
    is_project = record is not None and record.kind == "project"
    heads = filled(words.heads["project" if is_project else "at"], slots)
    worn = [
        head for head in heads if any(s.text.startswith(head) for s in before if s.paragraph == paragraph)
    ]
    heads = [*(head for head in heads if head not in worn), *worn]
    if _goes_on(brief, item, before, paragraph) and said.tellings:
        heads = [*words.heads["further" if is_project else "same"], *heads]
    return list(wordings(said, language, words, heads, we=we, longest=26))


def _goes_on(brief: Brief, item: Evidence, before: Sequence[Sentence], paragraph: int | None) -> bool:
    """Whether the claim right before, in the same paragraph, is of the same place."""
    last = before[-1] if before else None
    if last is None or last.paragraph != paragraph or last.kind is not SentenceKind.CLAIM:
        return False
    owners = {e.record for e in brief.profile.evidence if e.id in last.rests_on}
    return item.record is not None and owners == {item.record}


def _other(brief: Brief, item: Evidence, record: Record | None, words: Wording, we: bool) -> str | None:
    if item.type == "skill" and item.skills:
        return (words.our_list if we else words.on_list)[0].format(
            list=joined(list(item.skills[:3]), brief.language)
        )
    if item.type == "project" and item.skills and is_list(item.text, item.skills):
        link = next((each for each in item.links if is_usable(each)), "")
        start = words.uses[we].format(list=joined(list(item.skills[:3]), brief.language))
        return f"{start}{_colon(brief.language)} {link}" if link else f"{start}."
    if record is None or we:
        return None
    if item.type == "degree" and record.organization:
        return words.degree.format(title=" ".join(record.full_title.split()), org=record.organization)
    if item.type == "certificate" and record.title:
        return words.certificate.format(title=" ".join(record.title.split()))
    return None


def filled(forms: tuple[str, ...], slots: dict[str, str]) -> list[str]:
    """The forms whose slots all have a value."""
    found = []
    for form in forms:
        named = re.findall(r"\{(\w+)\}", form)
        if all(slots.get(name) for name in named):
            found.append(form.format(**slots))
    return found
