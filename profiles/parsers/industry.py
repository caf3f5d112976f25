"""Documents led by projects, skills or clients, in columns, under headings of their own making."""

from domain import Profile
from profiles.parsers import ats
from profiles.parsers.contract import parser
from profiles.source import Source


def fits(source: Source) -> float:
    """What is left where a document is not plain."""
    return 0.7 if ats.fits(source) < 1 else 0.5


@parser(
    "industry",
    "Creative or consulting layout",
    "Columns, sidebars, own headings; documents led by projects, skills or clients.",
    fits,
)
def read(source: Source, document: str) -> Profile:
    """Tell each section by its heading or else by what stands under it, then read as usual."""
    return ats.read_lines(source, document, guess=True)
