"""Sites whose terms let no program read them: they are never opened, wherever a link or a redirect leads."""

from errors import PolicyRefused

# By the name that somebody registered, under whichever ending.
_NO_PROGRAMS = {"linkedin": "LinkedIn", "lnkd": "LinkedIn", "indeed": "Indeed", "glassdoor": "Glassdoor"}


def policy_of(host: str) -> str:
    """The name of a site that is never opened, or an empty string."""
    labels = host.lower().rstrip(".").split(".")
    short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3  # indeed.co.uk
    return _NO_PROGRAMS.get(labels[-3 if short else -2], "") if len(labels) > 1 else ""


def refuse_by_policy(host: str) -> None:
    """Return if a site may be opened.

    Raises:
        PolicyRefused: if it may not.
    """
    name = policy_of(host)
    if name:
        raise PolicyRefused(name)
