"""Parsers of résumés by layout, behind one contract: the lines of a document in, a profile out.

`choose` takes the parser that fits a document best; a person may name another. A further parser is one more
file here that registers itself with `@parser`.
"""

from profiles.parsers import ats, industry  # noqa: F401  # they register themselves
from profiles.parsers.contract import AUTOMATIC, PARSERS, Parser, choose

__all__ = ["AUTOMATIC", "PARSERS", "Parser", "choose"]
