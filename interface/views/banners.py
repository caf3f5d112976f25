"""What stands above a draft: what its page asks or hides, who writes, and what is lacking."""

import re
from collections.abc import Sequence

from domain import Estimate, Persona, Profile
from interface.views import editing
from interface.views.markup import button, icon, text
from interface.views.page import Page

AI = re.compile(
    r"\b(A\.?I\.?|artificial intelligence|chatbots?|ChatGPT|GPT|LLMs?|language models?|Copilot"
    r"|machine[- ]written|generated|KI|künstliche[rn]? Intelligenz|Sprachmodelle?|IA"
    r"|intelligence artificielle|inteligencia artificial)\b"
)
REFUSAL = re.compile(
    r"\b(no|not|n[o']t|don['’]t|without|never|refrain|avoid|discourage|declin\w*|reject\w*|disqualif\w*|ban\w*"
    r"|kein\w*|nicht|ohne|verzicht\w*|pas|sans|interdi\w*|évite[zr]|sin|evit\w+|prohib\w+)\b",
    re.I,
)
_VENDOR = re.compile(r"^(What )?[\w.-]+/")  # whose a model is, before its name
OWN_WORDS = re.compile(
    r"\b((in|use) your own words|(in|mit) (deinen|Ihren|euren) eigenen Worten|avec vos propres mots"
    r"|con (tus|sus) propias palabras)\b",
    re.I,
)


def refuses_ai(instructions: Sequence[str]) -> str:
    """The first instruction that asks applicants not to use AI, or ""."""
    for line in instructions:
        if OWN_WORDS.search(line) or (AI.search(line) and REFUSAL.search(line)):
            return line
    return ""


def block(page: Page) -> str:
    parts = []
    if page.stale and page.draft:
        parts.append(
            _banner(
                f"<b>Your evidence has changed.</b> {button('Write again with it', 'rework', style='link')}"
            )
        )
    no_ai = refuses_ai(page.instructions)
    if no_ai:
        parts.append(
            _banner(
                f'<b>They ask applicants not to use AI.</b> <span dir="auto">“{text(no_ai)}”</span> '
                "You decide whether to use this draft.",
                warn=True,
            )
        )
    if page.reading.hidden:
        parts.append(hidden(page.reading.hidden))
    if _lacks_address(page.profile):
        parts.append(_banner(_address(), warn=True))
    parts.append(_by_model(page))
    if page.note:
        parts.append(_banner(f'<span role="status">{text(page.note)}</span>'))
    unsettled = "" if page.editing else editing.unsettled(page.edit)
    if unsettled:
        parts.append(_banner(f"{unsettled}{button('Edit', 'edit', style='link')}"))
    parts += [_banner(f'<span dir="auto">{text(x)}</span>') for x in page.reading.warnings]
    return "".join(parts)


def _lacks_address(profile: Profile) -> bool:
    return profile.persona is Persona.SERVICE_PROVIDER and not profile.postal_address


NOT_READY = "Not ready to send. Add your postal address."


def _address() -> str:
    """What the law wants of an offer of services, with the field for it. It is never made up."""
    return (
        f"<b>{NOT_READY}</b> The law wants it under an offer of services."
        '<form class="one-line" data-submit="set-address" novalidate><label class="sr" for="postal">Postal '
        'address</label><input id="postal" name="address" type="text" maxlength="300" dir="auto" '
        'autocomplete="street-address" placeholder="Street, postcode, town, country" '
        'data-need="Write the address first."><button type="submit" class="btn">Add it</button>'
        '<p class="error" id="postal-error" hidden></p></form>'
    )


def _by_model(page: Page) -> str:
    """Who writes, where it is a model; when it fails, that stands in the same place, so nothing moves."""
    usage = page.draft.receipt.usage if page.draft else None
    failed = page.handover or (usage.fallback if usage else "")
    if failed:
        again = button("Try the model again", "write-model", style="link") if page.has_model else ""
        why = text(_VENDOR.sub(r"\1", failed))
        return _banner(f"<b>{why}</b> {again}", warn=True, style="by-model")
    if usage and usage.writer == "model":
        note = f" {text(usage.note)}" if usage.note else ""
        name = text(usage.model.rpartition("/")[2])
        return _banner(f"<b>{name} wrote this,</b> and each line was checked.{note}", style="by-model")
    if page.model and not page.draft:
        what = f"<b>{text(page.model)} writes this,</b> and each line is checked."
        return _banner(f"{what}{_foreseen(page.estimate)}", style="by-model")
    return ""


def _foreseen(estimate: Estimate | None) -> str:
    """What the call takes, as far as it is known before it is made."""
    if estimate is None:
        return ""
    price = f", at most {estimate.cost:.4f} at the prices set here" if estimate.cost else ""
    return f" It takes at most {estimate.most_tokens:,} tokens{price}."


def _banner(inside: str, *, warn: bool = False, style: str = "") -> str:
    classes = " ".join(x for x in ("banner", "warn" if warn else "", style) if x)
    return f'<div class="{classes}">{icon("warn" if warn else "eye")}<div class="body">{inside}</div></div>'


def hidden(passages: Sequence[str]) -> str:
    """What no visitor of the page can see, as plain text, folded away."""
    was = (
        "1 passage no visitor can see was"
        if len(passages) == 1
        else f"{len(passages)} passages no visitor can see were"
    )
    shown = "".join(f'<pre dir="auto">{text(x)}</pre>' for x in passages)
    label = "Show it" if len(passages) == 1 else "Show them"
    return _banner(
        f"<b>This page has hidden text.</b> {was} ignored. <details><summary>{label}</summary>{shown}"
        f"</details>"
    )
