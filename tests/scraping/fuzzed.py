"""Strategies for hostile input: markup from fragments, altered answers of boards, odd addresses and bytes."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

FOLDER = Path(__file__).parent / "boards"
_FIXTURES = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
ADDRESSES = [address for fixture in _FIXTURES for address in fixture["recognises"]]
ANSWERS = [exchange["answer"] for fixture in _FIXTURES for exchange in fixture["exchanges"]]
_PAGES = [case["page"] for fixture in _FIXTURES for case in fixture["reads"] if "page" in case]

_TAGS = (
    *("div", "ul", "li", "p", "h1", "h2", "h3", "h4", "a", "table", "tr", "td", "th", "tbody", "section"),
    *("article", "details", "summary", "dl", "dt", "dd", "main", "nav", "header", "footer", "form", "input"),
    *("template", "noscript", "iframe", "script", "style", "svg", "math", "select", "option", "label"),
    *("button", "strong", "br", "base", "meta", "title", "body", "html", "textarea", "pre"),
)
_ATTRIBUTES = (
    "href='/jobs/night-baker-1'",
    "href='http://[bad'",
    "href='//acme.recruitee.com/o/night-baker'",
    "src='https://boards.greenhouse.io/embed/job_board?for=acme'",
    "class='job-title'",
    "class='location'",
    "style='display:none'",
    "style='color:#fff;background:#ffffff;font-size:0'",
    "hidden",
    "aria-hidden=true",
    "id=app",
    "itemscope itemtype='https://schema.org/JobPosting'",
    "itemprop=title",
    "itemprop=hiringOrganization",
    "type='application/ld+json'",
    "type='application/json' id='__NEXT_DATA__'",
    "data-page='{&quot;props&quot;:{&quot;jobs&quot;:[{&quot;title&quot;:null}]}}'",
    "http-equiv=refresh content='0;url=/next'",
    "charset=idna",
    "lang=de",
)
_TEXTS = (
    "Night Baker (m/w/d)",
    "Open positions",
    "Keine offenen Stellen",
    "Porto, Portugal",
    "Full-time",
    "Requirements",
    "Your tasks",
    "What we offer",
    "Mention the word “turnip” in your application.",
    "This position has been filled.",
    "5+ years of Python",
    "Apply now",
    "Our teams",
    "Meet our team",
    "Expired notices",
    "12 jobs",
    "Position",
    "Location",
    "Closing date: 3 June",
    "Cook wanted",
    "Initiativbewerbung",
    "求人一覧",
    "\u200b\ufeff\U000e0041\u202e",
    "&#0;&#xD800;&nbsp;&bogus;",
    "]]>",
    "<!--",
    "</script>",
)
_DATA = (
    '{"@context":"https://schema.org","@type":"JobPosting","title":"Night Baker","description":"<p>Bake.",'
    '"hiringOrganization":{"name":"Acme"},"jobLocation":{"address":{"addressLocality":"Porto"}},"url":"/j/1"}',
    '{"@graph":[{"@type":["JobPosting"],"title":["Baker"],"jobLocation":[null,{"address":7}]}]}',
    'self.__next_f.push([1,"5:{\\"jobs\\":[{\\"title\\":\\"Baker\\",\\"slug\\":\\"b\\"}]}"])',
    'window.__NUXT__=(function(a,b){return {jobs:[{title:a,location:b}]}}("Baker",null))',
    'window.jobs = [{title:"Baker", location:"Porto"}, {title:undefined, url:void 0}];',
    '{"props":{"pageProps":{"jobs":[{"title":"Baker","location":{"name":"Porto"}},{"title":{},"id":[]}]}}}',
    ".a{display:none}.b:hover{}@media(max-width:1px){*{visibility:hidden}}",
)


def markup(most: int = 25) -> st.SearchStrategy[str]:
    """Markup from tags, attributes, texts and data that matter to reading, in any order and any nesting."""
    attributes = st.lists(st.sampled_from(_ATTRIBUTES), max_size=2).map(" ".join)
    opening = st.builds(lambda tag, rest: f"<{tag} {rest}>", st.sampled_from(_TAGS), attributes)
    closing = st.sampled_from(_TAGS).map(lambda tag: f"</{tag}>")
    words = st.one_of(st.sampled_from(_TEXTS), st.text(max_size=12))
    pair = st.builds(
        lambda tag, rest, inner: f"<{tag} {rest}>{inner}</{tag}>", st.sampled_from(_TAGS), attributes, words
    )
    scripts = st.builds(
        lambda rest, data: f"<script {rest}>{data}</script>",
        st.sampled_from(_ATTRIBUTES),
        cut_or_spliced(st.sampled_from(_DATA)),
    )
    cards = st.builds(
        lambda tag, parts, times: f"<{tag}>{''.join(parts)}</{tag}>" * times,
        st.sampled_from(("li", "div", "tr", "article", "section")),
        st.lists(pair, min_size=1, max_size=4),
        st.integers(2, 6),
    )
    return st.lists(st.one_of(opening, closing, words, pair, scripts, cards), max_size=most).map("".join)


@st.composite
def cut_or_spliced(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """A text as it is, or with a part of it taken out, doubled or replaced."""
    text = draw(texts)
    if not text or draw(st.booleans()):
        return text
    begin = draw(st.integers(0, len(text)))
    end = min(len(text), begin + draw(st.integers(0, 40)))
    put = draw(st.one_of(st.just(""), st.just(text[begin:end] * 2), st.text(max_size=6)))
    return text[:begin] + put + text[end:]


def literals() -> st.SearchStrategy[str]:
    """What pages hand to their scripts, from its first bracket or quote on, cut or spliced."""
    data = st.sampled_from(_DATA).map(lambda text: text[min(map(text.find, "{[")) :])
    return cut_or_spliced(cut_or_spliced(data))


_ODD: tuple[Any, ...] = (
    *(None, "", 0, -1, 1e308, float("nan"), True, [], {}, [[]]),
    *("\x00", "../..", "https://[", "9" * 5_000, "<p>" * 400),
)
_DEEP: Any = [[[[[[[[{"title": [{"name": {"title": None}}]}]]]]]]]]


@st.composite
def answers(draw: st.DrawFn) -> Any:
    """The JSON answer of some board, with up to four of its values replaced, doubled, renamed or removed."""
    answer = copy.deepcopy(draw(st.sampled_from([a for a in ANSWERS if not _is_lines(a)])))
    for _ in range(draw(st.integers(1, 4))):
        holders = list(_containers(answer))
        if holders:
            _harm(draw, draw(st.sampled_from(holders)))
    return answer


def _is_lines(answer: Any) -> bool:
    return isinstance(answer, str) or (isinstance(answer, list) and all(isinstance(a, str) for a in answer))


def _containers(value: Any) -> list[Any]:
    if not isinstance(value, dict | list):
        return []
    inside = value.values() if isinstance(value, dict) else value
    return ([value] if value else []) + [deeper for part in inside for deeper in _containers(part)]


def _harm(draw: st.DrawFn, holder: Any) -> None:
    key = draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
    odd = st.one_of(st.sampled_from(_ODD), st.just(_DEEP), st.text(max_size=8), st.integers())
    kind = draw(st.sampled_from(("replace", "replace", "wrap", "drop", "repeat")))
    if kind == "replace":
        holder[key] = copy.deepcopy(draw(odd))
    elif kind == "wrap":
        holder[key] = [holder[key]] if draw(st.booleans()) else {"name": holder[key], "": None}
    elif kind == "drop":
        del holder[key]
    elif isinstance(holder, list):
        holder.append(holder[key])


def lines() -> st.SearchStrategy[str]:
    """The XML or HTML answer of some board, or one of its pages, cut or spliced."""
    texts = [a if isinstance(a, str) else "\n".join(a) for a in ANSWERS if _is_lines(a) and a]
    return cut_or_spliced(cut_or_spliced(st.sampled_from(texts + _PAGES)))


def addresses() -> st.SearchStrategy[str]:
    """Addresses of boards, cut or spliced, and any text."""
    known = cut_or_spliced(st.sampled_from(ADDRESSES))
    return st.one_of(known, st.text(max_size=60), st.from_regex(_ADDRESS))


_ADDRESS = r"\Ahttps?://[a-z0-9.\[\]:@%-]{0,20}(/[\w.%?&=#;-]{0,12}){0,3}\Z"


def bodies() -> st.SearchStrategy[bytes]:
    """Bytes of any kind: markup in odd encodings, answers of boards, feeds, and noise."""
    encode: list[Callable[[str], bytes]] = [
        lambda text: text.encode("utf-8", errors="surrogatepass"),
        lambda text: text.encode("utf-16", errors="surrogatepass"),
        lambda text: text.encode("windows-1252", errors="replace"),
    ]
    texts = st.one_of(markup(), lines(), answers().map(json.dumps), st.text())
    encoded = st.builds(lambda how, text: how(text), st.sampled_from(encode), texts)
    return st.one_of(encoded, encoded, st.binary(max_size=300))
