"""How much of what an opening names is named by the person, in numbers that say what they mean."""

from collections.abc import Sequence

from domain import Coverage, DraftKind, Keyword
from interface.views.markup import plural, text
from kinds import KINDS

DRAFTS = {"message": "letter", "text": "summary", "document": "résumé"}
SHORTEST = (DraftKind.COLD_EMAIL, DraftKind.FOLLOW_UP)
SHORT = "An email is short and need not name everything."
MEANING = (
    "By weight: what they require, or name in the title, counts more. It counts words and judges nobody."
)


def block(coverage: Coverage | None, kind: DraftKind) -> str:
    """The block beside a draft, "" where nothing was counted."""
    if coverage is None or not (coverage.covered or coverage.could_be_covered or coverage.missing):
        return ""
    name = "email" if kind in SHORTEST else DRAFTS[KINDS[kind].form]
    this = f"this {name}"
    rows = [("Your evidence as it is", coverage.before)]
    if coverage.after is not None:
        rows.append((f"T{this[1:]}", coverage.after))
    # A text may name their title, which no evidence holds; what this one reached can be reached.
    rows.append(("At best, with your evidence", max(coverage.ceiling, coverage.after or 0.0)))
    short = f" {SHORT}" if kind in SHORTEST and coverage.after is not None else ""
    named = f"Named in {this}" if coverage.after is not None else "Named by you"
    lists = (
        (named, coverage.covered, "has"),
        (
            "In your evidence, not named" if coverage.after is not None else "In your evidence",
            coverage.could_be_covered,
            "could",
        ),
        ("Not in your evidence", coverage.missing, ""),
    )
    return (
        '<section class="coverage"><h2>Coverage <span class="quiet">of what they name</span></h2>'
        f'<dl class="bars">{"".join(_bar(name, share) for name, share in rows)}</dl>'
        f'<p class="quiet">{MEANING}{short}</p>'
        f"{''.join(_list(name, words, style) for name, words, style in lists if words)}</section>"
    )


def percent(share: float) -> int:
    """A share as whole percent; only everything is 100, only nothing is 0."""
    if 0 < share < 0.01:
        return 1
    return 99 if 0.99 < share < 1 else round(100 * share)


def _bar(name: str, share: float) -> str:
    width = percent(max(0.0, min(1.0, share)))
    return (
        f"<div><dt>{text(name)}</dt><dd>{width} %"
        f'<span class="bar" aria-hidden="true"><i style="width:{width}%"></i></span></dd></div>'
    )


def _list(name: str, keywords: Sequence[Keyword], style: str) -> str:
    chips = "".join(
        f'<span class="chip {style}" dir="auto">{text(k.text)}'
        f"{'' if k.required else '<span class=sr>, optional</span>'}</span>"
        for k in keywords
    )
    return (
        f"<details><summary>{name}: {plural(len(keywords), 'term')}</summary>"
        f'<div class="chips">{chips}</div></details>'
    )
