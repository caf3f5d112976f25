"""Putting what a document says beside what is there: known records and items are found again, others are new.

Everything is decided in memory from one read of the profile, and written in a few bulk statements.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, insert, select, update

from domain import Document, Evidence, Profile, Record, SourceSpan
from store.folding import Facts, agreement, joined, stated, storable, words
from store.owning import Owned, packed, packed_fields
from store.tables import contacts, documents, items, places, profiles, record_places, records

CONTACTS = ("name", "organization", "headline", "email", "phone", "postal_address", "links")
_MANY = 20  # records alike in title and employer; more are told apart by what they say

_Said = tuple[str, str]  # type and words
_Key = tuple[str, str, int | None]  # and record


@dataclass(slots=True)
class Counted:
    """What an import found."""

    new: int = 0
    folded: int = 0


def put(
    connection: Connection,
    whose: Owned,
    last: dict[str, int],
    number: int,
    document: Document,
    profile: Profile,
) -> Counted:
    """Make the items of one document those of `profile`, and drop what no document says any more.

    Args:
        connection: A transaction that holds the profile's lock.
        whose: The profile.
        last: The numbers given last, by "record" and "item"; counted on.
        number: The document's number; its row is written here.
        document: What was read.
        profile: What its reader found in it.
    """
    shelf = _Shelf(connection, whose, last, number)
    write_document(connection, whose, number, document, profile)
    shelf.put(profile)
    _put_contacts(connection, whose, number, profile)
    sweep(connection, whose)
    return shelf.counted


def sweep(connection: Connection, whose: Owned) -> None:
    """Drop items that stand nowhere, and records that no document gives."""
    # Compared here and not in SQL: a server that has not looked at fresh rows yet plans such joins badly.
    standing = connection.scalars(select(places.c.item).where(whose.of(places)).distinct())
    gone = set(connection.scalars(select(items.c.number).where(whose.of(items)))) - set(standing)
    for some in _portions(sorted(gone)):
        # What was merged into it and is said elsewhere stands by itself again.
        merged = (whose.of(items), items.c.merged_into.in_(some))
        connection.execute(update(items).where(*merged).values(merged_into=None))
    for some in _portions(sorted(gone)):
        connection.execute(delete(items).where(whose.of(items), items.c.number.in_(some)))
    given = connection.scalars(select(record_places.c.record).where(whose.of(record_places)).distinct())
    unread = set(connection.scalars(select(records.c.number).where(whose.of(records)))) - set(given)
    for some in _portions(sorted(unread)):
        connection.execute(delete(records).where(whose.of(records), records.c.number.in_(some)))


def _portions(numbers: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    return (numbers[at : at + size] for at in range(0, len(numbers), size))


# --- the document itself -----------------------------------------------------------------------------


def write_document(
    connection: Connection, whose: Owned, number: int, document: Document, profile: Profile
) -> None:
    """Write a document's own row, new or again; nothing stands in it yet."""
    values = {
        "name": storable(document.name),
        "digest": document.digest,
        "format": storable(document.format),
        "text": storable(document.text),
        "pages": packed(document.pages),
        "parser": storable(document.parser),
        "confidence": document.confidence,
        "warnings": packed(document.warnings),
        "language": storable(profile.language),
        "profile_warnings": packed(profile.warnings),
        "imported_at": datetime.now(UTC),
    }
    here = (whose.of(documents), documents.c.number == number)
    if connection.execute(update(documents).where(*here).values(values)).rowcount == 0:
        connection.execute(insert(documents).values(profile=whose.profile, number=number, **values))
    for table in (places, record_places):
        connection.execute(delete(table).where(whose.of(table), table.c.document == number))


def _put_contacts(connection: Connection, whose: Owned, number: int, profile: Profile) -> None:
    """What a document gives now. What it gave before keeps its turn, so that the first stays in use."""
    found = {name: value for name in CONTACTS if (value := contact_text(getattr(profile, name)))}
    before = connection.execute(
        select(contacts).where(whose.of(contacts), contacts.c.document == number)
    ).all()
    gone = [row.id for row in before if found.get(row.field) != row.value]
    if gone:
        connection.execute(delete(contacts).where(whose.of(contacts), contacts.c.id.in_(gone)))
    sources = {source.field: source for source in profile.fields}
    known = {(row.field, row.value) for row in before}
    new = [
        {
            "profile": whose.profile,
            "document": number,
            "field": name,
            "value": value,
            "source": packed_fields(filter(None, (sources.get(name),))),
        }
        for name, value in found.items()
        if (name, value) not in known
    ]
    if new:
        connection.execute(insert(contacts), new)


def contact_text(value: str | Iterable[str]) -> str:
    """A contact as one text; links stand one a line."""
    return storable(value if isinstance(value, str) else "\n".join(value))


def place_row(document: int, position: int, item: Evidence, number: int) -> dict[str, Any]:
    """Where a document says what item, as a row of `places`, but for its profile."""
    source: SourceSpan = item.source
    return {
        "document": document,
        "position": position,
        "item": number,
        "text": storable(item.text),
        "links": packed(item.links),
        "source": storable(source.document),
        "place": storable(source.place),
        "page": source.page,
        "start": source.start,
        "end": source.end,
        "confidence": item.confidence,
        "doubts": packed([doubt.model_dump() for doubt in item.doubts]),
    }


# --- records and items -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Item:
    """An item that is there, or will be."""

    number: int
    type: str
    record: int | None
    decided: dict[str, Any]
    elsewhere: bool = False
    state: str = "kept"  # or "new", "changed"
    here: bool = False


@dataclass(slots=True)
class _Kept:
    """A record that is there: what each document says of it, and what the person set."""

    number: int
    kind: str
    set_by_person: Row[Any]
    elsewhere: list[Facts] = field(default_factory=list)
    here: list[Facts] = field(default_factory=list)

    def variants(self) -> list[Facts]:
        """The facts by which it is known again."""
        read = joined(self.elsewhere or self.here)
        changed = stated(self.set_by_person)
        if not changed:
            return [read]
        given: dict[str, Any] = {
            "title": read.title,
            "area": "",
            "organization": read.organization,
            "start": read.start,
            "end": read.end,
            "current": read.current,
        }
        return [read, Facts.of(self.kind, **(given | changed))]


_UNDECIDED = {
    "confirmed": False,
    "hidden": False,
    "confidential": False,
    "correction": None,
    "answered": "[]",
    "merged_into": None,
}


class _Shelf:
    """The records and items of a profile while one document is put among them."""

    def __init__(self, connection: Connection, whose: Owned, last: dict[str, int], document: int) -> None:
        self.connection, self.whose, self.last, self.document = connection, whose, last, document
        self.counted = Counted()
        self.records: dict[int, _Kept] = {}
        self.items: dict[int, _Item] = {}
        self.by_key: dict[_Key, int] = {}
        # What this document said before: the items by type and words, and the records that they belonged to.
        self.said: dict[_Said, list[int]] = defaultdict(list)
        self.said_by_key: dict[_Key, int] = {}
        self.loose: dict[_Said, deque[int]] = defaultdict(deque)
        self._read_records()
        self._read_items()
        self.finder = _Finder(self.records.values(), self.items, self.by_key, self.said)

    def _read_records(self) -> None:
        for row in self.connection.execute(select(records).where(self.whose.of(records))):
            self.records[row.number] = _Kept(row.number, row.kind, row)
        rows = self.connection.execute(
            select(record_places)
            .where(self.whose.of(record_places))
            .order_by(record_places.c.document, record_places.c.position)
        )
        for row in rows:
            kept = self.records[row.record]
            facts = _facts_of(kept.kind, row)
            (kept.here if row.document == self.document else kept.elsewhere).append(facts)

    def _read_items(self) -> None:
        for item in self.connection.execute(select(items).where(self.whose.of(items))):
            decided = {name: getattr(item, name) for name in _UNDECIDED}
            self.items[item.number] = _Item(item.number, item.type, item.record, decided)
        rows = self.connection.execute(
            select(places.c.document, places.c.item, places.c.text)
            .where(self.whose.of(places))
            .order_by(places.c.document, places.c.position)
        )
        for row in rows:
            kept, said = self.items[row.item], words(row.text)
            self.by_key.setdefault((kept.type, said, kept.record), kept.number)
            if row.document == self.document:
                self.said[kept.type, said].append(kept.number)
                self.said_by_key[kept.type, said, kept.record] = kept.number
            else:
                kept.elsewhere = True

    def put(self, profile: Profile) -> None:
        spoken = [words(item.text) for item in profile.evidence]
        numbers = self._put_records(profile, spoken)
        self._let_go(
            {
                (item.type, said, numbers.get(item.record or ""))
                for item, said in zip(profile.evidence, spoken, strict=True)
            }
        )
        rows = [
            place_row(
                self.document, position, item, self._put_item(item, said, numbers.get(item.record or ""))
            )
            for position, (item, said) in enumerate(zip(profile.evidence, spoken, strict=True))
        ]
        self._write(rows)

    def _let_go(self, wanted: set[_Key]) -> None:
        """Items whose words no longer stand with their record may go with the words to another one."""
        for key, number in self.said_by_key.items():
            if key not in wanted:
                self.loose[key[:2]].append(number)

    # --- records

    def _put_records(self, profile: Profile, spoken: Sequence[str]) -> dict[str, int]:
        """The numbers that the document's records get, by their ids; writes where each is given."""
        texts: dict[str, list[_Said]] = defaultdict(list)
        for item, said in zip(profile.evidence, spoken, strict=True):
            if item.record:
                texts[item.record].append((item.type, said))
        # Records alike in every fact and text are one; two nameless projects stay two.
        twins: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for position, record in enumerate(profile.records):
            facts = record.model_dump(exclude={"id", "fields"}).values()
            twins[(*facts, tuple(texts[record.id]))].append(position)
        firsts = [profile.records[positions[0]] for positions in twins.values()]
        found = self.finder.find_all([(_facts_of(each.kind, each), texts[each.id]) for each in firsts])
        given = [self._next("record") if number is None else number for number in found]
        self._insert(
            records,
            [
                {"number": number, "kind": record.kind}
                for number, record, known in zip(given, firsts, found, strict=True)
                if known is None
            ],
        )
        at = {p: number for number, each in zip(given, twins.values(), strict=True) for p in each}
        self._insert(record_places, [self._record_place(p, r, at[p]) for p, r in enumerate(profile.records)])
        return {record.id: at[position] for position, record in enumerate(profile.records)}

    def _next(self, kind: str) -> int:
        self.last[kind] += 1
        return self.last[kind]

    def _insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.connection.execute(insert(table), [{"profile": self.whose.profile, **row} for row in rows])

    def _record_place(self, position: int, record: Record, number: int) -> dict[str, Any]:
        return {
            "document": self.document,
            "position": position,
            "record": number,
            "title": storable(record.title),
            "area": storable(record.area),
            "organization": storable(record.organization),
            "start": storable(record.start),
            "end": storable(record.end),
            "current": record.current,
            "links": packed(record.links),
            "fields": packed_fields(record.fields),
        }

    # --- items

    def _put_item(self, item: Evidence, said: str, record: int | None) -> int:
        """The number of the item that says this."""
        key = (item.type, said, record)
        before = self._before(key)
        there = self.by_key.get(key)
        if there is None and before is not None and not self.items[before].elsewhere:
            there = self._move(before, record)
        elif there is None:
            there = self._new(item, record, before)
        elif before is not None and before != there:
            self._carry(before, there)
        self.by_key[key] = there
        kept = self.items[there]
        if item.confidential and kept.decided == _UNDECIDED:
            self._decide(kept, _UNDECIDED | {"confidential": True})
        self.counted.folded += kept.here or kept.elsewhere
        kept.here = True
        return there

    def _before(self, key: _Key) -> int | None:
        """The item that this document said in these words before, unless those words still stand with it."""
        its_own = self.said_by_key.get(key)
        if its_own is not None and not self.items[its_own].here:
            return its_own
        loose = self.loose[key[:2]]
        while loose and self.items[loose[0]].here:
            loose.popleft()
        return loose[0] if loose else None

    def _move(self, number: int, record: int | None) -> int:
        """The same words, now read as part of another record."""
        item = self.items[number]
        item.record = record
        self._decide(item, item.decided)
        return number

    def _new(self, item: Evidence, record: int | None, before: int | None) -> int:
        number = self._next("item")
        decided = _UNDECIDED if before is None else self.items[before].decided
        decided = decided | {"confidential": decided["confidential"] or item.confidential}
        self.items[number] = _Item(number, item.type, record, decided, state="new")
        self.counted.new += 1
        return number

    def _carry(self, before: int, there: int) -> None:
        """What the person decided about the words goes with them to the item that has them now."""
        old, kept = self.items[before], self.items[there]
        if kept.decided == _UNDECIDED:
            self._decide(kept, old.decided | {"merged_into": None})

    def _decide(self, item: _Item, decided: dict[str, Any]) -> None:
        item.decided = dict(decided)
        item.state = "new" if item.state == "new" else "changed"

    def _write(self, rows: list[dict[str, Any]]) -> None:
        new = [item for item in self.items.values() if item.state == "new"]
        changed = [item for item in self.items.values() if item.state == "changed"]
        self._insert(
            items,
            [
                {"number": item.number, "type": item.type, "record": item.record, **item.decided}
                for item in new
            ],
        )
        if changed:
            self.connection.execute(
                update(items)
                .where(self.whose.of(items), items.c.number == bindparam("at"))
                .values(record=bindparam("to"), **{name: bindparam(f"b_{name}") for name in _UNDECIDED}),
                [
                    {"at": x.number, "to": x.record, **{f"b_{k}": v for k, v in x.decided.items()}}
                    for x in changed
                ],
            )
        self._insert(places, rows)


def _facts_of(kind: str, of: Record | Row[Any]) -> Facts:
    return Facts.of(kind, of.title, of.area, of.organization, of.start, of.end, of.current)


class _Finder:
    """Finds the record that is there for one that a document gives. Each is found once a document."""

    def __init__(
        self,
        there: Iterable[_Kept],
        kept_items: dict[int, _Item],
        by_key: dict[_Key, int],
        said: dict[_Said, list[int]],
    ) -> None:
        self.records = {kept.number: kept for kept in there}
        self.variants = {number: kept.variants() for number, kept in self.records.items()}
        self.taken: set[int] = set()
        self.by_fact: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self.same_before: dict[Facts, list[int]] = defaultdict(list)
        for number, variants in self.variants.items():
            for facts in variants:
                for about in _known_by(facts):
                    self.by_fact[about].append(number)
            for facts in self.records[number].here:
                self.same_before[facts].append(number)
        self.says: dict[int, set[_Said]] = defaultdict(set)
        self.saying: dict[_Said, list[int]] = defaultdict(list)
        for type_, text, record in by_key:
            if record is not None:
                self.says[record].add((type_, text))
                self.saying[type_, text].append(record)
        self.said_before = {
            key: [record for n in numbers if (record := kept_items[n].record) is not None]
            for key, numbers in said.items()
            if len(numbers) <= _MANY  # what so many say tells none from another
        }

    def find_all(self, given: Sequence[tuple[Facts, Sequence[_Said]]]) -> list[int | None]:
        """For each record, the number of the one that is surely the same, or None.

        The same facts as before come first, then facts that agree, then the same texts under other facts.
        """
        found: list[int | None] = [None] * len(given)
        for look in (self._same, self._alike, self._renamed):
            for position, (facts, said) in enumerate(given):
                if found[position] is None:
                    found[position] = look(facts, said)
                    self.taken.add(found[position] or 0)
        return found

    def _same(self, facts: Facts, said: Sequence[_Said]) -> int | None:
        free = [number for number in self.same_before.get(facts, ()) if number not in self.taken]
        return max(free, key=lambda number: (self._shared(number, said), -number), default=None)

    def _alike(self, facts: Facts, said: Sequence[_Said]) -> int | None:
        """The one that agrees in most; two that agree equally are told apart by nothing, so it is neither."""
        numbers = dict.fromkeys(
            number
            for about in _sought_by(facts)
            for number in self.by_fact.get(about, ())
            if number not in self.taken
        )
        if len(numbers) > _MANY:
            rarest = min((self.saying.get(key, []) for key in said), key=len, default=[])
            numbers = dict.fromkeys(number for number in rarest if number in numbers)
        agreeing = ((self._agreement(facts, n), self._shared(n, said), n) for n in numbers)
        ranked = sorted((each for each in agreeing if each[0]), reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
            return None
        return ranked[0][2]

    def _shared(self, number: int, said: Sequence[_Said]) -> int:
        return len(self.says[number].intersection(said))

    def _agreement(self, facts: Facts, number: int) -> int:
        return max(agreement(facts, variant) for variant in self.variants[number])

    def _renamed(self, facts: Facts, said: Sequence[_Said]) -> int | None:
        """A record of this document alone whose facts are read otherwise now, but which says the same."""
        votes = Counter(
            number
            for key in said
            for number in self.said_before.get(key, ())
            if number not in self.taken
            and self.records[number].kind == facts.kind
            and not self.records[number].elsewhere
        )
        return votes.most_common(1)[0][0] if votes else None


def _known_by(facts: Facts) -> list[tuple[str, str, str]]:
    about = [(facts.kind, "title", facts.title), (facts.kind, "organization", facts.organization)]
    return about if facts.title else [(facts.kind, "untitled at", facts.organization), about[1]]


def _sought_by(facts: Facts) -> list[tuple[str, str, str]]:
    """Titles must not differ, so an employer alone counts only where one of both titles is not known."""
    if facts.title:
        return [(facts.kind, "title", facts.title), (facts.kind, "untitled at", facts.organization)]
    return [(facts.kind, "organization", facts.organization)]


def bump(connection: Connection, whose: Owned, last: dict[str, int], version: int) -> None:
    """Write the profile's counters and its next version."""
    connection.execute(
        update(profiles)
        .where(whose.itself)
        .values(
            version=version,
            last_document=last["document"],
            last_record=last["record"],
            last_item=last["item"],
            changed_at=datetime.now(UTC),
        )
    )
