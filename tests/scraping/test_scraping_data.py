"""Data that comes instead of a page or inside it: feeds, sitemaps, microdata, state of scripts, any job list."""

import json

import pytest

import scraping
from domain import Outcome, Reading

URL = "https://www.arkway.example/careers"


def read(body: str, kind: str = "text/html") -> Reading:
    return scraping.read(URL, scraping.saved_page(body.encode(), URL, kind), follow=0)


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Remote jobs</title><item><title>Arkway: Line Cook</title>
<region>Europe Only</region><link>https://jobs.example/1</link><description>&lt;h3&gt;Requirements&lt;/h3&gt;&lt;ul&gt;
&lt;li&gt;Salt&lt;/li&gt;&lt;/ul&gt;</description></item><item><title>Kelp House: Baker</title><region>Anywhere</region>
<link>https://jobs.example/2</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Jobs at Arkway</title><entry><title>Line Cook</title>
<link rel="alternate" href="https://jobs.example/1"/><content type="html">&lt;p&gt;Cook.&lt;/p&gt;</content></entry></feed>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://arkway.example/</loc></url><url><loc>https://arkway.example/jobs/line-cook-4711</loc></url>
<url><loc>https://arkway.example/blog/soup</loc></url><url><loc>https://arkway.example/jobs/night-baker</loc></url></urlset>"""


def test_a_feed_of_a_job_site_names_employer_and_title() -> None:
    postings = read(RSS, "application/rss+xml").postings
    assert [(p.title, p.company, p.location) for p in postings] == [
        ("Line Cook", "Arkway", "Europe Only"),
        ("Baker", "Kelp House", "Anywhere"),
    ]
    assert [line.text for line in postings[0].requirements] == ["Salt"]


def test_an_atom_feed_is_of_the_company_that_its_title_names() -> None:
    posting = read(ATOM, "application/atom+xml").postings[0]
    assert (posting.title, posting.company, posting.url) == ("Line Cook", "Arkway", "https://jobs.example/1")


def test_a_feed_of_news_is_no_list_of_openings() -> None:
    news = RSS.replace("Arkway: Line Cook", "We won a prize").replace("Kelp House: Baker", "Soup is back")
    assert read(news.replace("Remote jobs", "News"), "application/rss+xml").outcome is Outcome.NOT_UNDERSTOOD


def test_a_sitemap_of_postings_gives_their_addresses_and_tidied_titles() -> None:
    assert [p.title for p in read(SITEMAP, "application/xml").postings] == ["Line cook", "Night baker"]


@pytest.mark.parametrize(
    "body",
    [
        "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>",
        "<?xml version='1.0'?>",
        '[{"title": "Co',
    ],
)
def test_data_that_is_dangerous_or_cut_off_is_not_understood(body: str) -> None:
    kind = "application/json" if body.startswith("[") else "application/xml"
    assert read(body, kind).outcome is Outcome.NOT_UNDERSTOOD


def test_posts_of_a_content_system_are_openings_where_they_are_titled_so() -> None:
    posts = [
        {
            "id": n,
            "link": f"https://arkway.example/{n}",
            "title": {"rendered": f"{role} &#038; more"},
            "content": {"rendered": "<p>Soup.</p>" * 20},
        }
        for n, role in enumerate(("Seeking Cook", "Baker"))
    ]
    assert [p.title for p in read(json.dumps(posts), "application/json").postings] == [
        "Seeking Cook & more",
        "Baker & more",
    ]


def test_people_with_a_job_are_no_openings() -> None:
    team = [{"name": "Ana", "title": "Head Cook", "bio": "x" * 200, "description": "y" * 200}]
    assert read(json.dumps(team), "application/json").outcome is Outcome.NOT_UNDERSTOOD


def test_microdata_is_read_with_its_nested_items() -> None:
    body = """<div itemscope itemtype="https://schema.org/JobPosting"><h1 itemprop="title">Night Baker</h1>
    <span itemprop="hiringOrganization" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">Arkway</b></span>
    <div itemprop="jobLocation" itemscope itemtype="https://schema.org/Place"><span itemprop="address" itemscope>
    <i itemprop="addressLocality">Porto</i></span></div><time itemprop="datePosted" datetime="2026-10-01">1 Oct</time>
    <div itemprop="description"><h3>Requirements</h3><ul><li>A steady hand</li></ul></div></div>"""
    posting = read(body).postings[0]
    assert (posting.title, posting.company, posting.location, posting.posted) == (
        "Night Baker",
        "Arkway",
        "Porto",
        "2026-10-01",
    )
    assert [line.text for line in posting.requirements] == ["A steady hand"]


NUXT = "window.__NUXT__=(function(a){return {jobs:[{id:1,title:'Koch (m/w/d)',city:a},{id:2,title:'Bäcker (m/w/d)',city:a}]}}('Bonn'));"
ANGULAR = "{&q;items&q;: [{&q;intitule&q;: &q;Boulanger (H/F)&q;, &q;ville&q;: &q;Angers&q;, &q;contrat&q;: &q;CDI&q;}]}"
FLIGHT = json.dumps(
    '5:["$","div",null,{"openings":[{"slug":"a","title":"Line Cook","team":"Kitchen","loc":"Porto"}]}]\n'
)


@pytest.mark.parametrize(
    ("script", "found"),
    [
        (f"<script>{NUXT}</script>", [("Koch (m/w/d)", "Bonn"), ("Bäcker (m/w/d)", "Bonn")]),
        (f"<script id=state type='application/json'>{ANGULAR}</script>", [("Boulanger (H/F)", "Angers")]),
        (f"<script>self.__next_f.push([1,{FLIGHT}])</script>", [("Line Cook", "Porto")]),
    ],
)
def test_the_state_of_scripts_holds_openings(script: str, found: list[tuple[str, str]]) -> None:
    postings = read(f"<html><body><h1>Jobs</h1><div id=app></div>{script}</body></html>").postings
    assert [(p.title, p.location) for p in postings] == found


def test_data_behind_unfilled_templates_is_left_to_their_program() -> None:
    body = "<h1>Jobs</h1><p>{{ job.title }}</p><script>var jobs = [{title: 'Copy of Cook', city: 'Bonn'}]</script>"
    assert read(body).outcome is Outcome.NEEDS_BROWSER


def test_what_the_page_shows_completes_shorter_data() -> None:
    data = {
        "@type": "JobPosting",
        "title": "Cook",
        "description": "<p>We cook.</p>",
        "hiringOrganization": "Arkway",
    }
    body = (
        f"<script type='application/ld+json'>{json.dumps(data)}</script><h1>Cook</h1><p>We cook for two hundred.</p>"
        "<h2>Requirements</h2><ul><li>You know salt and pepper and when to use neither of them in a soup for two hundred hungry guests a day.</li></ul><a href='/apply'>Apply</a>"
    )
    posting = read(f"<html><head><title>Cook - Arkway</title></head><body>{body}</body></html>").postings[0]
    assert posting.company == "Arkway"
    assert len(posting.requirements) == 1
