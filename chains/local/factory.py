"""From a folder to a writer: GPT-2, T5, BART, and whatever else Transformers knows, chosen by `config.json`.

T5 and BART read a text and write a shorter one; GPT-2 goes on with what it is given; a model with a chat
template is asked as a chat. Which of them a folder holds is all that differs.
"""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from errors import ModelError

Messages = Sequence[tuple[str, str]]
LONGEST_ANSWER = 512
# Where a config says nothing, and where a tokenizer says "no limit".
_USUAL_CONTEXT, _NO_LIMIT = 1_024, 100_000
_PAUSE_S = 60.0
_LIKELIEST = 0.01
_INSTALL = "Run: pip install transformers torch"


class Writer:
    """A loaded model. One text at a time: who calls it sees to that.

    Attributes:
        name: Of its folder.
        context: Tokens that fit prompt and answer, or the prompt where the answer has room of its own.
        writes: "lines" for a chat model, which may keep a contract; "prose" for all others.
    """

    writes: Literal["lines", "prose"] = "prose"

    def __init__(self, name: str, model: Any, tokenizer: Any) -> None:
        self.name = name
        self._model, self._tokenizer = model, tokenizer
        self.context = context_of(model.config, tokenizer)

    def write(
        self, messages: Messages, most_tokens: int, temperature: float, until: float, stopped: threading.Event
    ) -> Iterator[tuple[str, str]]:
        """Yield the text as it comes, with "" until the last pair, which has the reason: stop or length.

        Args:
            messages: Pairs of a role and a text.
            most_tokens: Of the answer.
            temperature: 0 is the likeliest text.
            until: Seconds after which it ends, as if it had run out of tokens.
            stopped: Set from outside, ends it.
        """
        from transformers import StoppingCriteriaList, TextIteratorStreamer

        inputs = self.prompt(messages, most_tokens)
        pieces = TextIteratorStreamer(
            self._tokenizer, skip_prompt=self._is_causal, skip_special_tokens=True, timeout=_PAUSE_S
        )
        wishes = {
            "max_new_tokens": most_tokens,
            "max_time": until,
            "num_beams": 1,
            "do_sample": temperature > _LIKELIEST,
            "streamer": pieces,
            "stopping_criteria": StoppingCriteriaList([lambda *_, **__: stopped.is_set()]),
        }
        if temperature > _LIKELIEST:
            wishes["temperature"] = temperature
        if self.writes == "prose":  # small models fall into circles
            wishes["no_repeat_ngram_size"] = 3
        work = _Work(self._model, inputs, wishes, pieces)
        work.start()
        try:
            yield from ((piece, "") for piece in pieces if piece)
        finally:
            stopped.set()
            work.join()
        if work.error is not None:
            raise work.error
        yield "", "stop" if self._has_ended(work.output) else "length"

    def count(self, text: str) -> int:
        """Tokens of a text, by the model's own tokenizer."""
        return len(self._tokenizer(text, add_special_tokens=False)["input_ids"])

    def prompt(self, messages: Messages, most_tokens: int) -> Any:
        """The tokens that the model is given, never more than fit."""
        raise NotImplementedError

    @property
    def _is_causal(self) -> bool:
        return not self._model.config.is_encoder_decoder

    def _has_ended(self, output: Any) -> bool:
        end = self._model.generation_config.eos_token_id
        ends = end if isinstance(end, list) else [end]
        return output is not None and int(output[0][-1]) in ends

    def _encoded(self, text: str, most: int) -> Any:
        return self._tokenizer(text, return_tensors="pt", truncation=True, max_length=max(1, most))


class Shortener(Writer):
    """T5, BART and their like: the text in, a shorter one out."""

    def prompt(self, messages: Messages, most_tokens: int) -> Any:  # noqa: ARG002  # the answer has its own room
        return self._encoded(self._prefix + _last(messages), self.context)

    @property
    def _prefix(self) -> str:
        """What it was trained to see before a text to shorten, as its config says."""
        tasks = getattr(self._model.config, "task_specific_params", None) or {}
        usual = "summarize: " if self._model.config.model_type in ("t5", "mt5", "longt5") else ""
        return str(tasks.get("summarization", {}).get("prefix", usual))


class Continuer(Writer):
    """GPT-2 and its like: the text and "TL;DR:" in, what may follow out (Radford et al. 2019, 3.6)."""

    def prompt(self, messages: Messages, most_tokens: int) -> Any:
        cue = "\nTL;DR:"
        room = self.context - most_tokens - self.count(cue) - 2
        text = self._tokenizer.decode(
            self._tokenizer(_last(messages), truncation=True, max_length=max(1, room))["input_ids"],
            skip_special_tokens=True,
        )
        return self._encoded(text + cue, self.context - most_tokens)


class Talker(Writer):
    """A model with a chat template."""

    writes: Literal["lines", "prose"] = "lines"

    def prompt(self, messages: Messages, most_tokens: int) -> Any:
        turns = [{"role": role, "content": text} for role, text in messages]
        text = self._tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        encoded = self._tokenizer(text, return_tensors="pt", add_special_tokens=False)
        if encoded["input_ids"].shape[1] > self.context - most_tokens:
            raise ModelError("The prompt is longer than the model takes.")
        return encoded


class _Work(threading.Thread):
    """A generation, in a thread, since it hands its text out through a queue."""

    def __init__(self, model: Any, inputs: Any, wishes: dict[str, Any], pieces: Any) -> None:
        super().__init__(daemon=True, name="generate")
        self.output: Any = None
        self.error: BaseException | None = None
        self._model, self._inputs, self._wishes, self._pieces = model, inputs, wishes, pieces

    def run(self) -> None:
        try:
            self.output = self._model.generate(**self._inputs, **self._wishes)
        except BaseException as error:  # noqa: BLE001  # carried to the caller's thread and raised there
            self.error = error
            self._pieces.end()


def _last(messages: Messages) -> str:
    """What the person says last; a model of this kind would take orders for a part of the text."""
    return next((text for role, text in reversed(messages) if role == "user"), "")


def context_of(config: Any, tokenizer: Any) -> int:
    """How many tokens fit, by the names that GPT-2, BART, T5 and Llama give it."""
    for name in ("n_positions", "max_position_embeddings"):
        value = getattr(config, name, None)
        if isinstance(value, int) and value > 0:
            return value
    limit = int(getattr(tokenizer, "model_max_length", 0) or 0)
    return limit if 0 < limit < _NO_LIMIT else _USUAL_CONTEXT


# --- loading -----------------------------------------------------------------------------------------


def load(folder: Path) -> Writer:
    """The writer that a folder holds.

    Raises:
        ModelError: when the libraries, the folder or a part of it is missing, or cannot be read.
    """
    if not (folder / "config.json").is_file():
        raise ModelError(
            f"There is no model in {folder}.", "Name a folder with config.json, weights and tokenizer."
        )
    try:
        import torch
        from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer
    except ImportError:
        raise ModelError("Local models need Transformers and PyTorch.", _INSTALL) from None
    here: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    try:
        config = AutoConfig.from_pretrained(folder, **here)
        kind = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
        tokenizer = AutoTokenizer.from_pretrained(folder, **here)
        # Weights in the other format are programs; these are numbers.
        model = kind.from_pretrained(folder, use_safetensors=True, dtype=torch.float32, **here)
    except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
        raise ModelError(
            f"The model in {folder} cannot be loaded ({type(error).__name__}).",
            "It needs config.json, model.safetensors and the files of its tokenizer.",
        ) from error
    model.eval()
    return _writer(folder.resolve().name, model, tokenizer)


def _writer(name: str, model: Any, tokenizer: Any) -> Writer:
    if getattr(tokenizer, "chat_template", None):
        return Talker(name, model, tokenizer)
    if model.config.is_encoder_decoder:
        return Shortener(name, model, tokenizer)
    return Continuer(name, model, tokenizer)
