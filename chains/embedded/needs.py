"""A line of the posting → the need it names, as words that fit into "hiring a {title} to …" or "asks for …".

Most lines are no opener: degrees, traits, pay, travel, citizenship and benefits are refused. What is kept
is a span of the line, our/we turned to your/you, cut only where the last word can end a phrase.
"""

import re
from dataclasses import dataclass
from typing import Literal

from chains.embedded.articles import DETERMINERS, PREPOSITIONS
from chains.embedded.shorten import shortened
from chains.embedded.tense import opening_verb
from chains.embedded.tidy import bare, count, sentences, tidy, without_brackets
from language import nouns, verbs
from language.closed import closed

LONGEST = 11


@dataclass(frozen=True, slots=True)
class Need:
    """What the posting wants, ready for a frame.

    `task` is an infinitive ("move billing onto Kubernetes"), `thing` a noun phrase ("experience with
    Terraform"), `skill` the page's words for skills. `lines` are the ids of the posting lines it is taken
    from.
    """

    kind: Literal["task", "thing", "skill"]
    text: str
    lines: tuple[str, ...]


_REFUSED = re.compile(
    r"""\b(?:degree|bachelor'?s?|master'?s?|ph\.?d|diploma|gpa|citizen(?:ship)?|visa|clearance|
    right\ to\ work|work\ permit|
    eligib\w+|authori[sz]ed\ to|travel|relocat\w+|on-?site|office|hybrid|salary|compensation|equity|
    bonus|benefits?|
    pension|insurance|vacation|holiday|pto|perks?|age|driver'?s?\ licen[sc]e|background\ check|drug|
    vaccin\w+|lift|
    self-?\w*(?:starter|motivated|driven)|motivated|passion\w*|team\ player|attention\ to\ detail|
    curio\w+|mindset|
    attitude|humble|positive|enthusias\w+|hunger|thrive\w*|comfortable|excited|hungry|proactive|interpersonal|
    apply|cv|resume|résumé|cover\ letter|recruiter|interview|equal\ opportunit\w+|diversity|
    inclusi\w+|gender|race|
    fluent|fluency|english|german|french|spanish|communication\ skills|other\ duties|
    as\ (?:assigned|needed|required)|
    full-?time|part-?time|hours\ (?:a|per)\ week|shifts?|weekends?|nights|
    you(?:'ll|\ will)?\ (?:love|enjoy|like|want)|entrepreneurial|ambiguity|fast-paced|ownership\ mentality|
    https?|utility)(?!\w)|[@$€£]""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAD_IN = re.compile(
    r"^(?:in this role,? |as (?:an? |our )[\w\s,/-]{3,40}, |(?:and |also )?"
    r"(?:you(?:'ll| will| would|'d)(?: also)?(?: be| get to| help| have the opportunity to)?|"
    r"you(?: are|'re) (?:able|expected) to|you can|"
    r"you(?: have|'ve(?: got)?| bring| possess| are| know| understand| need| must have)?|"
    r"your (?:role|job|mission) (?:is|will be) to|"
    r"the (?:successful )?candidate (?:will|should|must)(?: have| be)?|must (?:have|be)|"
    r"should (?:have|be)|we(?:'re| are) looking for|"
    r"what we(?:'re| are) looking for:?|responsibilities include|duties include|help us(?: to)?)) (?=\S)",
    re.IGNORECASE,
)
_ABILITY = re.compile(
    r"^(?:the |a |proven |demonstrated |strong )*(?:ability|able|capable|capability|capacity|"
    r"willingness|willing) (?:to|of) ",
    re.I,
)
_RESPONSIBLE = re.compile(r"^(?:be |being )?(?:responsible|accountable) for ", re.IGNORECASE)
_YEARS = re.compile(
    r"^(?:(?:at least|minimum(?: of)?|over|more than|a minimum of|approximately|around)\s)?(?:\d+|"
    r"one|two|three|four|five|six|seven|eight|ten)"
    r"(?:\s?(?:\+|-|–|to)\s?\d*)?\s?\+?\s*(?:or more )?years?(?:'|’)?(?: of)?\s+",
    re.IGNORECASE,
)
_QUALITY = re.compile(
    r"^(?:(?:a |an |the )?(?:some |any |strong|solid|proven|deep|extensive|excellent|good|great|"
    r"demonstrated|hands-on|hands on|practical|"
    r"significant|professional|relevant|previous|prior|broad|advanced|expert|in-depth|thorough|working|basic|sound|"
    r"outstanding|exceptional|demonstrable|direct|industry|commercial|real-world|technical|recent|specific|substantial|"
    r"progressive|proficient|clear|high-level|robust|full|verifiable|similar|general|current|"
    r"post-qualification)[,/]?\s(?:and |& )?)+",
    re.IGNORECASE,
)
_EXPERIENCE = re.compile(
    r"^(?:work(?:ing)? |development |engineering |industry |production )?(?:experience|expertise|"
    r"expert|proficien\w+|familiar(?:ity)?|knowledge|understanding|skills?|"
    r"background (?:in|as)|competen\w+|command|track record|fluency|skilled|experienced|exposure|grasp|"
    r"mastery|awareness|know-how|"
    r"comfort|versed|adept|confident|hands-on)"
    r"(?: level)?(?: (?:in|with|of|on|using|for|around|across|as|working with|working in|designing|"
    r"building))*\s",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"(?:,? (?:including|such as|e\.g\.|like|ideally|preferably|especially|particularly|ensuring|"
    r"in order to|so that|as well as)\b|"
    r",\s(?=(?!(?:using|building|testing|monitoring|engineering|learning|training|marketing|"
    r"planning|reporting|logging)\b)[a-z]+ing\s(?:the|a|an|your|our|to|with|on|in|for|robust|that|"
    r"and|how|best|clear|new|every|all|high\S*|\w+s)\b)|, whether\b|"
    r",? and (?:experience|knowledge|understanding|ability|a (?:strong|good|deep|solid))|;|"
    r"\s[–—-]{1,2}\s|: | so (?:you|we|that)\b|"
    r",? (?:is|are) (?:a plus|preferred|required|essential|desired|an advantage|highly|nice)|"
    r",? (?:a plus|preferred|required|desired)$| who | while | where )",
    re.IGNORECASE,
)
_YOURS = (
    (r"\bour\b", "your"),
    (r"\bours\b", "yours"),
    (r"\bwe're\b", "you are"),
    (r"\bwe are\b", "you are"),
    (r"\bwe\b", "you"),
    (r"\bus\b", "you"),
)
_BAD_THING_STARTS = closed("in on how what why when if as or and by with your you and/or etc plus")
_NOT_TASKS = closed(
    """
    be have bring love enjoy like want understand know feel believe join stay remain possess hold
    speak live look need work thrive care become earn get receive take contact demonstrate exhibit
    display show act seek help make see let say keep come go tell think find participate attend
    perform follow meet learn explore grow
    """
)
_EMPTY_TASKS = re.compile(
    r"^(?:work (?:closely|with|in|as|on)|collaborate|communicate|contribute to (?:the|a|"
    r"your)? ?(?:team|culture|growth)|"
    r"perform other|be (?:a|an|the|part|responsible)|assist with other|report to|partner with|"
    r"take ownership|drive (?:change|results)|"
    r"lead by example|support the team|do\b|engage (?:in|with|actively)|manage multiple|"
    r"prioriti[sz]e|adapt|multitask|handle multiple|maintain a (?:high|positive)|uphold|champion)",
    re.IGNORECASE,
)
_WEAK_ENDS = closed(
    """
    new key various multiple complex critical modern scalable reliable strategic technical robust
    """
)


def need(text: str, line: str, names: frozenset[str] = frozenset()) -> Need | None:
    """The need a posting line names, or None where it names none that a letter may open with.

    Args:
        text: The line, verbatim.
        line: Its id.
        names: Words that keep their capitals (skills, the company, names on the page).
    """
    parts = sentences(tidy(text))
    if not parts:
        return None
    plain = without_brackets(parts[0]) or parts[0]
    if _REFUSED.search(plain) or plain.endswith("?") or count(plain) < 2 or plain.isupper():
        return None
    for candidate in _readings(plain):
        found = _task(candidate, line, names) or _thing(candidate, line, names)
        if found is not None:
            return found
    return None


def _readings(plain: str) -> list[str]:
    """The line, or the two sides of its label."""
    label, colon, rest = plain.partition(": ")
    stripped = _LEAD_IN.sub("", plain)
    if colon and count(label) <= 4 and count(rest) >= 3:
        return [_LEAD_IN.sub("", rest)]
    return [stripped]


def _task(text: str, line: str, names: frozenset[str]) -> Need | None:
    """ "Design and run our pipelines" → "design and run your pipelines"."""
    able = bool(_ABILITY.match(text))
    said = re.sub(r"^to ", "", _ABILITY.sub("", text))
    words = said.split()
    opened = opening_verb(words)
    if opened is None or len(words) < 3:
        return None
    verb, size = opened
    first = " ".join(bare(word) for word in words[:size])
    if first == verb.ing and not able:
        return None
    if (first != verb.base and first != verb.form("base", like=first)) or verb.base in _NOT_TASKS:
        return None
    if _EMPTY_TASKS.match(said) or _is_a_noun(words, size, "noun" in verb.notes):
        return None
    phrase = _yours(_lowered(_cut(said), names))
    kept = shortened(phrase, LONGEST)
    if kept is None or count(kept) < 3 or not _ends_well(kept):
        return None
    return Need("task", kept, (line,))


def _is_a_noun(words: list[str], size: int, ambiguous: bool) -> bool:
    """Whether the base form names a thing: "Test automation", "Design of systems", "Support engineers"."""
    follows = bare(words[size])
    if follows in {"of", "is", "are", "experience", "skills"} or nouns.is_person(follows):
        return True
    if not ambiguous:
        return False
    if follows in {"and", "or"} or words[size - 1].endswith(","):
        joined = words[size + 1] if follows in {"and", "or"} and size + 1 < len(words) else words[size]
        second = verbs.lookup(bare(joined))
        return second is None or bare(joined) != second.base
    plain = follows in DETERMINERS or nouns.is_plural(follows) or follows in {"our", "your", "new", "with"}
    later = any(bare(word) in DETERMINERS or nouns.is_plural(bare(word)) for word in words[size : size + 4])
    return not (plain or later) or (follows in PREPOSITIONS and follows != "with")


def _thing(text: str, line: str, names: frozenset[str]) -> Need | None:
    """ "3+ years of experience with Terraform" → "experience with Terraform"; "a Kafka expert" is refused."""
    years = _YEARS.match(text)
    said = _QUALITY.sub("", _YEARS.sub("", text))
    said = _QUALITY.sub("", said)
    if years and not _EXPERIENCE.match(said):
        said = re.sub(r"^(?:in|with|as|of)\s", "experience \\g<0>", said)
        if not said.startswith("experience"):
            verb = verbs.lookup(bare(said.split(" ", 1)[0]))
            said = f"experience {said}" if verb and bare(said.split(" ", 1)[0]) == verb.ing else said
    match = _EXPERIENCE.match(said)
    if re.match(r"^[\w/+#.-]+(?: [\w/+#.-]+){0,3} experience$", said) and count(said) <= 5:
        return Need("thing", _named(said, names), (line,))
    if match is None and not said.lower().startswith("experience "):
        return None
    phrase = _yours(_cut(_as_experience(said, match)))
    kept = shortened(_named(phrase, names), LONGEST)
    if (
        kept is None
        or count(kept) < 2
        or not _ends_well(kept)
        or bare(kept.split(" ", 1)[0]) in _BAD_THING_STARTS
    ):
        return None
    return Need("thing", kept, (line,))


def _as_experience(said: str, match: re.Match[str] | None) -> str:
    """A noun phrase that "asks for" can take: "experience with X", "knowledge of X", or X alone."""
    if match is None:
        return said
    head = bare(said.split(" ", 1)[0])
    rest = said[match.end() :]
    if head in {"experience", "expertise", "knowledge", "familiarity", "proficiency", "fluency", "exposure"}:
        return said[:1].lower() + said[1:]
    if head in {"understanding", "command", "grasp", "mastery", "background", "track"}:
        return f"a{'n' if head == 'understanding' else ''} {said[:1].lower()}{said[1:]}"
    if head in {"familiar", "proficient", "experienced", "skilled", "versed", "adept"}:
        return f"someone {said[:1].lower()}{said[1:]}"
    return rest


def _named(phrase: str, names: frozenset[str]) -> str:
    """Lower-case first letter unless the word is a name."""
    return _lowered(phrase, names)


def _lowered(phrase: str, names: frozenset[str]) -> str:
    first = phrase.split(" ", 1)[0]
    core = first.strip(".,;:()")
    if (core.lower() in names and verbs.lookup(core) is None) or any(c.isupper() for c in core[1:]):
        return phrase
    known = verbs.lookup(core) is not None or core.lower() in _PLAIN_STARTS or nouns.is_countable(core)
    return phrase[:1].lower() + phrase[1:] if known else phrase


_PLAIN_STARTS = closed("experience expertise knowledge familiarity proficiency fluency exposure")


def _cut(text: str) -> str:
    return _CUT.split(text, maxsplit=1)[0].strip(" ,")


def _yours(text: str) -> str:
    for pattern, word in _YOURS:
        text = re.sub(pattern, word, text)
    return text


def _ends_well(phrase: str) -> bool:
    if re.search(r"\b(?:the|an?|your) (?:[A-Z]\.)*[A-Z]$", phrase):  # "own the U.S", of "own the U.S. market"
        return False
    last = bare(phrase.rsplit(" ", 1)[-1])
    if (
        last in PREPOSITIONS
        or last in DETERMINERS
        or last in _WEAK_ENDS
        or last in {"and", "or", "to", "both"}
    ):
        return False
    return not last.endswith("ly") or last in {"supply", "assembly", "family"}
