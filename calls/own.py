"""What is kept of the person who asks, as the calls need it; nobody in particular has nothing."""

from domain import Draft, Posting, Profile
from errors import NotSignedIn
from settings import Settings
from store import History, Store, open_store


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

    @property
    def history(self) -> "History":
        """Their saved drafts."""
        return self._store.history

    def profile(self, profile_id: str) -> Profile:
        """A kept profile. Raises `NotFound` also where it is another person's."""
        return self._store.load(self.person, profile_id).profile

    def draft(self, draft_id: str) -> Draft:
        """A kept draft as it was last written. Raises `NotFound` as `profile` does."""
        return self._store.history.load(self.person, draft_id).version.draft

    def keeps(self, wish: bool | None) -> bool:
        """Whether to keep a draft: as wished, by default where there is somebody to keep it for.

        Raises:
            NotSignedIn: when it is wished and there is nobody.
        """
        return bool(self.person) if wish is None else bool(wish and self._store)

    def keep(
        self, draft: Draft, posting: Posting, profile: Profile, asks: tuple[str, ...], follows: str | None
    ) -> str:
        """Put a draft into the history; returns its id there."""
        return self._store.history.keep(self.person, draft, posting, profile, asks, follows).id
