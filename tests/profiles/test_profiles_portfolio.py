"""A portfolio CSV in all the spellings people use, and the files that are none."""

import pytest

from errors import DocumentError
from profiles import Portfolio, read_portfolio


def read(text: str, encoding: str = "utf-8") -> Portfolio:
    return read_portfolio(text.encode(encoding), "portfolio.csv")


def texts(portfolio: Portfolio) -> list[str]:
    return [item.text for item in portfolio.evidence]


@pytest.mark.parametrize(
    "text",
    [
        '"Techstack","Links"\n"React, Node.js","https://one.example/a"\n',
        'Techstack,Links\n"React, Node.js",https://one.example/a',
        'TECH STACK,URL\r\n"React, Node.js",https://one.example/a\r\n',
        'skills, link\n"React, Node.js", "https://one.example/a"\n',
        "Technologies;GitHub Link\nReact, Node.js;https://one.example/a\n",
        "Tech stack\tDemo\nReact, Node.js\thttps://one.example/a\n",
        "tech_stack|website\nReact, Node.js|https://one.example/a\n",
        "sep=;\nTechstack;Links\nReact, Node.js;https://one.example/a\n",
        "Techstack,Links\nReact, Node.js,https://one.example/a\n",
        'Techstack,Links,\n"React, Node.js",https://one.example/a,\n,,\n',
        '"React, Node.js","https://one.example/a"\n',
        'Skills,Link\n"React, Node.js","=HYPERLINK(""https://one.example/a"",""demo"")"\n',
        'Skills,Link\n"React, Node.js",[demo](https://one.example/a)\n',
        'Skills,Link\n"React, Node.js",one.example/a\n',
    ],
)
def test_the_spellings_in_use_mean_the_same(text: str) -> None:
    portfolio = read(text)
    assert texts(portfolio) == ["React, Node.js"]
    assert portfolio.evidence[0].links == ("https://one.example/a",)
    assert portfolio.evidence[0].type == "project"
    assert portfolio.records[0].kind == "project"
    assert portfolio.warnings == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_encodings_are_told_apart(encoding: str) -> None:
    assert texts(read("Techstack,Links\r\nCafé framework,https://one.example\r\n", encoding)) == [
        "Café framework"
    ]


@pytest.mark.parametrize(
    "text", ["Techstack\nReact, Node.js\nPython, Django, \n", "React, Node.js\nPython, Django\n"]
)
def test_a_list_of_technologies_alone_is_enough(text: str) -> None:
    assert texts(read(text)) == ["React, Node.js", "Python, Django"]


def test_the_row_is_the_one_a_spreadsheet_shows() -> None:
    portfolio = read('Project,Skills\nOne,"Go\nRust"\n\nTwo,Python\n')
    assert [item.source.place for item in portfolio.evidence] == ["row 2", "row 4"]
    assert {item.source.document for item in portfolio.evidence} == {"portfolio.csv"}


def test_name_description_and_technologies_stay_verbatim_and_together() -> None:
    portfolio = read('Project,Techstack,Description\nQuay,"Go,, Redis,",Books berths for 4 harbours.\n')
    assert [record.title for record in portfolio.records] == ["Quay"]
    assert texts(portfolio) == ["Books berths for 4 harbours.", "Go, Redis"]
    assert {item.record for item in portfolio.evidence} == {"r1"}
    assert [quantity.value for quantity in portfolio.evidence[0].numbers] == [4.0]


def test_certificates_are_not_projects() -> None:
    portfolio = read('Type,Name,Description,Skills\nProject,Quay,,Go\nCertificate,CKA,,"Kubernetes"\n')
    assert [record.kind for record in portfolio.records] == ["project", "certificate"]
    assert [item.type for item in portfolio.evidence] == ["project", "certificate", "certificate"]


def test_a_cell_may_hold_several_links() -> None:
    portfolio = read(
        "Skills,Live,GitHub\nGo,https://a.example https://b.example,https://github.com/x-example/y\n"
    )
    links = ("https://a.example", "https://b.example", "https://github.com/x-example/y")
    assert portfolio.records[0].links == links


@pytest.mark.parametrize(
    "link", ["https://example.com/react", "https://www.example.org", "http://localhost:3000", "coming soon"]
)
def test_a_link_that_leads_nowhere_is_said_and_not_kept(link: str) -> None:
    portfolio = read(f"Techstack,Links\nReact,{link}\n")
    assert texts(portfolio) == ["React"]
    assert portfolio.records[0].links == portfolio.evidence[0].links == ()
    assert "Row 2" in portfolio.warnings[0]


def test_a_script_is_no_link() -> None:
    assert read("Skills,Links\nReact,javascript:alert(1)\n").evidence[0].links == ()


def test_a_row_that_supports_nothing_is_said() -> None:
    portfolio = read("Project,Skills\nQuay,Go\nEmpty,\n")
    assert len(portfolio.records) == 1
    assert "Row 3 names no technologies" in portfolio.warnings[0]


def test_many_doubts_are_summed_up() -> None:
    rows = "".join(f"Go,https://example.com/{index}\n" for index in range(40))
    assert len(read(f"Skills,Links\n{rows}").warnings) == 13


@pytest.mark.parametrize(
    ("text", "looks_like"),
    [
        ("Ticker,Shares,Cost Basis\nABC,3,100\n", "a list of investments"),
        ("Name,Symbol,Quantity\nAbc Inc,ABC,3\n", "a list of investments"),
        ("Date,Description,Amount,Balance\n2026-01-01,Tea,3,4\n", "a bank or accounts export"),
        ("First Name,Last Name,Email\nA,B,a@b.example\n", "a list of people"),
        ("SKU,Price,Skill\n1,2,hammer\n", "a list of goods or orders"),
        ("Job Title,Salary,Skills\nEngineer,1,Go\n", "a list of job openings"),
        ("City,Country\nOstmark,Ostland\n", "does not look like a portfolio"),
        ("1,2,3\n4,5,6\n", "does not look like a portfolio"),
        ("<!doctype html><p>hello", "a web page"),
        ('[{"a": 1}]', "JSON"),
    ],
)
def test_another_table_is_refused_by_what_it_is(text: str, looks_like: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read(text)
    assert looks_like in refused.value.message
    assert "Techstack" in refused.value.advice


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"Techstack,Links\n", "names no project"),
        (b'Techstack,Links\n"React,https://a.example\n"Vue, X",https://b.example\n', "row 2"),
        (b'Techstack,Links\nGo,https://a.example\n"React, Node\n', "row 3"),
        (b"PK\x03\x04\x00", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"Techstack\nGo\x00Rust\n", "not text"),
        (bytes(range(256)), "not text"),
        (b"Techstack\n" + b"Go\n" * 5_001, "5,000 rows"),
        (b"a" * 2_000_001, "2 MB"),
        (b'Techstack\n"' + b"Go, " * 60_000 + b'"\n', "far too long"),
    ],
)
def test_a_damaged_or_foreign_file_says_what_is_wrong(data: bytes, says: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_portfolio(data, "portfolio.csv")
    assert says in str(refused.value)


CLIENTS = """\
Our work,,,,,
,,,,,
Client,Project,What we did,Tech,Outcome,URL
Port of Cork,Berth plan,"Discovery, build","Next.js; Redis","Calls −34 % in 3 months",www.berths.kelp.io
,Rota,SMS reminders,Twilio,,n/a
"""


def test_client_work_says_for_whom_what_was_done_and_what_came_of_it() -> None:
    portfolio = read(CLIENTS)
    assert [(r.title, r.organization, r.links) for r in portfolio.records] == [
        ("Berth plan", "Port of Cork", ("https://www.berths.kelp.io",)),
        ("Rota", "", ()),
    ]
    assert texts(portfolio) == [
        "Discovery, build", "Calls −34 % in 3 months", "Next.js; Redis", "SMS reminders", "Twilio"
    ]  # fmt: skip
    assert portfolio.warnings == ()
    assert {item.source.place for item in portfolio.evidence} == {"row 4", "row 5"}


def test_cells_stand_in_the_text_where_they_say() -> None:
    portfolio = read('sep=;\nProjekt;Jahr;Technologien\n"Der ""Kai""";2023;Go, Redis\nMole;2021 - 2022;Go\n')
    assert [portfolio.text[item.source.start : item.source.end] for item in portfolio.evidence] == [
        "Go, Redis",
        "Go",
    ]
    assert [(record.start, record.end) for record in portfolio.records] == [("", "2023"), ("2021", "2022")]
    fields = {place.field: place.source for place in portfolio.records[0].fields}
    assert portfolio.text[fields["title"].start : fields["title"].end] == 'Der ""Kai""'
    later = portfolio.evidence[1].source.start
    assert later is not None
    assert later > portfolio.text.index("Mole")


def test_progress_is_told_row_by_row() -> None:
    told: list[tuple[int, int]] = []
    data = ("Skills\n" + "Go\n" * 250).encode()
    read_portfolio(data, "portfolio.csv", lambda done, total: told.append((done, total)))
    assert told == [(100, 250), (200, 250), (250, 250)]
