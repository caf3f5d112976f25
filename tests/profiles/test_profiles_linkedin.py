"""LinkedIn's export: what it says of its owner, and nothing of anybody else."""

import pytest

from errors import DocumentError
from profiles.linkedin import is_export, read_linkedin
from tests.profiles.word_file import zipped

ABOUT = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
    "Twitter Handles,Websites,Instant Messengers\n"
    'Ada,Byrne,Ní Bhroin,1 Quay St,Jun 3,Engineer,"Builds tide tables.\n\nLikes tests.",IT,T12,Cork,,'
    '"[PERSONAL:https://ada.example,OTHER:git.example/ada]",\n'
)
FILES: dict[str, str | bytes] = {
    "Basic_Export/Profile.csv": ABOUT,
    "Basic_Export/POSITIONS.CSV": (
        "Company Name,Title,Description,Location,Started On,Finished On\n"
        'Fernhill,Engineer,"Cut ""build time"" by 30 %.\n- Led 3 people",Cork,Mar 2020,\n'
        "Kelp,Intern,,,2018,Feb 2020\n"
    ),
    "Basic_Export/Education.csv": (
        "School Name,Start Date,End Date,Notes,Degree Name,Activities\n"
        'Ostmark University,2014,2018,,"BSc, Physics",\n'
    ),
    "Basic_Export/Skills.csv": "Name\nGo\nSQL\n",
    "Basic_Export/Languages.csv": "Name,Proficiency\nIrish,Native or bilingual proficiency\n",
    "Basic_Export/Certifications.csv": (
        "Name,Url,Authority,Started On,Finished On,License Number\n"
        "CKA,https://cka.example/1,Kelp Board,May 2021,,7\n"
    ),
    "Basic_Export/Projects.csv": (
        "Title,Description,Url,Started On,Finished On\ntidewatch,Tide tables,https://git.example/t,2019,2020\n"
    ),
    "Basic_Export/Volunteering.csv": (
        "Company Name,Role,Cause,Started On,Finished On,Description\n"
        "Code Club,Tutor,,2017,2018,Taught 20 children\n"
    ),
    "Basic_Export/Email Addresses.csv": (
        "Email Address,Confirmed,Primary,Updated On\nold@kelp.example,Yes,No,1\nada@kelp.example,Yes,Yes,1\n"
    ),
    "Basic_Export/PhoneNumbers.csv": "Extension,Number,Type\n,+353 21 555 0116,Mobile\n",
    "Basic_Export/Connections.csv": "Notes:\nx\n\nFirst Name,Last Name\nBob,Boss\n",
    "Basic_Export/messages.csv": "FROM,CONTENT\nBob Boss,hello\n",
    "Basic_Export/Recommendations_Received.csv": "First Name,Text\nBob,Great\n",
    "../../Skills.txt": "COBOL",
}


def test_the_owner_is_read_and_nobody_else() -> None:
    export = read_linkedin(zipped(FILES), "export.zip")
    profile = export.profile
    assert (profile.name, profile.headline, profile.email) == ("Ada Byrne", "Engineer", "ada@kelp.example")
    assert profile.phone == "+353 21 555 0116"
    assert profile.links == ("https://ada.example", "https://git.example/ada")
    assert [
        (r.kind, r.title, r.area, r.organization, r.start, r.end, r.current) for r in profile.records
    ] == [
        ("role", "Engineer", "", "Fernhill", "Mar 2020", "", True),
        ("role", "Intern", "", "Kelp", "2018", "Feb 2020", False),
        ("volunteering", "Tutor", "", "Code Club", "2017", "2018", False),
        ("project", "tidewatch", "", "", "2019", "2020", False),
        ("degree", "BSc", "Physics", "Ostmark University", "2014", "2018", False),
        ("certificate", "CKA", "", "Kelp Board", "May 2021", "", False),
    ]
    for others in ("Boss", "hello", "Quay", "Jun 3", "COBOL"):
        assert others not in profile.model_dump_json() + export.text


def test_items_stand_in_the_text_and_name_their_row() -> None:
    export = read_linkedin(zipped(FILES), "export.zip")
    bullet = next(item for item in export.profile.evidence if item.type == "bullet")
    assert bullet.text == 'Cut "build time" by 30 %.'
    assert bullet.source.place == "POSITIONS.CSV, row 2"
    assert export.text[bullet.source.start : bullet.source.end] == 'Cut ""build time"" by 30 %.'
    for record in export.profile.records:
        for place in record.fields:
            assert export.text[place.source.start : place.source.end] in (
                *record.links, getattr(record, place.field, "")
            )  # fmt: skip


def test_an_export_in_german_is_one() -> None:
    files: dict[str, str | bytes] = {
        "Profil.csv": "Vorname,Nachname,Überschrift\nAda,Byrne,Ingenieurin\n",
        "Positionen.csv": (
            "Unternehmensname,Titel,Beschreibung,Begonnen am,Beendet am\nFernhill,Ingenieurin,,2020,\n"
        ),
        "Kenntnisse.csv": "Name\nGo\n",
    }
    profile = read_linkedin(zipped(files), "export.zip").profile
    assert (profile.name, profile.headline) == ("Ada Byrne", "Ingenieurin")
    assert [(r.title, r.organization, r.start, r.current) for r in profile.records] == [
        ("Ingenieurin", "Fernhill", "2020", True)
    ]


def test_an_export_is_told_by_its_files() -> None:
    assert is_export(["Basic/Profile.csv", "Basic/Connections.csv"])
    assert not is_export(["photos/a.png", "Connections.csv"])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04", "damaged"),
        (zipped({"Profile.csv": ABOUT.split("\n")[0]}), "names no position"),
        (zipped({"Skills.csv": b"Name\n" + b"a" * 11_000_000}), "unpacks to far more"),
        (zipped({"Skills.csv": "Name\n" + "Go\n" * 3_000}), "far more rows"),
        (zipped({f"{index}.csv": "" for index in range(2_001)}), "far more files"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, says: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_linkedin(data, "export.zip")
    assert says in str(refused.value)


def test_what_is_personal_and_not_used_is_not_in_the_text() -> None:
    text = read_linkedin(zipped(FILES), "export.zip").text
    private_words = "Quay|Jun 3|T12|Bhroin|ada@kelp|old@kelp|555 0116|Mobile|License"
    for private in private_words.split("|"):
        assert private not in text
    assert "First Name,Last Name,Headline,Summary,Websites\nAda,Byrne,Engineer," in text
    assert "Skills.csv\nName\nGo\nSQL\n" in text


POSITIONS = "Company Name,Title,Started On,Finished On\n"


def test_all_files_of_one_kind_are_read_and_a_row_of_both_counts_once() -> None:
    export = read_linkedin(
        zipped(
            {
                "a/Positions.csv": f"{POSITIONS}Fernhill,Engineer,2020,\n",
                "a/Positions (1).csv": f"{POSITIONS}Kelp,Intern,2018,2019\nFernhill,Engineer,2020,\n",
                "a/Skills.csv": "Name\nGo\n",
                "b/Skills.csv": "Name\nSQL\nGo\n",
            }
        ),
        "export.zip",
    )
    assert [record.organization for record in export.profile.records] == ["Fernhill", "Kelp"]
    assert [(item.text, item.source.place) for item in export.profile.evidence] == [
        ("Engineer, Fernhill", "Positions.csv, row 2"),
        ("Intern, Kelp", "Positions (1).csv, row 2"),
        ("Go", "a/Skills.csv, row 2"),
        ("SQL", "b/Skills.csv, row 2"),
    ]
    for item in export.profile.evidence[2:]:
        assert export.text[item.source.start : item.source.end] == item.text


def test_many_files_together_hold_no_more_rows_than_one() -> None:
    parts = {f"{i}/Skills.csv": "Name\n" + "".join(f"s{i}x{j}\n" for j in range(900)) for i in range(3)}
    with pytest.raises(DocumentError, match="far more rows"):
        read_linkedin(zipped(parts), "export.zip")
