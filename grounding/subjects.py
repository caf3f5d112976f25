"""A subject that a person wrote themselves: words of the page, their own name, and the words of mail."""

from domain import Brief, Sentence, SentenceKind, Verdict
from grounding.gate import Gate
from grounding.lexicon import words_of
from grounding.registry import FindSkills
from language import words


def check_subject(subject: str, brief: Brief, find_skills: FindSkills) -> Verdict:
    """Whether a person's own subject may stand: it is one that the gate passes, or holds only such words.

    Args:
        subject: As they wrote it.
        brief: As for the gate.
        find_skills: As for the gate.
    """
    posting, profile = brief.posting, brief.profile
    lines = tuple(line.id for line in posting.lines)
    asked = Sentence(kind=SentenceKind.SUBJECT, text=subject, rests_on=lines)
    verdict = Gate(brief, find_skills).check(asked)
    if verdict.supported:
        return verdict
    told = [posting.title, posting.company, posting.text, profile.name, profile.organization]
    told += [line.text for line in posting.lines]
    known = {token.text.casefold() for text in told for token in words.tokens(text)}
    known |= words_of("mail-subjects")
    unknown = [token.text for token in words.tokens(subject) if token.text.casefold() not in known]
    if not unknown:
        return Verdict(supported=True, check="subject")
    return verdict.model_copy(update={"fault": unknown[0]})
