"""The bell between processes: who keeps a job rings it, and a process that has room for one looks at once.

It is a queue of RabbitMQ. The database stays the truth: a message says no more than that there is something
to look for, so one that is lost, comes twice, or is not ours does no harm, and while there is no RabbitMQ
jobs are found by the looks that are made anyway. Everything happens in a thread of its own; who rings never
waits. A message goes to a process only while it has room, one at a time, and counts as taken once the process
has looked.
"""

import contextlib
import logging
import random
import ssl
import threading
from collections import deque
from typing import TYPE_CHECKING, Protocol

from telemetry import faults, metrics

if TYPE_CHECKING:
    from pika import BlockingConnection, URLParameters
    from pika.adapters.blocking_connection import BlockingChannel
    from pika.spec import Basic

log = logging.getLogger(__name__)

QUEUE = "inroad.jobs"
ARGUMENTS = {"x-message-ttl": 60_000, "x-max-length": 10_000}
"""What the queue is declared with: after a minute, a job was found without its message."""

_HEARTBEAT_S = 30
_CONNECT_S = 5.0
_TURN_S = 5.0
_SOONEST_S, _LATEST_S = 1.0, 30.0
_MOST_UNSENT = 100


class Worker(Protocol):
    """Whom it wakes."""

    def has_room(self) -> bool:
        """Whether it could do one more job."""

    def look(self) -> None:
        """Take what waits, as far as there is room."""


class Bell:
    """Rings and hears, from `start` to `stop`.

    Args:
        url: Of the server, with name and password: amqp:// or amqps://.
        worker: Whom to tell.
    """

    def __init__(self, url: str, worker: Worker) -> None:
        self._url, self._worker = url, worker
        self._unsent: deque[str] = deque(maxlen=_MOST_UNSENT)
        self._connection: BlockingConnection | None = None
        self._heard: int | None = None
        self._away, self._pause_s = False, _SOONEST_S
        self._over = threading.Event()
        self._connected = metrics.QUEUE_CONNECTED.labels(QUEUE)
        self._thread = threading.Thread(target=self._stay, daemon=True, name="bell")

    def start(self) -> None:
        self._thread.start()

    def ring(self, id_: str) -> None:
        """Say that a job waits; returns at once, whatever becomes of it."""
        self._unsent.append(id_)
        self.wake()

    def wake(self) -> None:
        """Let it see whether there is room."""
        if (connection := self._connection) is not None:
            with contextlib.suppress(Exception):  # it has just ended
                connection.add_callback_threadsafe(lambda: None)

    def stop(self, within_s: float) -> None:
        """Ring what is not rung yet, and go."""
        self._over.set()
        self.wake()
        if self._thread.is_alive():
            self._thread.join(within_s)

    # --- its own thread

    def _stay(self) -> None:
        import pika  # loads where there is a queue
        from pika.adapters.utils.connection_workflow import AMQPConnectorException
        from pika.exceptions import AMQPError

        logging.getLogger("pika").setLevel(logging.CRITICAL)  # at each try it tells the same in many lines
        while not self._over.is_set():
            try:
                with pika.BlockingConnection(_parameters(self._url)) as connection:
                    self._serve(connection)
            except (AMQPError, AMQPConnectorException, OSError) as error:
                if not self._away:
                    log.warning("the queue is away, jobs are found without it: %s", _reason(error))
                self._away = True
            except Exception as error:  # noqa: BLE001  # jobs are done without it
                faults.logged(log, error, "the queue")
            self._connection, self._heard = None, None
            self._connected.set(0)
            self._unsent.clear()  # others have found them before it is back
            self._over.wait(self._pause_s * random.uniform(0.5, 1.0))  # noqa: S311  # not all at once
            self._pause_s = min(2 * self._pause_s, _LATEST_S)

    def _serve(self, connection: "BlockingConnection") -> None:
        """Ring and hear until told to stop."""
        channel = connection.channel()
        channel.queue_declare(QUEUE, durable=True, arguments=ARGUMENTS)
        channel.basic_qos(prefetch_count=1)
        if self._away:
            log.info("the queue is back")
        self._connection, self._away, self._pause_s = connection, False, _SOONEST_S
        self._connected.set(1)
        while not self._over.is_set():
            self._send(channel)
            had_room = self._worker.has_room()
            if self._heard is not None:
                self._worker.look()
            if channel.consumer_tags and not self._worker.has_room():
                channel.basic_cancel(channel.consumer_tags[0])  # first, so that the next goes to another
            if self._heard is not None:
                answer = channel.basic_ack if had_room else channel.basic_nack
                answer(self._heard)
                self._heard = None
            if not channel.consumer_tags and self._worker.has_room():
                channel.basic_consume(QUEUE, self._hear)
            connection.process_data_events(_TURN_S)
        self._send(channel)

    def _hear(self, _channel: object, method: "Basic.Deliver", _properties: object, _body: bytes) -> None:
        self._heard = method.delivery_tag

    def _send(self, channel: "BlockingChannel") -> None:
        from pika import BasicProperties

        while self._unsent:
            told = BasicProperties(message_id=self._unsent.popleft())  # for who looks into the queue
            channel.basic_publish("", QUEUE, b"", told)


def _parameters(url: str) -> "URLParameters":
    from pika import SSLOptions, URLParameters

    parameters = URLParameters(url)
    if parameters.ssl_options is not None:
        parameters.ssl_options = SSLOptions(ssl.create_default_context(), parameters.host)
    parameters.heartbeat = _HEARTBEAT_S
    parameters.blocked_connection_timeout = _HEARTBEAT_S
    parameters.socket_timeout = parameters.stack_timeout = _CONNECT_S
    parameters.client_properties = {"connection_name": "inroad"}
    return parameters


_REASONS = {
    "ProbableAuthenticationError": "its name or password is not accepted",
    "ProbableAccessDeniedError": "it has no such virtual host, or not for this name",
    "ConnectionBlockedTimeout": "it is short of memory or disk",
    "ChannelClosedByBroker": f"it does not give us the queue {QUEUE} as we need it",
}


def _reason(error: Exception) -> str:
    """Why, without the words of an error, which may quote an address."""
    kind = type(error).__name__
    return f"{_REASONS.get(kind, 'it cannot be reached')} ({kind})"
