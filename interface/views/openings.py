"""Several openings, best match first."""

from collections.abc import Sequence

from domain import Match, Reading
from interface.views.banners import hidden
from interface.views.markup import button, host, icon, plural, stage, text
from outreach import Opening

PAGE = 25
CHIPS_ANSWERED, CHIPS_OPEN = 5, 3


def chips(asked: Sequence[Match], *, short: bool = False) -> str:
    """The skills asked for: filled where evidence answers them, outlined where it does not.

    With `short`, only a few of each.
    """
    answered, gaps = [m for m in asked if not m.is_gap], [m for m in asked if m.is_gap]
    shown = answered[:CHIPS_ANSWERED] + gaps[:CHIPS_OPEN] if short else answered + gaps
    more = len(asked) - len(shown)
    parts = [
        f'<span class="chip{"" if m.is_gap else " has"}" dir="auto">{text(m.text)}'
        f'<span class="sr">{", not in your evidence" if m.is_gap else ", answered"}</span></span>'
        for m in shown
    ]
    if more:
        parts.append(f'<span class="quiet">and {more} more</span>')
    return "".join(parts)


def place_line(opening: Opening) -> str:
    posting = opening.posting
    return " · ".join(x for x in (posting.location, posting.department, posting.employment_type) if x)


def filtered(openings: Sequence[Opening], words: str, place: str, team: str) -> list[tuple[int, Opening]]:
    """The openings that hold every word in title, place, team or skills, with their positions."""
    wanted = words.casefold().split()
    kept = []
    for position, opening in enumerate(openings):
        posting = opening.posting
        skills = " ".join(m.text for m in opening.asked)
        haystack = f"{posting.title} {posting.location} {posting.department} {skills}".casefold()
        if place and posting.location != place:
            continue
        if team and posting.department != team:
            continue
        if all(word in haystack for word in wanted):
            kept.append((position, opening))
    return kept


def listing(
    reading: Reading,
    openings: Sequence[Opening],
    *,
    words: str = "",
    place: str = "",
    team: str = "",
    shown: int = PAGE,
) -> str:
    """The list, 25 at a time.

    Args:
        reading: Where the openings come from.
        openings: Best match first.
        words: What the person typed into the filter.
        place: The chosen place, "" for all.
        team: The chosen team, "" for all.
        shown: How many lines to show.
    """
    kept = filtered(openings, words, place, team)
    title = _title(reading, openings)
    lines = "".join(
        _line(number, opening, best=number == 0 and bool(opening.answered))
        for number, opening in kept[:shown]
    )
    body = f'<ul class="openings">{lines}</ul>' if kept else _none(words)
    rest = min(PAGE, len(kept) - shown)
    more = f'<div class="centre">{button(f"Show {rest} more", "show-more")}</div>' if rest > 0 else ""
    inside = (
        f'<section class="page"><h1 tabindex="-1" dir="auto">{text(title)}</h1>'
        f'<p class="sub">{text(_where(reading))}</p>{_notices(reading)}'
        f"{_filter(openings, words, place, team)}{_several([n for n, _ in kept])}{body}{more}</section>"
    )
    say = title if not words else f"{plural(len(kept), 'opening')} shown"
    return stage("work", "openings", inside, say=say)


def _title(reading: Reading, openings: Sequence[Opening]) -> str:
    companies = {o.posting.company for o in openings if o.posting.company}
    at = companies.pop() if len(companies) == 1 else host(reading.url)
    return f"{plural(len(openings), 'opening')} at {at}"


def _where(reading: Reading) -> str:
    source = f"Read from {reading.board or host(reading.url)}."
    return f"{source} Best matches for your evidence first."


def _notices(reading: Reading) -> str:
    if not reading.warnings and not reading.hidden:
        return ""
    lines = hidden(reading.hidden) if reading.hidden else ""
    lines += "".join(
        f'<div class="banner">{icon("eye")}<div class="body" dir="auto">{text(x)}</div></div>'
        for x in reading.warnings
    )
    return f'<div class="banners">{lines}</div>'


def _filter(openings: Sequence[Opening], words: str, place: str, team: str) -> str:
    places = sorted({o.posting.location for o in openings if o.posting.location})
    teams = sorted({o.posting.department for o in openings if o.posting.department})
    return (
        '<form class="filter" data-live="filter"><div>'
        '<label class="sr" for="words">Filter by title, place or skill</label>'
        f'<input id="words" name="words" type="text" maxlength="100" dir="auto" autocomplete="off" '
        f'value="{text(words)}" '
        'placeholder="Filter by title, place or skill"></div>'
        f"{_select('place', 'All places', places, place)}{_select('team', 'All teams', teams, team)}</form>"
    )


def _select(name: str, everything: str, values: Sequence[str], chosen: str) -> str:
    if len(values) < 2:
        return ""
    options = "".join(
        f'<option value="{text(v)}"{" selected" if v == chosen else ""}>{text(v)}</option>' for v in values
    )
    return (
        f'<div><label class="sr" for="{name}">{everything}</label><select id="{name}" name="{name}">'
        f'<option value="">{everything}</option>{options}</select></div>'
    )


def _several(numbers: Sequence[int]) -> str:
    """The way to write for more than one: those that are shown can be picked all at once."""
    if len(numbers) < 2:
        return ""
    everything = ",".join(str(number) for number in numbers)
    return (
        f'<div class="several"><label><input type="checkbox" data-pick-all="{everything}">'
        f"<span>Select all {len(numbers)}</span></label>"
        '<button type="button" class="btn" data-bulk="write" disabled>Write drafts for these</button></div>'
    )


def _line(number: int, opening: Opening, *, best: bool) -> str:
    flag = '<p class="flag">Best match</p>' if best else ""
    where = place_line(opening)
    asked, answered = len(opening.asked), len(opening.answered)
    meter = "".join(f'<i class="{"on" if n < answered else ""}"></i>' for n in range(min(asked, 20)))
    count = f"{answered} of {asked} answered" if asked else "No skills named"
    label = text(f"Write draft for {opening.posting.title}")
    select = text(f"Select {opening.posting.title}")
    return (
        f'<li class="{"best" if best else ""}"><label class="pick"><input type="checkbox" '
        f'data-pick-opening="{number}" aria-label="{select}"></label>'
        f'<div>{flag}<h2 dir="auto">{text(opening.posting.title)}</h2>'
        f'<p class="where" dir="auto">{text(where)}</p>'
        f'<div class="chips">{chips(opening.asked, short=True)}</div></div>'
        f'<div class="fit"><div class="meter" aria-hidden="true">{meter}</div><p class="quiet">{count}</p>'
        f'<button type="button" class="btn{" primary" if best else ""}" data-do="write" '
        f'data-opening="{number}" '
        f'aria-label="{label}">Write draft</button></div></li>'
    )


def _none(words: str) -> str:
    return f'<p class="openings empty" dir="auto">No opening here matches “{text(words)}”.</p>'
