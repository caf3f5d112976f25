"""What an opening asks for, and which of a sender's evidence answers it."""

import matching
import settings
import tagging
from domain import Coverage, Match, Noun, Posting, Profile, Reading, SkillMention
from language import words
from outreach.confidential import shown
from outreach.skills import with_implied_skills, with_skills


class Opening(Noun):
    """A posting with what it asks for and which evidence answers it.

    `thorough` is false for the quick ranking of a list, which compares skills only.
    """

    posting: Posting
    mentions: tuple[SkillMention, ...]
    matches: tuple[Match, ...]
    thorough: bool = True

    @property
    def asked(self) -> tuple[Match, ...]:
        """The skills asked for, one match or gap each, in page order."""
        return tuple(m for m in self.matches if m.subject == "skill")

    @property
    def answered(self) -> tuple[Match, ...]:
        return tuple(m for m in self.asked if not m.is_gap)


def rank(reading: Reading, profile: Profile) -> tuple[Opening, ...]:
    """The openings of a reading, best match for the profile first; equal ones in page order.

    A list is ranked by skills and title alone, a millisecond an opening; `examine` looks closer at one.
    """
    if len(reading.postings) == 1:
        return (examine(reading.postings[0], profile),)
    sender = with_skills(profile)
    trade = _trade_words(sender.headline, *(r.title for r in sender.records if r.kind == "role"))
    openings = [_match(posting, sender, thorough=False) for posting in reading.postings]
    return tuple(sorted(openings, key=lambda opening: _fit(opening, trade), reverse=True))


# Words of a title that name a rank or any trade at all.
_RANKS = "chief head intern junior lead manager officer principal senior specialist staff trainee student"
_TRADELESS = "and at consultant developer engineer engineering for in of the working"
_ANY_TITLE = frozenset(f"{_RANKS} {_TRADELESS}".split())


def _trade_words(*titles: str) -> frozenset[str]:
    tokens = (token.casefold() for title in titles for token, _, _ in words.tokens(title))
    return frozenset(words.stem(token) for token in tokens if token.isalpha() and token not in _ANY_TITLE)


def _fit(opening: Opening, trade: frozenset[str]) -> float:
    """Skills answered, less half a point a gap, and two points for the sender's own trade in the title."""
    gaps = len(opening.asked) - len(opening.answered)
    own_trade = bool(trade & _trade_words(opening.posting.title))
    return len(opening.answered) - gaps / 2 + 2 * own_trade


def examine(posting: Posting, profile: Profile) -> Opening:
    """One opening with its requirements matched by skills and by meaning."""
    return _match(posting, with_skills(profile), thorough=True)


def _match(posting: Posting, sender: Profile, *, thorough: bool) -> Opening:
    mentions = tagging.tag(posting.lines)
    embedder = matching.load_embedder(settings.current().embedding_dir) if thorough else None
    matches = matching.match(posting, mentions, with_implied_skills(sender), embedder)
    return Opening(posting=posting, mentions=mentions, matches=matches, thorough=thorough)


def coverage(opening: Opening, profile: Profile, text: str = "") -> Coverage:
    """How many of the posting's keywords, by weight, the evidence names, a text does, and any text could.

    Args:
        opening: The posting and the skills it asks for.
        profile: Who is writing.
        text: A draft, where there is one.
    """
    sender = with_implied_skills(shown(with_skills(profile)))
    return matching.coverage(opening.posting, opening.mentions, sender, tagging.find_skills, after=text)
