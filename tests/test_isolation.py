"""Nobody sees, changes or learns of another person's things, whatever they ask and whoever they are.

Every route, tool and event of the page is asked, read off the running app: see `evaluation.isolation`. A new
one without a line in `evaluation/isolation/operations.py` fails here.
"""

from dataclasses import replace

import pytest
from fastapi import APIRouter, FastAPI

from evaluation.isolation import Cell, Matrix, matrix, measure, operations, planted
from evaluation.isolation.askers import ASKERS


@pytest.fixture(scope="module")
def measured() -> Matrix:
    return measure(thorough=False)


def test_every_operation_says_how_it_is_asked(measured: Matrix) -> None:
    assert measured.uncovered == ()


def test_nothing_leaks_to_anybody(measured: Matrix) -> None:
    assert [(cell.operation, cell.asker, cell.leaks) for cell in measured.leaks] == []


def test_everybody_has_asked_for_everything(measured: Matrix) -> None:
    assert {cell.asker for cell in measured.cells} == set(ASKERS)
    asked = {cell.operation for cell in measured.cells}
    assert asked >= set(operations.CALLS) | {f"tool {name}" for name in operations.TOOLS}
    assert len([name for name in asked if name.startswith("page ")]) > len(operations.EVENTS)


def test_a_route_without_a_line_is_found() -> None:
    app = FastAPI()
    router = APIRouter(prefix="/api/v1/new")
    router.add_api_route("/{id}", lambda: None, methods=["PUT"])
    app.include_router(router)
    assert "PUT /api/v1/new/{id}" in operations.routes_of(app) - set(operations.CALLS)


def answer(status: int, text: str, asked: str = "x") -> matrix.Answer:
    return matrix.Answer(asked, status, text)


OWNER = planted.Ids(
    "account-ab12cd34ef", "aa11bb22cc", "b" * 16, "c" * 16, "d" * 16, "e" * 16, "K-K", "a@b.c"
)


@pytest.mark.parametrize(
    ("theirs", "nobodys", "leaks"),
    [
        ((404, "This draft does not exist."), (404, "This draft does not exist."), 0),
        ((404, f"No draft {OWNER.draft}."), (404, f"No draft {'9' * 16}."), 0),
        ((403, "It is not yours."), (404, "This draft does not exist."), 1),
        ((404, "It is not yours."), (404, "This draft does not exist."), 1),
        ((200, f"{planted.MARK} body"), (200, "body"), 2),
        ((200, f"{planted.MARK} body"), (200, f"{planted.MARK} body"), 1),
    ],
)
def test_it_sees_what_an_answer_gives_away(
    theirs: tuple[int, str], nobodys: tuple[int, str], leaks: int
) -> None:
    nobody = replace(OWNER, draft="9" * 16)
    found = matrix.leaks_of(answer(*theirs), answer(*nobodys, asked="y"), OWNER, nobody, shows=False)
    assert len(found) == leaks


def test_a_matrix_shows_each_leak_in_its_place() -> None:
    cells = (Cell("GET /a", "nobody", 401, ()), Cell("GET /a", "another", 200, ("it tells",)))
    table = matrix.as_table(Matrix(cells, ("GET /b",)))
    assert "| GET /a | 401 | LEAK 200 |" in table
    assert "no line says how to call GET /b" in table
    assert table.endswith("1 operations, 2 cells, 1 leaks")
