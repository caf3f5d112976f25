"""One profile as it stands: what was read and what the person decided, put together."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, func, select

from domain import Document, Doubt, Evidence, FieldSource, Persona, Profile, Record, SourceSpan
from language import quantities
from store.folding import stated, words
from store.nouns import YOU, Item, Kept, KeptDocument, Offer, Summary
from store.owning import Owned, unpacked, unpacked_fields
from store.shelving import CONTACTS
from store.tables import contacts, documents, items, places, profiles, record_places, records


def kept(connection: Connection, whose: Owned) -> Kept:
    """All of one profile. Raises `NotFound` when it is not there."""
    row = whose.row(connection)
    papers = connection.execute(
        select(documents).where(whose.of(documents)).order_by(documents.c.number)
    ).all()
    shown = shown_items(connection, whose)
    used, offers, sources = _contacts(connection, whose)
    visible = [item.evidence for item in shown if item.state != "hidden"]
    profile = Profile(
        id=f"{whose.profile}-{row['version']}",
        kept_as=whose.profile,
        persona=Persona(row["persona"]),
        language=papers[0].language if papers else "en",
        records=_records(connection, whose, shown),
        evidence=tuple(visible),
        warnings=tuple(
            dict.fromkeys(w for p in papers for w in (*unpacked(p.warnings), *unpacked(p.profile_warnings)))
        ),
        fields=sources,
        **used,
    )
    return Kept(
        id=whose.profile,
        label=row["label"],
        profile=profile,
        documents=_documents(papers, connection, whose, shown),
        items=tuple(shown),
        version=row["version"],
        offers=offers,
    )


def summaries(connection: Connection, person: str) -> tuple[Summary, ...]:
    """The person's profiles, the one changed last first."""
    query = select(profiles).where(profiles.c.person == person)
    rows = connection.execute(query.order_by(profiles.c.changed_at.desc(), profiles.c.id)).mappings()
    return tuple(_summary(connection, Owned(person, row["id"]), row) for row in rows.all())


def _summary(connection: Connection, whose: Owned, row: RowMapping) -> Summary:
    used, _, _ = _contacts(connection, whose)
    shown = (whose.of(items), ~items.c.hidden, items.c.merged_into.is_(None))
    asked = connection.scalars(
        select(items.c.number)
        .join(places, (places.c.profile == items.c.profile) & (places.c.item == items.c.number))
        .where(*shown, ~items.c.confirmed, places.c.doubts != "[]")
        .distinct()
    ).all()
    return Summary(
        id=whose.profile,
        label=row["label"],
        persona=Persona(row["persona"]),
        name=used["name"],
        items=connection.execute(select(func.count()).select_from(items).where(*shown)).scalar_one(),
        to_check=sum(item.to_check for item in shown_items(connection, whose, asked)) if asked else 0,
        changed_at=row["changed_at"],
    )


# --- items -------------------------------------------------------------------------------------------


def shown_items(connection: Connection, whose: Owned, only: Iterable[int] = ()) -> list[Item]:
    """The items in the order of the documents; those merged away are places of the one they went into.

    Args:
        connection: Any transaction.
        whose: The profile.
        only: Numbers of the items wanted; by default all.
    """
    decisions = select(items).where(whose.of(items))
    standing = select(places).where(whose.of(places)).order_by(places.c.document, places.c.position)
    if wanted := tuple(only):
        decisions = decisions.where(items.c.number.in_(wanted))
        standing = standing.where(places.c.item.in_(wanted))
    decided = {row.number: row for row in connection.execute(decisions)}
    said: dict[int, list[Row[Any]]] = {}
    for place in connection.execute(standing):
        said.setdefault(place.item, []).append(place)
    merged: dict[int, list[Row[Any]]] = defaultdict(list)
    for number, row in decided.items():
        if row.merged_into is not None:
            merged[row.merged_into].extend(said.get(number, ()))
    return [
        _item(decided[number], first, (*others, *merged[number]))
        for number, (first, *others) in said.items()
        if decided[number].merged_into is None
    ]


def _item(row: Row[Any], first: Row[Any], others: Sequence[Row[Any]]) -> Item:
    corrected = row.correction is not None
    text = row.correction if corrected else first.text
    source = _span(first)
    vouched = row.confirmed
    evidence = Evidence.model_construct(  # every value was checked on its way in, and there are thousands
        id=f"e{row.number}",
        type=row.type,
        text=text,
        record=None if row.record is None else f"r{row.record}",
        skills=(),
        numbers=quantities.find(text),
        links=tuple(unpacked(first.links)),
        source=SourceSpan(document=YOU) if corrected else source,
        confidence=1.0 if vouched else first.confidence,
        doubts=() if vouched else _open_doubts(row, first, text),
        confidential=row.confidential,
    )
    return Item.model_construct(
        evidence=evidence,
        document=f"d{first.document}",
        state="hidden" if row.hidden else "confirmed" if row.confirmed else "read",
        original=first.text if corrected else "",
        corrected=corrected,
        read_from=source,
        also_in=tuple(_span(place) for place in others),
    )


def _open_doubts(row: Row[Any], first: Row[Any], text: str) -> tuple[Doubt, ...]:
    """The reader's questions without those answered, and without those about words that are gone."""
    answered = {tuple(pair) for pair in unpacked(row.answered)}
    return tuple(
        _for_text(doubt, first.text, text)
        for doubt in map(Doubt.model_validate, unpacked(first.doubts))
        if (doubt.about, doubt.question) not in answered
        and (row.correction is None or not doubt.words or doubt.words in text)
    )


def _for_text(doubt: Doubt, read: str, text: str) -> Doubt:
    """The question with answers for the text as it stands: whole texts as read would undo other answers."""
    if text == read or not doubt.answers:
        return doubt
    moved = [_moved(answer, doubt.words, read, text) for answer in doubt.answers]
    # All or none, so that an answer keeps its number.
    answers = tuple(answer for answer in moved if answer is not None)
    return doubt.model_copy(update={"answers": answers if len(answers) == len(moved) else ()})


def _moved(answer: str, words: str, read: str, text: str) -> str | None:
    """What an answer puts in place of the doubted words, put there in another text; None if it does more."""
    before, now = _found(words, read), _found(words, text)
    if len(before) != len(now):
        return None  # nothing tells which of them is meant
    for at, here in zip(before, now, strict=True):
        rest = read[at + len(words) :]
        end = len(answer) - len(rest)
        if at <= end and answer.startswith(read[:at]) and answer.endswith(rest):
            return text[:here] + answer[at:end] + text[here + len(words) :]
    return None


def _found(words: str, text: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(words), text)] if words else []


def _span(place: Row[Any]) -> SourceSpan:
    return SourceSpan.model_construct(
        document=place.source, place=place.place, page=place.page, start=place.start, end=place.end
    )


# --- documents, records, contacts --------------------------------------------------------------------


def _documents(
    papers: Sequence[Row[Any]], connection: Connection, whose: Owned, shown: Sequence[Item]
) -> tuple[KeptDocument, ...]:
    by_id = {item.evidence.id: item for item in shown}
    merged = connection.execute(
        select(places.c.document, places.c.item, items.c.merged_into)
        .join(items, (items.c.profile == places.c.profile) & (items.c.number == places.c.item))
        .where(whose.of(places))
        .distinct()
    )
    saying: dict[int, set[str]] = defaultdict(set)
    for document, item, into in merged:
        saying[document].add(f"e{into or item}")
    return tuple(
        KeptDocument(
            id=f"d{paper.number}",
            document=_document(paper),
            imported_at=paper.imported_at,
            items=len(saying[paper.number]),
            to_check=sum(by_id[id_].to_check for id_ in saying[paper.number]),
        )
        for paper in papers
    )


def _document(paper: Row[Any]) -> Document:
    return Document(
        name=paper.name,
        digest=paper.digest,
        format=paper.format,
        text=paper.text,
        pages=tuple(unpacked(paper.pages)),
        parser=paper.parser,
        confidence=paper.confidence,
        warnings=tuple(unpacked(paper.warnings)),
    )


def _records(connection: Connection, whose: Owned, shown: Sequence[Item]) -> tuple[Record, ...]:
    """The records, in the order of the documents. One whose every item is hidden is hidden with them."""
    set_ = {row.number: row for row in connection.execute(select(records).where(whose.of(records)))}
    read: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(
        select(record_places)
        .where(whose.of(record_places))
        .order_by(record_places.c.document, record_places.c.position)
    ):
        read.setdefault(row.record, []).append(row)
    visible = {item.evidence.record for item in shown if item.state != "hidden"}
    with_items = {
        f"r{row.record}"
        for row in connection.execute(select(items.c.record).where(whose.of(items)).distinct())
        if row.record is not None
    }
    return tuple(
        record_of(set_[number], rows)
        for number, rows in read.items()
        if f"r{number}" in visible or f"r{number}" not in with_items
    )


def record_of(row: Row[Any], read: Sequence[Row[Any]]) -> Record:
    """A record from its row and from what each document says of it."""
    values: dict[str, Any] = {}
    sources: dict[str, FieldSource] = {}
    for place in read:
        given = {source.field: source for source in unpacked_fields(place.fields)}
        for name in ("title", "area", "organization", "start", "end"):
            if not values.get(name) and (value := getattr(place, name)):
                values[name] = value
                if name in given:
                    sources[name] = given[name]
    values["current"] = not values.get("end") and any(place.current for place in read)
    said = stated(row)
    yours = {name: FieldSource(field=name, source=SourceSpan(document=YOU)) for name in said}
    links = dict.fromkeys(link for place in read for link in unpacked(place.links))
    # A source of another field, such as `links` or `current`, stays with the first place that gives it.
    for source in (each for place in read for each in unpacked_fields(place.fields)):
        sources.setdefault(source.field, source)
    return Record(
        id=f"r{row.number}",
        kind=row.kind,
        links=tuple(links),
        fields=tuple((sources | yours).values()),
        **(values | said),
    )


def _contacts(
    connection: Connection, whose: Owned
) -> tuple[dict[str, Any], tuple[Offer, ...], tuple[FieldSource, ...]]:
    """The contacts in use, those offered besides, and where the ones in use stand."""
    rows = connection.execute(select(contacts).where(whose.of(contacts)).order_by(contacts.c.id)).all()
    used: dict[str, Any] = dict.fromkeys(CONTACTS, "")
    sources: list[FieldSource] = []
    offers: list[Offer] = []
    rows = sorted(rows, key=lambda row: CONTACTS.index(row.field))
    for field, group in groupby(rows, lambda row: str(row.field)):
        of_field = list(group)
        chosen = next((row for row in of_field if row.document is None), of_field[0])
        used[field] = chosen.value
        sources += _source(chosen)
        offers += _offers(chosen, of_field)
    used["links"] = tuple(used["links"].split("\n")) if used["links"] else ()
    return used, tuple(offers), tuple(sources)


def _source(row: Row[Any]) -> tuple[FieldSource, ...]:
    if row.document is None:
        return (FieldSource(field=row.field, source=SourceSpan(document=YOU)),)
    return unpacked_fields(row.source)


def _offers(chosen: Row[Any], rows: Sequence[Row[Any]]) -> list[Offer]:
    """Values that differ from the one in use, each once; of links, each address that is not among them."""
    seen = {_same(chosen.field, value) for value in _values(chosen)}
    offers = []
    for row in rows:
        for value in _values(row) if row.document is not None else ():
            if (same := _same(row.field, value)) not in seen:
                seen.add(same)
                source = unpacked_fields(row.source)
                offers.append(
                    Offer(
                        field=row.field,
                        value=value,
                        document=f"d{row.document}",
                        source=source[0].source if source else None,
                    )
                )
    return offers


def _values(row: Row[Any]) -> list[str]:
    return str(row.value).split("\n") if row.field == "links" else [str(row.value)]


def _same(field: str, value: str) -> str:
    """A value without what makes no difference, such as the spaces of a telephone number."""
    if field == "phone":
        return "".join(filter(str.isdigit, value)).lstrip("0")
    return value.rstrip("/") if field == "links" else words(value)
