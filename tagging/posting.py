"""What a posting asks for: the skills of its lines, required or a plus, alternatives together."""

import re
from collections.abc import Iterator, Sequence

from domain import PostingLine, Section, SkillMention
from tagging import clauses, roles
from tagging.dictionary import find_skills

_SILENT = frozenset({Section.ABOUT, Section.BENEFITS, Section.APPLY})
# Headings that tell of the work although their section may tell of the company: "About the role".
_ROLE_HEADING = re.compile(
    r"\b(?:about (?:the|this|your) (?:role|job|position|opportunity|work)|the (?:role|job"
    r"|position)|(?:tech(?:nology)?|our) stack|technologies"
    r"|about you|who you are|what you|your (?:profile|skills|tasks|role|mission|experience)"
    r"|dein profil|ihr profil|profil)\b",
    re.IGNORECASE,
)
_SILENT_HEADING = re.compile(
    r"\b(?:benefits?|perks|what we offer|we offer|our offer|what(?:['’]s| is) in it for you|why "
    r"(?:join|us|work)|about (?:us|our|the (?:company|team))"
    r"|who we are|our (?:values|mission|culture|story)|how to apply|apply now|application process"
    r"|(?:hiring|interview|recruitment) process|bewerbung\w*|unser angebot|wir bieten"
    r"|das bieten wir|was wir bieten|über uns|wer wir sind|avantages|ce que nous (?:vous )?"
    r"(?:offrons|proposons)|nous (?:vous )?offrons|qui sommes|à propos de (?:nous|l)"
    r"|ofrecemos|qué ofrecemos|beneficios|sobre nosotros|quiénes somos|compensation"
    r"|equal opportunit\w+|wat bieden wij|wij bieden|over ons|cosa offriamo|chi siamo|oferujemy"
    r"|nabízíme)\b"
    r"|^\W*(?:meet\s)?(?:the|our|your|das|unser|dein|l['’]|notre|el|nuestro|your future)\s?"
    r"(?:team|équipe|equipo|company|unternehmen|entreprise|empresa)\W*$"
    r"|^\W*(?:team|company|culture|location|salary)\W*$",
    re.IGNORECASE,
)
_NICE_HEADING = re.compile(
    r"\b(?:bonus|nice[- ]to[- ]haves?|nice if|good to have|preferred|desirable|desired|optional"
    r"|extras?|plus(?:es)?|pluspunkte\w*|would be (?:nice|great)|it['’]?s? (?:would be )?"
    r"(?:a )?plus"
    r"|wünschenswert\w*|von vorteil|idealerweise|das wäre|schön wäre|souhait\w+|serait|atouts?"
    r"|appréci\w+|les plus|valorable\w*|se valora\w*|valoraremos|valoramos|deseable\w*|deseado"
    r"|pluspunten"
    r"|gradit\w+|diferencia\w+|desejáve\w+|mile widzian\w+|výhod\w+|advantageous|brownie)\b",
    re.IGNORECASE,
)
_MUST_HEADING = re.compile(r"\b(?:minimum|required|requirements|must|basic|mandatory)\b", re.IGNORECASE)
# Lines about colleagues or gifts, whatever their section: the skill named there is not asked for.
_COLLEAGUES = re.compile(
    r"\b(?:with|alongside|support(?:ing|ed by)?|join|from|by|of|mit|avec|con|beside)\s(?:our|the"
    r"|a team of|unseren?|nos|nuestros|other|fellow|talented|experienced)\s(?:[\w-]+,?\s){0,3}$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\s+(?:and\s)?(?:[\w-]+\s){0,1}?(?:developers|engineers|teams?|experts|colleagues|devs"
    r"|designers|specialists|department|entwickler\w*|kollegen|développeurs|desarrolladores)\b",
    re.IGNORECASE,
)
_HELPERS = re.compile(r"\b(?:our|the|unser[e]?|notre|nuestro)\s$", re.IGNORECASE)
_HELPS = re.compile(
    r"(?:\s[\w-]+)?\s(?:will|can|would)\s(?:support|help|assist|guide|teach)\s(?:you|us)\b", re.IGNORECASE
)
# Skills that are also the names of departments one works with.
_DEPARTMENTS = frozenset(
    {
        "Sales",
        "Marketing",
        "Human resources",
        "Recruiting",
        "Customer success",
        "Product management",
        "Product marketing",
        "Quality assurance",
        "Procurement",
        "Accounting",
        "Data science",
    }
)
_PARTNERS = re.compile(
    r"\b(?:collaborat\w+|partner\w*|work\w*|liais\w+|interfac\w+|coordinat\w+|align\w*)\s(?:[\w-]+\s){0,2}?"
    r"(?:with|between|across|alongside)\b[^.;:]*$",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"^\W*(?:we (?:offer|provide you)|you(?:['’]ll| will)? get\b|perks|free|wir bieten|nous "
    r"(?:vous )?(?:offrons|proposons)|(?:te |le )?ofrecemos|wij bieden|offriamo|oferujemy"
    r"|nabízíme)\b",
    re.IGNORECASE,
)


def tag(lines: Sequence[PostingLine]) -> tuple[SkillMention, ...]:
    """The skills that a posting asks for, in page order; a skill counts once a line.

    A remark in the clause ("a plus", "von Vorteil") decides whether it is required; then the heading and the
    section; then it is required. Lines about the company, its benefits and how to apply ask for nothing, and
    skills that a line rules out are left out. Alternatives share a number in `any_of`; `years` is the least.
    """
    found: list[SkillMention] = []
    groups = 0
    title = frozenset(
        mention.skill for line in lines if line.section is Section.TITLE for mention in find_skills(line.text)
    )
    for line in lines:
        if _is_silent(line):
            continue
        asked = list(_asked(line, groups, title))
        groups += len({mention.any_of for mention in asked} - {None})
        found.extend(asked)
    return tuple(found)


def _is_silent(line: PostingLine) -> bool:
    if line.section is Section.TITLE:
        return False
    if line.heading and _ROLE_HEADING.search(line.heading):
        return line.section in (Section.BENEFITS, Section.APPLY)
    if line.section in _SILENT or _OFFERS.match(line.text):
        return True
    return bool(line.heading) and _SILENT_HEADING.search(line.heading) is not None


def _by_heading(line: PostingLine) -> bool:
    if line.section is Section.NICE:
        return False
    wished = _NICE_HEADING.search(line.heading) is not None
    return not wished or _MUST_HEADING.search(line.heading) is not None


def _asked(line: PostingLine, first_group: int, title: frozenset[str]) -> Iterator[SkillMention]:
    text = line.text
    named = find_skills(text)
    if not named:
        return
    spans = tuple((mention.start, mention.end) for mention in named)
    out = clauses.unwanted(text, spans) | _of_colleagues(text, named, spans)
    out |= (
        roles.in_title(named) if line.section is Section.TITLE else roles.of_people(text, named, spans, title)
    )
    wishes = clauses.wishes(text, spans)
    years = clauses.years(text, spans)
    kept = [at for at in range(len(named)) if at not in out]
    group = _groups(text, named, kept, first_group)
    usual = _by_heading(line)
    seen: set[str] = set()
    for at in kept:
        mention = named[at]
        if mention.skill in seen:
            continue
        seen.add(mention.skill)
        yield mention.model_copy(
            update={
                "line": line.id,
                "required": wishes.get(at, usual),
                "years": years.get(at),
                "any_of": group.get(at),
            }
        )


def _groups(text: str, named: Sequence[SkillMention], kept: Sequence[int], first: int) -> dict[int, int]:
    spans = tuple((named[at].start, named[at].end) for at in kept)
    found = clauses.alternatives(text, spans, [named[at].skill for at in kept])
    return {kept[i]: number for number, indices in enumerate(found, start=first) for i in indices}


def _of_colleagues(text: str, named: Sequence[SkillMention], spans: tuple[clauses.Span, ...]) -> set[int]:
    """Indices of skills that are other people's: "work with our React and Swift developers"."""
    out: set[int] = set()
    for chain in clauses.chains(text, spans):
        before, after = text[: spans[chain[0]][0]], spans[chain[-1]][1]
        helped = _HELPERS.search(before) and _HELPS.match(text, after)
        outside = named[chain[-1]].skill in _DEPARTMENTS and _PARTNERS.search(before)
        if helped or outside or (_COLLEAGUES.search(before) and _PEOPLE.match(text, after)):
            out.update(chain)
    return out
