"""The subject line: the page's own words, short, and no shouting."""

import re

from domain import SentenceKind
from grounding.lexicon import words_of
from grounding.registry import Case, Fault, check
from language import words

LONGEST_SUBJECT = 60


@check(
    "subject",
    SentenceKind.SUBJECT,
    number="V16",
    catches="a subject line that shouts, claims, pretends to be an answer or says what the page does not",
    passes="S | Platform Engineer at Arkway",
    fails="S | Award-winning Platform Engineer for Arkway",
)
def subject(case: Case) -> Fault | None:
    """Title, company, place and skills of the posting, and a few closed words; at most 60 characters."""
    text = case.text
    if len(text) > LONGEST_SUBJECT:
        return Fault(f"The subject is longer than {LONGEST_SUBJECT} characters.", text)
    if "!" in text or re.match(r"\s*(?:re|fwd?|aw|wg)\s*:", text, re.IGNORECASE):
        return Fault("The subject shouts, or pretends to be an answer.", text)
    posting = case.brief.posting
    known = {
        word.text.lower() for word in words.tokens(f"{posting.title} {posting.company} {posting.location}")
    }
    written = {w.text for w in words.tokens(f"{posting.title} {posting.company}")}
    page = f"{posting.title} {' '.join(line.text for line in posting.lines)}".lower()
    for mention in case.find_skills(text):
        is_as_written = mention.text.lower() in page or mention.text == mention.skill
        if mention.skill in case.page_skills and is_as_written:
            known |= {word.text.lower() for word in words.tokens(mention.text)}
            written |= {word.text for word in words.tokens(mention.text)}
    for word in words.tokens(text):
        if word.text.lower() not in known and word.text.lower() not in words_of("subject"):
            return Fault("A subject holds only what the page says.", word.text)
        if len(word.text) > 4 and word.text.isupper() and word.text not in written:
            return Fault("The subject shouts.", word.text)
    return None
