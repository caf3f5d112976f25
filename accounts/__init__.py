"""Who asks: a person at this computer, somebody signed in, a program with a token, or a visitor.

A request's cookie, token and address go in; a `Caller` comes out, whose `person` every query of the store is
about. Passwords, sign-ins, tokens, one-time codes and the limits on attempts are here; `store` keeps them.
What takes a password's hash is done in turn at the `DOOR`, so that a storm of sign-ins holds nobody else up.
"""

from accounts.caller import LOCAL, SCOPES, Caller, Scope
from accounts.door import DOOR
from accounts.identify import identify
from accounts.networks import came_by_proxy, network_of
from accounts.sessions import cookie_name

__all__ = [
    "DOOR",
    "LOCAL",
    "SCOPES",
    "Caller",
    "Scope",
    "came_by_proxy",
    "cookie_name",
    "identify",
    "network_of",
]
