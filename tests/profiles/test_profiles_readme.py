"""READMEs and portfolios in Markdown."""

from domain import Profile
from profiles.readme import is_readme, read_readme

PROFILE = """\
<h1 align="center">Hi 👋, I'm Oona Kallio</h1>
<h3 align="center">Front-end developer from Oulu</h3>
<p align="left"><img src="https://komarev.com/ghpvc/?username=oona" alt="oona" /></p>

- 🌱 I’m learning **Rust**
- 📫 How to reach me **oona@kallio.example**

## 🛠️ Tech Stack
![React](https://img.shields.io/badge/-React-61DAFB)
<a href="https://nodejs.org"><img alt="Node.js" src="https://x.example/devicon/node.svg"/></a>
[![My Skills](https://skillicons.dev/icons?i=js,docker)](https://skillicons.dev)

## 🚀 Projects
| Project | Description | Tech | Links |
|---|---|---|---|
| **Tidewatch** | Tables for 40 harbours | React, D3 | [Code](https://git.example/t) [Demo](https://t.ex.io) |

<details><summary>Older</summary>

- [pgquiet](https://git.example/pgquiet) - Switches a primary without dropping connections
- **brassica**: contributor to the parser (12 merged pull requests)
</details>

### [Harbourlight](https://harbour.kallio.example)
Bookings for berths.
**Tech:** Vue, Firebase
[Live demo](https://h.kallio.example) · [Source](https://git.example/h)

## Connect with me
[![LinkedIn](https://img.shields.io/badge/LinkedIn-blue)](https://linkedin.com/in/oona-x)

## 📊 Stats
![stats](https://github-readme-stats.vercel.app/api?username=oona)
"""

PROJECT = """\
# tidewatch 🌊
![build](https://git.example/x/actions/workflows/ci.yml/badge.svg)

Tide tables for 40 harbours.

## Features
- Works offline

## Tech Stack
- React, D3

## Installation
```
npm install
```
Run it twice.
"""


def of_type(profile: Profile, kind: str) -> list[str]:
    return [item.text for item in profile.evidence if item.type == kind]


def test_a_profile_page_names_its_owner_and_projects() -> None:
    page = read_readme(PROFILE, "README.md")
    profile = page.profile
    assert (profile.name, profile.headline) == ("Oona Kallio", "Front-end developer from Oulu")
    assert (profile.email, profile.links) == ("oona@kallio.example", ("https://linkedin.com/in/oona-x",))
    assert [(record.title, record.links) for record in profile.records] == [
        ("Tidewatch", ("https://git.example/t", "https://t.ex.io")),
        ("pgquiet", ("https://git.example/pgquiet",)),
        ("brassica", ()),
        (
            "Harbourlight",
            ("https://harbour.kallio.example", "https://h.kallio.example", "https://git.example/h"),
        ),
    ]
    assert of_type(profile, "project") == [
        "Tables for 40 harbours",
        "React, D3",
        "Switches a primary without dropping connections",
        "contributor to the parser (12 merged pull requests)",
        "Bookings for berths.",
        "Vue, Firebase",
    ]


def test_badges_name_technologies_and_what_is_being_learnt_is_no_skill() -> None:
    profile = read_readme(PROFILE, "README.md").profile
    assert of_type(profile, "skill") == ["React", "Node.js", "js", "docker"]
    assert of_type(profile, "bullet") == ["I’m learning Rust"]


def test_every_item_stands_in_the_page() -> None:
    page = read_readme(PROFILE, "README.md")
    for item in page.profile.evidence:
        assert item.text == page.text[item.source.start : item.source.end].replace("**", "").strip()


def test_the_page_of_one_project_is_that_project() -> None:
    profile = read_readme(PROJECT, "README.md").profile
    assert [record.title for record in profile.records] == ["tidewatch"]
    assert {item.record for item in profile.evidence} == {"r1"}
    assert [item.text for item in profile.evidence] == [
        "Tide tables for 40 harbours.", "Works offline", "React", "D3"
    ]  # fmt: skip


def test_a_readme_is_told_from_a_resume_by_what_dominates_it() -> None:
    assert is_readme(PROFILE)
    assert is_readme(PROJECT)
    assert not is_readme(
        "# Ada Byrne\n\n## Experience\n### Engineer, Fernhill\n- Built A.\n\n## Projects\n- [x](https://a.example)\n"
    )
    assert not is_readme("# Ada Byrne\n\n## Skills\nGo, SQL\n")
