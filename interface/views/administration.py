"""The page of who runs this place: who has an account, codes to let people in, and how much is done here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from interface.views.account import when
from interface.views.markup import plural, text
from store import DraftState, KeptFigures, Member
from telemetry.counted import LONG_WAIT_S, Counted
from telemetry.recent import Minute

API = "api/v1/admin"
_STATES: dict[DraftState, str] = {
    "drafted": "Drafted",
    "sent": "Sent",
    "answered": "Answered",
    "interview": "Interview",
    "no": "No",
}
_WIDTH, _HEIGHT = 600, 80  # of a plot's own units; it is stretched to its place


@dataclass(frozen=True)
class Page:
    """All that the page shows.

    Attributes:
        kept: How much is kept here.
        outcomes: What became of drafts, of those who let it be counted.
        counted: What this process has counted.
        minutes: The last hours of this process, the oldest first.
        people: Who has an account, the first to come first; None where nobody signs in.
        more: Whether there are more of them.
        me: Who looks at it.
        note: What just happened.
    """

    kept: KeptFigures
    outcomes: Mapping[DraftState, int]
    counted: Counted
    minutes: Sequence[Minute]
    people: Sequence[Member] | None = None
    more: bool = False
    me: str = ""
    note: str = ""


def page(page: Page) -> str:
    note = f'<p class="note" role="status">{text(page.note)}</p>' if page.note else ""
    people = "" if page.people is None else _people(page, page.people)
    return (
        '<div class="i"><section class="page account admin"><h1 tabindex="-1">Administration</h1>'
        f"{note}{_now(page)}{_plots(page)}{people}{_counts(page)}</section></div>"
    )


# --- figures --------------------------------------------------------------------------------------------


def _now(page: Page) -> str:
    kept, counted = page.kept, page.counted
    memory = page.minutes[-1].memory if page.minutes else 0
    facts = [
        ("Drafts kept", f"{kept.drafts:,}"),
        ("At work now", f"{counted.writing:,}"),
        ("Waiting", f"{counted.waiting:,}"),
        ("Jobs to be done", _jobs(kept.unfinished_jobs, counted.job_waits_s)),
        ("Memory", f"{memory / 2**20:,.0f} MiB" if memory else "not known"),
        ("Database", _size(kept.bytes)),
    ]
    if page.people is not None:
        facts.insert(0, ("People", f"{kept.people:,}"))
    told = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f'<dl class="facts">{told}</dl>'


def _jobs(count: int, waited_s: int) -> str:
    """How many, and how long the first waits where that is long."""
    return f"{count:,}, waiting {waited_s // 60:,} min" if count and waited_s >= LONG_WAIT_S else f"{count:,}"


def _size(size: int) -> str:
    return f"{size / 10**6:,.1f} MB"


def _plots(page: Page) -> str:
    days = page.kept.drafts_by_day
    drafts = [count for _, count in days]
    ends = (f"{days[0][0].day} {days[0][0]:%b}", "Today") if days else ("", "")
    parts = [_plot("Drafts a day", f"{sum(drafts):,} in {len(drafts)} days", _bars(drafts), drafts, ends)]
    if len(page.minutes) > 1:
        requests = [one.requests for one in page.minutes]
        memory = [round(one.memory / 2**20) for one in page.minutes]
        since = (_ago(page.minutes[0], page.minutes[-1]), "Now")
        parts.append(_plot("Requests a minute", "of this process", _line(requests), requests, since))
        parts.append(_plot("Memory, MiB", "of this process", _line(memory), memory, since))
    return f'<div class="plots">{"".join(parts)}</div>'


def _ago(first: Minute, last: Minute) -> str:
    minutes = round((last.at - first.at) / 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min ago" if hours else f"{rest} min ago"


def _plot(name: str, about: str, shape: str, values: Sequence[int], ends: tuple[str, str]) -> str:
    most = max(values, default=0)
    said = f"{name}: {about}, {values[-1] if values else 0:,} at last, {most:,} at most"
    return (
        f'<figure class="plot"><figcaption><b>{name}</b> <span>{about}, {most:,} at most</span></figcaption>'
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{text(said)}">{shape}</svg>'
        f'<div class="ends"><span>{text(ends[0])}</span><span>{text(ends[1])}</span></div></figure>'
    )


def _bars(values: Sequence[int]) -> str:
    most, step = max(values, default=0) or 1, _WIDTH / max(1, len(values))
    return "".join(
        f'<rect x="{step * at + step / 8:.1f}" y="{_HEIGHT * (1 - value / most):.1f}" '
        f'width="{step * 3 / 4:.1f}" height="{_HEIGHT * value / most:.1f}"/>'
        for at, value in enumerate(values)
        if value
    )


def _line(values: Sequence[int]) -> str:
    most, step = max(values) or 1, _WIDTH / (len(values) - 1)
    points = " ".join(
        f"{step * at:.1f},{1 + (_HEIGHT - 2) * (1 - value / most):.1f}" for at, value in enumerate(values)
    )
    return f'<polyline points="{points}"/>'


def _counts(page: Page) -> str:
    counted = page.counted
    began = when(datetime.fromtimestamp(counted.began, UTC), "inside")
    shared = {_STATES[state]: count for state, count in page.outcomes.items()}
    tables = (
        _table("How pages were read", counted.rungs)
        + _table("Who wrote", counted.drafts)
        + _table("Sentences dropped, by check", counted.dropped)
        + _table("Tokens of model calls", counted.tokens)
        + _table("Model calls that failed", counted.model_errors)
        + _table("Attempts to sign in", counted.sign_ins)
        + _table("Answers, by class", counted.requests)
    )
    sharing = plural(page.kept.sharing, "person lets", "people let")
    outcomes = _table(f"Outcomes ({sharing} them be counted)", shared) if page.people is not None else ""
    return (
        f'<section class="part"><h2>Counted since {began}</h2><div class="tables">{outcomes}{tables}</div>'
        f'<p class="quiet">The same as JSON at <a href="{API}/figures">{API}/figures</a>, and for Prometheus '
        "at /metrics.</p></section>"
    )


def _table(name: str, counts: Mapping[str, int]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{text(of)}</th><td>{count:,}</td></tr>' for of, count in counts.items()
    )
    rows = rows or '<tr><td colspan="2">None yet</td></tr>'
    return f"<table><caption>{text(name)}</caption><tbody>{rows}</tbody></table>"


# --- people ---------------------------------------------------------------------------------------------


def _people(page: Page, people: Sequence[Member]) -> str:
    lines = "".join(_person(one, at, page.me) for at, one in enumerate(people))
    more = f'<p class="quiet">There are more: <a href="{API}/people">{API}/people</a> lists all.</p>'
    return (
        '<section class="part"><h2>People</h2>'
        '<p class="secret" role="status" hidden><span>Hand it over now, it is not shown again. It is good '
        "for one use, within a day:</span> <code></code></p>"
        f'<ul class="lines">{lines}</ul>{more if page.more else ""}'
        f'<div class="row"><button type="button" class="btn" data-call="POST {API}/codes" '
        'data-then="code-made">New invitation code</button></div></section>'
    )


def _person(one: Member, at: int, me: str) -> str:
    account, name = one.account, text(one.account.name or one.account.email)
    admin = ' <span class="chip has">Administrator</span>' if account.is_admin else ""
    about = (
        f"{text(account.email)}. Since {when(account.created_at, 'day')}, last seen "
        f"{when(one.seen_at, 'inside')}. {plural(one.drafts, 'draft')}."
    )
    return (
        f'<li><div><b dir="auto">{name}</b>{admin}<p class="quiet">{about}</p></div>'
        f"{'' if account.person == me else _acts(account.person, at, name)}</li>"
    )


def _acts(person: str, at: int, name: str) -> str:
    """What can be done for somebody else: a code to set a new password, or the end of their account."""
    at_person, form = f"{API}/people/{text(person)}", f"remove-{at}"
    return (
        f'<button type="button" class="btn small" data-call="POST {at_person}/code" data-then="code-made">'
        f'Code for a new password<span class="sr"> for {name}</span></button>'
        f'<button type="button" class="btn small bad" data-opens="{form}" aria-expanded="false">Remove'
        f'<span class="sr"> {name}</span></button>'
        f'<form id="{form}" class="panel-form sure" data-post="DELETE {at_person}" data-then="person-gone" '
        f"novalidate hidden><p>Removes the account of <bdi>{name}</bdi> and all it holds. It cannot "
        'be undone.</p><p class="error" role="alert" data-wrong hidden></p><div class="row">'
        '<button type="submit" class="btn bad">Remove this account</button></div></form>'
    )
