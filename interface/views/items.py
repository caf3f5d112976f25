"""The evidence by record, each item with its place, its state and what can be done with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from domain import Evidence, Record
from interface.views.letter import place_of, record_line
from interface.views.markup import button, icon, plural, text
from outreach import WRITTEN
from store import Item, KeptDocument

TYPES = {
    "role": "Role",
    "bullet": "Result",
    "project": "Project",
    "degree": "Degree",
    "certificate": "Certificate",
    "skill": "Skill",
    "language": "Language",
    "summary": "Summary",
}
FORM = "your form"  # a document of the person's own words, as WRITTEN is
CHIPS = ("skill", "language")
PAGE = 50  # items of a group shown at first, and with each "Show more"
GROUPS = 20
MANY = 12  # items from which a filter is worth its room
CONFIDENTIAL = "Confidential: it counts, but no draft says it and no model sees it"


@dataclass(frozen=True)
class Review:
    """Where the person is on the page: what is open, chosen, asked for.

    `open` is what is being edited: the id of an item or a record, an item's doubt as "e3:" and its
    `doubt_id`, or the name of a part of the page. `grown` are the groups that were asked to show more, once
    for each time. `merging` holds an item that says the same as another, then both. `asking` names what is
    about to be deleted. `question` and `words` are what the field for adding starts with.
    """

    document: str = ""
    item: str = ""
    at: int | None = None
    filter: str = ""
    grown: tuple[str, ...] = ()
    open: str = ""
    merging: tuple[str, ...] = ()
    asking: str = ""
    question: str = ""
    words: str = ""

    def room(self, group: str, first: int = PAGE) -> int:
        """How many lines of a group are shown."""
        return first * (1 + self.grown.count(group))


@dataclass(frozen=True)
class Shelf:
    """The items to show. The sample's, which are not `own`, can only be left out of this visit."""

    items: Sequence[Item]
    records: Mapping[str, Record] = field(default_factory=dict)
    review: Review = Review()
    own: bool = True


def listed(shelf: Shelf) -> str:
    """The evidence by record, then what stands on its own, skills as chips, and what is hidden at the end."""
    wanted = list(filtered(shelf))
    if not wanted:
        nothing = f"Nothing here holds “{shelf.review.filter}”." if shelf.review.filter else ""
        return f'<p class="sub" dir="auto">{text(nothing)}</p>' if nothing else ""
    groups: dict[str, list[Item]] = {}
    chips: list[Item] = []
    for item in wanted:
        if item.state == "hidden":
            continue
        if item.evidence.type in CHIPS and not item.evidence.record:
            chips.append(item)
        else:
            groups.setdefault(item.evidence.record or "", []).append(item)
    if "" in groups:
        groups[""] = groups.pop("")  # last
    shown = list(groups.items())[: shelf.review.room("groups", GROUPS)]
    parts = [_group(key, items, shelf) for key, items in shown]
    parts.append(more("groups", len(groups) - len(shown), GROUPS))
    parts.append(_chips(chips, shelf) if chips else "")
    parts.append(_hidden([item for item in wanted if item.state == "hidden"], shelf))
    return "".join(parts)


def said_by(items: Iterable[Item], document: KeptDocument) -> list[Item]:
    """What a document says, also where another one says it too."""
    name = document.document.name
    return [x for x in items if x.document == document.id or any(s.document == name for s in x.also_in)]


def confirmable(items: Iterable[Item]) -> list[Item]:
    """What can be confirmed at one press: as it was read, and without a question."""
    return [x for x in items if x.state == "read" and not x.to_check and not is_own(x)]


def filtered(shelf: Shelf) -> Iterable[Item]:
    """The items that hold every word of the filter, in their text or in what they belong to."""
    words = shelf.review.filter.casefold().split()
    if not words:
        return shelf.items
    lines = {key: record_line(record).casefold() for key, record in shelf.records.items()}
    return (
        item
        for item in shelf.items
        if all(
            word in item.evidence.text.casefold() or word in lines.get(item.evidence.record or "", "")
            for word in words
        )
    )


def search(shelf: Shelf) -> str:
    """The filter, where there is enough to filter."""
    if len(shelf.items) < MANY and not shelf.review.filter:
        return ""
    return (
        '<form class="filter" data-live="filter-evidence" role="search"><div>'
        '<label class="sr" for="evidence-words">Filter your evidence</label>'
        '<input id="evidence-words" name="words" type="text" maxlength="100" dir="auto" autocomplete="off" '
        f'value="{text(shelf.review.filter)}" placeholder="Filter your evidence"></div></form>'
    )


def _group(key: str, items: Sequence[Item], shelf: Shelf) -> str:
    record = shelf.records.get(key)
    title = record_line(record) or ("Other" if key else "On its own")
    shown = items[: shelf.review.room(key or "loose")]
    lines = "".join(_line(item, shelf) for item in shown)
    head = f'<h2 dir="auto">{text(title)}</h2>'
    if record and shelf.own and shelf.review.open == key:
        return (
            f'<section class="group">{_record_form(record)}<ul class="items">{lines}</ul>'
            f"{more(key, len(items) - len(shown))}</section>"
        )
    if record and shelf.own:
        head += named("Change", "open", title, style="link", part=key)
    return (
        f'<section class="group"><header>{head}<span class="quiet count">{plural(len(items), "item")}</span>'
        f'</header><ul class="items">{lines}</ul>{more(key or "loose", len(items) - len(shown))}</section>'
    )


def more(group: str, left: int, step: int = PAGE) -> str:
    if left <= 0:
        return ""
    words = f"Show {step} more of {left:,}" if left > step else f"Show {left} more"
    return f'<div class="centre">{button(words, "grow", group=group)}</div>'


def named(word: str, do: str, of: str, *, style: str = "btn bare", **data: object) -> str:
    """A button whose name, for those who hear it, says what it is for."""
    extra = "".join(f' data-{key}="{text(value)}"' for key, value in data.items())
    return (
        f'<button type="button" class="{style}" data-do="{do}"{extra} '
        f'aria-label="{text(f"{word}: {of[:60]}")}">{word}</button>'
    )


def _record_form(record: Record) -> str:
    fields = (
        ("title", "Title", record.title),
        ("organization", "Employer" if record.kind == "role" else "At", record.organization),
        ("start", "From", record.start),
        ("end", "To", record.end),
    )
    inputs = "".join(
        f'<div class="field"><label for="r-{name}">{label_}</label><input id="r-{name}" name="{name}" '
        f'type="text" maxlength="200" dir="auto" autocomplete="off" value="{text(value)}"></div>'
        for name, label_, value in fields
    )
    now = " checked" if record.current else ""
    return (
        f'<form class="record" data-submit="set-record" novalidate><h2 class="sr">{text(record_line(record))}'
        f'</h2><input type="hidden" name="record" value="{text(record.id)}"><div class="pair">{inputs}</div>'
        f'<div class="checks"><label><input type="checkbox" name="current" value="yes"{now}>'
        "<span>Until today</span></label></div>"
        '<div class="row"><button type="submit" class="btn primary">Save</button>'
        f"{button('Cancel', 'open', style='btn bare', part='')}</div></form>"
    )


def _line(item: Item, shelf: Shelf) -> str:
    evidence, review = item.evidence, shelf.review
    chosen = " chosen" if review.item == evidence.id else ""
    begin = (
        f'<li class="{item.state}{chosen}" data-item="{text(evidence.id)}" '
        f'data-document="{text(item.document)}">'
    )
    if shelf.own and review.open == evidence.id:
        return f'{begin}<div class="say">{own_words(item, "correct", "In your words")}</div></li>'
    lock = f'<span class="lock">{icon("lock")}</span>' if evidence.confidential else ""
    say = (
        f'<div class="say"><p dir="auto">{lock}{with_numbers(evidence)}</p>'
        f'<p class="quiet">{_under(item, shelf)}</p>{_was(item)}</div>'
    )
    return f"{begin}{say}{_acts(item, shelf)}</li>"


def _under(item: Item, shelf: Shelf) -> str:
    """What is said beneath an item: what it is, where it stands, what became of it."""
    named = not shelf.review.document or shelf.review.document != item.document
    parts = [TYPES.get(item.evidence.type, ""), where(item, named=named)]
    others = list(dict.fromkeys(place_of(span) for span in item.also_in))
    if others:
        rest = f" and {len(others) - 2} more" if len(others) > 2 else ""
        parts.append(f'also <span dir="auto">{text("; ".join(others[:2]))}</span>{rest}')
    if item.state == "confirmed" and not is_own(item):
        parts.append(f'<span class="yes">{icon("check")}Confirmed</span>')
    if item.evidence.confidential:
        parts.append(CONFIDENTIAL)
    return " · ".join(part for part in parts if part)


def is_own(item: Item) -> bool:
    """Whether the person themselves is the source."""
    return item.corrected or item.read_from.document in (FORM, WRITTEN)


def where(item: Item, *, named: bool = True) -> str:
    """The place of an item, as a button where the text of its document can be shown beside it."""
    span = item.read_from
    words = WRITTEN if is_own(item) else place_of(span, named=named)
    if not item.document or span.start is None:
        return f'<span dir="auto">{text(words)}</span>'
    return (
        f'<button type="button" class="link where" data-pick="{text(item.evidence.id)}" dir="auto" '
        f'aria-label="{text(f"Show where it stands: {words}")}">{text(words)}</button>'
    )


def _was(item: Item) -> str:
    if not item.original:
        return ""
    undo = named("Undo", "restore", item.evidence.text, style="link", item=item.evidence.id)
    return f'<p class="quiet was">It said “<span dir="auto">{text(item.original)}</span>” {undo}</p>'


def _acts(item: Item, shelf: Shelf) -> str:
    """What can be done with an item; the rarer things show once it is chosen."""
    evidence, merging = item.evidence, shelf.review.merging

    def act(word: str, do: str, style: str = "btn bare", **data: object) -> str:
        return named(word, do, evidence.text, style=style, **{"item": evidence.id, **data})

    if not shelf.own:
        return f'<div class="acts">{act("Remove", "leave-out")}</div>'
    if len(merging) == 1:
        this = act("This one", "merge", "btn") if merging[0] != evidence.id else ""
        return f'<div class="acts">{this}</div>'
    confirm = act("Confirm", "confirm") if item.state == "read" and not is_own(item) else ""
    secret = act("Not confidential", "confidential") if evidence.confidential else ""
    secret = secret or act("Confidential", "confidential", on="yes")
    return (
        f'<div class="acts">{confirm}{act("Edit", "open", part=evidence.id)}{act("Remove", "hide")}'
        f'<span class="rest">{secret}{act("Same as another", "merge")}</span></div>'
    )


def own_words(item: Item, do: str, name: str, **data: object) -> str:
    """A field for an item in the person's own words."""
    hidden = "".join(
        f'<input type="hidden" name="{key}" value="{text(value)}">'
        for key, value in {"item": item.evidence.id, **data}.items()
    )
    was = item.original or item.evidence.text
    return (
        f'<form class="words-form" data-submit="{do}" novalidate>{hidden}<div class="field">'
        f'<label for="own-words">{name}</label><textarea id="own-words" name="words" rows="3" dir="auto" '
        f'maxlength="2000" data-need="Write something first.">{text(item.evidence.text)}</textarea>'
        '<p class="error" id="own-words-error" hidden></p></div>'
        f'<p class="quiet">As read: “<span dir="auto">{text(was)}</span>” Once you change it, you are its '
        'source.</p><div class="row"><button type="submit" class="btn primary">Save</button>'
        f"{button('Cancel', 'open', style='btn bare', part='')}</div></form>"
    )


def _chips(items: Sequence[Item], shelf: Shelf) -> str:
    """Skills and languages, which are short: all in one box, the chosen one as a line beneath."""
    shown = items[: shelf.review.room("skills")]
    chips = "".join(_chip(item, shelf) for item in shown)
    chosen = (shelf.review.item, shelf.review.open)
    detail = next((item for item in items if shelf.own and item.evidence.id in chosen), None)
    below = f'<ul class="items">{_line(detail, shelf)}</ul>' if detail else ""
    return (
        '<section class="group"><header><h2>Skills</h2>'
        f'<span class="quiet count">{plural(len(items), "item")}</span></header>'
        f'<div class="box"><div class="chips skills">{chips}</div>{below}</div>'
        f"{more('skills', len(items) - len(shown))}</section>"
    )


def _chip(item: Item, shelf: Shelf) -> str:
    evidence, chosen = item.evidence, shelf.review.item == item.evidence.id
    words = f'<span dir="auto">{text(evidence.text)}</span>'
    if not shelf.own:
        return (
            f'<button type="button" class="chip has" data-do="leave-out" data-item="{text(evidence.id)}" '
            f'aria-label="{text(f"Remove: {evidence.text}")}">{words}{icon("cross")}</button>'
        )
    do = "merge" if len(shelf.review.merging) == 1 else "pick"
    lock = icon("lock") if evidence.confidential else ""
    tick = icon("check") if item.state == "confirmed" and not is_own(item) else ""
    told = ", ".join(x for x in ("confidential" if lock else "", "confirmed" if tick else "") if x)
    return (
        f'<button type="button" class="chip has" data-do="{do}" data-item="{text(evidence.id)}" '
        f'aria-pressed="{"true" if chosen else "false"}">{lock}{tick}{words}'
        f"{f'<span class=sr>, {told}</span>' if told else ''}</button>"
    )


def _hidden(items: Sequence[Item], shelf: Shelf) -> str:
    if not items:
        return ""
    shown = items[: shelf.review.room("hidden")]
    lines = "".join(
        f'<li data-item="{text(item.evidence.id)}" data-document="{text(item.document)}"><div class="say">'
        f'<p dir="auto">{text(item.evidence.text)}</p><p class="quiet">{where(item)}</p></div>'
        '<div class="acts">'
        f"{named('Show again', 'show', item.evidence.text, item=item.evidence.id)}</div></li>"
        for item in shown
    )
    return (
        '<section class="group hidden-items"><details><summary>'
        f"Hidden: {plural(len(items), 'item')}, never used</summary>"
        f'<ul class="items">{lines}</ul>{more("hidden", len(items) - len(shown))}</details></section>'
    )


def with_numbers(item: Evidence) -> str:
    """The text of an item with its numbers marked, as they are what a draft must keep."""
    out, at = [], 0
    for number in sorted(item.numbers, key=lambda n: n.start):
        if number.start < at or number.end > len(item.text):
            continue
        out += [
            text(item.text[at : number.start]),
            f"<mark>{text(item.text[number.start : number.end])}</mark>",
        ]
        at = number.end
    return "".join(out) + text(item.text[at:])
