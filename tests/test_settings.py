"""Settings are typed, safe by environment, and never print a secret."""

from pathlib import Path

import pytest

from errors import SettingsError
from settings import Environment, Settings, load


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("INROAD_ENV", "HOST", "PORT", "GROQ_API_KEY", "GROQ_API_BASE", "INROAD_KEEP_EVIDENCE"):
        monkeypatch.delenv(name, raising=False)


def settings_from(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / ".env"
    file.write_text(text, encoding="utf-8")
    return load(file)


def test_everything_has_a_default(tmp_path: Path) -> None:
    settings = settings_from(tmp_path, "")
    assert (settings.environment, settings.host, settings.port) == (
        Environment.DEVELOPMENT,
        "127.0.0.1",
        7860,
    )
    assert not settings.has_model


def test_a_file_sets_and_the_environment_overrides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8001")
    settings = settings_from(tmp_path, "PORT=8000\nGROQ_MODEL=some/model\n")
    assert (settings.port, settings.groq_model) == (8001, "some/model")


def test_production_listens_on_all_interfaces_unless_told_otherwise(tmp_path: Path) -> None:
    assert settings_from(tmp_path, "INROAD_ENV=production").host == "0.0.0.0"
    assert settings_from(tmp_path, "INROAD_ENV=production\nHOST=10.1.2.3").host == "10.1.2.3"


def test_under_test_no_env_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INROAD_ENV", "test")
    assert load().environment is Environment.TEST


@pytest.mark.parametrize(
    "address",
    ["amqp://localhost", "amqp://name:p%40ss@queue:5672/%2F", "amqps://name:word@queue.example/jobs"],
)
def test_a_queue_is_named_by_its_address_which_is_not_shown(tmp_path: Path, address: str) -> None:
    settings = settings_from(tmp_path, f"QUEUE_URL={address}")
    assert settings.queue_url is not None
    assert settings.queue_url.get_secret_value() == address
    assert "name:" not in repr(settings)


def test_a_queue_needs_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("settings.find_spec", lambda _: None)
    with pytest.raises(SettingsError, match="pip install"):
        settings_from(tmp_path, "QUEUE_URL=amqp://localhost")


@pytest.mark.parametrize(
    "line",
    [
        "PORT=http",
        "PORT=70000",
        "INROAD_ENV=staging",
        "GROQ_API_BASE=localhost",
        "MODEL_SERVER_URL=ollama",
        "MODEL_MAX_TOKENS=4000",
        "LOG_FILE_BYTES=0",
        "LOG_FILES_KEPT=0",
        "LOG_FILE_DAYS=-1",
        "JOB_WORKERS=-1",
        "QUEUE_URL=localhost",
        "QUEUE_URL=http://localhost",
        "QUEUE_URL=amqp://",
        "QUEUE_URL=amqp://name:hush@:5672/",
        "QUEUE_URL=amqp://name:hush@localhost:port/",
        "QUEUE_URL=amqp://name:hush@localhost:0/",
        "QUEUE_URL=amqp://name:hush@[::1/",
        "QUEUE_URL=amqp://name:hush@localhost/?heartbeat=0",
    ],
)
def test_a_wrong_value_stops_the_start_with_one_clear_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(SettingsError) as failure:
        settings_from(tmp_path, line)
    assert line.split("=")[0] in str(failure.value)
    assert "hush" not in str(failure.value)
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize(
    ("lines", "keeps"),
    [
        ("", True),
        ("HOST=localhost", True),
        ("HOST=::1", True),
        ("HOST=127.8.0.1", True),
        ("HOST=0.0.0.0", False),
        ("HOST=10.1.2.3", False),
        ("HOST=inroad.example", False),
        ("INROAD_ENV=production", False),
        ("HOST=0.0.0.0\nINROAD_KEEP_EVIDENCE=true", True),
        ("INROAD_KEEP_EVIDENCE=false", False),
        ("INROAD_KEEP_EVIDENCE=", True),
    ],
)
def test_evidence_is_kept_where_only_this_computer_reaches_the_page(
    tmp_path: Path, lines: str, keeps: bool
) -> None:
    assert settings_from(tmp_path, lines).keeps_evidence is keeps


def test_an_empty_line_in_the_file_means_the_default(tmp_path: Path) -> None:
    assert not settings_from(tmp_path, "GROQ_API_KEY=\nPORT=\n").has_model


def test_the_model_server_is_named_without_its_path(tmp_path: Path) -> None:
    settings = settings_from(tmp_path, "GROQ_API_BASE=http://127.0.0.1:9/openai/v1/")
    assert settings.groq_api_base == "http://127.0.0.1:9"


def test_a_secret_never_prints(tmp_path: Path) -> None:
    settings = settings_from(tmp_path, "GROQ_API_KEY=gsk_very_secret")
    assert settings.has_model
    assert "very_secret" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_a_chroma_server_is_an_address_and_its_token_a_secret(tmp_path: Path) -> None:
    settings = settings_from(tmp_path, "CHROMA_URL=https://vectors.example/\nCHROMA_TOKEN=sesame\n")
    assert settings.chroma_url == "https://vectors.example"
    assert "sesame" not in repr(settings)
    with pytest.raises(SettingsError, match="CHROMA_URL"):
        settings_from(tmp_path, "CHROMA_URL=vectors.example:8000\n")


def test_a_space_believes_its_proxy_where_nothing_else_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().trusted_proxies == ""
    monkeypatch.setenv("SPACE_ID", "someone/inroad")
    assert load().trusted_proxies == "*"
    monkeypatch.setenv("INROAD_TRUSTED_PROXIES", "10.0.0.0/8")
    assert load().trusted_proxies == "10.0.0.0/8"
