"""Résumés in JSON that are not quite JSON Resume, and what a saved profile keeps."""

import json
from typing import Any

import pytest

from domain import Doubt, Persona, Profile
from errors import DocumentError
from profiles import sample
from profiles.json_documents import read_json

REACTIVE: dict[str, Any] = {
    "basics": {
        "name": "Ada Byrne",
        "headline": "Engineer",
        "url": {"label": "", "href": "https://ada.example"},
    },
    "sections": {
        "summary": {"content": "<p>Builds tide tables. Likes <strong>tests</strong>.</p>"},
        "experience": {
            "items": [
                {
                    "company": "Fernhill",
                    "position": "Engineer",
                    "date": "March 2020 - Present",
                    "summary": "<ul><li><p>Cut build time by 30&nbsp;%</p></li><li>Led 3 people</li></ul>",
                },
                {"company": "Hidden Ltd", "position": "Boss", "visible": False},
            ]
        },
        "skills": {"items": [{"name": "Web", "keywords": ["Go", "SQL"]}]},
        "profiles": {"items": [{"network": "Git", "url": {"href": "https://git.example/ada"}}]},
        "references": {"items": [{"name": "Jane Boss"}]},
    },
}


def read(data: Any) -> Profile:
    return read_json(json.dumps(data), "cv.json")


def of_type(profile: Profile, kind: str) -> list[str]:
    return [item.text for item in profile.evidence if item.type == kind]


def test_entries_may_lie_in_sections_and_texts_in_html() -> None:
    profile = read(REACTIVE)
    assert profile.links == ("https://ada.example", "https://git.example/ada")
    assert [(r.title, r.organization, r.start, r.current) for r in profile.records] == [
        ("Engineer", "Fernhill", "March 2020", True)
    ]
    assert of_type(profile, "summary") == ["Builds tide tables.", "Likes tests."]
    assert of_type(profile, "bullet") == ["Cut build time by 30 %", "Led 3 people"]
    assert of_type(profile, "skill") == ["Go", "SQL"]
    assert profile.evidence[-1].source.place == "sections.skills.items[0]"
    assert "Boss" not in profile.model_dump_json()
    assert "Referees" in profile.warnings[0]


def test_a_resume_may_be_wrapped_in_another_object() -> None:
    profile = read({"resume": {"basics": {"name": "Ada Byrne"}, "skills": [{"name": "Go"}]}, "version": 2})
    assert profile.name == "Ada Byrne"
    assert profile.evidence[0].source.place == "resume.skills[0]"


def test_a_degree_keeps_its_subject_apart_and_its_courses() -> None:
    profile = read(
        {
            "education": [
                {
                    "institution": "Ostmark University",
                    "studyType": "BSc",
                    "area": "Physics",
                    "courses": ["Optics", "Tides"],
                }
            ]
        }
    )
    assert [(r.title, r.area, r.full_title) for r in profile.records] == [("BSc", "Physics", "BSc, Physics")]
    assert of_type(profile, "degree") == ["BSc, Physics, Ostmark University", "Optics, Tides"]


def test_a_missing_end_is_not_said_to_be_the_present() -> None:
    profile = read({"work": [{"name": "Fernhill", "position": "Engineer", "startDate": "2019"}]})
    assert (profile.records[0].end, profile.records[0].current) == ("", False)


def test_a_saved_profile_keeps_what_the_person_settled() -> None:
    saved = sample(Persona.JOB_SEEKER)
    doubt = Doubt(about="number", question="What does 30 stand for?", words="30")
    item = saved.evidence[0].model_copy(update={"confidential": True, "doubts": (doubt,), "confidence": 0.5})
    again = read_json(
        saved.model_copy(update={"evidence": (item, *saved.evidence[1:])}).model_dump_json(), "me.json"
    )
    assert (again.evidence[0].confidential, again.evidence[0].doubts) == (True, (doubt,))


def test_far_too_many_entries_are_refused() -> None:
    with pytest.raises(DocumentError, match="far more entries"):
        read({"skills": [{"keywords": [f"skill {index}" for index in range(900)]}] * 9})


def test_what_is_switched_off_in_an_editor_is_left_out() -> None:
    profile = read(
        {
            "basics": {"name": "Ada Byrne"},
            "sections": {
                "summary": {"content": "Likes tests.", "visible": False},
                "experience": {"items": [{"company": "Fernhill", "position": "Boss", "hidden": True}]},
                "skills": {"items": [{"name": "Go"}, {"name": "COBOL", "visible": False}]},
                "languages": {"hidden": True, "items": [{"name": "Irish"}]},
                "projects": {"visible": False, "items": [{"name": "tidewatch"}]},
                "profiles": {"items": [{"url": {"href": "https://git.example/ada"}, "hidden": True}]},
            },
        }
    )
    assert [item.text for item in profile.evidence] == ["Go"]
    assert profile.links == ()


@pytest.mark.parametrize(
    ("references", "warned"),
    [
        ({"items": [{"name": "Jane Boss"}], "visible": True}, True),
        ([{"name": "Jane Boss"}], True),
        ({"items": [], "visible": True}, False),
        ({"items": [{"name": "Jane Boss"}], "visible": False}, False),
        ({"items": [{"name": "Jane Boss", "hidden": True}]}, False),
        ([], False),
    ],
)
def test_referees_are_spoken_of_only_where_there_are_some(references: Any, warned: bool) -> None:
    profile = read({"sections": {"skills": {"items": [{"name": "Go"}]}, "references": references}})
    assert bool(profile.warnings) is warned


def test_half_a_character_is_left_out_and_a_whole_one_stays() -> None:
    jobs = r'"work": [{"name": "Kelp\ud800", "startDate": "20\udc0019"}]'
    text = rf'{{{jobs}, "skills": {{"\udfffA": ["Go \ud83c\udf0a"]}}}}'
    profile = read_json(text, "cv.json")
    assert (profile.records[0].organization, profile.records[0].start) == ("Kelp", "2019")
    assert [(item.text, item.source.place) for item in profile.evidence][-1] == ("Go 🌊", "skills.A")
    profile.model_dump_json().encode()
