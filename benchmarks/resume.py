"""A tailored résumé with its files, beside the same text put on a page without any care.

    python -m benchmarks.resume

The sender has 6 roles and 60 items of evidence. "From nothing" includes loading fonts and the typesetter, as
the first person of a process waits for them; the baseline is Word's default document of the same lines.
"""

import argparse
import io
import statistics
import sys
import time
from collections.abc import Callable

import outreach
from domain import Draft, DraftKind, Evidence, Profile, Record, Resume, SourceSpan
from exports.resume_docx import resume_docx
from exports.resume_pdf import resume_pdf
from exports.resume_text import resume_text
from outreach import Opening, Options

RUNS = 20
ROLES, BULLETS = 6, 8
POSTING = """Senior Platform Engineer

At Arkway you will
- Move our batch jobs to Kubernetes
- Own the Terraform code of the billing platform

Requirements
- Five years with Python and PostgreSQL
- Kafka
"""
_DEEDS = (
    "Moved {n} services to Kubernetes with a team of four, cutting deploy time by {n} minutes",
    "Wrote the Terraform modules that {n} teams use",
    "Built a billing API in Python that serves about {n}00 requests a second",
    "Kept the PostgreSQL clusters of {n} regions running",
)


def main() -> int:
    """Print median and slowest of each step, in milliseconds of the clock, and the memory it takes."""
    parser = argparse.ArgumentParser(prog="benchmarks.resume", description=__doc__)
    parser.add_argument("--corpus", help="not used here")
    parser.parse_args()
    person = _sender()
    opening = outreach.examine(outreach.read(POSTING).postings[0], person)
    draft = _draft(opening, person)
    assert draft.resume is not None
    resume = draft.resume
    before = _memory()
    first = _once(lambda: resume_pdf(resume))
    after = _memory()
    print(f"{len(person.evidence)} items of evidence, {len(draft.sentences)} lines")
    print(f"{'milliseconds':<52}{'median':>8}{'slowest':>9}   ({RUNS} runs)")
    print(f"{'PDF, from nothing':<52}{first:>8.0f}{'':>9}   (1 run, {after - before} MiB)")
    rows: list[tuple[str, Callable[[], object]]] = [
        ("tailored and checked, the opening matched before", lambda: _draft(opening, person)),
        ("PDF", lambda: resume_pdf(resume)),
        ("tailored, checked and PDF", lambda: resume_pdf(_resume(opening, person))),
        ("Word", lambda: resume_docx(resume)),
        ("baseline: the same lines as a plain Word document", lambda: _plain(resume_text(resume))),
    ]
    for name, work in rows:
        times = sorted(_once(work) for _ in range(RUNS))
        print(f"{name:<52}{statistics.median(times):>8.0f}{times[-1]:>9.0f}")
    return 0


def _draft(opening: Opening, person: Profile) -> Draft:
    *_, last = outreach.draft(opening, person, Options(kind=DraftKind.TAILORED_RESUME))
    assert isinstance(last, Draft)
    return last


def _resume(opening: Opening, person: Profile) -> Resume:
    resume = _draft(opening, person).resume
    assert resume is not None
    return resume


def _plain(text: str) -> bytes:
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _once(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def _memory() -> int:
    """MiB that this process holds."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123  # not a file of ours
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) // 1024


def _sender() -> Profile:
    records: list[Record] = []
    evidence: list[Evidence] = []
    for role in range(ROLES):
        id_ = f"r{role}"
        records.append(
            Record(
                id=id_,
                kind="role",
                title="Engineer",
                organization=f"Works {role}",
                start=f"{2012 + 2 * role}",
                end=f"{2014 + 2 * role}",
            )
        )
        texts = [("role", f"Engineer, Works {role}")]
        texts += [("bullet", _DEEDS[n % len(_DEEDS)].format(n=10 * role + n + 2)) for n in range(BULLETS)]
        for kind, text in texts:
            evidence.append(_item(len(evidence), kind, text, id_))
    for text in ("Python", "k8s", "Terraform", "PostgreSQL", "Kafka", "Go"):
        evidence.append(_item(len(evidence), "skill", text, None))
    return Profile(
        id="sender",
        name="Maya Lindqvist",
        email="maya@example.org",
        links=("https://github.com/maya-x",),
        records=tuple(records),
        evidence=tuple(evidence),
    )


def _item(number: int, kind: str, text: str, record: str | None) -> Evidence:
    source = SourceSpan(document="notes", place=f"line {number}")
    return Evidence(id=f"e{number + 1}", type=kind, text=text, record=record, source=source)  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
