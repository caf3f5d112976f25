"""Résumés in YAML: RenderCV of all ages, YAMLResume, and YAML that must not be believed."""

import pytest

from domain import Evidence, Profile
from errors import DocumentError
from profiles.yaml_documents import read_yaml

RENDERCV = """\
cv:
  name: Tomás Iglesias Vega
  headline: Backend developer
  email: tomas@correo.example
  phone: tel:+34-910-000-000
  website: https://tomas.example/
  social_networks:
    - network: GitHub
      username: tomas-x
  custom_connections:
    - placeholder: Talks
      url: https://talks.example/tomas
  sections:
    summary:
      - "Writes **Go**. Likes [tests](https://tomas.example/tests) of all kinds."
    experience:
      - company: Puerto Norte
        position: Backend Developer
        start_date: 2019-05
        highlights:
          - Moved a monolith to 12 Go services
          - Led the move of billing
            - Cut its run from 9 to 2 hours
      - company: Kelp & Co
        position: Intern
        start_date: 2018-01-15
        end_date: 2019-04
    education:
      - institution: Ostmark University
        area: Physics
        degree: BSc
        date: '2017'
        highlights:
          - 'Thesis: On tides'
    side_projects:
    projects:
      - name: '[ledgerlint](https://git.example/ledgerlint)'
        date: 2020
        summary: Linter for plain-text accounting
    publications:
      - title: 'Tides: a survey'
        authors: ['*Tomás Iglesias Vega*', Someone Else]
        journal: Kelp Letters
    toolkit:
      - label: Languages
        details: Go, C++
      - label: Familiar with
        details: Rust, Zig
    languages:
      - label: Spanish
        details: native
    certificates:
      - bullet: CKA, 2021
    awards:
      - reversed_number: First prize of the harbour
    references:
      - Jane Boss, jane@boss.example
locale:
  language: spanish
"""

YAMLRESUME = """\
---
content:
  basics:
    name: 王小明
    email: wang@kelp.example
    url: https://kelp.example/wang
    headline: Engineer
    summary: |
      Ten years of harbours. Likes tests.

      - Built a tide service
  location:
    city: Cork
  profiles:
    - network: Git
      url: https://git.example/wang
  work:
    - name: Fernhill
      position: Engineer
      startDate: Dec 1, 2020
      endDate:
      summary: |
        - Cut build time by "30 %"
        - Led 3 people
      keywords: [Go]
    - name: Kelp
      position: Intern
      startDate: Jan 2018
      endDate: Dec 2020
  education:
    - institution: Ostmark University
      degree: Bachelor
      area: Physics
      endDate: Jul 1, 2017
      courses: [Optics, Tides]
  skills:
    - name: Web
      level: Novice
      keywords: [HTML]
    - name: Systems
      level: Expert
      keywords: [Go, SQL]
  languages:
    - language: Irish
      fluency: Elementary Proficiency
  awards:
    - title: Harbour Prize
      awarder: Port of Cork
      date: 2019
  certificates:
    - name: CKA
      issuer: Kelp Board
  projects:
    - name: tidewatch
      url: https://git.example/tidewatch
      description: Tide tables
      summary: |
        - Forty harbours
      keywords: [Go, Redis]
  references:
    - name: Jane Boss
      email: jane@boss.example
locale:
  language: zh-hans
"""


def of_type(profile: Profile, kind: str) -> list[str]:
    return [item.text for item in profile.evidence if item.type == kind]


def rendercv() -> Profile:
    return read_yaml(RENDERCV, "cv.yaml")


def yamlresume() -> Profile:
    return read_yaml(YAMLRESUME, "cv.yml")


def test_rendercv_says_who_and_no_address_is_made_of_a_user_name() -> None:
    profile = rendercv()
    assert (profile.name, profile.headline) == ("Tomás Iglesias Vega", "Backend developer")
    assert (profile.email, profile.phone) == ("tomas@correo.example", "+34-910-000-000")
    assert profile.links == ("https://tomas.example/", "https://talks.example/tomas")
    assert profile.language == "es"


def test_rendercv_entries_are_told_apart_by_their_keys() -> None:
    assert [
        (r.kind, r.title, r.area, r.organization, r.start, r.end, r.current) for r in rendercv().records
    ] == [
        ("role", "Backend Developer", "", "Puerto Norte", "2019-05", "", True),
        ("role", "Intern", "", "Kelp & Co", "2018-01-15", "2019-04", False),
        ("degree", "BSc", "Physics", "Ostmark University", "", "2017", False),
        ("project", "ledgerlint", "", "", "", "2020", False),
        ("certificate", "CKA, 2021", "", "", "", "", False),
    ]


def test_rendercv_sections_of_any_name_hold_what_their_entries_say() -> None:
    profile = rendercv()
    assert of_type(profile, "skill") == ["Go", "C++", "Familiar with: Rust, Zig"]
    assert of_type(profile, "language") == ["Spanish (native)"]
    assert of_type(profile, "summary") == ["Writes Go.", "Likes tests of all kinds."]
    assert of_type(profile, "bullet") == [
        "Moved a monolith to 12 Go services",
        "Led the move of billing",
        "Cut its run from 9 to 2 hours",
        "Tides: a survey, Kelp Letters",
        "First prize of the harbour",
    ]
    assert "Boss" not in profile.model_dump_json()
    assert "Someone Else" not in profile.model_dump_json()


def test_older_rendercv_keeps_sections_beside_the_name() -> None:
    text = (
        "cv:\n  name: Ada Byrne\n  label: Dev\n"
        "  work_experience:\n  - company: Kelp\n    position: Dev\n"
        "  skills:\n  - name: Tools\n    details: Go, Welsh\n  - name: Languages\n    details: Irish, Welsh\n"
    )
    profile = read_yaml(text, "cv.yaml")
    assert (profile.name, profile.headline) == ("Ada Byrne", "Dev")
    assert [record.organization for record in profile.records] == ["Kelp"]
    assert of_type(profile, "skill") == ["Go", "Welsh"]
    assert of_type(profile, "language") == ["Irish", "Welsh"]


def test_yamlresume_is_read_with_lists_in_its_summaries() -> None:
    profile = yamlresume()
    assert (profile.name, profile.language) == ("王小明", "zh-hans")
    assert profile.links == ("https://kelp.example/wang", "https://git.example/wang")
    assert of_type(profile, "summary") == ["Ten years of harbours.", "Likes tests.", "Built a tide service"]
    assert [(r.title, r.start, r.end, r.current) for r in profile.records if r.kind == "role"] == [
        ("Engineer", "Dec 1, 2020", "", True),
        ("Intern", "Jan 2018", "Dec 2020", False),
    ]
    assert of_type(profile, "bullet") == [
        'Cut build time by "30 %"', "Led 3 people", "Forty harbours", "Harbour Prize, Port of Cork"
    ]  # fmt: skip
    assert "Boss" not in profile.model_dump_json()


def test_a_low_level_stays_with_its_skill() -> None:
    skills = [item.text for item in yamlresume().evidence if item.type == "skill" and item.record is None]
    assert skills == ["HTML (Novice)", "Go", "SQL"]


@pytest.mark.parametrize(("text", "profile"), [(RENDERCV, rendercv()), (YAMLRESUME, yamlresume())])
def test_every_value_stands_in_the_text_where_it_says(text: str, profile: Profile) -> None:
    def stands(item: Evidence) -> bool:
        found = " ".join(text[item.source.start : item.source.end].split())
        return bool(found) and found.replace("**", "").split("](")[0].lstrip("[") in item.text

    assert all(stands(item) for item in profile.evidence if "tests" not in item.text)
    for record in profile.records:
        for place in record.fields:
            value = text[place.source.start : place.source.end]
            assert value in (getattr(record, place.field) or "") or value in record.links
    assert {place.field for place in profile.fields} >= {"name", "headline", "email", "links"}


def test_places_name_the_path() -> None:
    places = [item.source.place for item in rendercv().evidence]
    assert "cv.sections.experience[0].highlights[1]" in places


def test_json_resume_may_be_written_as_yaml() -> None:
    profile = read_yaml("basics:\n  name: Ada Byrne\nskills:\n- name: Go\n", "cv.yaml")
    assert (profile.name, of_type(profile, "skill")) == ("Ada Byrne", ["Go"])


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 10)}]\n" for i in range(8)
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BOMB, "grows far beyond"),
        ("cv: !!python/object/apply:os.system [ls]\n", "asks for"),
        ("cv:\n  name: x\n\tsections: y\n", "broken in line 3"),
        ("cv: [\n", "broken in line"),
        ("cv: *gone\n", "refers to “gone”"),
        ("cv: " + "[" * 500 + "\n", "nested too deeply"),
        ("cv: {name: \x01}\n", "characters"),
        ("- a\n- b\n", "a list"),
        ("services:\n  web: {image: x}\n", "not a résumé: it holds “services”"),
        ("cv:\n  name: Ada\n", "no experience"),
        ("content:\n  basics: {name: Ada}\n", "no experience"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, says: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_yaml(text, "cv.yaml")
    assert says in str(refused.value)


def test_anchors_and_merges_are_followed_and_a_later_key_wins() -> None:
    text = (
        "cv:\n  sections:\n    experience:\n    - &one {company: Kelp, position: Dev}\n"
        "    - {<<: *one, company: Fern, company: Fernhill}\n"
    )
    assert [(r.organization, r.title) for r in read_yaml(text, "cv.yaml").records] == [
        ("Kelp", "Dev"),
        ("Fernhill", "Dev"),
    ]


def highlights(*written: str) -> list[str]:
    rows = "".join(f"        - {text}\n" for text in written)
    head = "cv:\n  sections:\n    experience:\n    - company: Kelp\n      position: Dev\n      highlights:\n"
    return of_type(read_yaml(head + rows, "cv.yaml"), "bullet")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Reduced errors by half - but only in staging", ["Reduced errors by half - but only in staging"]),
        ("Led X\n          - Did A - not alone\n          - Did B", ["Led X", "Did A - not alone", "Did B"]),
        ("Cut costs by 30 % -\n          but only in staging", ["Cut costs by 30 % - but only in staging"]),
        ('"Led X - of sorts\\n- Did A"', ["Led X - of sorts", "Did A"]),
        ("|\n          Led X - of sorts\n          - Did A", ["Led X - of sorts", "Did A"]),
    ],
)
def test_only_a_dash_that_begins_a_line_opens_another_highlight(written: str, read: list[str]) -> None:
    assert highlights(written) == read


def test_aliases_in_aliases_count_as_deep_as_they_go() -> None:
    rows = ["a0: &a0 " + "[" * 30 + "x" + "]" * 30]
    rows += [f"a{i}: &a{i} " + "[" * 30 + f"*a{i - 1}" + "]" * 30 for i in range(1, 70)]
    with pytest.raises(DocumentError, match="nested too deeply"):
        read_yaml("\n".join(rows) + "\ncv: {sections: {skills: [Go]}}\n", "cv.yaml")
