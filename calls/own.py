"""What is kept of the person who asks, as the calls need it; nobody in particular has nothing."""

from domain import Profile
from errors import NotSignedIn
from settings import Settings
from store import Store, open_store


class Own:
    """A person's kept profiles and drafts.

    Args:
        person: Whose; empty for a caller who has none.
        settings: Where they are kept. The store is opened when it is first needed.
    """

    def __init__(self, person: str, settings: Settings) -> None:
        self.person = person
        self._settings = settings

    @property
    def _store(self) -> "Store":
        if not self.person:
            raise NotSignedIn("What is kept belongs to an account.", "Sign in, or send a token of yours.")
        return open_store(self._settings)

    def profile(self, profile_id: str) -> Profile:
        """A kept profile. Raises `NotFound` also where it is another person's."""
        return self._store.load(self.person, profile_id).profile
