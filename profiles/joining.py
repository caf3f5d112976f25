"""Putting profiles and portfolios together: ids are renumbered, and nothing is counted twice."""

from collections import defaultdict

from domain import Evidence, Profile, Record
from profiles.ledger import identified
from profiles.portfolio import Portfolio

_Key = tuple[object, ...]


def combine(profile: Profile, portfolio: Portfolio) -> Profile:
    """The profile with a portfolio's projects after its own evidence."""
    return _joined(profile, portfolio.records, portfolio.evidence, portfolio.warnings)


def merge(base: Profile, uploaded: Profile) -> Profile:
    """`base` with the evidence of an uploaded document after its own; contacts of `base` stay where set."""
    contacts = {
        name: getattr(base, name) or getattr(uploaded, name)
        for name in ("name", "organization", "headline", "email", "phone", "postal_address", "links")
    }
    return _joined(base.model_copy(update=contacts), uploaded.records, uploaded.evidence, uploaded.warnings)


def _joined(
    base: Profile, records: tuple[Record, ...], evidence: tuple[Evidence, ...], warnings: tuple[str, ...]
) -> Profile:
    shelf = _Shelf()
    shelf.put(base.records, base.evidence)
    shelf.put(records, evidence)
    return identified(
        base.model_copy(
            update={
                "records": tuple(shelf.records.values()),
                "evidence": tuple(shelf.evidence.values()),
                "warnings": tuple(dict.fromkeys((*base.warnings, *warnings))),
            }
        )
    )


class _Shelf:
    """Records and evidence without duplicates, numbered anew."""

    def __init__(self) -> None:
        self.records: dict[_Key, Record] = {}
        self.evidence: dict[_Key, Evidence] = {}

    def put(self, records: tuple[Record, ...], evidence: tuple[Evidence, ...]) -> None:
        said: dict[str | None, list[str]] = defaultdict(list)
        for item in evidence:
            said[item.record].append(item.text)
        places = {record.id: self._record(record, tuple(said[record.id])) for record in records}
        for item in evidence:
            record = places.get(item.record) if item.record else None
            key = (item.type, item.text, record)
            if key not in self.evidence:
                id_ = f"e{len(self.evidence) + 1}"
                self.evidence[key] = item.model_copy(update={"id": id_, "record": record})

    def _record(self, record: Record, texts: tuple[str, ...]) -> str:
        """The id it gets. Records alike in every fact and text are one; two nameless projects stay two."""
        key = (*record.model_dump(exclude={"id", "fields"}).values(), texts)
        if key not in self.records:
            self.records[key] = record.model_copy(update={"id": f"r{len(self.records) + 1}"})
        return self.records[key].id
