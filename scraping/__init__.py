"""A careers address, a saved page or a pasted text comes in; a `Reading` goes out.

`read` climbs from exact to heuristic: a job board named by the address, a job board on the page, job data
inside the page, the text of one posting, a list of openings. It never raises but `errors.Cancelled`: a
failure is a reading with an outcome and a problem in the user's words. `read_text` does the same for pasted
text. The network is reached only through a `Fetch` from `Request` to `Response`: `guarded_fetch` makes the
real one, `saved_page` one that serves a saved page.
"""

from scraping.address import LONGEST_URL
from scraping.fetch import guarded_fetch
from scraping.http import Fetch, Request, Response
from scraping.ladder import read
from scraping.pasted import read_text
from scraping.saved import looks_like_markup, saved_page

__all__ = [
    "LONGEST_URL",
    "Fetch",
    "Request",
    "Response",
    "guarded_fetch",
    "looks_like_markup",
    "read",
    "read_text",
    "saved_page",
]
