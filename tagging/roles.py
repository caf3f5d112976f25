"""Names of occupations in a posting: the hire's own title and the colleagues', neither of them a skill asked.

"Platform Engineer" as a title and "with frontend engineers" in a task name people; what a person can answer
with evidence is the field ("experience in platform engineering") and the tool ("Java Developer").
"""

import re
from collections.abc import Sequence

from domain import SkillMention
from tagging import clauses
from tagging.taxonomy import fields

# People who are named after a field. Trades whose name is a qualification (nurse, welder) are left out.
_ONE = (
    r"(?:engineer|developer|designer|scientist|analyst|administrator|tester|architect|manager|consultant"
    r"|researcher|programmer|specialist|entwickler(?:in)?|ingenieur(?:in)?|analyst(?:in)?|designer(?:in)?"
    r"|développeu(?:r|se)|ingénieure?|analyste|desarrollador(?:a)?|ingenier[oa]|analista|diseñador(?:a)?)"
)
_MANY = (
    r"(?:engineers|developers|devs|designers|scientists|analysts|administrators|admins|testers|architects"
    r"|managers|consultants|researchers|programmers|specialists|entwicklern?|entwicklerinnen|ingenieuren?"
    r"|analysten|designern|administratoren|testern|développeu(?:rs|ses)|ingénieure?s|analystes"
    r"|desarrolladores|ingenier[oa]s|analistas|diseñadores)"
)
_BETWEEN = r"(?:(?:software|systems?|research|web|application|platform|product|support|quality)[\s-]+)?"
_NAMES_PERSON = re.compile(rf"(?:^|[\s-]){_ONE}$|(?:^|[\s-]){_MANY}$", re.IGNORECASE)
_THEN_PERSON = re.compile(rf"[\s-]+{_BETWEEN}(?:{_ONE}|{_MANY})\b", re.IGNORECASE)
_THEN_PEOPLE = re.compile(rf"[\s-]+{_BETWEEN}{_MANY}\b", re.IGNORECASE)
# A qualification when asked for, colleagues when one works with them.
_TRADES = re.compile(
    r"(?:^|[\s-])(?:nurses|pharmacists|(?:social|care|support) workers|therapists|physiotherapists"
    r"|psychologists|teachers|accountants|bookkeepers|recruiters|electricians|welders|machinists|plumbers"
    r"|carpenters|chefs|cooks|waiters|bartenders|receptionists|mechanics|technicians|operators|drivers)$",
    re.IGNORECASE,
)
# What is done with or for colleagues, before their name in the same clause.
_BESIDE = re.compile(
    r"\b(?:with|alongside|beside|between|help(?:s|ing)?|support(?:s|ing)?|mentor(?:s|ing)?|coach(?:es|ing)?"
    r"|pair(?:s|ing)?|team of|our|fellow|other|mit|unsere[nr]?|neben|avec|nos|con|nuestros)\b[^.;:]*$",
    re.IGNORECASE,
)
_HIRES = re.compile(
    r"\b(?:looking for|hiring|seek(?:s|ing)?|recruit(?:s|ing)|suchen|recherch\w+|buscamos)\b", re.IGNORECASE
)
# "QA engineer: Cypress", "HR manager with payroll experience" say what the hire is.
_HEADS_LINE = re.compile(rf"(?:[\s-]+{_ONE})?(?:\s*:|\s(?:with|mit|avec|con)\b)", re.IGNORECASE)
_EXPERIENCE_AS = re.compile(
    r"\b(?:experience|erfahrung|expérience|experiencia)\s"
    r"(?:as|als|comme|en tant que|como)\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)


def in_title(named: Sequence[SkillMention]) -> set[int]:
    """Indices of a title's skills that only name the occupation: all but tools, languages, certificates."""
    return {at for at, mention in enumerate(named) if mention.skill in fields()}


def of_people(
    text: str, named: Sequence[SkillMention], spans: tuple[clauses.Span, ...], title: frozenset[str]
) -> set[int]:
    """Indices of skills that are people's names for what they do.

    Args:
        title: The fields that the posting's title names; experience in that very job says nothing new.
    """
    out: set[int] = set()
    for chain in clauses.chains(text, spans):
        before, end = text[: spans[chain[0]][0]], spans[chain[-1]][1]
        beside = _BESIDE.search(before) is not None and _HIRES.search(before) is None
        if beside and _THEN_PEOPLE.match(text, end):
            out.update(chain)
        if beside:
            out.update(at for at in chain if _TRADES.search(named[at].text))
        followed = _THEN_PERSON.match(text, end) is not None
        out.update(
            at
            for at in chain
            if named[at].skill in fields()
            and named[at].category != "personal"
            and (followed or _NAMES_PERSON.search(named[at].text))
            and (named[at].skill in title or not _is_of_hire(text, spans[at]))
        )
    return out


def _is_of_hire(text: str, span: clauses.Span) -> bool:
    before = text[: span[0]]
    if not before.strip(" •*–-"):
        return _HEADS_LINE.match(text, span[1]) is not None
    return _EXPERIENCE_AS.search(before) is not None
