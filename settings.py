"""Every setting, typed, from the environment or `.env`.

`INROAD_ENV` (development, test, production) changes defaults safely: production listens on all interfaces,
and test never reads `.env`. A wrong value stops the start with one line.
"""

import os
from enum import StrEnum
from functools import lru_cache
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from errors import SettingsError

ROOT = Path(__file__).resolve().parent


def _usable_processors() -> int:
    """Of those that this process may use, three at most: more would only take turns at one interpreter."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(3, usable)


class Environment(StrEnum):
    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Settings by name; each reads the environment variable of the same name in capitals, unless aliased."""

    model_config = SettingsConfigDict(
        extra="ignore", frozen=True, env_ignore_empty=True, populate_by_name=True
    )

    environment: Environment = Field(
        default=Environment.DEVELOPMENT, validation_alias=AliasChoices("INROAD_ENV", "environment")
    )
    host: str = Field(default="127.0.0.1", description="address to listen on; 0.0.0.0 in production")
    port: int = Field(default=7860, ge=0, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    max_users_writing: int = Field(
        default_factory=lambda: _usable_processors() + 1,
        ge=1,
        le=64,
        description="drafts written, and pages read, at once; by default one more than processors, up to 4",
    )
    max_users_waiting: int = Field(default=20, ge=1, le=1000)

    groq_api_key: SecretStr | None = None
    groq_api_base: str | None = Field(
        default=None, description="another Groq-compatible server, without /openai/v1"
    )
    groq_model: str = "openai/gpt-oss-120b"
    groq_small_model: str = Field(default="openai/gpt-oss-20b", description="points out openings on pages")
    model_server_url: str | None = Field(
        default=None, description="a server that speaks OpenAI's protocol, up to and with its /v1"
    )
    model_server_key: SecretStr | None = Field(
        default=None, description="most servers of one's own need none"
    )
    model_name: str = Field(default="", description="the model there; by default the best one that it lists")
    model_small_name: str = Field(default="", description="its small model; by default the same")
    model_timeout_s: float = Field(default=30.0, gt=0, le=120)
    model_max_tokens: int = Field(default=600, ge=64, le=600, description="free-tier admission counts this")
    model_longest_wait_s: float = Field(
        default=20.0, ge=0, le=120, description="longest retry-after we wait out"
    )

    # Groq's free tier, a model; 0 is no limit. Another server has none unless one is set.
    model_requests_per_minute: int = Field(default=30, ge=0)
    model_requests_per_day: int = Field(default=1_000, ge=0)
    model_tokens_per_minute: int = Field(default=8_000, ge=0)
    model_tokens_per_day: int = Field(default=200_000, ge=0)
    model_longest_queue_s: float = Field(
        default=120.0, ge=0, le=3_600, description="longest wait for a turn before the built-in writer writes"
    )
    model_price_in: float = Field(default=0.0, ge=0, description="of a million prompt tokens; 0 is free")
    model_price_out: float = Field(default=0.0, ge=0, description="of a million answer tokens; 0 is free")

    fetch_deadline_s: float = Field(default=20.0, gt=0, le=60)
    fetch_connect_s: float = Field(default=5.0, gt=0, le=30)
    fetch_read_s: float = Field(default=10.0, gt=0, le=30)
    fetch_max_bytes: int = Field(default=5_000_000, ge=10_000, le=50_000_000)
    fetch_interval_s: float = Field(
        default=1.0, ge=0, le=10, description="seconds between two requests to one host"
    )
    fetch_longest_wait_s: float = Field(
        default=5.0, ge=0, le=60, description="longest Retry-After of a busy site we wait out"
    )
    fetch_fresh_s: float = Field(
        default=300.0, ge=0, le=86_400, description="seconds for which an answer is not asked for again"
    )
    fetch_cache_bytes: int = Field(
        default=20_000_000, ge=0, le=1_000_000_000, description="room for kept answers; 0 keeps none"
    )
    followed_links: int = Field(default=10, ge=0, le=25, description="postings opened from one list page")

    # Not `browser`: many desktops set BROWSER to the name of one.
    reading_browser: bool = Field(
        default=False,
        validation_alias=AliasChoices("INROAD_BROWSER", "reading_browser"),
        description="run pages that are empty without scripts in Chromium; needs [browser] and about 400 MB",
    )
    browser_deadline_s: float = Field(default=20.0, ge=5, le=60, description="longest run of one page")
    reading_model: bool = Field(
        default=False,
        validation_alias=AliasChoices("INROAD_READING_MODEL", "reading_model"),
        description="let the small model point out openings where nothing else could; needs a key",
    )

    # Empty means: where only this computer can reach the page.
    keep_evidence: bool | None = Field(
        default=None,
        validation_alias=AliasChoices("INROAD_KEEP_EVIDENCE", "keep_evidence"),
        description="one person's evidence is found again; else each visitor's goes with their page",
    )

    data_dir: Path = Field(
        default=ROOT / "data",
        validation_alias=AliasChoices("INROAD_DATA_DIR", "data_dir"),
        description="where the database lies unless database_url names another",
    )
    database_url: SecretStr | None = Field(
        default=None, description="a PostgreSQL or SQLite address; by default a file in data_dir"
    )
    chroma_url: str | None = Field(
        default=None, description="a Chroma server for the index of evidence; by default a folder in data_dir"
    )
    chroma_token: SecretStr | None = Field(default=None, description="sent to the Chroma server")

    accounts: bool = Field(
        default=False,
        validation_alias=AliasChoices("INROAD_ACCOUNTS", "accounts"),
        description="many people, each signed in and alone with their data; the first account administers",
    )
    registration: Literal["open", "invited"] = Field(
        default="open",
        validation_alias=AliasChoices("INROAD_REGISTRATION", "registration"),
        description="who may make an account: anybody, or whom the administrator gives a code",
    )
    session_days: int = Field(default=30, ge=1, le=365, description="days unused until a sign-in ends")
    # Empty means: where this runs as a Hugging Face Space, which is shown in a frame of another site.
    in_frame: bool | None = Field(
        default=None,
        validation_alias=AliasChoices("INROAD_IN_FRAME", "in_frame"),
        description="the page is shown inside another site, so its cookie must travel there",
    )
    public_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("INROAD_PUBLIC_URL", "public_url"),
        description="the address people use, where a proxy in front hides it",
    )
    trusted_proxies: str = Field(
        default="",
        validation_alias=AliasChoices("INROAD_TRUSTED_PROXIES", "trusted_proxies"),
        description="addresses or networks of proxies whose X-Forwarded-For is believed, with commas between",
    )
    cors_origins: str = Field(
        default="",
        validation_alias=AliasChoices("INROAD_CORS_ORIGINS", "cors_origins"),
        description="sites whose pages may call the REST API with a token, with commas between",
    )
    api_requests_per_minute: int = Field(default=120, ge=1, description="of one account to the REST API")
    api_anonymous_requests_per_minute: int = Field(
        default=30, ge=0, description="of one address without a token; 0 answers none"
    )
    job_workers: int = Field(
        default=2, ge=0, le=16, description="background jobs done at the same time; 0 leaves them to workers"
    )
    queue_url: SecretStr | None = Field(
        default=None, description="a RabbitMQ server by which processes tell each other at once of new jobs"
    )
    mcp: bool = Field(
        default=False,
        validation_alias=AliasChoices("INROAD_MCP", "mcp"),
        description="answer assistants at /mcp, with tokens of accounts; needs the package mcp",
    )
    metrics_token: SecretStr | None = Field(
        default=None, description="what asks for /metrics must show it; without it only direct neighbours may"
    )
    log_format: Literal["text", "json"] = Field(
        default="text",
        validation_alias=AliasChoices("INROAD_LOG_FORMAT", "log_format"),
        description="json in production",
    )
    log_file: Path | None = Field(
        default=None,
        validation_alias=AliasChoices("INROAD_LOG_FILE", "log_file"),
        description="JSON lines go there while it serves, where nothing else rotates what it prints",
    )
    log_file_bytes: int = Field(default=10_000_000, ge=10_000, description="from which a file is full")
    log_files_kept: int = Field(default=5, ge=1, le=100, description="full files beside the one written now")
    log_file_days: int = Field(
        default=0, ge=0, le=3_650, description="days after which a full file is deleted; 0 keeps it"
    )
    revision: str = Field(
        default="",
        max_length=64,
        validation_alias=AliasChoices("INROAD_REVISION", "revision"),
        description="of the source that runs, told at /metrics; an image sets it",
    )

    embedding_dir: Path = Field(default=ROOT / "models" / "minilm-int8")
    max_pasted_characters: int = Field(default=50_000, ge=1_000)

    @field_validator("groq_api_base", "chroma_url", "model_server_url", "public_url")
    @classmethod
    def _is_http(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/") if value else value

    @field_validator("queue_url")
    @classmethod
    def _is_amqp(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        try:
            parts = urlsplit(value.get_secret_value())
            usable = parts.scheme in ("amqp", "amqps") and parts.hostname and parts.port != 0
        except ValueError:
            usable = False
        if not usable or parts.query or parts.fragment:
            raise ValueError("must be amqp://NAME:PASSWORD@HOST:PORT/VHOST or amqps://, with nothing after")
        if find_spec("pika") is None:
            raise ValueError("needs one more package: run pip install 'pika>=1.4,<2'")
        return value

    @field_validator("groq_api_base")
    @classmethod
    def _without_path(cls, value: str | None) -> str | None:
        return value.removesuffix("/openai/v1") if value else value

    @field_validator("model_server_url")
    @classmethod
    def _without_door(cls, value: str | None) -> str | None:
        for door in ("/chat/completions", "/completions", "/models"):
            value = value.removesuffix(door) if value else value
        return value

    @property
    def has_model(self) -> bool:
        """Whether a model can be asked without a key of the person's own."""
        return self.groq_api_key is not None or self.model_server_url is not None

    @property
    def keeps_evidence(self) -> bool:
        """Whether the one person at this computer finds their evidence again, as no one else can reach it."""
        if self.accounts:
            return False
        return is_loopback(self.host) if self.keep_evidence is None else self.keep_evidence

    @property
    def framed(self) -> bool:
        """Whether the page is shown inside another site, as a Hugging Face Space is."""
        return "SPACE_ID" in os.environ if self.in_frame is None else self.in_frame


def is_loopback(host: str) -> bool:
    """Whether only programs of this computer can reach what listens there."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def load(env_file: Path | None = None) -> Settings:
    """Read the settings; raise `SettingsError` naming the first wrong one.

    Args:
        env_file: The `.env` to read; by default the one beside this file, and none under `INROAD_ENV=test`.
    """
    if env_file is None and os.environ.get("INROAD_ENV") != "test":
        env_file = ROOT / ".env"
    try:
        settings = Settings(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings' own keyword
    except ValidationError as error:
        raise SettingsError(_first_fault(error), "See .env.example for what each setting takes.") from None
    if settings.environment is Environment.PRODUCTION and "host" not in settings.model_fields_set:
        settings = settings.model_copy(update={"host": "0.0.0.0"})  # noqa: S104  # a container is reached from outside
    if "SPACE_ID" in os.environ and "trusted_proxies" not in settings.model_fields_set:
        # Only its own proxy reaches a Hugging Face Space; else all visitors would count as one address.
        settings = settings.model_copy(update={"trusted_proxies": "*"})
    if settings.environment is Environment.PRODUCTION and "log_format" not in settings.model_fields_set:
        settings = settings.model_copy(update={"log_format": "json"})
    return settings


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_input=False, include_url=False)[0]
    name = ".".join(str(part) for part in fault["loc"]).upper()
    return f"The setting {name} cannot be used: {fault['msg'][0].lower()}{fault['msg'][1:]}."


@lru_cache(maxsize=1)
def current() -> Settings:
    """The settings of this process, read once."""
    return load()
