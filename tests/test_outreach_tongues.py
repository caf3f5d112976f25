"""Whole drafts in German, French and Spanish, from reading what is asked to the finished message."""

import re

import pytest

import chains
import outreach
import tagging
from chains.embedded.tongues.around import TongueFormulas
from chains.prompting import make_prompt
from domain import Draft, DraftKind, Language, Persona, Sentence, SentenceKind
from grounding import Gate
from kinds import KINDS, words_of
from outreach import Options
from outreach.briefs import brief_for
from tests.tongues_people import make_posting, opening, sender

LANGUAGES: tuple[Language, ...] = ("de", "fr", "es")
MESSAGES = (DraftKind.COLD_EMAIL, DraftKind.COVER_LETTER)
SELF = {
    "de": r"\b(?:[Ii]ch|mir|mein\w*)\b",
    "fr": r"\b(?:[Jj]e|mon|ma|mes)\b|\b[jJ]'",
    "es": r"\b(?:yo|mi|mis)\b",
}
YOU = {
    "de": r"\b(?:Sie|Ihnen|Ihre?\w?)\b",
    "fr": r"\b(?:[Vv]ous|[Vv]otre|vos)\b",
    "es": r"\b(?:sus?|les|ustedes|Su)\b",
}


def drafted(
    language: Language, persona: Persona = Persona.JOB_SEEKER, asked: str = "", **chosen: object
) -> Draft:
    profile = sender(language, persona)
    examined = outreach.examine(opening(language), profile)
    events = list(
        outreach.draft(examined, profile, Options.model_validate({**chosen, "language": asked or language}))
    )
    assert isinstance(events[-1], Draft)
    return events[-1]


def said(draft: Draft) -> list[str]:
    return [s.text for s in draft.sentences if s.kind is not SentenceKind.FORMULA]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MESSAGES)
@pytest.mark.parametrize("tone", ["plain", "warm", "formal"])
def test_a_message_keeps_to_its_length_and_asks_once(language: Language, kind: DraftKind, tone: str) -> None:
    draft = drafted(language, kind=kind, tone=tone)
    least, _, _, most = words_of(kind)
    assert least <= sum(len(text.split()) for text in said(draft)) <= most
    assert sum(text.endswith("?") for text in said(draft)) == 1
    assert max(len(text.split()) for text in said(draft)) <= KINDS[kind].longest_sentence
    assert not draft.notices
    assert not draft.receipt.dropped


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_email_opens_with_them_and_speaks_of_them(language: Language) -> None:
    draft = drafted(language)
    text = " ".join(said(draft))
    assert "Arkway" in said(draft)[0]
    assert not re.match(SELF[language], said(draft)[0])
    assert len(re.findall(SELF[language], text)) <= 2.5 * len(re.findall(YOU[language], text))
    claims = [s for s in draft.sentences if s.kind is SentenceKind.CLAIM]
    assert 1 <= len(claims) <= 3
    assert any(c.isdigit() for s in claims for c in s.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_follow_up_tells_what_the_email_did_not(language: Language) -> None:
    first = drafted(language)
    second = drafted(language, kind=DraftKind.FOLLOW_UP, after=first)
    assert not set(second.receipt.evidence) & set(first.receipt.evidence)
    assert first.subject in said(second)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_has_no_first_person(language: Language) -> None:
    draft = drafted(language, kind=DraftKind.RESUME_SUMMARY)
    assert not re.search(SELF[language], " ".join(said(draft)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agency_offers_and_gives_a_way_out(language: Language) -> None:
    draft = drafted(language, Persona.SERVICE_PROVIDER)
    text = " ".join(said(draft))
    assert not re.search(SELF[language], text)
    out = {"de": "Nein danke", "fr": "non merci", "es": "no, gracias"}[language]
    assert any(out in s.text for s in draft.sentences)


def test_a_page_that_says_du_is_answered_with_ihr() -> None:
    page = make_posting(
        "de",
        "Backend Developer (w/m/d)",
        "Fenwick",
        [(part, text) for part, text in zip(_SECTIONS, _DU_LINES, strict=True)],
    )
    profile = sender("de")
    events = list(outreach.draft(outreach.examine(page, profile), profile, Options(language="de")))
    text = " ".join(said(events[-1])) if isinstance(events[-1], Draft) else ""
    assert re.search(r"\b(?:ihr|Ihr|euch|eure\w?)\b", text)
    assert not re.search(r"\b(?:Sie|Ihnen)\b", text)


_SECTIONS = [line.section for line in opening("de").lines[1:5]]
_DU_LINES = (
    "Du entwickelst unsere APIs mit Python und betreibst sie auf Kubernetes",
    "Du automatisierst unsere Infrastruktur mit Terraform",
    "Du hast Erfahrung mit PostgreSQL",
    "Du bringst Erfahrung in der Führung kleiner Teams mit",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_and_the_evidence_together_choose_the_language(language: Language) -> None:
    page, other = opening(language), opening("fr" if language == "de" else "de")
    profile = sender(language)
    assert outreach.language_for(outreach.examine(page, profile), profile) == language
    assert outreach.language_for(outreach.examine(other, profile), profile) == "en"


def test_auto_writes_in_that_language() -> None:
    assert drafted("de", asked="auto").language == "de"


@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_in_another_language_is_quoted_whole(language: Language) -> None:
    profile = sender("es" if language == "fr" else "fr")
    examined = outreach.examine(opening(language), profile)
    events = list(outreach.draft(examined, profile, Options(language=language)))
    assert isinstance(events[-1], Draft)
    claims = [s.text for s in events[-1].sentences if s.kind is SentenceKind.CLAIM]
    mark = {"de": "„", "fr": "«", "es": "«"}[language]
    assert any(mark in text for text in claims)


@pytest.mark.parametrize(
    ("language", "text", "lie"),
    [
        (
            "de",
            "Bei Medwerk GmbH leitete ich ein Team von 5 Entwicklern.",
            "Bei Medwerk GmbH leitete ich ein Team von 50 Entwicklern.",
        ),
        (
            "fr",
            "Chez Santé Nord, j'ai encadré une équipe de 5 développeurs.",
            "Chez Santé Nord, j'ai encadré une équipe de 50 développeurs.",
        ),
        (
            "es",
            "En Salud Norte, coordiné un equipo de 5 desarrolladores.",
            "En Salud Norte, coordiné un equipo de 50 desarrolladores.",
        ),
    ],
)
def test_an_edit_is_checked_in_its_language(language: Language, text: str, lie: str) -> None:
    profile = sender(language)
    examined = outreach.examine(opening(language), profile)
    edited = outreach.check_edit(examined, profile, DraftKind.COLD_EMAIL, f"{text} {lie}")
    assert [each.verdict.supported for each in edited] == [True, False]
    assert edited[1].verdict.fault == "50"


@pytest.mark.parametrize(
    ("language", "english", "own"),
    [
        ("de", "At Medwerk GmbH, I led a team of 5 developers.", "leitete ich ein Team von 5 Entwicklern"),
        ("fr", "At Santé Nord, I led a team of 5 developers.", "j'ai encadré une équipe de 5 développeurs"),
        ("es", "At Salud Norte, I led a team of 5 developers.", "coordiné un equipo de 5 desarrolladores"),
    ],
)
def test_a_line_in_the_wrong_language_is_told_in_the_right_one(
    language: Language, english: str, own: str
) -> None:
    profile = sender(language)
    examined = outreach.examine(opening(language), profile)
    brief = brief_for(examined, profile, Options(language=language))
    wrong = Sentence(kind=SentenceKind.CLAIM, text=english, rests_on=("e4",))
    admitted = Gate(brief, tagging.find_skills).admit(wrong, lambda id_: chains.render(brief, id_))
    assert admitted.sentence is not None
    assert own in admitted.sentence.text
    assert admitted.dropped is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_is_told_the_language_and_what_is_ours_is_worded_in_it(language: Language) -> None:
    profile = sender(language)
    examined = outreach.examine(opening(language), profile)
    brief = brief_for(examined, profile, Options(language=language))
    prompt = make_prompt(brief)
    assert {"de": "German", "fr": "French", "es": "Spanish"}[language] in prompt.data
    assert prompt.system == make_prompt(brief.model_copy(update={"language": "en"})).system
    ours = TongueFormulas(brief)
    gate = Gate(brief, tagging.find_skills)
    for sentence in [*ours.opening(), *ours.end(3, asked=False)]:
        assert gate.check(sentence).supported, sentence.text
