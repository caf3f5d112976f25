"""What each item of the evidence is worth for one opening: what it answers, and how much that matters."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain import Brief, Evidence, Match

# Matches below this are hedged or rest on an everyday word.
STRONG = 0.5
# As in keyword coverage: what must be, what is nice to have. Further answers to one need count less.
_MUST, _NICE = 3.0, 1.5
_FIRST, _OTHERS = 1.0, 0.6
_STRESSED = 10.0
_LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Worth:
    """The weight of an item, and the need that it answers best: the line's id and its words."""

    weight: float = 0.0
    line: str = ""
    need: str = ""

    @property
    def reason(self) -> str:
        """Why the item stands in front, as a phrase."""
        if not self.line:
            return "put first, as you asked"
        text = " ".join(self.need.split())
        short = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
        return f"put first: answers “{short}” ({self.line})"


def weigh(brief: Brief) -> dict[str, Worth]:
    """The worth of each item that answers something, or that the person wants in front."""
    lines = {line.id: line.text for line in brief.posting.lines}
    found: dict[str, Worth] = {}
    for match in brief.matches:
        if match.score >= STRONG:
            for index, id_ in enumerate(match.evidence):
                found[id_] = _more(found.get(id_, Worth()), match, index, lines)
    for item in _stressed(brief.profile.evidence, brief.stress):
        known = found.get(item.id, Worth())
        found[item.id] = Worth(known.weight + _STRESSED, known.line, known.need)
    return found


def _more(known: Worth, match: Match, index: int, lines: dict[str, str]) -> Worth:
    value = match.score * (_NICE if match.required is False else _MUST) * (_OTHERS if index else _FIRST)
    total = known.weight + value
    if known.line and (known.weight >= value or match.line == "p0"):
        return Worth(total, known.line, known.need)
    need = match.text if match.subject == "skill" else lines.get(match.line, match.text)
    return Worth(total, match.line, need)


def _stressed(evidence: Sequence[Evidence], stress: Sequence[str]) -> list[Evidence]:
    wanted = {each.casefold() for each in stress}
    if not wanted:
        return []
    return [x for x in evidence if x.id in wanted or wanted & {skill.casefold() for skill in x.skills}]
