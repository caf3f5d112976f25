"""What is private stays out: of evidence, of the top of a draft, and of what is taken for one's own."""

import pytest

from domain import Profile
from profiles import read_profile
from profiles.personal import holds_contacts, is_personal

WORK = "EXPERIENCE\nEngineer, Fernhill, 2019 – 2021\n- Built the billing service in Python.\n"


def read(text: str) -> Profile:
    return read_profile(text.encode(), "cv.txt")


@pytest.mark.parametrize(
    "line",
    [
        "Born on 3 May 1990 in Hamburg, married, two children",
        "Date of birth: 3 May 1990",
        "Geburtsdatum: 03.05.1990",
        "Née le 3 mai 1990 à Lyon",
        "Married, two children",
        "Nationality: Irish",
        "British citizen",
        "12 Elm Road, Leeds",
        "Hauptstraße 12, 50667 Köln",
    ],
)
def test_birth_family_nationality_and_home_are_personal(line: str) -> None:
    assert is_personal(line)
    profile = read(f"ADA BYRNE\n{line}\nada@quay.example\n\n{WORK}\nPERSONAL DETAILS\n{line}\n")
    assert line not in profile.model_dump_json()


@pytest.mark.parametrize(
    "line",
    [
        "Married design with engineering in four products and led both teams through a merger of their tools",
        "Cut costs by 12 Million",
        "Addressed 40 findings of an audit",
        "Led 12 Road safety audits",
    ],
)
def test_work_is_not_personal(line: str) -> None:
    assert not is_personal(line)


@pytest.mark.parametrize(
    "text", ["Call me on +44 7700 900123.", "Mail jane@quay.example", "Tel: 0161 555 0199"]
)
def test_contacts_never_become_evidence(text: str) -> None:
    assert holds_contacts(text)
    profile = read(f"ADA BYRNE\n\nSUMMARY\nEngineer of ten years. {text}\n\n{WORK}")
    assert all(text not in item.text for item in profile.evidence)


def test_a_large_number_is_no_contact() -> None:
    assert not holds_contacts("Moved 12 000 000 records in 2019-2021")


def test_what_others_say_is_not_ones_own_history() -> None:
    referees = (
        "REFERENCES\nSARAH WORKMAN\nDirector of Operations, Globex, 2015 – 2020\n"
        "She has known me for years.\n+44 7700 900123\n"
    )
    profile = read(f"ADA BYRNE\nada@quay.example\n\n{WORK}\n{referees}")
    assert [record.organization for record in profile.records] == ["Fernhill"]
    assert profile.phone == ""


def test_the_contacts_of_a_colleague_are_not_taken() -> None:
    profile = read(f"ADA BYRNE\n\n{WORK}Line manager Jane Roe, jane.roe@acme.example, 020 7946 0018\n")
    assert (profile.email, profile.phone) == ("", "")


def test_products_and_degrees_are_no_addresses() -> None:
    profile = read(
        f"RAHUL KUMAR, B.Tech.\nFull-stack developer (Node.js/Express)\nrahul@quay.example\n\n{WORK}"
    )
    assert profile.links == ()


def test_a_low_share_of_a_skill_stays_with_it() -> None:
    profile = read(f"ADA BYRNE\n\n{WORK}\nSKILLS\nDocker, 1/5, Kubernetes, 10%, Rust, 5/5\n")
    skills = [item.text for item in profile.evidence if item.type == "skill"]
    assert skills == ["Docker, 1/5", "Kubernetes, 10%", "Rust"]
