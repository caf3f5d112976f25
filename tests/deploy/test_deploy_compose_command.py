"""`make up` finds what is missing before it starts anything, tries what it started, explains a failure."""

import socket
import stat
from pathlib import Path

import pytest

from tests.deploy.docker_stand_in import Docker

START = "compose up --detach --wait --wait-timeout 600"


@pytest.fixture
def docker(tmp_path: Path) -> Docker:
    """The command in a place of its own, where docker is a stand-in."""
    return Docker(tmp_path)


def says(docker: Docker, *words: str, **variables: str) -> str:
    """What a start that must fail says: a sentence on what happened and one on what to do."""
    outcome = docker.run("up", *words, **variables)
    assert outcome.returncode == 1, outcome
    assert outcome.stderr.splitlines()[-2].startswith("compose: ")
    assert outcome.stderr.splitlines()[-1].startswith("compose: ")
    return outcome.stderr


def started(docker: Docker) -> bool:
    return any(" up " in call for call in docker.calls)


# --- all goes well -----------------------------------------------------------------------------------------


def test_it_starts_waits_tries_and_says_the_address(docker: Docker) -> None:
    outcome = docker.run("up", INROAD_HTTPS_PORT="1", INROAD_DOMAIN="localhost")
    assert outcome.returncode == 0, outcome.stderr
    after = docker.calls[docker.calls.index("compose build") :]
    assert after == ["compose build", START, "smoke --wait 60 --resolve-insecure https://localhost:1"]
    assert "Inroad is at https://localhost:1. Make the first account" in outcome.stdout


def test_a_true_certificate_is_asked_for_where_the_name_can_have_one(docker: Docker) -> None:
    outcome = docker.run(
        "up", INROAD_DOMAIN="inroad.example", INROAD_HTTPS_PORT="443", INROAD_BIND="127.9.9.9"
    )
    assert docker.calls[-1] == "smoke --wait 60 https://inroad.example:443"
    assert "Inroad is at https://inroad.example." in outcome.stdout
    assert "browser asks" not in outcome.stdout


def test_the_password_is_made_once_and_only_its_owner_can_read_it(docker: Docker) -> None:
    docker.put("README", "")
    first = docker.run("up")
    file = docker.folder / "place" / ".env"
    kept = file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (name, password) = kept.strip().split("=")
    assert (name, len(password)) == ("POSTGRES_PASSWORD", 48)
    assert password not in first.stdout + first.stderr + "".join(docker.calls)
    assert docker.run("up").returncode == 0
    assert file.read_text() == kept


def test_what_env_holds_stays_and_is_closed_to_others(docker: Docker) -> None:
    file = docker.put(".env", "GROQ_API_KEY=gsk_mine\n")
    file.chmod(0o644)
    assert docker.run("up").returncode == 0
    assert file.read_text().startswith("GROQ_API_KEY=gsk_mine\nPOSTGRES_PASSWORD=")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_last_line_without_an_end_stays_a_line_of_its_own(docker: Docker) -> None:
    file = docker.put(".env", "GROQ_API_KEY=gsk_mine")
    assert docker.run("up").returncode == 0
    key, password = file.read_text().splitlines()
    assert key == "GROQ_API_KEY=gsk_mine"
    assert password.startswith("POSTGRES_PASSWORD=")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INROAD_DOMAIN", "https://inroad.example"),
        ("INROAD_DOMAIN", "inroad.example:8443"),
        ("INROAD_DOMAIN", "a.example, b.example"),
        ("INROAD_HTTPS_PORT", "https"),
        ("INROAD_HTTP_PORT", "080"),
        ("INROAD_READY_S", "ten"),
        ("INROAD_HTTPS_PORT", "0"),
    ],
)
def test_a_setting_that_cannot_be_used_is_said_before_anything_is_built(
    docker: Docker, name: str, value: str
) -> None:
    assert f"compose: {name} is not a" in says(docker, **{name: value})
    assert not any(" build" in call for call in docker.calls)


def test_a_password_of_the_environment_is_taken_and_written_nowhere(docker: Docker) -> None:
    assert docker.run("up", POSTGRES_PASSWORD="of-a-vault").returncode == 0
    assert not (docker.folder / "place" / ".env").exists()


def test_the_parts_for_good_are_named_in_env(docker: Docker) -> None:
    docker.put(".env", 'POSTGRES_PASSWORD=a\nCOMPOSE_PROFILES="chroma,rabbitmq"\nRABBITMQ_PASSWORD=b\n')
    assert docker.run("up").returncode == 0
    assert docker.environment["CHROMA_URL"] == "http://chroma:8000"
    assert docker.environment["QUEUE_URL"] == "amqp://inroad:b@rabbitmq:5672/"
    assert docker.environment["COMPOSE_PROFILES"] == "chroma,rabbitmq"


def test_without_a_part_the_app_is_told_of_none(docker: Docker) -> None:
    assert docker.run("up").returncode == 0
    assert docker.environment["COMPOSE_PROFILES"] == ""
    assert not {"CHROMA_URL", "QUEUE_URL", "MODEL_SERVER_URL", "JOB_WORKERS"} & docker.environment.keys()


def test_ports_of_our_own_proxy_are_no_obstacle(docker: Docker) -> None:
    docker.tell("running", "proxy\n")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert docker.run("up", INROAD_HTTPS_PORT=str(taken.getsockname()[1])).returncode == 0


def test_down_stops_all_parts_and_keeps_what_people_keep(docker: Docker) -> None:
    assert docker.run("down").returncode == 0
    assert docker.calls[-1] == "compose down"
    assert docker.environment["COMPOSE_PROFILES"] == "model,rabbitmq,chroma"
    assert docker.run("down", "--volumes").returncode == 0
    assert docker.calls[-1] == "compose down --volumes"


def test_it_stops_without_the_password_that_it_was_started_with(docker: Docker) -> None:
    docker.run("down")
    assert docker.environment["POSTGRES_PASSWORD"]
    assert not (docker.folder / "place" / ".env").exists()


# --- something is missing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [(), ("start",), ("up", "cassandra"), ("down", "--all")])
def test_called_wrongly_it_says_how(docker: Docker, words: tuple[str, ...]) -> None:
    outcome = docker.run(*words)
    assert outcome.returncode == 2
    assert "compose.sh up [PROFILE...]" in outcome.stderr
    assert not started(docker)


def test_without_docker(docker: Docker) -> None:
    assert "is not installed" in says(docker, INROAD_COMPOSE="docker-that-is-not-here compose")


def test_with_a_compose_that_is_too_old(docker: Docker) -> None:
    docker.tell("version", "v2.9.0\n")
    assert "is 2.9.0, and 2.21 is needed" in says(docker)


def test_without_the_compose_plugin(docker: Docker) -> None:
    docker.tell("version", "")
    assert "Compose plugin" in says(docker)


def test_with_an_engine_that_does_not_answer(docker: Docker) -> None:
    docker.tell("no-engine")
    assert "docker does not answer" in says(docker)


def test_with_a_port_in_use(docker: Docker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = says(docker, INROAD_HTTPS_PORT=port)
    assert f"Port {port} of 127.0.0.1 is in use." in said
    assert "INROAD_HTTPS_PORT=" in said
    assert not started(docker)


def test_with_a_database_whose_password_was_lost(docker: Docker) -> None:
    docker.tell("volume-inroad_database")
    assert "POSTGRES_PASSWORD is not in .env" in says(docker)
    assert not (docker.folder / "place" / ".env").exists()


def test_with_a_password_that_an_address_cannot_carry(docker: Docker) -> None:
    said = says(docker, POSTGRES_PASSWORD="p@ss/word")
    assert "letters and digits" in said
    assert "p@ss/word" not in said


def test_with_an_env_that_cannot_be_written(docker: Docker) -> None:
    (docker.folder / "place" / ".env").mkdir()
    assert "cannot be written" in says(docker)


def test_with_an_address_that_only_this_computer_reaches(docker: Docker) -> None:
    said = says(docker, MODEL_SERVER_URL="http://localhost:11434/v1")
    assert "MODEL_SERVER_URL leads to localhost" in said
    assert not started(docker)


def test_with_a_model_that_is_not_there(docker: Docker) -> None:
    assert "There is no model at ./models/gguf/mine.gguf" in says(
        docker, "model", INROAD_MODEL_FILE="mine.gguf"
    )
    assert not started(docker)


# --- it does not start -------------------------------------------------------------------------------------

HEALTHY, UP_TO_DATE = "running 0 healthy\n", "exited 0 \n"


@pytest.mark.parametrize(
    ("compose_says", "explained"),
    [
        ("Bind for 127.0.0.1:443 failed: port is already allocated", "A port is in use."),
        ("invalid pool request: Pool overlaps with other one on this address space", "INROAD_PROXY_NETWORK"),
        ("write /var/lib/docker: no space left on device", "The disk is full."),
        ("pull access denied for inroad, repository does not exist", "An image could not be fetched"),
    ],
)
def test_what_compose_says_is_explained(docker: Docker, compose_says: str, explained: str) -> None:
    docker.tell("up-says", compose_says + "\n")
    docker.tell("up-fails")
    said = says(docker)
    assert compose_says in said
    assert explained in said


def test_what_is_not_built_is_not_started(docker: Docker) -> None:
    docker.tell("build-fails")
    assert "It does not work" in says(docker)
    assert not started(docker)


def test_what_compose_waits_for_in_vain_ends(docker: Docker) -> None:
    docker.tell("up-hangs")
    assert "It does not work" in says(docker, INROAD_READY_S="-9")


def test_a_wrong_password_is_told_from_other_failures(docker: Docker) -> None:
    docker.tell("up-fails")
    docker.tell("logs", 'FATAL:  password authentication failed for user "inroad"\n')
    assert "refuses the POSTGRES_PASSWORD of .env" in says(docker)


@pytest.mark.parametrize(
    ("service", "state", "explained"),
    [
        ("postgres", "running 0 unhealthy\n", "The database did not become ready."),
        ("migrate", "exited 1 \n", "could not be brought up to date, so the app was not started"),
        ("app", "running 0 unhealthy\n", "The app did not become ready."),
        ("proxy", "restarting 1 starting\n", "The proxy did not become ready."),
        ("chroma", "exited 137 unhealthy\n", "The part chroma did not become ready."),
    ],
)
def test_the_first_service_that_fails_is_named_with_its_last_lines(
    docker: Docker, service: str, state: str, explained: str
) -> None:
    docker.tell("up-fails")
    for other in ("postgres", "migrate", "app", "proxy", "chroma"):
        docker.tell(f"state-{other}", UP_TO_DATE if other == "migrate" else HEALTHY)
    docker.tell(f"state-{service}", state)
    said = says(docker)
    assert explained in said
    assert f"a line of {service}" in said


def test_what_runs_and_does_not_work_is_a_failure(docker: Docker, tmp_path: Path) -> None:
    docker.tell("smoke-fails")
    for service in ("postgres", "app", "proxy"):
        docker.tell(f"state-{service}", HEALTHY)
    assert "It does not work" in says(docker)
