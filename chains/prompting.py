"""What a model is shown: the constant contract first, then the data, trimmed and without contacts.

The contract is a file of `prompts/`, the same for every draft of a kind, so that a server can keep it cached.
The data are one line a fact, between two marks that no data can hold. Together they stay under `MOST_TOKENS`.
"""

import re
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chains.embedded.role import company_of, title_of
from domain import Brief, DraftKind, Evidence, Language, Match, Persona, PostingLine, Profile, Record
from errors import NothingMatches
from kinds import words_of

MOST_TOKENS = 1_000
# What a server adds around our two messages: roles, its own system lines.
_WRAPPING_TOKENS = 60
_MOST_STRESSED = 3
_MOST_PAIRS = {DraftKind.COVER_LETTER: 9, DraftKind.FOLLOW_UP: 3, DraftKind.TAILORED_RESUME: 9}
_PAIRS = 4
# Characters of a text that are looked at, far more than are sent.
_LONGEST_READ = 4_000
# Tokens that one fact may take.
_NAME, _NEED, _DEED = 30, 55, 75
_PROMPTS = Path(__file__).parent / "prompts"


# --- prompt files ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PromptFile:
    """A contract with its name and version, as the receipt states them."""

    name: str
    version: str
    contract: str

    @property
    def label(self) -> str:
        return f"{self.name} {self.version}"


@cache
def prompt_file(kind: DraftKind) -> PromptFile:
    """The prompt of a draft kind: `prompts/<kind>.md`, a header of `name: value` lines, then the contract."""
    text = (_PROMPTS / f"{kind}.md").read_text(encoding="utf-8")
    _, header, contract = text.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    return PromptFile(name=fields["name"], version=fields["version"], contract=contract.strip())


_EVIDENCE_ALONE = PromptFile(name="evidence alone", version="1", contract="")


def instructions(kind: DraftKind) -> str:
    """What the contract of a kind tells a model, its example apart; empty where no model writes the kind."""
    if not (_PROMPTS / f"{kind}.md").is_file():
        return ""
    return prompt_file(kind).contract.partition("\nExample")[0]


@dataclass(frozen=True)
class Prompt:
    """The two messages of one call. `tokens` is an upper estimate of both."""

    file: PromptFile
    system: str
    data: str
    tokens: int


def make_prompt(brief: Brief) -> Prompt:
    """The messages for a brief, at most `MOST_TOKENS` by our estimate.

    Raises:
        NothingMatches: when no evidence answers anything the posting asks for.
    """
    file = prompt_file(brief.kind)
    room = MOST_TOKENS - _WRAPPING_TOKENS - estimate_tokens(file.contract)
    mark = f"== {secrets.token_hex(4)} =="
    wishes = _wishes(brief)
    room -= estimate_tokens("\n".join([*wishes, mark, "answers: ", mark]))
    lines = _Data(brief, room).lines()
    data = "\n".join([*wishes, mark, *(line.replace(mark, "") for line in lines), mark])
    tokens = _WRAPPING_TOKENS + estimate_tokens(file.contract) + estimate_tokens(data)
    return Prompt(file=file, system=file.contract, data=data, tokens=tokens)


def _wishes(brief: Brief) -> list[str]:
    """What the person chose and is not as usual. It is of closed lists and ids, so nobody's text."""
    wishes = list(_LANGUAGE_LINES.get(brief.language, ()))
    if brief.tone != "plain":
        wishes.append(f"tone: {brief.tone}")
    if brief.length != "usual":
        band = words_of(brief.kind, brief.length)
        wishes.append(f"words: {band.low} to {band.high}")
    if first := [item.id for item in stressed(brief)][:_MOST_STRESSED]:
        wishes.append(f"first: {', '.join(first)}")
    return wishes


def stressed(brief: Brief) -> tuple[Evidence, ...]:
    """The evidence that the person wants in front, by its id or by one of its skills; by id first."""
    named = {wish.casefold() for wish in brief.stress}
    by_id = [item for item in brief.profile.evidence if item.id in brief.stress]
    by_skill = [
        item for item in brief.profile.evidence if named & {skill.casefold() for skill in item.skills}
    ]
    return tuple(dict.fromkeys([*by_id, *by_skill]))


def make_plain_prompt(brief: Brief, room: int) -> Prompt:
    """For a model that writes prose and follows no contract: the evidence that answers, as sentences, alone.

    Args:
        brief: Whose evidence, for which opening.
        room: Tokens that it may take.

    Raises:
        NothingMatches: as above.
    """
    contacts = contacts_of(brief.profile)
    told: list[str] = []
    for item in dict.fromkeys(item for pair in _pairs(brief) for item in pair.evidence):
        text = cut(without(contacts, item.text[:_LONGEST_READ]), _DEED).rstrip(".;,")
        if text and estimate_tokens(" ".join([*told, text])) < room:
            told.append(f"{text}.")
    data = " ".join(told)
    return Prompt(file=_EVIDENCE_ALONE, system="", data=data, tokens=estimate_tokens(data))


# --- how much ----------------------------------------------------------------------------------------

_PIECE = re.compile(r"[A-Z]*[a-z]+|[A-Z]+|[0-9]+|\n|[^\sA-Za-z0-9]")
_MARGIN = 1.1
# Scripts that current tokenizers know well: about one token a character at most.
_KNOWN_SCRIPTS = ((0x0900, 0x0FFF), (0x2000, 0x22FF), (0x3000, 0x9FFF), (0xAC00, 0xD7A3), (0xFF00, 0xFFEF))


def estimate_tokens(text: str) -> int:
    """More tokens than a current tokenizer makes of a text, by about a quarter for English prose.

    Held against o200k (gpt-oss) over the lines of a hundred résumés and careers pages: no ten of them
    together were underestimated.
    """
    tokens = sum(_pieces(word) for word in re.findall(r"\S+|\n", text))
    return int(tokens * _MARGIN) + 1


def _pieces(word: str) -> float:
    # Long runs without a space are links, keys or encoded text, which split into crumbs.
    pieces = sum(_piece(piece) for piece in _PIECE.findall(word))
    return max(pieces, len(word) / 1.4) if len(word) > 30 and word.isascii() else pieces


def _piece(piece: str) -> float:
    first = piece[0]
    if first.isascii():
        if first.isalpha():
            return 1.0 if len(piece) <= 7 else len(piece) / 5
        return -(-len(piece) // 3) if first.isdigit() else 0.8
    code = ord(first)
    if code < 0x800:
        return 0.5
    return 1.1 if any(low <= code <= high for low, high in _KNOWN_SCRIPTS) else 3.0


# --- which facts -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Pair:
    """A need of the posting and the evidence that answers it, best first."""

    line: PostingLine
    evidence: tuple[Evidence, ...]


def _pairs(brief: Brief) -> list[_Pair]:
    """The needs that the sender answers, best first.

    Raises:
        NothingMatches: when there is none.
    """
    lines = {line.id: line for line in brief.posting.lines}
    # Of a résumé, lines alone are put in order and reworded.
    lines_only = brief.kind is DraftKind.TAILORED_RESUME
    shown = [x for x in brief.profile.evidence if not lines_only or x.type in ("bullet", "project")]
    evidence = {item.id: item for item in shown}
    first = {item.id for item in stressed(brief)}

    def rank(id_: str) -> tuple[bool, bool]:
        """Wanted in front; then, in a follow-up, not yet told."""
        return id_ not in first, id_ in brief.told

    def worth(match: Match) -> tuple[bool, bool, bool, bool, float]:
        best = min(map(rank, match.evidence), default=(True, True))
        is_asked = match.subject == "requirement", match.required is not False
        return (not best[0], not best[1], *is_asked, match.score)

    found: dict[str, list[Evidence]] = {}
    for match in sorted(brief.matches, key=worth, reverse=True):
        known = [evidence[id_] for id_ in sorted(match.evidence, key=rank) if id_ in evidence][:2]
        if match.line in lines and known:
            found.setdefault(match.line, []).extend(known)
    if not found:
        raise NothingMatches()
    pairs = [_Pair(lines[id_], tuple(dict.fromkeys(items))) for id_, items in found.items()]
    return pairs[: _MOST_PAIRS.get(brief.kind, _PAIRS)]


class _Data:
    """The lines of data, chosen greedily: the opening, then need by need with its best evidence."""

    def __init__(self, brief: Brief, room: int) -> None:
        self._profile = brief.profile
        self._contacts = contacts_of(brief.profile)
        self._room = room
        self._records = {record.id: record for record in brief.profile.records}
        self._needs: dict[str, str] = {}
        self._deeds: dict[str, dict[str, str]] = {}
        self._answers: dict[str, list[str]] = {}
        self._facts = self._opening(brief)
        self._room -= sum(map(_line_cost, self._facts))
        for item in stressed(brief)[:_MOST_STRESSED]:
            self._add_deed(item, 0)
        pairs = _pairs(brief)
        for pair in pairs:
            self._add(pair.line, pair.evidence[0])
        for pair in pairs:
            for item in pair.evidence[1:3]:
                self._add(pair.line, item)
        if brief.kind in (DraftKind.COVER_LETTER, DraftKind.TAILORED_RESUME):
            self._add_siblings()

    def lines(self) -> list[str]:
        """Opening, needs, each record with its evidence, and which answers which."""
        deeds = [line for group in self._deeds.values() for line in group.values()]
        answers = "; ".join(f"{need} {','.join(ids)}" for need, ids in self._answers.items())
        return [*self._facts, *self._needs.values(), *deeds, f"answers: {answers}"]

    def _opening(self, brief: Brief) -> list[str]:
        we = self._profile.persona is Persona.SERVICE_PROVIDER
        facts = ["voice: we (offering services)" if we else "voice: I (applying)"]
        company = company_of(brief.posting)
        if company:
            facts.append(f"company: {self._shown(company, _NAME)}")
        return [*facts, f"p0: {self._shown(title_of(brief.posting), _NAME)}"]

    def _add(self, need: PostingLine, item: Evidence) -> None:
        """Add a need with evidence for it, all or nothing."""
        known = need.id in self._needs or need.id == "p0"
        line = "" if known else f"{need.id}: {self._shown(need.text, _NEED)}"
        cost = _line_cost(line) + estimate_tokens(f"; {need.id} {item.id}")
        if not self._add_deed(item, cost):
            return
        if line:
            self._needs[need.id] = line
        self._answers.setdefault(need.id, []).append(item.id)

    def _add_deed(self, item: Evidence, cost: int) -> bool:
        owner = item.record if item.record in self._records else None
        group = owner or "none"
        if item.id not in self._deeds.get(group, {}):
            new = {item.id: f"{item.id} ({owner or item.type}): {self._shown(item.text, _DEED)}"}
            if owner and group not in self._deeds:
                new = {group: self._described(self._records[owner]), **new}
            cost += sum(map(_line_cost, new.values()))
            if cost > self._room:
                return False
            self._deeds.setdefault(group, {}).update(new)
        elif cost > self._room:
            return False
        self._room -= cost
        return True

    def _add_siblings(self) -> None:
        """A letter has room for more work of the records that already speak."""
        for item in self._profile.evidence:
            if self._room < _NAME:
                return
            if item.record in self._deeds and item.type in ("bullet", "project"):
                self._add_deed(item, 0)

    def _described(self, record: Record) -> str:
        named = (record.full_title, record.organization)
        what = " at ".join(self._shown(part, _NAME) for part in named if part)
        when = " to ".join(part for part in (record.start, record.end) if part)
        return f"{record.id}: {record.kind} {what}" + (f", {when}" if when else "")

    def _shown(self, text: str, most: int) -> str:
        return cut(without(self._contacts, text[:_LONGEST_READ]), most)


# The contract, the same for every draft, stays in English; which language to write in is one of the wishes.
_LANGUAGE_LINES: dict[Language, tuple[str, ...]] = {
    "de": (
        "language: German, “Sie”. C copies an e line in its order of words:",
        "“Bei <organization> habe ich <e line>.”; of nouns “Bei <organization>: <e line>.”; "
        "of another language “Bei <organization>: „<e line>“.”",
    ),
    "fr": (
        "language: French, “vous”. C copies an e line:",
        "“Chez <organization>, j'ai <e line>.”; of nouns “Chez <organization> : <e line>.”; "
        "of another language “Chez <organization> : « <e line> ».”",
    ),
    "es": (
        "language: Spanish, “ustedes”. C copies an e line:",
        "“En <organization>, <e line>.”; of nouns “En <organization>: <e line>.”; "
        "of another language “En <organization>: «<e line>».”",
    ),
}


def _line_cost(line: str) -> int:
    return estimate_tokens(f"{line}\n") if line else 0


# --- what is never sent ------------------------------------------------------------------------------

_LINK = re.compile(
    r"(?:https?://|www\.)\S+ | (?<![\w.-])[\w.-]+\.(?:com|org|net|io|dev|de|me|co)/\S*",
    re.IGNORECASE | re.VERBOSE,
)
# Each begins where a word can begin, so that a long run of letters is looked at once.
_MAIL = re.compile(r"(?<![^\s@<>(),;:])[^\s@<>(),;:]+@[^\s@<>(),;:]+\.\w+")
_PHONE = re.compile(
    r"""(?<![\w.,])(?:
        (?:\+|00)\d[\d ()./-]{6,}\d             # +49 170 1234567
        | \(\d{2,5}\)[ ]?\d{3,}[ -]?\d{2,}      # (030) 123 4567
        | \d{3}[-.]\d{3}[-.]\d{4}                # 555-010-4477
    )(?!\w)""",
    re.VERBOSE,
)


def contacts_of(profile: Profile) -> tuple[re.Pattern[str], ...]:
    """Patterns of what is never sent: links, addresses, phone numbers; the sender's own in any spacing."""
    own = (profile.name, profile.postal_address, profile.email)
    spelled = [
        r"[\s,;]*".join(map(re.escape, re.split(r"[\s,;]+", text.strip()))) for text in own if text.strip()
    ]
    digits = re.sub(r"\D", "", profile.phone)
    if len(digits) >= 6:
        spelled.append(r"\+?" + r"[\s()./-]*".join(digits))
    found = (re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE) for pattern in spelled)
    return (_LINK, _MAIL, _PHONE, *found)


def without(patterns: tuple[re.Pattern[str], ...], text: str) -> str:
    """The visible text on one line, without what the patterns find."""
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    for pattern in patterns:
        text = pattern.sub("", text)
    return " ".join(text.split())


def cut(text: str, most: int) -> str:
    """The text up to a number of tokens by our estimate, ended at a word where the script has words."""
    longest = 8 * most
    if len(text) <= longest and estimate_tokens(text) <= most:
        return text
    low, high = 0, min(len(text), longest)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if estimate_tokens(text[:middle]) <= most else (low, middle - 1)
    kept = text[:low]
    return kept.rsplit(" ", 1)[0] if " " in kept[low // 2 :] else kept
