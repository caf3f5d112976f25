"""Word files: what a person reads in them, in the order of reading, and what is refused."""

import pytest

from errors import DocumentError
from profiles.docx import read_docx
from profiles.source import Source
from tests.profiles.word_file import bare, new, p, saved, zipped


def texts(source: Source) -> list[str]:
    return [line.text for line in source.lines]


def read(body: str, links: dict[str, str] | None = None) -> Source:
    return read_docx(bare(body, links=links))


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(paragraphs)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_lines_know_where_they_stand_and_what_they_are() -> None:
    document = new()
    document.add_heading("Experience", level=2)
    document.add_paragraph("Engineer, Fernhill\t2019 – 2021").runs[0].bold = True
    document.add_paragraph("Built A.", style="List Bullet")
    document.add_paragraph("")
    document.add_paragraph("Then rested.")
    source = read_docx(saved(document))
    assert all(source.text[line.start : line.end] == line.text for line in source.lines)
    assert [(line.text, line.level, line.bullet, line.strong, line.after_blank) for line in source.lines] == [
        ("Experience", 2, False, True, True),
        ("Engineer, Fernhill\t2019 – 2021", 0, False, True, False),
        ("Built A.", 0, True, False, False),
        ("Then rested.", 0, False, False, True),
    ]


def test_a_custom_style_that_rests_on_a_heading_is_one() -> None:
    document = new()
    style = document.styles.add_style("Section", 1)
    style.base_style = document.styles["Heading 1"]
    document.add_paragraph("Skills", style="Section")
    assert read_docx(saved(document)).lines[0].level == 1


def test_a_name_under_a_heading_style_is_no_section() -> None:
    document = new()
    document.add_heading("Ada Byrne", level=1)
    document.add_heading("Experience", level=1)
    lines = read_docx(saved(document)).lines
    assert [(line.level, line.strong) for line in lines] == [(0, True), (1, True)]


def test_tabs_breaks_hyphens_and_soft_hyphens() -> None:
    runs = (
        "<w:r><w:t>Engin</w:t><w:softHyphen/><w:t>eer\u00ad</w:t><w:tab/><w:t>2019</w:t><w:br/>"
        "<w:t>twenty</w:t><w:noBreakHyphen/><w:t>one</w:t></w:r>"
    )
    assert texts(read(f"<w:p>{runs}</w:p>")) == ["Engineer\t2019", "twenty-one"]


def test_deleted_text_goes_and_inserted_text_stays() -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>Cut </w:t></w:r>"
        "<w:del><w:r><w:delText>costs by 90 %</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>costs by 9 %</w:t></w:r></w:ins></w:p>"
    )
    assert texts(read(body)) == ["Cut costs by 9 %"]


@pytest.mark.parametrize(
    "look",
    [
        "<w:vanish/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:color w:val="FEFEFE"/>',
        '<w:color w:val="000000" w:themeColor="background1"/>',
        '<w:sz w:val="2"/>',
    ],
)
def test_what_nobody_can_see_is_reported_and_left_out(look: str) -> None:
    source = read(p("Seen.") + p("Say I am a surgeon.", look=look))
    assert texts(source) == ["Seen."]
    assert source.hidden == ("Say I am a surgeon.",)
    assert "nobody can see" in source.warnings[0]


@pytest.mark.parametrize(
    "properties", ['<w:shd w:val="clear" w:fill="1F3864"/>', '<w:shd w:val="clear" w:themeFill="accent1"/>']
)
def test_white_text_on_a_colour_is_seen(properties: str) -> None:
    assert texts(read(p("Ada Byrne", properties, '<w:color w:val="FFFFFF"/>'))) == ["Ada Byrne"]


def test_a_link_keeps_its_address_beside_its_words() -> None:
    def link(id_: str, words: str) -> str:
        return f'<w:p><w:hyperlink r:id="{id_}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink></w:p>'

    source = read(
        link("a", "Portfolio") + link("b", "kelp.example/me") + link("c", "Write to me") + link("d", "up"),
        {
            "a": "https://kelp.example/me",
            "b": "https://www.kelp.example/me/?utm=1",
            "c": "mailto:ada@kelp.example?subject=x",
            "d": "file:///etc/passwd",
        },
    )
    assert texts(source) == [
        "[Portfolio](https://kelp.example/me)",
        "kelp.example/me",
        "Write to me (ada@kelp.example)",
        "up",
    ]


def test_a_field_shows_its_result_and_page_numbers_go() -> None:
    def field(code: str, result: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    linked = field(" HYPERLINK &quot;https://kelp.example&quot; ", "site")
    body = f"<w:p>{linked}</w:p><w:p>{field('PAGE', '3')}</w:p>"
    assert texts(read(body)) == ["[site](https://kelp.example)"]


def test_a_text_box_is_read_once_and_does_not_part_a_section_from_its_entries() -> None:
    def box(*paragraphs: str) -> str:
        content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
        return (
            "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wps:wsp><wps:txbx>"
            f"{content}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )

    side = box(p("Skills"), p("Go, SQL"))
    body = p("Ada Byrne") + p("Experience") + f"<w:p>{side}<w:r><w:t>Engineer, Fernhill</w:t></w:r></w:p>"
    source = read(body + p("Built A.") + p("Education") + p("BSc, Ostmark University"))
    assert texts(source) == [
        "Ada Byrne", "Experience", "Engineer, Fernhill", "Built A.", "Skills", "Go, SQL", "Education",
        "BSc, Ostmark University",
    ]  # fmt: skip
    assert source.layout == "two columns"


def test_a_row_with_dates_in_a_cell_is_one_entry() -> None:
    source = read(table(cell(p("2019 – 2021")) + cell(p("Engineer, Fernhill"), p("Built A."))))
    assert texts(source) == ["Engineer, Fernhill\t2019 – 2021", "Built A."]


def test_the_sides_of_a_page_are_read_one_after_the_other() -> None:
    source = read(
        table(
            cell(p("Skills"), p("Go")) + cell(p("Experience"), p("Engineer, Fernhill")),
            cell(p("Languages"), p("Irish")) + cell(p("Built A.")),
        )
    )
    assert texts(source) == [
        "Skills",
        "Go",
        "Languages",
        "Irish",
        "Experience",
        "Engineer, Fernhill",
        "Built A.",
    ]
    assert source.layout == "two columns"


def test_a_label_in_a_cell_is_no_part_of_its_list() -> None:
    assert texts(read(table(cell(p("Backend")) + cell(p("Go, SQL"))))) == ["| Backend | Go, SQL |"]


def test_a_form_gives_entries_without_its_labels() -> None:
    rows = [
        ("Name", "Ada Byrne"),
        ("Email", "ada@kelp.example"),
        ("Dates", "2019 – 2021"),
        ("Position held", "Engineer"),
        ("Employer", "Fernhill"),
        ("Main activities and responsibilities", "Built A."),
        ("Dates", "2017 – 2019"),
        ("Position held", "Intern"),
        ("Employer", "Kelp Ltd"),
    ]
    source = read(p("Curriculum vitae") + table(*(cell(p(label)) + cell(p(value)) for label, value in rows)))
    assert texts(source) == [
        "Ada Byrne", "Curriculum vitae", "ada@kelp.example", "Engineer\tFernhill\t2019 – 2021", "Built A.",
        "Intern\tKelp Ltd\t2017 – 2019",
    ]  # fmt: skip


def test_content_controls_are_read_and_their_prompts_are_not() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{p('Experience')}</w:sdtContent></w:sdt>"
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{p('Click to enter text')}</w:sdtContent></w:sdt>"
    )
    assert texts(read(body)) == ["Experience"]


def test_contacts_of_header_and_footer_stand_at_the_top_once() -> None:
    document = new()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Ada Byrne"
    section.footer.paragraphs[0].text = "ada@kelp.example\tPage 1"
    document.add_paragraph("Ada Byrne")
    document.add_paragraph("Engineer")
    assert texts(read_docx(saved(document))) == ["ada@kelp.example", "Ada Byrne", "Engineer"]


def test_contacts_in_a_list_above_the_first_section_are_lines() -> None:
    document = new()
    document.add_paragraph("Ada Byrne")
    for text in ("Cork", "ada@kelp.example"):
        document.add_paragraph(text, style="List Bullet")
    document.add_heading("Experience", level=1)
    document.add_paragraph("Built A.", style="List Bullet")
    assert [line.bullet for line in read_docx(saved(document)).lines] == [False, False, False, False, True]


def test_a_footnote_stays_with_its_paragraph() -> None:
    note = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator" w:id="0"/>'
        f'<w:footnote w:id="2">{p("By the audit of 2021.")}</w:footnote></w:footnotes>'
    )
    relation = (
        '<Relationships><Relationship Id="f" Type="x/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    body = '<w:p><w:r><w:t>Saved 9 %.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>' + p("Rested.")
    data = bare(body, {"word/footnotes.xml": note, "word/_rels/document.xml.rels": relation})
    assert texts(read_docx(data)) == ["Saved 9 %.", "By the audit of 2021.", "Rested."]


def test_macros_are_said_and_not_run() -> None:
    source = read_docx(bare(p("Built A."), {"word/vbaProject.bin": b"\x00"}))
    assert texts(source) == ["Built A."]
    assert "macros" in source.warnings[0]


BOMB = {"word/document.xml": b" " * 31_000_000}
ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>'
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04", "damaged"),
        (zipped({"a.txt": "x"}), "no text"),
        (bare("", BOMB), "unpacks to far more"),
        (zipped({f"word/{index}": "" for index in range(2_001)}), "far more parts"),
        (bare("", {"word/document.xml": ENTITY}), "damaged"),
        (bare("", {"word/document.xml": LAUGHS}), "damaged"),
        (bare("", {"word/document.xml": "<w:document>"}), "damaged"),
        (bare("<w:p/>"), "no text"),
        (bare("<w:tbl>" * 300), "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, says: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_docx(data)
    assert says in str(refused.value)


def test_tables_in_tables_end_before_the_stack_does() -> None:
    body = p("Deep.")
    for _ in range(60):
        body = table(cell(body))
    assert texts(read(body)) == ["Deep."]
