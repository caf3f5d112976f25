"""A tailored résumé for Word: real headings and lists on one column, no table, no text box."""

import io
from typing import Any

from domain import Resume
from exports.addresses import leads_to, shown
from exports.resume import Head, Part, contacts_of, name_of, parts_of
from exports.text import clean_line, clean_subject

_INK, _MUTED, _ACCENT = "1A1D21", "565C66", "1F4E79"
_TEXT_WIDTH_CM = 17.2


def resume_docx(resume: Resume) -> bytes:
    """The file. Headings are Word's own styles, so that Word's outline and screen readers find them."""
    from docx import Document

    document = Document()
    _page(document)
    _styles(document, resume)
    document.add_paragraph(name_of(resume), style="Title")
    if resume.headline:
        document.add_paragraph(clean_line(resume.headline), style="Subtitle")
    _contacts(document, resume)
    for part in parts_of(resume):
        document.add_paragraph(part.heading, style="Heading 1")
        _part(document, part)
    if resume.right_to_left:
        _turn(document)
    _properties(document, resume)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _part(document: Any, part: Part) -> None:
    if part.is_listed:
        if part.listed:
            document.add_paragraph(", ".join(part.listed))
        for line in part.unlisted:
            document.add_paragraph(line, style="List Bullet")
        return
    if part.goal:
        document.add_paragraph(part.goal)
    for head, lines in part.entries:
        if head is not None:
            _head(document, head)
        for line in lines:
            document.add_paragraph(line, style=None if part.is_prose else "List Bullet")


def _head(document: Any, head: Head) -> None:
    """Title, employer and links, and the dates at the line's other end; a long employer on its own line."""
    from docx.shared import Pt, RGBColor

    first = line = document.add_paragraph(style="Heading 2")
    first.add_run(head.title)
    if len(head.rows) > 1:
        line = document.add_paragraph()
        line.paragraph_format.keep_with_next = True
    if head.organization:
        _barred(line)
        line.add_run(head.organization).bold = False
    for link in head.links:
        _barred(line)
        _link(line, shown(link), link, bold=False)
    if head.period:
        run = first.add_run(f"\t{head.period}")
        run.bold, run.font.size = False, Pt(9.5)
        run.font.color.rgb = RGBColor.from_string(_MUTED)


def _barred(paragraph: Any) -> None:
    """A bar before what comes, where something stands already."""
    if paragraph.text:
        paragraph.add_run("  |  ").bold = False


def _contacts(document: Any, resume: Resume) -> None:
    contacts = contacts_of(resume)
    if not contacts:
        return
    paragraph = document.add_paragraph(style="Contacts")
    leads = {shown(link): link for link in resume.links}
    for index, text in enumerate(contacts):
        if index:
            paragraph.add_run("  |  ")
        if text in leads:
            _link(paragraph, text, leads[text])
        else:
            paragraph.add_run(text)


def _link(paragraph: Any, text: str, url: str, *, bold: bool | None = None) -> None:
    """A link that leads somewhere; one that is no web address stays words."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if not leads_to(url):
        paragraph.add_run(text)
        return
    run = paragraph.add_run(text)
    run.bold = bold
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.remove(run._r)
    link.append(run._r)
    paragraph._p.append(link)


# --- how it looks ------------------------------------------------------------------------------------


def _page(document: Any) -> None:
    from docx.shared import Cm

    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(1.9)
        section.top_margin, section.bottom_margin = Cm(1.6), Cm(1.5)


def _styles(document: Any, resume: Resume) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    styles = document.styles
    _style(styles["Normal"], 10, _INK, after=3)
    _style(styles["Title"], 22, _INK, after=0, bold=True)
    _style(styles["Subtitle"], 11, _ACCENT, after=2)
    _style(styles.add_style("Contacts", WD_STYLE_TYPE.PARAGRAPH), 9.5, _MUTED, after=2)
    _style(styles["Heading 1"], 11, _ACCENT, before=10, after=4, bold=True)
    _style(styles["Heading 2"], 10, _INK, before=6, after=1, bold=True)
    _style(styles["List Bullet"], 10, _INK, after=1.5)
    bullet = styles["List Bullet"].paragraph_format
    bullet.left_indent, bullet.first_line_indent = Cm(0.45), Cm(-0.45)
    _rule(styles["Heading 1"], below=True)
    _rule(styles["Title"], below=False)
    for name in ("Heading 1", "Heading 2"):
        styles[name].paragraph_format.keep_with_next = True
    end = WD_TAB_ALIGNMENT.LEFT if resume.right_to_left else WD_TAB_ALIGNMENT.RIGHT
    styles["Heading 2"].paragraph_format.tab_stops.add_tab_stop(Cm(_TEXT_WIDTH_CM), end)


def _style(
    style: Any, size: float, colour: str, *, before: float = 0, after: float, bold: bool = False
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold, style.font.italic = "Calibri", Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):  # Word takes a theme's font before the one that is named
        if attribute.endswith("Theme"):
            del fonts.attrib[attribute]
    for script in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), "Calibri")
    format_ = style.paragraph_format
    format_.space_before, format_.space_after, format_.line_spacing = Pt(before), Pt(after), 1.08


def _rule(style: Any, *, below: bool) -> None:
    """A thin line under a heading; the one that Word's own style may have goes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    if not below:
        return
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "8FA7BC")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _turn(document: Any) -> None:
    """Paragraphs and letters from right to left."""
    from docx.oxml import OxmlElement

    for paragraph in document.paragraphs:
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(
            OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr"
        )
        for run in paragraph.runs:
            run.font.rtl = True


def _properties(document: Any, resume: Resume) -> None:
    """The file's properties say whose it is, and nothing about the machine or the program."""
    properties = document.core_properties
    properties.author = properties.title = clean_subject(name_of(resume))
    properties.last_modified_by = properties.comments = properties.keywords = properties.category = ""
    properties.language = resume.language
    properties.revision = 1
