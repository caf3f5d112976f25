"""Why a page gives no openings: each reason is told from the others, and the way on is named."""

import pytest

import scraping
from domain import Outcome, Reading

URL = "https://www.arkway.example/careers"


def read(body: str, title: str = "Arkway", url: str = URL, **more: object) -> Reading:
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()
    return scraping.read(url, scraping.saved_page(page, url), follow=0)


@pytest.mark.parametrize(
    "notice",
    [
        "This job is no longer accepting applications.",
        "Diese Stelle ist nicht mehr verfügbar.",
        "Cette offre n’est plus disponible.",
        "Tato pozice již není aktuální.",
        "La oferta ya no está disponible.",
        "Deze vacature is gesloten.",
        "To ogłoszenie wygasło.",
    ],
)
def test_a_closed_posting_is_closed_though_similar_ones_are_listed(notice: str) -> None:
    body = f"<p>{notice}</p><h1>Frontend Engineer</h1><h2>Similar roles</h2><a href='/jobs/2'>Support Engineer</a>"
    reading = read(body, title="Frontend Engineer - Arkway", url="https://www.arkway.example/jobs/1")
    assert reading.outcome is Outcome.CLOSED


@pytest.mark.parametrize(
    "notice",
    [
        "There are currently no job openings matching your search.",
        "Derzeit haben wir keine offenen Stellen.",
        "Actualmente no tenemos vacantes abiertas.",
        "Al momento non ci sono posizioni aperte.",
        "Nous n’avons aucun poste à pourvoir pour le moment.",
        "Momenteel hebben wij geen openstaande vacatures.",
        "Aktualnie nie prowadzimy rekrutacji.",
        "V tuto chvíli nemáme žádné volné pozice.",
        "Não temos vagas abertas de momento.",
        "現在、募集は行っておりません。",
    ],
)
def test_a_page_that_says_nothing_is_open_is_empty(notice: str) -> None:
    assert read(f"<h1>Jobs</h1><p>{notice}</p>").outcome is Outcome.EMPTY_BOARD


@pytest.mark.parametrize(
    ("body", "title", "outcome"),
    [
        ("<h1>Sign in</h1><form><input type=password></form>", "Sign in", Outcome.BLOCKED),
        ("<h1>Inloggen</h1><form><button>Aanmelden</button></form>", "Aanmelden", Outcome.BLOCKED),
        (
            "<h1>Wir sind gleich zurück!</h1><h2>Unsere Seite wird gewartet.</h2>",
            "Wartung",
            Outcome.UNREACHABLE,
        ),
        ("<b>Fatal error</b>: Uncaught Error in /var/www/jobs.php on line 3", "", Outcome.UNREACHABLE),
        (
            "<h1>Unsere offenen Stellen</h1><p>Wir freuen uns!</p><iframe src='https://arkway.board.example/'></iframe>",
            "Karriere",
            Outcome.NEEDS_BROWSER,
        ),
        (
            "<h1>Volné pozice</h1><p>Vyberte si.</p><div id=job-widget></div><script src=/w.js></script>",
            "Kariéra",
            Outcome.NEEDS_BROWSER,
        ),
    ],
)
def test_walls_disorder_and_shells_are_told_apart(body: str, title: str, outcome: Outcome) -> None:
    assert read(body, title=title).outcome is outcome


def test_the_address_of_a_frame_is_offered() -> None:
    reading = read(
        "<h1>Offene Stellen</h1><iframe src='https://arkway.board.example/x'></iframe>", title="Karriere"
    )
    assert reading.problem is not None
    assert reading.problem.links == (("Openings at arkway.board.example", "https://arkway.board.example/x"),)


def test_news_of_new_jobs_is_no_careers_page() -> None:
    body = (
        "<h1>Arkway to create 200 new jobs</h1><p>" + "Roles will include engineers and cooks. " * 15 + "</p>"
    )
    assert read(body, url="https://www.arkway.example/news/jobs").outcome is Outcome.NOT_CAREERS


def test_a_page_that_only_leads_on_is_followed_once() -> None:
    page = b"<html><head><meta http-equiv=refresh content='0; url=/jobs/cook'></head></html>"
    posting = (
        b"<html><head><title>Cook - Arkway</title></head><body><h1>Cook</h1><h2>Requirements</h2><ul><li>"
        + (
            b"You know salt and pepper and when to use neither of them in a soup for two hundred guests a day.</li></ul>"
            b"<a href='/apply'>Apply</a></body></html>"
        )
    )

    def fetch(request: scraping.Request) -> scraping.Response:
        body = posting if request.url.endswith("/cook") else page
        return scraping.Response(request.url, 200, {"content-type": "text/html"}, body)

    assert [p.title for p in scraping.read(URL, fetch).postings] == ["Cook"]
