"""Documents in, evidence out.

A form, a résumé or a portfolio comes in; a `Profile` goes out, whose every item keeps the words of its source
and where they stand. Contacts never become evidence. What cannot be read is a `DocumentError` that says why.
"""

from profiles.document import Progress, read_document, read_profile
from profiles.form import Form, from_form
from profiles.joining import combine, merge
from profiles.parsers import AUTOMATIC, PARSERS, Parser
from profiles.portfolio import Portfolio, read_portfolio
from profiles.sample import sample

__all__ = [
    "AUTOMATIC",
    "PARSERS",
    "Form",
    "Parser",
    "Portfolio",
    "Progress",
    "combine",
    "from_form",
    "merge",
    "read_document",
    "read_portfolio",
    "read_profile",
    "sample",
]
