"""A verb phrase in another tense, its coordinated verbs with it: "Oversee X and write Y" → "oversaw X and
wrote Y".
"""

from chains.embedded.articles import DETERMINERS, PREPOSITIONS
from chains.embedded.tidy import bare
from language import nouns, verbs
from language.verbs import Form, Verb

_ADJECTIVE_ENDINGS = ("ive", "ful", "able", "ible", "ous", "ic", "al", "less", "ent", "ant", "y", "ly")


def opening_verb(words: list[str]) -> tuple[Verb, int] | None:
    """The verb that a phrase begins with and how many words it takes ("set up" two), or None."""
    if len(words) > 1:
        phrasal = verbs.lookup(f"{bare(words[0])} {bare(words[1])}")
        if phrasal is not None:
            return phrasal, 2
    verb = verbs.lookup(bare(words[0])) if words else None
    return (verb, 1) if verb else None


def retense(phrase: str, came: Form, wanted: Form) -> str:
    """The phrase with its opening verb, and every verb coordinated with it, moved from one form to another.

    Args:
        phrase: Verb first, lower-case: "leading workshops and mentoring peers".
        came: The form its verbs stand in.
        wanted: The form they shall have.
    """
    words = phrase.split(" ")
    opened = opening_verb(words)
    if opened is None:
        return phrase
    out = _change(words, 0, came, wanted)
    infinitive = False
    for j in range(1, len(words)):
        if bare(words[j - 1]) == "to" and _has(words[j], "base"):
            infinitive = True
        if _coordinated(words, j, came) and not (infinitive and came == "base"):
            out = _change(out, j, came, wanted)
    return " ".join(out)


def _has(word: str, form: Form) -> bool:
    verb = verbs.lookup(bare(word))
    return verb is not None and form in verb.forms_of(bare(word))


def _change(words: list[str], at: int, came: Form, wanted: Form) -> list[str]:
    """The words with the verb at `at` in its wanted form, punctuation kept."""
    out = list(words)
    taken = opening_verb(words[at:])
    if taken is None:
        return out
    verb, size = taken
    said = " ".join(bare(word) for word in words[at : at + size])
    if came not in verb.forms_of(said):
        verb, size = verbs.lookup(bare(words[at])) or verb, 1
        said = bare(words[at])
    punctuation = words[at + size - 1][len(words[at + size - 1].rstrip(".,;:")) :]
    changed = verb.form(wanted, like=said).split(" ")
    out[at : at + size] = (
        [*changed[:-1], changed[-1] + punctuation] if len(changed) == size else out[at : at + size]
    )
    return out


_NEVER_JOINED = frozenset(
    {"using", "including", "leveraging", "utilizing", "utilising", "resulting", "ensuring"}
)


def _coordinated(words: list[str], j: int, came: Form) -> bool:
    """Whether `words[j]` is a verb joined to the opening one by "and" or a comma."""
    before, word = words[j - 1], words[j]
    if not (bare(before) in {"and", "or", "then"} or before.endswith(",")) or not _has(word, came):
        return False
    verb = verbs.lookup(bare(word))
    if verb is None or j + 1 >= len(words):
        return False
    after = bare(words[j + 1])
    previous = bare(words[j - 2]) if bare(before) == "and" and j >= 2 else bare(before)
    if came == "ing" and bare(word) in _NEVER_JOINED:
        return False
    if came == "ing":
        return not previous.endswith(_ADJECTIVE_ENDINGS) and not nouns.is_countable(after)
    if came == "base" and "noun" in verb.notes:
        if after in PREPOSITIONS or after in {"and", "or"}:
            return False
        nearby = [bare(each) for each in words[j + 1 : j + 4]]
        return any(each in DETERMINERS or nouns.is_plural(each) for each in nearby)
    if came == "base":
        return after not in {"of"} and (after not in PREPOSITIONS or "prep" in verb.notes)
    return True
