"""An opened page: its bytes as text, its tree, and what it points to."""

import re
from functools import cached_property
from urllib.parse import parse_qs, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from scraping.http import Response
from scraping.markup import parse
from scraping.visible import Seen, see_tree

_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)|<\?xml[^>]+encoding=[\"']([\w-]+)", re.I)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ADDRESSED = (
    ("a[href]", "href"),
    ("iframe[src]", "src"),
    ("script[src]", "src"),
    ("iframe[data-src]", "data-src"),
    ("form[action]", "action"),
)
_IN_TEXT = re.compile(r"https?:(?:\\?/){2}[\w.-]+(?:\\?/[\w.%&~+-]*)*(?:\?[\w.=&%-]*)?")
_REFRESH = re.compile(r"\s*\d{0,2}(?:\.\d+)?\s*[;,]\s*url\s*=\s*(.+)", re.IGNORECASE)
_PLACEHOLDERS = re.compile(r"\{\{[^}]{1,80}\}\}|\{\$[^$]{1,80}\$\}|\[\[[^\]]{1,80}\]\]|<%=?[^%]{1,80}%>")
_MOST_SCRIPT = 1_500_000


class Page:
    """HTML that was opened at an address."""

    def __init__(self, url: str, markup: str) -> None:
        self.url = url
        self.markup = markup
        self._mentioned: dict[str, bool] = {}

    @classmethod
    def of(cls, response: Response) -> "Page":
        return cls(response.url, decode(response.body, response.charset))

    @cached_property
    def lower(self) -> str:
        """The markup in lower case, for a quick look."""
        return self.markup.lower()

    def mentions(self, mark: str) -> bool:
        """Whether a text in lower case stands anywhere in the markup; looked for once."""
        if mark not in self._mentioned:
            self._mentioned[mark] = mark in self.lower
        return self._mentioned[mark]

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return parse(self.markup)

    @cached_property
    def seen(self) -> Seen:
        return see_tree(self.tree, self.markup)

    @cached_property
    def has_placeholders(self) -> bool:
        """Whether templates that a program would fill stand on the page as they are: "{{ job.title }}"."""
        return _PLACEHOLDERS.search(self.seen.text) is not None

    @cached_property
    def title(self) -> str:
        """The `<title>`, in one line."""
        node = self.tree.css_first("title")
        return " ".join(node.text(deep=True).split())[:300] if node is not None else ""

    @cached_property
    def base(self) -> str:
        node = self.tree.css_first("base[href]")
        try:
            return urljoin(self.url, node.attributes.get("href") or "") if node is not None else self.url
        except ValueError:
            return self.url

    @cached_property
    def language(self) -> str:
        node = self.tree.css_first("html[lang]")
        return (node.attributes.get("lang") or "")[:2].lower() if node is not None else ""

    @cached_property
    def leads_on_to(self) -> str:
        """Where a page that holds nothing but a `<meta refresh>` sends its visitor; empty for other pages."""
        node = self.tree.css_first('meta[http-equiv="refresh" i]')
        match = _REFRESH.match(node.attributes.get("content") or "") if node is not None else None
        return self.absolute(match[1].strip("\"' ")) if match and len(self.seen.text) < 400 else ""

    def meta(self, name: str) -> str:
        """The content of a `<meta>` by its name or property; empty where there is none."""
        node = self.tree.css_first(f'meta[property="{name}"], meta[name="{name}"]')
        return " ".join((node.attributes.get("content") or "").split())[:300] if node is not None else ""

    def absolute(self, href: str) -> str:
        """A link of the page as an absolute address; empty for one that leads nowhere."""
        href = href.strip()
        if not href or href.startswith(("#", "mailto:", "tel:", "javascript:", "data:")):
            return ""
        try:
            address = urljoin(self.base, href)
            return address if urlsplit(address).scheme in ("http", "https") else ""
        except ValueError:
            return ""

    @cached_property
    def addresses(self) -> list[str]:
        """Every address the page points to: links, frames, scripts, and those written inside scripts."""
        found = []
        for selector, name in _ADDRESSED:
            found += [self.absolute(node.attributes.get(name) or "") for node in self.tree.css(selector)]
        found += [match.replace("\\/", "/") for match in _IN_TEXT.findall(self.scripts)]
        return [address for address in found if address]

    @cached_property
    def foreign_addresses(self) -> list[str]:
        """Those of `addresses` that lead to other hosts than the page's own."""
        own = (f"https://{self.host}/", f"http://{self.host}/")
        return [address for address in self.addresses if not address.startswith(own)]

    @cached_property
    def frames(self) -> list[str]:
        """The addresses of the page's frames and scripts: what it shows, rather than what it leads to."""
        nodes = self.tree.css("iframe[src], iframe[data-src], script[src]")
        found = (self.absolute(n.attributes.get("src") or n.attributes.get("data-src") or "") for n in nodes)
        return [address for address in found if address]

    @cached_property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").lower()

    @cached_property
    def scripts(self) -> str:
        """The text of all scripts inside the page, up to a limit."""
        return "\n".join(node.text(deep=True) for node in self.tree.css("script"))[:_MOST_SCRIPT]

    @cached_property
    def posting_wanted(self) -> str:
        """The posting that the page's own address names in the manner of embedded boards."""
        try:
            query = parse_qs(urlsplit(self.url).query)
        except ValueError:
            return ""
        wanted = (query.get("gh_jid") or query.get("ashby_jid") or [""])[0]
        return wanted if re.fullmatch(r"[A-Za-z0-9-]{1,64}", wanted) else ""

    @cached_property
    def is_about_one_opening(self) -> bool:
        """Whether the address reads like that of one posting rather than a list."""
        parts = [part for part in urlsplit(self.url).path.split("/") if part]
        return bool(parts) and (len(parts[-1].split("-")) >= 3 or re.search(r"\d{4,}", parts[-1]) is not None)


def decode(body: bytes, declared: str = "") -> str:
    """Bytes as text. Valid UTF-8 is believed before any declaration, since declarations are often wrong."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, errors="replace")
    stated = _DECLARED.search(body[:4_096])
    named = declared or (next(filter(None, stated.groups())).decode("ascii") if stated else "")
    if not named.lower().startswith("iso-2022"):
        text = body.decode("utf-8", errors="replace")
        bad = text.count("\ufffd")
        if not bad or (named.lower() in ("", "utf-8", "utf8") and bad * 500 < len(text)):
            return text
        named = "windows-1252" if named.lower() in ("", "utf-8", "utf8", "iso-8859-1") else named
    try:
        return body.decode(named, errors="replace")
    except (LookupError, UnicodeError):  # unknown, or a codec for something else than text, such as "idna"
        return body.decode("windows-1252", errors="replace")
