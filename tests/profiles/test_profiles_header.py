"""The top of a résumé: whose it is and how to reach them, and never anybody else."""

from dataclasses import replace

import pytest

from profiles import header, lines, read_profile


def top(text: str) -> header.Header:
    return header.read(lines.split(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *((name, name) for name in (
            "Ada Byrne", "ADA BYRNE", "Ada M. Byrne", "A. Byrne", "Jan van der Berg", "José Ñúñez de la Cruz",
            "Seán Ó Briain", "Marie-Claire D'Aubigné", "Łukasz Żółć", "MARÍA LÓPEZ", "王小明", "محمد الميناء",
        )),
        ("Ada Byrne, Ph.D.", "Ada Byrne"),
        ("Ada Byrne, MBA, PMP", "Ada Byrne"),
        ("Ada Byrne RN, BSN", "Ada Byrne"),
        ("Ada Byrne MRICS", "Ada Byrne"),
        ("Curriculum Vitae\nAda Byrne", "Ada Byrne"),
        ("CURRICULUM VITAE OF ADA BYRNE", "ADA BYRNE"),
        ("Résumé – Ada Byrne", "Ada Byrne"),
        ("Lebenslauf\n\nAda Byrne", "Ada Byrne"),
        ("Özgeçmiş\nAyşe Yılmaz", "Ayşe Yılmaz"),
        ("Name: Ada Byrne", "Ada Byrne"),
        ("# Ada Byrne", "Ada Byrne"),
        ("Ada Byrne | Data Engineer | Cork", "Ada Byrne"),
        ("Ada Byrne - Data Engineer", "Ada Byrne"),
        ("ADA BYRNE\tada@kelp.example", "ADA BYRNE"),
        ("Data Engineer\nAda Byrne", "Ada Byrne"),
        ("Cork, Ireland\nAda Byrne", "Ada Byrne"),
        pytest.param("Ada Byrne (she/her)", "Ada Byrne"),
        pytest.param("Ada Byrne, Engineer", "Ada Byrne"),
    ],
)  # fmt: skip
def test_names_are_found(text: str, name: str) -> None:
    assert top(text).name == name


@pytest.mark.parametrize(
    "text", ["Cork, Ireland", "Data Engineer", "Curriculum Vitae", "Work Experience", "2019"]
)
def test_what_is_no_name(text: str) -> None:
    assert top(text).name == ""


def sized(*rows: tuple[str, float]) -> list[lines.Line]:
    return [replace(lines.split(text)[0], size=size) for text, size in rows]


BODY = ("Seven years in logistics, and many more at sea with boats and tides", 10.0)


@pytest.mark.parametrize(
    "rows",
    [
        [("Data Engineer", 14.0), ("Ada Byrne", 24.0), BODY],
        [("Ada", 24.0), ("Byrne", 24.0), BODY],
        [("Curriculum Vitae", 30.0), ("Ada Byrne", 24.0), BODY],
        [BODY, ("Ada Byrne, MBA", 18.0)],
    ],
)
def test_the_name_is_what_is_printed_largest(rows: list[tuple[str, float]]) -> None:
    assert header.largest_name(sized(*rows)) == "Ada Byrne"


def test_without_a_larger_line_no_name_is_taken_for_its_size() -> None:
    assert header.largest_name(sized(("Ada Byrne", 10.0), BODY)) == ""


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Ada Byrne\nData engineer", "Data engineer"),
        ("Ada Byrne | Data Engineer | Cork", "Data Engineer"),
        ("Data Engineer\nAda Byrne", "Data Engineer"),
        ("Ada Byrne\nData Engineer | ada@kelp.example", "Data Engineer"),
        ("Ada Byrne\nCork, Ireland\nData engineer", "Data engineer"),
        ("Ada Byrne\nDate of birth: 12.03.1990", ""),
        pytest.param("Name: Ada Byrne", ""),
        pytest.param("Ada Byrne\nBorn 12/03/1990\nData engineer", "Data engineer"),
        pytest.param("Ada Byrne\ngeb. 12.03.1990 in Emden\nData engineer", "Data engineer"),
        pytest.param("Ada Byrne\n1 Quay Street, Cork T12 AB34\nData engineer", "Data engineer"),
        ("Ada Byrne\nNationality: Irish | Data engineer", "Data engineer"),
    ],
)
def test_the_headline_says_what_the_person_is(text: str, headline: str) -> None:
    assert top(text).headline == headline


def test_contacts_are_taken_and_links_completed() -> None:
    found = top(
        "Ada Byrne\nEmail: ada@kelp.example | Tel. +49 (0)170 / 123 45 67\n"
        "LinkedIn: linkedin.com/in/ada · https://git.example/ada"
    )
    assert (found.email, found.phone) == ("ada@kelp.example", "+49 (0)170 / 123 45 67")
    assert set(found.links) == {"https://linkedin.com/in/ada", "https://git.example/ada"}


def test_addresses_behind_words_are_contacts() -> None:
    line = replace(
        lines.split("Write to me")[0], links=("mailto:ada@kelp.example?subject=Hi", "https://a.example")
    )
    found = header.read([line])
    assert (found.email, found.links) == ("ada@kelp.example", ["https://a.example"])


@pytest.mark.parametrize(
    "number",
    [
        "+49 170 1234567",
        "(021) 555-0123",
        "+1 (555) 010-9999",
        "0170/1234567",
        "+353 21 455 0123",
        "06 12 34 56 78",
    ],
)
def test_phone_numbers_are_told(number: str) -> None:
    assert top(f"Ada Byrne\n{number}").phone == number


@pytest.mark.parametrize(
    "text",
    [
        "Date of birth: 12.03.1990",
        "geb. 12.03.1990 in Emden",
        "Born 12/03/1990",
        "1990-03-12",
        "2015 - 2019",
        "T12 AB34",
        pytest.param("ID 123456789012"),
        pytest.param("Licence no. 1234 5678 90"),
    ],
)
def test_birthdays_years_and_codes_are_no_phone_numbers(text: str) -> None:
    assert top(f"Ada Byrne\n{text}").phone == ""


CAREER = "Ada Byrne\n\nExperience\n\nEngineer, Fernhill\t2019 – 2021\n- Built A.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "References\n\nJane Boss, Kelp\njane@kelp.example\n+49 170 7654321\n",
        "Referees\n\nJane Boss, Kelp, jane@kelp.example, +49 170 7654321\n",
        "Referenzen\n\nJane Boss\nTel. +49 170 7654321\n\nJohn Boss\njohn@kelp.example\n",
        pytest.param("Referee: Jane Boss, jane@kelp.example, +49 170 7654321\n"),
        pytest.param("Reference available from Jane Boss, jane@kelp.example\n"),
    ],
)
def test_contacts_of_referees_are_never_taken(text: str) -> None:
    profile = read_profile((CAREER + text).encode(), "cv.txt")
    assert (profile.email, profile.phone) == ("", "")
    assert "Boss" not in profile.model_dump_json()


def test_contacts_may_stand_at_the_end() -> None:
    profile = read_profile(f"{CAREER}Contact\n\nada@kelp.example\n+49 170 1234567\n".encode(), "cv.txt")
    assert (profile.email, profile.phone) == ("ada@kelp.example", "+49 170 1234567")


def test_a_file_that_begins_with_a_section_has_no_top() -> None:
    assert header.length(lines.split("# Experience\n\n## Engineer, Fernhill\n\n- Built A.\n")) == 0
