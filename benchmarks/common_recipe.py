"""The baseline: how careers pages are commonly turned into e-mails with a language model.

The page's whole text goes to a model that returns the openings as JSON; then one call an opening writes an
e-mail from that JSON, the firm's name and the two nearest portfolio links. Nothing here calls a model: what a
call would send is built in full, what it would answer is stood in for by texts of the same size.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup

from domain import Posting

CONTEXT_TOKENS = 128_000
_SUMMARY_WORDS = 60

_EXTRACT = """### TEXT OF A WEBSITE:
{page}

### TASK:
The text above was taken from the careers page of a company.
Find every job posting in it and return them as JSON. Each posting has the keys `role`, `experience`,
`skills` and `description`.
Return valid JSON only.

### JSON (nothing before it):
"""

_WRITE = """### JOB:
{job}

### TASK:
You are Alex, who does business development at Northpier. Northpier is a software consultancy that helps
companies to bring their processes together with automated tools. Over the years it has given many firms
solutions made to measure, which let them grow, work better, spend less and run more smoothly.
Write a cold email to the client about the job above, and describe how Northpier can meet their needs.
Add the most fitting of these links, to show what Northpier has done: {links}
Remember that you are Alex, business development at Northpier.
Write nothing before the email.

### EMAIL (nothing before it):
"""
_LINKS = [
    {"links": "https://northpier.example/react-portfolio"},
    {"links": "https://northpier.example/ml-portfolio"},
]

Count = Callable[[str], int]


@dataclass(frozen=True)
class Cost:
    """Model calls, and tokens of their prompts and answers together."""

    calls: int = 0
    tokens: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.calls + other.calls, self.tokens + other.tokens)


def page_text(body: bytes) -> str:
    """What the common loader passes on: all text of the page, white space collapsed."""
    return " ".join(BeautifulSoup(body, "html.parser").get_text(" ").split())


def extraction(text: str, postings: tuple[Posting, ...], skills: dict[str, list[str]], count: Count) -> Cost:
    """Reading the page: as many calls as its text needs, answered with JSON for the openings that are there.

    Args:
        text: The page's text.
        postings: The openings on it, as our reader found them.
        skills: Their skills by posting id.
        count: Tokens of a text.
    """
    answer = json.dumps([_job(posting, skills[posting.id]) for posting in postings], indent=2)
    prompts = extraction_prompts(text, count)
    return Cost(len(prompts), sum(map(count, prompts)) + count(answer))


def writing(posting: Posting, skills: list[str], email: str, count: Count) -> Cost:
    """One e-mail, of the length of `email`, so that no side gains by writing less."""
    return Cost(1, count(written_prompt(posting, skills)) + count(email))


def extraction_prompts(text: str, count: Count) -> list[str]:
    """What the calls that read a page would send."""
    return [_EXTRACT.format(page=part) for part in _parts(text, count)]


def written_prompt(posting: Posting, skills: list[str]) -> str:
    """What the call that writes one e-mail would send."""
    return _WRITE.format(job=json.dumps(_job(posting, skills)), links=_LINKS)


def _job(posting: Posting, skills: list[str]) -> dict[str, object]:
    description = " ".join(posting.text.split()[:_SUMMARY_WORDS])
    return {"role": posting.title, "experience": "", "skills": skills, "description": description}


def _parts(text: str, count: Count) -> Iterator[str]:
    """The text in parts that fit the context."""
    if count(text) <= CONTEXT_TOKENS:
        yield text
        return
    middle = text.find(" ", len(text) // 2)
    yield from _parts(text[:middle], count)
    yield from _parts(text[middle:], count)
