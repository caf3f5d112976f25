"""The model writer: a brief in, typed sentences out as a model writes them, greeting and sign-off from us.

A model source is a generator function `(Prompt, Settings, heard) -> str …, Finish`, which raises `ModelError`
for every failure and tells `heard` of each answer; Groq's is the one we have. It is called when its turn has
come in the budget that all calls share.
"""

import logging
from collections.abc import Callable, Generator, Iterator
from random import Random

from chains.budget import Call, account_of, allowance_of, shared
from chains.connection import Heard
from chains.embedded import closing
from chains.embedded.materials import Materials
from chains.embedded.page import Page
from chains.groq import GROQ, Finish, stream
from chains.prompting import Prompt, estimate_tokens, make_prompt
from chains.typed_lines import TypedLines
from domain import Brief, DraftKind, Estimate, Sentence, SentenceKind, Usage
from errors import ModelError
from settings import Settings

Source = Callable[[Prompt, Settings, Heard], Generator[str | Finish, None, None]]

_OURS = (SentenceKind.SUBJECT, SentenceKind.FORMULA)
_OPT_OUT = "If you would rather not hear from us, reply 'no thanks'."
_QUESTION = "Is this close to what you need?"
# A body with fewer words that ran out of tokens is no draft.
_FEWEST_WORDS = {DraftKind.COLD_EMAIL: 60, DraftKind.COVER_LETTER: 200}
_MOST_SENTENCES = 40
_AGAIN = "Try again, or use the built-in writer."
_log = logging.getLogger(__name__)


def write_with_model(
    brief: Brief, settings: Settings, source: Source = stream, longest_s: float | None = None
) -> Iterator[Sentence | Usage | Estimate]:
    """Write a draft with one call; each sentence is yielded once its line is complete, the `Usage` last.

    While the call waits for its turn, an `Estimate` is yielded several times a second. Nothing here is
    checked: the sentences are claims of a model until the gate admits them. The subject, the greeting and the
    sign-off are ours, so a model never sees who signs. Closing the generator leaves the queue or ends the
    call.

    Args:
        brief: What to write about.
        settings: Server, key and model.
        source: Calls the model.
        longest_s: The longest wait for a turn worth beginning; by default as set.

    Raises:
        NothingMatches: when no evidence answers anything the posting asks for; no call is made.
        ModelError: when the call would begin too late, or the model does not deliver a whole draft of typed
            lines.
    """
    prompt = make_prompt(brief)
    body = _Body(brief, settings.groq_model)
    call = call_for(prompt, settings)
    admission = yield from shared().admit(
        call, settings.model_longest_queue_s if longest_s is None else longest_s
    )
    with admission:
        answer = source(prompt, settings, admission.heard)
        try:
            for piece in answer:
                if isinstance(piece, Finish):
                    usage = _usage(prompt, settings, piece, body.text)
                    admission.settle(usage.prompt_tokens, usage.completion_tokens, piece.cached)
                    yield from body.finish(piece)
                    yield usage
                else:
                    yield from body.feed(piece)
        finally:
            answer.close()
    _log.info("%s: %d typed lines, %d lines of prose", settings.groq_model, body.sentences, body.faults)


def foresee(brief: Brief, settings: Settings) -> Estimate:
    """What `write_with_model` would take, and when it would begin, if it were called now.

    Raises:
        NothingMatches: as there.
    """
    return shared().foresee(call_for(make_prompt(brief), settings))


def call_for(prompt: Prompt, settings: Settings) -> Call:
    """The call that a prompt is for, as the budget knows it."""
    server = settings.groq_api_base or GROQ
    key = settings.groq_api_key.get_secret_value() if settings.groq_api_key else ""
    return Call(
        account=account_of(server, settings.groq_model, key),
        model=settings.groq_model,
        prompt_tokens=prompt.tokens,
        most_answer_tokens=settings.model_max_tokens,
        allowance=allowance_of(settings, server),
        prices=(settings.model_price_in, settings.model_price_out),
    )


class _Body:
    """The model's lines between our own."""

    def __init__(self, brief: Brief, model: str) -> None:
        self.text = ""
        self._brief = brief
        self._formulas = _Formulas(brief)
        self._model = model
        self._lines = TypedLines(paragraph=1)
        self._said: list[Sentence] = []
        self._why = " ".join(brief.why.split())
        self._says_gap = brief.say_gap and brief.kind is DraftKind.COVER_LETTER

    @property
    def sentences(self) -> int:
        return len(self._said)

    @property
    def faults(self) -> int:
        return len(self._lines.faults)

    def feed(self, text: str) -> Iterator[Sentence]:
        self.text += text
        for sentence in self._lines.feed(text):
            yield from self._in_place(sentence)

    def finish(self, finish: Finish) -> Iterator[Sentence]:
        """The last line, a question where the model asked none, and our sign-off.

        Raises:
            ModelError: when the answer stops too early, or says nothing about the sender.
        """
        if finish.reason == "stop":
            for sentence in self._lines.finish():
                yield from self._in_place(sentence)
        elif not self._asked() and self._words() < _FEWEST_WORDS[self._brief.kind]:
            raise ModelError(f"{self._model} cut the answer off.", _AGAIN)
        if not any(s.kind is SentenceKind.CLAIM for s in self._said):
            raise ModelError(f"{self._model} wrote nothing about you.", _AGAIN)
        last = self._said[-1].paragraph
        yield from self._why_line(last)
        yield from self._gap_line(last)
        if not self._asked():
            last += 1
            yield Sentence(kind=SentenceKind.INTENT, text=_QUESTION, paragraph=last)
        yield from self._formulas.sign_off(last + 1)

    def _asked(self) -> bool:
        return any(s.kind is SentenceKind.INTENT and s.text.endswith("?") for s in self._said)

    def _words(self) -> int:
        return sum(len(s.text.split()) for s in self._said)

    def _in_place(self, sentence: Sentence) -> Iterator[Sentence]:
        if sentence.kind in _OURS:
            return
        if not self._said:
            yield from self._formulas.opening()
        elif sentence.paragraph > 1:
            yield from self._why_line(1)
        if sentence.kind is SentenceKind.INTENT and sentence.paragraph > 1:
            yield from self._gap_line(sentence.paragraph)
        self._said.append(sentence)
        if len(self._said) > _MOST_SENTENCES:
            raise ModelError(f"{self._model} sent far more than a draft.", _AGAIN)
        yield sentence

    def _why_line(self, paragraph: int) -> Iterator[Sentence]:
        """The person's own line on why this company, at the end of the first paragraph, once."""
        if self._why:
            ended = self._why if self._why.endswith((".", "!", "?")) else f"{self._why}."
            yield Sentence(kind=SentenceKind.CLAIM, text=ended, rests_on=("why",), paragraph=paragraph)
        self._why = ""

    def _gap_line(self, paragraph: int) -> Iterator[Sentence]:
        """What the page asks for and the evidence does not show, before the question, once, if wished."""
        if self._says_gap:
            yield from self._formulas.gap(paragraph)
        self._says_gap = False


class _Formulas:
    """Subject, greeting, gap and sign-off, worded as the built-in writer words them."""

    def __init__(self, brief: Brief) -> None:
        chance = Random(brief.seed)  # noqa: S311  # picks a wording, guards nothing
        self._page = Page(materials=Materials(brief), check=lambda _: True, chance=chance)

    def opening(self) -> list[Sentence]:
        closing.subject(self._page)
        closing.greeting(self._page)
        return self._taken()

    def gap(self, paragraph: int) -> list[Sentence]:
        materials = self._page.materials
        if not materials.gaps:
            return []
        missing, whose = materials.gaps[0], "our" if materials.services else "my"
        text = (
            f"You also ask for {materials.words_for(missing.text)}, which {whose} record does not show yet."
        )
        gap = Sentence(kind=SentenceKind.RECIPIENT, text=text, rests_on=(missing.line,), paragraph=paragraph)
        return [gap]

    def sign_off(self, paragraph: int) -> list[Sentence]:
        self._page.paragraph = paragraph
        if self._page.materials.services:
            self._page.say(SentenceKind.FORMULA, _OPT_OUT)
        closing.sign_off(self._page)
        return self._taken()

    def _taken(self) -> list[Sentence]:
        taken, self._page.sentences = self._page.sentences, []
        return taken


def _usage(prompt: Prompt, settings: Settings, finish: Finish, answer: str) -> Usage:
    asked, answered = finish.tokens or (prompt.tokens, estimate_tokens(answer))
    return Usage(
        writer="model",
        model=settings.groq_model,
        prompt=prompt.file.label,
        calls=finish.calls,
        prompt_tokens=asked,
        completion_tokens=answered,
        estimated=finish.tokens is None,
    )
