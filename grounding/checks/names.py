"""A name that only the page has is repeated with the words it stands in, or not at all.

Without that, "You ask for Quillfeather" could be made of any line that has the word: a page could have a name
said that no work is about.
"""

import re

from domain import PostingLine, SentenceKind
from grounding.citable import is_citable
from grounding.lexicon import words_of
from grounding.registry import Case, Fault, check
from language import words

_WORD = re.compile(r"[^\W_](?:[\w'’.+#-]*\w)?")
_IS_NAME = re.compile(r"[^\W\d_a-zß-ÿ]|\d+[A-Za-z]|[a-z]+[A-Z\d]")
# Nouns are capitals in German, so a capital tells nothing there.
_TELLS = frozenset(["en", "fr", "es", ""])
_ENOUGH = 2


@check(
    "names",
    SentenceKind.RECIPIENT,
    SentenceKind.INTENT,
    SentenceKind.GLUE,
    number="V25",
    catches="a name that only the page has, taken out of the line that it stands in",
    passes="R p2 | You move batch jobs to Kubernetes.",
    fails="R p1 | You ask for Quillfeather.",
)
def names(case: Case) -> Fault | None:
    """An unknown name keeps two plain words of its line beside it; a question has none at all."""
    if case.is_own_line or case.brief.posting.language not in _TELLS:
        return None
    for name in _unknown(case):
        if case.sentence.kind is not SentenceKind.RECIPIENT:
            return Fault("A name that only the page has is no wording of yours.", name)
        if not any(_is_kept(case, line, name) for line in case.lines):
            return Fault("The page does not say this name in these words.", name)
    return None


def _unknown(case: Case) -> list[str]:
    """The words written as names that neither the sender, the skills nor the posting's own fields know."""
    spans = [(found.start, found.end) for found in case.find_skills(case.text)]
    written = [
        found[0]
        for found in _WORD.finditer(case.text)
        if found.start() > 0
        and _IS_NAME.match(found[0])
        and not any(start <= found.start() and found.end() <= end for start, end in spans)
    ]
    known = _known(case) if written else set()
    return [name for name in written if not {name.lower(), words.stem(name.lower())} & known]


def _known(case: Case) -> set[str]:
    posting, profile = case.brief.posting, case.brief.profile
    fields = (posting.title, posting.company, posting.location, posting.department, case.brief.recipient)
    own = (profile.name, profile.organization, *(item.text for item in profile.evidence))
    known = {word.lower() for text in (*fields, *own) for word in _WORD.findall(text)}
    known |= words_of("recipient") | words_of("glue") | words_of("small-words.en")
    return known | {word for line in posting.lines for word in _WORD.findall(line.text) if word.islower()}


def _is_kept(case: Case, line: PostingLine, name: str) -> bool:
    """Whether the sentence says the name with plain words of its line, as far as the line has any."""
    if name.lower() not in line.text.lower() or not is_citable(line, case.find_skills):
        return False
    there, said = _plain(line.text), _plain(case.text)
    return len(there & said) >= min(_ENOUGH, len(there))


def _plain(text: str) -> set[str]:
    small = words_of("small-words.en") | words_of("recipient")
    return {
        words.stem(word)
        for word in _WORD.findall(text)
        if word.islower() and len(word) > 2 and word not in small
    }
