"""A line of the posting → the need it names, as words that fit into "hiring a {title} to …" or "asks for …".

Most lines are no opener: degrees, traits, pay, travel, citizenship and benefits are refused. What is kept
is a span of the line, our/we turned to your/you, cut only where the last word can end a phrase.
"""

import re
from dataclasses import dataclass
from typing import Literal

from chains.embedded.articles import DETERMINERS, PREPOSITIONS
from chains.embedded.shorten import shortened
from chains.embedded.tense import opening_verb, retense
from chains.embedded.tidy import bare, count, lower_first, sentences, tidy, without_brackets
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
    r"""\b(?:degree|bachelor'?s?|(?!master'?s?\ (?:stud|thes|data))master'?s?|ph\.?d|diploma|gpa|
    citizen(?:ship)?|visa|clearance|right\ to\ work|work\ permit|
    eligib\w+|authori[sz]ed\ to|relocat\w+|driver'?s?\ licen[sc]e|
    driving\ licen[sc]e|background\ check|vaccin\w+|equal\ opportunit\w+|
    self-?\w*(?:starter|motivated|driven)|motivated|passion\w*|team\ player|attention\ to\ detail|
    curio\w+|mindset|attitude|humble|enthusias\w+|hunger|thrive\w*|comfortable|excited|hungry|interpersonal|
    cover\ letter|recruiter|fluent|fluency|communication\ skills|other\ duties|
    as\ (?:assigned|needed|required)|full-?time|part-?time|hours\ (?:a|per)\ week|
    you(?:'ll|\ will)?\ (?:love|enjoy|like|want)|
    entrepreneurial|ambiguity|fast-paced|ownership\ mentality|https?)(?!\w)|@""",
    re.IGNORECASE | re.VERBOSE,
)
"""Lines that no letter opens with, whatever else they say."""
_OFFERED = re.compile(
    r"""\b(?:travel|on-?site|office|hybrid|salary|compensation|equity|bonus|benefits?|pension|insurance|vacation|
    holiday|pto|perks?|age|drug|lift|positive|proactive|apply|cv|resume|résumé|interview|diversity|inclusi\w+|gender|
    race|english|german|french|spanish|shifts?|weekends?|nights|utility)(?!\w)|[$€£]""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of pay, place and person; in a task they are its subject: "develop pricing for car insurance"."""
_NO_TASKS_OF = re.compile(
    r"^(?:travel|lift|commute|relocate|apply (?:now|today|via|by|online|at|here|through|directly|with|to|"
    r"for (?!grant|fund|patent|permit))|bend|kneel|climb|sit|stand (?!up)|read,? (?:and )?write|speak|"
    r"interview with|receive|get)\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^(?:in this role,? |as (?:an? |our )[\w\s,/-]{3,40}, |(?:and |also )?"
    r"(?:you(?:'ll| will| would|'d)(?: also)?(?: be| get to| help| have the opportunity to)?|"
    r"you(?: are|'re| will be) (?:able|expected|required) to(?: also| closely)?|you can|"
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
_AT_EASE = re.compile(
    r"^(?:you(?:'re| are) |be )?comfortable (?P<rest>(?:with|in|using|working with) .+)", re.IGNORECASE
)
_HAS_DONE = re.compile(
    r"^you(?:'ve| have) (?:already |previously |successfully )?(?P<rest>(?P<verb>[a-z]+) (?!years|"
    r"experience).+)",
    re.IGNORECASE,
)
_RESPONSIBLE = re.compile(r"^(?:be |being )?(?:responsible|accountable) for ", re.IGNORECASE)
_YEARS = re.compile(
    r"^(?:(?:at least|minimum(?: of)?|over|more than|a minimum of|approximately|around)\s)?(?:\d+|several|"
    r"many|some|multiple|a few|one|two|three|four|five|six|seven|eight|ten)"
    r"(?:\s?(?:\+|-|–|to)\s?\d*)?\s?\+?\s*(?:or more )?years?(?:'|’)?(?: of)?\s+",
    re.IGNORECASE,
)
_QUALITY = re.compile(
    r"^(?:(?:a |an |the )?(?:some |any |strong|solid|proven|deep|extensive|excellent|good|great|"
    r"demonstrated|hands-on|hands on|practical|"
    r"significant|professional|relevant|previous|prior|broad|advanced|expert|in-depth|thorough|working|"
    r"basic|sound|"
    r"outstanding|exceptional|demonstrable|direct|industry|commercial|real-world|technical|recent|"
    r"specific|substantial|"
    r"progressive|specialist|specialized|specialised|clear|high-level|expert-level|robust|full|verifiable|"
    r"similar|general|current|"
    r"post-qualification|post-?graduate|first|initial|well-founded)[,/]?\s(?:and |& )?)+",
    re.IGNORECASE,
)
_EXPERIENCE = re.compile(
    r"^(?:work(?:ing)? |development |engineering |industry |production )?(?:experience|expertise|"
    r"expert|proficien\w+|familiar(?:ity)?|knowledge|understanding|skills?|"
    r"background (?:in|as)|competen\w+|command|track record|fluency|skilled|experienced|exposure|grasp|"
    r"mastery|awareness|know-how|"
    r"versed|adept|hands-on)"
    r"(?: level)?(?: (?:in|with|of|on|using|for|around|across|as|working with|working in|designing|"
    r"building))*\s",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:,? (?:ideally|preferably|especially|particularly|in particular)\b|, including\b|;|"
    r", (?-i:[A-Z])[a-z]+ing |\s[–—-]{1,2}\s|: |"
    r",? and (?:experience|knowledge|understanding|ability|an? (?:strong|good|deep|solid))|"
    r",? (?:is|are|would be) (?:also )?(?:an? (?:\w+ )?(?:plus|bonus|advantage|asset|must)|preferred|"
    r"required|"
    r"essential|desired|desirable|highly|nice|beneficial|welcome)|,? (?:a plus|a bonus|preferred|required|"
    r"desired|essential)$)",
    re.IGNORECASE,
)
"""What is said about a need beside it: left out whatever the length."""
_ASIDE_AFTER = re.compile(
    r",? (?:is|are|would be) (?:also )?(?:an? (?:\w+ )?(?:plus|bonus|advantage|asset|must)|preferred|"
    r"required|"
    r"essential|desired|desirable|nice to have|beneficial|welcome)\W*$",
    re.IGNORECASE,
)
_PAID = re.compile(r"\b(?:salary|compensation|equity|pension|benefits|vacation|pto|perks)\b", re.IGNORECASE)
_CUT = re.compile(
    r"(?:,? (?:including|such as|e\.g\.|like|ensuring|"
    r"in order to|so that|as well as)\b|"
    r",\s(?=(?!(?:using|building|testing|monitoring|engineering|learning|training|marketing|"
    r"planning|reporting|logging)\b)[a-z]+ing\s(?:the|a|an|your|our|to|with|on|in|for|robust|that|"
    r"and|how|best|clear|new|every|all|high\S*|\w+s)\b)|, whether\b|"
    r" so (?:you|we|that)\b| who | while | where )",
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
    display show act seek make see let say come go tell think find participate attend
    follow meet learn explore grow
    """
)
_EMPTY_TASKS = re.compile(
    r"^(?:help (?:with|out|in|us|the team)|keep (?:up|abreast|in|track)|work (?:closely|with|in|as|on)|"
    r"collaborate|communicate (?:with|effectively|clearly|openly|and|proactively)|contribute to (?:the|a|"
    r"your)? ?(?:team|culture|growth)|"
    r"perform (?:other|duties|a range|various|tasks|well|all)|be (?:a|an|the|part|responsible)|"
    r"assist with other|report to|partner with|"
    r"take ownership|drive (?:change|results)|"
    r"lead by example|support the team|do\b|engage (?:in|with|actively)|manage multiple|"
    r"prioriti[sz]e|adapt|multitask|handle multiple|maintain a (?:high|positive)|uphold|champion)",
    re.IGNORECASE,
)
_EMPTY_NOUNS = closed(
    "tools languages technologies manufacturers libraries frameworks methods vendors tasks areas topics"
)
_WEAK_ENDS = closed(
    """
    alignment adherence accordance waiting new key various multiple complex critical modern
    scalable reliable strategic technical robust
    familiarity experience knowledge ability understanding proficiency including related
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
    plain = _ASIDE_AFTER.sub("", without_brackets(parts[0]) or parts[0])
    at_ease = _AT_EASE.match(plain)
    if at_ease and any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain.lower()) for name in names):
        return _someone(f"comfortable {at_ease['rest']}", line)
    if (
        "and/or" in plain
        or _REFUSED.search(plain)
        or plain.endswith("?")
        or count(plain) < 2
        or plain.isupper()
    ):
        return None
    done = _HAS_DONE.match(plain)
    if done and (verb := verbs.lookup(done["verb"])) and "participle" in verb.forms_of(done["verb"]):
        return _someone(f"who has {done['rest']}", line)
    in_charge = _RESPONSIBLE.match(plain)
    what = bare(plain[in_charge.end() :].split(" ", 1)[0]) if in_charge else ""
    if in_charge and not ((verb := verbs.lookup(what)) and verb.ing == what):
        return _someone(f"responsible for {plain[in_charge.end() :]}", line)
    for candidate in _readings(plain):
        found = _task(candidate, line, names)
        if found is not None:
            return found
        if not _OFFERED.search(plain) or (_EXPERIENCE.match(candidate) and not _PAID.search(plain)):
            found = _thing(candidate, line, names)
        if found is not None:
            return found
    return None


def _someone(words: str, line: str) -> Need | None:
    """ "someone who has built ETL pipelines", "someone comfortable with Linux"."""
    kept = shortened(_yours(_cut(words)), LONGEST - 1)
    return (
        Need("thing", f"someone {kept}", (line,)) if kept and count(kept) >= 3 and _ends_well(kept) else None
    )


def _readings(plain: str) -> list[str]:
    """The line, or the two sides of its label."""
    label, colon, rest = plain.partition(": ")
    stripped = _LEAD_IN.sub("", plain)
    is_title = sum(word[:1].isupper() for word in label.split()) >= 2
    if colon and count(rest) >= 3 and (count(label) <= 4 or (count(label) <= 8 and is_title)):
        return [_LEAD_IN.sub("", rest)]
    return [stripped]


def _task(text: str, line: str, names: frozenset[str]) -> Need | None:
    """ "Design and run our pipelines" → "design and run your pipelines"."""
    able = bool(_ABILITY.match(text))
    said = re.sub(r"^to ", "", _ABILITY.sub("", _RESPONSIBLE.sub("", text)))
    said = _with_others(said)
    words = said.split()
    opened = opening_verb(words)
    if opened is None or len(words) < 3 or _NO_TASKS_OF.match(said) or _HELD_BEFORE.match(_cut(said)):
        return None
    verb, size = opened
    if _is_headline(words, names):
        return None
    first = " ".join(bare(word) for word in words[:size])
    if "ing" in verb.forms_of(first) and "base" not in verb.forms_of(first):
        if able or not _is_done(words, size):
            return None
        said = retense(lower_first(said), "ing", "base")
        if re.search(r"(?:,|\band) [a-z]+ing\b(?! of| experience)", said):
            return None  # one verb of the list is not known
        words = said.split()
        first = " ".join(bare(word) for word in words[:size])
    if (first != verb.base and first != verb.form("base", like=first)) or verb.base in _NOT_TASKS:
        return None
    if _EMPTY_TASKS.match(said) or _is_a_noun(words, size, "noun" in verb.notes):
        return None
    phrase = re.sub(r",? [a-z]+ly$", "", _yours(_lowered(_cut(said), names)))
    kept = shortened(phrase, LONGEST)
    if kept is None or count(kept) < 3 or not _ends_well(kept):
        return None
    return Need("task", kept, (line,))


def _is_headline(words: list[str], names: frozenset[str]) -> bool:
    """ "Lead Generation and Sales Calls": capitals throughout name a thing, though "lead" is a verb."""
    later = [word for word in words[1:] if word[:1].isalpha() and len(word) > 3]
    capital = [
        word for word in later if word[:1].isupper() and bare(word) not in names and not word.isupper()
    ]
    return len(later) > 1 and len(capital) == len(later)


def _with_others(said: str) -> str:
    """ "Work closely with designers to improve the checkout" → "improve the checkout"."""
    match = _WITH_OTHERS.match(said)
    goal = verbs.lookup(match["goal"].split(" ", 1)[0]) if match else None
    return match["goal"] if match and goal and match["goal"].startswith(goal.base) else said


_WITH_OTHERS = re.compile(
    r"^(?:work(?:ing)?|collaborat(?:e|ing)|partner(?:ing)?|cooperat(?:e|"
    r"ing))(?: \w+ly)? (?:together )?(?:with|across) .+? to "
    r"(?P<goal>[a-z]+ .{8,})$",
    re.IGNORECASE,
)


def _is_done(words: list[str], size: int) -> bool:
    """Whether an -ing word opens a task: "Documenting care in our system", not "Training"."""
    near = [bare(word) for word in words[size : size + 4]]
    return (
        len(words) > size + 1
        and any(
            low in DETERMINERS or low in PREPOSITIONS or low in {"and", "our", "new"} or nouns.is_plural(low)
            for low in near
        )
        and near[0] not in {"experience", "skills", "and", "or", "of"}
    )


def _is_a_noun(words: list[str], size: int, ambiguous: bool) -> bool:
    """Whether the base form names a thing: "Test automation", "Design of systems", "Support engineers"."""
    follows = bare(words[size])
    many = size + 1 < len(words) and nouns.is_plural(bare(words[size + 1]))
    if follows in {"of", "is", "are", "experience", "skills"} or (nouns.is_person(follows) and not many):
        return True
    if follows == "for" and bare(words[0]) == "care":
        return False
    if not ambiguous:
        return False
    if follows in {"and", "or"} or words[size - 1].endswith(","):
        joined = words[size + 1] if follows in {"and", "or"} and size + 1 < len(words) else words[size]
        second = verbs.lookup(bare(joined))
        return second is None or "base" not in second.forms_of(bare(joined))
    later_verb = next((k for k, w in enumerate(words[size : size + 4]) if bare(w) in {"and", "or"}), None)
    if later_verb is not None and size + later_verb + 2 < len(words):
        second = verbs.lookup(bare(words[size + later_verb + 1]))
        forms = second.forms_of(bare(words[size + later_verb + 1])) if second else frozenset()
        if second is not None and "base" in forms and "noun" not in second.notes:
            return False
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
    bare_need = _cut(_PLAIN_QUALITY.sub("", _YEARS.sub("", text)))
    if _HELD_BEFORE.match(bare_need) and count(bare_need) <= 5:
        return Need("thing", _named(bare_need, names), (line,))
    skilled = _SKILLED.match(said)
    if skilled is not None and not _SOFT.search(skilled["what"]):
        return Need("thing", _named(skilled.group().strip(), names), (line,))
    practice = _PRACTISED.match(_cut(said))
    if practice is not None and any(word.lower() in names for word in practice.group().split()):
        return Need("thing", _named(practice.group(), names), (line,))
    if match is None and not said.lower().startswith("experience "):
        return None
    phrase = _yours(_cut(_as_experience(said, match)))
    kept = shortened(_named(_in_a_place(phrase), names), LONGEST)
    if (
        kept is None
        or count(kept) < 2
        or not _ends_well(kept)
        or bare(kept.split(" ", 1)[0]) in _BAD_THING_STARTS
    ):
        return None
    return Need("thing", kept, (line,))


_PRACTISED = re.compile(
    r"^[\w/+#.-]+(?: [\w/+#.-]+){0,3} (?:development|engineering|programming|design|"
    r"administration|analysis|testing|"
    r"modell?ing|automation|integration|scripting|reporting|accounting|planning)(?=$|,| using| with| in )",
    re.IGNORECASE,
)
"""What one practises with a skill: "Java web development using Jetty"."""
_PLAIN_QUALITY = re.compile(
    r"^(?:(?:some|any|strong|solid|proven|deep|extensive|excellent|good|great|hands-on|significant|"
    r"previous|prior|"
    r"relevant|demonstrable|demonstrated|substantial)[,/]? (?:and )?)+",
    re.IGNORECASE,
)
_HELD_BEFORE = re.compile(r"^[\w/+#.-]+(?: [\w/+#.-]+){0,3} experience$", re.IGNORECASE)
_SKILLED = re.compile(
    r"^(?P<what>[\w/+#.&-]+(?:(?:,| and| or|) [\w/+#.&-]+){0,4}) (?:skills|fundamentals|"
    r"proficiency)(?=$|[ ,(]*$)",
    re.IGNORECASE,
)
_SOFT = re.compile(
    r"\b(?:communicat\w+|analytic\w*|interpersonal|people|soft|language|presentation|organi[sz]\w+|"
    r"problem\w*|social|"
    r"verbal|written|writing|listening|leadership|time|teamwork|negotiat\w+|critical|thinking|good|strong|"
    r"excellent|"
    r"these|your|other|relevant|management|influencing|collaborat\w+|facilitation|decision\w*|solving|"
    r"team)\b",
    re.IGNORECASE,
)
"""Skills of everybody's: a letter that opens with them says nothing."""


_PLACED = re.compile(
    r"\b(?P<in>in|as|within|at) (?!an? |the |your |any |one |other |similar )(?P<what>(?:[a-z][a-z/-]+ ){1,3}"
    r"(?:environment|setting|role|position|company|startup|context))$"
)


def _in_a_place(phrase: str) -> str:
    """ "in professional environment" → "in a professional environment"."""
    return _PLACED.sub(lambda m: f"{m['in']} {nouns.indefinite(m['what'])} {m['what']}", phrase)


def _as_experience(said: str, match: re.Match[str] | None) -> str:
    """A noun phrase that "asks for" can take: "experience with X", "knowledge of X", or X alone."""
    if match is None:
        return said
    head = bare(said.split(" ", 1)[0])
    rest = said[match.end() :]
    if head in {
        "mastery",
        "experience",
        "expertise",
        "knowledge",
        "familiarity",
        "proficiency",
        "fluency",
        "exposure",
    }:
        return said[:1].lower() + said[1:]
    if head == "command":
        return f"a good {said[:1].lower()}{said[1:]}"
    if head in {"understanding", "grasp", "background", "track"}:
        return f"a{'n' if head == 'understanding' else ''} {said[:1].lower()}{said[1:]}"
    if head in {"familiar", "proficient", "experienced", "skilled", "versed", "adept"}:
        if not re.match(r"^\w+ (?:in|with|at|using)\b", said):
            return ""
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
    known = (
        opening_verb(phrase.split()) is not None or core.lower() in _PLAIN_STARTS or nouns.is_countable(core)
    )
    second = phrase.split(" ")[1:2]
    known = known or (
        core.lower() not in names and bool(second) and second[0].islower() and core[:1] not in "\"'"
    )
    return phrase[:1].lower() + phrase[1:] if known else phrase


_PLAIN_STARTS = closed(
    """
    experience expertise knowledge familiarity proficiency fluency exposure basic advanced practical prior
    working hands-on professional
    """
)


def _cut(text: str) -> str:
    """The need without what is said beside it, and, where it is long, without examples and clauses."""
    whole = _ASIDE.split(text, maxsplit=1)[0].strip(" ,")
    if count(whole) <= LONGEST:
        return whole
    kept = _CUT.split(whole, maxsplit=1)[0].strip(" ,")
    # "familiarity with tools", of "with tools like Figma": nothing is left to speak of.
    names_nothing = re.match(r"(?:,? )?(?:such as|like|e\.g\.)", whole[len(kept) :].lstrip(" ,"))
    return "" if names_nothing and bare(kept.rsplit(" ", 1)[-1]) in _EMPTY_NOUNS else kept


def _yours(text: str) -> str:
    for pattern, word in _YOURS:
        text = re.sub(pattern, word, text)
    return text


_ENDS_IN_AN_ACT = re.compile(r"\band [a-z]+$")


def _is_base(word: str) -> bool:
    """Whether a word that ends a phrase is a verb that waits for its object: "implement tests and plan"."""
    verb = verbs.lookup(word)
    is_noun = nouns.is_mass(word) or (nouns.is_countable(word) and word != "plan")
    return verb is not None and verb.base == word and not is_noun


def _ends_well(phrase: str) -> bool:
    if re.search(r"\b(?:the|an?|your) (?:[A-Z]\.)*[A-Z]$", phrase):  # "own the U.S", of "own the U.S. market"
        return False
    last = bare(phrase.rsplit(" ", 1)[-1])
    if re.search(r"\bthat [a-z]+s$", phrase) or (_ENDS_IN_AN_ACT.search(phrase) and _is_base(last)):
        return False
    if (
        re.search(r"\b(?:by|is|are|while|when|for|of|in) [a-z]+ing$", phrase)
        and verbs.lookup(last) is not None
    ):
        return False
    if (
        last in PREPOSITIONS
        or (last in DETERMINERS and last not in {"them", "it", "others", "everyone"})
        or last in _WEAK_ENDS
        or last in {"and", "or", "to", "both"}
    ):
        return False
    return not last.endswith("ly") or last in {"supply", "assembly", "family"}
