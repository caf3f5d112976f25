"""Heads of roles in the forms that people write them in: title, employer and dates, each as written."""

from typing import Any

import pytest

from profiles import lines
from profiles.roles import find_entries

Role = tuple[str, str, str, str]
DONE = "\n- Built A.\n"


def found(text: str, *, needs_dates: bool = False) -> list[Role]:
    """(title, employer, start, end) of each entry; the end is "now" where the role goes on."""
    return [
        (
            entry.title,
            entry.organization,
            entry.dates.start if entry.dates else "",
            ("now" if entry.dates.current else entry.dates.end) if entry.dates else "",
        )
        for entry in find_entries(lines.split(text), needs_dates=needs_dates)
    ]


def xfail(*values: object, why: str) -> Any:
    """A case that is right but not met yet."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=why))


ENGINEER = ("Engineer", "Fernhill", "2019", "2021")


@pytest.mark.parametrize(
    "head",
    [
        "Engineer, Fernhill\t2019 – 2021",
        "Engineer, Fernhill 2019–2021",
        "Engineer, Fernhill, 2019 - 2021",
        "Engineer, Fernhill, 2019 to 2021",
        "Engineer at Fernhill (2019–2021)",
        "Engineer @ Fernhill | 2019 - 2021",
        "Engineer | Fernhill | Cork | 2019 - 2021",
        "Fernhill | Engineer | Cork | 2019 - 2021",
        "Engineer – Fernhill – Cork, Ireland – 2019 to 2021",
        "Fernhill, Cork — Engineer\n2019 - 2021",
        "**Engineer** — *Fernhill* (2019 – 2021)",
        "### Engineer, Fernhill\n*2019 – 2021*\n",
        "### Fernhill\n#### Engineer\n2019 – 2021",
        "2019 – 2021\tEngineer, Fernhill",
        "2019 – 2021\nEngineer\nFernhill",
        "2019 – 2021\nFernhill, Cork\nEngineer",
        "Engineer\nFernhill\n2019 – 2021",
        "Engineer\n2019 – 2021\nFernhill",
        "Engineer\t2019 – 2021\nFernhill, Cork",
        "Engineer, Fernhill (Cork, Ireland)\t2019 – 2021",
        "Engineer, Fernhill (Remote)\t2019 – 2021",
        "Engineer, Fernhill\n2019 – 2021 · 2 yrs 2 mos",
    ],
)
def test_a_head_is_read_in_any_order(head: str) -> None:
    assert found(head + DONE) == [ENGINEER]


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Fernhill Ltd\t2019 – 2021\nSenior Engineer", ("Senior Engineer", "Fernhill Ltd", "2019", "2021")),
        ("FERNHILL LTD\t2019 – 2021\nENGINEER II", ("ENGINEER II", "FERNHILL LTD", "2019", "2021")),
        ("Engineer, Fernhill, Inc.\t2019 – 2021", ("Engineer", "Fernhill, Inc.", "2019", "2021")),
        ("Engineer, Platform\nFernhill\n2019 – 2021", ("Engineer, Platform", "Fernhill", "2019", "2021")),
        (
            "Engineer\nFernhill (formerly Kelp)\n2019 – 2021",
            ("Engineer", "Fernhill (formerly Kelp)", "2019", "2021"),
        ),
        (
            "Research Assistant (50 %), Ostmark University\t2019 – 2021",
            ("Research Assistant (50 %)", "Ostmark University", "2019", "2021"),
        ),
        (
            "Registered Nurse\nMercy Harbour Hospital, Duluth, MN\n06/2016 – 08/2020",
            ("Registered Nurse", "Mercy Harbour Hospital", "06/2016", "08/2020"),
        ),
        (
            "Head of Finance and Operations, Quay Trust, Cork, Ireland\t2019 – 2021",
            ("Head of Finance and Operations", "Quay Trust", "2019", "2021"),
        ),
        (
            "Driver / Warehouse Operative, Quay Logistics, June 2018 – now",
            ("Driver / Warehouse Operative", "Quay Logistics", "June 2018", "now"),
        ),
        (
            "Sous Chef\tThe Salt House\tGalway\tMay 2018 – Oct 2020",
            ("Sous Chef", "The Salt House", "May 2018", "Oct 2020"),
        ),
        ("Freelance Developer\n2019 – 2021", ("Freelance Developer", "", "2019", "2021")),
        ("Fernhill Ltd\n2019 – 2021", ("", "Fernhill Ltd", "2019", "2021")),
        ("### Engineer, Fernhill", ("Engineer", "Fernhill", "", "")),
        pytest.param(
            "Staff Nurse, Cardiology, Royal Quay Hospital\t2016 – 2019",
            ("Staff Nurse, Cardiology", "Royal Quay Hospital", "2016", "2019"),
        ),
        xfail(
            "- Engineer, Fernhill, 2019 – 2021: built A",
            ENGINEER,
            why="what was done, after the dates of a list item, is taken for the employer",
        ),
        pytest.param(
            "05/2018 – 12/2020\nCarer\nKlinikum Nordhafen, Emden",
            ("Carer", "Klinikum Nordhafen", "05/2018", "12/2020"),
        ),
    ],
)
def test_title_and_employer_are_told_apart(head: str, role: Role) -> None:
    assert found(head + DONE) == [role]


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("02/17 – 11/19", "02/17", "11/19"),
        ("'15 – '17", "'15", "'17"),
        ("2015-17", "2015", "17"),
        ("03/2021 – Present", "03/2021", "now"),
        ("(Jan 2019 – Present)", "Jan 2019", "now"),
        ("2019–present", "2019", "now"),
        ("2019 to date", "2019", "now"),
        ("Sept 2019 –", "Sept 2019", ""),
        ("Jan. 2019 – Dec. 2020", "Jan. 2019", "Dec. 2020"),
        ("March 2019 until May 2021", "March 2019", "May 2021"),
        ("2015-03 – 2016-11", "2015-03", "2016-11"),
        ("01.2015 - 12.2016", "01.2015", "12.2016"),
        ("Q1 2019 – Q3 2020", "Q1 2019", "Q3 2020"),
        ("Summer 2019", "Summer 2019", "Summer 2019"),
        ("May – August 2019", "May", "August 2019"),
        ("since 2020", "2020", "now"),
        pytest.param("01.03.2019 – 31.12.2020", "01.03.2019", "31.12.2020"),
        pytest.param("01/03/2019 – 31/12/2020", "01/03/2019", "31/12/2020"),
        pytest.param("1 March 2019 – 31 December 2020", "1 March 2019", "31 December 2020"),
    ],
)
def test_dates_stay_as_written(written: str, start: str, end: str) -> None:
    assert found(f"Engineer, Fernhill\t{written}{DONE}") == [("Engineer", "Fernhill", start, end)]


@pytest.mark.parametrize(
    ("head", "role"),
    [
        (
            "03/2020 – heute\tSoftwareentwicklerin bei Fernhill GmbH",
            ("Softwareentwicklerin", "Fernhill GmbH", "03/2020", "now"),
        ),
        (
            "Softwareentwickler\nFernhill GmbH, Hamburg\nseit 03/2020",
            ("Softwareentwickler", "Fernhill GmbH", "03/2020", "now"),
        ),
        ("Seit 2019 Teamleiter, Kelp AG", ("Teamleiter", "Kelp AG", "2019", "now")),
        ("Développeuse, Fernhill\nDepuis mars 2020", ("Développeuse", "Fernhill", "mars 2020", "now")),
        (
            "Chef de projet chez Fernhill, Lyon\njanvier 2018 – aujourd'hui",
            ("Chef de projet", "Fernhill", "janvier 2018", "now"),
        ),
        (
            "De 2016 à 2019 – Comptable – Cabinet Rivage, Nantes",
            ("Comptable", "Cabinet Rivage", "2016", "2019"),
        ),
        (
            "Desarrollador, Fernhill\nDesde enero de 2020",
            ("Desarrollador", "Fernhill", "enero de 2020", "now"),
        ),
        (
            "Ingeniera de datos\nFernhill S.L., Madrid\nenero de 2018 - actualidad",
            ("Ingeniera de datos", "Fernhill S.L.", "enero de 2018", "now"),
        ),
        (
            "Engenheiro de software, Fernhill Ltda\njaneiro de 2018 – atual",
            ("Engenheiro de software", "Fernhill Ltda", "janeiro de 2018", "now"),
        ),
        (
            "Muhasebe Uzmanı\nKelp\nŞubat 2019 – Halen",
            ("Muhasebe Uzmanı", "Kelp", "Şubat 2019", "now"),
        ),
        (
            "Specjalista ds. zakupów\nFernhill\n03.2018 – obecnie",
            ("Specjalista ds. zakupów", "Fernhill", "03.2018", "now"),
        ),
        ("od 2019\tKsięgowa, Kelp Sp. z o.o., Gdynia", ("Księgowa", "Kelp Sp. z o.o.", "2019", "now")),
        ("Programátor, Fernhill\nleden 2018 – současnost", ("Programátor", "Fernhill", "leden 2018", "now")),
        ("Systemutvecklare, Fernhill AB\n2018 – nu", ("Systemutvecklare", "Fernhill AB", "2018", "now")),
        ("工程师 | Fernhill | 2018年3月 – 至今", ("工程师", "Fernhill", "2018年3月", "now")),
        *(
            pytest.param(f"{title}, {employer}\n2018 – 2019", (title, employer, "2018", "2019"))
            for title, employer in (
                ("Sviluppatore", "Fernhill S.r.l."),
                ("Verpleegkundige", "Fernhill B.V."),
                ("Yazılım Mühendisi", "Fernhill A.Ş."),
                ("Inżynier oprogramowania", "Fernhill Sp. z o.o."),
            )
        ),
        (
            "مهندس برمجيات، شركة الميناء\nيناير 2019 – حتى الآن",
            ("مهندس برمجيات", "شركة الميناء", "يناير 2019", "now"),
        ),
    ],
)
def test_heads_are_read_in_many_languages(head: str, role: Role) -> None:
    assert found(head + DONE) == [role]


@pytest.mark.parametrize(
    "text",
    [
        "Fernhill Ltd\nEngineer\n2019 – 2021\n- A.\n\nQuill & Tide\nWordsmith\n2017 – 2019\n- B.\n",
        "Engineer\nFernhill Ltd\n2019 – 2021\n- A.\n\nWordsmith\nQuill & Tide\n2017 – 2019\n- B.\n",
    ],
)
def test_heads_that_tell_give_the_order_of_those_that_do_not(text: str) -> None:
    assert found(text) == [
        ("Engineer", "Fernhill Ltd", "2019", "2021"),
        ("Wordsmith", "Quill & Tide", "2017", "2019"),
    ]


@pytest.mark.parametrize("town", ["Cork", "Ballydehobbin"])
def test_a_town_after_an_employer_is_no_part_of_its_name(town: str) -> None:
    text = f"Engineer\nFernhill, {town}\n2019 – 2021\n- A.\n\nIntern\nKelp, Quaxley\n2017 – 2018\n- B.\n"
    assert [role[1] for role in found(text)] == ["Fernhill", "Kelp"]


@pytest.mark.parametrize(
    "text",
    [
        "Fernhill Ltd\t2015 – Present (8 years)\nSenior Engineer\t{new}\n- A.\nEngineer\t{old}\n- B.\n",
        "Fernhill Ltd\nSenior Engineer\t{new}\n- A.\nEngineer\t{old}\n- B.\n",
        "Fernhill Ltd, Cork\t2015 – Present\nSenior Engineer ({new})\n- A.\nEngineer ({old})\n- B.\n",
        "Fernhill Ltd\n6 years 2 months\nSenior Engineer\n{new} (2 years)\n- A.\n\n"
        "Engineer\n{old} (4 years)\n- B.\n",
    ],
)
def test_roles_under_one_employer_share_it(text: str) -> None:
    assert found(text.format(new="2019 – Present", old="2015 – 2019")) == [
        ("Senior Engineer", "Fernhill Ltd", "2019", "now"),
        ("Engineer", "Fernhill Ltd", "2015", "2019"),
    ]


def test_the_employer_of_a_group_ends_with_it() -> None:
    group = "Fernhill Ltd\t2015 – 2021\nLead Engineer\t2019 – 2021\n- A.\nEngineer\t2015 – 2019\n- B.\n\n"
    assert found(f"{group}Kelp\t2013 – 2015\nTester\n- C.\n")[-1] == ("Tester", "Kelp", "2013", "2015")


def test_entries_without_blank_lines_between_them_are_told_apart() -> None:
    text = (
        "Engineer, Fernhill\t2019 – 2021\nBuilt A for harbours\nIntern, Kelp\t2017 – 2019\nRead B for boats\n"
    )
    assert found(text) == [ENGINEER, ("Intern", "Kelp", "2017", "2019")]


@pytest.mark.parametrize(
    "line",
    [
        "- Led 3 people from 2019 to 2020",
        "- Moved all books of 2019 – 2020 to a new system",
        "- Managed a team of engineers at Quay Labs from 2019 to 2020",
        "- Winner, National Engineer Award 2020",
        "- Built A in 2020",
        "Employee of the Year 2020",
        "Built a reader of tide tables in 2020.",
        "Responsible for all harbours between 2019 and 2021.",
    ],
)
def test_deeds_and_awards_under_a_role_are_no_roles(line: str) -> None:
    assert found(f"Engineer, Fernhill\t2019 – 2021\n- Built A.\n{line}\n") == [ENGINEER]


@pytest.mark.parametrize(
    "text",
    [
        "Teacher of the Year, County Council, 2019\n",
        "Best Paper Award, PyCork 2018\nSpeaker, PyCork 2019\n",
        "Tides: how to read them. Harbour Press, 2019.\n",
        "Engineer, Fernhill, 2019\n",
    ],
)
def test_a_section_that_may_hold_anything_needs_spans_of_time_for_roles(text: str) -> None:
    assert found(text, needs_dates=True) == []
    assert found("Engineer, Fernhill\t2019 – 2021\n- Built A.\n", needs_dates=True) == [ENGINEER]
