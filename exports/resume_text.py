"""A tailored résumé as plain text and as Markdown: one column, standard headings, list marks."""

from domain import Resume
from exports.markdown import escaped
from exports.resume import Part, contacts_of, name_of, parts_of
from exports.text import clean_line


def resume_text(resume: Resume) -> str:
    """Plain text as applicants' forms take it."""
    top = [name_of(resume), clean_line(resume.headline), " | ".join(contacts_of(resume))]
    blocks = ["\n".join(filter(None, top))]
    for part in parts_of(resume):
        blocks.append("\n".join([part.heading.upper(), "", *_plain(part)]).rstrip())
    return "\n\n".join(filter(None, blocks)) + "\n"


def _plain(part: Part) -> list[str]:
    if part.is_listed:
        return [*filter(None, [", ".join(part.listed)]), *(f"- {line}" for line in part.unlisted)]
    lines = [part.goal] if part.goal else []
    for head, said in part.entries:
        if head is not None:
            lines += [" | ".join(row) for row in head.rows]
        lines += [line if part.is_prose else f"- {line}" for line in said]
        lines += [""] if head is not None else []
    return lines


def resume_markdown(resume: Resume) -> str:
    """Markdown that any viewer shows as a résumé."""
    blocks = [f"# {escaped(name_of(resume))}", escaped(clean_line(resume.headline))]
    blocks.append(" · ".join(map(escaped, contacts_of(resume))))
    for part in parts_of(resume):
        blocks += [f"## {escaped(part.heading)}", escaped(part.goal)]
        if part.is_listed:
            blocks.append(escaped(", ".join(part.listed)))
            blocks.append("\n".join(f"- {escaped(line)}" for line in part.unlisted))
            continue
        for head, said in part.entries:
            if head is not None:
                first, *others = (escaped(" | ".join(row)) for row in head.rows)
                blocks += [f"### {first}", *others]
            if said:
                mark = "" if part.is_prose else "- "
                blocks.append("\n".join(f"{mark}{escaped(line)}" for line in said))
    return "\n\n".join(filter(None, blocks)) + "\n"
