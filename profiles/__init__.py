"""Documents in, evidence out.

A form, a résumé or a portfolio comes in; a `Profile` goes out, whose every item keeps the words of its source
and where they stand. Contacts never become evidence. What cannot be read is a `DocumentError` that says why.
"""

from profiles.document import read_profile
from profiles.form import Form, from_form
from profiles.joining import combine, merge
from profiles.portfolio import Portfolio, read_portfolio
from profiles.sample import sample

__all__ = ["Form", "Portfolio", "combine", "from_form", "merge", "read_portfolio", "read_profile", "sample"]
