"""What the machine gives this process and takes from it, as far as Linux tells.

Memory and processor time are those of the control group, version 1 or 2, so a container tells its own limits
without a further program beside it. Stolen time is the whole machine's: what a virtual one wanted and did not
get, as on Amazon's small types whose credits are gone.
"""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

_NO_LIMIT = 1 << 60  # from where on version 1 means none


class Machine(Collector):
    """Reads a few small files whenever it is asked.

    Args:
        groups: Where control groups are mounted.
        process: What the system tells of this process, and beside it of the machine.
    """

    def __init__(self, groups: Path = Path("/sys/fs/cgroup"), process: Path = Path("/proc/self")) -> None:
        self._groups, self._process = groups, process

    def describe(self) -> Iterator[Metric]:
        """Nothing: what there is depends on the machine."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        for name, text, value in (
            ("inroad_memory_bytes", "Memory of the container that cannot be given back", self.memory()),
            ("inroad_memory_limit_bytes", "Memory that the container may have", self.memory_limit()),
        ):
            if value is not None:
                yield GaugeMetricFamily(name, text, value)
        for name, text, seconds in (
            ("inroad_cpu_throttled_seconds", "Time the container waited for its share", self.throttled()),
            (
                "inroad_machine_stolen_seconds",
                "Time other virtual machines took from this one",
                self.stolen(),
            ),
        ):
            if seconds is not None:
                yield CounterMetricFamily(name, text, seconds)

    def memory(self) -> int | None:
        """Bytes in use without files that are only kept in case, as the kubelet counts."""
        for used, unused in (
            ("memory.current", "inactive_file"),
            ("memory.usage_in_bytes", "total_inactive_file"),
        ):
            if (value := self._number("memory", used)) is not None:
                return max(0, value - int(self._entries("memory", "memory.stat").get(unused, 0)))
        return None

    def memory_limit(self) -> int | None:
        """Bytes from which on the kernel ends the process; None where it does not."""
        for name in ("memory.max", "memory.limit_in_bytes"):
            if (value := self._number("memory", name)) is not None:
                return value if value < _NO_LIMIT else None
        return None

    def throttled(self) -> float | None:
        """Seconds that threads stood still since the group had used up its share; None where it has all."""
        entries = self._entries("cpu", "cpu.stat")
        if "throttled_usec" in entries:
            return entries["throttled_usec"] / 1e6
        return entries["throttled_time"] / 1e9 if "throttled_time" in entries else None

    def stolen(self) -> float | None:
        """Seconds of all processors."""
        try:
            fields = (self._process.parent / "stat").read_text(encoding="ascii").splitlines()[0].split()
            return int(fields[8]) / os.sysconf("SC_CLK_TCK")
        except (OSError, ValueError, IndexError):
            return None

    def _number(self, controller: str, name: str) -> int | None:
        text = self._text(controller, name).strip()
        return int(text) if text.isdecimal() else None

    def _entries(self, controller: str, name: str) -> dict[str, int]:
        pairs = (line.split() for line in self._text(controller, name).splitlines())
        return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdecimal()}

    def _text(self, controller: str, name: str) -> str:
        for folder in _folders(self._groups, self._process, controller):
            try:
                return (folder / name).read_text(encoding="ascii")
            except OSError:
                continue
        return ""


@cache
def _folders(groups: Path, process: Path, controller: str) -> tuple[Path, ...]:
    """Where the group of this process may lie: by its name, or at the top, as a container sees its own."""
    found: list[Path] = []
    try:
        lines = (process / "cgroup").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        lines = []
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controller in controllers.split(","):
            found += [groups / controller / path.strip("/"), groups / controller]
        elif not controllers:
            found += [groups / path.strip("/"), groups]
    return tuple(dict.fromkeys(found))
