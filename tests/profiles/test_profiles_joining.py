"""Putting profiles together."""

from domain import Evidence, Profile, Record, SourceSpan
from profiles import merge


def profile(count: int) -> Profile:
    """A profile of so many roles with two lines each."""
    where = SourceSpan(document="cv")
    records = tuple(Record(id=f"r{i}", kind="role", title=f"Role {i}") for i in range(count))
    evidence = tuple(
        Evidence(id=f"e{i}", type="bullet", text=f"Built {i}", record=f"r{i // 2}", source=where)
        for i in range(2 * count)
    )
    return Profile(id="", name="", records=records, evidence=evidence)


def test_lines_stay_with_their_record_and_nothing_is_counted_twice() -> None:
    merged = merge(profile(2), profile(3))
    assert [record.title for record in merged.records] == ["Role 0", "Role 1", "Role 2"]
    assert [(item.text, item.record) for item in merged.evidence] == [
        (f"Built {i}", f"r{i // 2 + 1}") for i in range(6)
    ]


def test_a_large_profile_twice_is_counted_once() -> None:
    large = profile(4_000)
    assert len(merge(large, large).evidence) == 8_000
