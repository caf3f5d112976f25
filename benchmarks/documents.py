"""Time from the bytes of a two-page PDF to evidence that a person can review, beside its plain text alone.

    python -m benchmarks.documents [--rounds 9]

The résumé is invented, has about 900 words, and is written anew for each round, so that nothing read before
is read again. Ours is all that a person waits for: the process that reads the words and looks at each page
for those that nobody sees, columns, paragraphs, sections, roles, doubts, and the skills of every item. The
baseline is pypdfium2's text of the same pages in this process. Beside each time stands the processor time of
this process and the one it starts; the first call of ours also loads what it needs.
"""

import argparse
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pypdfium2

import outreach
from tests.profiles.written_pdf import Page, pdf, width

_LEFT, _RIGHT, _LAST = 50.0, 545.0, 790.0
_DEEDS = (
    "Moved the nightly load of tide tables for {n} harbours from a cron job that nobody knew to Airflow, "
    "with retries, alerts and a page that tells each harbour master how old the figures they see are.",
    "Cut the time to publish a forecast by {n} % by writing the slow part in Rust and warming PostgreSQL.",
    "Led {n} engineers in two towns, wrote how work is reviewed, and was on call every third week of a year.",
    "Built the public API with FastAPI and Redis; it answers {n} questions a second on one small machine.",
)
_SUMMARY = (
    "Engineer with fifteen years in logistics and at sea. Likes boring pipelines, short meetings and figures "
    "that are right. Has moved three companies from spreadsheets to services that nobody thinks of at night."
)
_TITLES = ("Principal Engineer", "Senior Data Engineer", "Data Engineer", "Backend Developer", "Intern")
_EMPLOYERS = ("Fernhill Ltd", "Kelp Systems", "Quay Logistics", "Ostmark Labs", "Harbour Software")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.documents", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="not needed; taken so that all benchmarks run alike")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    files = [_resume(number) for number in range(options.rounds + 1)]
    read = [_timed(partial(outreach.read_evidence, "cv.pdf", data)) for data in files]
    text = [_timed(partial(_plain_text, data)) for data in files]
    words = len(_plain_text(files[0]).split())
    document, profile = outreach.read_evidence("cv.pdf", files[0])
    print(
        f"{len(document.pages)} pages, {words} words: {len(profile.records)} records, "
        f"{len(profile.evidence)} items, {sum(bool(item.skills) for item in profile.evidence)} with skills"
    )
    print(f"to reviewable evidence: {_told(read[1:])}; the first one {read[0][0]:.2f} s")
    print(f"pypdfium2, text alone: {_told(text[1:])}; the first one {text[0][0]:.2f} s")


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that passed, and those of a processor."""
    started, worked = time.perf_counter(), _processor()
    work()
    return time.perf_counter() - started, _processor() - worked


def _processor() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _told(times: list[tuple[float, float]]) -> str:
    seconds = [passed for passed, _ in times]
    processor = statistics.median(worked for _, worked in times)
    middle = statistics.median(seconds)
    return f"{middle:.3f} s ({min(seconds):.3f} to {max(seconds):.3f}), {processor:.3f} s of a processor"


def _plain_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


# --- the résumé ----------------------------------------------------------------------------------------


def _resume(number: int) -> bytes:
    """A résumé of two pages; another number gives other figures."""
    pages = [Page()]
    pages[0].text("Ada Byrne", _LEFT, 60, 22, bold=True)
    pages[0].text("ada@kelp.example | +353 21 455 0123 | Cork, Ireland | git.example/ada", _LEFT, 80)
    y = 108.0
    for style, left, right in _rows(number):
        if y > _LAST:
            pages.append(Page())
            y = 60.0
        size = 13 if style == "heading" else 10
        y += {"heading": 14, "role": 8}.get(style, 0)
        pages[-1].text(left, _LEFT + 10 * (style == "more"), y, size, bold=style in ("heading", "role"))
        if right:
            pages[-1].right(right, _RIGHT, y)
        y += 14
    return pdf(*pages, producer="Skia/PDF m120")


def _rows(number: int) -> Iterator[tuple[str, str, str]]:
    """(style, text on the left, text on the right) of each row."""
    yield "heading", "Summary", ""
    yield from _wrapped(_SUMMARY)
    yield "heading", "Experience", ""
    for place, (title, employer) in enumerate(zip(_TITLES, _EMPLOYERS, strict=True)):
        end = "Present" if place == 0 else str(2024 - 3 * place)
        yield "role", f"{title}, {employer}", f"{2021 - 3 * place} – {end}"
        for deed in range(6):
            told = _DEEDS[(place + deed) % 4].format(n=11 + 7 * place + deed + 100 * number)
            yield from _wrapped(f"• {told}")
    yield "heading", "Education", ""
    yield "role", "BSc Physics, Ostmark University", "2005 – 2009"
    yield "heading", "Skills", ""
    yield "text", "Python, Rust, Go, PostgreSQL, Redis, Airflow, FastAPI, Docker, Kubernetes, Terraform", ""
    yield "heading", "Languages", ""
    yield "text", "Irish (native), English (C2), Dutch (B1)", ""


def _wrapped(text: str) -> Iterator[tuple[str, str, str]]:
    style, row = "text", ""
    for word in text.split():
        if width(f"{row} {word}") > _RIGHT - _LEFT - 10:
            yield style, row, ""
            style, row = "more", word
        else:
            row = f"{row} {word}".strip()
    yield style, row, ""


if __name__ == "__main__":
    main()
