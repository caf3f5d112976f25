"""Which groups of cards are lists of jobs: one case a sign, and one a thing that only looks like jobs."""

import pytest

from domain import Outcome, Posting
from tests.scraping.careers_page import TASKS, URL, read, titles


def test_links_below_the_pages_own_address_with_terms_beside_are_jobs_in_any_language() -> None:
    body = "<h1>Töihin meille</h1><h3>Avoimet työpaikat</h3><ul>" + "".join(
        f"<li><a href='/toihin/{n}'><h2>{title}</h2><p>Joensuu • Vakituinen</p><p>Haku päättyy: 30.6.</p></a>"
        for n, title in enumerate(("CNC-ohjelmoija", "Vientimyyjä (saksa)"))
    )
    assert titles(f"{body}</ul>", url="https://www.arkway.example/toihin") == [
        "CNC-ohjelmoija",
        "Vientimyyjä (saksa)",
    ]


def test_headings_that_all_state_terms_under_a_heading_of_openings_are_jobs() -> None:
    role = "<h3>{0}</h3><table><tr><th>勤務地</th><td>松本市</td></tr></table>"
    roles = "".join(map(role.format, ("介護職（正社員）", "相談役（パート）")))
    body = f"<h1>採用情報</h1><h2>募集要項</h2>{roles}"
    assert titles(body, title="採用情報｜ひだまり") == ["介護職（正社員）", "相談役（パート）"]


JOBS = "".join(
    f"<article class=job><h2><a href='/jobs/{n}'>{title}</a></h2><p class=client>{who}</p><dd>Leeds</dd>"
    "<dd>Permanent</dd></article>"
    for n, (title, who) in enumerate(
        [
            ("Credit Controller", "Ridley Marsh Solicitors"),
            ("Van Driver", "Beckwith Haulage"),
            ("Baker", "Oven Ltd"),
        ]
    )
)


@pytest.mark.parametrize(
    "beside",
    [
        "<aside><h2>Talk to a consultant</h2></aside>",
        "<ul><li><h3>Becky Lorrimer</h3><p>Principal Consultant, Finance</p></li>"
        "<li><h3>Sam Adeyemi</h3><p>Senior Recruiter, Sales</p></li></ul>",
        "<h2>Our team</h2><h4>Dr. Mark Jansen</h4><p>Owner, Dentist</p><h4>Leah</h4><p>Dental Assistant</p>",
        "<h2>Qui som</h2><p>Núria – directora i mestra</p><p>Pol – mestre d’educació física</p>",
        "<h2>Events</h2><ul><li>20.09.2026 – Night of the Apprentice</li></ul>",
        "<h2>Read more</h2>"
        + "".join(
            f"<div class=post><a href='/{n}'><h3>{headline}</h3></a></div>"
            for n, headline in enumerate(
                ("Port names new Harbor Master after a search", "Why schools lack drivers")
            )
        ),
        "<h2>Recently filled</h2><ul><li>Executive Director — in August</li><li>Store Manager</li></ul>",
    ],
)
def test_what_stands_beside_a_strong_list_is_none_of_it(beside: str) -> None:
    body = f"<h1>Jobs in Yorkshire</h1>{JOBS}{beside}"
    assert titles(body) == ["Credit Controller", "Van Driver", "Baker"]


def test_a_heading_of_kinds_of_jobs_does_not_spoil_a_list_that_leads_to_postings() -> None:
    assert len(titles(f"<h1>Jobs in Yorkshire</h1>{JOBS}")) == 3


def test_several_jobs_may_lead_to_one_form() -> None:
    body = "<h2>Open positions</h2>" + "".join(
        f"<div class=card><h3><a href='/apply'>{title}</a></h3><p>Porto</p></div>"
        for title in ("Baker", "Van Driver")
    )
    assert titles(body) == ["Baker", "Van Driver"]


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        ("🔧 Night Baker", "Night Baker"),
        ("Night Baker (PDF, 231 KB)", "Night Baker"),
        ("Night Baker (part-time)", "Night Baker (part-time)"),
        ("C++ Developer", "C++ Developer"),
    ],
)
def test_a_title_is_shown_without_what_is_none_of_it(shown: str, title: str) -> None:
    links = f"<li><a href='/jobs/1'>{shown}</a></li><li><a href='/jobs/2'>Cook</a></li>"
    assert titles(f"<h2>Open positions</h2><ul>{links}</ul>") == [title, "Cook"]


def places(postings: tuple[Posting, ...]) -> list[str]:
    return [posting.location for posting in postings]


def test_an_unknown_place_is_told_by_where_the_others_have_theirs() -> None:
    body = "<h2>Jobs</h2>" + "".join(
        f"<article><h3><a href='/jobs/{n}'>Cook {n}</a></h3><p>Kitchen | {place} | Full-time</p></article>"
        for n, place in enumerate(("Leipzig", "Schkeuditz", "Berlin"))
    )
    assert places(read(body).postings) == ["Leipzig", "Schkeuditz", "Berlin"]


def test_a_list_by_city_has_the_city_over_its_openings() -> None:
    body = "<h2>Vacancies</h2>" + "".join(
        f"<h3>{city}</h3><h4>Night Porter</h4><a href='/jobs/{city}-1'>More</a>"
        f"<h4>Chef</h4><a href='/jobs/{city}-2'>More</a>"
        for city in ("London", "Manchester")
    )
    assert places(read(body).postings) == ["London", "London", "Manchester", "Manchester"]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("<h1>We are looking for a Senior Baker to join our night shift</h1>", "Senior Baker"),
        ("<h1>Přijmeme: Mistr kovárny</h1>", "Mistr kovárny"),
        ("<h1>Your voice matters</h1><h2>Buscamos 12 agentes de ventas</h2>", "agentes de ventas"),
        ("<h1>Arkway</h1><h2>Dental Hygienist</h2>", "Dental Hygienist"),
        ("<h1>Principal Baker (Ref: PL/0432)</h1>", "Principal Baker (Ref: PL/0432)"),
        ("<h1>Wir suchen dich!</h1><p><b>eine/n Erzieher/in (m/w/d)</b></p>", "Erzieher/in (m/w/d)"),
    ],
)
def test_a_posting_is_called_by_its_title_alone(heading: str, title: str) -> None:
    reading = read(
        f"{heading}{TASKS * 4}<p>Send your CV to us.</p>", title="Join us | Arkway", url=f"{URL}/1-a-b"
    )
    assert [posting.title for posting in reading.postings] == [title]


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("<h1>Seite nicht gefunden</h1><p>Leider gibt es hier nichts.</p>", Outcome.UNREACHABLE),
        (
            f"<div class=cookie-banner>{'You must accept cookies to read this page. ' * 9}</div>",
            Outcome.BLOCKED,
        ),
        (
            "<h2>Night Baker</h2><p>Full-time</p><p>You bake bread.</p>"
            "<h2>Cook</h2><p>Full-time</p><p>This position has been filled.</p>"
            "<h2>Miller</h2><p>Full-time</p><p>You mill flour.</p>",
            Outcome.OPENINGS,
        ),
    ],
)
def test_each_outcome_has_its_own_signs(body: str, outcome: Outcome) -> None:
    reading = read(body)
    assert reading.outcome is outcome
    assert "Cook" not in [posting.title for posting in reading.postings]


@pytest.mark.parametrize(
    ("page", "company"),
    [
        ("<p class=employer>Teme Valley Vets</p>", "Teme Valley Vets"),
        ("<footer><p>© 2026 Teme Valley Vets · Legal notice</p></footer>", "Teme Valley Vets"),
        ("<footer><p>Teme Valley Vets S.p.A. – Via Rango 14</p></footer>", "Teme Valley Vets S.p.A."),
    ],
)
def test_the_employer_is_named_near_the_title_or_at_the_foot_of_the_page(page: str, company: str) -> None:
    body = f"<h1>Night Baker</h1>{page}{TASKS * 4}<p>Send your CV.</p>"
    reading = read(body, title="Night Baker", url="https://jobs.portal.example/1-night-baker")
    assert [posting.company for posting in reading.postings] == [company]


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ("<p>Full-time, Red Cliffs VIC</p>", "Red Cliffs VIC"),
        ("<p>Ballinamore, Co. Leitrim</p>", "Ballinamore, Co. Leitrim"),
        ("<aside><p><b>Arbeitsort</b></p><div>Stäfa ZH</div></aside>", "Stäfa ZH"),
        ("<p>City Hall</p>", ""),
    ],
)
def test_a_place_is_told_from_the_facts_beside_it(facts: str, place: str) -> None:
    body = f"<h1>Night Baker</h1>{facts}{TASKS * 4}<p>Send your CV.</p>"
    reading = read(body, title="Night Baker | Arkway", url="https://arkway.example/1-night-baker")
    assert [posting.location for posting in reading.postings] == [place]
