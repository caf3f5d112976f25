"""What is left to the person to settle: what a reader was not sure of, and two items that say the same."""

from difflib import SequenceMatcher

from domain import Doubt
from interface.views.items import Shelf, more, named, own_words, where, with_numbers
from interface.views.letter import place_of
from interface.views.markup import button, icon, plural, text
from store import Item, doubt_id

DOUBTS = 5


def listed(shelf: Shelf) -> str:
    """What the reader is not sure of, with ready answers."""
    asked = [item for item in shelf.items if item.to_check]
    if not asked:
        return ""
    shown = asked[: shelf.review.room("doubts", DOUBTS)]
    cards = "".join(_doubt(item, doubt, shelf) for item in shown for doubt in item.evidence.doubts)
    return (
        f'<section class="group doubts" aria-labelledby="to-check"><header><h2 id="to-check">Please check '
        f'{plural(len(asked), "item")}</h2></header><ul class="items">{cards}</ul>'
        f"{more('doubts', len(asked) - len(shown), DOUBTS)}</section>"
    )


def _doubt(item: Item, doubt: Doubt, shelf: Shelf) -> str:
    evidence, id_ = item.evidence, doubt_id(doubt)
    record = shelf.records.get(evidence.record or "")
    heading = (record.organization or record.title) if record else ""
    under = f', under “<span dir="auto">{text(heading)}</span>”' if heading else ""
    read_from = where(item, named=item.document != shelf.review.document)
    key = f"{evidence.id}:{id_}"
    answers = "".join(
        button(label(evidence.text, said, doubt.words), "answer", item=evidence.id, doubt=id_, answer=n)
        for n, said in enumerate(doubt.answers)
    )
    answers += _as_it_is(item, doubt)
    ways = (
        f'<div class="row answers">{answers}{button("Something else", "open", part=key)}'
        f"{button('Do not use', 'hide', style='btn bare', item=evidence.id)}</div>"
    )
    if shelf.review.open == key:
        ways = own_words(item, "answer", "What is right?", doubt=id_)
    return (
        f'<li class="doubt" data-item="{text(evidence.id)}" data-document="{text(item.document)}">'
        f'<div class="say"><p class="quiet">Read from {read_from}{under}</p>'
        f'<p class="big" dir="auto">{_with_words(evidence.text, doubt.words)}</p>'
        f'<p class="why" dir="auto">{text(doubt.question)}</p>{ways}</div></li>'
    )


def _as_it_is(item: Item, doubt: Doubt) -> str:
    """The answer that nothing was read wrong, where none of the ready ones is it."""
    evidence, id_ = item.evidence, doubt_id(doubt)
    if evidence.text in doubt.answers:
        return ""
    if doubt.about == "current" and not doubt.answers and evidence.record:
        left = button("No, I left", "left", item=evidence.id, doubt=id_)
        return button("Yes", "answer", item=evidence.id, doubt=id_, answer="as-it-is") + left
    return button("It is right", "answer", item=evidence.id, doubt=id_, answer="as-it-is")


def _with_words(words: str, part: str) -> str:
    at = words.find(part) if part else -1
    if at < 0:
        return text(words)
    return f'{text(words[:at])}<mark class="odd">{text(part)}</mark>{text(words[at + len(part) :])}'


def label(words: str, answer: str, doubted: str = "") -> str:
    """What the button of an answer says: only what differs, where the rest of the item stays as it is."""
    if answer == words:
        return "It is right"
    old, new = words.split(), answer.split()
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [(b, e) for kind, _, _, b, e in blocks if kind != "equal"]
    first, last = (changed[0][0], changed[-1][1]) if changed else (0, len(new))
    at = next((n for n, word in enumerate(new) if doubted and word.strip(".,;") == doubted), None)
    if at is not None:
        first, last = min(first, at), max(last, at + 1)
    said = " ".join(new[first:last]).strip(" .,;")
    return said if said and len(said) <= 60 else answer


def merging(shelf: Shelf) -> str:
    """The two steps of keeping one of two items that say the same."""
    by_id = {item.evidence.id: item for item in shelf.items}
    chosen = [by_id[id_] for id_ in shelf.review.merging if id_ in by_id]
    cancel = button("Cancel", "merge-stop", style="btn bare")
    if len(chosen) == 1:
        return (
            f'<div class="banner merging">{icon("same")}<div class="body"><b>Which other item says the same?'
            f'</b> <span dir="auto">“{text(chosen[0].evidence.text)}”</span></div>{cancel}</div>'
        )
    lines = "".join(
        f'<li><div class="say"><p dir="auto">{with_numbers(item.evidence)}</p><p class="quiet">'
        f'<span dir="auto">{text(place_of(item.read_from))}</span></p></div>'
        f"{named('Keep this one', 'merge-keep', item.evidence.text, style='btn', item=item.evidence.id)}</li>"
        for item in chosen
    )
    return lines and (
        '<section class="group merging"><header><h2>Which of the two do you keep?</h2></header>'
        f'<ul class="items">{lines}</ul><div class="row">{cancel}<span class="quiet">The other one is folded '
        "into it.</span></div></section>"
    )
