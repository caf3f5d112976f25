"""Glue and intent: a grammar that can hold no fact. Closed words, no number, no name, no act of the
sender."""

import re
from functools import lru_cache

from domain import Profile, SentenceKind, SkillMention
from grounding.atoms import atoms
from grounding.checks.earlier import names_an_earlier_message
from grounding.checks.gap import is_gap
from grounding.checks.recipient import is_act
from grounding.citable import is_citable, spoken_plainly
from grounding.lexicon import words_of
from grounding.registry import Case, Fault, check, is_denied
from language import words

MOST_WORDS = 20
_SPEAKER = re.compile(
    r"\b(?P<who>I|[Ww]e)(?P<short>['’](?:d|ll|m))?\b(?:\s+(?:also|just|still|only))?(?P<next>\s+\w+(?:\s+\w+)?)?"
)
_MAY_FOLLOW = re.compile(
    r"\s*(?:(?:would|could|will|can|may|should|shall)\s+(?:also\s+)?(?:be|like|love|send|share|show|walk|tell|explain|answer|describe"
    r"|give|start|help|take|offer|apply|talk|speak|hear|learn|call|meet|write|discuss|gladly|read|join|I|you|we|it|that)"
    r"|hope|wonder|want|ask|apply|offer|thank|look|write"
    r"|am\s+(?:writing|happy|glad|interested|curious|open|applying|pleased|asking))\b"
)
_AFTER_SHORT = re.compile(
    r"\s*(?:be|like|love|send|share|show|walk|tell|gladly|writing|happy|glad|interested|applying)\b"
)
_QUESTION = re.compile(
    r"(?:Would|Is|Are|Could|Shall|Which|What|How|Do|Does|May|Should|Can|Who|Where|When)\b.*\?$"
)
_MAY_TAKE_ME = re.compile(
    r"\b(?:let|tell|send|show|give|(?:reply|write|answer|talk|speak) to|hear from|read|made|makes?|for) $",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\b(?:thanks?|thank you) for (?!(?:reading|considering|your (?:time|attention|consideration"
    r"|interest))\b)",
    re.IGNORECASE,
)
# "My work is …", "people like my work", "I would be a match": the sender's own things are no subject here.
_BOASTS = re.compile(
    r"^(?:My|Our|Few|Many|People|Some|Others|All|Any|Such|Both|Either|Another|Other)\b|\b(?:my|our)\s+\w+\s+(?:is|are|was|were|has|fits?"
    r"|match\w*|works?|overlaps?|comes?|goes|makes?|helps?|needs?|means?|moves?|sounds?|seems?|reads?|shows?|gives?|keeps?)\b"
    r"|\b(?:like|likes|love|loves|want|wants|need|needs)\s+(?:my|our)\b|\bwould be (?:a|an|the|your|one)\b"
)
_WHOSE = re.compile(r"\b(?:my|our|My|Our)\s+(\w+)")


@check(
    "glue",
    SentenceKind.GLUE,
    SentenceKind.INTENT,
    number="V2",
    catches="a fact about the sender in a sentence that is only to link or to ask",
    passes="G | That is close to what your team describes.",
    fails="G | I have led teams like yours.",
)
def glue(case: Case) -> Fault | None:
    """No digits, number words, names, skills (in glue), superlatives or acts; at most 20 words, all of
    them known."""
    if case.is_own_line or is_gap(case) or names_an_earlier_message(case):
        return None
    if not case.text.endswith((".", "?")):
        return Fault("A linking sentence ends in a full stop or a question mark.", case.text)
    text = _without_names(case)
    if len(words.tokens(text)) > MOST_WORDS:
        return Fault(f"A linking sentence has at most {MOST_WORDS} words.", case.text)
    for atom in atoms(text):
        if atom.kind == "number" and atom.text.lower() not in {"one", "first"}:
            return Fault("A linking sentence may not hold a number.", atom.text)
    return _speaks_of_itself(text) or _names_a_skill(case, text) or _unknown_word(case, text)


def _without_names(case: Case) -> str:
    posting, profile = case.brief.posting, case.brief.profile
    text = case.text
    for name in sorted((posting.company, posting.title, profile.name), key=len, reverse=True):
        if name:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "it", text)
    return text


def _speaks_of_itself(text: str) -> Fault | None:
    for found in _SPEAKER.finditer(text):
        following = found["next"] or ""
        is_question = re.search(
            r"\b(?:[Ss]hould|[Cc]ould|[Mm]ay|[Cc]an|[Ss]hall|[Ww]ould|if|[Ii]f)\s+$", text[: found.start()]
        )
        fits = _AFTER_SHORT.match(following) if found["short"] else _MAY_FOLLOW.match(following)
        if not fits and not is_question:
            return Fault("A linking sentence may not say anything about you.", f"{found.group().strip()}")
    if _BOASTS.search(text) or re.search(
        r"\bwho\s|\b[Yy]ou\s+(?:already\s+)?know\s+(?:my|our|me|us)\b", text
    ):
        return Fault("A linking sentence may not say anything about you or your work.", text)
    for whose in _WHOSE.finditer(text):
        if whose[1].lower() not in words_of("generic-my"):
            return Fault("A linking sentence may not say anything about you.", whose.group())
    for found in re.finditer(r"\b(?:me|us)\b", text):
        if not _MAY_TAKE_ME.search(text[: found.start()]):
            return Fault("A linking sentence may not say what anybody did for you.", text)
    if _THANKS.search(text):
        return Fault("A linking sentence may not speak of an earlier contact.", text)
    return None


def _names_a_skill(case: Case, text: str) -> Fault | None:
    for mention in case.find_skills(text):
        is_plain = mention.text == mention.text.lower() and words_of("glue").issuperset(mention.text.split())
        if is_plain or _stands_on_cited_line(case, mention):
            continue
        if (
            case.sentence.kind is SentenceKind.GLUE
            or not case.text.endswith("?")
            or mention.skill not in case.page_skills
        ):
            return Fault("A linking sentence may name a skill only where the page asks for it.", mention.text)
    return None


def _stands_on_cited_line(case: Case, mention: SkillMention) -> bool:
    if case.sentence.kind is SentenceKind.GLUE or not case.text.endswith("?"):
        return False
    written = mention.text
    return any(
        is_citable(x, case.find_skills)
        and any(not is_denied(x.text, m) for m in case.find_skills(x.text) if m.text == written)
        for x in case.lines
    )


def _unknown_word(case: Case, text: str) -> Fault | None:
    known = words_of("glue")
    spans = (
        [(m.start, m.end) for m in case.find_skills(text)]
        if case.sentence.kind is SentenceKind.INTENT
        else []
    )
    cited = [spoken_plainly(x.text) for x in case.lines if is_citable(x, case.find_skills)]
    is_question = case.sentence.kind is SentenceKind.INTENT and _QUESTION.match(text) is not None
    cited = cited if is_question else []
    for word in words.tokens(text):
        low = word.text.lower().replace("’", "'")
        if any(start <= word.start and word.end <= end for start, end in spans):
            continue
        is_first = text[: word.start].strip("\"'“( ") == ""
        is_known = low in known or (words.stem(low) in known and not is_act(low))
        if is_known and (word.text == low or is_first or word.text[:1] == "I"):
            continue
        if (
            case.sentence.kind is SentenceKind.INTENT
            and cited
            and not is_act(low)
            and _on_lines(cited, word.text)
        ):
            continue
        if (
            is_question
            and word.text == low
            and _is_plain_noun(low)
            and words.stem(low) in _evidence_stems(case.brief.profile)
        ):
            continue
        return Fault("A linking sentence may hold no new fact.", word.text)
    return None


def _on_lines(lines: list[str], written: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(written)}(?!\w)", line) for line in lines)


def _is_plain_noun(word: str) -> bool:
    foreign = words_of("superlatives") | words_of("degree-words") | words_of("bracket-markers")
    return not is_act(word) and word not in foreign and len(word) > 3


@lru_cache(maxsize=64)
def _evidence_stems(profile: Profile) -> frozenset[str]:
    """The words of all evidence without inflection, and the names of its acts: "migrated" gives
    "migration"."""
    stems = {words.stem(word.text) for item in profile.evidence for word in words.tokens(item.text)}
    return frozenset(stems | {stem[:-1] + "ion" for stem in stems if stem.endswith("te")})
