"""The files of a tailored résumé: they hold real text, read back to the same fields, and act on no markup."""

import io
import json
import re
import zipfile

import pypdfium2
import pytest

from domain import Profile, Record, Resume
from exports import fonts
from exports.files import ResumeForm, export_resume
from exports.resume import head_of, parts_of
from exports.resume_docx import resume_docx
from exports.resume_json import resume_json
from exports.resume_pdf import resume_pdf
from exports.resume_text import resume_markdown, resume_text
from exports.typesetting import pages_of
from profiles import read_profile
from tests.briefs import make_posting
from tests.resumes import LEILA, NOA, ZOE, person, resume_of

FORMS: tuple[ResumeForm, ...] = ("pdf", "docx", "md", "txt", "json")


MARKUP = ('"); #panic("x")', "<b>x</b> \\ $a^2$ @ref")


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("someone", [ZOE, LEILA, NOA], ids=["diacritics", "arabic", "hebrew"])
def test_a_file_reads_back_to_the_same_fields(someone: Profile, form: ResumeForm) -> None:
    resume = resume_of(someone)
    name, data = export_resume(form, resume, make_posting())
    assert name.endswith(f".{form}")
    read = read_profile(data, name)
    assert (read.name, read.email, read.phone) == (someone.name, someone.email, someone.phone)
    assert set(read.links) >= set(someone.links)

    def facts(record: Record) -> tuple[str, ...]:
        return record.title, record.area, record.organization, record.start, record.end, str(record.current)

    def of(profile: Profile, kind: str) -> set[tuple[str, ...]]:
        return {facts(record) for record in profile.records if record.kind == kind}

    assert of(read, "role") == of(someone, "role")
    assert of(read, "degree") == of(someone, "degree")
    said = {" ".join(item.text.split()) for item in read.evidence}
    lines = [line.text for section in resume.sections for e in section.entries for line in e.lines]
    assert set(lines) <= said


def test_what_looks_like_markup_is_text() -> None:
    hostile = person('#eval("1+1") *bold*', [('#image("/etc/passwd")', "= Heading", "2020", "2021", MARKUP)])
    text = " ".join(text_of(resume_pdf(resume_of(hostile))).split())
    for words in (hostile.name, '#image("/etc/passwd")', *MARKUP):
        assert words in text


def test_a_link_that_is_no_web_address_leads_nowhere() -> None:
    someone = ZOE.model_copy(update={"links": ("javascript:alert(1)", "https://example.org/zoe")})
    pdf = resume_pdf(resume_of(someone))
    assert b"javascript:" not in pdf
    assert b"https://example.org/zoe" in pdf
    with zipfile.ZipFile(io.BytesIO(resume_docx(resume_of(someone)))) as file:
        assert b'"javascript:' not in file.read("word/_rels/document.xml.rels")


def test_a_pdf_is_tagged_and_has_one_column_of_text() -> None:
    pdf = resume_pdf(resume_of(ZOE))
    assert b"/MarkInfo" in pdf
    assert b"/StructTreeRoot" in pdf
    text = text_of(pdf)
    assert [text.index(h) for h in ("Summary", "Skills", "Experience", "Education", "Languages")] == sorted(
        text.index(h) for h in ("Summary", "Skills", "Experience", "Education", "Languages")
    )


def test_a_few_lines_do_not_begin_a_second_page() -> None:
    jobs = [
        ("Engineer", f"Works {n}", str(2000 + n), str(2001 + n), ["Kept the Python jobs running"] * 1)
        for n in range(19)
    ]
    assert pages_of(resume_pdf(resume_of(person("Ada Long", jobs)))) == 1


def test_much_evidence_fills_two_pages_and_no_more() -> None:
    line = "Wrote service number {} that keeps the books of a long line of small shops in order"
    jobs = [
        ("Engineer", f"Works {n}", f"{1990 + n}", f"{1991 + n}", [line.format(99 * n + m) for m in range(12)])
        for n in range(25)
    ]
    resume = resume_of(person("Ada Long", jobs))
    assert pages_of(resume_pdf(resume)) == 2
    assert resume.left_out
    short = resume_of(person("Ada Long", jobs), length="short")
    assert pages_of(resume_pdf(short)) == 1


def test_letters_that_no_font_draws_are_named() -> None:
    assert fonts.missing("Zoë Łukasz Ωμέγα Иван محمد דוד – “x” •") == ""
    assert fonts.missing("a\U0001f9ffb\u2cff") != ""


def test_a_long_title_has_the_employer_on_a_line_of_its_own() -> None:
    title = "Principal Engineer for the Reliability of Payment Services and Long Running Batch Processing"
    job = (title, "Northern Harbour Authority", "Jan 2019", "Dec 2021", ["Wrote Python"])
    read = read_profile(resume_pdf(resume_of(person("Ada Long", [job]))), "r.pdf")
    (record,) = read.records
    assert (record.title, record.organization) == (title, "Northern Harbour Authority")
    assert (record.start, record.end) == ("Jan 2019", "Dec 2021")


def test_an_empty_resume_is_still_a_page() -> None:
    assert pages_of(resume_pdf(Resume(name="Ada Long"))) == 1
    assert "Ada Long" in resume_text(Resume(name="Ada Long"))


def test_current_roles_end_with_a_word_and_dates_stay_as_written() -> None:
    assert (
        head_of(Record(id="r1", kind="role", start="03/2021", current=True), "Present").period
        == "03/2021 – Present"
    )
    assert (
        head_of(Record(id="r1", kind="role", start="Dec 1, 2019", end="2020"), "x").period
        == "Dec 1, 2019 – 2020"
    )


def test_a_skill_with_commas_has_a_line_of_its_own() -> None:
    resume = resume_of(
        person("Ada Long", [], skills=["Python", "C++ (14, 17)", "SQL, as an analyst writes it"])
    )
    skills = next(part for part in parts_of(resume) if part.name == "skills")
    assert set(skills.listed) == {"Python", "C++ (14, 17)"}
    assert skills.unlisted == ("SQL, as an analyst writes it",)


def test_markdown_shows_marks_as_written() -> None:
    someone = person("Ada Long", [("Clerk", "Works", "2020", "2021", ["Kept *all* of it"])])
    assert "Kept \\*all\\* of it" in resume_markdown(resume_of(someone))


def test_json_is_a_json_resume_of_what_is_said() -> None:
    data = json.loads(resume_json(resume_of(ZOE)))
    assert data["basics"]["name"] == ZOE.name
    assert [job["position"] for job in data["work"]] == ["Développeuse Python", "Backend Engineer"]
    assert "Kubernetes" in {skill["name"] for skill in data["skills"]}
    assert re.fullmatch(r"2021-03", data["work"][0]["startDate"])
