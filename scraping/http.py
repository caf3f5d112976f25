"""What goes over the wire: a request, a response, and the callable that turns one into the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """One request. `body` is sent as JSON when it is set."""

    url: str
    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Response:
    """One answer. `url` is the address that answered after redirects; header names are lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type without parameters, lower case; empty where the server gave none."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


Fetch = Callable[[Request], Response]
