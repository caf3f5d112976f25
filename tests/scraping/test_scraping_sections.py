"""A posting becomes lines that a draft can cite, each in the section its heading opens."""

import pytest

from domain import Section
from language.instructions import is_instruction
from scraping.advert import Advert, publish
from scraping.headings import section_of


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("About us", Section.ABOUT),
        ("What you will do", Section.TASKS),
        ("What you’ll do:", Section.TASKS),
        ("Key Responsibilities", Section.TASKS),
        ("The role", Section.TASKS),
        ("Requirements", Section.MUST),
        ("What we’re looking for", Section.MUST),
        ("Who you are", Section.MUST),
        ("Preferred Qualifications", Section.NICE),
        ("Nice to have", Section.NICE),
        ("Bonus points", Section.NICE),
        ("What we offer", Section.BENEFITS),
        ("Perks & benefits", Section.BENEFITS),
        ("How to apply", Section.APPLY),
        ("Deine Aufgaben", Section.TASKS),
        ("Das bringst du mit", Section.MUST),
        ("Wir bieten", Section.BENEFITS),
        ("Über uns", Section.ABOUT),
        ("Vos missions", Section.TASKS),
        ("Profil recherché", Section.MUST),
        ("Requisitos", Section.MUST),
        ("Ofrecemos", Section.BENEFITS),
        ("Wat ga je doen", Section.TASKS),
        ("Wij bieden", Section.BENEFITS),
        ("Cosa farai", Section.TASKS),
        ("Requisiti", Section.MUST),
        ("Benefícios", Section.BENEFITS),
        ("Wymagania", Section.MUST),
        ("Mile widziane", Section.NICE),
        ("Náplň práce", Section.TASKS),
        ("Nabízíme", Section.BENEFITS),
        ("Kitchen stories", None),
    ],
)
def test_headings_open_sections(heading: str, section: Section | None) -> None:
    assert section_of(heading) is section


MARKUP = """
<p>Arkway cooks in Porto. We feed two hundred people a day, e.g. at school. Come and see.</p>
<h2>Tasks</h2><ul><li>Cook lunch.</li><li>• Bake bread.</li></ul>
<p><strong>Requirements:</strong></p><ul><li>You know salt.</li><li>Nice to have: a knife.</li></ul>
<h2>Kitchen stories</h2><p>Ask Ana.</p>
<h2>How to apply</h2><p>Put SOUP-7 in the subject of your email.</p>
"""


def test_lines_are_spans_of_the_text_in_order() -> None:
    posting = publish([Advert(title="Cook", markup=MARKUP)], "").postings[0]
    assert posting.lines[0].id == "p0"
    assert posting.lines[0].section is Section.TITLE
    assert [line.id for line in posting.lines] == [f"p{n}" for n in range(len(posting.lines))]
    for line in posting.lines[1:]:
        assert posting.text[line.start : line.end] == line.text


def test_each_line_stands_in_the_section_of_its_heading() -> None:
    posting = publish([Advert(title="Cook", markup=MARKUP)], "").postings[0]
    assert [(line.section, line.heading, line.text) for line in posting.lines[1:]] == [
        (Section.OTHER, "", "Arkway cooks in Porto."),
        (Section.OTHER, "", "We feed two hundred people a day, e.g. at school."),
        (Section.OTHER, "", "Come and see."),
        (Section.TASKS, "Tasks", "Cook lunch."),
        (Section.TASKS, "Tasks", "Bake bread."),
        (Section.MUST, "Requirements", "You know salt."),
        (Section.NICE, "Requirements", "Nice to have: a knife."),
        (Section.OTHER, "Kitchen stories", "Ask Ana."),
        (Section.APPLY, "How to apply", "Put SOUP-7 in the subject of your email."),
    ]


def test_plain_text_has_headings_and_items_too() -> None:
    text = "What you will do\n- Cook lunch.\n* Bake bread.\n\nWHAT WE OFFER\nShoes.\n## Requirements\nSalt."
    posting = publish([Advert(title="Cook", text=text)], "").postings[0]
    assert [(line.section, line.text) for line in posting.lines[1:]] == [
        (Section.TASKS, "Cook lunch."),
        (Section.TASKS, "Bake bread."),
        (Section.BENEFITS, "Shoes."),
        (Section.MUST, "Salt."),
    ]


def test_a_line_break_is_kept_and_the_title_is_not_repeated() -> None:
    posting = publish([Advert(title="Cook", markup="<h1>Cook</h1>One<br>Two")], "").postings[0]
    assert posting.text == "One\nTwo"


@pytest.mark.parametrize(
    "sentence",
    [
        "Put SOUP-7 in the subject of your email.",
        "Please mention the word LADLE when applying to show you read this.",
        "Please do not use AI tools to write your application.",
        "No AI, please.",
        "Please write in your own words.",
        "AI-generated cover letters will be rejected.",
        "Link to your work instead of attaching it.",
        "Do not include a photo or your date of birth in your resume.",
        'Use the subject line "Cook - your name" when you email us.',
        "Send your CV to kitchen@arkway.example by Friday.",
        "Tell us your favourite soup in your cover letter.",
        "Bitte gib im Betreff die Kennziffer 4711 an.",
    ],
)
def test_what_applicants_are_asked_to_do_is_an_instruction(sentence: str) -> None:
    assert is_instruction(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "You will write and maintain documentation.",
        "Experience with AI and large language models.",
        "You will design system prompts and evaluate prompt injection defences for our LLM products.",
        "Repeat business accounts for 60% of our revenue.",
        "We do not use AI to judge applicants.",
        "Translate technical documents from German into English.",
        "You include everyone at the table.",
        "Mentor two engineers and share what you know in writing.",
    ],
)
def test_the_work_itself_is_no_instruction(sentence: str) -> None:
    assert not is_instruction(sentence)


def test_instructions_are_told_and_are_no_requirement() -> None:
    markup = (
        "<h2>Requirements</h2><ul><li>Salt.</li><li>Mention the word LADLE in your application.</li></ul>"
    )
    published = publish([Advert(title="Cook", markup=markup)], "")
    assert published.instructions == ["Mention the word LADLE in your application."]
    assert [line.text for line in published.postings[0].requirements] == ["Salt."]


def test_each_opening_is_published_once_and_speculative_ones_are_marked() -> None:
    adverts = [
        Advert(title="Cook", location="Porto"),
        Advert(title="COOK", location="porto"),
        Advert(title="Cook", location="Faro"),
    ]
    adverts.append(Advert(title="General Application"))
    postings = publish(adverts, "").postings
    assert [(p.title, p.location, p.speculative) for p in postings] == [
        ("Cook", "Porto", False),
        ("Cook", "Faro", False),
        ("General Application", "", True),
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We cook and you will help us with the bread.", "en"),
        ("Wir suchen dich für die Küche und das Brot.", "de"),
        ("", "en"),
    ],
)
def test_the_language_is_told_by_small_words(text: str, language: str) -> None:
    assert publish([Advert(title="Cook", text=text)], "").postings[0].language == language
