"""What SpamAssassin, offline, makes of our e-mails, beside the common recipe's and a bad one.

    python -m benchmarks.spam [--corpus DIR] [--most 40]

Every e-mail is the file that a person takes away (.eml), with a recipient and a date put in as a mail program
would, judged by `spamassassin -L -t` (Debian's package `spamassassin`): 5.0 and more is spam. Ours are cold
e-mails for the openings of the corpus, by the sample senders and by people of the corpus' résumés; the
services e-mails with their address and opt-out. The common recipe's are what its prompt is known to make:
stock openers, praise and links, around the same openings.
"""

import argparse
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import outreach
from benchmarks.tokens import readings
from domain import Draft, DraftKind, Persona, Profile
from errors import DocumentError, InroadError
from outreach import Opening

_TO = "Hiring team <jobs@recipient.example>"
_DATE = "Mon, 02 Nov 2026 09:12:00 +0000"
_READABLE = {".md", ".txt", ".json"}
_AT_ONCE = 2
_OPENINGS_OF_A_PAGE = 2

_RECIPE = """Dear Hiring Manager,

I hope this email finds you well. I came across your posting for the {title} position at {company} and wanted
to reach out. At Northpier, we specialize in delivering cutting-edge, tailored solutions that empower firms to
streamline processes, reduce costs, and drive growth. Our team of seasoned experts has a proven track record!

You can explore our portfolio here:
https://northpier.example/react-portfolio
https://northpier.example/ml-portfolio

We would love to schedule a call at your earliest convenience to discuss how Northpier can help {company}
achieve its goals. Act now to take your team to the next level.

Best regards,
Alex
Business Development, Northpier
"""
_BAD = """Dear Sir/Madam,

URGENT BUSINESS PROPOSAL!!! We are 100% guaranteed to double your revenue or your money back. A limited
time offer, so act now and click here: http://bit.ly/3xY

To be removed from our future mailings, reply with REMOVE in the subject line.

Best regards
"""


@dataclass(frozen=True)
class Judged:
    """One e-mail's score, and the rules that made it."""

    score: float
    rules: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.spam", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--most", type=int, default=40, help="e-mails of each kind of sender")
    options = parser.parse_args()
    program = shutil.which("spamassassin")
    if program is None:
        print("skipped: there is no spamassassin here (apt-get install spamassassin)")
        return
    seekers, services, openings = _mails(options.corpus, options.most)
    with ThreadPoolExecutor(_AT_ONCE) as pool:

        def judged(mails: list[bytes]) -> list[Judged]:
            return list(pool.map(lambda mail: judge(program, mail), mails))

        _report("ours, applying", judged(seekers))
        _report("ours, offering services", judged(services))
        _report("common recipe", judged([_recipe(opening) for opening in openings[:_OF_OTHERS]]))
        _report("a bad one", judged([_plain("URGENT BUSINESS PROPOSAL", _BAD)]))


_OF_OTHERS = 10


def _mails(corpus: Path, most: int) -> tuple[list[bytes], list[bytes], list[Opening]]:
    """E-mails of both kinds of sender, spread over openings and people, and the openings."""
    seekers, services, openings = list[bytes](), list[bytes](), list[Opening]()
    agency = outreach.sample_profile(Persona.SERVICE_PROVIDER)
    agency = agency.model_copy(
        update={"postal_address": agency.postal_address or "Northpier, 4 Quay Street, Porto, Portugal"}
    )
    people = list(_people(corpus / "resumes"))
    for _, _, reading in readings(corpus / "careers"):
        for posting in reading.postings[:_OPENINGS_OF_A_PAGE]:
            person = people[len(openings) % len(people)]
            opening = outreach.examine(posting, person)
            openings.append(opening)
            if len(seekers) < most and (mail := _mail(opening, person)):
                seekers.append(mail)
            if len(services) < most and (mail := _mail(outreach.examine(posting, agency), agency)):
                services.append(mail)
        if len(seekers) >= most and len(services) >= most:
            break
    return seekers, services, openings


def _people(folder: Path) -> Iterator[Profile]:
    yield outreach.sample_profile(Persona.JOB_SEEKER)
    for path in sorted(folder.iterdir()):
        if path.suffix in _READABLE:
            try:
                yield outreach.profile_from_upload(path.name, path.read_bytes())
            except DocumentError:
                continue


def _mail(opening: Opening, profile: Profile) -> bytes | None:
    try:
        events = outreach.draft(opening, profile, outreach.Options(kind=DraftKind.COLD_EMAIL))
        draft = next(event for event in events if isinstance(event, Draft))
    except InroadError:
        return None
    _, data = outreach.export("eml", draft.subject, outreach.body_text(draft), opening, profile)
    message = message_from_bytes(data, policy=policy.SMTP)
    del message["X-Unsent"]
    return _addressed(message)


def _addressed(message: EmailMessage) -> bytes:
    """With what a mail program puts in as it sends."""
    if not message["From"]:
        message["From"] = "Maya Lindqvist <maya@lindqvist.example>"
    message["To"] = _TO
    message["Date"] = _DATE
    message["Message-ID"] = "<20261102091200.1@sender.example>"
    return message.as_bytes()


def _recipe(opening: Opening) -> bytes:
    company = opening.posting.company or "your company"
    subject = f"Exclusive opportunity: expert help for your {opening.posting.title} role!"
    return _plain(subject, _RECIPE.format(title=opening.posting.title, company=company))


def _plain(subject: str, body: str) -> bytes:
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"] = " ".join(subject.split())
    message["From"] = "Alex <alex@northpier.example>"
    message.set_content(body)
    return _addressed(message)


def judge(program: str, mail: bytes) -> Judged:
    """The score and the rules of SpamAssassin's own report."""
    done = subprocess.run([program, "-L", "-t"], input=mail, capture_output=True, check=True, timeout=120)
    report = done.stdout.decode("utf-8", "replace")
    found = re.search(r"Content analysis details:\s+\((-?[\d.]+) points", report)
    if found is None:
        raise SystemExit("spamassassin gave no report that could be read")
    lines = re.findall(r"^\s*(-?\d+\.\d) (\w+)", report[found.end() :], re.MULTILINE)
    return Judged(float(found[1]), tuple(f"{rule} {points}" for points, rule in lines if float(points)))


def _report(name: str, judged: list[Judged]) -> None:
    scores = [one.score for one in judged]
    if not scores:
        print(f"{name:26} none")
        return
    rules = sorted({rule for one in judged for rule in one.rules})
    over = sum(score > _BEST for score in scores)
    print(
        f"{name:26} {len(scores):3} e-mails: {statistics.median(scores):5.1f} at the median, "
        f"{max(scores):5.1f} at most, {over} over {_BEST}; rules: {', '.join(rules) or 'none'}"
    )


_BEST = 0.5


if __name__ == "__main__":
    main()
