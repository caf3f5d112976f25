"""Résumés in Markdown, as they are shown."""

import pytest

from profiles.markdown import read_markdown


def shown(text: str) -> list[str]:
    source = read_markdown(text)
    assert all(source.text[line.start : line.end] == line.text for line in source.lines)
    return [line.text for line in source.lines]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "---\nlayout: cv\nauthor: Ada Byrne\ndate: 2025-01-20\n---\n## Skills\nGo\n",
            ["Ada Byrne", "Skills", "Go"],
        ),
        (
            'See [my page][1].\n\n[1]: https://kelp.example/me "Me"\n',
            ["See [my page](https://kelp.example/me)."],
        ),
        ("ada\\_b@kelp.example \\\nCork", ["ada_b@kelp.example", "Cork"]),
        ("- [x] Interviews\n- [ ] Excel\n", ["Interviews"]),
        ("_May 2019 to date_", ["*May 2019 to date*"]),
        ("snake_case and an_other", ["snake_case and an_other"]),
        ("[Mail](mailto:ada@kelp.example)", ["Mail (ada@kelp.example)"]),
        (
            "![Go](https://img.shields.io/badge/Go) ![SQL](https://img.shields.io/badge/SQL)",
            ["Go · SQL"],
        ),
        ("<kbd>Go</kbd> <kbd>SQL</kbd>", ["Go · SQL"]),
        ("<b>Engineer</b>, Fernhill<br>May&nbsp;2019", ["**Engineer**, Fernhill", "May 2019"]),
        ("<ul><li>Built A.</li><li>Built B.</li></ul>", ["Built A.", "Built B."]),
        ("<https://kelp.example/me>", ["<https://kelp.example/me>"]),
        ("Cut costs.[^1]", ["Cut costs."]),
    ],
)
def test_what_is_said_stays_and_how_it_was_marked_goes(text: str, lines: list[str]) -> None:
    assert shown(text) == lines


def test_a_name_below_contacts_is_no_section() -> None:
    lines = read_markdown("ada@kelp.example\n\n# Ada Byrne\n\n# Skills\nGo\n").lines
    assert [(line.level, line.strong) for line in lines] == [(0, False), (0, True), (1, False), (0, False)]
