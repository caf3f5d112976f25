"""What frameworks pack for their own programs is read as the plain values that it stands for."""

import json
from typing import Any

import pytest

from scraping.embedded import embedded_jobs
from scraping.page import Page
from scraping.serialised import island, unpacked

JOBS = [
    {"title": "Night Baker", "location": "Porto", "slug": "night-baker"},
    {"title": "Line Cook", "location": "Braga", "slug": "line-cook"},
]
KEPT = {"Job:1": {"__typename": "Job", **JOBS[0]}, "Job:2": {"__typename": "Job", **JOBS[1]}, "ROOT": {}}


def packed(jobs: list[dict[str, str]], *, names: bool) -> list[Any]:
    """Objects as devalue packs them, and with `names` as turbo-stream does: names are indices too."""
    values: list[Any] = [{}, []]

    def put(value: Any) -> int:
        values.append(value)
        return len(values) - 1

    for job in jobs:
        held = {f"_{put(name)}" if names else name: put(value) for name, value in job.items()}
        values[1].append(put(held))
    values[0] = {f"_{put('jobs')}": 1} if names else {"jobs": 1}
    return values


def titles(markup: str) -> list[tuple[str, str]]:
    return [(a.title, a.location) for a in embedded_jobs(Page("https://acme.example/jobs", markup))]


@pytest.mark.parametrize("names", [False, True])
def test_everything_by_its_index_is_put_together_again(names: bool) -> None:
    assert unpacked(packed(JOBS, names=names)) == {"jobs": JOBS}


def test_wrapped_values_dates_and_sets_are_seen_through() -> None:
    values = [["Reactive", 1], {"at": 2, "of": 3}, ["Date", "2026-11-02"], ["Set", 4], "x"]
    assert unpacked(values) == {"at": "2026-11-02", "of": ["x"]}


@pytest.mark.parametrize(
    "value", [[{"a": "b"}, 1, 2], [1, 2, 3], ["a", "b", "c"], [[], 1, "x"], {"a": 0}, []]
)
def test_a_plain_list_is_not_taken_for_a_packed_one(value: Any) -> None:
    assert unpacked(value) is None


def test_a_value_that_holds_itself_ends() -> None:
    assert unpacked([{"a": 0, "b": 1}, "x", "y"]) == {"a": None, "b": "x"}


def test_an_island_is_unpaired() -> None:
    assert island({"jobs": [1, [[0, {"title": [0, "Night Baker"]}]]], "n": [0, 3]}) == {
        "jobs": [{"title": "Night Baker"}],
        "n": 3,
    }


MARKUPS = {
    "Nuxt 3": '<script type="application/json">' + json.dumps(packed(JOBS, names=False)) + "</script>",
    "React Router": "<script>window.x.streamController.enqueue("
    + json.dumps(json.dumps(packed(JOBS, names=True)))
    + ");</script>",
    "SvelteKit, fetched": '<script type="application/json" data-sveltekit-fetched>'
    + json.dumps({"status": 200, "body": json.dumps({"jobs": JOBS})})
    + "</script>",
    "SvelteKit, started": "<script>kit.start(app, el, {node_ids: [0], data: [null,{type:'data',data:"
    + json.dumps({"jobs": JOBS})
    + ",uses:{}}], form: null})</script>",
    "Apollo": f"<script>window.__APOLLO_STATE__={json.dumps(KEPT)}</script>",
    "Gatsby": "<script>window.pageData="
    + json.dumps({"edges": [{"node": {"id": str(n), "frontmatter": job}} for n, job in enumerate(JOBS)]})
    + "</script>",
    "Strapi": '<script type="application/json">'
    + json.dumps({"data": [{"id": n, "attributes": job} for n, job in enumerate(JOBS)]})
    + "</script>",
    "Astro": "<astro-island props='"
    + json.dumps({"jobs": [1, [[0, {name: [0, text] for name, text in job.items()}] for job in JOBS]]})
    + "'></astro-island>",
}


@pytest.mark.parametrize("framework", MARKUPS)
def test_the_jobs_in_a_frameworks_data_are_read(framework: str) -> None:
    assert titles(MARKUPS[framework]) == [("Night Baker", "Porto"), ("Line Cook", "Braga")]
