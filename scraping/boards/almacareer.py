"""Alma Career (LMC, Teamio). Company pages below jobs.cz, and many .cz and .sk domains, are empty shells
around a widget. Its id and key are in the site's `/assets/js/script.min.js`, on newer sites in one of the
chunks that `react.min.js` names; with both, GraphQL gives ten openings a page without text, and each text by
`jobAd(id)`. www.jobs.cz is no company's page but the whole job site.

Source: none is published; the calls of the public widget at api.capybara.lmc.cz. Only the shape of `jobAd` in
an answer is seen. The wording of both queries, where the key is sent, the name of the list in an answer, the
names of chunks and a posting's address are unverified (k); so a list is found by what it consists of.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, parse_qs, urljoin, urlsplit

from scraping.advert import Advert
from scraping.board import (
    Board,
    BoardAnswer,
    Listed,
    Place,
    board,
    each,
    headed,
    joined,
    label_of,
    named,
    text_of,
    with_company,
)
from scraping.http import Fetch, Request, Response, form_of
from scraping.page import Page

_API = "https://api.capybara.lmc.cz/api/graphql/widget"
_PAGE = 10
_MOST_SCRIPTS = 8
_MOST_KEPT = 200
_NO_COMPANY = ("m", "my", "en", "beta", "firmy", "static", "data", "img", "blog", "poradna")
_SECRETS = {
    name: re.compile(rf"[\"']?\b{name}[\"']?\s*[:=]\s*[\"']([\w-]{{6,80}})[\"']")
    for name in ("widgetId", "apiKey")
}
_SCRIPT = re.compile(r"[\"']([\w./-]{1,150}\.js)[\"']")
_CHUNK = re.compile(r"(?:chunk|react|widget)[^/]*$")
_FIELDS = "id title locations { city region country } salary"
_LIST = (
    "query List($widgetId: ID!, $page: Int!) { widget(id: $widgetId) "
    f"{{ jobAdList(page: $page) {{ jobAds {{ {_FIELDS} }} }} }} }}"
)
_ONE = (
    "query One($widgetId: ID!, $id: ID!) { widget(id: $widgetId) "
    f"{{ jobAd(id: $id) {{ {_FIELDS} content {{ htmlContent }} }} }} }}"
)


@board("Alma Career", hosts=(".jobs.cz",))
class AlmaCareer(Board):
    """A company's page below jobs.cz, or an own domain that shows the widget; `host` is where it is."""

    marks = ("capybara", "lmc.cz")

    def __init__(self) -> None:
        # A text needs the key that the list was asked with, and the contract hands down the place only.
        self._keys: dict[str, tuple[str, str]] = {}

    def recognise(self, url: SplitResult) -> Place | None:
        company = label_of(url, ".jobs.cz")
        if not company or company in _NO_COMPANY:
            return None
        return Place(company, _posting_in(url), host=(url.hostname or "").lower())

    def request(self, place: Place) -> Request:
        """What answers for a place; before its widget's key is known, that is the script that holds it."""
        key = self._keys.get(place.host)
        if key is None:
            return Request(_script_of(place))
        return _query(_ONE, key, id=place.posting) if place.posting else _query(_LIST, key, page=1)

    def read(self, place: Place, fetch: Fetch) -> Listed:
        """As every board, once the widget's id and key are found."""
        # Sessions share the keys: one is replaced, never taken away while another may be asking with it.
        self._keys[place.host] = self._key(place, fetch)
        for host in list(self._keys)[:-_MOST_KEPT]:
            self._keys.pop(host, None)
        return super().read(place, fetch)

    def _key(self, place: Place, fetch: Fetch) -> tuple[str, str]:
        first = _script_of(place)
        scripts, refusal = [first, urljoin(first, "react.min.js")], BoardAnswer(404)
        for number in range(_MOST_SCRIPTS):
            if number == len(scripts):
                break
            try:
                told = self.ask(Request(scripts[number]), fetch)
            except BoardAnswer as answer:
                refusal = answer
                continue
            if told.get("widgetId") and told.get("apiKey"):
                return told["widgetId"], told["apiKey"]
            chunks = (urljoin(scripts[number], name) for name in told.get("chunks", []))
            scripts += [c for c in chunks if urlsplit(c).hostname == place.host and c not in scripts]
        raise refusal

    def decode(self, response: Response) -> Any:
        """GraphQL's JSON; of a script, the id and the key in it and the chunks that it names."""
        if form_of(response) == "json":
            return super().decode(response)
        script = response.body.decode("utf-8", errors="replace")
        found = {name: match[1] for name, pattern in _SECRETS.items() if (match := pattern.search(script))}
        chunks = (name for name in _SCRIPT.findall(script) if _CHUNK.search(name))
        return {**found, "chunks": list(dict.fromkeys(chunks))[:_MOST_SCRIPTS]}

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        return with_company(each(_jobs(answer), lambda job: _advert(job, place)), _name(place))

    def following(self, answer: Any, place: Place, request: Request, read: int) -> Request | None:
        del read
        if place.posting or len(_jobs(answer)) < _PAGE or request.body is None:
            return None
        asked = json.loads(request.body)["variables"]
        return _query(_LIST, (asked["widgetId"], request.headers["X-Api-Key"]), page=asked["page"] + 1)

    def detail(self, advert: Advert, place: Place) -> Request | None:
        key = self._keys.get(place.host)
        return _query(_ONE, key, id=advert.key) if key and advert.key else None

    def described(self, answer: Any, advert: Advert, place: Place) -> Advert:
        return self.parse(answer, Place(place.token, advert.key, host=place.host))[0]

    def on_own_host(self, page: Page) -> Iterator[Place]:
        if "capybara.lmc.cz" in page.markup and page.host not in ("", "www.jobs.cz"):
            yield Place("", _posting_in(urlsplit(page.url)), host=page.host)

    def looks_like(self, answer: Any) -> Place | None:
        return Place("") if isinstance(_jobs(answer), list) else None


def _script_of(place: Place) -> str:
    return f"https://{place.host}/assets/js/script.min.js"


def _query(query: str, key: tuple[str, str], **variables: Any) -> Request:
    body = {"query": query, "variables": {"widgetId": key[0], **variables}}
    return Request(_API, "POST", json.dumps(body).encode(), {"X-Api-Key": key[1]})


def _jobs(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The one advert, or the list of them that lies somewhere below the widget; none for a closed one.

    Raises:
        LookupError: when the answer holds neither.
    """
    widget = answer["data"]["widget"]
    if "jobAd" in widget:
        return [widget["jobAd"]] if widget["jobAd"] else []
    below, empty = [widget], False
    for value in below:
        for name, inner in value.items():
            if isinstance(inner, dict):
                below.append(inner)
            elif isinstance(inner, list) and any(map(_is_advert, inner)):
                return inner
            elif inner == [] and re.search(r"job|advert|vacanc|position", name, re.IGNORECASE):
                empty = True
    if empty:
        return []
    raise LookupError("no list of adverts")


def _is_advert(item: Any) -> bool:
    """Whether an entry of a list is an advert rather than a filter's choice, which has a title, too."""
    return (
        isinstance(item, dict) and "title" in item and bool(item.keys() & {"locations", "content", "salary"})
    )


def _posting_in(url: SplitResult) -> str:
    """The advert that a page of the widget shows: `?id={number}` (k)."""
    asked = parse_qs(url.query).get("id", [""])[0]
    return asked if re.fullmatch(r"\d{5,12}", asked) else ""


def _name(place: Place) -> str:
    """What may name the company: the label below a job site, else that of the own domain."""
    labels = place.host.removeprefix("www.").split(".")
    own = labels[0] if labels[-2:] in (["topjobs", "sk"], ["jobs", "cz"]) else labels[-2:][0]
    return place.token or own


def _advert(job: dict[str, Any], place: Place) -> Advert:
    return Advert(
        title=text_of(job["title"]),
        markup=_markup(job),
        company=_named(job.get("company")),
        location=_location(job),
        url=text_of(job.get("url")) or _url(job, place),
        employment_type=_named(job.get("employmentType")),
        posted=text_of(job.get("publishedAt")) or text_of(job.get("createdAt")),
        key=text_of(job.get("id")) or place.posting,
    )


def _markup(job: dict[str, Any]) -> str:
    text = named(job.get("content"), "htmlContent")
    pay = _named(job.get("salary"))
    return "\n".join(filter(None, (text, headed("Mzda", f"<p>{pay}</p>") if text and pay else "")))


def _named(value: Any) -> str:
    """A field that is a text, or an object or list of objects with one."""
    if isinstance(value, list):
        return joined(*(_named(item) for item in value))
    if isinstance(value, dict):
        return joined(*(value.get(name) for name in ("name", "label", "title", "text")))
    return text_of(value)


def _location(job: dict[str, Any]) -> str:
    every = job.get("locations") or []
    parts = ("name", "label", "city", "region", "country")
    named = (
        joined(*(where.get(part) for part in parts)) if isinstance(where, dict) else text_of(where)
        for where in every
    )
    return "; ".join(filter(None, named))


def _url(job: dict[str, Any], place: Place) -> str:
    number = text_of(job.get("id")) or place.posting
    return f"https://{place.host}/?id={number}" if place.host and number.isalnum() else ""
