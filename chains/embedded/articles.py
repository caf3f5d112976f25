"""Articles for telegraphic lines: "Built pipeline for design team" becomes "Built a pipeline for the design
team".
"""

import re
from functools import lru_cache

from chains.embedded.tidy import bare
from language import nouns, verbs
from language.closed import closed
from language.wording import entries

PREPOSITIONS = closed(
    """
    of for with in on at to from into by through across via per between among over under within
    during against toward towards onto after before behind beyond without about around as upon
    throughout despite including than since until alongside amid versus vs plus like near off up out
    down inside outside regarding concerning besides except per
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
    such that which who whom whose where when while and or but nor so because if then plus & to worth à de
    is are was were has have had will can be been
    """
)
_ADVERBS = closed(
    """
    closer faster earlier later sooner together alone abroad overnight online offline afterwards
    elsewhere again weekly daily monthly
    """
)
"""What may stand after a noun and is none: "secured a grant together with …"."""
_CHANGING = closed(
    """
    optimize cut reduce improve increase enhance refactor migrate redesign rewrite maintain support
    oversee own streamline accelerate modernize rebuild replace upgrade extend scale monitor
    standardize decrease shorten lower raise boost double triple halve expand overhaul
    revamp restructure simplify strengthen transform rework port move rename restore retire sunset
    decommission manage run administer finish complete represent leave head chair speed
    up clean grow transition stabilize harden slash trim review audit test update lead
    exceed meet beat hit surpass reopen follow staff cover coordinate drive change
    adapt convert calibrate recalibrate repair service keep hold bring tune fine-tune
    """
)
_CREATING = closed(
    """
    build create develop design write launch make introduce install establish invent produce implement set
    found set-up deliver devise start code program author draft prototype engineer architect craft construct
    assemble compose sketch model
    """
) | {"set up", "build up"}
"""Verbs after which a noun that nobody has listed is one thing: "built a zeppelin"."""
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
    size usability availability security stability opening closure closing assembly assessment
    renovation repair purchase procurement acquisition commissioning care publication editing
    control help aid assistance appointment election move relocation restoration handling processing
    storage treatment transfer export import absence guidance direction leadership oversight
    """
)
_MADE_OF = closed("analysis evaluation assessment design selection")
"""Actions that are as often a thing that one makes: "conducted an analysis of"."""
_STATES = closed(
    """
    absence vacancy leave start end beginning middle rest top bottom head centre center course
    presence death birth visit arrival departure effect impact scope role status condition progress
    direction supervision guidance lab laboratory office department faculty board council house
    leadership influence quality size cost price speed accuracy performance energy use number
    """
)
_INSTITUTIONS = closed(
    """
    institute foundation conference ministry court commission olympics symposium committee journal
    academy championship championships federation festival symposium exhibition review forum congress
    trust fund authority agency
    """
)
_INSTITUTIONS_OF = _INSTITUTIONS | closed(
    """
    university college school faculty department bank museum society association chamber house
    institute city state board council office bureau library church
    """
)
_WITH_THE = re.compile(
    r"(?:EU|UK|US|USA|UN|WHO|NHS|BBC|FDA|IMF|UAE|Netherlands|Philippines|Bahamas|Gambia|"
    r"Czech Republic|Balkans|Nordics|Baltics|Caribbean|United \w+|Middle East|Far East|Red Cross|World Bank|"
    r"European (?:Union|Commission|Parliament|Council|Court)|"
    r"[A-Z]\w+ (?:Sea|Ocean|River|Islands|Republic|Alps|Mountains|Desert|Gulf|Peninsula|Valley|Coast))"
)
_NUMBERED = closed(
    "year band level grade phase stage tier page chapter version class category type step section room route"
)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_AGENT_OF = closed(
    """
    member president chair chairman chairwoman chairperson treasurer secretary captain head director
    manager leader owner founder part dean editor curator
    """
)
_SIZED = closed(
    """
    budget team portfolio group network fleet total series range class staff set squad brigade crew
    unit department caseload panel cohort band committee circulation turnover volume workforce
    accuracy average maximum minimum capacity
    """
)
_HELD = closed(
    """
    project workshop campaign clinic course club survey study initiative programme program session
    training class event meeting series study review group seminar blog shop stall business
    audit proof internship apprenticeship placement degree thesis diploma traineeship semester
    practice newsletter podcast school laboratory lab bakery farm restaurant café cafe bar helpdesk service
    company account expedition tour fair festival conference
    """
)
"""What is begun and ended, so that one runs "a weekly clinic" rather than the one."""
_ORDINALS = closed("first second third fourth fifth last next only same latest main top best final whole")
_ADJECTIVAL = ("ive", "ful", "able", "ible", "ous", "ic", "al", "less", "ent", "ant", "ary")
_UNITS = closed(
    """
    m² m2 sqm sq km km² kg t tonne hectare acre bed cover seat seater mm cm kw kwh mw l litre euro
    dollar square
    """
)
_FRACTIONS = closed("third quarter fifth sixth tenth")
_IS_FIGURE = re.compile(
    r"\d[a-z](?:-[a-z]+)?$|\d+(?:\.\d+)?x$|\d+(?:[.,]\d+)*-[a-z]+(?:-[a-z]+)*$|[$€£]\d[\d.,]*(?:k|m|b|bn|mn)?$"
)


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


def with_first_article(phrase: str, names: frozenset[str] = frozenset()) -> str:
    """The same for a noun phrase, as the object of a verb that comes before it: "PhD project on corals"."""
    made = with_articles(f"included {phrase}", names)
    return made.removeprefix("included ")


def _article_at(words: list[str], i: int, names: frozenset[str]) -> str:
    """The article that belongs before `words[i]`, or nothing."""
    role = _opens(words, i)
    if not role or _verbal(words, i, role):
        return ""
    if _is_ordinal(words, i) or _is_the_most(words, i):
        return "a" if bare(words[i]) == "second" and role in _BEGINNING else "the"
    if _closed(words, i):
        return ""
    head_at = _head(words, i)
    if head_at is None:
        return ""
    possessor = _possessor(words, i, head_at)
    if possessor is not None:
        return _before_possessor(words[i], possessor, _core(words[head_at]))
    head = words[head_at]
    low = bare(head)
    if _WITH_THE.fullmatch(_core(" ".join(words[i : head_at + 1]))):
        return "the"
    if (
        bare(words[i]) == "new"
        and head_at == i + 1
        and _core(head).isupper()
        and not role.startswith("verb:")
    ):
        return "a"  # "for a new CRM"
    if low in names and not nouns.is_countable(low):
        return ""
    if role == "verb:close" and low in {"books", "accounts"}:
        return "the"
    if nouns.is_plural(_core(head)) or _shares_plural(words, i, head_at, role):
        return ""
    if _is_a_name(words, head_at):
        return "the" if _takes_the(words, i, head_at) else ""
    if role.startswith("verb:"):
        return _before_object(words, i, head_at, role.removeprefix("verb:"))
    return _after_preposition(words, i, head_at, role)


def _is_ordinal(words: list[str], i: int) -> bool:
    """ "first three months", "top 5%", "second branch": one of its kind, in the plural too."""
    if f"{bare(words[i - 1])} {bare(words[i])}" in _bare_phrases():
        return False  # "on top of", "head of sixth form"
    if bare(words[i]) not in _ORDINALS or i + 1 >= len(words) or words[i].endswith((",", ";", ":")):
        return False
    after = bare(words[i + 1])
    if after in {"class", "aid", "level", "place", "prize", "year", "years", "degree", "and", "or", "hand"}:
        if after != "year":
            return False
        following = bare(words[i + 2]) if i + 2 < len(words) else ""
        return not following or following in PREPOSITIONS or following in _STOPS
    if bare(words[i - 1]) in {"to", "from"} and bare(words[i]) in {"first", "final"}:
        return i + 2 < len(words) and nouns.is_plural(after)
    figure = words[i + 1][:1].isdigit()
    return (
        figure
        or after in DETERMINERS
        or nouns.is_countable(after)
        or nouns.is_plural(after)
        or _head_counts(words, i)
    )


def _is_the_most(words: list[str], i: int) -> bool:
    """ "3 largest chains", "busiest store"."""
    at = i + 1 if words[i][:1].isdigit() or bare(words[i]) in {"two", "three", "four", "five"} else i
    if bare(words[i - 1]) in DETERMINERS or at + 1 >= len(words):
        return False
    return bare(words[at]) in _SUPERLATIVES


_BEGINNING = frozenset({"verb:open", "verb:launch", "verb:found", "verb:build", "verb:publish", "verb:write"})
_SUPERLATIVES = closed(
    """
    largest biggest highest lowest fastest newest latest oldest smallest longest shortest busiest
    strongest youngest greatest heaviest cheapest
    """
)


def _head_counts(words: list[str], i: int) -> bool:
    head_at = _head(words, i)
    return head_at is not None and nouns.is_countable(_core(words[head_at]))


def _possessor(words: list[str], i: int, head_at: int) -> str | None:
    """The noun with 's that owns the rest: "head chef's absence"; nothing where there is none."""
    return next(
        (_core_kept(w) for w in words[i : head_at + 1] if re.search(r"\w['’]s?$", _core_kept(w))), None
    )


def _before_possessor(first: str, possessor: str, head: str) -> str:
    owner = re.sub(r"['’]s?$", "", possessor)
    if possessor.endswith(("s'", "s’")) and nouns.is_countable(head) and not nouns.is_plural(head):
        return "the" if head in _GROUPS else nouns.indefinite(first)
    if owner[:1].isupper() or possessor.endswith(("s'", "s’")) or nouns.is_plural(owner):
        return ""
    if owner in {
        "children",
        "people",
        "men",
        "women",
        "master",
        "bachelor",
        "driver",
        "collector",
        "visitor",
    }:
        return nouns.indefinite(first) if nouns.is_countable(head) else ""
    if owner in {"year", "day", "week", "month", "today"}:
        return ""
    return "the"


_GROUPS = closed("association union council committee group club society forum board guild federation")


def _shares_plural(words: list[str], start: int, head_at: int, role: str) -> bool:
    """Whether the noun shares the plural after "and": "unit and integration tests"."""
    if head_at + 2 >= len(words) or bare(words[head_at + 1]) not in {"and", "or"}:
        return False
    if words[head_at].endswith((",", ";", ":")):
        return False
    if bare(words[head_at + 2]) in DETERMINERS | PREPOSITIONS | _STOPS or _is_acting(words, head_at + 2):
        return False
    shared = _head(words, head_at + 2)
    if shared is None or shared <= head_at + 1:
        return False
    is_one = head_at > start and nouns.is_countable(_core(words[head_at]))
    if is_one and (nouns.is_plural(_core(words[shared])) or role.startswith("verb:")):
        return False  # "an annual report and notes", but "unit and integration tests"
    is_mass = nouns.is_mass(_core(words[shared])) and shared > head_at + 2
    return nouns.is_plural(_core(words[shared])) or is_mass


def _verbal(words: list[str], i: int, role: str) -> bool:
    """Whether a verb stands here, not a noun: "to build", "by introducing"."""
    verb = verbs.lookup(bare(words[i]))
    if verb is None or role.startswith("verb:"):
        return False
    if role == "to" and bare(words[i]) == verb.base and _names_a_superior(words, i):
        return False
    return _is_acting(words, i)


def _names_a_superior(words: list[str], i: int) -> bool:
    """ "(reported to) head chef": a person after "to", though "head" is a verb as well."""
    head_at = _head(words, i)
    return head_at is not None and head_at > i and nouns.is_person(bare(words[head_at]))


def _core(word: str) -> str:
    return word.strip(".,;:!?()“”\"'‘’")


def _core_kept(word: str) -> str:
    return word.strip('.,;:!?()“”"')


def _opens(words: list[str], i: int) -> str:
    """What the noun phrase at `i` stands after: "verb:<base>", a preposition, or nothing it can follow."""
    before = words[i - 1]
    if before.endswith((",", ";", ":", ")")):
        return ""
    low = bare(before)
    if verbs.lookup(f"{low} {bare(words[i])}") is not None or bare(words[i]) in _PARTICLES:
        return ""
    if (
        low in _PARTICLES
        and i >= 2
        and (moved := verbs.lookup(bare(words[i - 2])))
        and _is_acting(words, i - 2)
    ):
        return f"verb:{moved.base}"
    phrasal = verbs.lookup(f"{bare(words[i - 2])} {low}") if i >= 2 else None
    if phrasal is not None and _is_acting(words, i - 2):
        return f"verb:{phrasal.base}"
    if low in {"using", "utilizing", "utilising", "leveraging"}:
        return "with"
    if low == "and" and i >= 2 and _ends_a_list_of_many(words, i):
        return "with"
    if low == "and" and i >= 2 and _is_sized_again(words, i):
        opening = verbs.lookup(bare(words[0]))
        return f"verb:{opening.base}" if opening else ""
    if low in PREPOSITIONS:
        return low
    verb = verbs.lookup(low)
    if verb is not None and _is_acting(words, i - 1):
        is_phrasal = verbs.lookup(" ".join(bare(word) for word in words[i : i + 2])) is not None
        is_act = is_phrasal or not nouns.is_countable(bare(words[i]))
        helped = low in _HELPING and _is_acting(words, i) and is_act
        return "" if helped else f"verb:{verb.base}"
    if i == 1 and low.endswith("ed"):
        return f"verb:{low}"
    return ""


_HELPING = closed("help helps helped helping")


def _ends_a_list_of_many(words: list[str], i: int) -> bool:
    """ "suppliers, contractors and building authority": one thing at the end of plurals, nothing after it."""
    head_at = _head(words, i)
    if head_at is None or not nouns.is_plural(_core(words[i - 2])) or _is_acting(words, i):
        return False
    ends = head_at + 1 >= len(words) or words[head_at].endswith((",", ";"))
    return ends and nouns.is_countable(_core(words[head_at])) and verbs.lookup(bare(words[i])) is None


def _is_sized_again(words: list[str], i: int) -> bool:
    """ "(a laboratory of 14 people and) annual budget of €400k"."""
    head_at = _head(words, i)
    if (
        head_at is None
        or head_at + 2 >= len(words)
        or bare(words[head_at]) not in _SIZED
        or _is_acting(words, i)
    ):
        return False
    return bare(words[head_at + 1]) == "of" and bool(re.match(r"[$€£~]?\d", words[head_at + 2]))


_PARTICLES = closed("back away forward forth")


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
    if low in {"was", "were"} and at == 1:
        return verb is not None and "participle" in forms and verb.base in {"award", "give", "grant", "offer"}
    if low in _HELPING and "base" in forms:
        return True
    if low == "to":
        return "base" in forms and not _names_a_superior(words, at)
    if "ing" in forms and at >= 1 and nouns.is_plural(_core(before)) and not before.endswith((",", ";")):
        return True
    if low in {"by", "while", "after", "before", "when", "through", "for", "of", "in", "from"} and forms == {
        "ing"
    }:
        if at + 1 < len(words) and bare(words[at + 1]) == "of":
            return False
        return low in {"by", "while", "after", "before", "when"} or not _compound(words, at)
    if low in {"and", "or", "then"} or before.endswith(","):
        opening = _opening_forms(words)
        if bool(forms & opening) and _is_noun_in_a_list(words, at, verb):
            return False
        return bool(forms & opening) or (forms == {"ing"} and before.endswith(","))
    if low in {"that", "which", "who"}:
        return bool({"past", "third"} & forms)
    return at == 1 and low.endswith("ly")


def _opening_forms(words: list[str]) -> frozenset[verbs.Form]:
    """The forms that the verb at the head of the phrase may be, "rolled out" as one."""
    two = " ".join(bare(word) for word in words[:2])
    phrasal = verbs.lookup(two)
    if phrasal is not None:
        return phrasal.forms_of(two)
    first = verbs.lookup(bare(words[0]))
    return first.forms_of(bare(words[0])) if first else frozenset()


def _is_noun_in_a_list(words: list[str], at: int, verb: verbs.Verb | None) -> bool:
    """ "fines and handled appeals" has a verb, "menus, cost and stock" has none."""
    if verb is None or bare(words[at]) != verb.base or verb.base == verb.past:
        return False
    after = bare(words[at + 1]) if at + 1 < len(words) else ""
    is_noun = "noun" in verb.notes or nouns.is_countable(verb.base) or nouns.is_mass(verb.base)
    return is_noun and (not after or after in PREPOSITIONS or after in {"and", "or"})


def _compound(words: list[str], at: int) -> bool:
    """Whether an -ing word is part of a compound noun: "for testing framework"."""
    if at + 1 >= len(words) or words[at].endswith((",", ";")):
        return False
    return nouns.is_thing(_core(words[at + 1])) and bare(words[at]) not in {
        "building",
        "creating",
        "writing",
    }


def _closed(words: list[str], i: int) -> bool:
    """Whether no article can stand before this word."""
    word, low = words[i], bare(words[i])
    if _is_acronym(word):
        return False
    if low in DETERMINERS or low in PREPOSITIONS or low in _STOPS or not low:
        return True
    if re.fullmatch(r"\d+(?:\.\d+)?%", word):
        head_at = _head(words, i)
        rate = _core(words[head_at]) if head_at is not None and head_at > i else ""
        return (
            bare(words[i - 1]) not in {"with", "achieving"}
            or not nouns.is_countable(rate)
            or nouns.is_plural(rate)
        )
    if re.match(r"[$€£~±]?\d", word) or word[:1] in "(“\"'‘":
        return not (_IS_FIGURE.match(low) or _is_measured(words, i))
    return _ends_as_adverb(low) and not _modifies(words, i)


def _is_acronym(word: str) -> bool:
    """ "IT" and "US" are not "it" and "us"."""
    core = _core(word)
    return len(core) > 1 and core.isupper() and core.isalpha()


def _modifies(words: list[str], i: int) -> bool:
    """ "newly opened ward": an adverb before a participle belongs to the noun phrase."""
    verb = verbs.lookup(bare(words[i + 1])) if i + 1 < len(words) else None
    return verb is not None and "participle" in verb.forms_of(bare(words[i + 1])) and i + 2 < len(words)


def _is_measured(words: list[str], i: int) -> bool:
    """ "12,000 m² warehouse": a number, its unit and one thing."""
    if i + 2 >= len(words) or bare(words[i + 1]) not in _UNITS:
        return False
    head_at = _head(words, i + 2)
    return head_at is not None and nouns.is_countable(_core(words[head_at]))


def _head(words: list[str], start: int) -> int | None:
    """The index of the noun that carries the phrase from `start`: the last word before something else
    begins.
    """
    end = start
    for j in range(start, len(words)):
        word, low = words[j], bare(words[j])
        if j > start and low == "and" and _joins_adjectives(words, start, j):
            continue
        small = low in PREPOSITIONS or low in _STOPS or low in DETERMINERS or low == "using"
        if j > start and ((small and not _is_acronym(word)) or word[:1] in "(“\"'‘" or word[:1].isdigit()):
            break
        if j > start and (_is_adverb(words, j) or _acts_for_others(words, j)):
            break
        if j > start and _participle_after_noun(words, j):
            break
        end = j
        if word.endswith((",", ";", ":", ")", ".")) and not _continues(words, j):
            break
    head = _core(words[end])
    return end if head and any(c.isalpha() for c in head) else None


def _joins_adjectives(words: list[str], start: int, j: int) -> bool:
    """ "scalable, robust, and maintainable applications"."""
    if not words[j - 1].endswith(",") or j - 1 < start or j + 2 >= len(words):
        return False
    return _is_adjective(bare(words[j - 1])) and _is_adjective(bare(words[j + 1]))


def _is_adjective(low: str) -> bool:
    if low in _ADJECTIVES:
        return True
    is_noun = nouns.is_countable(low) or nouns.is_mass(low) or nouns.is_plural(low)
    return low.endswith(_ADJECTIVAL) and not is_noun and low != "critical"


_ADJECTIVES = closed(
    "robust fast secure modern simple clean new small large clear safe lean quick smart rich strong"
)


def _acts_for_others(words: list[str], j: int) -> bool:
    """ "(helped) clients organize their finances"."""
    verb = verbs.lookup(bare(words[j]))
    if (
        verb is None
        or not nouns.is_plural(_core(words[j - 1]))
        or "noun" in verb.notes
        or j + 1 >= len(words)
    ):
        return False
    return "base" in verb.forms_of(bare(words[j])) and not nouns.is_countable(bare(words[j]))


def _is_adverb(words: list[str], j: int) -> bool:
    low = bare(words[j])
    if low in _ADVERBS:
        return j + 1 >= len(words) or bare(words[j + 1]) in PREPOSITIONS or bare(words[j + 1]) in _STOPS
    return _ends_as_adverb(low)


def _ends_as_adverb(low: str) -> bool:
    return low.endswith("ly") and not low.endswith(_NOT_ADVERBS)


_NOT_ADVERBS = (
    "family", "daily", "weekly", "monthly", "yearly", "hourly", "nightly", "quarterly", "fortnightly",
    "assembly", "supply", "reply", "anomaly", "early", "friendly", "costly", "timely", "elderly",
    "scholarly", "only", "ally", "italy", "july", "fly", "likely",
)  # fmt: skip


def _continues(words: list[str], j: int) -> bool:
    """ "small, dark room": a comma between adjectives does not end the phrase."""
    if not words[j].endswith(",") or j + 1 >= len(words):
        return False
    return _is_adjective(bare(words[j])) and not words[j][:1].isupper()


def _participle_after_noun(words: list[str], j: int) -> bool:
    """Whether `words[j]` begins a shortened clause: "service used by", "pipeline processing 3M events"."""
    low, verb = bare(words[j]), verbs.lookup(bare(words[j]))
    if verb is None or j + 1 >= len(words):
        return False
    before, after = _core(words[j - 1]), words[j + 1]
    if low in _NOMINAL_ING and not (after[:1].isdigit() or bare(after) in DETERMINERS):
        return False
    is_ing = "ing" in verb.forms_of(low)
    if is_ing and nouns.is_plural(before):
        return True
    is_noun = nouns.is_countable(before) or (nouns.is_mass(before) and not before.endswith("ing"))
    if is_ing and is_noun and "-" not in before:
        if bare(after) in _STOPS or bare(after) == "using":
            return False
        if bare(after) in PREPOSITIONS:
            return "prep" in verb.notes or verb.base in _INTRANSITIVE
        return _closed([after], 0) or nouns.is_plural(_core(after)) or not nouns.is_countable(_core(after))
    if low in (verb.past, verb.participle) and low != verb.base:
        return bare(after) in PREPOSITIONS and (nouns.is_countable(before) or nouns.is_plural(before))
    if low == verb.past and "noun" not in verb.notes and nouns.is_countable(before):
        return bare(after) in DETERMINERS
    return False


_NOMINAL_ING = closed(
    """
    learning processing engineering marketing planning testing training monitoring modeling modelling
    programming mining pricing trading manufacturing banking gaming reporting scheduling routing
    computing sharing forecasting tracking matching building advertising accounting publishing
    """
)
"""The second word of a compound more often than an act: machine learning models, load testing tools."""
_INTRANSITIVE = closed(
    "specialize work focus operate lead result consist deal report live range serve trade cater"
)


# --- names -------------------------------------------------------------------------------------------


def _is_a_name(words: list[str], head_at: int) -> bool:
    """Whether the phrase is a proper name by its capitals: "Max Planck Institute", "Year 9"."""
    head = _core(words[head_at])
    follows = words[head_at + 1] if head_at + 1 < len(words) else ""
    if follows[:1].isdigit() and not words[head_at].endswith(","):
        return head[:1].isupper() or head in _NUMBERED or bool(_YEAR.match(follows))
    return head[:1].isupper() and not head.isupper() and not re.search(r"[A-Z]{2}", head[1:])


def _takes_the(words: list[str], i: int, head_at: int) -> bool:
    """Whether a proper name is said with "the": the Max Planck Institute, the University of Uppsala."""
    head = bare(words[head_at])
    follows = bare(words[head_at + 1]) if head_at + 1 < len(words) else ""
    if _WITH_THE.fullmatch(_core(" ".join(words[i : head_at + 1]))):
        return True
    if follows == "of" and not words[head_at].endswith(","):
        return head in _INSTITUTIONS_OF
    if _YEAR.match(follows) and nouns.is_countable(head):
        return True
    if follows == "for" and head in {"society", "association", "institute", "centre", "center"}:
        return True
    return head in _INSTITUTIONS and head_at > i


# --- after verbs -------------------------------------------------------------------------------------


def _before_object(words: list[str], i: int, head_at: int, base: str) -> str:
    head, low = _core(words[head_at]), bare(words[head_at])
    follows = bare(words[head_at + 1]) if head_at + 1 < len(words) else ""
    whole = not words[head_at].endswith((",", ";", ":"))
    of = follows == "of" and whole
    if whole and (of or _joined_of(words, head_at)) and _is_action(low) and not _is_amount(words, head_at):
        if low in _MADE_OF and base not in _CHANGING:
            return (
                nouns.indefinite(_core(words[i]))
                if low in {"analysis", "evaluation", "assessment"}
                else "the"
            )
        return "the"
    if of and low in _SIZED and _counts(words, head_at):
        return nouns.indefinite(_core(words[i])) if nouns.is_countable(low) or nouns.is_person(low) else ""
    if of and low in _AFFECTED and base not in _CREATING:
        return "the"
    if re.match(r"[$€£]\d", words[i]) and not nouns.is_countable(low):
        return ""
    if head_at > i and _is_mass_phrase(words, head_at):
        return ""
    if _is_activity(words, i, head_at) and not of and base not in _CHANGING | _CREATING:
        return ""
    if _is_bare_object(head, low, base) or (low in {"business", "place", "ground"} and _is_plain(words, i)):
        return ""
    if words[i][:1].isdigit() or words[i][:1] in "$€£":
        return nouns.indefinite(words[i])
    if low in {"team", "company", "department", "website"} and not of:
        return "the"
    if base == "raise" and low == "round":
        return nouns.indefinite(words[i])
    if of and base not in _CREATING and low not in _PARTS_OF | _SIZED and _is_owned(words, head_at):
        return "the"
    if base == "drive" and low in _VEHICLES:
        return nouns.indefinite(_core(words[i]))
    if low == "market" or (_is_unique(words, i, head_at) and base not in _CREATING):
        return "the"
    if base in {"teach", "play", "study", "learn"} and low in _INSTRUMENTS:
        return ""
    if base in _CHANGING and not (low in _SIZED and of) and not (low in _HELD and not of):
        return "the"
    return nouns.indefinite(_core(words[i]))


_VEHICLES = closed(
    "bus truck lorry van car taxi tram train ambulance forklift tractor coach minibus excavator"
)
_INSTRUMENTS = closed(
    "violin piano guitar cello flute clarinet trumpet organ saxophone harp viola drum chess"
)


_AFFECTED = closed("role effect impact influence scope extent status state condition progress quality cause")


def _is_owned(words: list[str], head_at: int) -> bool:
    """Whether "of" names the one thing it belongs to: "the programme of a film festival"."""
    after = words[head_at + 2] if head_at + 2 < len(words) else ""
    if not after or _closed(words, head_at + 2):
        return False
    owner = _head(words, head_at + 2)
    return (
        owner is not None
        and nouns.is_countable(_core(words[owner]))
        and not nouns.is_plural(_core(words[owner]))
    )


def _is_plain(words: list[str], i: int) -> bool:
    """ "new business", "second place", "new ground": said without an article."""
    return bare(words[i]) in {"new", "repeat", "more"} | _ORDINALS


def _is_mass_phrase(words: list[str], head_at: int) -> bool:
    """ "cash flow", but "the annual leave of the manager"."""
    following = bare(words[head_at + 1]) if head_at + 1 < len(words) else ""
    return following != "of" and nouns.is_mass_phrase(bare(words[head_at - 1]), bare(words[head_at]))


def _is_bare_object(head: str, low: str, base: str) -> bool:
    """Whether no article goes before this noun as an object: mass, an action, an adjective, a name."""
    if nouns.is_countable(low) or nouns.is_person(low):
        return False
    if head[:1].isupper() or nouns.is_mass(low) or low in PREPOSITIONS:
        return True
    if base not in _CREATING and base not in _CHANGING and not nouns.is_thing(head):
        return True
    return low in _ACTIONS or low.endswith(_ADJECTIVAL) or not low.replace("-", "").isalpha()


def _is_action(low: str) -> bool:
    """Whether the noun names what is done or how something is: "the opening of", "the cost of"."""
    return low in _ACTIONS or (
        low.endswith(("ency", "ancy", "ness", "tion", "sion", "ment", "ance", "ing", "al"))
        and nouns.is_mass(low)
    )


def _counts(words: list[str], head_at: int) -> bool:
    """Whether "of" and a number or "about" follow: "a budget of $2M", "a team of five"."""
    after = words[head_at + 2] if head_at + 2 < len(words) else ""
    low = bare(after)
    is_figure = bool(re.match(r"[$€£~]?\d", after)) or low in {"about", "up", "over", "around"}
    plural = nouns.is_plural(_core(after)) or (
        _head(words, head_at + 2) is not None and low in DETERMINERS - {"a", "an", "the"}
    )
    return is_figure or (plural and bare(words[head_at]) in _SIZED)


def _is_amount(words: list[str], head_at: int) -> bool:
    """Whether "of" and a share or a sum follow: "a reduction of 20%"; not "the training of 40 clerks"."""
    after = words[head_at + 2] if head_at + 2 < len(words) else ""
    following = words[head_at + 3] if head_at + 3 < len(words) else ""
    return bool(re.match(r"(?:[$€£~]\d|\d[\d.,]*(?:%|x\b))", after)) or (
        after[:1].isdigit() and (following == "%" or bare(following) in {"percent", "points"})
    )


def _joined_of(words: list[str], head_at: int) -> bool:
    """Whether "design and implementation of" follows."""
    rest = [bare(word) for word in words[head_at + 1 : head_at + 4]]
    return len(rest) == 3 and rest[0] == "and" and _is_action(rest[1]) and rest[2] == "of"


# --- after prepositions ------------------------------------------------------------------------------


def _after_preposition(words: list[str], i: int, head_at: int, role: str) -> str:
    low, first = bare(words[head_at]), bare(words[i])
    if head_at > i and _is_mass_phrase(words, head_at):
        return ""
    whole = not words[head_at].endswith((",", ";", ":"))
    of = whole and head_at + 1 < len(words) and bare(words[head_at + 1]) == "of"
    if role in {"per", "vs", "versus", "plus", "than", "up", "out", "off", "down"}:
        return ""
    if f"{role} {first}" in _bare_phrases() and (i == head_at or first in {"real", "peak", "plain"}):
        return ""
    if role in {"from", "to"} and _from_to(words, i, head_at, role):
        return ""
    if (
        role == "of"
        and i >= 2
        and words[i - 2].endswith("%")
        and low in {"target", "quota", "goal", "plan", "budget"}
    ):
        return "the"
    if role == "by" and low in _FRACTIONS:
        return "a"
    if role == "by" and low in _VEHICLES | {
        "bike",
        "bicycle",
        "plane",
        "ship",
        "boat",
        "ferry",
        "phone",
        "courier",
    }:
        return ""
    if of or (whole and _joined_of(words, head_at)):
        found = _before_of(words, i, head_at)
        if found is not None:
            return found
    if not (nouns.is_countable(low) or nouns.is_person(low) or _may_be_one(words[head_at])):
        return ""
    if i == head_at and whole and _joins_mass(words, head_at):
        return ""
    if _is_activity(words, i, head_at) and not of:
        return ""
    if i == head_at and role == "for" and low.endswith(("tion", "sion", "ment", "ance")):
        return ""  # "for deployment", "for review"
    if i == head_at and role in {"across", "throughout", "within"}:
        return "the"
    if role == "during" and not nouns.is_countable(low):
        return ""
    if role in {"to", "as"} and i >= 2 and bare(words[i - 2]) in {"promoted", "elevated"}:
        return ""
    if not whole and _lists_bare_things(words, head_at):
        return ""
    if role == "as":
        if i >= 2 and bare(words[i - 2]) == "over":
            return ""  # "took over as sous chef"
        return "" if low in _AGENT_OF and of else nouns.indefinite(_core(words[i]))
    if role in {"between", "like"} or (role == "on" and low in _TOPICS):
        return ""
    if (role == "during" and nouns.is_countable(low)) or _is_unique(words, i, head_at) or _belongs(words, i):
        return "the"
    if low == "team" and not of:
        adjective = re.search(
            r"cross-functional|agile|small|remote|distributed|global|large|\d",
            " ".join(words[i:head_at]),
            re.I,
        )
        return "a" if adjective else "the"
    return nouns.indefinite(_core(words[i]))


def _may_be_one(word: str) -> bool:
    """Whether a noun on no list is one thing: a verb's form may be anything."""
    return nouns.is_thing(_core(word)) and verbs.lookup(bare(word)) is None


def _joins_mass(words: list[str], head_at: int) -> bool:
    """ "for temperature and quality": with a mass noun, a noun alone stands bare."""
    return (
        head_at + 2 < len(words)
        and bare(words[head_at + 1]) == "and"
        and nouns.is_mass(_core(words[head_at + 2]))
    )


def _is_activity(words: list[str], i: int, head_at: int) -> bool:
    """ "for invoice generation", "on product liability": what is done to a thing, named after the thing."""
    if head_at == i or bare(words[head_at]) not in _ACTIVITIES:
        return False
    thing = bare(words[head_at - 1])
    if "-" in thing:
        return False
    return nouns.is_countable(thing) or nouns.is_mass(thing) or nouns.is_plural(thing)


_ACTIVITIES = closed(
    """
    generation integration migration liability classification segmentation extraction prediction
    reduction conversion collaboration transformation registration restoration renovation translation
    consolidation allocation distribution promotion selection evaluation simulation coordination
    rehabilitation inspection examination vaccination discharge retreat recovery delivery transfer
    exchange withdrawal disposal removal approval renewal appraisal treatment measurement deployment
    placement assignment calculation negotiation consultation regulation recommendation
    """
)
"""Nouns that are countable alone ("an integration"), and none when a thing stands before them."""


def _lists_bare_things(words: list[str], head_at: int) -> bool:
    """ "(responsible for) budget, safety and ordering": one that stands with mass nouns stands bare too."""
    following = _head(words, head_at + 1) if head_at + 1 < len(words) else None
    if following is None or not words[head_at].endswith(","):
        return False
    goes_on = words[following].endswith(",") or bare(" ".join(words[following + 1 : following + 2])) in {
        "and",
        "or",
    }
    return goes_on and nouns.is_mass(_core(words[following]))


_RATES = closed("uptime accuracy availability latency throughput turnover precision recall yield")


def _before_of(words: list[str], i: int, head_at: int) -> str | None:
    """ "the introduction of", "a team of five"; None where the phrase is like any other."""
    low = bare(words[head_at])
    if low in _AGENT_OF:
        return None
    if (
        low in _RATES
        and bare(words[i - 1]) == "with"
        and words[head_at + 2 : head_at + 3]
        and (words[head_at + 2][:1].isdigit())
    ):
        return nouns.indefinite(_core(words[i]))
    if low in _SIZED and _counts(words, head_at):
        return nouns.indefinite(_core(words[i])) if nouns.is_countable(low) else ""
    if (_is_action(low) or low in _STATES) and not _is_amount(words, head_at):
        return "the"
    if low in _PARTS_OF or _counts(words, head_at) or not nouns.is_countable(low):
        return None
    after = words[head_at + 2] if head_at + 2 < len(words) else ""
    owner = _head(words, head_at + 2) if after else None
    return None if owner is None or nouns.is_plural(_core(words[owner])) else "the"


_PARTS_OF = closed(
    """
    subset branch chain part variety range network group member series set class team version kind type
    mix blend source form sort sample list selection collection piece series number couple pair
    period time total circulation print turnover budget portfolio campaign study model map record
    """
)


def _from_to(words: list[str], i: int, head_at: int, role: str) -> bool:
    """ "from design to launch", "from idea to first harvest": such pairs stand bare."""
    if head_at - i > 1 or words[head_at].endswith((",", ";")):
        return role == "to" and head_at - i <= 1 and _from_before(words, i)
    if role == "from":
        return head_at + 1 < len(words) and bare(words[head_at + 1]) == "to"
    return _from_before(words, i)


def _from_before(words: list[str], i: int) -> bool:
    before = [bare(word) for word in words[max(0, i - 4) : i - 1]]
    return "from" in before


def _is_unique(words: list[str], i: int, head_at: int) -> bool:
    """Whether the last one to three words name one of its kind: the front desk, the company."""
    following = bare(words[head_at + 1]) if head_at + 1 < len(words) else ""
    if i == head_at and following == "with" and bare(words[head_at]) in _ALONE:
        return False  # "in a district with 90,000 voters"
    for size in (3, 2, 1):
        begin = head_at - size + 1
        if begin < i or " ".join(bare(word) for word in words[begin : head_at + 1]) not in _unique_things():
            continue
        return size > 1 or begin - i <= (0 if bare(words[head_at]) in _ALONE else 1)
    return False


_TOPICS = closed("policy law theory practice history architecture design art music")
_ALONE = closed(
    """
    market director manager field patient plant mill stage pass oven dock state region city
    country company board council community union district
    """
)
"""One of its kind only where nothing stands before it: "the market", but "a new market"."""


def _belongs(words: list[str], i: int) -> bool:
    """Whether "of" ties it to something said with "the": "(absence of the) ward manager"."""
    if i < 2 or bare(words[i - 1]) != "of":
        return False
    owner = bare(words[i - 2])
    opening = verbs.lookup(bare(words[0]))
    is_first = not any(bare(word) in PREPOSITIONS for word in words[1 : i - 1])
    if is_first and opening is not None and opening.base in _CHANGING - _LEADING:
        return True
    return owner in _AGENT_OF or owner in _TIED


_TIED = closed(
    """
    absence vacancy leave presence death birth visit supervision guidance leadership start end beginning
    scope effect arrival departure role
    """
)
_LEADING = closed("lead manage run drive oversee coordinate support own head chair administer represent")


@lru_cache(maxsize=1)
def _bare_phrases() -> frozenset[str]:
    return frozenset(entries("bare-phrases"))


@lru_cache(maxsize=1)
def _unique_things() -> frozenset[str]:
    return frozenset(entries("unique-things"))
