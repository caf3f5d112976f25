"""What a sentence says about the skills it names: wanted, welcome, not needed, one of several, for how long.

Each function takes the text and the spans of its skills in order, and answers by index.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Span = tuple[int, int]
Joint = Literal["and", "or", "slash", "comma"]

_STOP = re.compile(
    r"[;:!?]|\.(?=\s|$)|\n|\s[–—-]\s|—|\b(?:but|however|though|aber|sondern|jedoch|mais|pero|sino"
    r"|maar|ma|ale)\b",
    re.I,
)
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")

_FILLER = (
    r"(?:an?|the|any|another|some|other|either|even|similar|comparable|equivalent|related|modern"
    r"|eine?[rnms]?|ähnlich\w*"
    r"|vergleichbar\w*|une?|una|autre|otr[oa]|de|en|in|with|mit|im|of|experience|knowledge"
    r"|ausbildung|als|als?o|rather|solid"
    r"|good|strong|basic|gute?s?|ideally|preferably|idealerweise|preferiblemente|idéalement|maybe|perhaps)"
)
_OR = r"(?:or|oder|ou|o|u|of|lub|nebo|oppure|bzw\.?|beziehungsweise|nor)"
_AND = r"(?:and|und|et|y|e|sowie|as well as|plus|och|og|i|a|en|&|\+|along with|together with)"
_JOINTS: tuple[tuple[Joint, re.Pattern[str]], ...] = (
    ("slash", re.compile(r"[\s)]*[/|][\s(]*")),
    ("or", re.compile(rf"[\s),]*(?:and/or|und/oder|et/ou|y/o|{_OR})\s+(?:{_FILLER}\s+)*\(?", re.I)),
    ("and", re.compile(rf"[\s),]*{_AND}\s+(?:{_FILLER}\s+)*\(?", re.I)),
    ("comma", re.compile(rf"\s*\)?\s*[,·•]\s*(?:{_FILLER}\s+)*\(?", re.I)),
)

_BOTH = re.compile(r"\b(?:either|entweder|soit|ya sea)\b", re.I)
_ONE_OF = re.compile(
    r"\b(?:one|any|either|at least one|one or more) of\b|\bone or more\b|\b"
    r"(?:mindestens )?eine[rs]? (?:der|dieser|von)\b"
    r"|\b(?:au moins )?une? des?\b|\b(?:al menos )?un[oa] de\b|\bat least one\b",
    re.I,
)
_SUCH_AS = re.compile(
    r"(?:\be\.\s?g\.|\bsuch as\b|\bz\.\s?b\.|\bpar exemple\b|\bp\.\s?ej\.|\bwie\b|\bcomme\b"
    r"|\bcomo\b|\blike\b),?\s*$",
    re.I,
)
# Written with a slash, and wanted together.
_PAIRS = (
    frozenset({"HTML", "CSS"}),
    frozenset({"User experience", "User interface design"}),
    frozenset({"HTML", "JavaScript"}),
    frozenset({"CSS", "JavaScript"}),
)

_NOT_ONLY = re.compile(
    r"\b(?:not|n['’]t) (?:only|just|merely|solely|limited to|afraid|shy|put off|hesitate"
    r"|necessarily only|to mention)\b"
    r"|\b(?:no|without) (?:matter|problem|doubt|question|later|less|fewer|hesitation|limits?"
    r"|limitations?)\b|\bnicht nur\b|\bnon seulement\b|\bpas seulement\b"
    r"|\bno (?:solo|sólo|solamente)\b|\bniet alleen\b|\bnon solo\b|\bnie tylko\b|\bnejen\b"
    r"|\bwhy not\b|\bif not\b|\bcan(?:not|['’]t) wait\b"
    r"|\bdon['’]t (?:worry|hesitate)\b|\bnot the only\b",
    re.I,
)
_NEGATOR = re.compile(
    r"\b(?:no|not|without|never|neither|nor|none of|cannot|avoid|(?:do|does|did|is|are|was|wo|ca"
    r"|need|have)n['’]t|non)\b"
    r"|\b(?:instead of|rather than|other than|except(?: for)?|away from|moved off|migrated off|no longer)\b"
    r"|\b(?:kein(?:e|en|er|em|es)?|nicht|ohne|weder|statt|anstatt|anstelle von)\b"
    r"|\b(?:sans|aucune?|pas (?:de|d['’]|besoin)|ni|plutôt que|au lieu de|sin|ning[uú]n[oa]?"
    r"|nunca|tampoco|en lugar de|en vez de)\b"
    r"|\b(?:geen|zonder|niet|nessun[oa]?|senza|sem|nenhum[ae]?|bez|żadn\w+)\b",
    re.I,
)
_IS_OPTIONAL = re.compile(r"not (?:a must|mandatory|essential|compulsory|strictly)|kein muss", re.I)
_LEFT_BEHIND = re.compile(
    r"\b(?:moved|migrated|switched|transitioned|ported|came|converted|shifted)\s(?:[\w-]+\s){0,5}?from\b"
    r"|\b(?:replaced(?! by)|retired|dropped|abandoned|ditched|sunset|said goodbye to|left)\b"
    r"|\bformerly (?:on|in|with|using)\b|\bwe used to (?:run|use|work|write|be|build)\b|\bvon\b"
    r"(?=[^.;]{1,40}\b(?:auf|zu|nach)\b[^.;]{1,40}\b(?:umgestellt|gewechselt|migriert"
    r"|umgezogen)\b)"
    r"|\b(?:sommes|avons) (?:passés?|migrés?) (?:de|d['’])|\b(?:hemos )?(?:migramos|migrado"
    r"|pasado|pasamos) de\b",
    re.I,
)
_BREAKS_NEGATION = re.compile(
    r"[,]|\b(?:and|und|et|y|while|because|since|that|who|where|which|if|only|is|are|ist|we|you use|daily)\b",
    re.I,
)
_NOT_NEEDED_AFTER = re.compile(
    r"-free\b|[\s\w-]{0,30}?\s(?:is|are|was|were|has been|have been)\s(?:being\s)?(?:replaced"
    r"|phased out|retired|deprecated)\b|(?:\s+(?!and\b|but\b|or\b|while\b)[\w’'-]+){0,5}?\s+(?:"
    r"(?:(?:is|are|was|were|will be)\s)?(?:not|never)\s(?:[\w-]+\s){0,2}?(?:required|needed"
    r"|necessary|used|expected|requested|asked|wanted|a requirement|a prerequisite|part of"
    r"|relevant|our thing|welcome|something we)"
    r"|(?:is|are)n['’]t\s(?:[\w-]+\s){0,2}?(?:required|needed|necessary|used|expected"
    r"|a requirement|a prerequisite|part of|something we)"
    r"|unnecessary|irrelevant|not\srequired|not\sneeded|needed\sby\snobody"
    r"|(?:(?:ist|sind|wird|werden)\s)?(?:dafür\s|hier\s|zwingend\s)?nicht\s(?:\w+\s)?"
    r"(?:erforderlich|notwendig|nötig|benötigt|vorausgesetzt|gefordert|verlangt|gefragt"
    r"|gebraucht)"
    r"|(?:ist|sind)\skeine\s(?:voraussetzung|bedingung)"
    r"|n['’](?:est|sont|était)\s(?:pas|plus)\s(?:\w+\s)?(?:requise?s?|nécessaires?|demandée?s?"
    r"|exigée?s?|obligatoires?|utilisée?s?)"
    r"|no\s(?:es|son|se|será)\s(?:\w+\s)?(?:necesari[oa]s?|requerid[oa]s?|requiere[n]?|exige[n]?"
    r"|imprescindibles?|obligatori[oa]s?|necesita[n]?|usa[n]?)"
    r"|(?:is|zijn)\sniet\s(?:vereist|nodig|verplicht)|non\s(?:è|sono)\s(?:\w+\s)?"
    r"(?:richiest[oaie]|necessari[oaie])"
    r"|não\s(?:é|são)\s(?:\w+\s)?(?:necessári[oa]s?|exigid[oa]s?|obrigatóri[oa]s?)|nie\s(?:jest"
    r"|są)\s(?:wymagan\w+|konieczn\w+)|není\s(?:nutn\w+|podmínkou|vyžadován\w+)"
    r")",
    re.I,
)

_OPTIONAL = (
    r"(?:(?:a|an|big|huge|definite|strong|real|clear|nice|distinct|added|additional|great"
    r"|bonus)\s)*(?:plus(?:es)?|bonus|advantage|asset|benefit|nice[- ]to[- ]haves?)(?!\s+"
    r"(?:points?\s+)?(?:scheme|package|you|we|is paid|payment|if))\b"
    r"|(?:nice|good|great|helpful|useful)\sto\shave\b|(?:would|will|could)\sbe\s(?:\w+\s)?(?:nice"
    r"|great|helpful|useful|beneficial|ideal|good|appreciated|welcome|desirable|preferred"
    r"|advantageous|valued|handy|a\s)"
    r"|(?:preferred|desirable|desired|optional|advantageous|beneficial|appreciated|helpful|useful"
    r"|favou?red|valued|welcome|ideal)\b(?!\s+(?:way|candidate|skills?:))"
    r"|not\s(?:a\smust|mandatory|essential|compulsory|strictly\s\w+|obligatory)\b|(?:is"
    r"|are)n['’]t\s(?:a\smust|mandatory|essential)\b"
    r"|von\s(?:großem\s)?vorteil\b|vorteilhaft\b|wünschenswert\b|erwünscht\b|gern\w*\sgesehen\b|"
    r"kein\smuss|(?:ein|großes|echtes)\splus\b|willkommen\b|hilfreich\b|optional\b"
    r"|rund\w+\s\w+\sprofil\sab\b|(?:ein|als)\s(?:bonus|pluspunkt)\b|pluspunkt\w*\b|wäre[n]?\s"
    r"(?:\w+\s)?(?:toll|super|schön|ideal|gut|hilfreich|klasse)"
    r"|(?:serai(?:t|ent)|est|sont|constitue\w*|représente\w*)\s(?:\w+\s)?(?:un\s(?:réel\s|vrai\s"
    r"|gros\s)?(?:plus|atout|avantage|bonus)|appréciée?s?|souhaitée?s?|souhaitables?|bienvenue?s?"
    r"|idéal\w*)\b|un\s(?:réel\s|vrai\s|gros\s)?(?:plus|atout)\b|(?:appréciée?s?|souhaitée?s?"
    r"|souhaitables?|facultati\w+)\b"
    r"|valorable\w*\b|deseable\w*\b|(?:se\s)?valorar(?:á|án|emos)\b|(?:es|será|sería|son)\sun\s"
    r"(?:plus|extra|punto)\b|opcional\w*\b|se\svalora\w*\b|bienvenid[oa]s?\b"
    r"|(?:is\s)?een\s(?:pluspunt|pré|plus)\b|mooi\smeegenomen\b|(?:è|sarà|costituisce|sono)\s"
    r"(?:considerat[oa]\s)?(?:un\s)?(?:plus|vantaggio|titolo\spreferenziale)\b|gradit[oaie]\b"
    r"|preferenziale\b"
    r"|(?:é|será)\s(?:um\s)?(?:diferencial|plus|mais-valia|valorizad[oa])\b|desejáve(?:l|is)\b"
    r"|mile\swidzian\w+|(?:dodatkowym\s)?atutem\b|(?:je|bude|jsou)?\s?výhodou\b|vítan\w+"
)
_OPTIONAL_AFTER = re.compile(_OPTIONAL, re.I)
_OPTIONAL_BEFORE = re.compile(
    r"\b(?:preferably|ideally|optionally|nice[- ]to[- ]haves?|good to have|bonus(?: points)?"
    r"(?: for| if)?|(?:a )?(?:big |huge |definite )?plus(?: points)?(?: if|:| for|,? but)|"
    r"(?:it )?would be (?:nice|great|a plus|ideal|good|a bonus)(?: if)?"
    r"|desirable|preferred(?: skills| qualifications)?(?=\s*:)|optional(?=\s*:)|extra(?: credit"
    r"| points)?(?=\s*(?:for|:))|we(?:['’]d| would) love(?: it)? if|even better if|advantage"
    r"(?:ous)?(?= if|\s*:)|beneficial(?= if|\s*:)"
    r"|(?:we|you)(?:['’]ll| will| can)? (?:gladly |happily )?(?:teach|train|learn|get to know"
    r"|pick up|show)(?: you)?|training (?:is )?provided (?:in|on|for)|willing(?:ness)? to learn"
    r"|eager to learn|(?:open|interest(?:ed)?) (?:to|in) learn\w*"
    r"|idealerweise|wünschenswert|bestenfalls|gerne auch|im idealfall|vorzugsweise|von vorteil"
    r"(?: sind| ist| wäre\w*)|pluspunkte?(?: für|:)|optional(?: auch)?|(?:wir )?bringen (?:wir )?"
    r"(?:dir|ihnen)|du lernst|lernbereitschaft"
    r"|idéalement|de préférence|si possible|serait (?:apprécié|un plus)\w*|un plus(?=\s*:)"
    r"|atouts?(?=\s*:)|on vous forme(?:ra)?|vous apprendrez|une connaissance de(?=[^.;]*serait)"
    r"|preferiblemente|idealmente|deseable(?=\s*:)|(?:se )?valorará(?:n|s)?|se valoran?|valoramos"
    r"|valorable(?=\s*:)|te enseñ\w+|aprenderás"
    r"|bij voorkeur|idealiter|preferibilmente|gradit[ao]|idealmente|preferencialmente"
    r"|de preferência|najlepiej|ideálně|mile widziane|výhodou(?= je|:))",
    re.I,
)
_REMARK = re.compile(
    r"^(?:(?:that|this|it|which)(?:['’]s| is| would be)|(?:das )?(?:ist|wäre)(?: das)?|(?:ce"
    r"|c['’])\s?(?:est|serait)|(?:es|sería))\s",
    re.I,
)
_REQUIRED_AFTER = re.compile(
    r"(?:is|are|ist|sind|est|sont|es|son)?\s*(?:an?\s|absolutely\s|strictly\s|zwingend\s"
    r"|unbedingt\s|eine?\s)*\b(?:required|must(?:[- ]have)?|mandatory|essential|needed|necessary"
    r"|compulsory|non-negotiable|a given|erforderlich|voraussetzung|zwingend|pflicht|ein muss"
    r"|notwendig|vorausgesetzt|obligatoire|indispensable|exigée?|requise?|imprescindible"
    r"|requerid[oa]|obligatori[oa]|necesari[oa]|vereist|richiest[oa]|wymagan\w+|podmínkou"
    r"|nutnost\w*)\b",
    re.I,
)

_COUNT = {
    word: count
    for count, words in enumerate(
        (
            "",
            "one ein einem einen eine un une uno un año an",
            "two zwei deux dos twee due dois",
            "three drei trois tres drie tre três",
            "four vier quatre cuatro quattro quatro",
            "five fünf cinq cinco vijf cinque",
            "six sechs seis zes sei",
            "seven sieben sept siete",
            "eight acht huit ocho",
            "nine neun neuf nueve",
            "ten zehn dix diez tien",
        )
    )
    for word in words.split()
}
_YEARS = re.compile(
    rf"(?<![\w.])(\d{{1,2}}|{'|'.join(_COUNT)})\s*(?:\(\d+\)\s*)?\+?\s*(?:(?:[-–—/]|to|or|bis|à|a"
    rf"|y|oder)\s*(?:\d{{1,2}}|{'|'.join(_COUNT)})\s*\+?\s*)?"
    r"(?:or more\s|plus\s|full\s|volle\s)?-?(?:years?|yrs?|yoe|y/o exp|jahren?|jährige[rsn]?|ans"
    r"|années?|años|jaar|anni|anos|lat|lata|let|roky)\b(?!\s*(?:old|of age|ago|alt|in business"
    r"|d['’]existence|de antigüedad))\.?",
    re.I,
)


def joint(text: str, left: Span, right: Span) -> Joint | None:
    """What joins two neighbours of a list: "and", "o
    r", a slash, a comma; None when other words stand between."""
    gap = _PARENTHESES.sub("", text[left[1] : right[0]])
    return next((name for name, pattern in _JOINTS if pattern.fullmatch(gap)), None)


@lru_cache(maxsize=8)
def chains(text: str, spans: tuple[Span, ...]) -> tuple[tuple[int, ...], ...]:
    """Indices of the spans that form one list, list by list; parentheses hold lists of their own."""
    inside = [_parenthesis(text, span) for span in spans]
    grown: list[list[int]] = []
    last: dict[Span | None, list[int]] = {}
    for at, span in enumerate(spans):
        chain = last.get(inside[at])
        if chain and joint(text, spans[chain[-1]], span):
            chain.append(at)
        else:
            chain = [at]
            grown.append(chain)
        last[inside[at]] = chain
    return tuple(map(tuple, grown))


def _parenthesis(text: str, span: Span) -> Span | None:
    return next(
        (m.span() for m in _PARENTHESES.finditer(text) if m.start() < span[0] and span[1] < m.end()), None
    )


def alternatives(text: str, spans: tuple[Span, ...], labels: Sequence[str]) -> list[list[int]]:
    """Groups of indices of which one skill is enough: "Go or Rust", "AWS/GCP/Azure", "one of X, Y, Z"."""
    groups: list[list[int]] = []
    for chain in chains(text, spans):
        before = text[max(0, spans[chain[0]][0] - 60) : spans[chain[0]][0]]
        joints = [joint(text, spans[a], spans[b]) for a, b in pairwise(chain)]
        if "or" in joints and _BOTH.search(before):
            groups.append(list(chain))
            continue
        told = _told_to_choose(before, joints)
        groups.extend(
            run
            for run in _runs(chain, joints)
            if len(run) > 1 and (told or _offers_choice(chain, joints, run, labels))
        )
    return groups


def _told_to_choose(before: str, joints: Sequence[Joint | None]) -> bool:
    ending = re.split(r"[.;]\s", before)[-1]
    return bool(_ONE_OF.search(ending)) or ("and" not in joints and bool(_SUCH_AS.search(before)))


def _runs(chain: Sequence[int], joints: Sequence[Joint | None]) -> list[list[int]]:
    """The chain cut at "and": "A, B or C, and D" gives A B C, and D."""
    runs = [[chain[0]]]
    for at, how in zip(chain[1:], joints, strict=True):
        if how == "and":
            runs.append([at])
        else:
            runs[-1].append(at)
    return runs


def _offers_choice(
    chain: Sequence[int], joints: Sequence[Joint | None], run: Sequence[int], labels: Sequence[str]
) -> bool:
    first = chain.index(run[0])
    how = joints[first : first + len(run) - 1]
    if "or" in how:
        return True
    return "slash" in how and not any(frozenset(labels[at] for at in run) >= pair for pair in _PAIRS)


# --- not wanted --------------------------------------------------------------------------------------


def unwanted(text: str, spans: tuple[Span, ...]) -> set[int]:
    """Indices of skills that a sentence rules out, or says it can do without."""
    lists = chains(text, spans)
    out: set[int] = set()
    spared = [m.span() for m in _NOT_ONLY.finditer(text)]
    for cue in _NEGATOR.finditer(text):
        if _IS_OPTIONAL.match(text, cue.start()) or any(a <= cue.start() < b for a, b in spared):
            continue
        ruled_out = _next_chain(text, spans, lists, cue.end())
        if ruled_out and _reaches(text[cue.end() : spans[ruled_out[0]][0]]):
            out.update(ruled_out)
    for cue in _LEFT_BEHIND.finditer(text):
        left = _next_chain(text, spans, lists, cue.end())
        if left and len(text[cue.end() : spans[left[0]][0]].split()) < 6:
            out.update(left)
    for chain in lists:
        if _NOT_NEEDED_AFTER.match(text, spans[chain[-1]][1]):
            out.update(_nearest(text, spans, chain))
    return out


def _next_chain(
    text: str, spans: tuple[Span, ...], lists: Sequence[Sequence[int]], after: int
) -> list[int] | None:
    """The part of the first list after a position, unless the clause ends before."""
    following = [[at for at in chain if spans[at][0] >= after] for chain in lists]
    chain = min((c for c in following if c), key=lambda c: spans[c[0]][0], default=None)
    if chain is None or _STOP.search(text[after : spans[chain[0]][0]]):
        return None
    return chain


def _reaches(gap: str) -> bool:
    return len(gap.split()) <= 7 and not _BREAKS_NEGATION.search(gap)


def _nearest(text: str, spans: tuple[Span, ...], chain: Sequence[int]) -> list[int]:
    """The end of a list that a remark behind it is about: all of "A, B and C", B of "A, B a plus"."""
    if len(chain) == 1:
        return list(chain)
    joints = [joint(text, spans[a], spans[b]) for a, b in pairwise(chain)]
    if joints[-1] == "comma":
        return [chain[-1]]
    ended = [at for at, how in enumerate(joints) if how == "comma" and "and" in joints[:at]]
    return list(chain[ended[-1] + 1 :] if ended else chain)


# --- wanted how much ---------------------------------------------------------------------------------


def wishes(text: str, spans: tuple[Span, ...]) -> dict[int, bool]:
    """Indices of skills whose own clause says that they are required (True) or a plus (False)."""
    lists = chains(text, spans)
    said: dict[int, bool] = {}
    for cue in _OPTIONAL_BEFORE.finditer(text):
        stop = re.compile(r";|\.(?=\s|$)|\n").search(text, cue.end())
        end = stop.start() if stop else len(text)
        said.update({at: False for at, span in enumerate(spans) if cue.end() <= span[0] < end})
    for chain in lists:
        end = spans[chain[-1]][1]
        tail = _tail(text, end, next((s[0] for s in spans if s[0] >= end), len(text)))
        own = _own_wish(text, spans, end)
        wish = _wish(tail)
        if own is not None:
            said.update(dict.fromkeys(_slashed(text, spans, chain), own))
        elif wish is not None:
            said.update(dict.fromkeys(_nearest(text, spans, chain), wish))
    for at, span in enumerate(spans):
        own = _own_wish(text, spans, span[1])
        if own is not None:
            said[at] = own
    return said


def _own_wish(text: str, spans: tuple[Span, ...], end: int) -> bool | None:
    """The wish in parentheses right behind a skill, unless they are about another skill."""
    own = _PARENTHESES.match(text, end + (text[end : end + 1] == " "))
    if own is None or any(own.start() < span[0] < own.end() for span in spans):
        return None
    return _wish(own.group()[1:-1])


def _slashed(text: str, spans: tuple[Span, ...], chain: Sequence[int]) -> list[int]:
    """The last of a list, with those that a slash joins to it."""
    kept = [chain[-1]]
    for at in reversed(chain[:-1]):
        if joint(text, spans[at], spans[kept[0]]) != "slash":
            break
        kept.insert(0, at)
    return kept


def _tail(text: str, end: int, until: int) -> str:
    """The words behind a list to the end of its clause; a comma ends it unless a remark follows."""
    tail = _PARENTHESES.sub("", text[end:until])
    stop = _STOP.search(tail)
    tail = tail[: stop.start()] if stop else tail
    before, comma, after = tail.partition(",")
    remark = _REMARK.sub("", after.strip(), count=1)
    if comma and not (_OPTIONAL_AFTER.match(remark) or _REQUIRED_AFTER.match(remark)):
        return before
    return tail


def _wish(tail: str) -> bool | None:
    words = tail.split()
    near = " ".join(words[:12])
    optional = _OPTIONAL_AFTER.search(near)
    required = _REQUIRED_AFTER.search(near)
    if optional and (required is None or optional.start() <= required.start() or "not" in words):
        return False
    return True if required else None


# --- for how long ------------------------------------------------------------------------------------


def years(text: str, spans: tuple[Span, ...]) -> dict[int, int]:
    """Indices of skills with the least number of years asked for."""
    asked: dict[int, int] = {}
    lists = chains(text, spans)
    for cue in _YEARS.finditer(text):
        number = cue.group(1).casefold()
        least = int(number) if number.isdigit() else _COUNT[number]
        chain = _next_chain(text, spans, lists, cue.end()) or _chain_before(text, spans, lists, cue.start())
        for at in chain or ():
            asked.setdefault(at, least)
    return asked


def _chain_before(
    text: str, spans: tuple[Span, ...], lists: Sequence[Sequence[int]], until: int
) -> list[int] | None:
    before = [chain for chain in lists if spans[chain[-1]][1] <= until]
    if not before:
        return None
    chain = before[-1]
    gap = text[spans[chain[-1]][1] : until]
    return [chain[-1]] if len(gap.split()) <= 5 and not re.search(r"[;.]\s", gap) else None
