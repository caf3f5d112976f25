"""Openings on pages without job data: one posting, or a list; never a menu, a team or a product."""

import pytest

import scraping
from domain import Outcome, Posting, Reading
from language.job_words import is_job_title
from scraping.http import Request, Response

URL = "https://www.arkway.example/careers"


def read(body: str, head: str = "", url: str = URL) -> Reading:
    page = f"<html><head>{head}</head><body>{body}</body></html>".encode()
    return scraping.read(url, scraping.saved_page(page, url), follow=0)


def facts(postings: tuple[Posting, ...]) -> list[tuple[str, str]]:
    return [(posting.title, posting.location) for posting in postings]


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Open positions</h2><ul><li><a href='/jobs/cook'>Line Cook</a> Porto, PT</li>"
        "<li><a href='/jobs/wizard'>Soup Wizard</a> Remote</li><li>"
        "<a href='/jobs/baker'>Baker</a> Remote</li></ul>",
        "<a class=card href='/jobs/cook'><div class=t>Line Cook</div><div>Porto, PT · Full-time</div></a>"
        "<a class=card href='/jobs/wizard'><div class=t>Soup Wizard</div><div>Remote · Full-time</div></a>"
        "<a class=card href='/jobs/baker'><div class=t>Baker</div><div>Remote · Full-time</div></a>",
        "<h2>Current openings</h2><table><tr><th>Position</th><th>Place</th></tr>"
        "<tr><td><a href='/p/1-cook/'>Line Cook</a></td><td>Porto, PT</td><td>"
        "<a href='/p/1-cook'>Apply</a></td></tr>"
        "<tr><td><a href='/p/2-wiz/'>Soup Wizard</a></td><td>Remote</td><td>"
        "<a href='/p/2-wiz'>Apply</a></td></tr>"
        "<tr><td><a href='/p/3-bak/'>Baker</a></td><td>Remote</td><td>"
        "<a href='/p/3-bak'>Apply</a></td></tr></table>",
        "<h2>We are hiring</h2><div><h4>Line Cook</h4><p>Porto, PT</p></div><div>"
        "<h4>Soup Wizard</h4><p>Remote</p></div>"
        "<div><h4>Baker</h4><p>Remote</p></div>",
    ],
)
def test_repeated_cards_are_openings(body: str) -> None:
    assert facts(read(body).postings) == [
        ("Line Cook", "Porto, PT"),
        ("Soup Wizard", "Remote"),
        ("Baker", "Remote"),
    ]


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (
            "<h1>Careers</h1><h2>Our teams</h2><ul><li><a href='/careers/engineering'>Engineering</a></li>"
            "<li><a href='/careers/sales'>Sales</a></li><li>"
            "<a href='/careers/support'>Customer Support</a></li></ul>",
            Outcome.NOT_UNDERSTOOD,
        ),
        ("<h1>Careers</h1><p>There are currently no open positions.</p>", Outcome.EMPTY_BOARD),
        ("<h1>Careers</h1><h2>Open positions</h2><h2>Our values</h2><p>Salt.</p>", Outcome.EMPTY_BOARD),
        (
            "<h1>Jobs</h1><a href='https://arkway.wd3.myworkdayjobs.com/en-US/arkway'>All jobs</a>",
            Outcome.NOT_UNDERSTOOD,
        ),
        ("<div id=root></div><script src=/app.js></script>", Outcome.NEEDS_BROWSER),
        ("<h1>Jobs</h1><p>{{ job.title }}</p><p>{{ job.place }}</p>", Outcome.NEEDS_BROWSER),
    ],
)
def test_zero_openings_have_different_reasons(body: str, outcome: Outcome) -> None:
    reading = read(body)
    assert reading.outcome is outcome
    assert reading.problem is not None


def test_other_pages_are_not_careers_pages_and_their_jobs_link_is_offered() -> None:
    prose = "<p>" + "We sell soup to people who like soup. " * 20 + "</p>"
    team = "<div><h3>Ana Lima</h3><p>Head Cook</p></div><div><h3>Rui Sá</h3><p>Sales Manager</p></div>"
    reading = read(
        f"<h1>About soup</h1>{prose}{team}<a href='/jobs'>Jobs</a>", url="https://www.arkway.example/about"
    )
    assert reading.outcome is Outcome.NOT_CAREERS
    assert reading.problem is not None
    assert reading.problem.links == (("Jobs", "https://www.arkway.example/jobs"),)


POSTING = """
<header><nav><a href="/">Home</a><a href="/jobs">Jobs</a></nav></header>
<h1>Line Cook</h1><p>Location: Porto</p>
<p>We cook lunch for two hundred people a day in a kitchen of six, with bread of our own and no microwave.</p>
<h2>What you will do</h2><ul><li>Cook lunch.</li><li>Bake bread.</li></ul>
<h2>Requirements</h2><ul><li>You know salt and pepper, and when to use neither.</li></ul>
<a href="/apply">Apply now</a>
<h2>Similar jobs</h2><ul><li><a href="/jobs/2">Baker</a></li></ul>
<footer>© 2026 Arkway Lda. All rights reserved.</footer>
"""


@pytest.mark.parametrize(
    ("title", "company"),
    [
        ("Line Cook | Arkway", "Arkway"),
        ("Line Cook at Arkway", "Arkway"),
        ("Job Application - Line Cook - Arkway Careers", "Arkway"),
        ("Line Cook", "Arkway Lda"),
    ],
)
def test_one_posting_is_told_from_what_surrounds_it(title: str, company: str) -> None:
    postings = read(POSTING, f"<title>{title}</title>", "https://www.a1.example/jobs/line-cook").postings
    assert facts(postings) == [("Line Cook", "Porto")]
    assert postings[0].company == company
    assert [line.text for line in postings[0].requirements][:2] == ["Cook lunch.", "Bake bread."]
    assert "Baker" not in postings[0].text


def test_several_postings_in_one_page_keep_their_own_text() -> None:
    def role(title: str, task: str) -> str:
        return (
            f"<h3>{title} (m/w/d)</h3>"
            f"<p>Wir suchen dich in Vollzeit für unsere Küche in der Stadt am Fluss.</p>"
            f"<h4>Deine Aufgaben</h4><ul><li>{task}</li></ul><h4>Dein Profil</h4><ul>"
            f"<li>Du magst Suppe sehr.</li></ul>"
        )

    postings = read("<h1>Jobs</h1>" + role("Koch", "Suppe kochen.") + role("Bäcker", "Brot backen.")).postings
    assert [p.title for p in postings] == ["Koch (m/w/d)", "Bäcker (m/w/d)"]
    assert [p.requirements[0].text for p in postings] == ["Suppe kochen.", "Brot backen."]


def test_a_linked_file_and_its_second_link_are_one_opening() -> None:
    body = "<h2>Openings</h2>" + "".join(
        f"<h3><a href='/{name}.pdf'>{name}</a></h3><p>More: <a href='/{name}.pdf'>{name}.pdf</a></p>"
        for name in ("Cook", "Baker")
    )
    assert [p.title for p in read(body).postings] == ["Cook", "Baker"]


def test_links_of_a_list_are_followed_up_to_the_cap_and_on_the_same_site_only() -> None:
    listed = "<h1>Open positions</h1><ul>" + "".join(
        f"<li><a href='{site}/jobs/{n}'>Line Cook {n}</a></li>"
        for n, site in enumerate(("", "", "https://jobs.arkway.example", "https://other.example"))
    )
    asked: list[str] = []

    def fetch(request: Request) -> Response:
        asked.append(request.url)
        body = listed if request.url == URL else POSTING.replace("Line Cook", f"Line Cook {request.url[-1]}")
        return Response(request.url, 200, {"content-type": "text/html"}, body.encode())

    reading = scraping.read(URL, fetch, follow=25)
    assert asked == [
        URL,
        *(f"https://{h}.arkway.example/jobs/{n}" for h, n in (("www", 0), ("www", 1), ("jobs", 2))),
    ]
    assert [bool(p.text) for p in reading.postings] == [True, True, True, False]
    assert any("without their text" in warning for warning in reading.warnings)
    asked.clear()
    scraping.read(URL, fetch, follow=1)
    assert len(asked) == 2


@pytest.mark.parametrize(
    "title",
    [
        "Backend Developer",
        "Head of Sales",
        "Office Manager",
        "Koch (m/w/d)",
        "Reinigungskraft",
        "Sr. IT Engineer",
        "VP, Product",
    ],
)
def test_job_titles_read_like_ones(title: str) -> None:
    assert is_job_title(title)


@pytest.mark.parametrize(
    "text",
    [
        "Engineering",
        "Apply now",
        "Our team",
        "Why work here?",
        "Product & Design",
        "Developers",
        "We hire engineers.",
        "Full-time",
    ],
)
def test_categories_and_calls_to_action_do_not(text: str) -> None:
    assert not is_job_title(text)
