"""A careers address, a saved page or a pasted text comes in; a `Reading` goes out.

`read` climbs from exact to heuristic: a job board named by the address, a job board on the page, job data
inside the page, the text of one posting, a list of openings. It never raises but `errors.Cancelled`: a
failure is a reading with an outcome and a problem in the user's words. `read_text` does the same for pasted
text. The network is reached only through a `Fetch` from `Request` to `Response`: `guarded_fetch` makes the
real one, `polite_fetch` gives it manners, `saved_page` makes one that serves a saved page. Two rungs are off
unless handed in: `rendered` runs a page in a browser, `model_openings` lets a model point out openings.
"""

from language.instructions import kind_of as kind_of_instruction
from scraping.address import LONGEST_URL
from scraping.advert import is_about
from scraping.extraction import model_openings
from scraping.fetch import guarded_fetch
from scraping.http import Fetch, Request, Response
from scraping.ladder import Extract, read
from scraping.manners import Manners, polite_fetch
from scraping.pasted import read_text
from scraping.render import rendered
from scraping.robots import quick
from scraping.saved import looks_like_markup, saved_page

__all__ = [
    "LONGEST_URL",
    "Extract",
    "Fetch",
    "Manners",
    "Request",
    "Response",
    "guarded_fetch",
    "is_about",
    "kind_of_instruction",
    "looks_like_markup",
    "model_openings",
    "polite_fetch",
    "quick",
    "read",
    "read_text",
    "rendered",
    "saved_page",
]
