"""A loopback server that speaks Groq's wire protocol, or plain OpenAI's, with one persona for each way that a
model can behave.

    with StandIn("honest") as server:
        settings = server.settings()
        ...

It stands in for the model only: the client under test is the real one. The persona that lies is in a file of
its own, `obeying_liar`.
"""

import json
import random
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from pydantic import SecretStr

from language import verbs
from settings import Environment, Settings
from tests.groq_limits import Limits, Ticket, TurnedClock

KEY = "gsk_standinstandinstandinstandin"
MODEL = "openai/gpt-oss-120b"
MODELS = (MODEL, "openai/gpt-oss-20b", "qwen/qwen3-32b")
# What each protocol calls the same settings.
SETTINGS = {
    "groq": {
        "key": "groq_api_key",
        "base": "groq_api_base",
        "model": "groq_model",
        "small": "groq_small_model",
    },
    "openai-compatible": {
        "key": "model_server_key",
        "base": "model_server_url",
        "model": "model_name",
        "small": "model_small_name",
    },
}
PATHS = {"groq": "/openai/v1", "openai-compatible": "/v1"}

Persona = Callable[["Exchange"], None]
PERSONAS: dict[str, Persona] = {}


def persona(name: str) -> Callable[[Persona], Persona]:
    """Register a way to answer a chat completion."""

    def register(function: Persona) -> Persona:
        PERSONAS[name] = function
        return function

    return register


# --- the server --------------------------------------------------------------------------------------


class StandIn:
    """The server, on a free port of 127.0.0.1 while the `with` block lasts.

    Args:
        persona: How it answers when `script` is empty.
        seed: Of everything it draws.
        limits: What it holds its callers to; without any, it states none.
        protocol: "groq", or "openai-compatible": no Groq fields, usage only for those who ask, in a chunk of
            its own.

    `script` names the personas of the next calls. `models` are names or whole entries of the listing;
    `cached` of a prompt's tokens were kept from an earlier call. An empty `key` lets everybody in; `keys` are
    the headers that came. `requests` are the bodies of the calls so far, `answers` the texts streamed;
    `hung_up` is set when a client closes the connection before the answer has ended. `lies` is filled by the
    persona that lies; `planted` is what the persona that knows the payload knows.
    """

    def __init__(
        self,
        persona: str = "honest",
        seed: int = 0,
        limits: Limits | None = None,
        protocol: str = "groq",
    ) -> None:
        self.persona = persona
        self.limits = limits
        self.protocol = protocol
        self.cached = 0
        self.key = KEY
        self.keys: list[str | None] = []
        self.script: list[str] = []
        self.models: tuple[str | dict[str, Any], ...] = MODELS
        self.requests: list[dict[str, Any]] = []
        self.answers: list[str] = []
        self.lies: list[Any] = []
        self.planted: Any = None
        self.listings = 0
        self.hung_up = threading.Event()
        self.closing = threading.Event()
        self.random = random.Random(seed)
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.stand_in = self  # type: ignore[attr-defined]  # how a handler finds its server
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def settings(self, **changes: Any) -> Settings:
        """Settings that point the writer here, with limits short enough for tests.

        `key`, `base`, `model` and `small` are those of the protocol.
        """
        base = self.address + ("" if self.protocol == "groq" else PATHS[self.protocol])
        values: dict[str, Any] = {
            "environment": Environment.TEST,
            "key": SecretStr(KEY),
            "base": base,
            "model": MODEL,
            "small": MODELS[1],
            "model_timeout_s": 5.0,
            "model_longest_wait_s": 1.0,
        }
        names = SETTINGS[self.protocol]
        return Settings(**{names.get(name, name): value for name, value in {**values, **changes}.items()})

    def next_persona(self) -> str:
        return self.script.pop(0) if self.script else self.persona

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves early is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @property
    def stand_in(self) -> StandIn:
        return self.server.stand_in  # type: ignore[attr-defined,no-any-return]

    def do_GET(self) -> None:
        exchange = Exchange(self, {})
        if self.path != f"{PATHS[self.stand_in.protocol]}/models":
            return exchange.refuse(404, "not found")
        self.stand_in.listings += 1
        self.stand_in.keys.append(self.headers["Authorization"])
        if self.stand_in.key and self.headers["Authorization"] != f"Bearer {self.stand_in.key}":
            return exchange.refuse(401, "Invalid API Key")
        entries = [
            {"id": model, "object": "model", "active": True} if isinstance(model, str) else model
            for model in self.stand_in.models
        ]
        return exchange.json(200, {"object": "list", "data": entries})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        exchange = Exchange(self, body)
        if self.path != f"{PATHS[self.stand_in.protocol]}/chat/completions":
            return exchange.refuse(404, "not found")
        self.stand_in.keys.append(self.headers["Authorization"])
        if self.stand_in.key and self.headers["Authorization"] != f"Bearer {self.stand_in.key}":
            return exchange.refuse(401, f"Invalid API Key {self.headers['Authorization']}")
        if (limits := self.stand_in.limits) is not None:
            exchange.ticket = limits.admit(body)
            exchange.rate = exchange.ticket.headers
            if exchange.ticket.status != 200:
                return exchange.refuse(exchange.ticket.status, "Rate limit reached")
        self.stand_in.requests.append(body)
        clock = limits.clock if limits else None
        try:
            with clock.stopped() if isinstance(clock, TurnedClock) else nullcontext():
                PERSONAS[self.stand_in.next_persona()](exchange)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
            self.stand_in.hung_up.set()
        return None

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the test says what it needs."""


class Exchange:
    """One request, and what a persona may do with it."""

    def __init__(self, handler: _Handler, body: dict[str, Any]) -> None:
        self.body = body
        self.stand_in = handler.stand_in
        self.random = handler.stand_in.random
        self.rate: dict[str, str] = {}
        self.ticket: Ticket | None = None
        self._handler = handler
        self._sent = ""

    @property
    def data(self) -> "Data":
        return read_data(self.body["messages"][-1]["content"])

    # --- whole answers

    def json(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        payload = json.dumps(body).encode()
        self.head(
            status,
            {"Content-Type": "application/json", "Content-Length": str(len(payload)), **(headers or {})},
        )
        self._handler.wfile.write(payload)

    def refuse(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        self.json(status, {"error": {"message": message, "type": "stand_in", "code": str(status)}}, headers)

    def head(self, status: int, headers: dict[str, str]) -> None:
        self._handler.send_response(status)
        for name, value in {**self.rate, **headers}.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()

    # --- streams

    def begin(self) -> None:
        self.head(200, {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked"})
        first: dict[str, Any] = {"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]}
        if self.stand_in.protocol == "groq":
            first["x_groq"] = {"id": "req"}
        self.event(first)

    def event(self, chunk: dict[str, Any]) -> None:
        frame = {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": self.body["model"],
        }
        self.raw(b"data: " + json.dumps({**frame, **chunk}, ensure_ascii=False).encode() + b"\n\n")

    def raw(self, payload: bytes) -> None:
        """Send bytes as one chunk of the transfer, in two writes that may halve a character."""
        middle = len(payload) // 2
        self._handler.wfile.write(f"{len(payload):x}\r\n".encode() + payload[:middle])
        self._handler.wfile.write(payload[middle:] + b"\r\n")

    def delta(self, text: str) -> None:
        self._sent += text
        self.event({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]})

    def end(self, reason: str = "stop", *, usage: bool = True) -> None:
        limits = self.stand_in.limits
        count = limits.count if limits else (lambda text: len(text) // 4)
        asked = count("".join(m["content"] for m in self.body["messages"]))
        answered = max(1, count(self._sent))
        if limits and self.ticket:
            limits.settle(self.ticket, answered)
        counts: dict[str, Any] = {
            "prompt_tokens": asked,
            "completion_tokens": answered,
            "total_tokens": asked + answered,
        }
        if self.stand_in.cached:
            counts["prompt_tokens_details"] = {"cached_tokens": self.stand_in.cached}
        last: dict[str, Any] = {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}
        is_groq = self.stand_in.protocol == "groq"
        if usage and is_groq:
            last |= {"x_groq": {"id": "req", "usage": counts}, "usage": counts}
        self.event(last)
        if usage and not is_groq and (self.body.get("stream_options") or {}).get("include_usage"):
            self.event({"choices": [], "usage": counts})
        self.raw(b"data: [DONE]\n\n")
        self.end_stream()

    def end_stream(self) -> None:
        self.write(b"0\r\n\r\n")

    def stream(self, text: str, reason: str = "stop", *, usage: bool = True, longest: int = 12) -> None:
        """Stream a text in pieces of up to `longest` characters, which break anywhere."""
        self.stand_in.answers.append(text)
        self.begin()
        for piece in _pieces(text, self.random, longest):
            self.delta(piece)
        self.end(reason, usage=usage)

    def write(self, payload: bytes) -> None:
        self._handler.wfile.write(payload)

    def hang_up(self) -> None:
        self._handler.close_connection = True
        self._handler.wfile.flush()
        self._handler.connection.shutdown(socket.SHUT_RDWR)

    def sleep(self, seconds: float) -> None:
        """Wait, but not longer than the server lives."""
        if self.stand_in.closing.wait(seconds):
            raise BrokenPipeError


def _pieces(text: str, draw: random.Random, longest: int) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = start + draw.randint(1, longest)
        yield text[start:end]
        start = end


# --- what a persona reads ----------------------------------------------------------------------------


@dataclass
class Data:
    """The data of a prompt, read back from its lines."""

    wishes: list[str] = field(default_factory=list)
    we: bool = False
    company: str = ""
    needs: dict[str, str] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)
    deeds: dict[str, tuple[str, str]] = field(default_factory=dict)
    answers: list[tuple[str, list[str]]] = field(default_factory=list)
    text: str = ""

    def organization(self, deed: str) -> str:
        """Of the record that a deed belongs to; empty for a skill."""
        record = self.records.get(self.deeds[deed][0], "")
        return record.rsplit(" at ", 1)[1].split(", ")[0] if " at " in record else ""


def read_data(message: str) -> Data:
    """Read the user message of a prompt: the sender's wishes, then marks around lines of `name: value`."""
    wishes, begun, rest = message.partition("== ")
    mark, *lines, last = (begun + rest).split("\n")
    if mark != last:
        raise ValueError("the data does not stand between two marks")
    data = Data(wishes=wishes.splitlines(), text="\n".join(lines))
    for line in lines:
        name, _, value = line.partition(": ")
        if name == "voice":
            data.we = value.startswith("we")
        elif name == "company":
            data.company = value
        elif name == "answers":
            pairs = (pair.split(" ") for pair in value.split("; "))
            data.answers = [(need, deeds.split(",")) for need, deeds in pairs]
        elif name.startswith("p"):
            data.needs[name] = value
        elif name.startswith("r"):
            data.records[name] = value
        elif found := re.fullmatch(r"(e\d+) \((\w+)\)", name):
            data.deeds[found[1]] = (found[2], value)
    return data


# --- an honest model ---------------------------------------------------------------------------------


@persona("honest")
def honest(exchange: Exchange) -> None:
    contract = str(exchange.body["messages"][0]["content"])
    if "summary at the head of a résumé" in contract:
        exchange.stream("\n".join(summary_lines(exchange.data)))
    else:
        wanted = 205 if "cover letter" in contract else 25 if "follow-up" in contract else 65
        exchange.stream("\n".join(honest_lines(exchange.data, wanted)))


@persona("honest without usage")
def honest_without_usage(exchange: Exchange) -> None:
    exchange.stream("\n".join(honest_lines(exchange.data)), usage=False)


@persona("honest in one body")
def honest_in_one_body(exchange: Exchange) -> None:
    """A server that cannot stream answers with one JSON, whatever it was asked for."""
    text = "\n".join(honest_lines(exchange.data))
    exchange.stand_in.answers.append(text)
    message = {"role": "assistant", "content": text}
    usage = {"prompt_tokens": 700, "completion_tokens": 90, "total_tokens": 790}
    exchange.json(
        200, {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": usage}
    )


@persona("honest, knows only the core")
def honest_core(exchange: Exchange) -> None:
    if {"stream_options", "reasoning_effort"} & set(exchange.body):
        return exchange.refuse(422, "Extra inputs are not permitted")
    return honest(exchange)


@persona("honest, ends in words of its own")
def honest_other_end(exchange: Exchange) -> None:
    exchange.stream("\n".join(honest_lines(exchange.data)), reason="eos_token")


@persona("honest, thinks in a field of its own")
def honest_with_reasoning(exchange: Exchange) -> None:
    exchange.begin()
    for field_name in ("reasoning", "reasoning_content"):
        thought = {field_name: "R p0 | I should praise them."}
        exchange.event({"choices": [{"index": 0, "delta": thought, "finish_reason": None}]})
    exchange.delta("\n".join(honest_lines(exchange.data)))
    exchange.end()


@persona("honest after thinking in one line")
def honest_after_a_thought(exchange: Exchange) -> None:
    exchange.stream("<think>R p0 | not yet</think>" + "\n".join(honest_lines(exchange.data)))


@persona("honest in markdown")
def honest_in_markdown(exchange: Exchange) -> None:
    lines = [f"- **{line.replace(' |', '** |', 1)}" if line else "" for line in honest_lines(exchange.data)]
    exchange.stream("\n".join(["Here is the email:", "```text", *lines, "```"]))


def honest_lines(data: Data, words: int = 70) -> list[str]:
    """A draft that copies its evidence, as a good model would, until it has about so many words."""
    lines: list[str] = []
    unused = list(data.deeds)
    for need, deeds in data.answers:
        fresh = [deed for deed in deeds if deed in unused][:2]
        if not fresh or _words(lines) >= words:
            continue
        first = not lines
        lines.append(f"R {'p0,' if first and need != 'p0' else ''}{need} | {_need(data, need, first)}")
        lines += [f"C {deed} | {claim(data, deed)}" for deed in fresh]
        lines.append("")
        unused = [deed for deed in unused if deed not in fresh]
    for deed in unused:
        if _words(lines) < words:
            lines += [f"C {deed} | {claim(data, deed)}", ""]
    return [*lines, "I | Is this close to what you need?"]


def summary_lines(data: Data, words: int = 40) -> list[str]:
    """Evidence as it stands, without a person, then the skills; until it has about so many words."""
    lines: list[str] = []
    listed = [deed for deed, (owner, _) in data.deeds.items() if owner == "skill"]
    for deed, (_, text) in data.deeds.items():
        if deed not in listed and _words(lines) < words:
            said = _short(re.sub(r"^(?:We|I) ", "", text))
            lines.append(f"C {deed} | {said[:1].upper()}{said[1:]}.")
    if listed:
        skills = ", ".join(data.deeds[deed][1] for deed in listed[:4])
        lines.append(f"C {','.join(listed[:4])} | Skills: {skills}.")
    return lines


def _words(lines: list[str]) -> int:
    return sum(len(line.split("|")[1].split()) for line in lines if line)


def _need(data: Data, need: str, first: bool) -> str:
    text = _lower(re.sub(r"\b[Oo]ur\b", "your", _short(data.needs[need])))
    verb = verbs.lookup(text.split(" ")[0])
    is_task = verb is not None and verb.base == text.split(" ")[0]
    if first and need == "p0":
        return f"{data.company or 'Your team'} is hiring a {data.needs['p0']}."
    if first:
        who = data.company or "Your team"
        return f"{who} is hiring a {data.needs['p0']} {'to' if is_task else 'with'} {text}."
    return f"You also need someone to {text}." if is_task else f"You also ask for {text}."


def claim(data: Data, deed: str) -> str:
    """A piece of evidence in the first person, otherwise as it stands."""
    owner, text = data.deeds[deed]
    pronoun, my = ("we", "our") if data.we else ("I", "my")
    if owner == "skill":
        return f"{my.capitalize()} skills include {text}."
    if verbs.lookup(text.split(" ")[0]) is None and not text.startswith(("We ", "I ")):
        return f"One of {my} projects uses {text.rstrip('.')}."
    act = _lower(_short(re.sub(r"^(?:We|I) ", "", text)))
    organization = data.organization(deed)
    start = f"At {organization}, {pronoun}" if organization else pronoun[0].upper() + pronoun[1:]
    return f"{start} {act}."


def _short(text: str) -> str:
    """Up to the last comma within 18 words."""
    words = text.rstrip(".").split()
    if len(words) <= 18:
        return " ".join(words)
    head = " ".join(words[:18])
    return head.rsplit(", ", 1)[0].rstrip(",")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


# --- models that fail --------------------------------------------------------------------------------


@persona("busy for a moment")
def busy_for_a_moment(exchange: Exchange) -> None:
    exchange.refuse(429, "Rate limit reached", {"retry-after": "0.05"})


@persona("busy for long")
def busy_for_long(exchange: Exchange) -> None:
    exchange.refuse(429, "Rate limit reached", {"retry-after": "840"})


@persona("busy, says so in the reset headers")
def busy_by_reset(exchange: Exchange) -> None:
    headers = {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "2m59.56s"}
    exchange.refuse(429, "Rate limit reached", headers)


def _refuses(status: int, message: str) -> None:
    @persona(str(status))
    def refuse(exchange: Exchange) -> None:
        exchange.refuse(status, message)


for _status, _message in (
    (400, "The model `x` has been decommissioned"),
    (401, f"Invalid API Key {KEY}"),
    (402, "Insufficient credits"),
    (403, f"Forbidden {KEY}"),
    (404, "The model does not exist"),
    (413, "Request too large for model"),
    (500, "Internal server error"),
    (503, "Service unavailable"),
):
    _refuses(_status, _message)


def _refuses_with(name: str, status: int, code: str) -> None:
    @persona(name)
    def refuse(exchange: Exchange) -> None:
        exchange.json(status, {"error": {"message": f"No, {KEY}", "type": "x", "code": code}})


_refuses_with("expired key", 401, "expired_api_key")
_refuses_with("key without this model", 403, "model_permission_blocked_org")
_refuses_with("out of allowance", 429, "insufficient_quota")


@persona("redirect")
def redirect(exchange: Exchange) -> None:
    exchange.json(307, {}, {"Location": "http://127.0.0.1:9/openai/v1/chat/completions"})


@persona("hangs up before answering")
def hangs_up_at_once(exchange: Exchange) -> None:
    exchange.hang_up()


@persona("cut")
def cut(exchange: Exchange) -> None:
    """The stream ends in order, only the answer does not."""
    text = "\n".join(honest_lines(exchange.data))
    exchange.begin()
    exchange.delta(text[: len(text) // 2])
    exchange.raw(b"data: [DONE]\n\n")
    exchange.end_stream()


@persona("cut by the network")
def cut_by_the_network(exchange: Exchange) -> None:
    exchange.begin()
    exchange.delta("R p0 | You are hiring.\nC e1 | I ")
    exchange.hang_up()


@persona("out of tokens")
def out_of_tokens(exchange: Exchange) -> None:
    text = "\n".join(honest_lines(exchange.data))
    exchange.stream(text[: len(text) // 2], reason="length")


@persona("out of tokens after the question")
def out_of_tokens_after_the_question(exchange: Exchange) -> None:
    exchange.stream("\n".join([*honest_lines(exchange.data), "G | That is clo"]), reason="length")


@persona("fails in the stream")
def fails_in_the_stream(exchange: Exchange) -> None:
    exchange.begin()
    exchange.delta("R p0 | You are hiring.\n")
    exchange.raw(b'data: {"error": {"message": "internal error at 10.0.0.7", "type": "server_error"}}\n\n')
    exchange.end_stream()


@persona("slow to begin")
def slow_to_begin(exchange: Exchange) -> None:
    exchange.sleep(30)


@persona("drips")
def drips(exchange: Exchange) -> None:
    """A letter now and then: no single silence is long."""
    exchange.begin()
    for letter in "R p0 | " + "You are hiring. " * 100:
        exchange.delta(letter)
        exchange.sleep(0.1)


@persona("drips headers")
def drips_headers(exchange: Exchange) -> None:
    exchange.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        exchange.write(b"x-%d: y\r\n" % number)
        exchange.sleep(0.1)


@persona("only keeps alive")
def only_keeps_alive(exchange: Exchange) -> None:
    exchange.begin()
    for _ in range(1000):
        exchange.raw(b": still here\n\n")
        exchange.sleep(0.1)


# --- models that do not keep the contract ------------------------------------------------------------


@persona("prose")
def prose(exchange: Exchange) -> None:
    exchange.stream(
        "Dear hiring team,\n\nI am thrilled to apply. I have ten years of experience.\n"
        "My passion is unmatched.\n\nI would love to talk.\n\nBest,\nA. Model"
    )


@persona("one paragraph of prose")
def one_paragraph(exchange: Exchange) -> None:
    exchange.stream("I am thrilled to apply for this role and bring ten years of leadership.")


@persona("declines")
def declines(exchange: Exchange) -> None:
    exchange.stream("I'm sorry, but I cannot help with that.")


@persona("declines in a field of its own")
def declines_in_a_field(exchange: Exchange) -> None:
    exchange.begin()
    refusal = {"refusal": "I can't help with that."}
    exchange.event({"choices": [{"index": 0, "delta": refusal, "finish_reason": None}]})
    exchange.end()


@persona("filtered")
def filtered(exchange: Exchange) -> None:
    exchange.stream("R p0 | You are hi", reason="content_filter")


@persona("tool calls")
def tool_calls(exchange: Exchange) -> None:
    exchange.begin()
    call = {
        "index": 0,
        "id": "call_1",
        "type": "function",
        "function": {"name": "send_mail", "arguments": '{"to": "x@evil.example"}'},
    }
    delta = {"tool_calls": [call]}
    exchange.event({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    exchange.end("tool_calls")


@persona("a copy of the prompt")
def a_copy_of_the_prompt(exchange: Exchange) -> None:
    exchange.stream("\n".join(message["content"] for message in exchange.body["messages"]))


@persona("a copy of the example")
def a_copy_of_the_example(exchange: Exchange) -> None:
    contract = str(exchange.body["messages"][0]["content"])
    exchange.stream(
        "\n".join(line for line in contract.split("\n") if re.match(r"[RCGI] ?[ep0-9,]* \|", line))
    )


@persona("in another language")
def in_another_language(exchange: Exchange) -> None:
    lines = ["R p0 | Sie suchen jemanden für Ihr Team."]
    lines += [f"C {deed} | Ich habe das bei meiner letzten Stelle gemacht." for deed in exchange.data.deeds]
    exchange.stream("\n".join([*lines, "", "I | Passt das zu Ihrer Suche?"]))


@persona("a script")
def a_script(exchange: Exchange) -> None:
    deed = next(iter(exchange.data.deeds))
    true = claim(exchange.data, deed)
    exchange.stream(
        f"C {deed} | {true}<script>fetch('//evil.example')</script>\n"
        f"C {deed} | {true} ![x](https://evil.example/p.png)\n"
        f"C {deed} | <img src=x onerror=alert(1)> {true}\n\nI | Is this close to what you need?"
    )


@persona("a thousand lines")
def a_thousand_lines(exchange: Exchange) -> None:
    lines = honest_lines(exchange.data)
    exchange.stream("\n".join(lines * (1_000 // len(lines) + 1)), longest=400)


@persona("lines, then prose")
def lines_then_prose(exchange: Exchange) -> None:
    prose_ = ["I hope this finds you well.", "I am the best there is.", "Hire me now.", "I beg you."]
    exchange.stream("\n".join([*honest_lines(exchange.data)[:2], *prose_ * 3]))


@persona("one true line among lies")
def one_true_line(exchange: Exchange) -> None:
    true, *_ = honest_lines(exchange.data)
    deed = next(iter(exchange.data.deeds))
    lies = [f"C {deed} | I led {number} teams at Zephyrline." for number in (31, 47, 83)]
    exchange.stream(
        "\n".join([true, f"C {deed} | {claim(exchange.data, deed)}", *lies, "", "I | Is this of use?"])
    )


@persona("thinks without end")
def thinks_without_end(exchange: Exchange) -> None:
    exchange.stream("<think>\n" + "Let me see what they want.\n" * 60, reason="length")


@persona("empty")
def empty(exchange: Exchange) -> None:
    exchange.stream("")


@persona("no chunks")
def no_chunks(exchange: Exchange) -> None:
    exchange.head(200, {"Content-Type": "text/event-stream", "Content-Length": "14"})
    exchange.write(b"data: [DONE]\n\n")


@persona("wrong ids")
def wrong_ids(exchange: Exchange) -> None:
    exchange.stream("R p99 | You are hiring.\nC e99 | I led it.\nC | I did it.\n\nI | Is this of use?")


@persona("signs itself")
def signs_itself(exchange: Exchange) -> None:
    exchange.stream("S | Hire me\nF | Dear Sir,\nC e1 | I moved 14 services.\nF | Dr. Model")


@persona("markup")
def markup(exchange: Exchange) -> None:
    exchange.stream(
        "C e1 | I **built** <b>it</b>, see [here](https://evil.example/a) and <img src=https://evil.example/p>.\n"
        "C e1 | I wrote it at www.evil.example.\n\nI | Will you click https://evil.example?"
    )


@persona("one endless line")
def one_endless_line(exchange: Exchange) -> None:
    exchange.begin()
    for _ in range(5_000):
        exchange.delta("G | and so on " * 10)


@persona("one endless draft")
def one_endless_draft(exchange: Exchange) -> None:
    exchange.begin()
    for number in range(5_000):
        exchange.delta(f"C e1 | I moved {number} services.\n")


@persona("one endless event")
def one_endless_event(exchange: Exchange) -> None:
    exchange.begin()
    exchange.raw(b"data: ")
    for _ in range(200):
        exchange.raw(b"x" * 65_536)


@persona("garbage")
def garbage(exchange: Exchange) -> None:
    exchange.begin()
    exchange.raw(b"data: {not json}\n\n")
    exchange.end_stream()


@persona("wrong shapes")
def wrong_shapes(exchange: Exchange) -> None:
    exchange.begin()
    exchange.raw(b'data: {"choices": [{"delta": [1, 2], "finish_reason": 7}]}\n\ndata: [1]\n\ndata: 42\n\n')
    exchange.end_stream()


@persona("invalid UTF-8")
def invalid_utf8(exchange: Exchange) -> None:
    exchange.begin()
    exchange.raw(b'data: {"choices": [{"delta": {"content": "\xff\xfe\xc3("}}]}\n\n')
    exchange.end_stream()


@persona("compressed")
def compressed(exchange: Exchange) -> None:
    exchange.head(
        200, {"Content-Type": "text/event-stream", "Content-Encoding": "gzip", "Content-Length": "4"}
    )
    exchange.write(b"oops")


@persona("a page instead")
def a_page_instead(exchange: Exchange) -> None:
    page = b"<html><body>It works!</body></html>"
    exchange.head(200, {"Content-Type": "text/html", "Content-Length": str(len(page))})
    exchange.write(page)


@persona("thinks aloud")
def thinks_aloud(exchange: Exchange) -> None:
    exchange.stream("\n".join(["<think>", "R p0 | not yet", "</think>", *honest_lines(exchange.data)]))


@persona("pauses after the first line")
def pauses(exchange: Exchange) -> None:
    """Holds the stream open, so that a test can leave it."""
    first = honest_lines(exchange.data)[0]
    exchange.begin()
    exchange.delta(first + "\n")
    started = time.monotonic()
    while time.monotonic() - started < 20:
        exchange.raw(b": still here\n\n")
        exchange.sleep(0.02)
