"""The model writer: a brief in, typed sentences out as a model writes them, greeting and sign-off from us.

`ask_small_model` gives a callable that puts short questions to the small model.
"""

import logging
from collections.abc import Callable, Generator, Iterator
from contextlib import closing as closed_after
from contextlib import contextmanager
from typing import cast

from chains.budget import Admission, shared
from chains.calling import Exchange, Finish, Use
from chains.embedded.around import EnglishFormulas
from chains.embedded.resume_summary import impersonal
from chains.embedded.tongues.around import TongueFormulas
from chains.prompting import Prompt, estimate_tokens, make_plain_prompt, make_prompt
from chains.sources.contract import Tokens
from chains.typed_lines import TypedLines
from domain import Brief, DraftKind, Estimate, ModelChoice, Sentence, SentenceKind, Usage
from errors import ModelError, NoRoom
from kinds import KINDS
from settings import Settings
from telemetry import metrics

_OURS = (SentenceKind.SUBJECT, SentenceKind.FORMULA)
# A body with fewer words that ran out of tokens is no draft.
_MOST_SENTENCES = 40
# What a reason other than "stop" and running out of tokens means.
_ODD_ENDS = {
    "content_filter": "declined to write this",
    "tool_calls": "asked for tools instead of writing",
    "function_call": "asked for tools instead of writing",
}
# Tokens without which no draft is whole.
_LEAST_ANSWER = 200
# Of a small model's prose: the answer, the context where the server says none, bounds of the prompt.
_PLAIN_ANSWER, _PLAIN_CONTEXT, _LEAST_PLAIN, _MOST_PLAIN = 120, 512, 60, 400
_MOST_SHORT_TOKENS = 600
_LONGEST_SHORT = 10_000
_AGAIN = "Try again, or use the built-in writer."
_log = logging.getLogger(__name__)


def write_with_model(
    brief: Brief,
    settings: Settings,
    choice: ModelChoice | None = None,
    longest_s: float | None = None,
) -> Iterator[Sentence | Usage | Estimate]:
    """Write a draft with one call; each sentence is yielded once its line is complete, the `Usage` last.

    While the call waits for its turn, an `Estimate` is yielded several times a second. Nothing here is
    checked: the sentences are claims of a model until the gate admits them. The subject, the greeting and the
    sign-off are ours, so a model never sees who signs. Closing the generator leaves the queue or ends the
    call.

    Args:
        brief: What to write about.
        settings: Which servers there are.
        choice: The model and the key of a person; by default those that are set up.
        longest_s: The longest wait for a turn worth beginning; by default as set.

    Raises:
        NothingMatches: when no evidence answers anything the posting asks for; no call is made.
        ModelError: when the call would begin too late, or the model does not deliver a whole draft of typed
            lines.
    """
    exchange = Exchange(settings, _drafting(settings), choice)
    make_prompt(brief)  # where nothing matches, no server is asked even for its list
    longest = settings.model_longest_queue_s if longest_s is None else longest_s
    with _counted(exchange):
        yield from _written(exchange, brief, longest)


def _written(exchange: Exchange, brief: Brief, longest_s: float) -> Iterator[Sentence | Usage | Estimate]:
    exchange.find_model()
    prompt = _prompt_for(exchange, brief)
    body = _Lines(exchange) if KINDS[brief.kind].form == "document" else _Body(brief, exchange)
    admission = yield from shared().admit(exchange.plan(prompt.tokens), longest_s)
    messages = tuple(
        (role, text) for role, text in (("system", prompt.system), ("human", prompt.data)) if text
    )
    with admission, closed_after(exchange.stream(messages, admission.heard)) as answer:
        for piece in answer:
            if isinstance(piece, Finish):
                usage = _usage(prompt, piece, body.text)
                admission.settle(usage.prompt_tokens, usage.completion_tokens, usage.cached_tokens)
                _count(usage.prompt_tokens, usage.completion_tokens)
                yield from body.finish(piece)
                yield usage
            else:
                yield from body.feed(piece)
    _log.info("%s: %d typed lines, %d lines of prose", body.model, body.sentences, body.faults)


def foresee(brief: Brief, settings: Settings, choice: ModelChoice | None = None) -> Estimate:
    """What `write_with_model` would take, and when it would begin, if it were called now.

    Raises:
        NothingMatches, ModelError: as there, but no server is asked.
    """
    exchange = Exchange(settings, _drafting(settings), choice)
    exchange.recall_model()
    return shared().foresee(exchange.plan(_prompt_for(exchange, brief).tokens))


def _prompt_for(exchange: Exchange, brief: Brief) -> Prompt:
    """The prompt that the model found can follow.

    Raises:
        ModelError: when it writes prose, and a draft of typed lines is wanted, or has no room for both.
    """
    if exchange.model.writes == "lines":
        prompt = make_prompt(brief)
        room = _LEAST_ANSWER if exchange.model.context is None else exchange.model.context - prompt.tokens
        if room < _LEAST_ANSWER:
            raise ModelError(f"{exchange.model.name} takes in too little text for this.", _AGAIN)
        if exchange.model.context is not None:
            exchange.shorten(room)
        return prompt
    if KINDS[brief.kind].form != "text":
        raise ModelError(f"{exchange.model.name} is too small for more than a résumé summary.", _AGAIN)
    exchange.shorten(_PLAIN_ANSWER)
    context = exchange.model.context or _PLAIN_CONTEXT
    return make_plain_prompt(brief, max(_LEAST_PLAIN, min(context - _PLAIN_ANSWER, _MOST_PLAIN)))


def _drafting(settings: Settings) -> Use:
    return Use(temperature=0.2, most_tokens=settings.model_max_tokens)


def ask_small_model(settings: Settings, choice: ModelChoice | None = None) -> Callable[[str], str]:
    """A callable from a prompt to the small model's answer, at most `_LONGEST_SHORT` characters of it.

    Of an answer that was cut, by the model or by us, the unfinished last line is left out. The callable
    waits for its turn, not longer than for a busy server, and raises `ModelError` when no answer comes.
    """
    most = min(settings.model_max_tokens, _MOST_SHORT_TOKENS)
    use = Use(temperature=0.0, most_tokens=most, is_small=True)

    def ask(prompt: str) -> str:
        exchange = Exchange(settings, use, choice)
        with _counted(exchange):
            return answered(exchange, prompt)

    def answered(exchange: Exchange, prompt: str) -> str:
        if exchange.find_model().writes != "lines":
            raise ModelError(f"{exchange.model.name} is too small to answer questions.", _AGAIN)
        call = exchange.plan(estimate_tokens(prompt))
        text, whole = "", False
        with (
            _waited(shared().admit(call, settings.model_longest_wait_s)) as admission,
            closed_after(exchange.stream((("human", prompt),), admission.heard)) as answer,
        ):
            for piece in answer:
                if isinstance(piece, Finish):
                    whole = piece.reason == "stop"
                    if piece.tokens:
                        admission.settle(*piece.tokens)
                        _count(piece.tokens.asked, piece.tokens.answered)
                elif len(text := text + piece) > _LONGEST_SHORT:
                    break
        return text if whole else text[:_LONGEST_SHORT].rpartition("\n")[0]

    return ask


@contextmanager
def _counted(exchange: Exchange) -> Iterator[None]:
    """Count a call that fails. One whose turn does not come was never made."""
    try:
        yield
    except NoRoom:
        raise
    except ModelError:
        metrics.MODEL_ERRORS.labels(exchange.source.name).inc()
        raise


def _count(asked: int, answered: int) -> None:
    metrics.TOKENS.labels("prompt").inc(asked)
    metrics.TOKENS.labels("completion").inc(answered)


def _waited(waiting: Generator[Estimate, None, Admission]) -> Admission:
    """Wait in silence, where nobody watches."""
    while True:
        try:
            next(waiting)
        except StopIteration as turn:
            return cast(Admission, turn.value)


class _Lines:
    """The model's lines alone, as it proposes them for a document."""

    def __init__(self, exchange: Exchange) -> None:
        self.text = ""
        self.model = exchange.model.name
        self.sentences = 0
        self._lines = TypedLines()

    @property
    def faults(self) -> int:
        return len(self._lines.faults)

    def feed(self, text: str) -> Iterator[Sentence]:
        self.text += text
        yield from self._counted(self._lines.feed(text))

    def finish(self, finish: Finish) -> Iterator[Sentence]:
        """The last line, where it came whole; what was cut off before keeps its worth.

        Raises:
            ModelError: when there is no line at all.
        """
        if finish.reason in _ODD_ENDS:
            raise ModelError(f"{self.model} {_ODD_ENDS[finish.reason]}.", _AGAIN)
        if finish.reason == "stop":
            yield from self._counted(self._lines.finish())
        if not self.sentences:
            raise ModelError(f"{self.model} proposed nothing.", _AGAIN)

    def _counted(self, lines: list[Sentence]) -> Iterator[Sentence]:
        for line in lines:
            self.sentences += 1
            if self.sentences > _MOST_SENTENCES:
                raise ModelError(f"{self.model} sent far more than a draft.", _AGAIN)
            yield line


class _Body:
    """The model's lines between our own."""

    def __init__(self, brief: Brief, exchange: Exchange) -> None:
        self.text = ""
        self._brief = brief
        self._exchange = exchange
        self._formulas = EnglishFormulas(brief) if brief.language == "en" else TongueFormulas(brief)
        self._is_text = KINDS[brief.kind].form == "text"
        self._lines = TypedLines(paragraph=self._formulas.first_paragraph, plain=self._is_text)
        self._said: list[Sentence] = []
        self._why = self._formulas.takes_why and brief.why.strip()
        self._says_gap = brief.say_gap and brief.kind is DraftKind.COVER_LETTER

    @property
    def model(self) -> str:
        return self._exchange.model.name

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
        if finish.reason in _ODD_ENDS:
            raise ModelError(f"{self.model} {_ODD_ENDS[finish.reason]}.", _AGAIN)
        if finish.reason == "stop":
            for sentence in self._lines.finish():
                yield from self._in_place(sentence)
        else:
            for sentence in self._lines.finish(cut=True) if self._is_text else ():
                yield from self._in_place(sentence)
            if not self._asked() and self._words() < self._enough():
                raise ModelError(f"{self.model} cut the answer off.", _AGAIN)
        if not any(s.kind is SentenceKind.CLAIM for s in self._said):
            raise ModelError(f"{self.model} wrote nothing about you.", _AGAIN)
        last = self._said[-1].paragraph
        yield from self._why_line(last)
        yield from self._gap_line(last)
        yield from self._formulas.end(last, self._asked())

    def _enough(self) -> int:
        """Words that make a draft though the tokens ran out; the sentences of a text stand alone."""
        band = KINDS[self._brief.kind].words
        return band.least if self._is_text else band.low

    def _asked(self) -> bool:
        return any(s.kind is SentenceKind.INTENT and s.text.endswith("?") for s in self._said)

    def _words(self) -> int:
        return sum(len(s.text.split()) for s in self._said)

    def _in_place(self, sentence: Sentence) -> Iterator[Sentence]:
        if sentence.kind in _OURS or self._formulas.is_out_of_place(sentence):
            return
        if KINDS[self._brief.kind].form == "text":  # in which nobody says "I"
            sentence = sentence.model_copy(update={"text": impersonal(sentence.text)})
        first = self._formulas.first_paragraph
        if not self._said:
            yield from self._formulas.opening()
        elif sentence.paragraph > first:
            yield from self._why_line(first)
        if sentence.kind is SentenceKind.INTENT and sentence.paragraph > first:
            yield from self._gap_line(sentence.paragraph)
        self._said.append(sentence)
        if len(self._said) > _MOST_SENTENCES:
            raise ModelError(f"{self.model} sent far more than a draft.", _AGAIN)
        yield sentence

    def _why_line(self, paragraph: int) -> Iterator[Sentence]:
        """The person's own line on why this company, at the end of the first paragraph, once."""
        if self._why:
            yield from self._formulas.why(paragraph)
        self._why = ""

    def _gap_line(self, paragraph: int) -> Iterator[Sentence]:
        """What the page asks for and the evidence does not show, before the question, once, if wished."""
        if self._says_gap:
            yield from self._formulas.gap(paragraph)
        self._says_gap = False


def _usage(prompt: Prompt, finish: Finish, answer: str) -> Usage:
    used = finish.tokens or Tokens(prompt.tokens, estimate_tokens(answer))
    return Usage(
        writer="model",
        model=finish.model,
        source=finish.source,
        prompt=prompt.file.label,
        calls=finish.calls,
        prompt_tokens=used.asked,
        completion_tokens=used.answered,
        cached_tokens=used.cached,
        estimated=finish.tokens is None,
        note=finish.note,
    )
