"""The pasted text of an opening. Its title and company are lines of the text, never guesses."""

import re
from hashlib import sha256

from domain import Outcome, Reading, Section, Step, StepState
from language.job_words import is_job_title
from language.places import looks_like_place
from scraping import problems
from scraping.advert import Advert, publish
from scraping.characters import lines_of, smuggled, unseen_in
from scraping.headings import section_of
from scraping.problems import Unreadable
from scraping.wording import any_of

MOST_CHARACTERS = 50_000
RUNG = "pasted text"
_LABEL = re.compile(
    r"^(job title|position|title|role|company|employer|organi[sz]ation|location|stelle|firma"
    r"|ort)\s*[:：]\s*(.+)$",
    re.I,
)
_AT = re.compile(r"^(?P<title>.{3,100}?)\s+(?:at|@|bei|chez)\s+(?P<company>[\w&.'’ -]{2,60})$")
_WANTED = re.compile(
    r"\b(?:looking for|seeking|hiring|in search of|need|suchen"
    r"|recherchons|cherchons|buscamos|zoeken|cerchiamo|procuramos|szukamy|hledáme)"
    r"\s+(?:an? |our (?:next |first )?|eine?n? |une? |un[ao]? |een |um[a]? )?(?P<title>[^.,;:!?()]{3,60}?)"
    r"(?=\s+(?:in|to|who|for|at|with|on|that|zur|für|pour|para|voor|per|do|na)\b|[.,;:!?()]|$)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"^(?P<title>.{3,100}?)\s+(?:\||[–—·•-])\s+(?P<company>[^|–—·•]{2,60})$")
_WORK = re.compile(rf"\b(?:{any_of('work-words')})\b", re.IGNORECASE)
_CHROME = re.compile(
    r"^(?:skip to|home|jobs?|careers?|menu|back|apply(?: now)?|save|share|search|sign in|log in|login"
    r"|job description|description|about the job"
    r"|see (?:all|more).*|all (?:jobs|openings)|open positions|.*cookie.*|posted .*|\W*)$",
    re.IGNORECASE,
)


def read_text(text: str, most: int = MOST_CHARACTERS) -> Reading:
    """The reading of one opening's pasted text.

    Text that is no opening, or longer than `most` characters, gives a reading with a problem.
    """
    try:
        return _read(text, most)
    except Unreadable as failure:
        step = Step(name="Pasted text", state=StepState.FAILED, result=failure.problem.title)
        return Reading(url="", outcome=failure.outcome, rung=RUNG, steps=(step,), problem=failure.problem)


def _read(text: str, most: int) -> Reading:
    if len(text) > most:
        raise problems.too_long(len(text), most)
    lines = lines_of(text)
    if not _is_opening(lines):
        raise problems.text_is_no_opening()
    advert = _advert(lines)
    published = publish([advert], RUNG)
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    step = Step(name="Pasted text", state=StepState.DONE, result=f"{len(text):,} characters")
    return Reading(
        url="",
        outcome=Outcome.OPENINGS,
        postings=tuple(posting.model_copy(update={"digest": digest}) for posting in published.postings),
        rung=RUNG,
        steps=(step,),
        instructions=tuple(published.instructions),
        hidden=tuple(smuggled(text)[:20]),
        unseen=unseen_in(text),
    )


def _is_opening(lines: list[str]) -> bool:
    """Two signs of work: words of the trade, a heading of a posting, a title that names an occupation."""
    joined = "\n".join(lines)
    words = len(joined.split())
    cues = {match.lower() for match in _WORK.findall(joined)}
    headed = sum(
        1
        for line in lines
        if len(line.split()) <= 8
        and section_of(line) in (Section.MUST, Section.NICE, Section.TASKS, Section.BENEFITS)
    )
    titled = any(is_job_title(line) for line in lines[:8])
    if words < 8:
        return False
    return len(cues) + min(headed, 3) + titled >= (2 if titled else 3)


def _advert(lines: list[str]) -> Advert:
    labelled = _labelled(lines)
    index, title, company = _title(lines, labelled)
    company = labelled.get("company") or company
    location = labelled.get("location") or ""
    following = lines[index + 1 : index + 3]
    for line in following:
        named, place = _company_and_place(line)
        if not location and (not company or named == company):
            company, location = named, place
    above = [line for line in lines[:index] if not _CHROME.match(line)]
    body = above + lines[index + 1 :] if lines[index].strip("#* ") == title else lines
    return Advert(
        title=title,
        text="\n".join(body),
        company=company,
        company_source="published",
        location=location,
    )


def _labelled(lines: list[str]) -> dict[str, str]:
    names = {"employer": "company", "organization": "company", "organisation": "company", "firma": "company"}
    names |= {
        "position": "title",
        "role": "title",
        "job title": "title",
        "stelle": "title",
        "ort": "location",
    }
    found: dict[str, str] = {}
    for line in lines[:15]:
        match = _LABEL.match(line)
        if match is not None and len(match[2]) <= 120:
            label = match[1].lower()
            found.setdefault(names.get(label, label), match[2].strip())
    return found


def _title(lines: list[str], labelled: dict[str, str]) -> tuple[int, str, str]:
    """The line that names the job, the job, and the company where the line says both."""
    if "title" in labelled:
        index = next(i for i, line in enumerate(lines) if line.endswith(labelled["title"]))
        return index, labelled["title"], ""
    likely = [i for i, line in enumerate(lines[:10]) if len(line) <= 120 and not _CHROME.match(line)]
    index = next((i for i in likely if is_job_title(lines[i])), likely[0] if likely else 0)
    line = lines[index].strip("#* ")
    match = _AT.match(line) or _SPLIT.match(line)
    if match is not None and is_job_title(match["title"]) and not is_job_title(match["company"]):
        if looks_like_place(match["company"]) or line[match.end("title") :].strip()[0] not in "@ab|c–—":
            return index, line, ""
        return index, match["title"].strip(), match["company"].strip()
    named = _WANTED.search(lines[index]) if not is_job_title(line) else None
    return index, named["title"].strip() if named else _first_words(line), ""


def _first_words(line: str) -> str:
    """A title for a text that has none: its first sentence, cut at a word if it is long."""
    first = re.split(r"(?<=[.!?])\s", line)[0]
    return first if len(first) <= 120 else first[:120].rsplit(" ", 1)[0]


def _company_and_place(line: str) -> tuple[str, str]:
    """A short line below the title, such as "Lumora, Lisbon" or "Lumora · Lisbon · Full-time"."""
    if (
        len(line) > 80
        or line.endswith((".", ":", "!", "?"))
        or section_of(line) in (Section.MUST, Section.TASKS, Section.NICE)
    ):
        return "", ""
    parts = [part.strip() for part in re.split(r"\s*[·•|]\s*|\s+[–—-]\s+|,\s+", line) if part.strip()]
    if not parts or len(parts[0].split()) > 5 or not parts[0][0].isupper() or _CHROME.match(parts[0]):
        return "", ""
    if looks_like_place(parts[0]):
        return "", ", ".join(parts[:2])
    return (parts[0], parts[1] if len(parts) > 1 else "") if len(parts) > 1 else ("", "")
