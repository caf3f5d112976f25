"""A draft as Markdown that shows exactly its words."""

import re

from domain import Draft, Posting, Profile
from exports.text import clean_subject, paragraphs, to_text

_ACTIVE = re.compile(r"([\\`*<\[\]]|(?<!\w)_|_(?!\w)|&(?=#?\w+;))")


def to_markdown(draft: Draft, profile: Profile, posting: Posting) -> str:  # noqa: ARG001  # one shape for all forms
    """The draft with its subject as the heading."""
    return page(draft.subject, to_text(draft))


def page(subject: str, body: str) -> str:
    """A page of a subject and a body; marks that Markdown would act on are escaped."""
    parts = [f"# {escaped(clean_subject(subject))}"] if subject.strip() else []
    parts += ["  \n".join(escaped(line) for line in lines) for lines in paragraphs(body)]
    return "\n\n".join(parts) + "\n"


def escaped(line: str) -> str:
    """A line whose marks Markdown does not act on."""
    line = _ACTIVE.sub(r"\\\1", line)
    number = re.match(r"\d{1,9}(?=[.)]\s)", line)
    if number:
        return f"{number[0]}\\{line[number.end() :]}"
    return re.sub(r"^(#{1,6}(?=\s|$)|[>+=-](?=\s|$)|-{3,}|={3,}|~{3,})", r"\\\1", line)
