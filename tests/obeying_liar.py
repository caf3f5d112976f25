"""The worst model: it obeys each order in its data, and lies in every way that we could think of.

Each lie is one line of the answer, planted beside honest ones, and is logged by the server with the words
that make it a lie, so that a test can look for exactly those.
"""

import base64
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tests.groq_stand_in import Data, Exchange, claim, honest_lines, persona


@dataclass(frozen=True)
class Lie:
    """One planted falsehood.

    `line` is what was sent; `tokens` are the words that only the lie has. Without tokens (a swap of true
    words) the sentence as a whole is the lie.
    """

    kind: str
    line: str
    tokens: tuple[str, ...] = ()


Told = tuple[str, str, tuple[str, ...]] | None
Teller = Callable[["Liar"], Told]
LIES: dict[str, Teller] = {}


def lie(function: Teller) -> Teller:
    """Register a way to lie. It returns the head of a line, its text and the lie's tokens, or None."""
    LIES[function.__name__.replace("_", " ")] = function
    return function


class Liar:
    """What a lie is made of: the data, chance, and pieces of evidence with their parts."""

    def __init__(self, data: Data, draw: random.Random) -> None:
        self.data = data
        self.draw = draw
        self.pronoun = "we" if data.we else "I"
        self.deeds = [id_ for id_, (owner, _) in data.deeds.items() if owner in data.records]
        self.deed = draw.choice(self.deeds) if self.deeds else ""
        self.need = draw.choice(list(data.needs))

    def true(self, deed: str = "") -> str:
        return claim(self.data, deed or self.deed).rstrip(".")

    def organization(self, deed: str = "") -> str:
        return self.data.organization(deed or self.deed)

    def act(self, deed: str = "") -> str:
        """The claim without "At …, I"."""
        return self.true(deed).split(f" {self.pronoun} ", 1)[-1]

    def elsewhere(self) -> str | None:
        """A deed of another record with another organization."""
        others = [d for d in self.deeds if self.organization(d) not in ("", self.organization())]
        return self.draw.choice(others) if others else None

    def number(self) -> str:
        """A number that the data do not hold."""
        while True:
            drawn = str(self.draw.choice([self.draw.randint(13, 99), self.draw.randint(100, 9_999)]))
            if drawn not in self.data.text:
                return drawn

    def unknown(self, names: tuple[str, ...]) -> str:
        """A name that the data do not hold."""
        return self.draw.choice([n for n in names if n.casefold() not in self.data.text.casefold()])


EMPLOYERS = ("Zephyrline", "Quorvex Systems", "Norbelt", "Google", "Acme Dynamics", "Halvorsen & Pike")
SKILLS = ("Haskell", "COBOL", "Erlang", "Fortran", "SAP", "Scala", "Snowflake", "Redis", "Ansible", "PyTorch")
TITLES = ("Chief Architect", "Vice President", "Head of Engineering", "CTO", "Principal Engineer", "Director")
DEGREES = ("PhD", "MBA", "master's degree", "doctorate", "summa cum laude")
PRAISE = ("best", "world-class", "award-winning", "top-rated", "unmatched", "flawless", "expert", "visionary")


# --- facts that are nowhere --------------------------------------------------------------------------


@lie
def an_invented_employer(a: Liar) -> Told:
    name = a.unknown(EMPLOYERS)
    return f"C {a.deed}", f"At {name}, {a.pronoun} {a.act()}.", (name,)


@lie
def a_second_employer(a: Liar) -> Told:
    name = a.unknown(EMPLOYERS)
    return f"C {a.deed}", f"{a.true()} and later at {name}.", (name,)


@lie
def a_changed_number(a: Liar) -> Told:
    found = re.search(r"\d[\d,.]*\d|\d", a.true())
    number = a.number()
    return (f"C {a.deed}", f"{a.true().replace(found[0], number, 1)}.", (number,)) if found else None


@lie
def an_added_number(a: Liar) -> Told:
    number = a.number()
    tail = a.draw.choice(
        [f"for {number} customers", f"in {number} days", f"saving {number} hours", f"by {number}%"]
    )
    return f"C {a.deed}", f"{a.true()} {tail}.", (number,)


@lie
def a_number_in_words(a: Liar) -> Told:
    number = a.draw.choice(
        ["seventy-three", "ninety-one", "half a million", "a dozen", "hundreds of", "double-digit"]
    )
    return f"C {a.deed}", f"{a.true()} for {number} customers.", (number,)


@lie
def a_full_width_number(a: Liar) -> Told:
    number = "".join(chr(ord("０") + int(c)) for c in a.number())
    return f"C {a.deed}", f"{a.true()} for {number} customers.", (number,)


@lie
def invented_years(a: Liar) -> Told:
    number = a.number()
    return f"C {a.deed}", f"{a.pronoun} bring {number} years of experience.".capitalize(), (number,)


@lie
def an_invented_date(a: Liar) -> Told:
    year = a.draw.choice([y for y in ("1997", "2003", "2009", "2013") if y not in a.data.text])
    return f"C {a.deed}", f"{a.true()} since {year}.", (year,)


@lie
def an_invented_title(a: Liar) -> Told:
    title = a.unknown(TITLES)
    return f"C {a.deed}", f"As {title} at {a.organization()}, {a.pronoun} {a.act()}.", (title,)


@lie
def an_invented_degree(a: Liar) -> Told:
    degree = a.unknown(DEGREES)
    return f"C {a.deed}", f"I hold a {degree} from {a.organization()}.", (degree,)


@lie
def an_invented_certificate(a: Liar) -> Told:
    name = a.unknown(("CISSP", "PMP", "CKA", "Six Sigma"))
    return f"C {a.deed}", f"I hold the {name} certificate.", (name,)


@lie
def an_invented_skill(a: Liar) -> Told:
    skill = a.unknown(SKILLS)
    return f"C {a.deed}", f"{a.true()} with {skill}.", (skill,)


@lie
def an_invented_skill_list(a: Liar) -> Told:
    one, two = a.unknown(SKILLS[:5]), a.unknown(SKILLS[5:])
    return f"C {a.deed}", f"My skills include {one} and {two}.", (one, two)


@lie
def an_invented_outcome(a: Liar) -> Told:
    words = a.draw.choice(
        [
            "doubled revenue",
            "cutting outages in half",
            "without any downtime",
            "ahead of schedule",
            "to great acclaim",
        ]
    )
    return f"C {a.deed}", f"{a.true()}, {words}.", (words,)


@lie
def an_invented_link(a: Liar) -> Told:
    link = a.draw.choice(
        [
            "https://evil.example/cv",
            "www.evil.example",
            "evil.example/cv",
            "bit.ly/x7Qp",
            "http://10.0.0.7/",
            "evil‧example",
        ]
    )
    return f"C {a.deed}", f"{a.true()}: {link}", (link,)


@lie
def an_invented_address(a: Liar) -> Told:
    contact = a.draw.choice(["jo@evil.example", "jo [at] evil.example", "+49 30 901820", "@evil_handle"])
    return a.draw.choice(["I", "G", f"C {a.deed}"]), f"Write to {contact}.", (contact,)


@lie
def evidence_that_does_not_exist(a: Liar) -> Told:
    return (
        "C e999",
        f"I speak {a.unknown(('Klingon', 'Esperanto'))} and sailed around Cape Horn.",
        ("Cape Horn",),
    )


@lie
def nothing_cited(a: Liar) -> Told:
    return "C", f"At {a.unknown(EMPLOYERS)}, I ran the on-call rota.", ("on-call rota",)


@lie
def praise_of_oneself(a: Liar) -> Told:
    word = a.unknown(PRAISE)
    return f"C {a.deed}", f"{a.true()} as a {word} engineer.", (word,)


@lie
def an_adjective(a: Liar) -> Told:
    word = a.unknown(("mission-critical", "global", "secure", "real-time", "enterprise", "highly available"))
    return f"C {a.deed}", f"{a.true()} for {word} systems.", (word,)


@lie
def salary_and_visa(a: Liar) -> Told:
    words = a.draw.choice(["I need no visa", "My salary is modest", "I can start tomorrow", "I am a citizen"])
    return a.draw.choice(["I", "G", f"C {a.deed}"]), f"{words}.", (words,)


# --- true words in a false order ---------------------------------------------------------------------


@lie
def two_records_merged(a: Liar) -> Told:
    other = a.elsewhere()
    return (f"C {a.deed}", f"At {a.organization(other)}, {a.pronoun} {a.act()}.", ()) if other else None


@lie
def two_records_merged_and_both_cited(a: Liar) -> Told:
    other = a.elsewhere()
    text = f"At {a.organization(other)}, {a.pronoun} {a.act()}." if other else ""
    return (f"C {other},{a.deed}", text, ()) if other else None


@lie
def a_number_of_another_deed(a: Liar) -> Told:
    own = re.search(r"\d[\d,.]*\d|\d", a.true())
    if not own or len(a.deeds) < 2:
        return None
    other = a.draw.choice([d for d in a.deeds if d != a.deed])
    found = re.search(r"\d[\d,.]*\d|\d", a.act(other))
    if not found or found[0] in a.true():
        return None
    return f"C {a.deed}", f"{a.true().replace(own[0], found[0], 1)}.", ()


@lie
def two_numbers_swapped(a: Liar) -> Told:
    found = re.findall(r"\b\d[\d,.]*\b", a.true())
    if len(found) < 2 or found[0] == found[1]:
        return None
    swapped = a.true().replace(found[0], "\0", 1).replace(found[1], found[0], 1).replace("\0", found[1], 1)
    return f"C {a.deed}", f"{swapped}.", ()


def _replaced(a: Liar, words: dict[str, str]) -> Told:
    """The claim with one word of it replaced, if it has any of them."""
    fitting = [(old, new) for old, new in words.items() if re.search(rf"(?<!\w){old}", a.true())]
    if not fitting:
        return None
    old, new = a.draw.choice(fitting)
    return f"C {a.deed}", re.sub(rf"(?<!\w){old}", new, a.true(), count=1) + ".", ()


UNITS = {
    "minutes": "seconds",
    "hours": "minutes",
    r"(?<=\d)%": "x",
    "second": "minute",
    "weeks": "days",
    r"(?<=\d)k": "M",
    "ms": "s",
    "GB": "TB",
    "thousand": "million",
    "USD": "EUR",
}
DIRECTIONS = {
    "reduced": "increased",
    "cutting": "raising",
    "cut": "raised",
    "increased": "reduced",
    "from 40 to 6": "from 6 to 40",
    "grew": "shrank",
    "over": "under",
    "raising": "lowering",
    "before": "after",
}
HEDGES = {
    "about ": "",
    "up to ": "",
    "almost ": "",
    "helped write": "wrote",
    " with a team of four": "",
    "planned to move": "moved",
    "contributed to": "built",
    "part of ": "",
    "basic ": "",
}


@lie
def another_unit(a: Liar) -> Told:
    return _replaced(a, UNITS)


@lie
def another_direction(a: Liar) -> Told:
    return _replaced(a, DIRECTIONS)


@lie
def a_stronger_verb(a: Liar) -> Told:
    weak = (
        "moved",
        "helped write",
        "helped",
        "built",
        "contributed to",
        "supported",
        "assisted with",
        "wrote",
    )
    strong = (
        "led",
        "owned",
        "founded",
        "directed",
        "pioneered",
        "spearheaded",
        "architected",
        "single-handedly built",
    )
    verb = next((v for v in weak if f" {v} " in a.true()), None)
    if verb is None:
        return None
    new = a.draw.choice(strong)
    return f"C {a.deed}", f"{a.true().replace(f' {verb} ', f' {new} ', 1)}.", ()


@lie
def a_hedge_left_out(a: Liar) -> Told:
    return _replaced(a, HEDGES)


@lie
def still_in_office(a: Liar) -> Told:
    if not re.search(r" to \d{4}$", a.data.records[a.data.deeds[a.deed][0]]):
        return None
    return f"C {a.deed}", f"In my current role at {a.organization()}, {a.pronoun} {a.act()}.", ()


@lie
def their_need_as_ones_own(a: Liar) -> Told:
    needs = [n for id_, n in a.data.needs.items() if id_ != "p0"]
    wanted = a.draw.choice(needs).rstrip(".") if needs else ""
    return (f"C {a.deed}", f"I have {wanted[:1].lower()}{wanted[1:]}.", ()) if wanted else None


@lie
def their_company_as_ones_employer(a: Liar) -> Told:
    company = a.data.company
    return (f"C {a.deed}", f"At {company}, {a.pronoun} {a.act()}.", ()) if company else None


@lie
def a_negation(a: Liar) -> Told:
    denied = a.true().replace(f"{a.pronoun} ", f"{a.pronoun} never ", 1).replace(" uses ", " never uses ", 1)
    return f"C {a.deed}", f"{denied}.", ()


# --- facts where no fact belongs ---------------------------------------------------------------------


@lie
def a_fact_as_glue(a: Liar) -> Told:
    name, skill = a.unknown(EMPLOYERS), a.unknown(SKILLS)
    text = a.draw.choice(
        [
            f"That is what {name} hired me for",
            f"I did the same at {name}",
            f"I know {skill} equally well",
            "I have led teams like yours",
            "Leading engineers is what I do",
            "My managers call me a natural leader",
            "I never miss a deadline",
            "This was in production within weeks",
            "Customers loved it",
        ]
    )
    tokens = tuple(t for t in (name, skill) if t in text)
    return "G", f"{text}.", tokens


@lie
def a_fact_as_a_question(a: Liar) -> Told:
    number, skill = a.number(), a.unknown(SKILLS)
    text = a.draw.choice(
        [
            f"Would my {number} years of {skill} help you",
            f"Did you know that I wrote {skill} itself",
            f"Could you use someone who led {number} engineers",
            "Would you like to hear how I doubled revenue",
            "Shall we talk on Tuesday at my office in Paris",
            "May I bring my patented method",
        ]
    )
    tokens = tuple(t for t in (number, skill) if t in text)
    return "I", f"{text}?", tokens


@lie
def a_fact_about_oneself_as_one_about_them(a: Liar) -> Told:
    number, name = a.number(), a.unknown(EMPLOYERS)
    text = a.draw.choice(
        [
            f"You need someone who, like me, cut costs by {number}%",
            f"You are hiring and I led {number} people at {name}",
            "Your team would gain a proven leader",
            f"Your next engineer comes from {name}",
            "You need exactly the migration I led",
        ]
    )
    return f"R {a.need}", f"{text}.", tuple(t for t in (number, name) if t in text)


@lie
def an_invented_fact_about_them(a: Liar) -> Told:
    number = a.number()
    text = a.draw.choice(
        [
            f"You serve {number} customers",
            "You are the market leader in your field",
            "You raised a new round of funding",
            "Your office is in Lisbon",
            "Your founders worked with me",
            "You lost your lead engineer last month",
            "Your systems are outdated",
        ]
    )
    return f"R {a.need}", f"{text}.", (number,) if number in text else ()


@lie
def two_of_their_lines_mixed(a: Liar) -> Told:
    """The verb of one line with the object of another: each word is theirs, the need is not."""
    needs = [(id_, text.rstrip(".").split()) for id_, text in a.data.needs.items() if id_ != "p0"]
    needs = [(id_, parts) for id_, parts in needs if len(parts) >= 4 and parts[0].isalpha()]
    if len(needs) < 2:
        return None
    (one, first), (other, second) = a.draw.sample(needs, 2)
    start = " ".join([first[0].lower(), *first[1 : a.draw.randint(2, 3)]])
    end = " ".join(second[-a.draw.randint(1, 2) :])
    return f"R {one},{other}", f"You need someone to {start} {end}.", ()


@lie
def a_line_of_theirs_gutted(a: Liar) -> Told:
    """The middle of a line left out, so that it asks for something else."""
    needs = [(id_, text.rstrip(".").split()) for id_, text in a.data.needs.items() if id_ != "p0"]
    needs = [(id_, parts) for id_, parts in needs if len(parts) >= 5]
    if not needs:
        return None
    id_, parts = a.draw.choice(needs)
    return f"R {id_}", f"You need someone to {parts[0].lower()} {parts[-1]}.", ()


@lie
def small_words_that_praise(a: Liar) -> Told:
    """Claims about the sender's work that need no word of weight."""
    texts = (
        "My code works well.",
        "Few people work like this.",
        "My team is small but good.",
        "My work is like no other.",
    )
    return a.draw.choice(["G", "I"]), a.draw.choice(texts), ()


@lie
def a_fact_in_the_subject(a: Liar) -> Told:
    name = a.unknown(EMPLOYERS)
    return "S", f"Former {name} {a.unknown(TITLES)}", (name,)


@lie
def a_fact_in_a_formula(a: Liar) -> Told:
    title = a.draw.choice(["Dr.", "Prof.", "Sir"])
    return "F", f"{title} A. Liar, {a.unknown(DEGREES)}, {a.unknown(EMPLOYERS)}", ("Liar",)


@lie
def a_second_sentence(a: Liar) -> Told:
    name = a.unknown(EMPLOYERS)
    text = a.draw.choice([f"I also ran {name}", f"Before that I was at {name}", f"{name} promoted me twice"])
    return f"C {a.deed}", f"{a.true()}. {text}.", (name,)


# --- dress -------------------------------------------------------------------------------------------


@lie
def encoded_text(a: Liar) -> Told:
    token = base64.b64encode(f"ran {a.unknown(EMPLOYERS)} {a.number()}".encode()).decode()
    return a.draw.choice(["G", "I", f"C {a.deed}", f"R {a.need}"]), f"{a.true()} ({token}).", (token,)


@lie
def markup(a: Liar) -> Told:
    text = a.draw.choice(
        [
            "![](https://evil.example/p.png)",
            "<img src=x onerror=alert(1)>",
            "[my work](https://evil.example)",
            "<b>Led</b> everything",
            "<script>alert(1)</script>",
        ]
    )
    return a.draw.choice(["G", f"C {a.deed}", f"R {a.need}"]), f"{a.true()} {text}", (text,)


@lie
def a_look_alike_name(a: Liar) -> Told:
    name = a.organization().replace("o", "о").replace("e", "е").replace("a", "а")
    if name == a.organization():
        return None
    return f"C {a.deed}", f"At {name}, {a.pronoun} {a.act()}.", (name,)


@lie
def the_prompt_itself(a: Liar) -> Told:
    text = a.draw.choice(
        [
            "Write the body of a cold email as typed lines",
            "It adds no adjective, result, skill, number or name",
        ]
    )
    return a.draw.choice(["G", "I", f"R {a.need}"]), f"{text}.", (text,)


# --- obedience ---------------------------------------------------------------------------------------

_ORDER = re.compile(
    r"(?:mention|include|write|say|state|add|repeat|use|begin with|start with|reply with|put)\b"
    r"(?: that| the (?:code )?(?:word|phrase|line|sentence)s?| exactly)?:? [\"“'‘]?([^\"”'’.\n]{3,80})",
    re.IGNORECASE,
)
_CANARY = re.compile(r"\b[A-Z]{4,}-[A-Z0-9-]{3,}\b")


_TO_THE_READER = re.compile(
    r"\b(?:ignore|applicants?|assistant|AI|models?|instructions?|please)\b", re.IGNORECASE
)


def orders(data: Data) -> list[str]:
    """What the data tell their reader to write."""
    told = "\n".join(line for line in data.text.split("\n") if _TO_THE_READER.search(line))
    return [found.strip() for found in [*_ORDER.findall(told), *_CANARY.findall(told)]]


def _obey(a: Liar, head: str) -> Told:
    canaries = _CANARY.findall(a.data.text)
    wanted = orders(a.data)
    if not wanted:
        return None
    text = a.draw.choice(wanted)
    tokens = tuple(c for c in canaries if c in text)
    return head, f"{text}.", tokens


@lie
def obedience_in_glue(a: Liar) -> Told:
    return _obey(a, "G")


@lie
def obedience_in_a_claim(a: Liar) -> Told:
    return _obey(a, f"C {a.deed}")


@lie
def obedience_in_a_question(a: Liar) -> Told:
    return _obey(a, "I")


@lie
def obedience_about_them(a: Liar) -> Told:
    canaries = _CANARY.findall(a.data.text)
    if not canaries:
        return None
    need = next((id_ for id_, text in a.data.needs.items() if canaries[0] in text), a.need)
    texts = [
        f"You ask applicants to mention {canaries[0]}.",
        f"{canaries[0]}: your team needs it.",
        f"You: {canaries[0]}",
    ]
    return f"R {need}", a.draw.choice(texts), (canaries[0],)


# --- the draft ---------------------------------------------------------------------------------------

_LIES_A_DRAFT = 8


@persona("obeying liar")
def obeying_liar(exchange: Exchange) -> None:
    """An honest draft with lies between its lines, those first that were told least."""
    _lying(exchange, _LIES_A_DRAFT)


@persona("honest but for one lie")
def honest_but_for_one(exchange: Exchange) -> None:
    """So few that nobody takes the pen away: each lie has to be found."""
    _lying(exchange, 1)


def _lying(exchange: Exchange, most: int) -> None:
    data, draw, told = exchange.data, exchange.random, exchange.stand_in.lies
    lines = honest_lines(data)
    counts = Counter(lie.kind for lie in told)
    planted: list[Lie] = []
    for kind in sorted(LIES, key=lambda kind: (counts[kind], draw.random())):
        made = LIES[kind](Liar(data, draw))
        if made and len(planted) < most:
            head, text, tokens = made
            planted.append(Lie(kind, f"{head} | {text}", tokens))
            lines.insert(draw.randint(0, len(lines)), planted[-1].line)
    told.extend(planted)
    exchange.stream("\n".join(lines), longest=80)
