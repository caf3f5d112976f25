"""A draft in, a file out: an e-mail that opens as a draft (.eml), a letter (.docx, .pdf), or text (.md); a
tailored résumé as .pdf, .docx, .md, .txt or JSON Resume.

What goes in is a subject and a body as a person last saw them, so an edited draft is exported as edited. No
id, mark or score of ours reaches a file, and no recipient is invented. How it was made is a file of its own,
the receipt (`receipt_json`, `receipt_html`); `bundle` puts several files into one. Kept
evidence and saved drafts leave as tables and as JSON.
"""

from exports.eml import to_eml
from exports.evidence import KeptItem, KeptPaper, to_csv, to_json_resume
from exports.files import bundle, export, export_resume, file_name
from exports.fonts import missing as missing_letters
from exports.history import Version, Whole
from exports.history import to_csv as history_csv
from exports.history import to_json as history_json
from exports.letter import to_docx
from exports.markdown import to_markdown
from exports.receipt import facts
from exports.receipt import to_html as receipt_html
from exports.receipt import to_json as receipt_json
from exports.resume import name_of, parts_of
from exports.resume_text import resume_text
from exports.text import to_text
from exports.typesetting import pages_of

__all__ = [
    "KeptItem",
    "KeptPaper",
    "Version",
    "Whole",
    "bundle",
    "export",
    "export_resume",
    "facts",
    "file_name",
    "history_csv",
    "history_json",
    "missing_letters",
    "name_of",
    "pages_of",
    "parts_of",
    "receipt_html",
    "receipt_json",
    "resume_text",
    "to_csv",
    "to_docx",
    "to_eml",
    "to_json_resume",
    "to_markdown",
    "to_text",
]
