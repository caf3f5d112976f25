"""What a posting asks for: sections and headings, alternatives, years."""

import pytest

import tagging
from domain import PostingLine, Section, SkillMention


def line(text: str, section: Section = Section.MUST, heading: str = "", id_: str = "p1") -> PostingLine:
    return PostingLine(id=id_, text=text, section=section, heading=heading)


def tags(text: str, section: Section = Section.MUST, heading: str = "") -> dict[str, SkillMention]:
    return {mention.skill: mention for mention in tagging.tag([line(text, section, heading)])}


@pytest.mark.parametrize(
    ("section", "required"),
    [(Section.MUST, True), (Section.TASKS, True), (Section.OTHER, True), (Section.NICE, False)],
)
def test_the_section_decides_where_the_clause_says_nothing(section: Section, required: bool) -> None:
    assert tags("Experience with GraphQL", section)["GraphQL"].required is required


def test_a_remark_in_the_clause_beats_the_section() -> None:
    assert tags("Python is required", Section.NICE)["Python"].required is True
    assert tags("Python is a plus", Section.MUST)["Python"].required is False


@pytest.mark.parametrize("section", [Section.ABOUT, Section.BENEFITS, Section.APPLY])
def test_lines_that_ask_for_nothing_have_no_tags(section: Section) -> None:
    assert tags("Python and Kubernetes", section) == {}


@pytest.mark.parametrize("heading", ["The team", "What we offer", "Über uns", "Qui sommes-nous", "Perks"])
def test_headings_about_the_company_have_no_tags(heading: str) -> None:
    assert tags("Python and Kubernetes", Section.OTHER, heading) == {}


@pytest.mark.parametrize("heading", ["Nice to have", "Bonus points", "Von Vorteil", "Les plus", "Preferred"])
def test_headings_of_wishes_make_tags_optional(heading: str) -> None:
    assert tags("Python", Section.OTHER, heading)["Python"].required is False


def test_the_title_names_what_is_asked() -> None:
    assert tags("Senior Python Engineer", Section.TITLE)["Python"].required is True


def groups(text: str) -> list[set[str]]:
    found = tags(text)
    numbers = {mention.any_of for mention in found.values()} - {None}
    return [
        {skill for skill, m in found.items() if m.any_of == number} for number in sorted(numbers, key=str)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Go or Rust", [{"Go", "Rust"}]),
        ("AWS/Azure", [{"AWS", "Azure"}]),
        ("HTML/CSS", []),
        ("Python and SQL", []),
        ("One of Vue.js, React, Svelte and Docker", [{"Vue.js", "React", "Svelte"}]),
        ("PostgreSQL or MySQL, and Kafka or RabbitMQ", [{"PostgreSQL", "MySQL"}, {"Kafka", "RabbitMQ"}]),
        ("Java oder Kotlin", [{"Java", "Kotlin"}]),
        ("Either Python and Django, or Ruby and Rails", [{"Python", "Django", "Ruby", "Ruby on Rails"}]),
        ("A cloud such as AWS, Azure", [{"AWS", "Azure"}]),
    ],
)
def test_alternatives_form_a_group(text: str, expected: list[set[str]]) -> None:
    assert groups(text) == expected


def test_groups_of_two_lines_have_two_numbers() -> None:
    found = tagging.tag([line("Go or Rust"), line("AWS or Azure", id_="p2")])
    assert len({mention.any_of for mention in found}) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3+ years of Python", {"Python": 3}),
        ("At least five years with Java and SQL", {"Java": 5, "SQL": 5}),
        ("Python (2–4 years)", {"Python": 2}),
        ("Mindestens drei Jahre Erfahrung mit SAP", {"SAP": 3}),
        ("5 ans d'expérience en comptabilité", {"Accounting": 5}),
        ("4 years of Go and 2 years of Kubernetes", {"Go": 4, "Kubernetes": 2}),
        ("Kubernetes, in a company 20 years old", {"Kubernetes": None}),
    ],
)
def test_years_are_the_least_that_is_asked(text: str, expected: dict[str, int | None]) -> None:
    assert {skill: mention.years for skill, mention in tags(text).items()} == expected


def test_colleagues_and_departments_are_not_asked_for() -> None:
    assert tags("You will work with our React and Swift developers.") == {}
    assert "Marketing" not in tags("Partner closely with product, sales and marketing.")
    assert "Salesforce" in tags("You work daily with Salesforce.")


def test_a_skill_counts_once_a_line() -> None:
    found = tagging.tag([line("Python, more Python"), line("Python", id_="p2")])
    assert [(mention.skill, mention.line) for mention in found] == [("Python", "p1"), ("Python", "p2")]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Platform Engineer", set()),
        ("Data Engineer, Claims", set()),
        ("Site Reliability Engineer", set()),
        ("Java Developer", {"Java"}),
        ("Senior Software Engineer – Go", {"Go"}),
        ("Android Engineer III", {"Android"}),
        ("SAP Consultant", {"SAP"}),
        ("German-speaking Customer Service Agent", {"German"}),
    ],
)
def test_a_title_asks_for_tools_and_languages_and_not_for_its_occupation(
    title: str, expected: set[str]
) -> None:
    assert set(tags(title, Section.TITLE)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Keep the design system with frontend engineers.", {"Design systems"}),
        ("Work with data scientists and backend developers.", set()),
        ("Support our sales engineers.", set()),
        ("You sit alongside product designers.", set()),
        ("Pair with a product designer and two data engineers.", set()),
        ("Du arbeitest mit Backend-Entwicklern.", set()),
        ("Help 80 Java developers.", set()),
        ("Work with doctors, pharmacists and social workers.", set()),
        ("Registered nurse", {"Nursing"}),
        ("We are looking for Java developers.", {"Java"}),
        ("Experience as a data analyst", {"Data analysis"}),
        ("3+ years as a platform engineer", set()),
        ("We are looking for Senior Software Engineers.", set()),
        ("Experience in platform engineering", {"Platform engineering"}),
        ("Marketing manager with SQL experience", {"Marketing", "SQL"}),
        ("QA engineer: Cypress", {"Quality assurance", "Cypress"}),
        ("Manage a team of six engineers.", {"Leadership"}),
    ],
)
def test_an_occupation_in_a_line_is_a_person_and_not_a_skill(text: str, expected: set[str]) -> None:
    assert set(tags(text)) == expected


def test_experience_in_the_job_of_the_title_is_no_further_skill() -> None:
    title = line("Data Analyst", Section.TITLE, id_="p0")
    assert tagging.tag([title, line("Experience as a data analyst")]) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You own the billing flows.", set()),
        ("Our billing services run in Kotlin.", {"Kotlin"}),
        ("Build sales dashboards.", {"Data visualization"}),
        ("Backend services for logistics customers.", {"Back-end development"}),
        ("Payroll product for small firms.", set()),
        ("Claims and scheduling.", set()),
        ("Experience in billing.", {"Invoicing"}),
        ("Billing", {"Invoicing"}),
        ("Payroll, billing and accounting", {"Payroll", "Invoicing", "Accounting"}),
        ("OKRs and KPIs", {"OKRs", "KPIs"}),
        ("Go in production.", {"Go"}),
        ("Go in and out of the building.", set()),
        ("Go to production sites.", set()),
        ("Airflow or another scheduler.", {"Apache Airflow"}),
        ("You take part in on-call.", {"On-call"}),
    ],
)
def test_what_a_product_is_about_is_not_a_skill(text: str, expected: set[str]) -> None:
    assert set(tags(text)) == expected
