"""Articles for telegraphic lines: "Built pipeline for design team" becomes "Built a pipeline for the design
team".
"""

import re

from chains.embedded.tidy import bare
from language import nouns, verbs
from language.closed import closed

PREPOSITIONS = closed(
    """
    of for with in on at to from into by through across via per between among over under within
    during against toward towards onto after before behind beyond without about around as upon
    throughout despite including than since until alongside amid versus vs plus like near off up out
    down
    """
)
DETERMINERS = closed(
    """
    a an the this that these those my our your his her its their each every all both any some no
    several many multiple various few most more less other another one two three four five six seven
    eight nine ten eleven twelve dozens hundreds thousands millions numerous half either neither
    such what which whose own top-to-bottom i we you they it them us him who someone everyone
    anything something nothing everything others not zero up-to countless additional further enough
    much
    """
)
_STOPS = closed(
    """
    such that which who whom whose where when while and or but nor so because if then plus & to
    """
)
_CHANGING = closed(
    """
    optimize cut reduce improve increase enhance refactor migrate redesign rewrite maintain support
    oversee own streamline accelerate modernize rebuild replace upgrade extend scale fix monitor
    operate standardize decrease shorten lower raise boost double triple halve expand overhaul
    revamp restructure simplify strengthen transform rework port move rename restore retire sunset
    decommission manage run administer finish complete present represent join leave head chair speed
    up clean grow transition secure stabilize harden slash trim review audit test update lead
    """
)
_ACTIONS = closed(
    """
    migration development design implementation adoption rollout launch creation integration
    redesign rewrite transition deployment delivery expansion introduction execution planning
    optimization optimisation modernization modernisation automation analysis evaluation
    restructuring consolidation conversion translation construction installation configuration
    selection production coordination establishment replacement setup set-up upgrade management
    onboarding training hiring maintenance architecture preparation organization organisation
    removal overhaul refactoring growth engineering testing use roll-out supervision refactor merger
    acquisition effectiveness accuracy performance quality efficiency speed reliability number cost
    size usability availability security stability
    """
)
_THE_AFTER_PREPOSITION = closed(
    """
    company website organization organisation department business firm agency codebase office
    """
)
_A_AFTER_PREPOSITION = closed(
    """
    startup start-up client system service application app tool framework dashboard library package
    pipeline product platform project database model network module bot api sdk cli mvp prototype
    website-builder store shop hospital school clinic lab laboratory game course workshop report
    customer user budget portfolio suite cluster server microservice monolith environment bank
    retailer manufacturer university marketplace workflow plan strategy process approach interface
    solution feature plugin engine campaign survey study committee group
    """
)
_ORDINALS = closed("first second third last next only same latest main primary top best")
_ADJECTIVAL = ("ive", "ful", "able", "ible", "ous", "ic", "al", "less", "ent", "ant", "ary")


def with_articles(phrase: str, names: frozenset[str] = frozenset()) -> str:
    """Insert the articles that résumé shorthand leaves out after verbs and prepositions.

    Args:
        phrase: A verb phrase, verb first, in any form: "built internal tool for design team".
        names: Words of the text that are names of things (skills, the employer), never given an article.

    Returns:
        The phrase with "a", "an" or "the" added; every other word and its order unchanged.
    """
    words = phrase.split(" ")
    out: list[str] = []
    for i, word in enumerate(words):
        article = _article_at(words, i, names) if i else ""
        if article:
            out.append(article)
        out.append(word)
    return " ".join(out)


def _article_at(words: list[str], i: int, names: frozenset[str]) -> str:
    """The article that belongs before `words[i]`, or nothing."""
    role = _opens(words, i)
    if not role or _closed(words[i]) or _verbal(words, i, role):
        return ""
    head_at = _head(words, i)
    if head_at is None:
        return ""
    head, rest = words[head_at], " ".join(words[i : head_at + 1])
    low = bare(head)
    if low in names and not nouns.is_countable(low):
        return ""
    if nouns.is_plural(_core(head)) or _shares_plural(words, head_at):
        return ""
    if role.startswith("verb:"):
        return _before_object(words, i, head_at, role.removeprefix("verb:"))
    return _after_preposition(words, i, low, rest, role)


def _shares_plural(words: list[str], head_at: int) -> bool:
    """Whether the noun shares the plural after "and": "unit and integration tests"."""
    if head_at + 2 >= len(words) or bare(words[head_at + 1]) not in {"and", "or"}:
        return False
    if words[head_at].endswith((",", ";", ":")):
        return False
    shared = _head(words, head_at + 2)
    return shared is not None and not _closed(words[head_at + 2]) and nouns.is_plural(_core(words[shared]))


def _verbal(words: list[str], i: int, role: str) -> bool:
    """Whether a verb stands here, not a noun: "to build", "by introducing"."""
    verb = verbs.lookup(bare(words[i]))
    if verb is None or role.startswith("verb:"):
        return False
    return _is_acting(words, i)


def _core(word: str) -> str:
    return word.strip(".,;:!?()“”\"'‘’")


def _opens(words: list[str], i: int) -> str:
    """What the noun phrase at `i` stands after: "verb:<base>", a preposition, or nothing it can follow."""
    before = words[i - 1]
    if before.endswith((",", ";", ":", ")")):
        return ""
    low = bare(before)
    if verbs.lookup(f"{low} {bare(words[i])}") is not None:
        return ""
    phrasal = verbs.lookup(f"{bare(words[i - 2])} {low}") if i >= 2 else None
    if phrasal is not None and _is_acting(words, i - 2):
        return f"verb:{phrasal.base}"
    if low in PREPOSITIONS:
        return low
    verb = verbs.lookup(low)
    if verb is not None and _is_acting(words, i - 1):
        return f"verb:{verb.base}"
    return ""


def _is_acting(words: list[str], at: int) -> bool:
    """Whether the word is used as a verb here: it opens the phrase, or follows "and", a comma, "to", an
    adverb.
    """
    if at == 0:
        return True
    before = words[at - 1]
    low = bare(before)
    verb = verbs.lookup(bare(words[at]))
    forms = verb.forms_of(bare(words[at])) if verb else frozenset()
    if low == "to":
        return "base" in forms
    if low in {"by", "while", "after", "before", "when", "through", "for", "of", "in", "from"} and forms == {
        "ing"
    }:
        return low in {"by", "while", "after", "before", "when"} or not _compound(words, at)
    if low in {"and", "or", "then"} or before.endswith(","):
        first = verbs.lookup(bare(words[0]))
        opening = first.forms_of(bare(words[0])) if first else frozenset()
        return bool(forms & opening) or (forms == {"ing"} and before.endswith(","))
    return at == 1 and low.endswith("ly")


def _compound(words: list[str], at: int) -> bool:
    """Whether an -ing word is part of a compound noun: "for testing framework"."""
    return at + 1 < len(words) and nouns.is_countable(_core(words[at + 1]))


def _closed(word: str) -> bool:
    """Whether no article can stand before this word."""
    low = bare(word)
    if low in DETERMINERS or low in PREPOSITIONS or low in _STOPS or not low:
        return True
    if re.match(r"[$€£~]?\d", word) or word[:1] in "(“\"'‘":
        return not re.match(r"\d+(?:\.\d+)?x$|\d+(?:\.\d+)?-[a-z]+$|[$€£]\d[\d.,]*[kmb]$", low)
    return low.endswith("ly") and not low.endswith(
        ("family", "monthly", "weekly", "daily", "yearly", "quarterly", "hourly")
    )


def _head(words: list[str], start: int) -> int | None:
    """The index of the noun that carries the phrase from `start`: the last word before something else
    begins.
    """
    end = start
    for j in range(start, len(words)):
        word, low = words[j], bare(words[j])
        if j > start and (low in PREPOSITIONS or low in _STOPS or word[:1] in "(“\"'‘" or word[:1].isdigit()):
            break
        if j > start and low.endswith("ly") and not low.endswith(("family", "daily", "weekly", "monthly")):
            break
        if j > start and _participle_after_noun(words, j):
            break
        end = j
        if word.endswith((",", ";", ":", ")", ".")):
            break
    head = _core(words[end])
    return end if head and any(c.isalpha() for c in head) else None


def _participle_after_noun(words: list[str], j: int) -> bool:
    """Whether `words[j]` begins a shortened clause: "service used by", "pipeline processing 3M events"."""
    low, verb = bare(words[j]), verbs.lookup(bare(words[j]))
    if verb is None or j + 1 >= len(words):
        return False
    before, after = _core(words[j - 1]), words[j + 1]
    if low == verb.ing and nouns.is_plural(before):
        return True
    if low == verb.ing and nouns.is_countable(before):
        if bare(after) in PREPOSITIONS or bare(after) in _STOPS:
            return False
        return _closed(after) or nouns.is_plural(_core(after)) or not nouns.is_countable(_core(after))
    if low in (verb.past, verb.participle) and low != verb.base:
        return bare(after) in PREPOSITIONS and (nouns.is_countable(before) or nouns.is_plural(before))
    return False


def _before_object(words: list[str], i: int, head_at: int, base: str) -> str:
    head, low, first = _core(words[head_at]), bare(words[head_at]), bare(words[i])
    follows = bare(words[head_at + 1]) if head_at + 1 < len(words) else ""
    whole = not words[head_at].endswith((",", ";", ":"))
    if low in _ACTIONS and whole and (follows == "of" or _joined_of(words, head_at)):
        return "the"
    if first in _ORDINALS:
        return "" if low in {"place", "prize"} else "the"
    if re.match(r"[$€£]\d", words[i]) and not nouns.is_countable(low):
        return ""
    if follows == "of" and whole and low in _SIZED and _sized(words, head_at):
        return nouns.indefinite(_core(words[i]))
    if head[:1].isupper() and not nouns.is_countable(low):
        return ""
    if (
        nouns.is_mass(low)
        or low in PREPOSITIONS
        or (low in _ACTIONS and low not in {"redesign", "rewrite", "launch"})
    ):
        return ""
    if low.endswith(_ADJECTIVAL) and not nouns.is_countable(low):
        return ""
    if not nouns.is_countable(low) and not nouns.is_person(low) and not low.isalpha():
        return ""
    if low in {"team", "company", "department", "website"} and not (follows == "of" and whole):
        return "the" if i != head_at or low != "team" else ("a" if follows == "of" else "the")
    if base == "raise" and low == "round":
        return nouns.indefinite(words[i])
    if base in _CHANGING and not (low == "team" and follows == "of"):
        return "the"
    return nouns.indefinite(_core(words[i]))


_SIZED = closed("budget team portfolio group network fleet total series range class staff set")


def _sized(words: list[str], head_at: int) -> bool:
    """Whether "of" and a number follow: "a budget of $2M", "a team of five"."""
    after = words[head_at + 2] if head_at + 2 < len(words) else ""
    return (
        bool(re.match(r"[$€£~]?\d", after))
        or bare(after) in DETERMINERS
        or bare(after) in {"about", "up", "over"}
    )


def _joined_of(words: list[str], head_at: int) -> bool:
    """Whether "design and implementation of" follows."""
    rest = [bare(word) for word in words[head_at + 1 : head_at + 4]]
    return len(rest) == 3 and rest[0] == "and" and rest[1] in _ACTIONS and rest[2] == "of"


def _after_preposition(words: list[str], i: int, low: str, rest: str, role: str) -> str:
    if (
        role in {"per", "via", "as", "between", "vs", "versus", "like", "plus", "than", "to"}
        and low != "team"
    ):
        if role == "as" and nouns.is_person(low) and not words[i][:1].isupper():
            return nouns.indefinite(_core(words[i]))
        if role not in {"as", "to"}:
            return ""
    first = bare(words[i])
    if first in _ORDINALS and (
        low in _A_AFTER_PREPOSITION or low in _THE_AFTER_PREPOSITION or low in {"team", "quarter"}
    ):
        return "the"
    if low == "team":
        return (
            "a"
            if re.search(r"cross-functional|agile|small|remote|distributed|global|large", rest, re.I)
            else "the"
        )
    if low in _THE_AFTER_PREPOSITION:
        return "the"
    if low in _A_AFTER_PREPOSITION:
        return nouns.indefinite(_core(words[i]))
    return ""
