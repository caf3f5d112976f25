"""Skills named in a text, by the surfaces of the taxonomy: longest first, whole words, exact offsets."""

import re
from collections.abc import Iterator
from functools import lru_cache

from domain import SkillMention
from tagging.doubts import Candidate, Scanned, settle
from tagging.folding import TOKEN, Folded, fold
from tagging.implied import implied
from tagging.mentioned import mention
from tagging.taxonomy import Surface, surfaces, tokens

# Where these stand inside a surface they touch their neighbours: Node.js, C++, C#.
_TOUCHING = frozenset(".+#'")
_END = ""
# German glues the skill to what one has of it: Englischkenntnisse, SQL-Erfahrung.
_COMPOUND = re.compile(r"(\w{2,}?)s?(?:kenntnisse|kenntnissen|erfahrung|erfahrungen|entwickler|entwicklerin)")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}/\S*", re.IGNORECASE
)

Trie = dict[str, "Trie | list[Surface]"]


def find_skills(text: str) -> tuple[SkillMention, ...]:
    """Every skill named in a text, in order; each occurrence gives one mention.

    The same words give the same label wherever they stand, so postings and evidence can be compared.
    """
    return _kept(text) if len(text) <= _KEPT else _find(text)


# A draft's checks ask for the skills of the same lines again and again; whole pages are asked for once.
_KEPT = 600


@lru_cache(maxsize=4096)
def _kept(text: str) -> tuple[SkillMention, ...]:
    return _find(text)


def _find(text: str) -> tuple[SkillMention, ...]:
    scanned = _scan(text)
    found = [c for c in settle(scanned, _candidates(scanned)) if c.surface.skill is not None]
    taken = [(c.start, c.end) for c in found]
    named = [_mention(text, c) for c in found]
    return tuple(sorted([*named, *implied(text, taken)], key=lambda m: m.start))


def _mention(text: str, candidate: Candidate) -> SkillMention:
    skill = candidate.surface.skill
    assert skill is not None
    return mention(skill.label, skill.category, text, candidate.start, candidate.end)


def _scan(text: str) -> Scanned:
    folded = fold(text)
    words = []
    for match in TOKEN.finditer(folded.text):
        if match.group() == "-" and _joins_words(folded, match.start()):
            continue
        start, end = folded.starts[match.start()], folded.ends[match.end() - 1]
        words.append((match.group(), start, end))
    return Scanned(text, tuple(words))


def _joins_words(folded: Folded, at: int) -> bool:
    around = folded.text[max(0, at - 1) : at] + folded.text[at + 1 : at + 2]
    return len(around) == 2 and around.isalnum()


def _candidates(scanned: Scanned) -> list[Candidate]:
    """The longest surface at each place, from left to right, none inside another."""
    masked = [match.span() for match in _ADDRESS.finditer(scanned.original)]
    found: list[Candidate] = []
    at = 0
    while at < len(scanned.words):
        start = scanned.words[at][1]
        if any(a <= start < b for a, b in masked):
            at += 1
            continue
        candidate = _longest(scanned, at) or _compound(scanned, at)
        if candidate is None:
            at += 1
            continue
        found.append(candidate)
        at = candidate.last
    return found


def _longest(scanned: Scanned, at: int) -> Candidate | None:
    best: Candidate | None = None
    for last, terminal in _walk(scanned.words, at):
        start, end = scanned.words[at][1], scanned.words[last - 1][2]
        if not _is_whole(scanned.original, start, end):
            continue
        original = scanned.original[start:end]
        written = next((s for s in terminal if s.is_written(original)), None)
        if written is not None:
            best = Candidate(written, at, last, start, end, written=True)
        elif any(s.doubt for s in terminal):
            doubted = next(s for s in terminal if s.doubt)
            best = Candidate(doubted, at, last, start, end, written=False)
    return best


def _walk(words: tuple[tuple[str, int, int], ...], at: int) -> Iterator[tuple[int, list[Surface]]]:
    node = _trie()
    for last in range(at, len(words)):
        token, start, _ = words[last]
        if last > at:
            before, _, end = words[last - 1]
            if (token in _TOUCHING or before in _TOUCHING) and start != end:
                return
        following = node.get(token)
        if not isinstance(following, dict):
            return
        node = following
        terminal = node.get(_END)
        if isinstance(terminal, list):
            yield last + 1, terminal


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no neighbour belongs to the same word: C is not in C++, Node not in Node.js."""
    if text[end : end + 1] in ("+", "#") and text[end - 1].isalnum():
        return text[end : end + 1] == "+" and text[end + 1 : end + 2].isspace()
    if text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum():
        return text[end + 1].isupper() and text[end + 2 : end + 3].islower()
    if text[start - 1 : start] == "." and start > 1:
        return not text[start - 2].isalnum() or text[start].isupper()
    return text[start - 1 : start] != "@" or start == 0


def _compound(scanned: Scanned, at: int) -> Candidate | None:
    token, start, end = scanned.words[at]
    match = _COMPOUND.fullmatch(token)
    if match is None:
        return None
    node = _trie().get(match.group(1))
    terminal = node.get(_END) if isinstance(node, dict) else None
    if not isinstance(terminal, list) or terminal[0].skill is None:
        return None
    return Candidate(Surface(token, terminal[0].skill), at, at + 1, start, end, written=True)


@lru_cache(maxsize=1)
def _trie() -> Trie:
    root: Trie = {}
    listed = list(surfaces())
    for surface in listed:
        _add(root, tokens(surface.text), surface)
    for surface in listed:
        if _has_plural(surface):
            *before, last = tokens(surface.text)
            plural = last[:-1] + "ies" if last.endswith("y") and last[-2] not in "aeiou" else last + "s"
            _add(root, (*before, plural), surface, only_new=True)
    return root


def _has_plural(surface: Surface) -> bool:
    """Common nouns in lower case; names have none."""
    last = surface.text.split()[-1]
    return (
        not surface.exact and last.isalpha() and last.islower() and len(last) > 3 and not last.endswith("s")
    )


def _add(root: Trie, path: tuple[str, ...], surface: Surface, *, only_new: bool = False) -> None:
    node = root
    for token in path:
        following = node.setdefault(token, {})
        assert isinstance(following, dict)
        node = following
    terminal = node.setdefault(_END, [])
    assert isinstance(terminal, list)
    if not (only_new and terminal):
        terminal.append(surface)
