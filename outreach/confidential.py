"""What a sender keeps to themselves: it answers an opening, and is told to nobody."""

from domain import Profile, Record


def shown(profile: Profile) -> Profile:
    """The profile without what is confidential: no writer sees it, built-in or model."""
    secret = [item for item in profile.evidence if item.confidential]
    if not secret:
        return profile
    evidence = tuple(item for item in profile.evidence if not item.confidential)
    hushed = {item.record for item in secret if item.type in _NAMES_ITS_RECORD}
    owners = {item.record for item in evidence}
    records = tuple(
        _nameless(record) if record.id in hushed else record
        for record in profile.records
        if record.id in owners or record.id not in {item.record for item in secret}
    )
    return profile.model_copy(update={"evidence": evidence, "records": records})


# Items whose words are the fields of their record: who keeps those to themselves names no employer.
_NAMES_ITS_RECORD = ("role", "degree", "certificate")


def _nameless(record: Record) -> Record:
    blank = {"title": "", "area": "", "organization": "", "start": "", "end": "", "links": (), "fields": ()}
    return record.model_copy(update=blank)
