"""Limits and takings of a container as Linux shows them, in both versions of control groups, or nothing."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from prometheus_client import CollectorRegistry

from telemetry.machine import Machine
from telemetry.metrics import REGISTRY, Lag

STAT = "cpu  10 0 10 900 0 0 0 250 0 0\ncpu0 10 0 10 900 0 0 0 250 0 0\n"
VERSION_2 = {
    "memory.current": "300000000\n",
    "memory.max": "471859200\n",
    "memory.stat": "anon 250000000\ninactive_file 40000000\n",
    "cpu.stat": "usage_usec 9\nnr_throttled 4\nthrottled_usec 2500000\n",
}
VERSION_1 = {
    "memory/memory.usage_in_bytes": "300000000\n",
    "memory/memory.limit_in_bytes": "471859200\n",
    "memory/memory.stat": "inactive_file 1\ntotal_inactive_file 40000000\n",
    "cpu/cpu.stat": "nr_periods 9\nthrottled_time 2500000000\n",
}


def machine(folder: Path, files: dict[str, str], cgroup: str) -> Machine:
    """One that finds these files where control groups are mounted, and this line about its own."""
    for name, text in files.items():
        path = folder / "groups" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    process = folder / "proc" / "self"
    process.mkdir(parents=True)
    (process / "cgroup").write_text(cgroup)
    (folder / "proc" / "stat").write_text(STAT)
    return Machine(folder / "groups", process)


def shown(machine: Machine) -> dict[str, float]:
    registry = CollectorRegistry()
    registry.register(machine)
    return {sample.name: sample.value for family in registry.collect() for sample in family.samples}


@pytest.mark.parametrize(
    ("files", "cgroup"),
    [
        (VERSION_2, "0::/\n"),
        ({f"kubepods/pod1/{name}": text for name, text in VERSION_2.items()}, "0::/kubepods/pod1\n"),
        (VERSION_2, "0::/../somewhere/else\n"),
        (VERSION_1, "9:name=systemd:/x\n4:memory:/docker/abc\n2:cpu,cpuacct:/docker/abc\n0::/\n"),
        (VERSION_1, "4:memory:/\n1:cpu:/\n"),
    ],
    ids=["container", "named", "of another namespace", "version 1", "version 1 at the top"],
)
def test_a_container_tells_its_memory_and_what_it_waited_for(
    tmp_path: Path, files: dict[str, str], cgroup: str
) -> None:
    if "cpu,cpuacct" in cgroup:  # mounted under both names, as systems do
        files = files | {"cpu,cpuacct/cpu.stat": files["cpu/cpu.stat"]}
    assert shown(machine(tmp_path, files, cgroup)) == {
        "inroad_memory_bytes": 260_000_000,
        "inroad_memory_limit_bytes": 471_859_200,
        "inroad_cpu_throttled_seconds_total": 2.5,
        "inroad_machine_stolen_seconds_total": 2.5,
    }


@pytest.mark.parametrize(
    "files",
    [
        VERSION_2 | {"memory.max": "max\n"},
        VERSION_1 | {"memory/memory.limit_in_bytes": "9223372036854771712\n"},
    ],
    ids=["version 2", "version 1"],
)
def test_where_there_is_no_limit_none_is_told(tmp_path: Path, files: dict[str, str]) -> None:
    found = shown(machine(tmp_path, files, "4:memory:/\n1:cpu:/\n0::/\n"))
    assert "inroad_memory_limit_bytes" not in found
    assert found["inroad_memory_bytes"] == 260_000_000


def test_elsewhere_nothing_is_told(tmp_path: Path) -> None:
    assert shown(Machine(tmp_path / "none", tmp_path / "nowhere")) == {}


def test_a_loop_that_comes_late_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(bound: str) -> float:
        within = REGISTRY.get_sample_value("inroad_loop_lag_seconds_bucket", {"le": bound}) or 0
        return (REGISTRY.get_sample_value("inroad_loop_lag_seconds_count") or 0) - within

    moments = iter((0.0, 1.0, 2.001, 3.901, 4.8))  # the first is not late for anything
    monkeypatch.setattr("telemetry.metrics.time", SimpleNamespace(monotonic=lambda: next(moments)))
    lag, before = Lag(every_s=1.0), (late("0.005"), late("0.5"))
    for _ in range(5):
        lag.note()
    assert (late("0.005"), late("0.5")) == (before[0] + 1, before[1] + 1)
