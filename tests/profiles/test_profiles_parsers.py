"""Parsers of layouts: which there are, which is taken, and how another joins them."""

import pytest

from domain import Profile
from errors import DocumentError
from profiles import AUTOMATIC, PARSERS, lines, read_document
from profiles.parsers import choose
from profiles.parsers.contract import parser
from profiles.source import Source

PLAIN = (
    "Ada Byrne\n\nExperience\n\nEngineer, Fernhill\t2019 – 2021\n- Built A.\n\n"
    "Education\n\nBSc, Ostmark University\n"
)
OWN = "Ada Byrne\n\n## Things I made\n\ntidewatch: warns of floods\n\n## Who I am\n\nLikes tides.\n"


def source(text: str, layout: str = "") -> Source:
    return Source(text, tuple(lines.split(text)), layout=layout)


def test_each_parser_tells_a_person_what_it_is_for() -> None:
    assert {"ats", "industry"} <= set(PARSERS)
    for name, entry in PARSERS.items():
        assert entry.name == name != AUTOMATIC
        assert entry.label
        assert entry.what_for.endswith(".")


@pytest.mark.parametrize("text", [PLAIN, OWN, "x"])
@pytest.mark.parametrize("layout", ["one column", "two columns", ""])
def test_how_well_a_parser_fits_is_a_share(text: str, layout: str) -> None:
    assert all(0 <= entry.fits(source(text, layout)) <= 1 for entry in PARSERS.values())


@pytest.mark.parametrize(
    ("text", "layout", "name"),
    [(PLAIN, "one column", "ats"), (PLAIN, "two columns", "industry"), (OWN, "one column", "industry")],
)
def test_the_parser_that_fits_best_is_taken(text: str, layout: str, name: str) -> None:
    assert choose(source(text, layout)).name == name


@pytest.mark.parametrize("name", sorted(PARSERS))
def test_a_parser_may_be_named(name: str) -> None:
    document, profile = read_document(PLAIN.encode(), "cv.txt", parser=name)
    assert document.parser == name
    assert [record.title for record in profile.records] == ["Engineer", "BSc"]


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(DocumentError, match="does not exist"):
        read_document(PLAIN.encode(), "cv.txt", parser="astrology")


def test_a_structured_file_needs_no_parser() -> None:
    data = b'{"basics": {"name": "Ada Byrne"}, "work": [{"name": "Fernhill", "position": "Engineer"}]}'
    assert read_document(data, "cv.json")[0].parser == ""


def test_another_parser_joins_by_registering_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("profiles.parsers.contract.PARSERS", dict(PARSERS))

    @parser("poems", "Poems", "Résumés in verse.", lambda found: float("verse" in found.text))
    def read(found: Source, document: str) -> Profile:
        return Profile(id="", name=found.lines[0].text)

    assert choose(source("Ada\nin verse")).read is read
    assert choose(source(PLAIN)).name == "ats"
    assert choose(source(PLAIN), "poems").read is read


@pytest.mark.parametrize("name", sorted(PARSERS))
def test_a_document_without_evidence_is_refused(name: str) -> None:
    with pytest.raises(DocumentError, match="no experience"):
        read_document(b"Ada Byrne\nada@kelp.example\n", "cv.txt", parser=name)
