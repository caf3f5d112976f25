"""Tables of openings say by their headings which cells are titles and places, and which openings are open."""

import pytest

import scraping
from domain import Posting

URL = "https://www.arkway.example/careers"


def postings(body: str) -> tuple[Posting, ...]:
    page = f"<title>Vacancies – Arkway</title><h1>Vacancies</h1>{body}".encode()
    return scraping.read(URL, scraping.saved_page(page, URL), follow=0).postings


def table(heads: list[str], *rows: list[str]) -> str:
    def row(tag: str, cells: list[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"

    return f"<table>{row('th', heads)}{''.join(row('td', cells) for cells in rows)}</table>"


def titles(body: str) -> list[str]:
    return [posting.title for posting in postings(body)]


def test_a_column_of_titles_needs_no_known_words() -> None:
    body = table(
        ["Ref.", "Post", "Grade", "Closing date"],
        ["A1", "Grounds Person", "Grade 2", "3 June"],
        ["A2", "Chair in Public Health", "Professorial range", "4 June"],
    )
    assert titles(body) == ["Grounds Person", "Chair in Public Health"]


def test_a_row_gives_its_link_and_its_place_to_its_title() -> None:
    body = table(
        ["職種", "勤務地", ""],
        ["機械設計エンジニア", "本社（長野県諏訪市）", "<a href='/recruit/01.html'>詳しく見る</a>"],
        ["生産技術", "岡谷工場", "<a href='/recruit/02.html'>詳しく見る</a>"],
    )
    first, second = postings(body)
    assert (first.title, first.location) == ("機械設計エンジニア", "本社（長野県諏訪市）")
    assert second.url == "https://www.arkway.example/recruit/02.html"


def test_every_table_of_openings_counts_and_none_of_people() -> None:
    body = (
        table(["Position", "Location"], ["Night Baker", "Porto"])
        + "<h2>Summer jobs</h2>"
        + table(["Position", "Location"], ["Ice Cream Maker", "Braga"])
        + "<h2>Who you would work with</h2>"
        + table(["Name", "Role", "Where"], ["Mirela Stan", "Release Manager", "Cluj"])
    )
    assert titles(body) == ["Night Baker", "Ice Cream Maker"]


@pytest.mark.parametrize(
    ("head", "open_", "closed"), [("Status", "Open", "Paused"), ("Estat", "Obert", "En tràmit")]
)
def test_a_column_of_states_tells_what_is_open(head: str, open_: str, closed: str) -> None:
    body = table(["Position", head], ["Night Baker", open_], ["Day Baker", closed], ["Miller", open_])
    assert titles(body) == ["Night Baker", "Miller"]


def test_a_table_below_a_heading_of_the_past_is_left_out() -> None:
    heads = ["Oggetto", "Scadenza"]
    active = table(heads, ["Concorso per n. 2 Istruttori", "24/06"], ["Selezione Educatore", "1/7"])
    expired = table(heads, ["Concorso per n. 1 Funzionario", "1/2"], ["Avviso Operaio", "1/3"])
    body = f"<h2>Bandi attivi</h2>{active}<h2>Bandi scaduti</h2>{expired}"
    assert titles(body) == ["Concorso per n. 2 Istruttori", "Selezione Educatore"]


def test_lines_whose_parts_stand_as_in_a_table_have_their_place_where_the_first_says() -> None:
    def line(*parts: str) -> str:
        return "<div>" + "".join(f"<span>{part}</span>" for part in parts) + "</div>"

    body = (
        line("Stelle", "Direktion", "Arbeitsort")
        + line("<a href='/jobs/1'>Steuerkommissär/in</a>", "Finanzen", "Seewil")
        + line("<a href='/jobs/2'>Fachperson Betreuung</a>", "Inneres", "Rothenfluh")
    )
    assert [(p.title, p.location) for p in postings(body)] == [
        ("Steuerkommissär/in", "Seewil"),
        ("Fachperson Betreuung", "Rothenfluh"),
    ]


def test_a_heading_cell_may_hold_the_title_of_its_row() -> None:
    rows = "".join(
        f"<tr><th scope=row>{title}</th><td>{place}</td></tr>"
        for title, place in (("Night Baker", "Porto"), ("Miller", "Braga"))
    )
    body = f"<table><thead><tr><th>Position</th><th>Place</th></tr></thead>{rows}</table>"
    assert titles(body) == ["Night Baker", "Miller"]
