"""How a draft was made: JSON for programs, and a page that stands alone for people.

The page holds no script and asks for nothing; every text in it is escaped. What a sentence rests on is quoted
with its place, so whoever reads the receipt needs nothing else.
"""

import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import settings
from domain import Draft, Evidence, FinalLine, Posting, Profile, SourceSpan, Usage
from kinds import KINDS

FORMAT = "inroad-receipt/1"
BUILT_IN = "Built-in, no model, no cost"
_STANDING = {
    "evidence": "the sender’s evidence",
    "page": "the page of the opening",
    "person": "the sender’s own word",
    "nothing": "nothing",
    "form": "form, states nothing",
}


def to_json(
    draft: Draft, posting: Posting, profile: Profile, subject: str, lines: Sequence[FinalLine]
) -> bytes:
    """The receipt of a text as it stands.

    Args:
        draft: What was written, with its receipt.
        posting: For which opening.
        profile: Whose evidence it cites.
        subject: The subject as it stands.
        lines: The body as it stands, line by line.
    """
    receipt = draft.receipt
    told = {
        "format": FORMAT,
        "kind": draft.kind.value,
        "language": draft.language,
        "opening": {"title": posting.title, "company": posting.company, "url": posting.url},
        "sender": profile.name,
        **receipt.model_dump(mode="json", exclude={"evidence"}),
        "cost": cost(receipt.usage),
        "subject": subject,
        "lines": [_told(line, posting, profile) for line in lines],
        "evidence": _cited(lines, {item.id for item in profile.evidence}),
        "own_word": [line.text for line in lines if line.stands_on == "person"],
        "no_source": [line.text for line in lines if line.stands_on == "nothing"],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8", "replace")


def _told(line: FinalLine, posting: Posting, profile: Profile) -> dict[str, Any]:
    sources = [
        {"id": id_, "says": says, "where": where} for id_, says, where in _sources(line, posting, profile)
    ]
    return {"text": line.text, "stands_on": line.stands_on, "sources": sources}


def _sources(line: FinalLine, posting: Posting, profile: Profile) -> Iterable[tuple[str, str, str]]:
    """(id, words, place) of what a line rests on."""
    evidence = {item.id: item for item in profile.evidence}
    page = {each.id: each for each in posting.lines}
    for id_ in line.rests_on:
        if id_ in evidence:
            yield id_, evidence[id_].text, _place(evidence[id_], profile)
        elif id_ in page:
            yield (
                id_,
                page[id_].text,
                f"the opening, “{page[id_].heading}”" if page[id_].heading else "the opening",
            )
        elif id_ in ("why", "closing"):
            yield id_, line.text, "written by the sender for this message"


def _place(item: Evidence, profile: Profile) -> str:
    record = next((r for r in profile.records if r.id == item.record), None)
    named = ", ".join(x for x in (record.organization, record.full_title) if x) if record else ""
    return "; ".join(x for x in (named, _span(item.source)) if x)


def _span(span: SourceSpan) -> str:
    page = f"page {span.page}" if span.page and f"page {span.page}" not in span.place else ""
    return ", ".join(x for x in (span.document, page, span.place) if x)


def _cited(lines: Sequence[FinalLine], known: set[str]) -> list[str]:
    return list(dict.fromkeys(id_ for line in lines for id_ in line.rests_on if id_ in known))


_LIMIT = (
    "Inroad checks each sentence about the sender against the evidence quoted under it. It does not know "
    "whether that evidence is true."
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

# --- a page ------------------------------------------------------------------------------------------

_STYLE = """
:root { color-scheme: light dark; --ink: #1B1D1F; --soft: #63696F; --paper: #FAF9F6; --line: #E3E0D8;
  --accent: #0B6B57; --warn: #855000; }
@media (prefers-color-scheme: dark) { :root { --ink: #ECEAE5; --soft: #979DA2; --paper: #121416;
  --line: #2C3135; --accent: #5DC9AE; --warn: #E5B55F; } }
body { margin: 0 auto; max-width: 46rem; padding: 2.5rem 1.25rem 4rem; background: var(--paper);
  color: var(--ink); font: 16px/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; } h2 { font-size: 1.05rem; margin: 2.2rem 0 .6rem; }
p { margin: .3rem 0; } .soft { color: var(--soft); font-size: .9rem; }
dl { display: grid; grid-template-columns: 7rem 1fr; gap: .3rem 1rem; margin: 1.2rem 0 0; }
dt { color: var(--soft); } dd { margin: 0; }
ol, ul { margin: 0; padding: 0; list-style: none; }
li { padding: .7rem 0 .7rem .9rem; border-left: 3px solid var(--line); margin-bottom: .5rem; }
li.evidence { border-color: var(--accent); } li.page { border-left-style: dotted; border-color: var(--soft); }
li.person { border-left-style: dashed; border-color: var(--soft); }
li.nothing { border-left-style: double; border-left-width: 5px; border-color: var(--warn); }
blockquote { margin: .4rem 0 0; padding: 0; color: var(--soft); font-size: .92rem; }
s { color: var(--soft); }
@media (max-width: 480px) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
"""


def to_html(
    draft: Draft, posting: Posting, profile: Profile, subject: str, lines: Sequence[FinalLine]
) -> bytes:
    """The same as a page: what was made, how, and what each line of it stands on."""
    title = f"How this {KINDS[draft.kind].label.lower()} was made"
    about = " at ".join(x for x in (posting.title, posting.company) if x)
    when = f"{draft.receipt.written_at:%Y-%m-%d %H:%M} UTC" if draft.receipt.written_at else ""
    signed = ", ".join(x for x in (profile.name, when) if x)
    parts = [
        f'<h1>{_text(title)}</h1><p dir="auto">{_text(about)}</p>',
        f'<p class="soft" dir="auto">{_text(signed)}</p>',
        _facts(draft, posting, lines),
        _body(subject, lines, posting, profile),
        _list("The sender’s own word", "person", lines),
        _list("Without a source", "nothing", lines),
        _left_out(draft),
        f'<p class="soft">{_LIMIT}</p>',
    ]
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_text(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<style>{_STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>"
    )
    return page.encode("utf-8", "replace")


def _text(value: object) -> str:
    return escape(str(value), quote=True)


def facts(draft: Draft) -> tuple[tuple[str, str], ...]:
    """What is known of the making, as (name, words), in the order in which a person asks."""
    receipt, usage = draft.receipt, draft.receipt.usage
    rows = [("Writer", writer(usage)), ("Note", usage.note or usage.fallback), ("Tokens", tokens(usage))]
    rows += [("Cost", cost(usage)), ("Prompt", usage.prompt)]
    rows.append(("Time", f"{sum(receipt.seconds.values()):.2f} s" if receipt.seconds else ""))
    rows.append(("Checked", f"{receipt.checked} sentences, {len(receipt.dropped)} left out or replaced"))
    return tuple((name, words) for name, words in rows if words)


def writer(usage: Usage) -> str:
    """Who wrote, in a line."""
    return BUILT_IN if usage.writer == "embedded" else usage.model


def tokens(usage: Usage) -> str:
    """ "1 call, 900 tokens in, 120 out"; empty where no model was asked."""
    if not usage.calls and not usage.prompt_tokens:
        return ""
    calls = f"{usage.calls} call{'' if usage.calls == 1 else 's'}"
    counted = ", counted by Inroad" if usage.estimated else ""
    return f"{calls}, {usage.prompt_tokens:,} tokens in, {usage.completion_tokens:,} out{counted}"


def cost(usage: Usage) -> str:
    """What the tokens cost at the prices that are set here; empty where none is set."""
    config = settings.current()
    price = usage.prompt_tokens * config.model_price_in + usage.completion_tokens * config.model_price_out
    return f"{price / 1e6:.4f} at the prices set here" if price else ""


def _facts(draft: Draft, posting: Posting, lines: Sequence[FinalLine]) -> str:
    page = ", ".join(x for x in (posting.url, f"read by {posting.rung}" if posting.rung else "") if x)
    own = sum(line.stands_on == "person" for line in lines)
    rows = [("Opening", page), *facts(draft)]
    rows.append(("Own word", f"{own} line{'' if own == 1 else 's'}" if own else "none"))
    told = "".join(
        f'<dt>{_text(name)}</dt><dd dir="auto">{_text(words)}</dd>' for name, words in rows if words
    )
    return f"<dl>{told}</dl>"


def _body(subject: str, lines: Sequence[FinalLine], posting: Posting, profile: Profile) -> str:
    head = f'<p dir="auto"><b>{_text(subject)}</b></p>' if subject else ""
    items = []
    for line in lines:
        quoted = "".join(
            f'<blockquote dir="auto">“{_text(says)}”<br>{_text(where)} ({_text(id_)})</blockquote>'
            for id_, says, where in _sources(line, posting, profile)
        )
        stands = (
            f'<p class="soft">Stands on {_text(_STANDING[line.stands_on])}.</p>'
            if line.stands_on != "form"
            else ""
        )
        items.append(
            f'<li class="{line.stands_on}"><p dir="auto">{_text(line.text)}</p>{stands}{quoted}</li>'
        )
    return f"<h2>Line by line</h2>{head}<ol>{''.join(items)}</ol>"


def _list(title: str, stands_on: str, lines: Sequence[FinalLine]) -> str:
    found = [line for line in lines if line.stands_on == stands_on]
    items = "".join(f'<li class="{stands_on}" dir="auto">{_text(line.text)}</li>' for line in found)
    return f"<h2>{title}</h2><ul>{items}</ul>" if found else ""


def _left_out(draft: Draft) -> str:
    items = "".join(
        f'<li dir="auto"><s>{_text(each.text)}</s><p>{_text(each.verdict.reason)}</p>'
        + (f"<p>Instead: “{_text(each.replaced_by)}”</p>" if each.replaced_by else "")
        + "</li>"
        for each in draft.receipt.dropped
    )
    return f"<h2>Left out, and why</h2><ul>{items}</ul>" if items else ""
