"""Named ways to make a true sentence about somebody false by one fact, and how many of each the gate refuses.

Every bullet of every résumé is rendered as the built-in writer would, checked, and then changed in every way
of the table that applies to it. A perturbation is one entry: its name, and a function from the sentence and
what surrounds it to false sentences. One that changes nothing, or something to what is true, is a fault here.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import tagging
from chains import render
from domain import Evidence, Profile, Record, Sentence, SentenceKind
from evaluation.claims import brief_of
from evaluation.judged import share
from grounding import Gate
from language import quantities, verbs
from language.verbs import Rank


@dataclass(frozen=True)
class Told:
    """A true sentence without its full stop, the item that it tells, and whose it is."""

    text: str
    item: Evidence
    record: Record | None
    person: Profile

    @property
    def others(self) -> list[Record]:
        return [r for r in self.person.records if self.record is None or r.id != self.record.id]


Perturb = Callable[[Told], Iterator[str]]
PERTURBATIONS: dict[str, Perturb] = {}


def perturbation(name: str) -> Callable[[Perturb], Perturb]:
    """Add a way to the table under its name."""

    def register(function: Perturb) -> Perturb:
        PERTURBATIONS[name] = function
        return function

    return register


def _swapped(pairs: tuple[tuple[str, str], ...]) -> Perturb:
    """The first match of each pattern replaced; nothing where none matches."""

    def function(told: Told) -> Iterator[str]:
        for pattern, instead in pairs:
            changed = re.sub(pattern, instead, told.text, count=1)
            if changed != told.text:
                yield changed

    return function


def _appended(*tails: str) -> Perturb:
    def function(told: Told) -> Iterator[str]:
        yield from (told.text + tail for tail in tails)

    return function


def _inserted(*words: str) -> Perturb:
    """A word put before the first plain noun phrase."""

    def function(told: Told) -> Iterator[str]:
        found = re.search(r"\b(?:a|an|the|of|to|for|with|in) (?=[a-z]{4})", told.text)
        if found:
            yield from (told.text[: found.end()] + word + told.text[found.end() :] for word in words)

    return function


# --- what stands around the fact ---------------------------------------------------------------------


@perturbation("employer")
def _employer(told: Told) -> Iterator[str]:
    names = ["Zorblat Dynamics", *(r.organization for r in told.others if r.organization)]
    own = told.record.organization if told.record else ""
    for name in dict.fromkeys(names):
        if name and name != own and name not in own and own not in (name if own else ""):
            yield _at(told, f"At {name}, ")


@perturbation("title")
def _title(told: Told) -> Iterator[str]:
    own = told.record.title.lower() if told.record else ""
    for title in ("Chief Technology Officer", "Head of Research"):
        if title.lower() != own:
            yield _at(told, f"As {title}, ")


@perturbation("date")
def _date(told: Told) -> Iterator[str]:
    yield _at(told, "In 1987, ")
    yield _at(told, "Since 1987, ")
    if told.record and told.record.end and not told.record.current:
        yield _at(told, "Currently, ")


@perturbation("duration")
def _duration(told: Told) -> Iterator[str]:
    yield f"For seventeen years, {told.text}" if told.text.startswith("I ") else f"{told.text} for 17 years"
    yield f"{told.text} over two decades"


def _at(told: Told, opening: str) -> str:
    """The sentence with another opening in place of its own."""
    body = re.sub(r"^(?:At|As|In|For|With) [^,]+, (?=I\b|we\b|We\b)", "", told.text)
    return opening + body


# --- numbers -----------------------------------------------------------------------------------------


@perturbation("number")
def _number(told: Told) -> Iterator[str]:
    for number in re.finditer(r"(?<![\w.])\d[\d,.]*\d|(?<![\w.])\d", told.text):
        changed = str(int(re.sub(r"\D", "", number.group()) or 0) + 7)
        yield told.text[: number.start()] + changed + told.text[number.end() :]


@perturbation("magnitude")
def _magnitude(told: Told) -> Iterator[str]:
    for found in re.finditer(r"(?<![\w.])(\d[\d,]*)(?=[ %kKmM+]|$)(?! (?:to|and) )", told.text):
        yield f"{told.text[: found.end(1)]}0{told.text[found.end(1) :]}"
    yield from _swapped(((r"(?<=\d)[kK]\b", "M"), (r"(?<=\d)M\b", "B"), (r"\bthousand\b", "million")))(told)


perturbation("unit")(
    _swapped(
        (
            (r"\bminutes?\b", "hours"),
            (r"\bhours?\b", "minutes"),
            (r"\bdays?\b(?! of)", "weeks"),
            (r"\bweeks?\b", "days"),
            (r"\bmonths?\b", "years"),
            (r"(?<=\d)\s?ms\b", " s"),
            (r"(?<=\d)%", " points"),
            (r"\bpercent\b", "points"),
        )
    )
)
perturbation("currency")(
    _swapped(((r"\$(?=\d)", "€"), (r"€(?=\d)", "£"), (r"£(?=\d)", "$"), (r"\bEUR\b", "USD")))
)
perturbation("from_to")(_swapped(((r"\bfrom (\S*\d\S*) to (\S*\d\S*)", r"from \2 to \1"),)))
perturbation("ordinal")(
    _swapped(((r"\b(?:2nd|second)(?= place)", "1st"), (r"\b(?:3rd|third)(?= place)", "1st")))
)
perturbation("comparator_lost")(
    _swapped(
        (
            (r"\b(?:about|around|approximately|up to|over|more than|nearly|almost|roughly) (?=[\d$€£])", ""),
            (r"(?<=\d)\+", ""),
        )
    )
)


@perturbation("comparator_added")
def _comparator_added(told: Told) -> Iterator[str]:
    plain = next((q for q in quantities.find(told.text) if not q.comparator and q.text[:1].isdigit()), None)
    if plain is not None and plain.unit != "ordinal":
        yield f"{told.text[: plain.start]}over {told.text[plain.start :]}"
        yield f"{told.text[: plain.start]}up to {told.text[plain.start :]}"


@perturbation("numbers_exchanged")
def _exchanged(told: Told) -> Iterator[str]:
    numbers = list(re.finditer(r"(?<![\w.])\d[\d,]*(?![\w.%])", told.text))
    for one, other in pairwise(numbers):
        if one.group() != other.group():
            between = told.text[one.end() : other.start()]
            yield f"{told.text[: one.start()]}{other.group()}{between}{one.group()}{told.text[other.end() :]}"


@perturbation("metric_of_another")
def _metric(told: Told) -> Iterator[str]:
    own = {q.value for q in quantities.find(told.item.text)}
    for other in told.person.evidence:
        found = re.search(r"\bby (?:about |over |up to )?[\d.]+\s?%", other.text)
        if found and other.id != told.item.id and not {q.value for q in quantities.find(found.group())} & own:
            yield f"{told.text}, and cut costs {found.group()}"
            return


# --- what was done -----------------------------------------------------------------------------------

perturbation("direction")(
    _swapped(
        (
            (r"\b(?:reduced|cut|decreased|lowered|reducing|cutting|decreasing|lowering)\b", "increased"),
            (r"\b(?:increased|raised|improved|grew|increasing|raising|improving|growing)\b", "reduced"),
        )
    )
)


@perturbation("verb_rank")
def _verb_rank(told: Told) -> Iterator[str]:
    found = re.search(r"\b(?:I|[Ww]e) (?:have |was |am )?(?:also )?([a-z-]+)", told.text)
    verb = verbs.lookup(found[1]) if found else None
    if found is not None and verb is not None and verb.rank < Rank.LED:
        for higher in ("led", "founded", "headed"):
            yield told.text[: found.start(1)] + higher + told.text[found.end(1) :]


perturbation("verb_other")(
    _swapped(((r"\b(I|[Ww]e) (?:built|wrote|created|developed|designed|implemented)\b", r"\1 invented"),))
)
perturbation("negation_added")(_swapped(((r"\b(I|[Ww]e) (?=[a-z]+ed\b)", r"\1 never "),)))
perturbation("negation_lost")(_swapped(((r"\b(?:not|never|without|only|partly)\b ", ""),)))
perturbation("hedge_lost")(
    _swapped(
        (
            (r"\b(?:helped|assisted) (?:to |with |in )?", "led and "),
            (r"\b(?:took part in|participated in|contributed to)\b", "led"),
            (r"\b(?:mostly|partially|partly|mainly|occasionally) ", ""),
        )
    )
)
perturbation("team_credit")(
    _swapped(
        (
            (r"\b(?:was )?part of a team that\b", "single-handedly"),
            (r" (?:together )?with (?:a|an|my|the|our|\w+) (?:\w+ )?(?:team|colleagues?|engineers?)\b", ""),
            (r"\bI (?=[a-z]+ed\b)", "I single-handedly "),
            (r"\bI (?=[a-z]+ed\b)", "I alone "),
        )
    )
)
perturbation("supervision_lost")(
    _swapped(((r" under (?:the )?(?:supervision|guidance|direction)[^,.]*", ""),))
)
perturbation("status")(
    _swapped(((r"\b(?:planned|planning|piloted|prototyped|proposed|piloting) ", "completed "),))
)
perturbation("level")(
    _swapped(((r"\b(?:basic|intermediate|familiar|working|beginner)\b", "expert"), (r"\bjunior\b", "senior")))
)
perturbation("scope")(_inserted("all ", "every ", "company-wide ", "global "))
perturbation("scope_behind")(_appended(" across the whole company", " worldwide"))
perturbation("superlative")(_inserted("award-winning ", "best-in-class ", "critical "))
perturbation("comparative")(_appended(", faster than anyone before", ", better than the competition"))
perturbation("result_added")(
    _appended(", which doubled revenue", ", saving $2 million a year", ", making customers happier")
)
perturbation("client_added")(_appended(" for NASA", " for Google"))
perturbation("technology_added")(_appended(" in Haskell", " using Erlang"))
perturbation("award_added")(_appended(", and won an award"))
perturbation("place_added")(_appended(" in Tokyo", " across Asia"))
perturbation("link_added")(_appended(" (see https://zorblat.example/work)", ": zorblat.example"))
perturbation("private_added")(_appended(", and I have a work permit", ", at the age of 26"))
perturbation("ownership")(_appended(" for your team", ", like the 40 people you are hiring"))
perturbation("employer_behind")(_appended(" at Zorblat Dynamics"))
perturbation("collective")(_swapped(((r"\bteam\b", "company"), (r"\bteams\b", "companies"))))
perturbation("look_alike")(_swapped(((r"(?<=[a-z])a(?=[a-z])", "а"), (r"(?<=[a-z])o(?=[a-z])", "о"))))

_NEIGHBOURS = (
    ("Java", "JavaScript"),
    ("React", "Angular"),
    ("PostgreSQL", "MySQL"),
    ("AWS", "Azure"),
    ("Python", "Perl"),
    ("Docker", "Vagrant"),
    ("Kubernetes", "OpenShift"),
    ("Kafka", "RabbitMQ"),
    ("Excel", "Access"),
    ("Tableau", "Looker"),
    ("TensorFlow", "MXNet"),
    ("SQL", "SPARQL"),
    ("Unity", "Godot"),
    ("Go", "Rust"),
)


@perturbation("skill_neighbour")
def _neighbour(told: Told) -> Iterator[str]:
    for one, other in _NEIGHBOURS:
        for name, instead in ((one, other), (other, one)):
            pattern = rf"(?<![\w.]){name}(?![\w.+#])"
            if re.search(pattern, told.text) and not re.search(
                rf"(?<!\w){instead}(?!\w)", told.item.text, re.IGNORECASE
            ):
                yield re.sub(pattern, instead, told.text, count=1)


@perturbation("plural")
def _plural(told: Told) -> Iterator[str]:
    found = re.search(
        r"\b(?:a|an) (?=(?:[a-z]+ )?(team|service|platform|system|website|pipeline)\b)", told.text
    )
    if found:
        many = f"{told.text[found.end() : found.end(1)]}s"
        yield told.text[: found.start()] + many + told.text[found.end(1) :]


# --- in all ------------------------------------------------------------------------------------------


def perturbed(text: str, item: Evidence, person: Profile) -> Iterator[tuple[str, str]]:
    """(kind, false sentence) for everything of the table that applies to a true sentence."""
    record = next((r for r in person.records if r.id == item.record), None)
    told = Told(text.rstrip("."), item, record, person)
    for name, change in PERTURBATIONS.items():
        for changed in change(told):
            if changed != told.text:
                yield name, f"{changed}."


class Score:
    """Honest sentences accepted; changed ones refused, by kind."""

    def __init__(self) -> None:
        self.honest = 0
        self.accepted = 0
        self.changed: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.missed: list[tuple[str, str, str]] = []

    def add(self, person: Profile) -> None:
        """Every item of one person that the built-in writer can tell."""
        brief = brief_of(person)
        gate = Gate(brief, tagging.find_skills)
        for item in person.evidence:
            text = render(brief, item.id)
            if text is None or item.type not in {"bullet", "project"}:
                continue
            honest = Sentence(kind=SentenceKind.CLAIM, text=text, rests_on=(item.id,))
            self.honest += 1
            if not gate.check(honest).supported:
                continue
            self.accepted += 1
            for kind, changed in perturbed(text, item, person):
                self.changed[kind] += 1
                is_refused = not gate.check(honest.model_copy(update={"text": changed})).supported
                self.refused[kind] += is_refused
                if not is_refused:
                    self.missed.append((kind, changed, item.text))
        for kind, changed, ids in _crossed(person):
            self.changed[kind] += 1
            claim = Sentence(kind=SentenceKind.CLAIM, text=changed, rests_on=ids)
            is_refused = not gate.check(claim).supported
            self.refused[kind] += is_refused
            if not is_refused:
                self.missed.append((kind, changed, " / ".join(ids)))

    def scores(self) -> dict[str, float]:
        by_kind = {
            f"changed_{kind}": share(self.refused[kind], self.changed[kind]) for kind in sorted(self.changed)
        }
        return {
            "rendered_accepted": share(self.accepted, self.honest),
            "changed_refused": share(self.refused.total(), self.changed.total()),
            **by_kind,
        }


def _crossed(person: Profile) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Degrees with the school or the year of another, and skills at another level."""
    degrees = [r for r in person.records if r.kind == "degree" and r.title and r.organization]
    for one in degrees:
        ids = tuple(e.id for e in person.evidence if e.record == one.id)[:1]
        for other in degrees:
            if other.organization not in {one.organization, ""} and ids:
                yield "degree_cross", f"I hold a {one.title} from {other.organization}.", ids
                if other.end and other.end != one.end:
                    yield "degree_year", f"I completed a {one.title} in {other.end}.", ids
    for item in person.evidence:
        if item.type == "skill" and len(item.text) < 40:
            name = re.sub(r"\s*\(.*", "", item.text)
            yield "level_raised", f"I am an expert in {name}.", (item.id,)
            yield "skill_years", f"I have eleven years of experience with {name}.", (item.id,)
