"""Every way a page can fail to give openings, and the ways on."""

from domain import Outcome, Reading
from interface.views.markup import button, host, stage, text
from interface.views.reading import step_list

TITLES = {
    Outcome.BLOCKED: "This site does not let programs read it",
    Outcome.NEEDS_BROWSER: "This page is empty until a browser runs it",
    Outcome.EMPTY_BOARD: "No openings on this page right now",
    Outcome.CLOSED: "This opening is closed",
    Outcome.NOT_CAREERS: "This does not look like a careers page",
    Outcome.NOT_UNDERSTOOD: "No opening could be made out on this page",
    Outcome.BAD_ADDRESS: "This address cannot be opened from here",
    Outcome.UNREACHABLE: "This site did not answer",
    Outcome.UNSUPPORTED: "This address is not a web page",
}
WHAT = {
    Outcome.BLOCKED: (
        "{host} does not answer programs. Inroad does not work around blocks. Here is what still works."
    ),
    Outcome.NEEDS_BROWSER: (
        "{host} sends an empty page and fills it in by a program that only a browser runs."
    ),
    Outcome.EMPTY_BOARD: "{host} was read, and it lists none.",
    Outcome.CLOSED: "{host} says that this opening takes no more applications.",
    Outcome.NOT_CAREERS: "Nothing on {host} reads like an opening.",
    Outcome.NOT_UNDERSTOOD: "{host} was opened, and its text could not be told apart into openings.",
    Outcome.BAD_ADDRESS: "It is not a public web address.",
    Outcome.UNREACHABLE: "{host} gave no usable answer.",
    Outcome.UNSUPPORTED: "{host} answered with something that cannot be read as a page.",
}
DIRECT = (
    "Many companies keep the same openings on a job board. Look for a link to one of these on their page: "
    "Greenhouse, Lever, Ashby, Workday, Personio, Teamtailor."
)
SUGGESTS_BOARDS = (Outcome.BLOCKED, Outcome.NEEDS_BROWSER, Outcome.UNREACHABLE, Outcome.NOT_UNDERSTOOD)


def _panel(title: str, inside: str, *, more: str = "", name: str = "problem", mark: str = "") -> str:
    """A screen with one panel: a heading, what is known, and the ways on."""
    panel = (
        f'<section class="page"{mark}><div class="panel problem"><div class="inner">'
        f'<h1 tabindex="-1" dir="auto">{text(title)}</h1>{inside}</div>{more}</div></section>'
    )
    return stage("work", name, panel, say=title)


def _what(*words: str) -> str:
    return f'<p class="what" dir="auto">{text(" ".join(w for w in words if w))}</p>'


def failed_reading(reading: Reading) -> str:
    """What came of an address that gave no openings."""
    problem = reading.problem
    what = problem.what if problem and problem.what else _default(reading)
    advice = problem.advice if problem else ""
    title = TITLES.get(reading.outcome, "Nothing could be read here")
    if problem and not reading.url:  # pasted: there is no site, page or address to speak of
        title = problem.title
    return _panel(
        title,
        _what(what, advice)
        + _links(problem.links if problem else ())
        + _paste(again=bool(reading.url) and reading.outcome is not Outcome.BAD_ADDRESS),
        more=_more(reading),
    )


def _default(reading: Reading) -> str:
    return WHAT.get(reading.outcome, "").format(host=host(reading.url))


def _links(links: tuple[tuple[str, str], ...]) -> str:
    if not links:
        return ""
    lines = "".join(
        f'<li><button type="button" class="link" data-fill="{text(url)}" dir="auto">{text(label)}'
        f"</button></li>"
        for label, url in links
    )
    return f'<ul class="links">{lines}</ul>'


def _paste(*, again: bool, wrong: str = "") -> str:
    retry = button("Try the address again", "again", style="btn bare") if again else ""
    return (
        '<form class="paste" data-submit="read-text" novalidate>'
        '<label for="pasted">Paste the text of the opening</label>'
        '<textarea id="pasted" name="text" rows="5" dir="auto" data-need="Paste the text first." '
        'placeholder="Open the page in your browser, select all, copy, and paste it here."></textarea>'
        f'<p class="error" id="pasted-error"{"" if wrong else " hidden"}>{text(wrong)}</p>'
        f'<div class="row"><button type="submit" class="btn primary">Use this text</button>'
        f'<button type="button" class="btn" data-upload="page">Upload a saved page</button>{retry}</div>'
        f"</form>"
    )


def _more(reading: Reading) -> str:
    boards = f"<h2>Or try a more direct address</h2><p class='sub'>{DIRECT}</p>"
    tried = ""
    if reading.steps:
        tried = f"<details open><summary>What Inroad tried</summary>{step_list(reading.steps)}</details>"
    inside = (boards if reading.outcome in SUGGESTS_BOARDS else "") + tried
    return f'<div class="inner">{inside}</div>' if inside else ""


def paste(wrong: str = "") -> str:
    """The box for an opening that has no link; `wrong` says what was wrong with the last text."""
    what = _what("The whole text is best: what the work is, what they ask for, how to apply.")
    return _panel("Paste the opening", what + _paste(again=False, wrong=wrong), name="paste")


def nothing_matches(message: str, advice: str = "", *, is_sample: bool = False, stale: bool = False) -> str:
    """No evidence answers what the opening asks for: never an empty letter.

    With `stale`, evidence was added since, and coming back to this screen writes at once.
    """
    add = '<a class="btn primary" href="#evidence">Add a résumé or portfolio</a>'
    other = button("Back to the start", "start") if is_sample else button("Use the sample", "use-sample")
    return _panel(
        "Nothing here matches yet.",
        f'{_what(message, advice)}<div class="row ways">{add}{other}</div>',
        mark=" data-stale" if stale else "",
    )


def trouble(title: str, advice: str) -> str:
    """Something a person can act on, in the words of the error itself."""
    return _panel(title, _what(advice) + _try_again())


def line(words: str) -> str:
    """What keeps a part of the page from being drawn, in its place."""
    told = f'<p class="error" role="alert">{text(words)}</p>'
    return f'<div class="i"><section class="page">{told}</section></div>'


def crashed(reference: str) -> str:
    """A fault of ours. The reference is in the log beside where it arose."""
    kept = _what("Your address and evidence are kept.")
    small = f'<p class="quiet">Reference {text(reference)}</p>'
    return _panel("Something broke here, not on your side.", kept + small + _try_again())


def _try_again() -> str:
    again = button("Try again", "again", style="btn primary")
    return f'<div class="row ways">{again}{button("Back to the start", "start", style="btn bare")}</div>'
