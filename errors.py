"""The one hierarchy of errors a person may see: what happened, and what to do next."""


class InroadError(Exception):
    """Something a person can act on.

    Args:
        message: What happened, one plain sentence in the user's words.
        advice: What to do next, one plain sentence; may be empty.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    @property
    def kind(self) -> str:
        """What programs know it by, always the same: `NothingMatches` is "nothing-matches"."""
        return "".join(f"-{c.lower()}" if c.isupper() else c for c in type(self).__name__).lstrip("-")

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class SettingsError(InroadError):
    """A setting has a value that cannot be used."""


class AddressRefused(InroadError):
    """An address that must not be opened from here: malformed, private, or of a kind we never fetch."""


class FetchFailed(InroadError):
    """An allowed address that did not give a usable answer: down, slow, too large, of the wrong type."""


class UnsupportedContent(FetchFailed):
    """The address answered with something that is no page: a PDF, a picture, a download, or far too much."""


class RobotsRefused(FetchFailed):
    """The site's robots.txt asks programs not to open this page."""


class PolicyRefused(FetchFailed):
    """A site whose terms let no program read it. `name` is what people call it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} does not allow programs to read its pages, so Inroad does not open them.")
        self.name = name


class DocumentError(InroadError):
    """A portfolio, profile or saved page that cannot be read as what it should be."""


class ModelError(InroadError):
    """A model server that is down, slow, busy, refuses the key, or does not keep the contract.

    `retry_after` holds the seconds until the server is expected to answer again, where it said so.
    """

    def __init__(self, message: str, advice: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, advice)
        self.retry_after = retry_after


class NoRoom(ModelError):
    """A model server's allowance is used up for longer than anybody would wait here."""


class InvalidField(InroadError):
    """Something typed into a form cannot be taken. `field` is the field's name."""

    def __init__(self, field: str, message: str, advice: str = "") -> None:
        super().__init__(message, advice)
        self.field = field


class StoreError(InroadError):
    """What a person keeps here could not be read or saved. Nothing is ever half-saved."""


class NotFound(StoreError):
    """There is no such profile, document or item, or it is another person's, which looks the same."""


class Unfit(StoreError):
    """What a person gave cannot be kept as it is: too long, empty, or an answer to nothing."""


class NotSignedIn(InroadError):
    """This needs an account, and nobody is signed in; or the token is not, or no longer, one of ours."""


class WrongPassword(NotSignedIn):
    """An e-mail and a password that do not belong together. `tries_left` holds how often one may fail yet."""

    def __init__(self, message: str, advice: str = "", *, tries_left: int) -> None:
        super().__init__(message, advice)
        self.tries_left = tries_left


class NotAllowed(InroadError):
    """Whoever asks is known, and may not do this."""


class Conflict(InroadError):
    """What was asked for cannot be done to the state of things as it is now."""


class TooMany(InroadError):
    """More was asked than is answered at once. `retry_after` holds the seconds until it makes sense again."""

    def __init__(self, message: str, advice: str = "", retry_after: float = 60.0) -> None:
        super().__init__(message, advice)
        self.retry_after = retry_after


class NothingMatches(InroadError):
    """The sender's evidence answers nothing that the posting asks for, so there is no honest draft."""

    def __init__(
        self,
        message: str = "Nothing in your evidence answers this opening well enough yet.",
        advice: str = "Add a sentence on work that fits it, or choose another opening.",
    ) -> None:
        super().__init__(message, advice)


class Cancelled(InroadError):
    """The person pressed Cancel or Stop."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was kept.")
