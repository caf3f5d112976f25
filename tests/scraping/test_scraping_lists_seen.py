"""Lists as real pages lay them out: each case is one way in which a careers page shows its openings.

One case a defect: what was taken for a job that was none, or lost that was one.
"""

import pytest

from domain import Outcome, Posting
from tests.scraping.careers_page import TASKS, URL, read, titles


def places(postings: tuple[Posting, ...]) -> list[str]:
    return [posting.location for posting in postings]


def test_an_accordion_opens_from_a_button_inside_a_heading() -> None:
    body = "".join(
        f"<li><h4><button>{name}</button></h4><div><p>Location: Porto</p><p>{text}</p></div></li>"
        for name, text in (
            ("Orchard Supervisor", "You look after trees."),
            ("Cider Maker", "You press apples."),
        )
    )
    reading = read(
        f"<h1>Work with us</h1><ul>{body}</ul><h3>FAQs</h3><h4><button>Do you sponsor visas?</button></h4>"
    )
    assert [p.title for p in reading.postings] == ["Orchard Supervisor", "Cider Maker"]
    assert places(reading.postings) == ["Porto", "Porto"]


def test_paragraphs_that_name_roles_are_a_list_where_the_page_is_one_of_jobs() -> None:
    body = "<h2>Come work with us</h2>" + "".join(
        f"<p>{role}</p>{text}"
        for role, text in (("Line Cook", "Two years on a busy line."), ("Pastry Chef", "No ego."))
    )
    assert titles(f"{body}<p>How to apply</p>Drop in.<h2>Opening hours</h2><p>Wednesday to Sunday</p>") == [
        "Line Cook",
        "Pastry Chef",
    ]


def test_a_number_before_a_title_is_no_part_of_it() -> None:
    body = "".join(
        f"<h3>{n}. {role}</h3><div>Miejsce pracy: Łódź</div>" for n, role in ((1, "Kierowca"), (2, "Kucharz"))
    )
    assert titles(f"<p>Poszukujemy:</p>{body}<h3>Oferujemy</h3>", title="Kariera") == ["Kierowca", "Kucharz"]


def test_what_stands_beside_a_title_in_its_own_element_is_no_part_of_it() -> None:
    body = "".join(
        f"<li><a href='/careers/{slug}'><span>{role}</span><span>{place}</span><span>Full-time</span></a></li>"
        for slug, role, place in (
            ("a1", "Site Reliability Engineer", "Dublin"),
            ("b2", "Partner Manager", "London"),
        )
    )
    postings = read(f"<h1>Join us</h1><ul>{body}</ul>").postings
    assert [(p.title, p.location, p.employment_type) for p in postings] == [
        ("Site Reliability Engineer", "Dublin", ""),
        ("Partner Manager", "London", ""),
    ]


def test_emphasis_within_a_title_does_not_cut_it() -> None:
    body = "<h2>Jobs</h2>" + "".join(
        f"<h3><a href='/jobs/{n}'>{title}</a></h3>"
        for n, title in ((1, "<em>Night</em> Baker"), (2, "Day Baker"))
    )
    assert titles(body) == ["Night Baker", "Day Baker"]


def test_a_class_names_the_title_the_employer_and_the_place() -> None:
    body = "".join(
        f"<div class=row><div><span class=company-name>{firm}</span><span class=job-title>{role}</span></div>"
        f"<ul><li class=loc>{place}</li></ul></div>"
        for firm, role, place in (
            ("Orla & Sons", "Mooring Whisperer", "Ullapool"),
            ("Kelp House", "Deckhand", "Tiree"),
        )
    )
    postings = read(f"<h1>2 vacancies</h1>{body}", title="Island jobs").postings
    assert [(p.title, p.company, p.location) for p in postings] == [
        ("Mooring Whisperer", "Orla & Sons", "Ullapool"),
        ("Deckhand", "Kelp House", "Tiree"),
    ]


def test_a_table_names_titles_and_places_by_its_columns() -> None:
    rows = "".join(
        f"<tr><td>{ref}</td><td><a href='/node/{n}'>{role}</a></td><td>{base}</td></tr>"
        for n, ref, role, base in (
            (1, "A-1", "Staff Nurse", "Main site"),
            (2, "A-2", "Bell Tuner", "Plant 2"),
        )
    )
    body = f"<table><tr><th>Ref</th><th>Position</th><th>Location</th></tr>{rows}</table>"
    postings = read(f"<h1>Current vacancies</h1>{body}").postings
    assert [(p.title, p.location) for p in postings] == [
        ("Staff Nurse", "Main site"),
        ("Bell Tuner", "Plant 2"),
    ]


def test_tables_of_facts_name_each_opening_in_a_labelled_cell() -> None:
    def facts(role: str, place: str) -> str:
        return f"<table><tr><th>募集職種</th><td>{role}</td></tr><tr><th>勤務地</th><td>{place}</td></tr></table>"

    postings = read(
        facts("和菓子製造スタッフ", "金沢市東山") + facts("販売スタッフ", "金沢駅店"), title="採用情報"
    ).postings
    assert [(p.title, p.location) for p in postings] == [
        ("和菓子製造スタッフ", "金沢市東山"),
        ("販売スタッフ", "金沢駅店"),
    ]


def test_kinds_of_jobs_are_none() -> None:
    tiles = "".join(
        f"<a href='/berufsfeld/{slug}'><div class=cat>{name} (m/w/d)</div></a>"
        for slug, name in (("verkauf", "Verkäufer"), ("lager", "Logistiker"))
    )
    jobs = "".join(
        f"<div class=job><a href='/jobs/{n}'>{name} (m/w/d)</a><dl><dt>Ort</dt><dd>Kassel</dd></dl></div>"
        for n, name in ((1, "Marktleiter"), (2, "Initiativbewerbung"))
    )
    reading = read(
        f"<h2>Unsere Berufsfelder</h2>{tiles}<h2>Aktuelle Stellenangebote</h2>{jobs}", title="Karriere"
    )
    assert [(p.title, p.speculative) for p in reading.postings] == [
        ("Marktleiter (m/w/d)", False),
        ("Initiativbewerbung (m/w/d)", True),
    ]


def test_teams_with_a_number_of_roles_are_none() -> None:
    tiles = "".join(
        f"<a href='/teams/{n}'><h3>{n} Drivers</h3></a><div>12 roles</div>" for n in ("Day", "Night")
    )
    jobs = "".join(
        f"<h5>{role}</h5><div>Felixstowe</div><a href='/job/{role[:2]}'>View</a>"
        for role in ("HGV Driver", "Planner")
    )
    assert titles(f"<h2>Find your place</h2>{tiles}<h2>Featured jobs</h2>{jobs}") == ["HGV Driver", "Planner"]


@pytest.mark.parametrize(
    "person",
    [
        "<div class=testimonial><p>“I joined as an intern.”</p><b>Priya</b><p>Lead Vision Engineer</p></div>",
        "<h5>Sandra, HGV Driver</h5><p>“Home every weekend.”</p>",
        "<h3><a href='/stories/grace'>Grace, Ward Sister</a></h3><p>Twelve years on nights.</p>",
        "<h4>Ana Lima</h4><p>Head Cook</p>",
    ],
)
def test_people_and_what_they_do_are_no_openings(person: str) -> None:
    jobs = "".join(
        f"<h2><a href='/jobs/{n}'>{role}</a></h2><p>Porto</p>" for n, role in enumerate(("Baker", "Waiter"))
    )
    assert titles(f"<h1>Open roles</h1>{jobs}<h2>Meet the team</h2>{person}{person}") == ["Baker", "Waiter"]


def test_a_job_site_names_the_employer_of_each_opening() -> None:
    body = "".join(
        f"<article><h2><a href='/rpd/{n}/'>{role}</a></h2><p>{firm}</p><p>{place}</p></article>"
        for n, role, firm, place in (
            (1, "Účetní", "Ovál s.r.o.", "Praha 4"),
            (2, "Svářeč", "Kotva, a.s.", "Brno"),
        )
    )
    postings = read(f"<h1>Nabídka práce</h1>{body}", title="Nabídka práce | Dílna").postings
    assert [(p.company, p.location) for p in postings] == [
        ("Ovál s.r.o.", "Praha 4"),
        ("Kotva, a.s.", "Brno"),
    ]


def test_an_invitation_to_a_talent_pool_is_no_opening() -> None:
    body = "<h2>Open Positions</h2><p>We don’t have any open positions right now. Check back soon!</p>"
    reading = read(f"<h1>Careers</h1>{body}<h2>Join our talent community</h2><h3>Beer allowance</h3>")
    assert reading.outcome is Outcome.EMPTY_BOARD


def test_the_text_of_an_inline_role_ends_at_the_next_part_of_the_page() -> None:
    body = (
        "<h3>Elektroniker (m/w/d)</h3><p>in Vollzeit</p><ul><li>abgeschlossene Berufsausbildung</li>"
        "<li>Führerschein Klasse B</li></ul><h3>Bürokraft (m/w/d)</h3><p>20 Std./Woche, gern auch Einsteiger</p>"
        "<h3>Wir bieten</h3><ul><li>Urlaub</li></ul>"
    )
    first, last = read(f"<h1>Wir suchen Verstärkung</h1>{body}").postings
    assert [line.text for line in first.requirements] == [
        "abgeschlossene Berufsausbildung",
        "Führerschein Klasse B",
    ]
    assert "Urlaub" not in last.text


def test_a_page_wrapped_in_a_form_is_read_all_the_same() -> None:
    body = (
        "<form><h1>Pflegefachfrau HF</h1><p><b>Ihr Profil</b></p><ul><li>Abgeschlossene Ausbildung HF im Spital</li>"
        + (
            "<li>Freude am Beruf und an der Arbeit im Team, auch in der Nacht und am Wochenende, mit viel Ruhe</li></ul><a href='/bewerben'>Jetzt bewerben</a></form>"
        )
        * 1
    )
    posting = read(
        body, title="Pflegefachfrau HF – Spital Arnegg", url="https://jobs.arnegg.example/1"
    ).postings[0]
    assert posting.title == "Pflegefachfrau HF"


def test_similar_jobs_below_a_posting_are_not_its_list() -> None:
    body = (
        "<h1>Durchblick gesucht!</h1><h2>Technologe für Radiologie (m/w/d)</h2><h3>Ihr Profil</h3>"
        "<ul><li>Abgeschlossene Ausbildung als MTR</li><li>Erfahrung am CT, Teamgeist und Empathie im Alltag mit Menschen, die oft lange warten und noch nicht wissen, was auf sie zu kommt</li></ul>"
        "<button>Jetzt bewerben</button><h4>Weitere Stellen</h4>"
        "<a href='?id=1'>OTA (m/w/d)</a> <a href='?id=2'>Assistenzarzt (m/w/d)</a>"
    )
    assert titles(body, title="Klinikum – Jobs") == ["Technologe für Radiologie (m/w/d)"]


@pytest.mark.parametrize(
    "gone",
    [
        "<li><s>Line Cook – Braga</s> (filled)</li>",
        "<li><a href=/jobs/2><del>Line Cook</del></a></li>",
        "<li style='text-decoration: line-through'><a href=/jobs/2>Line Cook</a></li>",
        "<li><a href=/jobs/2>Line Cook</a> <span>Position filled</span></li>",
        "<li><a href=/jobs/2>Line Cook</a><p>Stelle bereits besetzt</p></li>",
        "<li class='job_listing job_position_filled'><a href=/jobs/2>Line Cook</a></li>",
    ],
)
def test_what_a_list_strikes_through_or_calls_filled_is_no_opening(gone: str) -> None:
    body = f"<h2>Open positions</h2><ul><li><a href=/jobs/1>Night Baker</a></li>{gone}</ul>"
    assert titles(body) == ["Night Baker"]


def test_a_struck_salary_beside_a_title_does_not_close_it() -> None:
    body = "<h2>Open positions</h2><ul><li><a href=/jobs/1>Night Baker</a> <s>20 €</s> 24 €</li></ul>"
    assert titles(body) == ["Night Baker"]


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Stellenausschreibung</h1><h2>Night Baker (m/w/d)</h2>",
        "<h1>Job details</h1><div>Position</div><div>Night Baker (m/w/d)</div>",
        "<h1>Vacancy announcement</h1><p>Job title: Night Baker (m/w/d)</p>",
    ],
)
def test_a_heading_that_any_posting_could_have_is_not_its_title(body: str) -> None:
    reading = read(f"{body}{TASKS * 4}<p>Send your CV to us.</p>", title="", url=f"{URL}/4711")
    assert [p.title for p in reading.postings] == ["Night Baker (m/w/d)"]
    assert "You bake bread" in reading.postings[0].text


def test_what_a_list_says_beside_a_title_is_no_part_of_it() -> None:
    cards = "".join(
        f"<details class=vacancy><summary><span>{title}</span><em>{kind}</em></summary><p>Day work.</p><a href=/jobs/{kind}>Full description</a></details>"
        for title, kind in (("Night Baker", "Permanent"), ("Mountmaker", "Part-time"), ("Miller", "Weekends"))
    )
    assert titles(f"<h2>Current vacancies</h2>{cards}") == ["Night Baker", "Mountmaker", "Miller"]


def test_a_class_names_the_employer_above_each_title() -> None:
    cards = "".join(
        f"<div><div class=emp>{firm}</div><h3><a href=/job/{firm[0]}>{title}</a></h3><p>Full-time</p></div>"
        for firm, title in (("Brightwater Mill", "Miller"), ("Oakley Dairy", "Cheesemaker"))
    )
    companies = [posting.company for posting in read(f"<h1>Jobs in the valley</h1>{cards}").postings]
    assert companies == ["Brightwater Mill", "Oakley Dairy"]


@pytest.mark.parametrize(
    "occupation", ["Orgelbauer/in", "Ostréiculteur", "Piastrellista", "Včelařka", "Luthier", "Bibliotekarz"]
)
def test_rare_occupations_are_known(occupation: str) -> None:
    body = f"<h2>Open positions</h2><ul><li><a href=/jobs/1>{occupation}</a></li></ul>"
    assert titles(body) == [occupation]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("<p class=meta>Lieu : Nantes – Chantenay</p>", "Nantes – Chantenay"),
        ("<p>📍 Tönning &nbsp; 🕑 Vollzeit</p>", "Tönning"),
    ],
)
def test_what_marks_a_place_is_read_below_a_description(line: str, place: str) -> None:
    text = "<p>You bake bread and rolls through the night, and hand the shop over to the others at six.</p>"
    body = "".join(
        f"<div class=job><h3>{title}</h3>{text}{line}</div>" for title in ("Night Baker", "Miller")
    )
    assert places(read(f"<h2>Open positions</h2>{body}").postings) == [place, place]


@pytest.mark.parametrize("place", ["Haus Altenrode", "Pracoviště Vlašim", "Site d’Aurec", "Filiale Bad Holm"])
def test_a_house_of_the_employer_is_a_place(place: str) -> None:
    body = "".join(f"<div class=job><h3>{t}</h3><p>{place}</p></div>" for t in ("Night Baker", "Miller"))
    assert places(read(f"<h2>Open positions</h2>{body}").postings) == [place, place]


def test_a_list_names_its_places_at_one_spot_beside_the_titles() -> None:
    towns = ("Porto", "Braga", "Vila Pouca")
    body = "".join(
        f"<div class=job><div>{title}<br><i>{town}</i></div><p>Day work.</p></div>"
        for title, town in zip(("Night Baker", "Miller", "Welder"), towns, strict=True)
    )
    assert places(read(f"<h2>Open positions</h2>{body}").postings) == list(towns)
