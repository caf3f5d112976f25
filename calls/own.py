"""What is kept, and of it what is the person's who asks; nobody in particular has nothing."""

import hashlib

import outreach
import store
from domain import Draft, Posting, Profile
from errors import NotFound, NotSignedIn
from settings import Settings
from store import History, Store, WholeDraft


def opened(settings: Settings) -> Store:
    """What is kept in this process, whoever it is of. The index of a profile is deleted with it.

    Raises:
        StoreError: when it cannot be opened; the next call tries again.
    """
    kept = store.open_store(settings)
    if _forget not in kept.on_delete:
        kept.on_delete.append(_forget)
    return kept


def _forget(_person: str, profile_ids: tuple[str, ...]) -> None:
    for profile_id in profile_ids:
        outreach.forget(profile_id)


class Own:
    """A person's kept profiles and drafts.

    Args:
        person: Whose; empty for a caller who has none.
        settings: Where they are kept. The store is opened when it is first needed.
        work: Id of the job that the call is done for. One that is done again after a crash keeps each draft
            once all the same.
    """

    def __init__(self, person: str, settings: Settings, work: str = "") -> None:
        self.person = person
        self._settings, self._work = settings, work

    @property
    def _store(self) -> Store:
        if not self.person:
            raise NotSignedIn("What is kept belongs to an account.", "Sign in, or send a token of yours.")
        return opened(self._settings)

    @property
    def history(self) -> History:
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
        self,
        draft: Draft,
        posting: Posting,
        profile: Profile,
        asks: tuple[str, ...],
        follows: str | None = None,
        of: str = "",
    ) -> str:
        """Put a draft into the history; returns its id there. `of` tells those of one job apart.

        Raises:
            Cancelled: when the job is not wanted any more.
        """
        history, id_, job = self._store.history, self._id(of), self._work or None
        return history.keep(self.person, draft, posting, profile, asks, follows, id_=id_, job=job).id

    def kept(self, of: str) -> WholeDraft | None:
        """What this job kept `of` something before, as it was written, if it did and it is still there."""
        id_ = self._id(of)
        if id_ is None:
            return None
        try:
            return self._store.history.load(self.person, id_, version=1)
        except NotFound:
            return None

    def _id(self, of: str) -> str | None:
        if not self._work:
            return None
        return hashlib.blake2b(f"{self._work} {of}".encode(errors="replace"), digest_size=8).hexdigest()
