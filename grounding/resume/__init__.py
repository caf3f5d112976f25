"""The checks of a tailored résumé: its lines leave out the speaker, so each is held against its source.

A line is its source with a few allowed differences, or it is refused; a head is the fields of one record; a
heading is a standard one; the goal names the opening in the page's words. One check a file, each found
through `registry.line_check`.
"""

from grounding.resume.gate import ResumeGate

__all__ = ["ResumeGate"]
