"""Which jobs a pipeline has: enough of how GitLab reads `.gitlab-ci.yml` to say it without GitLab.

Anchors are YAML's own; here are `extends`, `default`, `rules` with `if`, `changes` and `when`, `workflow`.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from tests.deploy.conftest import ROOT

Job = dict[str, Any]
_NO_JOBS = {"stages", "workflow", "variables", "default", "include"}


def document() -> dict[str, Any]:
    """The file as it stands."""
    found = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def jobs() -> dict[str, Job]:
    """Every job with what it extends and the defaults put in, as GitLab expands it."""
    whole = document()

    def expanded(name: str) -> Job:
        job: Job = {}
        parents = whole[name].get("extends", [])
        for parent in [parents] if isinstance(parents, str) else parents:
            job = _merged(job, expanded(parent))
        return _merged(job, {key: value for key, value in whole[name].items() if key != "extends"})

    names = [name for name in whole if name not in _NO_JOBS and not name.startswith(".")]
    return {name: whole["default"] | expanded(name) for name in names}


def _merged(under: Job, over: Job) -> Job:
    both = dict(under)
    for key, value in over.items():
        is_nested = isinstance(value, dict) and isinstance(both.get(key), dict)
        both[key] = _merged(both[key], value) if is_nested else value
    return both


@dataclass(frozen=True)
class Pipeline:
    """What a pipeline is made for."""

    source: str
    branch: str = ""
    tag: str = ""
    changed: tuple[str, ...] = ()
    variables: dict[str, str] = field(default_factory=dict)

    def known(self) -> dict[str, str]:
        """The variables that rules may name; one that is not here is null."""
        mine = {"CI_PIPELINE_SOURCE": self.source, "CI_DEFAULT_BRANCH": "main", "CI_PROJECT_ID": "1"}
        if self.branch:
            mine["CI_COMMIT_BRANCH"] = self.branch
        if self.tag:
            mine["CI_COMMIT_TAG"] = self.tag
        return mine | self.variables

    def jobs(self) -> dict[str, str]:
        """The jobs of this pipeline, each with its `when`; none where there is no pipeline."""
        if self._decided(document()["workflow"]["rules"]) == "never":
            return {}
        found = {name: self._decided(job.get("rules", [{}])) for name, job in jobs().items()}
        return {name: when for name, when in found.items() if when != "never"}

    def _decided(self, rules: list[dict[str, Any]]) -> str:
        for rule in rules:
            if "if" in rule and not holds(rule["if"], self.known()):
                continue
            if "changes" in rule and not self._touches(rule["changes"]):
                continue
            return str(rule.get("when", "on_success"))
        return "never"

    def _touches(self, globs: list[str]) -> bool:
        if self.source not in ("merge_request_event", "push") or self.tag:
            return True  # there is nothing to compare with
        return any(matches(path, pattern) for path in self.changed for pattern in globs)


def holds(condition: str, known: dict[str, str]) -> bool:
    """Whether a rule's `if` holds: comparisons of variables, with && before ||."""
    return any(
        all(_compared(part.strip(), known) for part in either.split("&&")) for either in condition.split("||")
    )


def _compared(comparison: str, known: dict[str, str]) -> bool:
    found = re.fullmatch(r"(\$\w+)(?: (==|!=) (\$\w+|\"[^\"]*\"|null))?", comparison)
    assert found is not None, f"a comparison that is not known here: {comparison}"
    left, operator, right = found.groups()
    value = known.get(left[1:])
    if operator is None:
        return bool(value)
    other = None if right == "null" else known.get(right[1:]) if right[0] == "$" else right[1:-1]
    return (value == other) is (operator == "==")


def matches(path: str, pattern: str) -> bool:
    """Whether a path fits a pattern as GitLab means it: **, * within a folder, and {alternatives}."""
    parts = {"**/": "(?:.*/)?", "*": "[^/]*", "{": "(?:", "}": ")", ",": "|"}
    regex = "".join(parts.get(part, re.escape(part)) for part in re.split(r"(\*\*/|\*|[{},])", pattern))
    return re.fullmatch(regex, path) is not None
