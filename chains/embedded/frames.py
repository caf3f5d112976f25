"""What stands before a deed: where and when it happened, said differently each time."""

import re
from dataclasses import dataclass, field

from chains.embedded.deed import Deed
from chains.embedded.role import held_as, year
from chains.embedded.tidy import capital
from domain import Record


@dataclass
class Said:
    """What the draft has said so far, as far as the next frame depends on it."""

    frames: list[str] = field(default_factory=list)
    here: Record | None = None
    """Owner of the claim right before, in the same paragraph."""
    told: list[Record] = field(default_factory=list)
    """Owners named anywhere before."""
    held: bool = False
    """Whether the sentence right before only says that this role was held."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A name, so that none is used twice, and the finished sentence without its full stop."""

    name: str
    text: str


def frames(deed: Deed, record: Record | None, said: Said, services: bool, own: str = "") -> list[Frame]:
    """Every way to begin the sentence of a deed here, those that continue the paragraph first.

    Args:
        deed: The statement.
        record: Its owner.
        said: What came before.
        services: Whether the writer is "we".
        own: The sender's own organisation, never named as a place of work.
    """
    who = "we" if services or deed.subject == "we" else "I"
    phrase = _for_we(deed.phrase) if who == "we" else deed.phrase
    if deed.subject == "project":
        title = record.title if record else ""
        if said.here is not None and record is not None and said.here.id == record.id:
            return [Frame("it", f"It {deed.phrase}")]
        return (
            [Frame("project", f"{'Our' if services else 'My'} project {title} {deed.phrase}")]
            if title
            else []
        )
    if deed.subject == "it":
        near = said.here is not None and record is not None and said.here.id == record.id
        return [Frame("it", f"It {deed.phrase}")] if near else []
    if deed.subject == "work":
        return _of_the_work(deed, record, said, "our" if who == "we" else "my")
    if deed.subject == "colon":
        place = record.organization or record.title if record else ""
        return [Frame("colon", f"At {place}: {phrase}" if place else capital(phrase))]
    return [Frame(name, capital(text)) for name, text in _placed(deed, phrase, who, record, said, own)]


def _of_the_work(deed: Deed, record: Record | None, said: Said, my: str) -> list[Frame]:
    """ "At Osier Health, my work included triage of …", of a role with a name."""
    if record is None or not record.organization or record.kind != "role":
        return []
    included = "includes" if deed.present else "included"
    if said.here is not None and said.here.id == record.id:
        return [Frame("work there", f"There, {my} work also {included} {deed.phrase}")]
    return [Frame("work", f"At {record.organization}, {my} work {included} {deed.phrase}")]


def _placed(
    deed: Deed, phrase: str, who: str, record: Record | None, said: Said, own: str
) -> list[tuple[str, str]]:
    place = record.organization if record else ""
    if record is None or record.kind == "certificate" or (place and f" at {place}" in phrase):
        return [("plain", f"{who} {phrase}")]
    if said.here is not None and said.here.id == record.id:
        return _begun(phrase, who) if said.held else _continued(deed, phrase, who, record)
    if record.kind == "project":
        return _in_project(phrase, who, record)
    if not place or place == own:
        titled = held_as(record)
        plain = [("plain", f"{who} {phrase}")]
        return [("as", f"as {titled}, {who} {phrase}"), *plain] if titled and who == "I" else plain
    found = [("at", f"at {place}, {who} {phrase}")]
    if any(record.id == other.id for other in said.told):
        return [("again", f"at {place}, {who} also {phrase}"), *found] if _takes_also(phrase) else found
    if record.kind == "volunteering" and _takes_also(phrase):
        return [("volunteer", f"as a volunteer at {place}, {who} {phrase}"), *found]
    titled = held_as(record)
    if titled and who == "I" and not re.match(r"(?:was|am) (?:a|an|the|promoted|part)\b", phrase):
        found.append(("as", f"as {titled} at {place}, {who} {phrase}"))
    if _earlier(record, said.told):
        found.append(("before", f"before that, at {place}, {who} {phrase}"))
        found.append(("earlier", f"earlier, at {place}, {who} {phrase}"))
    begun, ended = year(record.start), year(record.end)
    if begun and ended and begun < ended and not deed.present:
        found.append(("years", f"from {begun} to {ended} at {place}, {who} {phrase}"))
    if record.current and deed.present and who == "I":
        found.append(("current", f"in my current role at {place}, {who} {phrase}"))
    return found


def _begun(phrase: str, who: str) -> list[tuple[str, str]]:
    """After "I was an Engineer at Osier Post.": nothing has been told of the role, so nothing is "also"."""
    return [("there first", f"there, {who} {phrase}"), ("on", f"{who} {phrase}")]


def _continued(deed: Deed, phrase: str, who: str, record: Record) -> list[tuple[str, str]]:
    if record.kind == "project":
        return [("also", f"{who} also {phrase}")] if _takes_also(phrase) else []
    found = [("role", f"in the same role, {who} {phrase}"), ("on", f"{who} {phrase}")]
    if _takes_also(phrase):
        found.append(("there", f"there, {who} also {phrase}"))
        if not deed.present:
            found.append(("also", f"{who} also {phrase}"))
    return found if record.kind == "role" else found[1:]


def _takes_also(phrase: str) -> bool:
    return re.match(r"(?:was|am|have|had|were|are)\b|\w+ly\b", phrase) is None


def _in_project(phrase: str, who: str, record: Record) -> list[tuple[str, str]]:
    my = "my" if who == "I" else "our"
    if not record.title or len(record.title) > 45:
        return [("untitled", f"in a project, {who} {phrase}")]
    return [
        ("project for", f"for {my} project {record.title}, {who} {phrase}"),
        ("project in", f"in {my} project {record.title}, {who} {phrase}"),
    ]


def _earlier(record: Record, told: list[Record]) -> bool:
    """Whether this ended before everything told so far began."""
    ended = year(record.end)
    begun = [year(other.start) for other in told if other.kind == "role"]
    return bool(begun) and ended is not None and all(b is not None and ended <= b for b in begun)


def _for_we(phrase: str) -> str:
    for pattern, word in ((r"^was\b", "were"), (r"^am\b", "are"), (r"\bmy\b", "our"), (r"\bI\b", "we")):
        phrase = re.sub(pattern, word, phrase)
    return phrase
