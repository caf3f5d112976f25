"""A tailored résumé: the document, and beside it the lines that differ from their source, each to refuse."""

import re
from collections.abc import Sequence
from itertools import groupby

from domain import Change, LeftOut, Resume, ResumeEntry, ResumeLine, ResumeSection
from interface.views.markup import button, plural, text
from outreach import Difference

NOTHING = "Nothing: it is your own text, in your order."
LONGEST_WORD = 60  # characters of a skill
LISTED = ("skills", "languages")  # sections that are one line of words
KINDS = {
    "order": "Place",
    "their word": "Their word",
    "puff": "Shorter",
    "speaker": "Voice",
    "tense": "Tense",
    "shorter": "Shorter",
}
_LINE_IDS = re.compile(r" \(p\d+\)")


def marks(differences: Sequence[Difference]) -> dict[str, str]:
    """A number for each line that differs, as far as it was accepted; moved skills share one."""
    groups = enumerate(_grouped(differences), 1)
    return {
        each.evidence: str(number)
        for number, group in groups
        for each in group
        if any(change.accepted for change in each.changes)
    }


def _grouped(differences: Sequence[Difference]) -> list[list[Difference]]:
    """Each difference alone, but those skills that were only moved, which are one decision."""
    groups: list[list[Difference]] = []
    for is_move, run in groupby(differences, key=lambda d: (_is_moved_word(d), d.heading)):
        members = list(run)
        groups += [members] if is_move[0] else [[each] for each in members]
    return groups


def _is_moved_word(difference: Difference) -> bool:
    is_move = all(change.name == "order" for change in difference.changes)
    return is_move and not difference.entry and len(difference.source) <= LONGEST_WORD


# --- the document ------------------------------------------------------------------------------------


def document(resume: Resume, numbers: dict[str, str]) -> str:
    """The résumé as it will be printed, its changed lines marked."""
    contacts = (resume.email, resume.phone, resume.postal_address, *resume.links)
    top = [f'<p class="name">{text(resume.organization or resume.name)}</p>']
    top += [f'<p class="headline-line">{text(resume.headline)}</p>'] if resume.headline else []
    told = " · ".join(text(each) for each in contacts if each)
    top += [f'<p class="quiet">{told}</p>'] if told else []
    top += [f'<p class="goal">{text(resume.goal)}</p>'] if resume.goal else []
    sections = "".join(_section(section, resume, numbers) for section in resume.sections)
    return f'<div class="head">{"".join(top)}</div>{sections}'


def _section(section: ResumeSection, resume: Resume, numbers: dict[str, str]) -> str:
    heading = f'<h2 class="part">{text(section.heading)}</h2>'
    if section.name in LISTED:
        return f"<section>{heading}{_words(section, numbers)}</section>"
    return (
        f"<section>{heading}{''.join(_entry(e, section, resume, numbers) for e in section.entries)}</section>"
    )


def _words(section: ResumeSection, numbers: dict[str, str]) -> str:
    """A section of single words on one line; those that were moved stand in front and share a mark."""
    lines = [line for entry in section.entries for line in entry.lines]
    moved = [line for line in lines if line.evidence in numbers and _is_moved(line)]
    still = [line for line in lines if line not in moved]
    parts = []
    if moved:
        number = numbers[moved[0].evidence]
        words = ", ".join(text(line.text) for line in moved)
        parts.append(_marked(words, moved[0].evidence, number))
    parts += [_line_words(line, numbers) for line in still]
    return f'<p dir="auto">{", ".join(parts)}</p>'


def _is_moved(line: ResumeLine) -> bool:
    return any(c.name == "order" and c.accepted for c in line.changes)


def _entry(entry: ResumeEntry, section: ResumeSection, resume: Resume, numbers: dict[str, str]) -> str:
    head = ""
    if entry.record is not None:
        record = entry.record
        end = record.end or (resume.present if record.current else "")
        period = " – ".join(x for x in (record.start, end) if x)
        names = ", ".join(f"<span>{text(x)}</span>" for x in (record.organization,) if x)
        title = f"<b>{text(record.full_title)}</b>" if record.full_title else ""
        between = ", " if title and names else ""
        head = (
            f'<div class="entry" dir="auto"><span>{title}{between}{names}</span>'
            f'<span class="quiet">{text(period)}</span></div>'
        )
    if section.name == "summary":
        return head + "".join(f'<p dir="auto">{_line_words(line, numbers)}</p>' for line in entry.lines)
    items = "".join(f'<li dir="auto">{_line_words(line, numbers)}</li>' for line in entry.lines)
    return f"{head}<ul>{items}</ul>" if items else head


def _line_words(line: ResumeLine, numbers: dict[str, str]) -> str:
    number = numbers.get(line.evidence)
    if number is None:
        return text(line.text)
    return _marked(text(line.text), line.evidence, number)


def _marked(html: str, source: str, number: str) -> str:
    return (
        f'<span class="sent claim" data-src="{text(source)}"><span class="u">{html}</span>'
        f'<button type="button" class="mk" data-src="{text(source)}" aria-label="Change {number}">{number}'
        "</button></span>"
    )


# --- the differences ---------------------------------------------------------------------------------


def changes(differences: Sequence[Difference]) -> str:
    """The cards beside the document: the person's line above the new one, each change to be refused."""
    groups = _grouped(differences)
    if not groups:
        return f'<header><h2>What changed</h2></header><p class="sub">{NOTHING}</p>'
    total = sum(len(group[0].changes) for group in groups)
    on = sum(change.accepted for group in groups for change in group[0].changes)
    cards = "".join(_card(group, str(number)) for number, group in enumerate(groups, 1))
    return (
        f'<header><h2>What changed</h2><span class="sub" style="margin:0">{on} of {plural(total, "change")} '
        f'accepted</span></header><div class="row all">{button("Accept all", "resume-all", on="yes")}'
        f"{button('Keep mine', 'resume-all', style='btn bare')}</div><ol>{cards}</ol>"
    )


def _card(group: Sequence[Difference], number: str) -> str:
    first = group[0]
    where = " · ".join(x for x in (first.heading, first.entry) if x)
    ids = " ".join(each.evidence for each in group)
    if len(group) > 1:
        told = f'<p dir="auto">{text(", ".join(each.text for each in group))}</p>'
    elif first.source == first.text or all(piece.kind == "same" for piece in first.pieces):
        told = f'<p dir="auto">{text(first.text)}</p>'
    else:
        told = _beside(first)
    decided = "".join(_change(change, index, ids) for index, change in enumerate(first.changes))
    return (
        f'<li class="card" tabindex="-1" data-card="{text(first.evidence)}">'
        f'<span class="badge">{number}</span><div><p class="quiet" dir="auto">{text(where)}</p>{told}'
        f'<ul class="decide">{decided}</ul></div></li>'
    )


def _beside(difference: Difference) -> str:
    """The source's words and the new ones, marked where they part."""
    yours = "".join(
        f"<del>{text(piece.text)}</del>" if piece.kind == "gone" else text(piece.text)
        for piece in difference.pieces
        if piece.kind != "new"
    )
    new = "".join(
        f"<ins>{text(piece.text)}</ins>" if piece.kind == "new" else text(piece.text)
        for piece in difference.pieces
        if piece.kind != "gone"
    )
    return (
        f'<dl class="parted"><div><dt>Yours</dt><dd dir="auto">{yours}</dd></div>'
        f'<div><dt>Here</dt><dd dir="auto">{new}</dd></div></dl>'
    )


def _sentence(reason: str) -> str:
    """A reason as a sentence, without the ids of lines."""
    words = _LINE_IDS.sub("", reason)
    end = "" if words.endswith((".", "”", "?")) else "."
    return f"{words[:1].upper()}{words[1:]}{end}"


def _change(change: Change, index: int, ids: str) -> str:
    words = _sentence(change.reason or KINDS[change.name])
    way = button(
        "Refuse" if change.accepted else "Accept",
        "resume-accept",
        style="link",
        items=ids,
        change=index,
        on="" if change.accepted else "yes",
    )
    state = "" if change.accepted else ' class="refused"'
    return f'<li{state}><span dir="auto">{text(words)}</span> {way}</li>'


def left_out(left: Sequence[LeftOut]) -> str:
    """What the résumé does not say, and why; each can be put back."""
    if not left:
        return ""
    lines = "".join(
        f'<li><span dir="auto">{text(each.text)}</span>'
        f'<p class="quiet" dir="auto">{text(_sentence(each.reason))}</p>'
        f"{button('Put back', 'resume-put-back', style='link', item=each.evidence)}</li>"
        for each in left
    )
    return (
        f'<section><h2>Left out <span class="quiet">{plural(len(left), "line")}</span></h2>'
        f'<ul class="left back">{lines}</ul></section>'
    )
