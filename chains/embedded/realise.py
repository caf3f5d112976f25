"""A line of evidence → statements that can be said about its owner: one small function a form.

The forms are tried in order; the first that knows the line decides, and may decide that the line cannot be
said. Nothing is added but articles, "and", and the verb "be" where shorthand left it out; the tense
follows the dates.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from chains.embedded.articles import DETERMINERS, PREPOSITIONS, with_articles, with_first_article
from chains.embedded.deed import Deed, Source, Subject
from chains.embedded.shorten import joined_clauses, joined_names, shortened
from chains.embedded.tails import split_tail
from chains.embedded.tense import opening_verb, retense
from chains.embedded.tidy import LEVELS, bare, count, lower_first, sentences, tidy, without_brackets
from domain import Evidence, Record
from language import nouns, verbs
from language.closed import closed
from language.verbs import Verb

LONGEST = 19
_LONGEST_WHOLE = 21
_LONGEST_FOLLOW = 14
_PUFF_OPENING = re.compile(
    r"^(?:successfully|effectively|efficiently|proactively|passionately|seamlessly|diligently|strategically|skillfully|"
    r"expertly|consistently|actively|continuously|meticulously)\s+",
    re.IGNORECASE,
)
_PUFF_PERSON = re.compile(
    r"^(?:(?:an? )?(?:highly )?(?:experienced|skilled|seasoned|passionate|dedicated|motivated|accomplished|"
    r"dynamic|versatile|detail-oriented|results-driven|enthusiastic|innovative|hardworking)(?:,| and)? )+"
    r"(?!in |with |at |\w+ing )",
    re.IGNORECASE,
)
_PUFF_WORDS = re.compile(r"\b(?:successfully|effectively|proactively|seamlessly)\s", re.IGNORECASE)
_UNSAYABLE = re.compile(
    r"\b(?:she|he|his|her|him|under my leadership|lorem|tbd|n/a)\b|[?→]|"
    r"https?://|\bby \d+$|^view (?:on|project|code|demo|live)\b|^(?:live )?demo\b|^(?:read|learn) more\b|"
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
_HEAD_OF = re.compile(
    r"^(?:vice[- ]|deputy |co-|acting )?(?:captain|president|treasurer|chair(?:man|woman|person)?|"
    r"secretary|head|director|editor(?:-in-chief)?|leader) of\s",
    re.IGNORECASE,
)
"""Posts that one person holds, said without an article: "I was captain of the rowing team"."""
_PURPOSE = re.compile(r"^(?P<why>(?:in order )?to [a-z][^,]+), (?P<act>[A-Za-z].+)$", re.IGNORECASE)
_INVOLVED = re.compile(r"^(?:closely |heavily |actively |directly )?involved in\s", re.IGNORECASE)
_MAKERS = closed("developer maintainer author co-author contributor creator designer lead engineer")
"""Who is a person even where a project is described: a "runner" or "viewer" is the project itself."""
_AGENT_PREPOSITIONS = closed("by in to with for as among on at into from")

_NUMBER_FOLLOWS = re.compile(r"[$€£~]?\d")
_SAYS_NOTHING = re.compile(
    r"^(?:demonstrated?|showed|possessed?|exhibited|displayed|gained|developed) (?:an? )?(?:strong |"
    r"excellent |good |great |valuable |exceptional |outstanding |solid )?"
    r"(?:[\w-]+,? (?:and )?){0,3}(?:skills?|abilit(?:y|ies)|knowledge|experience|"
    r"attitude|commitment|track record)\b",
    re.IGNORECASE,
)

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
    text = _in_small_letters(_PUFF_WORDS.sub("", text))
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


def _in_small_letters(text: str) -> str:
    """ "MANAGED 12 stores" → "managed 12 stores": a shouted verb is no acronym."""
    first, _, rest = text.partition(" ")
    if first.isupper() and len(first) > 3 and verbs.lookup(first) is not None:
        return f"{first.capitalize()} {rest}"
    return text


def _is_headline(words: list[str]) -> bool:
    """Whether capitals throughout make it a title: "Enhancing Human-Computer Interaction …"."""
    later = [word for word in words[1:] if len(word) > 3 and word[:1].isalpha()]
    return (
        words[0].endswith("ing")
        and len(later) > 3
        and sum(word[:1].isupper() for word in later) > 0.75 * len(later)
    )


def _sayable(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    words = text.split()
    if len(words) < 3 or not letters or sum(c.isupper() for c in letters) > 0.6 * len(letters):
        return False
    if _UNSAYABLE.search(text) or _SAYS_NOTHING.match(text) or _is_headline(words):
        return False
    return bare(words[0]) not in _DANGLING or bool(_PURPOSE.match(text))


def _unlabelled(text: str) -> str:
    """ "Payments: Built X" → "Built X"; "Built the agent layer: A, B" → "Built the agent layer"."""
    label, colon, rest = text.partition(": ")
    if not colon or not rest or ("(" in label and ")" not in label):
        return text
    if _NUMBER_FOLLOWS.match(rest) and not _verb_first(label.split()):
        return text
    if _verb_first(label.split()) and count(label) >= 3:
        return label
    words = rest.split()
    if count(label) <= 5 and _verb_first(words) and count(rest) >= 3:
        return rest
    return label if count(label) >= 4 and count(text) > LONGEST else text


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
    if re.search(r"\b(?:this|these|those)\b|\bthat$", phrase):
        return None
    if re.search(
        r"\b(?:it|them)\b", re.sub(r"\b(?:an?|the|our|my)\s.*\b(?:and|before)\b.*\b(?:it|them)\b", "", phrase)
    ):
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
    head, involved = _HEAD_OF.match(source.text), _INVOLVED.match(source.text)
    if not (be or have or part or head or involved):
        return False
    phrase = lower_first(source.text)
    if have:
        return _finished(source, "I", f"have {phrase}", present=True)
    if part and not phrase.startswith(("a ", "an ", "part ")):
        owner = part["np"].split(" ", 1)[0].lower()
        phrase = ("the " if owner != "member" else f"{nouns.indefinite(phrase)} ") + phrase
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
        counts = re.sub(r"^([^,]+), ((?:about )?\d[^,]*)$", r"\1 and \2", source.text)
        counts = re.sub(r"^([^,]+, [^,]+), ((?:about )?\d[^,]*)$", r"\1, and \2", counts)
        return Deed(source.evidence.id, "it", f"has {counts}", present=True)
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
    if "planned" in verb.notes and not _is_planned_by_me(source, words):
        return None
    if verb.base in {"award", "give", "grant", "present"} and follows in {"to", "for"}:
        return None  # that tells to whom, or for what, such an award goes
    person = "appointed" in verb.notes or verb.base in {
        "award",
        "nominate",
        "recognize",
        "honor",
        "name",
        "cite",
    }
    if person and verb.base in _ELECTED and nouns.is_person(follows):
        return _finished(source, "I", f"was {phrase}", present=False)
    if person and (
        follows in {"to", "as", "by", "for", "from", "among", "into"} or verb.base in {"award", "nominate"}
    ):
        return _finished(source, "I", f"was {phrase}", present=False)
    passive = {"passive", "designed"} & verb.notes or verb.base in {"feature", "deploy", "host"}
    if passive and follows in _AGENT_PREPOSITIONS and source.is_project:
        return _finished(source, "it", f"was {phrase}", present=False)
    if "passive" in verb.notes and follows in {"by", "in", "as", "among"}:
        return None
    if follows == "by":
        return _finished(source, "it", f"was {phrase}", present=False) if source.is_project else None
    return False


def _is_planned_by_me(source: Source, words: list[str]) -> bool:
    """ "Planned routes for 22 drivers" tells an act; "Planned release" or a project's plan a state."""
    follows = bare(words[1])
    if follows in {"and", "the", "a", "an"} or source.is_project:
        return not source.is_project
    near = [bare(word) for word in words[1:4]]
    if _AHEAD & set(near):
        return False
    is_past = source.ended and source.evidence.type == "bullet"
    if is_past and any(bare(word) in PREPOSITIONS or bare(word) == "and" for word in words[2:6]):
        return True
    return words[1][:1].isdigit() or any(nouns.is_plural(word) for word in near)


_AHEAD = closed(
    "release releases feature features improvement improvements extension extensions work future version next"
)
_ELECTED = closed("elect appoint name nominate")


@form
def purpose_first(source: Source) -> Deed | bool | None:
    """ "To shorten queues, created a guide" → "created a guide to shorten queues"."""
    match = _PURPOSE.match(source.text)
    if match is None:
        return False
    why, act = match["why"], match["act"]
    opened = opening_verb(act.split())
    goal = verbs.lookup(bare(why.split()[1] if why.lower().startswith("to") else why.split()[3]))
    if opened is None or goal is None or "past" not in opened[0].forms_of(bare(act.split()[0])) or "," in act:
        return None
    return _finished(source, "I", f"{lower_first(act)} {lower_first(why)}", present=False)


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
    if "past" not in verb.forms_of(said) or len(words) <= start + size or said == "proven":
        return False
    if source.evidence.type == "summary" and verb.base in {"specialize", "base", "experience"}:
        return None  # "Specialized in" tells what one is, not what one did
    if re.search(r"\bsince (?:19|20)\d\d\b", source.text):
        return None
    follows = bare(words[start + size])
    if said == verb.base and (follows in {"of", "is", "was"} or nouns.is_person(follows)):
        return False
    if "thing" in verb.notes and _names_a_thing(words[1:]):
        return _described(source, source.text) if source.is_project else None
    if "prep" in verb.notes and not _has_preposition(words[start + size : start + size + 4]):
        return None
    if nouns.says_who(said, words[start + size :]):
        # "Registered nurse with …" says who somebody is; "Hired engineer" could be read both ways.
        return False if said in _QUALIFIED else None
    return _finished(source, "I", lower_first(source.text), present=False)


@form
def unknown_past(source: Source) -> Deed | bool | None:
    """A verb that the table lacks, told by its ending and its object: "Re-slotted 40 bays"."""
    words = source.text.split()
    low = bare(words[0])
    if (
        not re.fullmatch(r"(?:[a-z]{1,8}-)?[a-z]{3,}ed", low)
        or verbs.lookup(low) is not None
        or len(words) < 3
    ):
        return False
    after = [bare(word) for word in words[1:5]]
    if after[0] in PREPOSITIONS:
        return False
    object_ = (
        words[1][:1].isdigit()
        or after[0] in DETERMINERS
        or after[0] in {"and", "or"}
        or any(nouns.is_plural(word) for word in after[:3])
    )
    if not object_ or _names_a_thing(words[1:]) or low.endswith(_NOT_PAST):
        return False
    if after[0] in {"and", "or"} and not (len(words) > 2 and bare(words[2]).endswith("ed")):
        return False
    return _finished(source, "I", lower_first(source.text), present=False)


_NOT_PAST = (
    "-based", "-oriented", "-driven", "-focused", "-sized", "-minded", "-related", "-aged", "gifted",
    "skilled", "talented", "need", "seed", "speed", "feed", "breed", "shed", "sacred", "hundred", "embed",
)  # fmt: skip
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
    if nouns.names_a_person(words[size:]):
        return False  # "Nursing assistant in two wards" is who somebody was
    is_thing = bare(words[0]) in _NOMINAL and _names_a_thing(words[size:])
    if not _is_done_to(words[size:]) or _is_title(words[size:], source.names):
        return False
    if is_thing or bare(words[1]) in {"or", "of"} or (bare(words[1]) == "and" and not _and_acts(words)):
        return _described(source, source.text) if source.is_project else None
    changed = retense(lower_first(source.text), "ing", "past" if source.ended else "base")
    return _finished(source, "I", changed, present=not source.ended)


_NOMINAL = closed(
    """
    embedding training testing trading routing parsing marketing pricing planning learning streaming
    monitoring scheduling billing booking accounting logging building operating processing reporting
    mapping tracking banking shipping lending gaming hosting messaging rendering ranking matching
    indexing caching
    """
)
"""What is as often the first word of a thing ("embedding pipeline") as an act."""


def _is_title(after: list[str], names: frozenset[str]) -> bool:
    """ "Building Modular Dialogue Systems" is the title of a talk."""
    later = [word for word in after if len(word) > 3 and word[:1].isalpha()]
    return (
        len(later) > 1
        and all(word[:1].isupper() for word in later)
        and not any(bare(w) in names for w in later)
    )


def _is_done_to(after: list[str]) -> bool:
    """Whether something follows that an act can be done to: "Driving licence class B" has no such."""
    near = [bare(word) for word in after[:5]]
    return any(
        low in DETERMINERS
        or low in PREPOSITIONS
        or low in {"and", "or"}
        or low[:1].isdigit()
        or nouns.is_plural(low)
        for low in near
    ) or (bool(near) and nouns.is_mass(near[-1]))


def _and_acts(words: list[str]) -> bool:
    """ "Analysing loans and …" no: "Planning and running fairs" has two acts at its head."""
    verb = verbs.lookup(bare(words[2])) if len(words) > 3 else None
    return verb is not None and bare(words[2]) == verb.ing and bare(words[3]) not in PREPOSITIONS


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
    if opened is None or "third" not in opened[0].forms_of(bare(words[0])):
        return False
    if "base" in opened[0].forms_of(bare(words[0])):
        return False
    ambiguous = "noun" in opened[0].notes and bare(words[1]) in {*PREPOSITIONS, "and", "or"}
    ambiguous = ambiguous or nouns.is_person(bare(words[1])) or bare(words[1]) == "to"
    if not source.is_project or ambiguous:
        return None
    subject: Subject = "it" if source.later or not source.title else "project"
    return _finished(source, subject, lower_first(source.text), present=True)


@form
def thing_first(source: Source) -> Deed | bool | None:
    """A noun phrase: what a project is, or which role was held ("Core developer of …")."""
    words = source.text.split()
    head = next((k for k, word in enumerate(words) if k and _ends_a_person(words, k)), len(words)) - 1
    holder = 0 <= head <= 4 and head + 1 < len(words) and _is_a_holder(bare(words[head]))
    holder = holder and not any(word.endswith((",", ";", ":")) for word in words[: head + 1])
    if holder and (not source.is_project or bare(words[head]) in _MAKERS):
        phrase = _as_a_role(words, head, source.names)
        article = "" if bare(words[0]) in DETERMINERS else f"{nouns.indefinite(phrase)} "
        return _finished(
            source,
            "I",
            ("was " if source.ended or source.is_project else "am ") + article + phrase,
            not source.ended,
        )
    return _described(source, source.text) if source.is_project else _included(source)


def _is_a_holder(word: str) -> bool:
    return nouns.is_person(word) or word in {"member", "assistant", "representative", "head"}


def _is_an_order(words: list[str]) -> bool:
    """ "Review advertising for compliance" is an act whose verb is a noun too, "Field work" a thing."""
    opened = opening_verb(words)
    if opened is None or "base" not in opened[0].forms_of(bare(words[0])) or len(words) < 2:
        return False
    follows = bare(words[1])
    return follows not in _COMPOUND_ENDS and (nouns.is_plural(follows) or nouns.is_mass(follows))


def _ends_a_person(words: list[str], k: int) -> bool:
    """Where "Paralegal supporting three associates" or "Clerk to Justice Moreno" goes on after the person."""
    verb = verbs.lookup(bare(words[k]))
    return bare(words[k]) in PREPOSITIONS | {"responsible"} or (
        verb is not None and bare(words[k]) == verb.ing and k + 1 < len(words)
    )


def _included(source: Source) -> Deed | None:
    """ "Triage of 60 patients a day" → "my work included triage of …": what was done, named as a thing."""
    if (
        source.record is None
        or source.record.kind != "role"
        or source.evidence.type != "bullet"
        or source.later
    ):
        return None
    plain = re.split(r";\s|\s[–—]\s", without_brackets(source.text) or source.text)[0]
    if re.search(r":\s\d", plain):
        return None
    words = plain.split()
    if len(words) < 3 or not plain[:1].isalpha() or bare(words[0]) in DETERMINERS | _PRAISE:
        return None
    head = _head_of(plain)
    acts = nouns.is_plural(head) or head in _WORK or (nouns.is_mass(head) and head.endswith(_ACTION_ENDINGS))
    opened = opening_verb(words)
    if not acts or (not nouns.is_mass(head) and not (head in _WORK or head.removesuffix("s") in _WORK)):
        return None
    if _is_an_order(words):
        return None
    if any(_is_finite(words, j) for j in range(len(words))) or (
        opened and "past" in opened[0].forms_of(bare(words[0]))
    ):
        return None
    phrase = joined_names(lower_first(plain), source.names)
    kept = shortened(phrase, LONGEST - 2)
    if kept is None or count(kept) < 3:
        return None
    said = kept if head in {"analysis", "assessment"} else with_first_article(kept, source.names)
    return Deed(source.evidence.id, "work", said, present=not source.ended)


def _head_of(text: str) -> str:
    """The noun that the first phrase of a text hangs on: "Root cause analysis with 8D" → analysis."""
    words = text.split()
    end = next((k for k, word in enumerate(words) if k and bare(word) in PREPOSITIONS), len(words))
    comma = next((k + 1 for k, word in enumerate(words) if word.endswith(",")), end)
    return bare(words[min(end, comma) - 1])


def _is_finite(words: list[str], j: int) -> bool:
    """Whether a past verb with an object stands inside: "Redesign of navigation reduced bounce rate"."""
    verb = verbs.lookup(bare(words[j]))
    if verb is None or j == 0 or bare(words[j]) not in (verb.past, verb.third) or j + 1 >= len(words):
        return bare(words[j]) in {"is", "are", "was", "were", "has", "have", "had", "will"}
    if nouns.is_plural(bare(words[j])) or bare(words[j]) == verb.base:
        return False
    after = bare(words[j + 1])
    return (
        after not in PREPOSITIONS
        and bare(words[j - 1]) not in PREPOSITIONS | DETERMINERS | {"and", "or"}
        and not (words[j - 1].endswith(","))
        and not nouns.is_plural(after)
    )


_PRAISE = closed("excellent strong good great outstanding effective exceptional solid hands-on fluent")
_ACTION_ENDINGS = ("ing", "tion", "sion", "ment", "ance")
_WORK = closed(
    """
    triage support care work analysis audit review rotation research design service supervision
    training direction project installation inspection repair maintenance control planning
    assessment course workshop interview counting assembly delivery procurement survey calculation
    translation evaluation consultation campaign event report experiment measurement visit
    negotiation campaigns migration test action fieldwork
    """
)


def _as_a_role(words: list[str], head: int, names: frozenset[str]) -> str:
    """ "Full Stack Developer with …" → "full stack developer with …"; names in it keep their capitals."""
    role = [
        word.lower()
        if word[:1].isupper()
        and word[1:].islower()
        and not (bare(word) in names and not word.endswith("ing") and not nouns.is_person(word))
        else word
        for word in words[: head + 1]
    ]
    return " ".join([*role, *words[head + 1 :]])


# --- the parts of the forms --------------------------------------------------------------------------


def _described(source: Source, text: str) -> Deed | None:
    """ "{Project} is a …": only where the noun phrase is plainly countable or brings its own article."""
    title = source.title
    cleaned = without_brackets(text)
    if cleaned is None or not title:
        return None
    cleaned = cleaned.split(": ")[0]
    if count(cleaned) < 3:
        return None
    for mark in (" -- ", " – ", " — "):
        cleaned = cleaned.rsplit(mark, 1)[-1] if cleaned.lower().startswith(title.lower()) else cleaned
    cut = re.split(r";\s|\s[–—]\s|,\s(?!(?:[a-z]+,? )*and [a-z]+ [a-z]+)", cleaned)[0]
    head = re.split(
        rf"\s(?:{'|'.join(sorted(PREPOSITIONS))}|that|which|designed|built|written|used|based|powered|"
        r"made|running|using|hosted)\b",
        cut,
    )[0].split(" ")
    first = bare(head[0])
    if any(bare(word) in {"when", "while", "if", "and"} for word in head) or len(head) > 6:
        return None
    if first in {"a", "an", "the"}:
        phrase = _as_noun(cut, source.names)
    elif nouns.is_countable(bare(head[-1])) and not nouns.is_plural(bare(head[-1])):
        phrase = f"{nouns.indefinite(_as_noun(cut, source.names))} {_as_noun(cut, source.names)}"
    elif source.evidence.type == "project" and not source.later and count(cut) >= 3 and len(head) <= 4:
        phrase = f"about {_as_noun(cut, source.names)}"
    else:
        return None
    kept = shortened(with_articles(f"is {phrase}", source.names), LONGEST, at_clauses=True)
    return Deed(source.evidence.id, "project", kept, present=True) if kept else None


def _as_noun(text: str, names: frozenset[str]) -> str:
    """The phrase in lower case at its start, unless that is a name: "Python library", "open-source tool"."""
    first = text.split(" ", 1)[0]
    return text if bare(first) in names and first.isalnum() else lower_first(text)


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
    if follows in {"of", "is", "are", "was", "were", "has", "had", "will"}:
        return True
    if nouns.is_person(follows) and (
        len(after) < 2 or after[0].endswith(",") or not nouns.is_plural(bare(after[1]))
    ):
        return True
    heads = [bare(word) for word in after[:3]]
    if follows in PREPOSITIONS and ("prep" in verb.notes or verb.base in {"work", "report", "focus"}):
        return False
    is_noun = "noun" in verb.notes or nouns.is_countable(verb.base) or nouns.is_mass(verb.base)
    if nouns.is_person(verb.base) and follows in PREPOSITIONS and "prep" not in verb.notes:
        return True
    if not is_noun:
        return False
    if nouns.is_person(_head_of(" ".join([verb.base, *after]))) and not (
        "prep" in verb.notes and follows in PREPOSITIONS
    ):
        return True
    leads = verb.base == "lead" and "of" in [bare(word) for word in after[1:4]] and not nouns.is_mass(follows)
    if verb.base != "own" and not leads and not _has_object(after, may_be_mass="noun" not in verb.notes):
        return True
    if nouns.is_person(
        next((w for w, n in zip(heads, [*heads[1:], "for"], strict=True) if n in PREPOSITIONS), "")
    ):
        return True
    if follows == "and":
        return len(after) > 2 and heads[2] in {"of", "for"} if len(heads) > 2 else True
    ing_or_past = opening_verb(after[:1])
    if ing_or_past and ing_or_past[1] == 1 and "past" in ing_or_past[0].forms_of(follows) and len(after) > 1:
        return bare(after[1]) in PREPOSITIONS
    return (
        follows in PREPOSITIONS and "prep" not in verb.notes and verb.base not in {"work", "report", "focus"}
    )


def _has_object(after: list[str], may_be_mass: bool) -> bool:
    """Whether an object follows: a determiner, a number, a plural or "and" and another verb."""
    for k, word in enumerate(after[:4]):
        low = bare(word)
        if low in DETERMINERS | _BEFORE_OBJECTS or word[:1].isdigit() or nouns.is_plural(low):
            return True
        if low in {"and", "or"} or word.endswith(","):
            following = verbs.lookup(bare(after[k + 1])) if k + 1 < len(after) else None
            acts = following is not None and bare(after[k + 1]) == following.base
            before = word if word.endswith(",") else after[k - 1] if k else ""
            return acts or (may_be_mass and _can_be_done(before))
        if low in PREPOSITIONS:
            last = after[k - 1]
            return may_be_mass and k > 0 and (_can_be_done(last) or (k > 1 and nouns.is_mass(bare(last))))
    return may_be_mass and bool(after) and _can_be_done(after[min(3, len(after) - 1)])


_BEFORE_OBJECTS = closed("daily weekly monthly quarterly annual new internal regular")


def _can_be_done(word: str) -> bool:
    """Whether a mass noun is an object, not the end of a compound: "process payroll", but "field work"."""
    return nouns.is_mass(bare(word)) and bare(word) not in _COMPOUND_ENDS


_COMPOUND_ENDS = closed(
    """
    work management engineering control development research training design support assurance maintenance
    analysis experience planning administration coordination security service responsibility leadership
    """
)


def _has_preposition(words: Sequence[str]) -> bool:
    return any(bare(word) in PREPOSITIONS or bare(word) in {"to", "closely", "alongside"} for word in words)


def _finished(
    source: Source, subject: Subject, phrase: str, present: bool, articles: bool = True
) -> Deed | None:
    """The phrase without long brackets and tails, in good length, with its articles and "and"."""
    one = _one_clause(phrase)
    if one is None or re.search(r"\bsince (?:19|20)\d\d\b", one):
        return None
    plain = without_brackets(one, longest=2)
    if plain is None:
        plain = one
    split = split_tail(plain, present)
    body, tail = split if split is not None else (plain, None)
    body = re.split(r"\s[–—]\s|\s--\s", body)[0]
    kept = _in_length(joined_names(joined_clauses(body), source.names))
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


def _in_length(phrase: str) -> str | None:
    """The phrase, cut where a clause ends if it is long; whole if a little long and without such a place."""
    if count(phrase) <= LONGEST:
        return phrase
    clause = shortened(phrase, LONGEST, at_clauses=True)
    if clause is not None:
        return clause
    return phrase if count(phrase) <= _LONGEST_WHOLE else None


def _one_clause(phrase: str) -> str | None:
    """ "trained six clerks; cut queues" → "trained six clerks and cut queues"; what is no act is left out.

    None where that would leave out a word that weakens the statement.
    """
    first, mark, rest = phrase.partition("; ")
    if not mark:
        return phrase
    opening, second = opening_verb(first.split()), opening_verb(rest.split())
    if opening is not None and second is not None:
        size = second[1]
        said = " ".join(bare(word) for word in rest.split()[:size])
        alike = opening[0].forms_of(" ".join(bare(w) for w in first.split()[: opening[1]])) & second[
            0
        ].forms_of(said)
        if alike & {"past", "base", "third"} and not _is_told_of(rest) and ";" not in rest:
            return (
                f"{first} and {lower_first(rest)}"
                if " and " not in first
                else f"{first}, and {lower_first(rest)}"
            )
    return None if LEVELS.search(rest) else first


def _is_told_of(rest: str) -> bool:
    """ "stock-outs fell by half" has its own subject; "adopted by five teams" tells of a thing."""
    words = rest.split()
    return len(words) > 1 and bare(words[1]) == "by"


def with_articles_in_tail(text: str, names: frozenset[str]) -> str:
    """Articles for ", reducing load time of website" and "That reduced …" alike."""
    lead = re.match(r"^(?:, |That |The work )", text)
    return lead.group() + with_articles(text[lead.end() :], names) if lead else text
