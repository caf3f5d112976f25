"""A line of evidence → statements that can be said about its owner: one small function a form.

The forms are tried in order; the first that knows the line decides, and may decide that the line cannot be
said. Nothing is added but articles, "and", and the verb "be" where shorthand left it out; the tense
follows the dates.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from chains.embedded.articles import DETERMINERS, PREPOSITIONS, with_articles
from chains.embedded.deed import Deed, Source, Subject
from chains.embedded.shorten import joined_clauses, joined_names, shortened
from chains.embedded.tails import split_tail
from chains.embedded.tense import opening_verb, retense
from chains.embedded.tidy import bare, count, lower_first, sentences, tidy, without_brackets
from domain import Evidence, Record
from language import nouns
from language.closed import closed
from language.verbs import Verb

LONGEST = 19
_LONGEST_FOLLOW = 14
_PUFF_OPENING = re.compile(
    r"^(?:successfully|effectively|efficiently|proactively|passionately|seamlessly|diligently|strategically|skillfully|"
    r"expertly|consistently|actively|continuously|meticulously)\s+",
    re.IGNORECASE,
)
_PUFF_PERSON = re.compile(
    r"^(?:(?:an? )?(?:highly )?(?:experienced|skilled|seasoned|passionate|dedicated|motivated|accomplished|"
    r"dynamic|versatile|detail-oriented|results-driven|enthusiastic|innovative|hardworking)(?:,| and)? )+"
    r"(?!in |with |at )",
    re.IGNORECASE,
)
_PUFF_WORDS = re.compile(
    r"\b(?:cutting-edge|state-of-the-art|world-class|best-in-class|seasoned|passionate|innovative|"
    r"robust and|seamless(?:ly)?|"
    r"successfully|effectively|proactively)\s",
    re.IGNORECASE,
)
_UNSAYABLE = re.compile(
    r"\b(?:she|he|his|her|him|under my leadership|lorem|tbd|n/a)\b|[?→]|"
    r"https?://|\bby \d+$|"
    r"\bof course\b|\bhappy to\b",
    re.IGNORECASE,
)
_DANGLING = closed(
    """
    this that these those the it they such there here to for if while when as after before what
    """
)
_BE_PHRASES = re.compile(
    r"^(?P<be>responsible for|in charge of|proficient (?:in|with|at)|familiar with|skilled (?:in|at|"
    r"with)|fluent in|"
    r"experienced (?:in|with)|accountable for|certified (?:in|as))\s",
    re.IGNORECASE,
)
_HAVE_PHRASES = re.compile(
    r"^(?:(?:hands-on |strong |solid |extensive |practical )?experience (?:with|in|of)|(?:working |"
    r"good |basic )?"
    r"(?:knowledge|understanding) of|familiarity with)\s",
    re.IGNORECASE,
)
_PART_OF = re.compile(r"^(?:an? )?(?:active )?(?P<np>part of|member of|owner of|founder of)\s", re.IGNORECASE)
_MAKERS = closed("developer maintainer author co-author contributor creator designer lead engineer")
"""Who is a person even where a project is described: a "runner" or "viewer" is the project itself."""
_AGENT_PREPOSITIONS = closed("by in to with for as among on at into from")

Form = Callable[[Source], "Deed | bool | None"]
"""A Deed where the line has this form and can be said, None where it has it and cannot, False where it has
not.
"""

_FORMS: list[Form] = []


def form(function: Form) -> Form:
    """Register a form; forms are tried in the order in which they are written."""
    _FORMS.append(function)
    return function


def deeds(
    evidence: Evidence, record: Record | None, names: frozenset[str], english: bool = True
) -> tuple[Deed, ...]:
    """Every statement that can honestly be made of one line of evidence, the main one first.

    Args:
        evidence: The line.
        record: The role or project it belongs to; its dates decide the tense.
        names: Names of skills and organisations, lower-case, which take no article.
        english: False for a line in another language, which is only ever quoted whole, after a colon.
    """
    text = tidy(evidence.text)
    if not english:
        plain = sentences(text)[0] if text else ""
        return (Deed(evidence.id, "colon", plain),) if 3 <= count(plain) <= LONGEST else ()
    said: list[Deed] = []
    for k, sentence in enumerate(sentences(text)[:3]):
        deed = _deed(Source(evidence, record, sentence, names, later=k > 0), first=k == 0)
        if deed is not None and (k == 0 or said):
            said.append(deed)
    return tuple(said)


def _deed(source: Source, first: bool) -> Deed | None:
    text = _unlabelled(_PUFF_PERSON.sub("", _PUFF_OPENING.sub("", source.text)))
    text = _PUFF_WORDS.sub("", text)
    if not _sayable(text):
        return None
    source = replace(source, text=text)
    for each in _FORMS:
        deed = each(source)
        if isinstance(deed, Deed):
            return deed if first or deed.subject != "project" else None
        if deed is None:
            return None
    return None


def _sayable(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    words = text.split()
    if len(words) < 3 or not letters or sum(c.isupper() for c in letters) > 0.6 * len(letters):
        return False
    return not _UNSAYABLE.search(text) and bare(words[0]) not in _DANGLING


def _unlabelled(text: str) -> str:
    """ "Payments: Built X" → "Built X"; "Built the agent layer: A, B" → "Built the agent layer"."""
    label, colon, rest = text.partition(": ")
    if not colon or not rest or ("(" in label and ")" not in label):
        return text
    if _verb_first(label.split()) and count(label) >= 3:
        return label
    words = rest.split()
    if count(label) <= 5 and _verb_first(words) and count(rest) >= 3:
        return rest
    return label if count(label) >= 4 else text


def _verb_first(words: list[str]) -> bool:
    opened = opening_verb(words)
    if opened is None:
        return False
    verb, size = opened
    said = " ".join(bare(word) for word in words[:size])
    forms = verb.forms_of(said)
    return "past" in forms or ("base" in forms and "noun" not in verb.notes)


# --- the forms ---------------------------------------------------------------------------------------


@form
def first_person(source: Source) -> Deed | bool | None:
    """ "I wrote …", "We run …": as it stands; "we" stays."""
    match = re.match(r"^(I|We)(?: |')(?=[a-z])", source.text)
    if match is None:
        return False
    if "'" in match.group():
        return None
    phrase = source.text[match.end() :]
    words = phrase.split()
    if re.search(r"\b(?:it|them|this|these|those)\b|\bthat$", phrase):
        return None
    opened = opening_verb(words[1:] if bare(words[0]).endswith("ly") else words)
    if opened is None and bare(words[0]) not in {"am", "was", "have", "had", "are", "were"}:
        return None
    present = opened is not None and "past" not in opened[0].forms_of(bare(words[0]))
    return _finished(source, "I" if match[1] == "I" else "we", phrase, present, articles=False)


@form
def stated(source: Source) -> Deed | bool | None:
    """ "Responsible for …", "Proficient in …", "Experience with …", "Part of a team that …": nothing is
    raised.
    """
    be, have, part = (p.match(source.text) for p in (_BE_PHRASES, _HAVE_PHRASES, _PART_OF))
    if not (be or have or part):
        return False
    phrase = lower_first(source.text)
    if have:
        return _finished(source, "I", f"have {phrase}", present=True)
    if part and not phrase.startswith(("a ", "an ", "part ")):
        owner = phrase.split(" ", 1)[0]
        phrase = ("the " if owner != "member" else "a ") + phrase
    return _finished(source, "I", ("was " if source.ended else "am ") + phrase, present=not source.ended)


@form
def numbers_first(source: Source) -> Deed | bool | None:
    """ "500+ stars" of a project: "It has 500+ stars". Elsewhere a number alone names no act."""
    if not re.match(r"^[$€£~]?\d|^about \d", source.text):
        return False
    counted = re.match(
        r"^(?:about )?[\d.,]+[kKmM]?\+? (?:\w+ )?(?:stars|users|downloads|contributors|forks|"
        r"installs|subscribers|"
        r"outside contributors|customers)\b",
        source.text,
    )
    if counted and source.is_project and count(source.text) <= 12:
        return Deed(source.evidence.id, "it", f"has {source.text}", present=True)
    return None


@form
def passive_first(source: Source) -> Deed | bool | None:
    """ "Promoted to …" → "I was promoted to …"; "Adopted by …" of a project → "It was adopted by …"."""
    words = source.text.split()
    opened = opening_verb(words)
    if opened is None or opened[1] != 1:
        return False
    verb, _ = opened
    if "participle" not in verb.forms_of(bare(words[0])) or bare(words[0]) == verb.base:
        return False
    phrase, follows = lower_first(source.text), bare(words[1])
    if "planned" in verb.notes and follows not in {"and", "the", "a", "an"}:
        return None
    person = "appointed" in verb.notes or verb.base in {
        "award",
        "nominate",
        "recognize",
        "honor",
        "name",
        "cite",
    }
    if person and (
        follows in {"to", "as", "by", "for", "from", "among", "into"} or verb.base in {"award", "nominate"}
    ):
        return _finished(source, "I", f"was {phrase}", present=False)
    passive = {"passive", "designed"} & verb.notes
    if passive and follows in _AGENT_PREPOSITIONS and source.is_project:
        return _finished(source, "it", f"was {phrase}", present=False)
    if "passive" in verb.notes and follows in {"by", "in", "as", "among"}:
        return None
    if follows == "by":
        return _finished(source, "it", f"was {phrase}", present=False) if source.is_project else None
    return False


@form
def past_first(source: Source) -> Deed | bool | None:
    """ "Migrated 14 services to Kubernetes": the most common form."""
    words = source.text.split()
    start = 1 if len(words) > 2 and bare(words[0]).endswith("ly") and opening_verb(words[1:]) else 0
    opened = opening_verb(words[start:])
    if opened is None:
        return False
    verb, size = opened
    said = " ".join(bare(word) for word in words[start : start + size])
    if "past" not in verb.forms_of(said) or len(words) <= start + size:
        return False
    if re.search(r"\bsince (?:19|20)\d\d\b", source.text):
        return None
    follows = bare(words[start + size])
    if said == verb.base and (follows in {"of", "is", "was"} or nouns.is_person(follows)):
        return False
    if "thing" in verb.notes and _names_a_thing(words[1:]):
        return _described(source, source.text) if source.is_project else None
    if "prep" in verb.notes and not _has_preposition(words[start + size : start + size + 4]):
        return None
    if nouns.names_a_person(words[start + size :]):
        # "Registered nurse with …" says who somebody is; "Hired engineer" could be read both ways.
        return False if said in _QUALIFIED else None
    return _finished(source, "I", lower_first(source.text), present=False)


_QUALIFIED = closed("accredited certified chartered experienced licensed qualified registered trained")


@form
def gerund_first(source: Source) -> Deed | bool | None:
    """ "Leading weekly reviews": present in a current role, past in an ended one."""
    words = source.text.split()
    opened = opening_verb(words)
    if opened is None or len(words) < 3:
        return False
    verb, size = opened
    if "ing" not in verb.forms_of(" ".join(bare(word) for word in words[:size])):
        return False
    if _names_a_thing(words[size:]) or bare(words[1]) in {"and", "or", "of"}:
        return _described(source, source.text) if source.is_project else None
    changed = retense(lower_first(source.text), "ing", "past" if source.ended else "base")
    return _finished(source, "I", changed, present=not source.ended)


@form
def base_first(source: Source) -> Deed | bool | None:
    """ "Oversee two teams": present unless the role has ended; before a noun that it names, it is a noun."""
    words = source.text.split()
    opened = opening_verb(words)
    if opened is None or len(words) < 3:
        return False
    verb, size = opened
    if "base" not in verb.forms_of(" ".join(bare(word) for word in words[:size])):
        return False
    if _noun_after_all(verb, words[size:]) or source.evidence.type == "project":
        return False
    phrase = lower_first(source.text)
    if source.ended:
        phrase = retense(phrase, "base", "past")
    return _finished(source, "I", phrase, present=not source.ended)


@form
def third_person(source: Source) -> Deed | bool | None:
    """ "Supports custom metrics" of a project: "My project X supports …", or "It supports …" once X is
    named.
    """
    words = source.text.split()
    opened = opening_verb(words)
    if opened is None or bare(words[0]) != opened[0].third:
        return False
    ambiguous = "noun" in opened[0].notes and bare(words[1]) in {*PREPOSITIONS, "and", "or"}
    if not source.is_project or ambiguous:
        return None
    subject: Subject = "it" if source.later or not source.title else "project"
    return _finished(source, subject, lower_first(source.text), present=True)


@form
def thing_first(source: Source) -> Deed | bool | None:
    """A noun phrase: what a project is, or which role was held ("Core developer of …")."""
    words = source.text.split()
    head = next((k for k, word in enumerate(words) if bare(word) in PREPOSITIONS), len(words)) - 1
    holder = 0 <= head <= 4 and head + 1 < len(words) and nouns.is_person(bare(words[head]))
    if holder and (not source.is_project or bare(words[head]) in _MAKERS):
        phrase = lower_first(source.text)
        article = "" if bare(words[0]) in DETERMINERS else f"{nouns.indefinite(phrase)} "
        return _finished(
            source,
            "I",
            ("was " if source.ended or source.is_project else "am ") + article + phrase,
            not source.ended,
        )
    return _described(source, source.text) if source.is_project else None


# --- the parts of the forms --------------------------------------------------------------------------


def _described(source: Source, text: str) -> Deed | None:
    """ "{Project} is a …": only where the noun phrase is plainly countable or brings its own article."""
    title = source.title
    cleaned = without_brackets(text)
    if cleaned is None or not title:
        return None
    for mark in (" -- ", " – ", " — "):
        cleaned = cleaned.rsplit(mark, 1)[-1] if cleaned.lower().startswith(title.lower()) else cleaned
    cut = re.split(r";\s|\s[–—]\s|,\s", cleaned)[0]
    head = re.split(rf"\s(?:{'|'.join(sorted(PREPOSITIONS))}|that|which|designed|built|written|used)\b", cut)[
        0
    ].split(" ")
    first = bare(head[0])
    if first in {"a", "an", "the"}:
        phrase = lower_first(cut)
    elif nouns.is_countable(bare(head[-1])) and not nouns.is_plural(bare(head[-1])):
        phrase = f"{nouns.indefinite(lower_first(cut))} {lower_first(cut)}"
    elif source.evidence.type == "project" and not source.later and count(cut) >= 3 and len(head) <= 4:
        phrase = f"about {lower_first(cut)}"
    else:
        return None
    kept = shortened(with_articles(f"is {phrase}", source.names), LONGEST)
    return Deed(source.evidence.id, "project", kept, present=True) if kept else None


def _names_a_thing(after: list[str]) -> bool:
    """Whether participle + these words name a thing: "(Automated) pruning toolkit"."""
    for k, word in enumerate(after[:4]):
        low = bare(word)
        if (
            low in DETERMINERS
            or low in PREPOSITIONS
            or word[:1].isdigit()
            or nouns.is_plural(low)
            or low in {"and", "or"}
        ):
            return (
                k > 0
                and nouns.is_countable(bare(after[k - 1]))
                and low not in {"and", "or"}
                and not nouns.is_plural(low)
            )
        if word.endswith((",", ":")):
            return nouns.is_countable(low)
    return nouns.is_countable(bare(after[min(3, len(after) - 1)])) if after else False


def _noun_after_all(verb: Verb, after: list[str]) -> bool:
    """Whether a base form that opens the line is a noun: "Support engineer for", "Research integrated in"."""
    follows = bare(after[0])
    if follows in {"of", "is", "are", "was", "were", "has", "had", "will"} or nouns.is_person(follows):
        return True
    heads = [bare(word) for word in after[:3]]
    if "noun" not in verb.notes:
        return False
    if nouns.is_person(
        next((w for w, n in zip(heads, [*heads[1:], "for"], strict=True) if n in PREPOSITIONS), "")
    ):
        return True
    if follows == "and":
        return len(after) > 2 and heads[2] in {"of", "for"} if len(heads) > 2 else True
    ing_or_past = opening_verb(after[:1])
    if (
        ing_or_past
        and ing_or_past[1] == 1
        and {"past", "third"} & ing_or_past[0].forms_of(follows)
        and len(after) > 1
    ):
        return bare(after[1]) in PREPOSITIONS
    return (
        follows in PREPOSITIONS and "prep" not in verb.notes and verb.base not in {"work", "report", "focus"}
    )


def _has_preposition(words: Sequence[str]) -> bool:
    return any(bare(word) in PREPOSITIONS or bare(word) in {"to", "closely", "alongside"} for word in words)


def _finished(
    source: Source, subject: Subject, phrase: str, present: bool, articles: bool = True
) -> Deed | None:
    """The phrase without long brackets and tails, in good length, with its articles and "and"."""
    plain = without_brackets(phrase, longest=2)
    if plain is None:
        plain = phrase
    split = split_tail(plain, present)
    body, tail = split if split is not None else (plain, None)
    body = re.split(r"\s[–—]\s|\s--\s", body)[0]
    kept = shortened(joined_names(joined_clauses(body), source.names), LONGEST)
    if kept is None or count(kept) < 3:
        return None
    if articles:
        kept = with_articles(kept, source.names)
    attached = with_articles_in_tail(tail.attached, source.names) if tail else ""
    follow = (
        with_articles_in_tail(tail.follow, source.names)
        if tail and count(tail.follow) <= _LONGEST_FOLLOW
        else ""
    )
    return Deed(source.evidence.id, subject, kept, attached, follow, present)


def with_articles_in_tail(text: str, names: frozenset[str]) -> str:
    """Articles for ", reducing load time of website" and "That reduced …" alike."""
    lead = re.match(r"^(?:, |That |The work )", text)
    return lead.group() + with_articles(text[lead.end() :], names) if lead else text
