"""Putting profiles together."""

from benchmarks.pace import large_profile as profile
from profiles import merge


def test_lines_stay_with_their_record_and_nothing_is_counted_twice() -> None:
    merged = merge(profile(2), profile(3))
    assert [record.title for record in merged.records] == ["Role 0", "Role 1", "Role 2"]
    assert [(item.text, item.record) for item in merged.evidence] == [
        (f"Built {i}", f"r{i // 2 + 1}") for i in range(6)
    ]


def test_a_large_profile_twice_is_counted_once() -> None:
    large = profile(4_000)
    assert len(merge(large, large).evidence) == 8_000
