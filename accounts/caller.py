"""Who asks, and what they may do."""

from typing import Literal

from domain import Noun
from store import Account

Scope = Literal["read", "write", "draft"]
SCOPES: tuple[Scope, ...] = ("read", "write", "draft")
"""To see what is kept; to change it; to read pages and have drafts written."""

LOCAL = "local"
"""The one person at a computer where nobody signs in."""


class Caller(Noun):
    """Who sent a request.

    Attributes:
        way: How that is known. "local" is the one person at this computer, "anonymous" nobody in particular.
        person: Whose data they may see; empty for the anonymous, who have none.
        account: Of who is signed in or shows a token.
        session: Id of the sign-in, where there is one.
        scopes: What they may do.
        address: Where the request came from, for limits only; never logged or kept as it is.
    """

    way: Literal["local", "session", "token", "anonymous"]
    person: str = ""
    account: Account | None = None
    session: str = ""
    scopes: frozenset[Scope] = frozenset()
    address: str = ""

    @property
    def is_admin(self) -> bool:
        """Whether they run this place: an administrator who is signed in, or the one person of a laptop."""
        return self.way == "local" or (
            self.way == "session" and self.account is not None and self.account.is_admin
        )
