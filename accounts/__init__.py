"""Who asks: a person at this computer, somebody signed in, a program with a token, or a visitor.

A request's cookie, token and address go in; a `Caller` comes out, whose `person` every query of the store is
about. Passwords, sign-ins, tokens, one-time codes and the limits on attempts are here; `store` keeps them.
"""

from accounts.caller import LOCAL, SCOPES, Caller, Scope
from accounts.identify import identify

__all__ = ["LOCAL", "SCOPES", "Caller", "Scope", "identify"]
