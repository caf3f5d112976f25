"""The checklists for e-mails (E), letters (L), summaries (S) and follow-ups (F), each line counted by rule.

Source: the project's notes on what readers answer; words of a body are those without greeting, sign-off and
footer. A line that depends on the evidence ("two needs where two are answered") is asked only of drafts whose
evidence allows it; `None` says that it does not.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import tagging
from chains import write_embedded
from chains.embedded.materials import OPENS, SAID
from chains.embedded.role import title_of
from chains.embedded.style import PLACEHOLDER, STOCK, body, grade, self_ratio
from domain import Brief, DraftKind, Persona, Sentence, SentenceKind, Verdict
from errors import NothingMatches
from grounding import Gate
from kinds import KINDS
from language import nouns, words

Criterion = Callable[["Written"], bool | None]
ENOUGH_TO_TELL = 160
"""Words of work in the evidence from which a letter of 200 can be told; the rest is needs and formulas."""
_FEWEST_TOLD = 5
"""Words of an item that says something; shorter ones list technologies."""
_SALUTATIONS = re.compile(r"to whom it may concern|dear (?:sir|madam)", re.IGNORECASE)
_SHORTENERS = re.compile(r"//(?:bit\.ly|t\.co|tinyurl|goo\.gl|ow\.ly|is\.gd|buff\.ly)", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s,;]+")
_PERSON = re.compile(r"\b(?:I|I'm|I've|me|my|mine|we|us|our)\b")
_PUFF = re.compile(
    r"\b(?:seasoned|passionate|results[- ]driven|highly motivated|team player)\b", re.IGNORECASE
)
_HEAVY = re.compile(r"\d+ minutes|calendar|calendly|schedule|\bcall\b", re.IGNORECASE)
_MISPUNCTUATED = re.compile(r"\s[,.;:!?](?:\s|$)|\.\.|,,|\(\s|\s\)|\b(?P<word>[a-z]+) (?P=word)\b|^[a-z]")
_ARTICLE = re.compile(r"\b(?P<article>an?) (?P<next>[A-Za-z][\w-]*)")


@dataclass(frozen=True)
class Written:
    """A draft with what it was written from. `sound`: the gate passes every sentence and the whole."""

    brief: Brief
    person: str
    sentences: tuple[Sentence, ...]
    sound: bool

    @property
    def subject(self) -> str:
        return next((s.text for s in self.sentences if s.kind is SentenceKind.SUBJECT), "")

    @property
    def said(self) -> list[Sentence]:
        return body(self.sentences)

    @property
    def text(self) -> str:
        return " ".join(s.text for s in self.said)

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def claims(self) -> list[Sentence]:
        return self.of(SentenceKind.CLAIM)

    def of(self, kind: SentenceKind) -> list[Sentence]:
        return [s for s in self.said if s.kind is kind]

    @property
    def runs(self) -> frozenset[int]:
        """Five words in a row."""
        return words.runs(self.text)


def written(brief: Brief, person: str) -> Written | None:
    """The built-in writer's draft of a brief, or None where there is nothing to write."""
    gate = Gate(brief, tagging.find_skills)
    try:
        sentences = tuple(write_embedded(brief, gate.check))
    except NothingMatches:
        return None
    subject = next((s.text for s in sentences if s.kind is SentenceKind.SUBJECT), "")
    whole: Sequence[Verdict] = gate.check_whole(subject, sentences)
    faults = [v for v in whole if not v.supported and v.fault]  # length has no words at fault; see E1, L1
    admitted = [gate.admit(s, lambda _: None).sentence for s in sentences]
    sound = None not in admitted and not faults
    return Written(brief, person, sentences, sound)


# --- one line a function -----------------------------------------------------------------------------


def good_subject(written: Written) -> bool:
    """E2."""
    subject, posting = written.subject, written.brief.posting
    names = [posting.company, *re.findall(r"\w{4,}", posting.title)]
    early = any(name and name.lower() in subject[:35].lower() for name in names)
    shouting = subject.isupper() or "!" in subject or re.match(r"(?:re|fwd?):", subject, re.IGNORECASE)
    return 2 <= len(subject.split()) <= 7 and len(subject) <= 50 and early and not shouting


def easy(written: Written) -> bool | None:
    """E3, L3: the grade of the kind, names and skills masked; not asked of quotes in another language."""
    if not (written.brief.profile.language or "en").lower().startswith("en"):
        return None
    named = [m.skill for m in written.brief.mentions]
    named += [label for item in written.brief.profile.evidence for label in item.skills]
    masked = frozenset(word for name in named for word in name.lower().split())
    return grade(written.text, masked) <= KINDS[written.brief.kind].grade


def short(written: Written) -> bool:
    """E4."""
    paragraphs: dict[int, int] = defaultdict(int)
    for sentence in written.said:
        paragraphs[sentence.paragraph] += 1
    return max(paragraphs.values()) <= 3 and all(len(s.text.split()) <= 25 for s in written.said)


def one_ask(written: Written) -> bool:
    """E5, L8: one question, low in effort, in the last paragraph."""
    asks = [s for s in written.said if s.text.endswith("?")]
    last = max(s.paragraph for s in written.said)
    return len(asks) == 1 and asks[0].paragraph == last and not _HEAVY.search(asks[0].text)


def about_them(written: Written) -> bool:
    """E6: company and a requirement in the first two sentences, nothing about them off the page."""
    first = written.said[:2]
    company = written.brief.posting.company
    named = not company or any(company in s.text for s in first)
    cited = any(set(s.rests_on) - {"p0"} for s in first if s.kind is SentenceKind.RECIPIENT)
    return named and cited and written.sound


def proven(written: Written) -> bool:
    """E7: one to three claims; one with a number or a link where the evidence has one."""
    text = " ".join(s.text for s in written.claims)
    has_one = any(c.isdigit() for e in written.brief.profile.evidence if e.type in SAID for c in e.text)
    shown = not has_one or any(c.isdigit() for c in text) or "://" in text
    return 1 <= len(written.claims) <= 3 and all(s.rests_on for s in written.claims) and shown


def opens_well(written: Written) -> bool:
    """E8."""
    starts = re.match(r"(?:I|My|We)\b|I am writing|I hope", written.text)
    return starts is None and self_ratio(written.text) <= 2.5


def safe_links(written: Written) -> bool:
    """E9: two at most, the sender's own, https."""
    text = " ".join(s.text for s in written.sentences)
    profile = written.brief.profile
    own = {*profile.links, *(link for r in profile.records for link in r.links)}
    own |= {link for e in profile.evidence for link in e.links}
    found = [link.rstrip("./") for link in _LINK.findall(text)]
    known = {link.rstrip("./") for link in own}
    return (
        len(set(found)) <= 2
        and all(link.startswith("https://") and link in known for link in found)
        and not _SHORTENERS.search(text)
    )


def plain(written: Written) -> bool:
    """E11."""
    return not STOCK.search(written.text)


def well_formed(written: Written) -> bool:
    """E12, as far as it can be counted: every word is the page's, the evidence's or of a closed list already;
    no word doubled, no article or mark out of place.
    """
    own = (written.brief.profile.language or "en").lower().startswith("en")
    for sentence in written.said:
        if sentence.kind is SentenceKind.CLAIM and not own:
            continue  # quoted in the language of the evidence
        text = _LINK.sub("", sentence.text).removeprefix(written.brief.posting.company)
        if _MISPUNCTUATED.search(text) or text.count("(") != text.count(")"):
            return False
        if not text.rstrip().endswith((".", "?", "!", ":")):
            return False
        if any(nouns.indefinite(m["next"]) != m["article"] for m in _ARTICLE.finditer(text)):
            return False
    return True


def complete(written: Written) -> bool:
    """E13."""
    return not PLACEHOLDER.search(f"{written.subject} {written.text}")


def supported(written: Written) -> bool:
    """E14: every claim names evidence that exists, and the gate passes all of it."""
    known = {item.id for item in written.brief.profile.evidence}
    return written.sound and all(s.rests_on and set(s.rests_on) <= known for s in written.claims)


def lawful(written: Written) -> bool | None:
    """E15: a service provider's draft holds a way out and a postal address."""
    profile = written.brief.profile
    if profile.persona is not Persona.SERVICE_PROVIDER:
        return None
    text = " ".join(s.text for s in written.sentences)
    address = " ".join(profile.postal_address.split())
    return "no thanks" in text and bool(address) and address in " ".join(text.split())


def _answered(written: Written) -> int:
    """Requirements of the page that a sentence names and the next sentence answers by evidence."""
    lines: set[str] = set()
    skills: set[str] = set()
    title = title_of(written.brief.posting)
    for them, sender in pairwise(written.said):
        if them.kind is SentenceKind.RECIPIENT and sender.kind is SentenceKind.CLAIM:
            lines |= set(them.rests_on) - {"p0"}
            asked = them.text.replace(title, "") if title else them.text
            skills |= {m.skill for m in tagging.find_skills(asked)}
    return max(len(lines), len(skills))


def answers_two(written: Written) -> bool | None:
    """L4: two requirements, each answered, where the evidence answers two."""
    said = {e.id for e in written.brief.profile.evidence if e.type in (*SAID, "skill")}
    met = [m for m in written.brief.matches if m.score >= OPENS and said.intersection(m.evidence)]
    lines, skills = {m.line for m in met}, {m.text for m in met if m.subject == "skill"}
    return _answered(written) >= 2 if min(len(lines), len(skills)) >= 2 else None


def by_work(written: Written) -> bool:
    """Two requirements, each followed by a claim of work, not of a list of skills."""
    work = {e.id for e in written.brief.profile.evidence if e.type in SAID}
    pairs = pairwise(written.said)
    asked = (b for a, b in pairs if a.kind is SentenceKind.RECIPIENT)
    return sum(bool(work.intersection(claim.rests_on)) for claim in asked) >= 2


def by_work_where_it_can(written: Written) -> bool | None:
    """The same, where two skills asked for on two lines are shown by two items of work."""
    work = {e.id for e in written.brief.profile.evidence if e.type in ("bullet", "project")}
    found = [
        (m.line, item)
        for m in written.brief.matches
        if m.score >= OPENS and m.subject == "skill"
        for item in m.evidence
        if item in work
    ]
    allows = len({line for line, _ in found}) >= 2 and len({item for _, item in found}) >= 2
    return by_work(written) if allows else None


def names_role(written: Written) -> bool:
    """L2: company and role in the first paragraph, three or four paragraphs."""
    paragraphs = sorted({s.paragraph for s in written.said})
    text = " ".join(s.text for s in written.said if s.paragraph == paragraphs[0]).lower()
    company = written.brief.posting.company.lower()
    role = [word for word in re.findall(r"\w{4,}", written.brief.posting.title.lower()) if word in text]
    return 3 <= len(paragraphs) <= 5 and bool(role) and (not company or company in text)


def has_letter_length(written: Written) -> bool | None:
    """L1, where the evidence holds enough to tell, of one who applies."""
    if written.brief.profile.persona is Persona.SERVICE_PROVIDER:
        return None
    if not (written.brief.profile.language or "en").lower().startswith("en"):
        return None
    told = [e.text for e in written.brief.profile.evidence if e.type in ("bullet", "project")]
    told = [text for text in told if len(text.split()) >= _FEWEST_TOLD]
    held = sum(min(20, len(text.split())) for text in told)
    return 200 <= written.words <= 350 if held >= ENOUGH_TO_TELL else None


def hides_no_gap(written: Written) -> bool:
    """L6: no claim names a skill that the evidence does not show."""
    gaps = {m.text for m in written.brief.matches if m.subject == "skill" and m.is_gap}
    named = {m.skill for s in written.claims for m in tagging.find_skills(s.text)}
    shown = {label for e in written.brief.profile.evidence for label in e.skills}
    return not (named & gaps) - shown


def follows_a_message(written: Written) -> bool:
    """F: names the message that it follows, and tells one thing that it did not."""
    first = written.said[0]
    claims = [s for s in written.claims if not s.text.startswith(("That ", "It "))]
    fresh = all(not set(s.rests_on) & set(written.brief.told) for s in written.claims)
    return " message " in first.text and len(claims) == 1 and fresh


def is_summary(written: Written) -> bool | None:
    """S1, where the evidence has work and is written in the language of the text."""
    english = (written.brief.profile.language or "en").lower().startswith("en")
    work = [e for e in written.brief.profile.evidence if e.type in ("bullet", "project")]
    if not english or len(work) < 2:
        return None
    return 40 <= written.words <= 80 and 2 <= len(written.said) <= 4


def is_impersonal(written: Written) -> bool:
    """S2."""
    return not _PERSON.search(written.text) and not _PUFF.search(written.text)


def claims_no_title(written: Written) -> bool:
    """S4: the title of the opening stands in it only where the evidence has it."""
    title = written.brief.posting.title.lower()
    held = " ".join([*(r.full_title for r in written.brief.profile.records), written.brief.profile.headline])
    held += " ".join(e.text for e in written.brief.profile.evidence)
    return title not in written.text.lower() or title in held.lower()


_OF_ALL: dict[str, Criterion] = {
    "E9": safe_links,
    "E11": plain,
    "E12": well_formed,
    "E13": complete,
    "E14": supported,
    "E15": lawful,
}
CHECKLISTS: dict[DraftKind, dict[str, Criterion]] = {
    DraftKind.COLD_EMAIL: {
        "E1": lambda w: 50 <= w.words <= 125,
        "in_60_to_110_words": lambda w: 60 <= w.words <= 110,
        "E2": good_subject,
        "E3": easy,
        "E4": short,
        "E5": one_ask,
        "E6": about_them,
        "E7": proven,
        "E8": opens_well,
        "two_needs": answers_two,
        "two_needs_by_work": by_work_where_it_can,
        **_OF_ALL,
    },
    DraftKind.FOLLOW_UP: {
        "F1": lambda w: 40 <= w.words <= 60,
        "F2": follows_a_message,
        "E2": good_subject,
        "E3": easy,
        "E4": short,
        "E5": one_ask,
        "E8": opens_well,
        **_OF_ALL,
    },
    DraftKind.COVER_LETTER: {
        "L1": has_letter_length,
        "L2": names_role,
        "L3": easy,
        "L4": answers_two,
        "two_needs_by_work": by_work_where_it_can,
        "L5": lambda w: not _SALUTATIONS.search(" ".join(s.text for s in w.sentences)),
        "L6": hides_no_gap,
        "L8": one_ask,
        "E8": opens_well,
        **_OF_ALL,
    },
    DraftKind.RESUME_SUMMARY: {
        "S1": is_summary,
        "S2": is_impersonal,
        "S3": supported,
        "S4": claims_no_title,
        "E12": well_formed,
        "E13": complete,
    },
}
SHORT_NAMES = {
    DraftKind.COLD_EMAIL: "cold_email",
    DraftKind.FOLLOW_UP: "follow_up",
    DraftKind.COVER_LETTER: "cover_letter",
    DraftKind.RESUME_SUMMARY: "summary",
}


def distinct(drafts: Sequence[Written]) -> Iterator[bool]:
    """E16: whether two drafts of one person to two openings share at most 40 % of their five-word runs."""
    by_person: dict[str, list[frozenset[int]]] = defaultdict(list)
    for written in drafts:
        by_person[written.person].append(written.runs)
    for runs in by_person.values():
        for a, b in combinations(runs, 2):
            yield words.shared(a, b) <= 0.4
