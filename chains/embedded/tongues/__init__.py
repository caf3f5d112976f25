"""The embedded writer in German, French and Spanish: the same briefs, the same typed sentences.

Evidence in the draft's language is told by its tables, evidence in another is quoted whole; what the
page asks for
is repeated in its own words or quoted. Nothing is translated freely.
"""

from chains.embedded.tongues.choose import write
from chains.embedded.tongues.deeds import sentences_for

__all__ = ["sentences_for", "write"]
