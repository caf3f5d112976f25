"""One opening on a page without job data: its title, its place, and the text that describes it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from urllib.parse import urlsplit

from domain import Section
from language.job_words import could_be_title, is_department, is_job_title, is_marked, is_type
from language.places import looks_like_place, place_in
from scraping.advert import Advert
from scraping.headings import section_of
from scraping.names import company_of, is_generic, strip_prefix, title_parts
from scraping.page import Page
from scraping.visible import Block

_FEWEST_WORDS = 25
_FARTHEST_PLACE = 8
_LONGEST_ADDITION = 60
_MOST_TITLE_PARTS = 50
_PARTS = frozenset((Section.MUST, Section.TASKS, Section.NICE, Section.BENEFITS, Section.APPLY))
_APPLY = re.compile(
    r"\bappl(?:y|ication)\b|\bbewerb|\bpostule|\bcandidat|\binscr[ií]b|\bsollicit|\baplikuj|\bpřihlás|\bodpovědět\b|\bansök",
    re.IGNORECASE,
)
_APPLIES = re.compile(r"^(?:apply|application|bewerben|bewerbung|postuler|solicitar)\b", re.IGNORECASE)
_SEND = re.compile(
    r"\bcv\b|\bcurr[ií]cul|\blebenslauf|\bživotopis|\bbewerbungsunterlagen|\br[eé]sum[eé]\b|[\w.+-]@[\w-]{1,80}\.\w",
    re.IGNORECASE,
)
_AFTERWORDS = re.compile(
    r"^(?:(?:similar|related|other|more|recommended|further|latest) (?:jobs|positions|openings|roles"
    r"|vacancies|opportunities)|share(?: this)?"
    r"|you (?:may|might) also|apply for this (?:job|position)|submit your application|back to|ähnliche"
    r"|weitere (?:stellen|jobs|angebote)|podobn|offres similaires|(?:nos )?autres (?:offres|postes)"
    r"|(?:también|tal vez|quizás) te (?:puede|pueda) interesar|otras (?:ofertas|vacantes)|altres ofertes"
    r"|(?:altre|ulteriori) (?:offerte|posizioni)|andere vacatures|vergelijkbare|outras vagas"
    r"|inne oferty|(?:další|jiné) (?:nabídky|pozice)|liknande|fler(?:e)? (?:jobb|stillinger)|lignende"
    r"|関連する求人|その他の求人)",
    re.IGNORECASE,
)
PLACE_LABEL = re.compile(
    r"^(?:job |work )?(?:locations?|where|place|city|office|standort|arbeitsort|einsatzort|dienstort|ort|site"
    r"|lieu(?: de travail| d.affectation)?|localisation"
    r"|ubicaci[óo]n|lugar|ciudad|ubicació|lloc de treball|locatie|plaats|standplaats|vestiging"
    r"|sede(?: di lavoro)?|luogo|zona|local(?:idade)?|cidade|lokalizacja|miejsce pracy|miasto"
    r"|místo(?: výkonu)?(?: práce)?|lokalita|plats|arbejdssted|勤務地|所在地)\s*[:：]?\s*(?P<place>.{0,80})$",
    re.IGNORECASE,
)
TITLE_LABEL = re.compile(
    r"(?:job title|position(?: title)?|title|role|post(?: title)?"
    r"|(?:název )?pracovní(?:ho)? (?:pozice|místa?)|stellenbezeichnung|stelle|poste|intitulé du poste|puesto"
    r"|cargo|functie(?:titel)?|posizione|ruolo|stanowisko|název pozice|pozice|募集職種|職種|ポジション)"
    r"\s*[:：]?",
    re.IGNORECASE,
)
_LABELLED_TITLE = re.compile(
    rf"^{TITLE_LABEL.pattern.removesuffix('?')}\s*(?P<title>.{{3,120}})$", re.IGNORECASE
)
_BAR = re.compile(r"\s+[|–—·-]\s+|\s*[|｜]\s*")
_WHEN = re.compile(r"\b(?:ab sofort|asap|immediately|sofort|posted|closing|€|eur|£|\\$)", re.IGNORECASE)
# The facts with which a paragraph begins: "Full-time · Porto. You bake bread …"
_LEAD = re.compile(r"[^.!?]{3,40}(?: [·•|] [^.!?·•|]{2,40}){1,3}(?=[.!?] )")
FACT_BREAK = re.compile(r"\s*[·•|]\s*|\s+[–—-]\s+|\s{2,}")
PLACE_CLASS = re.compile(
    r"(?:^|[-_ .])(?:job-?)?(?:loc|locations?|place|city|ort|standort|arbeitsort|lieu|ville|localisation"
    r"|ubicacio\w*|localidad\w*|poblacion|lugar|ciudad|sede|luogo|citta|local|cidade|miejsce|lokalizacja|miasto"
    r"|lokalita|misto|locatie|plaats|standplaats|plats|workplace|locality)(?:$|[-_ \d])",
    re.IGNORECASE,
)
_COMPANY_LABEL = re.compile(
    r"^(?:company|employer|organi[sz]ation|firma|unternehmen|arbeitgeber|entreprise|empresa|bedrijf|azienda|společnost|pracodawca)\s*:?$",
    re.I,
)
EMPLOYER_CLASS = re.compile(
    r"compan|employer|firma|empres|arbeitgeber|entrepr|organi[sz]ation|recruiter|\bemp\b|werkgever|azienda"
    r"|zamestnavatel|pracodawca|arbetsgivare",
    re.I,
)
_EMPLOYMENT = re.compile(
    r"^(?:job type:\s*)?(?P<kind>full[- ]?time|part[- ]?time|contract|internship|temporary|vollzeit"
    r"|teilzeit|plný úvazek)\b",
    re.I,
)


@dataclass(frozen=True)
class Single:
    """An opening, and whether the page as a whole is about it rather than one among others."""

    advert: Advert
    whole_page: bool
    has_parts: bool = False


def posting_on(page: Page) -> Single | None:
    """The one opening that a page describes; None where it describes none, or several."""
    blocks = [block for block in page.seen.blocks if not block.is_furniture]
    named = _title(page, blocks)
    if named is None:
        return None
    index, title, whole = named
    body = _body(blocks[index + 1 :])
    if not _describes_work(body, title, page, headed=index >= 0):
        return None
    near = [*blocks[max(0, index - 3) : index], *blocks[index + 1 : index + 1 + _FARTHEST_PLACE]]
    if index >= 0 and len(blocks[index].parts) > 1:
        near = [blocks[index], *near]
    advert = Advert(
        title=title,
        blocks=tuple(body),
        company=_company_named(near)
        or company_of(page, title)
        or _labelled_company(blocks)
        or _company_beside(near),
        company_source="published",
        location=_place(near) or _labelled_place(blocks),
        url=page.url,
        employment_type=next((m["kind"] for b in near if (m := _EMPLOYMENT.match(b.text))), ""),
        language=page.language,
    )
    return Single(advert, whole, len(_parts_of(body) - {Section.APPLY}) >= 1)


def _title(page: Page, blocks: Sequence[Block]) -> tuple[int, str, bool] | None:
    """Where the title stands, the title, and whether the page's own title names it."""
    parts = {part.casefold(): part for part in islice(title_parts(page), _MOST_TITLE_PARTS)}
    headings = [
        (index, block)
        for index, block in enumerate(blocks)
        if (block.level or block.bold) and len(block.text) <= 160 and not _leads_home(block, page)
    ]
    heads = [(index, strip_prefix(block.text).strip(" :")) for index, block in headings]
    pieces = [(index, part.strip(" :")) for index, block in headings for part in block.parts]
    exact = [(index, text) for index, text in (*heads, *pieces) if text.casefold() in parts]
    exact += [
        (index, text)
        for index, text in heads
        if blocks[index].level == 1 and len(text.split()) > 1 and could_be_title(text) and _is_specific(text)
        if any(key.startswith(f"{text.casefold()} ") for key in parts)
    ]
    exact.sort(key=lambda head: (not is_job_title(head[1]), _APPLIES.match(blocks[head[0]].text) is not None))
    first = [(index, text) for index, text in heads if blocks[index].level in (1, 2) and is_job_title(text)]
    only = first[0] if len({text.casefold() for _, text in first}) == 1 else None
    for index, text in exact:
        if not _is_specific(text) or (_names_the_site(text, page) and not is_marked(text)):
            continue
        if is_job_title(text):
            return index, text, True
        if blocks[index].level == 1:
            # A slogan over the title, or the title itself in words that we do not know.
            return (*only, False) if only is not None and only[0] > index else (index, text, True)
    jobs = [(key, part) for key, part in parts.items() if is_job_title(part)]
    for index, text in heads:
        part = next((part for key, part in jobs if key in text.casefold()), "")
        if part:
            longer = text.casefold().startswith(part.casefold()) and is_job_title(text)
            fits = blocks[index].level and len(text) <= len(part) + _LONGEST_ADDITION
            return index, text if longer and fits else part, True
    if only is not None:
        return (*only, blocks[only[0]].level == 1)
    marked = [(index, text) for index, text in heads if is_marked(text)]
    if len({text.casefold() for _, text in marked}) == 1:
        return (*marked[0], False)
    part = next((p for p in parts.values() if is_job_title(p)), "")
    if part and (is_marked(part) or len(part.split()) >= 2):
        return -1, part, True
    return _labelled_title(blocks) or _headed_title(page, blocks) or _title_over_parts(page, blocks)


def _headed_title(page: Page, blocks: Sequence[Block]) -> tuple[int, str, bool] | None:
    """The first heading of a text that has the parts of a posting, whatever words it is made of."""
    for index, block in enumerate(blocks):
        if block.level in (1, 2, 3) and _is_specific(block.text) and not _names_the_site(block.text, page):
            parts = _parts_of(blocks[index + 1 :])
            several = len(parts - {Section.APPLY}) >= 2 or could_be_title(block.text)
            asks = Section.MUST in parts and several
            return (index, block.text, False) if asks and len(block.text) <= 120 else None
    return None


def _title_over_parts(page: Page, blocks: Sequence[Block]) -> tuple[int, str, bool] | None:
    """The last job that is named above the first part of a posting, on a page without headings."""
    if not page.is_about_one_opening:
        return None
    part = next((i for i, b in enumerate(blocks) if section_of(b.text) in _PARTS and b.text.endswith(":")), 0)
    named = [i for i in range(part) if len(blocks[i].text) <= 120 and is_job_title(blocks[i].text)]
    return (named[-1], blocks[named[-1]].text, False) if named else None


def _names_the_site(text: str, page: Page) -> bool:
    """Whether a heading is the name of the company, as the page's address or the site's name spells it."""
    name = re.sub(r"\W+", "", text).casefold()
    site = re.sub(r"\W+", "", page.meta("og:site_name")).casefold()
    if len(name) > 3 and (name == site or name in page.host.replace("-", "").replace(".", "")):
        return True
    # "Join our team | Arkway": beside what any careers page calls itself stands its owner.
    parts = [part.strip() for part in _BAR.split(page.title)]
    others = [part for part in parts if part.casefold() != text.casefold()]
    return 0 < len(others) < len(parts) and all(is_generic(part) for part in others)


def _leads_home(block: Block, page: Page) -> bool:
    """Whether a heading is the site's own name, linked to its start."""
    return bool(block.href) and urlsplit(page.absolute(block.href)).path in ("", "/")


def _labelled_title(blocks: Sequence[Block]) -> tuple[int, str, bool] | None:
    """A line such as "Job title: Cook" near the top, in pages and fragments that have no heading for it.

    The label may stand beside the title, in an element of its own; on a page of several, it names none.
    """
    for index, block in enumerate(blocks[:20]):
        match = _LABELLED_TITLE.match(block.text)
        if match is not None and is_job_title(match["title"]):
            return index, match["title"].strip(), True
    labels = [index for index, block in enumerate(blocks[:-1]) if TITLE_LABEL.fullmatch(block.text)]
    if len(labels) == 1 and labels[0] < 20:
        title = blocks[labels[0] + 1].text
        if len(title) <= 120 and is_job_title(title):
            return labels[0] + 1, title, True
    return None


def _is_specific(text: str) -> bool:
    return not is_generic(text) and (section_of(text) is None or is_job_title(text))


def _body(blocks: Sequence[Block]) -> list[Block]:
    """The description: from below the title to the form, the footer or the next jobs."""
    body: list[Block] = []
    for block in blocks:
        heads = block.level or block.bold or (block.text.endswith(":") and len(block.text.split()) <= 6)
        if heads and _AFTERWORDS.match(block.text):
            break
        if block.regions & {"form", "aside"} or block.tag in ("button", "label"):
            continue
        if block.href and len(block.text.split()) <= 4:
            continue
        body.append(block)
    return body


def _describes_work(body: Sequence[Block], title: str, page: Page, *, headed: bool) -> bool:
    """Whether a text under a title is a posting: parts that postings have, and a way to apply."""
    words = sum(len(block.text.split()) for block in body)
    parts = _parts_of(body)
    applies = any(_APPLY.search(text) for text in _short_texts(page)) or any(
        _SEND.search(block.text) for block in body
    )
    if words < _FEWEST_WORDS:
        return False
    if headed and (is_marked(title) or is_job_title(title)):
        return bool(parts) or applies
    if headed and could_be_title(title) and Section.MUST in parts:
        return applies
    if headed and could_be_title(title) and _is_specific(title) and _listed_parts(body) > 1:
        return applies
    return len(parts - {Section.APPLY}) >= 2 and (applies or Section.APPLY in parts)


def _listed_parts(body: Sequence[Block]) -> int:
    """How many headings stand over lists: the shape of a posting, whatever its headings say."""
    heads = (block.level or block.bold or block.text.endswith(":") for block in body)
    return sum(bool(head) and following.tag == "li" for head, following in zip(heads, body[1:], strict=False))


def _parts_of(body: Sequence[Block]) -> set[Section | None]:
    """Which parts of a posting the headings of a text open."""
    heads = (
        b.text
        for b in body
        if (b.level or b.bold or b.tag in ("dt", "th") or b.text.endswith(":")) and len(b.text) < 100
    )
    return {section_of(head) for head in heads} & _PARTS


def _short_texts(page: Page) -> Iterator[str]:
    yield from (link.text for link in page.seen.links if len(link.text) <= 60)
    yield from (block.text for block in page.seen.blocks if block.tag == "button" and len(block.text) <= 60)


def _place(near: Sequence[Block]) -> str:
    for index, block in enumerate(near):
        label = PLACE_LABEL.match(block.text)
        if label is not None and len(block.text) <= 100 and _is_label(label):
            return label["place"].strip() or (near[index + 1].text if index + 1 < len(near) else "")
    found: list[str] = []
    for block in near:
        place = "" if block.level and len(block.parts) < 2 else place_of(block, guess=not block.level)
        if place:
            found.append(place)
        elif found:
            break
    return "; ".join(dict.fromkeys(found))


def place_of(block: Block, *, guess: bool = False) -> str:
    """The place that a short line names, alone or among other facts: "Berlin · Full-time".

    With `guess`, an unknown name counts where everything beside it is of another kind.
    """
    lead = _LEAD.match(block.text)
    if lead is not None:
        block = Block(text=lead[0], tag=block.tag, parts=(lead[0],), hints=("",))
    if len(block.text) > 120 * min(2, len(block.parts)) or len(block.text.split()) > 14 * len(block.parts):
        return ""
    if PLACE_CLASS.search(block.own_path) and len(block.text) <= 80:
        return _unlabelled(block.text)
    for part, hint in zip(block.parts, block.hints, strict=False):
        if PLACE_CLASS.search(hint) and len(part) <= 80 and len(block.parts) > 1:
            return _unlabelled(part)
    facts = [_typed(fact) for part in block.parts for fact in FACT_BREAK.split(part) if fact]
    whole = place_in([block.text]) if not is_job_title(block.text) else ""
    if whole and not any(is_type(fact) or is_job_title(fact) for fact in facts):
        return whole
    named = [place_in([fact]) for fact in facts if not is_job_title(fact)]
    if not any(named):
        return _unknown_place(facts) if guess and len(facts) > 1 else ""
    return "; ".join(dict.fromkeys(name for name in named if name))


def _typed(fact: str) -> str:
    """The place in "Full-time, Porto"; any other fact as it is."""
    kind, _, rest = fact.partition(", ")
    return rest if rest and is_type(kind) and looks_like_place(rest) else fact


def _is_label(label: "re.Match[str]") -> bool:
    """Whether a match of `PLACE_LABEL` is one, and no sentence that begins with such a word: "City Hall"."""
    before = label[0][: label.start("place") - label.start()].rstrip()
    return not label["place"].strip() or before.endswith((":", "："))


def _unknown_place(facts: Sequence[str]) -> str:
    """The one name among facts that are all of other kinds: "Treuchtlingen · part-time · from now on"."""
    others = [f for f in facts if is_type(f) or any(c.isdigit() for c in f) or _WHEN.search(f)]
    left = [fact for fact in facts if fact not in others]
    name = left[0] if others and len(left) == 1 else ""
    likely = (
        name[:1].isupper() and len(name.split()) <= 3 and not is_department(name) and not is_job_title(name)
    )
    return name if likely and section_of(name) is None and not is_generic(name) else ""


def _unlabelled(text: str) -> str:
    label = PLACE_LABEL.match(text)
    return (
        label["place"].strip() if label is not None and label["place"].strip(" :") and ":" in text else text
    )


def _labelled_place(blocks: Sequence[Block]) -> str:
    """What follows "Location:", on the same line or the next; the label of a table needs no colon."""
    for index, block in enumerate(blocks):
        marked = block.bold or block.tag in ("dt", "th", "label") or "label" in block.own_path
        label = PLACE_LABEL.match(block.text) if ":" in block.text or marked else None
        following = blocks[index + 1].text if index + 1 < len(blocks) else ""
        if label is not None and _is_label(label) and (label["place"].strip() or len(following) <= 80):
            return label["place"].strip() or following
    return ""


def _labelled_company(blocks: Sequence[Block]) -> str:
    for index, block in enumerate(blocks[:-1]):
        if _COMPANY_LABEL.match(block.text) and len(blocks[index + 1].text) <= 80:
            return blocks[index + 1].text
    return ""


def _company_named(near: Sequence[Block]) -> str:
    """The employer that a portal names near the title, in an element of that class."""
    for block in near:
        own = EMPLOYER_CLASS.search(block.own_path) is not None
        if own and 1 < len(block.text) <= 60 and not block.text.endswith((":", ".", "!", "?")):
            return block.text if not is_job_title(block.text) and not place_in([block.text]) else ""
    return ""


def _company_beside(near: Sequence[Block]) -> str:
    """The name that stands before a place in one line near the title: "Arkway · Porto"."""
    for block in near:
        for name, place in pairwise(block.parts if len(block.text) <= 120 else ()):
            named = name[:1].isupper() and len(name.split()) <= 6 and not name.endswith((":", "."))
            if (
                named
                and place_in([place])
                and not (place_in([name]) or is_job_title(name) or _EMPLOYMENT.match(name))
            ):
                return name
    return ""
