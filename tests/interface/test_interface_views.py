"""The screens as HTML: the words of each state, and nothing of a stranger's text that could run."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from domain import (
    DraftKind,
    Match,
    Outcome,
    Persona,
    Posting,
    PostingLine,
    Problem,
    Reading,
    Section,
    Sentence,
    SentenceKind,
    Step,
    StepState,
    Verdict,
)
from interface.views import (
    banners,
    draft,
    editing,
    evidence,
    letter,
    openings,
    options,
    problem,
    reading,
    start,
)
from interface.views import page as screens
from interface.views.editing import Edit, Line
from tests.interface import fake_outreach as fake

TABLE = {
    Outcome.BLOCKED: "This site does not let programs read it",
    Outcome.NEEDS_BROWSER: "This page is empty until a browser runs it",
    Outcome.EMPTY_BOARD: "No openings on this page right now",
    Outcome.NOT_CAREERS: "This does not look like a careers page",
    Outcome.BAD_ADDRESS: "This address cannot be opened from here",
}


class Tags(HTMLParser):
    """Collects tags, attributes and text as a browser would understand them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def heading(html: str) -> str:
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", html)
    assert len(found) == 1, "one h1 a screen"
    return str(found[0])


def page(**changes: object) -> screens.Page:
    drafted = list(fake.draft(fake.opening(), fake.sample_profile(Persona.JOB_SEEKER)))[-1]
    fields: dict[str, object] = {
        "reading": fake.reading("https://one.example"),
        "opening": fake.opening(),
        "profile": fake.sample_profile(Persona.JOB_SEEKER),
        "kind": DraftKind.COLD_EMAIL,
        "draft": drafted,
    }
    return screens.Page(**{**fields, **changes})  # type: ignore[arg-type]


# --- titles of states ----------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.OPENINGS])
def test_every_outcome_has_a_title_a_reason_and_a_way_on(outcome: Outcome) -> None:
    html = problem.failed_reading(Reading(url="https://contoso.example/jobs", outcome=outcome))
    assert heading(html) == TABLE.get(outcome, problem.TITLES[outcome])
    assert "Paste the text of the opening" in html
    assert len(Tags(html).words) > 150


def test_a_blocked_page_shows_what_was_tried() -> None:
    html = problem.failed_reading(fake.reading("https://blocked.example/jobs"))
    assert "What Inroad tried" in html
    assert "refused, 403 access denied" in html
    assert "answered “403, access denied”" in html


def test_a_pasted_text_is_not_called_a_page_or_an_address() -> None:
    refused = Problem(
        title="This text is too long for one opening", what="It has 60,000 characters.", advice=""
    )
    html = problem.failed_reading(Reading(url="", outcome=Outcome.UNSUPPORTED, problem=refused))
    assert heading(html) == "This text is too long for one opening"
    assert "Try the address again" not in html


def test_links_found_on_a_page_that_is_no_careers_page_can_be_read() -> None:
    assert 'data-fill="https://one.example/"' in problem.failed_reading(
        fake.reading("https://not_careers.example")
    )


def test_reading_has_a_line_for_each_rung_with_name_result_and_time() -> None:
    html = reading.panel("https://northwindhealth.example/careers", fake.steps())
    assert heading(html) == "Reading northwindhealth.example"
    assert "Usually 2 to 6 seconds. Nothing is sent to the company." in html
    assert "opened, 212 KB" in html
    assert "0.7 s" in html
    assert html.count('<li class="waiting">') == len(reading.TO_COME)
    assert 'data-do="stop"' in html


def test_a_later_word_on_a_step_takes_the_place_of_the_earlier() -> None:
    steps = [
        Step(name="Page", state=StepState.RUNNING),
        Step(name="Page", state=StepState.DONE, result="opened"),
    ]
    assert reading.panel("x.example", steps).count('class="name">Page<') == 1


def test_a_slow_site_is_named_after_eight_seconds() -> None:
    assert "Still waiting for slow.example." not in reading.panel("https://slow.example", (), waited=7.9)
    assert "Still waiting for slow.example." in reading.panel("https://slow.example", (), waited=8.0)


def test_waiting_says_how_many_and_how_long() -> None:
    html = reading.waiting(3, 20, has_model=True)
    assert heading(html) == "3 people are ahead of you, about 20 seconds."
    assert "Use the built-in writer now" in html
    assert "Use the built-in writer now" not in reading.waiting(3, 20, has_model=False)


def test_the_list_counts_its_openings_and_what_is_answered() -> None:
    read = fake.reading("https://many.example")
    html = openings.listing(read, fake.rank(read, fake.sample_profile(Persona.JOB_SEEKER)))
    assert heading(html) == "34 openings at Northwind Health"
    assert "7 of 9 answered" in html
    assert html.count('data-do="write"') == 25
    assert "Show 9 more" in html
    assert html.count("Best match<") == 1
    assert html.count("btn primary") == 1


def test_the_list_is_filtered_by_title_place_team_and_skill() -> None:
    ranked = fake.rank(fake.reading("https://many.example"), fake.sample_profile(Persona.JOB_SEEKER))
    assert len(openings.filtered(ranked, "site reliability", "", "")) == 17
    assert {o.posting.department for _, o in openings.filtered(ranked, "", "", "Data")} == {"Data"}
    assert {o.posting.location for _, o in openings.filtered(ranked, "", "Copenhagen", "")} == {"Copenhagen"}
    assert openings.filtered(ranked, "kubernetes", "", "")
    assert "No opening here matches “zzz”." in openings.listing(
        fake.reading("https://many.example"), ranked, words="zzz"
    )


def test_no_evidence_never_gives_an_empty_letter() -> None:
    html = problem.nothing_matches("Nothing in your evidence answers this opening yet.", "Add a résumé.")
    assert heading(html) == "Nothing here matches yet."
    assert "Add a résumé or portfolio" in html
    assert "Use the sample" in html


def test_a_crash_is_calm_and_has_a_reference() -> None:
    html = problem.crashed("ab12cd34")
    assert heading(html) == "Something broke here, not on your side."
    assert "Your address and evidence are kept." in html
    assert "ab12cd34" in html
    assert "Traceback" not in html


# --- the draft -----------------------------------------------------------------------------------------


def test_sources_are_one_list_in_reading_order() -> None:
    marks = letter.numbered(fake.sentences(), fake.posting())
    assert marks == {"p1": "a", "e1": "1", "e2": "2", "p2": "b", "e4": "3"}
    assert letter.count_sources(marks) == "3 yours, 2 from their page"


def test_while_writing_only_something_is_appended_to_the_sources() -> None:
    sentences = fake.sentences()
    lists = [list(letter.numbered(sentences[:n], fake.posting()).items()) for n in range(len(sentences) + 1)]
    for shorter, longer in pairwise(lists):
        assert longer[: len(shorter)] == shorter


def test_a_marker_is_a_named_button_that_stays_with_the_last_word() -> None:
    html = draft.screen(page())
    assert 'class="nb"><span class="u">minutes.</span><button type="button" class="mk"' in html
    names = [
        a["aria-label"]
        for tag, a in Tags(html).tags
        if tag == "button" and (a.get("class") or "").startswith("mk")
    ]
    assert names == ["Source a", "Source 1", "Source 2", "Source b", "Source 3"]


def test_a_claim_and_a_quote_differ_by_more_than_colour() -> None:
    html = draft.screen(page())
    assert 'class="sent claim"' in html
    assert 'class="sent theirs"' in html


def test_while_writing_the_tools_hold_their_place_disabled() -> None:
    events = list(fake.draft(fake.opening(), fake.sample_profile(Persona.JOB_SEEKER)))
    html = draft.screen(page(draft=None, checked=tuple(events[:5])))
    assert html.count(" disabled>") == 3
    assert "Sentence 4 of about 9" in html
    assert 'data-do="stop"' in html
    assert 'aria-busy="true"' in html
    done = draft.screen(page())
    assert " disabled" not in done
    assert 'aria-busy="false"' in done
    assert "Draft ready, 5 sources" in done


def test_a_saved_page_without_an_address_is_not_linked_to() -> None:
    whole = page()
    url = f"https://{screens.UPLOADED}/"
    opening = whole.opening.model_copy(
        update={"posting": whole.opening.posting.model_copy(update={"url": ""})}
    )
    html = draft.screen(
        page(opening=opening, reading=whole.reading.model_copy(update={"url": url}), several=False)
    )
    assert "View the opening" not in html
    assert "a saved page, by" in html
    assert screens.UPLOADED not in html


def test_what_the_page_asks_of_applicants_becomes_a_checklist() -> None:
    html = draft.screen(page())
    assert "Before you send" in html
    assert html.count("Their page asks for it.") == 2
    assert "Read it aloud once." in html


@pytest.mark.parametrize(
    "line",
    [
        "Please do not use AI to write your application.",
        "Applications written by ChatGPT will be rejected.",
        "Tell us, in your own words, why you want this.",
        "No LLMs, please.",
        "Bitte verwende keine KI für dein Anschreiben.",
        "Schreib uns in deinen eigenen Worten.",
        "Merci de ne pas utiliser d’IA pour votre lettre.",
        "Por favor, no uses inteligencia artificial.",
    ],
)
def test_a_wish_for_no_ai_stands_above_the_draft_and_not_in_the_checklist(line: str) -> None:
    read = fake.reading("https://one.example").model_copy(update={"instructions": (line,)})
    html = draft.screen(page(reading=read))
    assert "They ask applicants not to use AI." in html
    assert "Their page asks for it." not in html


@pytest.mark.parametrize(
    "line", ["Tell us about an AI product you built.", "Do not send a photo.", "Mail us by Friday."]
)
def test_other_instructions_are_not_taken_for_that_wish(line: str) -> None:
    assert banners.refuses_ai([line]) == ""


def test_hidden_text_is_counted_and_shown_as_text() -> None:
    html = draft.screen(page(reading=fake.reading("https://noai.example")))
    assert "This page has hidden text." in html
    assert "2 passages no visitor can see were ignored." in html
    assert "Show them" in html
    assert "&lt;img src=x" in html


def test_a_gap_is_never_claimed_and_can_be_said_honestly() -> None:
    html = draft.screen(page())
    assert "Your evidence says “Go (can read)”, so the draft does not claim it." in html
    assert "Say it honestly" in html
    assert "Have you worked with it?" in html
    assert "This draft has no room to say it. A cover letter has." in draft.screen(page(say_gap=True))
    said = Sentence(
        kind=SentenceKind.GLUE, text="You also ask for Go, which my record does not show.", paragraph=1
    )
    honest = page().draft.model_copy(update={"sentences": (said,)})  # type: ignore[union-attr]
    assert "Leave it out again" in draft.screen(page(say_gap=True, draft=honest))
    assert "PCI DSS.</b>" not in draft.screen(page(set_aside=("PCI DSS",)))


def test_every_gap_can_be_answered_the_first_few_at_once() -> None:
    gaps = [fake.opening(answered=4).asked[n] for n in range(4, 9)]
    question = "How long have you run Kubernetes?"
    line = Match(subject="requirement", text="Three years of Kubernetes.", line="p1", question=question)
    covered = line.model_copy(update={"skills": ("Go",), "question": "Go?"})
    opening = fake.opening().model_copy(update={"matches": (*gaps, line, covered)})
    html = draft.screen(page(opening=opening))
    assert "3 more</summary>" in html
    assert "Three years of Kubernetes.</b>" in html
    assert question in html
    assert "Go?" not in html
    assert html.count("Yes, add it</a>") == 5
    assert 'data-add="PCI DSS"' in html


def test_what_was_left_out_is_struck_through_with_its_reason() -> None:
    html = draft.screen(page())
    assert "Left out" in html
    assert '<s dir="auto">I led the on-call team.</s>' in html
    assert "Your résumé says “took part in”, not “led”." in html


def test_how_it_was_made_names_page_writer_and_checks() -> None:
    words = Tags(draft.screen(page())).words
    assert "How this was made" in words
    assert "one.example, by Greenhouse, read 14:02" in words
    assert "Built-in, no model, no cost" in words
    assert "5 of 5 claims and quotes match" in words


def test_a_model_that_failed_says_who_wrote_instead() -> None:
    html = draft.screen(
        page(handover="gpt-oss-120b did not answer, so the built-in writer wrote this.", has_model=True)
    )
    assert "gpt-oss-120b did not answer, so the built-in writer wrote this." in html
    assert "Try the model again" in html


def test_a_draft_that_is_not_ready_says_so() -> None:
    agency = fake.sample_profile(Persona.SERVICE_PROVIDER)
    drafted = list(fake.draft(fake.opening(), agency))[-1]
    html = draft.screen(page(draft=drafted, profile=agency))
    assert "Not ready to send. Add your postal address." in html


def test_only_web_links_become_links() -> None:
    opening = fake.opening().model_copy(
        update={"posting": fake.posting().model_copy(update={"url": "javascript:alert(1)"})}
    )
    assert not [
        a
        for tag, a in Tags(draft.screen(page(opening=opening))).tags
        if (a.get("href") or "").startswith("java")
    ]


# --- an edited draft -----------------------------------------------------------------------------------


def edited(words: str, *, supported: bool, kept: bool = False) -> Edit:
    verdict = Verdict(
        supported=supported, fault="" if supported else "led", evidence_says="" if supported else "wrote"
    )
    line = Line(words=words, verdict=verdict)
    return Edit(subject="S", body=words, paragraphs=(((line,),),), kept=frozenset({words} if kept else ()))


def test_an_edit_without_a_source_has_a_wavy_line_a_mark_and_three_ways_on() -> None:
    words = "I also led the Terraform modules for PostgreSQL used by four teams."
    html = draft.screen(page(edit=edited(words, supported=False), editing=True))
    assert 'class="sent odd"' in html
    assert "Your change has no source" in html
    assert "Your evidence says “wrote”." in html
    assert all(way in html for way in (">Undo<", "Add as evidence", "Keep, it is true"))


def test_an_edit_that_still_holds_keeps_its_source() -> None:
    words = "I wrote the Terraform modules for PostgreSQL used by four teams."
    line = Line(words, Verdict(supported=True), rests_on=("e2",))
    body = editing.body(Edit(subject="S", body=words, paragraphs=(((line,),),)), {"e2": "2"})
    assert 'aria-label="Source 2"' in body


def test_a_kept_line_counts_as_the_persons_own() -> None:
    edit = edited("I led it.", supported=False, kept=True)
    assert "1 line is yours" in editing.legend(edit)
    assert not editing.changes(edit, fake.sentences())


# --- the first screen and the evidence -----------------------------------------------------------------


def test_the_first_screen_has_one_primary_button_and_the_samples() -> None:
    html = start.bar(
        fake.sample_profile(Persona.JOB_SEEKER),
        is_sample=True,
        samples=(("34 openings", "https://m.example"),),
    )
    assert html.count("btn primary") == 1
    assert "Using the sample evidence of Maya Lindqvist, engineer." in html
    assert 'data-fill="https://m.example"' in html


def test_a_model_can_be_chosen_only_where_there_is_one() -> None:
    assert options.block(options.Panel()).count("<option") == 1 + len(options.LANGUAGES)
    html = options.block(options.Panel(models=(("groq:big", "big, at Groq"),), model="groq:big"))
    assert '<option value="groq:big" selected>big, at Groq</option>' in html


def test_a_key_of_ones_own_is_asked_for_and_never_drawn() -> None:
    html = options.block(options.Panel())
    assert 'type="password"' in html
    assert "Inroad neither logs nor stores it" in html
    field = next(a for tag, a in Tags(html).tags if tag == "input" and a.get("name") == "key")
    assert "value" not in field


def test_what_to_put_in_front_is_offered_once_an_opening_is_chosen() -> None:
    assert "Put in front" not in options.block(options.Panel())
    html = options.block(options.Panel(skills=("Go",), evidence=(("e1", "Moved it all."),), stress=("e1",)))
    assert 'name="stress" value="Go">' in html
    assert 'name="stress" value="e1" checked>' in html
    assert "Moved it all." in html


def test_the_header_has_no_dead_links() -> None:
    links = [a["href"] for tag, a in Tags(start.header()).tags if tag == "a" and a.get("class") != "skip"]
    assert links == ["#write", "#write", "#evidence", "#saved"]


@pytest.mark.parametrize(
    ("who", "words", "to"), [("many", "Sign in", "#sign-in"), ("local", "Local", "#account")]
)
def test_the_header_says_who_is_here(who: str, words: str, to: str) -> None:
    html = start.header(who)
    assert f"<bdi>{words}</bdi>" in html
    assert f'id="me" href="{to}"' in html


# --- strangers' text -----------------------------------------------------------------------------------


def hostile_page() -> screens.Page:
    bad = fake.HOSTILE
    lines = (
        PostingLine(id="p0", text=bad, section=Section.TITLE),
        PostingLine(id="p1", text=bad, section=Section.TASKS, heading=bad),
    )
    post = Posting(
        id="j",
        title=bad,
        company=bad,
        location=bad,
        url=f"https://x.example/{bad}",
        lines=lines,
        language=bad,
    )
    matches = (
        Match(subject="skill", text=bad, line="p1", evidence=("e1",)),
        Match(subject="skill", text=bad + "2", line="p1", reason=f"Your evidence says {bad}"),
    )
    profile = fake.sample_profile(Persona.JOB_SEEKER)
    item = profile.evidence[0].model_copy(update={"text": bad, "numbers": ()})
    profile = profile.model_copy(
        update={"name": bad, "headline": bad, "evidence": (item,), "warnings": (bad,)}
    )
    claim = Sentence(kind=SentenceKind.CLAIM, text=bad, rests_on=("e1", "p1"), paragraph=1)
    drafted = list(fake.draft(fake.opening(), fake.sample_profile(Persona.JOB_SEEKER)))[-1]
    dropped = drafted.receipt.dropped[0].model_copy(update={"text": bad, "replaced_by": bad})
    receipt = drafted.receipt.model_copy(update={"dropped": (dropped,), "rung": bad})
    drafted = drafted.model_copy(
        update={"subject": bad, "sentences": (claim,), "notices": (bad,), "language": bad, "receipt": receipt}
    )
    read = Reading(
        url=f"https://x.example/{bad}",
        outcome=Outcome.OPENINGS,
        postings=(post,),
        board=bad,
        warnings=(bad,),
        instructions=(bad, f"No AI {bad}"),
        hidden=(bad,),
    )
    opening = fake.opening().model_copy(update={"posting": post, "matches": matches})
    return page(reading=read, opening=opening, profile=profile, draft=drafted, handover=bad)


def hostile_options(bad: str) -> options.Panel:
    return options.Panel(
        language=bad,
        model=bad,
        why=bad,
        closing=bad,
        recipient=bad,
        stress=(bad,),
        opening=bad,
        named=bad,
        skills=(bad,),
        evidence=((bad, bad),),
        models=((bad, bad),),
        problem=bad,
        key_page=f"https://{bad}",
    )


def hostile_screens() -> list[str]:
    bad, shown = fake.HOSTILE, hostile_page()
    failed = Reading(
        url=bad, outcome=Outcome.BLOCKED, steps=(Step(name=bad, state=StepState.DONE, result=bad),)
    )
    return [
        draft.screen(shown),
        draft.screen(page(edit=edited(bad, supported=False), editing=True)),
        openings.listing(shown.reading, (shown.opening, shown.opening), words=bad, place=bad),
        problem.failed_reading(failed),
        problem.trouble(bad, bad),
        problem.nothing_matches(bad, bad),
        reading.panel(bad, failed.steps),
        evidence.page(
            evidence.Page(shown.profile, form={"name": bad, "experience": bad}, note=bad, wrong=bad)
        ),
        start.bar(shown.profile, is_sample=True, samples=((bad, bad),), more=hostile_options(bad), note=bad),
    ]


@pytest.mark.parametrize("html", hostile_screens())
def test_hostile_values_are_shown_as_text(html: str) -> None:
    parsed = Tags(html)
    assert "<img src=x onerror" in parsed.words or "<img src=x onerror" in str(parsed.tags)
    assert not [tag for tag, _ in parsed.tags if tag in ("img", "script", "iframe", "object")]
    assert not [name for _, attributes in parsed.tags for name in attributes if name.startswith("on")]


def test_what_a_list_asks_of_everyone_is_told_with_each_of_its_openings() -> None:
    whole = page(several=True)
    ours = whole.opening.posting.model_copy(update={"text": "Write to us in English."})
    other = ours.model_copy(update={"id": "j9", "text": "Name your dog."})
    told = ("Write to us in English.", "Name your dog.", "Please do not use AI.")
    read = whole.reading.model_copy(update={"postings": (ours, other), "instructions": told})
    opening = whole.opening.model_copy(update={"posting": ours})
    seen = page(several=True, reading=read, opening=opening).instructions
    assert seen == ("Write to us in English.", "Please do not use AI.")


def test_hidden_text_is_told_on_a_list_too() -> None:
    read = fake.reading("https://many.example").model_copy(update={"hidden": (fake.HOSTILE,)})
    html = openings.listing(read, fake.rank(read, fake.sample_profile(Persona.JOB_SEEKER)))
    assert "This page has hidden text." in html
    assert not [tag for tag, _ in Tags(html).tags if tag == "img"]
