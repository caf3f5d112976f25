"""Job lists that a page carries as JSON for its scripts: data attributes, state objects, streamed chunks."""

import heapq
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from language.job_words import is_job_title
from scraping.advert import Advert
from scraping.board import text_of
from scraping.javascript import NotALiteral, parse_assigned
from scraping.names import company_of
from scraping.page import Page
from scraping.serialised import island, unpacked
from scraping.structured import description

_MOST_VALUES = 100_000
_LONG_TEXT = 100
_MOST_SOURCES = 60
_LONGEST_SOURCE = 3_000_000
_STREAMED = re.compile(r'self\.__next_f\.push\(\[\s*1\s*,\s*("(?:[^"\\]|\\.)*")\s*\]\)')
_ENQUEUED = re.compile(r'\.streamController\.enqueue\(\s*("(?:[^"\\]|\\.)*")\s*\)')
# Each begins with a letter of its own, so that long scripts are passed over quickly; the last is SvelteKit's.
_ASSIGNMENTS = (
    re.compile(r"=\s*+(?=[\[{]\s*+[\[{\"'\]}\w$]|\(?function\()"),
    re.compile(r"JSON\.parse\(\s*+(?=[\"'])"),
    re.compile(r"data:\s*+(?=\[(?:null,)*\{type:)"),
)
_NAME = re.compile(r"[\w.$\[\]'\"]{2,}\s*$")
_TITLE = (
    "title",
    "jobTitle",
    "JobTitle",
    "job_title",
    "positionTitle",
    "name",
    "jobOpeningName",
    "text",
    "Title",
    "position_name",
    "positionName",
    "position",
    "jobName",
    "intitule",
    "titre",
    "titel",
    "bezeichnung",
    "stellenbezeichnung",
    "titulo",
    "puesto",
    "cargo",
    "titolo",
    "stanowisko",
    "nazev",
    "pozice",
    "functie",
)
_PLACE = (
    "location",
    "LocationName",
    "locationName",
    "locations",
    "city",
    "cityState",
    "cityStateCountry",
    "office",
    "Location",
    "location_display",
    "ville",
    "lieu",
    "ort",
    "standort",
    "ciudad",
    "ubicacion",
    "citta",
    "sede",
    "miasto",
    "lokalita",
    "misto",
    "plaats",
    "cidade",
    "place",
    "job_location",
    "local",
    "localidade",
    "localizacao",
    "localidad",
    "lokalizacja",
    "arbeitsort",
)
_PLACE_PART = re.compile(r"location|workplace|^loc$|^address$|city", re.IGNORECASE)
_PLACE_NAME = (
    "name",
    "label",
    "displayName",
    "formattedAddress",
    "fullLocation",
    "cityName",
    "city",
    "addressLocality",
    "locality",
    "text",
)
_PLACE_PARTS = ("region", "state", "stateShortName", "addressRegion")
_TEXT = (
    "description",
    "descriptionHtml",
    "jobDescription",
    "content",
    "body",
    "Description",
    "descriptionText",
    "descriptionPlain",
    "job_description",
    "descriptionTeaser",
    "details",
    "beschreibung",
    "descriptif",
    "descripcion",
    "descrizione",
    "opis",
    "popis",
    "descricao",
    "descr",
)
_TEAM = (
    "department",
    "team",
    "HiringDepartment",
    "category",
    "Department",
    "area",
    "departamento",
    "bereich",
)
_COMPANY = (
    "company",
    "companyName",
    "company_name",
    "employer",
    "hiringOrganization",
    "organization",
    "empresa",
)
_FLAGS = ("filled", "is_filled", "closed", "is_closed", "expired", "is_expired", "archived", "draft")
_GONE = re.compile(r"closed|draft|expired|archived|filled|unpublished|inactive|internal", re.IGNORECASE)
_TYPE = (
    "employmentType",
    "type",
    "commitment",
    "employment_type",
    "jobType",
    "EmploymentType",
    "schedule",
    "contrat",
    "vertragsart",
    "jornada",
    "contratto",
    "umowa",
    "uvazek",
    "contract",
    "tipo",
)
_URL = ("absolute_url", "url", "jobUrl", "hostedUrl", "applyUrl", "link", "href", "path")
_DAY = (
    "publishedAt",
    "datePosted",
    "postedDate",
    "PublishedDate",
    "createdAt",
    "published_at",
    "date",
    "publicadaEm",
)
_TELLING_PART = re.compile(
    r"location|workplace|jobreq|requisition|jobposting|jobtype|employment|vacanc|stellen|contrat|department|^team$|^loc$",
    re.IGNORECASE,
)
_WRAPPED = ("node", "attributes", "fields", "data", "content", "properties", "acf", "job", "frontmatter")
_ID = re.compile(r"\d|^\w+:")
_COUNTING = {*_TEXT, *_URL, "id", "uuid", "slug", "_id"}
_TELLING = {*_PLACE, *_TEAM, *_TYPE, "jobId", "JobId", "requisitionId", "reqId", "salary", "employmentTypes"}


def embedded_jobs(page: Page) -> list[Advert]:
    """The openings of the largest list of job-like objects in the page's scripts and data attributes."""
    return _adverts(_largest(_sources(page), _is_job), page)


def embedded_posting(page: Page) -> Advert | None:
    """The one opening that the page's scripts describe at length; None where there are several or none."""
    found: dict[str, dict[str, Any]] = {}
    for source in _sources(page):
        for item in _objects(source):
            if _is_job(item) and len(_text(item)) >= _LONG_TEXT:
                found.setdefault(_first(item, _TITLE).casefold(), item)
    named = [item for title, item in found.items() if title in page.title.casefold()]
    one = named if len(named) == 1 else list(found.values())
    return _adverts(one, page)[0] if len(one) == 1 else None


def jobs_in(value: Any, page: Page) -> list[Advert]:
    """The openings of the largest list of job-like objects in a JSON answer, or the one that it describes.

    In an answer of its own a title with a text will do; `page` is where it came from.
    """
    best = _largest([value], lambda item: _is_job(item) or _is_titled_text(item))
    if not best and isinstance(value, dict) and (_is_job(value) or _is_titled_text(value)):
        best = [value]
    return _adverts(best, page)


def _largest(sources: Iterable[Any], is_job: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
    best: list[dict[str, Any]] = []
    for source in sources:
        for found in _lists(source, is_job):
            if len(found) > len(best):
                best = found
    return best


def _text(job: dict[str, Any]) -> str:
    """An opening's text, which may stand one object further in."""
    if text := _first(job, _TEXT):
        return text
    inner = (value for value in job.values() if isinstance(value, dict))
    return next((text for value in inner if (text := _first(value, _TEXT))), "")


def _adverts(best: list[dict[str, Any]], page: Page) -> list[Advert]:
    company = company_of(page, "", [_text(job) for job in best[:20]]) if best else ""
    return [_advert(job, page, company) for job in best]


def _sources(page: Page) -> Iterator[Any]:
    for node in page.tree.css("[data-page], [data-props], [data-jobs], [data-state]")[:_MOST_SOURCES]:
        for name in ("data-page", "data-props", "data-jobs", "data-state"):
            yield from _decoded(node.attributes.get(name) or "")
    for node in page.tree.css("astro-island[props]")[:_MOST_SOURCES]:
        yield from map(island, _decoded(node.attributes.get("props") or ""))
    for node in page.tree.css('script[type="application/json"], script#__NEXT_DATA__')[:_MOST_SOURCES]:
        yield from _decoded(node.text(deep=True))
    yield from _streamed(page.scripts)
    yield from _assigned(page.scripts, literals=not page.has_placeholders)


def _decoded(text: str) -> Iterator[Any]:
    text = text.strip()
    if "&q;" in text[:2_000]:  # Angular's own escapes for state that it hands to the browser
        for escape, plain in (("&q;", '"'), ("&s;", "'"), ("&l;", "<"), ("&g;", ">"), ("&a;", "&")):
            text = text.replace(escape, plain)
    if text.startswith(("{", "[")) and len(text) < _LONGEST_SOURCE:
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            return
        packed = unpacked(value)
        yield value if packed is None else packed


def _streamed(scripts: str) -> Iterator[Any]:
    """The chunks that Next.js and React Router stream: strings joined, one `id:JSON` or JSON a line."""
    for pattern in (_STREAMED, _ENQUEUED):
        chunks = []
        for match in pattern.finditer(scripts):
            try:
                chunks.append(json.loads(match[1], strict=False))
            except ValueError:
                continue
        for line in "".join(chunks).split("\n"):
            yield from _decoded(line if pattern is _ENQUEUED else line.partition(":")[2])


def _assigned(scripts: str, *, literals: bool) -> Iterator[Any]:
    """JSON objects that scripts assign to a name, and literals of JavaScript where asked for.

    What a page with unfilled templates holds for its own program is not published as it stands: drafts and
    closed openings are among it, and only the program knows which.
    """
    end = 0
    found = heapq.merge(*(p.finditer(scripts) for p in _ASSIGNMENTS), key=lambda match: match.start())
    named = (m for m in found if m[0][0] != "=" or _NAME.search(scripts, max(0, m.start() - 60), m.start()))
    for match in islice(named, _MOST_SOURCES):
        if match.end() < end:
            continue
        try:
            value, end = parse_assigned(scripts, match.end(), literals=literals)
        except NotALiteral:
            continue
        if isinstance(value, str):
            yield from _decoded(value)
        else:
            yield value


def _lists(source: Any, is_job: Callable[[dict[str, Any]], bool]) -> Iterator[list[dict[str, Any]]]:
    """Every list below a value that consists of openings; an odd title passes among plain ones."""
    for value in _values(source):
        for members in _members(value):
            items = [item for item in map(_unwrapped, members) if item and _is_open(item)]
            jobs = [item for item in items if is_job(item)]
            if jobs and len(jobs) * 2 >= len(members):
                yield [item for item in items if is_job(item) or _is_alike(item, jobs[0])]


def _members(value: Any) -> Iterator[list[Any]]:
    """A list's members; of a store that keeps objects by their ids, as Apollo does, those of each type."""
    if isinstance(value, list):
        yield value
    elif isinstance(value, dict) and len(value) > 1:
        kinds: dict[str, list[Any]] = {}
        for key, item in value.items():
            if isinstance(item, dict) and (item.get("__typename") or _ID.search(key)):
                kinds.setdefault(str(item.get("__typename") or key.partition(":")[0][:40]), []).append(item)
        yield from (items for items in kinds.values() if len(items) > 1)


def _is_open(item: dict[str, Any]) -> bool:
    """Whether an object has a title and does not say that it is a draft, filled or closed."""
    gone = any(item.get(name) in (True, 1, "1") for name in _FLAGS)
    status = text_of(item.get("status") or item.get("state"))
    return bool(_first(item, _TITLE)) and not gone and _GONE.fullmatch(status) is None


def _unwrapped(value: Any) -> dict[str, Any] | None:
    """An object with what content systems keep one object further in: `node`, `attributes`, `fields`."""
    if not isinstance(value, dict):
        return None
    item: dict[str, Any] = value
    for _ in range(3):
        inner = next((v for name in _WRAPPED if isinstance(v := item.get(name), dict)), None)
        if inner is None or _first(item, _TITLE):
            break
        item = {**{key: value for key, value in item.items() if key not in _WRAPPED}, **inner}
    meta = item.get("meta")  # WordPress keeps there what a plugin adds: "_job_location"
    if isinstance(meta, dict) and any(key.startswith("_") for key in meta):
        item = {**{key.removeprefix("_"): value for key, value in meta.items()}, **item}
    return item


def _objects(source: Any) -> Iterator[dict[str, Any]]:
    return (value for value in _values(source) if isinstance(value, dict))


def _values(source: Any) -> Iterator[Any]:
    """A value and all values in it, JSON within texts included, up to a limit, in no order that matters."""
    stack, inside = [source], 0
    for _ in range(_MOST_VALUES):
        if not stack:
            return
        value = stack.pop()
        yield value
        if isinstance(value, dict):
            stack += value.values()
        elif isinstance(value, list):
            stack += value
        elif isinstance(value, str) and value.startswith(('{"', '[{"', "[[")) and inside < _MOST_SOURCES:
            inside += 1
            stack += _decoded(value)


def _is_job(item: dict[str, Any]) -> bool:
    title = _first(item, _TITLE)
    return bool(
        is_job_title(title)
        and any(_is_telling(key) for key in item)
        and sum(key in _COUNTING or _is_telling(key) for key in item) >= 2
    )


def _is_telling(key: str) -> bool:
    """Whether a field is one that jobs have and other things with a title have not."""
    return key in _TELLING or bool(_TELLING_PART.search(key))


def _is_titled_text(item: dict[str, Any]) -> bool:
    """A job's title with a text below it. A person has a name beside the title of their job."""
    person = {"name", "title"} <= item.keys() or {"firstName", "lastName"} & item.keys()
    return not person and is_job_title(_first(item, _TITLE)) and len(_text(item)) >= _LONG_TEXT


def _is_alike(item: dict[str, Any], job: dict[str, Any]) -> bool:
    return len(item.keys() & job.keys()) * 2 > len(item.keys() | job.keys())


def _advert(job: dict[str, Any], page: Page, company: str) -> Advert:
    markup, text = description(_text(job))
    return Advert(
        title=html.unescape(_first(job, _TITLE)),
        markup=markup,
        text=text,
        company=html.unescape(_first(job, _COMPANY)) or company,
        company_source="published",
        location=html.unescape(_place(job)),
        url=page.absolute(_first(job, _URL)) or page.url,
        department=html.unescape(_first(job, _TEAM)),
        employment_type=_first(job, _TYPE),
        posted=_first(job, _DAY),
        language=page.language,
        key=_first(job, ("id", "jobId", "JobId", "uuid")),
    )


def _first(item: dict[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = item.get(name)
        if isinstance(value, list) and value and isinstance(value[0], str):
            value = ", ".join(part for part in value if isinstance(part, str))
        if isinstance(value, dict):
            value = value.get("rendered") or value.get("name") or value.get("label") or value.get("title")
        if text := text_of(value).strip():
            return text
    return ""


def _place(job: dict[str, Any]) -> str:
    named = next((job[name] for name in _PLACE if job.get(name)), None)
    if named is None:
        named = next((v for key, v in job.items() if v and _PLACE_PART.search(key)), None)
    return "; ".join(dict.fromkeys(_places_in(named, 0)))


def _places_in(value: Any, depth: int) -> Iterator[str]:
    """The places that a value names: texts, objects with a name, addresses in parts, and lists of them."""
    if isinstance(value, list):
        for item in value[:20]:
            yield from _places_in(item, depth + 1)
    elif isinstance(value, dict) and depth < 4:
        name = _first(value, _PLACE_NAME)
        address = next(
            (v for key, v in value.items() if isinstance(v, dict | list) and "addr" in key.lower()), None
        )
        if name:
            parts = [name, *(_first(value, (part,)) for part in _PLACE_PARTS)]
            yield ", ".join(dict.fromkeys(filter(None, parts)))
        elif address is not None:
            yield from _places_in(address, depth + 1)
        elif isinstance(value.get("location"), dict):
            yield from _places_in(value["location"], depth + 1)
        elif "remote" in str(value.get("workplaceType") or "").lower():
            yield "Remote"
    elif text := text_of(value).strip():
        yield text
