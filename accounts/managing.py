"""What somebody who is signed in does with their account; what would lock others out needs the password."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts import addresses, passwords
from accounts.signing_in import prove, tidied_name
from accounts.throttle import Throttle
from errors import Conflict, NotFound
from store import Account

if TYPE_CHECKING:
    from store import Store
    from store.accounts import Accounts


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to change of an account; None stays. Another `email` needs the `password`."""

    name: str | None = None
    email: str | None = None
    password: str = ""
    shares_outcomes: bool | None = None


def change(kept: "Accounts", account: Account, wanted: Wanted, *, address: str) -> Account:
    """The account as it is then.

    Raises:
        InvalidField: when something cannot be taken, or the password is wrong.
        Conflict: when the email is another account's; it counts as a failed try, so that nobody finds out
            many that way.
        NotFound: when the account has gone meanwhile.
        TooMany: when too many tries failed.
    """
    name = None if wanted.name is None else tidied_name(wanted.name)
    email = None if wanted.email is None else addresses.tidied(wanted.email)
    if email is None or email[0] == account.email:
        return kept.change(account.person, name=name, shares_outcomes=wanted.shares_outcomes)
    looks = Throttle(kept, f"looks {account.person}", address)  # the right password does not clear these
    looks.admit()
    prove(kept, account, wanted.password, address=address)
    try:
        return kept.change(account.person, name=name, email=email, shares_outcomes=wanted.shares_outcomes)
    except Conflict:
        looks.fail()
        raise


def set_password(kept: "Accounts", account: Account, old: str, new: str, *, keep: str, address: str) -> None:
    """Set another password; every sign-in but `keep` ends.

    Raises:
        InvalidField: when the old one is wrong, or the new one cannot be one.
        Conflict: when it was changed elsewhere at the same moment.
        NotFound: when the account has gone meanwhile.
        TooMany: when too many tries failed.
    """
    passwords.check(new, account.email, account.name, field="new")
    proven = prove(kept, account, old, address=address, field="old")
    if not kept.set_password(account.person, proven, passwords.hashed(new), keep):
        raise Conflict("Your password was changed somewhere else just now.", "Sign in with that one.")


def delete(kept: "Store", account: Account, password: str, *, address: str) -> None:
    """Delete an account with all that it holds.

    Raises:
        InvalidField: when the password is wrong.
        Conflict: when nobody would administer this place any more.
        NotFound: when the account has gone meanwhile.
        TooMany: when too many tries failed.
    """
    prove(kept.accounts, account, password, address=address)
    kept.delete_person(account.person)


def end(kept: "Accounts", person: str, session: str) -> None:
    """End a sign-in, if it has not ended meanwhile."""
    try:
        kept.sign_out(person, session)
    except NotFound:
        return
