"""The command line does the same job as the page, for scripts."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

import app
import settings
import store
from accounts import codes
from chains import offers
from store.tables import HEAD
from tests.groq_stand_in import KEY, MODELS, StandIn

ROOT = Path(__file__).parents[1]

POSTING = """Data Engineer
Lumora, Lisbon

What you will do
- Build data pipelines in Python and Airflow
- Move our reports onto PostgreSQL

What we ask for
- 3+ years of Python
- Kubernetes or Terraform
- SQL

Nice to have
- Spark
"""

CSV = 'Techstack,Links\n"Python, PostgreSQL, Kubernetes",https://work.example.net/billing\n'


@pytest.fixture
def posting(tmp_path: Path) -> Path:
    path = tmp_path / "posting.txt"
    path.write_text(POSTING, encoding="utf-8")
    return path


def test_read_lists_the_openings(posting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["read", str(posting)]) == 0
    printed = capsys.readouterr().out
    assert "Data Engineer" in printed
    assert printed.startswith("1 opening, ")


def test_read_as_json_gives_the_whole_reading(posting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["read", str(posting), "--json"]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert reading["outcome"] == "openings"
    assert [p["title"] for p in reading["postings"]] == ["Data Engineer"]


def test_a_saved_page_is_read_as_if_it_came_from_its_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job = {
        "id": 7,
        "title": "Cook",
        "absolute_url": "https://boards.greenhouse.io/arkway/jobs/7",
        "location": {"name": "Porto"},
        "content": "&lt;p&gt;You will cook lunch.&lt;/p&gt;",
    }
    saved = tmp_path / "board.json"
    saved.write_text(json.dumps({"jobs": [job]}), encoding="utf-8")
    url = "https://boards-api.greenhouse.io/v1/boards/arkway/jobs?content=true"
    assert app.main(["read", str(saved), "--url", url, "--json"]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert (reading["board"], reading["postings"][0]["title"]) == ("Greenhouse", "Cook")


@pytest.mark.parametrize("kind", ["cold-email", "cover-letter"])
def test_draft_writes_with_the_sample_when_nothing_else_is_given(
    posting: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["draft", str(posting), "--kind", kind]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Subject: ")
    assert "Lumora" in out
    assert out.rstrip().endswith("Maya Lindqvist") or "Maya Lindqvist" in out


def test_draft_as_json_ties_every_claim_to_evidence(
    posting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["draft", str(posting), "--json"]) == 0
    draft = json.loads(capsys.readouterr().out)["draft"]
    claims = [s for s in draft["sentences"] if s["kind"] == "C"]
    assert claims
    assert all(s["rests_on"] for s in claims)
    assert all(v["supported"] for v in draft["verdicts"])
    assert draft["receipt"]["usage"]["calls"] == 0


@pytest.mark.parametrize("kind", ["cold-email", "cover-letter"])
@pytest.mark.parametrize("persona", ["job-seeker", "service-provider"])
def test_a_portfolio_alone_is_enough_to_write_from(
    posting: Path, tmp_path: Path, persona: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    portfolio = tmp_path / "portfolio.csv"
    portfolio.write_text(CSV, encoding="utf-8")
    choice = ["--portfolio", str(portfolio), "--persona", persona, "--kind", kind]
    assert app.main(["draft", str(posting), *choice]) == 0
    out = capsys.readouterr().out
    assert f"One of {'our' if persona == 'service-provider' else 'my'} projects uses Python" in out
    assert "Lindqvist" not in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["read", "http://169.254.169.254/latest/"], "cannot be opened"),
        (["read", "nonsense"], ""),
        (["draft", "POSTING", "--job", "9"], "no opening 9"),
        (["draft", "POSTING", "--job", "Astronaut"], "Astronaut"),
        (["draft", "POSTING", "--profile", "missing.json"], "missing.json"),
        (["draft", "POSTING", "--portfolio", "POSTING"], ""),
    ],
)
def test_a_failure_is_one_sentence_on_stderr_and_a_non_zero_exit(
    posting: Path, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(posting) if a == "POSTING" else a for a in arguments]
    assert app.main(arguments) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert sentence in captured.err
    assert captured.err.strip()
    assert captured.err.strip().count("\n") == 0
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("command", ["read", "draft"])
def test_a_file_that_is_missing_or_a_folder_is_not_taken_for_an_address(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for source in ("saved.html", "pages/saved.json", "./saved", str(tmp_path / "saved.html")):
        assert app.main([command, source]) == 1
        assert f"The file {Path(source)} cannot be read." in capsys.readouterr().err
    assert app.main([command, str(tmp_path)]) == 1
    assert f"{tmp_path} is a folder." in capsys.readouterr().err


def test_a_source_longer_than_any_file_name_is_an_error_like_any_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert app.main(["read", "a" * 5_000]) == 1
    assert capsys.readouterr().err.strip().count("\n") == 0


@pytest.mark.parametrize(
    "arguments",
    [["--bogus"], ["grow"], ["read"], ["draft", "x", "--kind", "poem"], ["draft", "x", "--seed", "y"]],
)
def test_a_wrong_option_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        app.main(arguments)
    assert left.value.code == 2
    assert capsys.readouterr().err.strip().count("\n") == 0


def test_a_job_is_chosen_by_number_or_by_part_of_its_title(
    posting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["draft", str(posting), "--job", "1", "--json"]) == 0
    by_number = json.loads(capsys.readouterr().out)["opening"]["posting"]["title"]
    assert app.main(["draft", str(posting), "--job", "data eng", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["opening"]["posting"]["title"] == by_number == "Data Engineer"


def test_a_wrong_setting_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import settings

    monkeypatch.setenv("PORT", "none")
    settings.current.cache_clear()
    try:
        assert app.main(["read", "nonsense"]) == 1
        assert "PORT" in capsys.readouterr().err
    finally:
        settings.current.cache_clear()


# --- draft all ---------------------------------------------------------------------------------------


@pytest.fixture
def board(tmp_path: Path) -> Path:
    texts = (
        "You will build pipelines in Python and SQL.",
        "You will cook lunch.",
        "Kubernetes and Terraform",
    )
    jobs = [
        {
            "id": number,
            "title": title,
            "absolute_url": f"https://boards.greenhouse.io/arkway/jobs/{number}",
            "location": {"name": "Porto"},
            "content": f"&lt;h3&gt;Requirements&lt;/h3&gt;&lt;ul&gt;&lt;li&gt;{text}&lt;/li&gt;&lt;/ul&gt;",
        }
        for number, (title, text) in enumerate(
            zip(("Data Engineer", "Cook", "../../Platform Engineer"), texts, strict=True)
        )
    ]
    path = tmp_path / "board.json"
    path.write_text(json.dumps({"jobs": jobs}), encoding="utf-8")
    return path


def draft_all(board: Path, out: Path, *more: str) -> int:
    origin = "https://boards-api.greenhouse.io/v1/boards/arkway/jobs?content=true"
    return app.main(["draft-all", str(board), "--url", origin, "--out", str(out), *more])


def test_draft_all_writes_a_file_and_a_receipt_for_each_opening_that_can_be_answered(
    board: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert draft_all(board, out) == 0
    names = sorted(path.name for path in out.iterdir())
    assert len([name for name in names if name.endswith(".eml")]) == 2
    assert len([name for name in names if name.endswith(".receipt.json")]) == 2
    assert all(".." not in name.removeprefix("drafts") for name in names)
    receipt = json.loads(next(out.glob("*.receipt.json")).read_text(encoding="utf-8"))
    assert receipt["receipt"]["evidence"]
    printed = capsys.readouterr().out
    assert "failed" in next(line for line in printed.splitlines() if "Cook" in line)


def test_a_second_draft_all_goes_on_and_leaves_edited_files_alone(
    board: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert draft_all(board, out, "--limit", "1") == 0
    (first,) = out.glob("*.eml")
    first.write_text("edited", encoding="utf-8")
    capsys.readouterr()
    assert draft_all(board, out) == 0
    assert first.read_text(encoding="utf-8") == "edited"
    assert len(list(out.glob("*.eml"))) == 2
    assert "kept" in capsys.readouterr().out


def test_draft_all_wants_a_folder_it_can_make(
    board: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert draft_all(board, tmp_path / "file" / "out") == 1
    assert "cannot be made" in capsys.readouterr().err


def test_the_models_that_could_write_are_listed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    offers.forget_all()
    with StandIn() as server:
        server.models = (*MODELS, "whisper-large-v3", {"id": "small/model-1b", "context_window": 8192})
        config = server.settings()
        monkeypatch.setattr(settings, "current", lambda: config)
        assert app.main(["models"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Groq:"
    assert lines[1] == f"  groq:{MODELS[0]}  (writes unless you choose another)"
    assert lines[-1] == "  groq:small/model-1b  8,192 tokens"
    assert "whisper" not in str(lines)


def test_without_a_key_the_way_to_one_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "current", lambda: settings.Settings(environment=settings.Environment.TEST))
    assert app.main(["models"]) == 1
    assert capsys.readouterr().out.startswith("Groq: No model key is set. Set GROQ_API_KEY")


def test_a_model_is_chosen_by_its_id(
    posting: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    offers.forget_all()
    with StandIn() as server:
        config = server.settings(data_dir=tmp_path)
        monkeypatch.setattr(settings, "current", lambda: config)
        wanted = ["draft", str(posting), "--writer", "model", "--model", "groq:llama-3.3-70b-versatile"]
        assert app.main(wanted) == 0
    assert server.requests[0]["model"] == MODELS[0]
    assert "llama-3.3-70b-versatile is no longer offered" in capsys.readouterr().err


def test_not_even_at_debug_is_a_request_logged(
    posting: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with StandIn() as server:
        config = server.settings(data_dir=tmp_path, log_level="DEBUG")
        monkeypatch.setattr(settings, "current", lambda: config)
        caplog.set_level(logging.DEBUG)
        assert app.main(["draft", str(posting), "--writer", "model"]) == 0
    assert "typed lines" in caplog.text
    assert not [secret for secret in (KEY, "Kubernetes", "Fernhill") if secret in caplog.text]


def test_draft_all_goes_on_after_it_was_killed(tmp_path: Path) -> None:
    jobs = [
        {
            "id": number,
            "title": f"Data Engineer {number}",
            "absolute_url": f"https://boards.greenhouse.io/arkway/jobs/{number}",
            "content": "&lt;h3&gt;Requirements&lt;/h3&gt;&lt;p&gt;Python and SQL&lt;/p&gt;",
        }
        for number in range(12)
    ]
    board, out = tmp_path / "board.json", tmp_path / "out"
    board.write_text(json.dumps({"jobs": jobs}), encoding="utf-8")
    origin = "https://boards-api.greenhouse.io/v1/boards/arkway/jobs?content=true"
    command = [sys.executable, "app.py", "draft-all", str(board), "--url", origin, "--out", str(out)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.kill()
    kept = (out / "drafts.jsonl").read_bytes().count(b"\n")
    assert kept >= 1
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert len(list(out.glob("*.eml"))) == len(list(out.glob("*.receipt.json"))) == 12
    assert not list(out.glob("*.part"))
    assert sum(line.split()[3] == "kept" for line in done.stdout.splitlines()) >= 1


# --- accounts ----------------------------------------------------------------------------------------


def test_a_code_lets_in_whom_it_is_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = settings.Settings(environment=settings.Environment.TEST, data_dir=tmp_path, accounts=True)
    monkeypatch.setattr(settings, "current", lambda: config)
    kept = store.open_store(config).accounts
    assert app.main(["code", "ada@mail.example"]) == 1
    assert "No account has this email" in capsys.readouterr().err
    kept.register("ada@mail.example", "ada@mail.example", "Ada", "old")
    assert app.main(["code", " ADA@mail.example"]) == 0
    printed = capsys.readouterr()
    assert "Good for one use until" in printed.err
    assert kept.reset("ada@mail.example", codes.hashed(printed.out.strip()), "new")
    assert app.main(["code"]) == 0
    invitation = codes.hashed(capsys.readouterr().out.strip())
    assert kept.register("bob@mail.example", "bob@mail.example", "Bob", "hash", invitation)


def test_without_accounts_there_is_nobody_to_make_a_code_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["code", "ada@mail.example"]) == 1
    assert "There are no accounts here." in capsys.readouterr().err


# --- backups -------------------------------------------------------------------------------------------


@pytest.fixture
def kept_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], store.Store | None]:
    """Lets the commands work in a folder; gives the store in it, where there is one."""

    def at(name: str) -> store.Store | None:
        config = settings.Settings(environment=settings.Environment.TEST, data_dir=tmp_path / name)
        monkeypatch.setattr(settings, "current", lambda: config)
        return store.open_store(config) if store.is_there(config) else None

    return at


def test_what_was_backed_up_is_restored_elsewhere(
    kept_at: Callable[[str], store.Store | None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "all.backup"
    kept_at("one")
    assert app.main(["backup", str(file)]) == 1
    assert "nothing to back up" in capsys.readouterr().err
    store.open_store(settings.current()).create("local", "Mine")
    assert app.main(["backup", str(file)]) == 0
    assert str(file) in capsys.readouterr().out
    kept_at("two")
    assert app.main(["restore", str(file)]) == 0
    there = kept_at("two")
    assert there is not None
    assert [each.label for each in there.profiles("local")] == ["Mine"]
    assert app.main(["restore", str(file)]) == 1
    assert "--replace" in capsys.readouterr().err
    there.create("local", "Newer")
    assert app.main(["restore", str(file), "--replace"]) == 0
    assert [each.label for each in there.profiles("local")] == ["Mine"]


def test_what_is_no_backup_is_not_restored(
    kept_at: Callable[[str], store.Store | None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept_at("one")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    assert app.main(["restore", str(tmp_path / "photo.jpg")]) == 1
    assert "no backup of Inroad" in capsys.readouterr().err
    assert kept_at("one") is None


# --- the database --------------------------------------------------------------------------------------


def test_migrate_says_from_where_to_where(
    kept_at: Callable[[str], store.Store | None], capsys: pytest.CaptureFixture[str]
) -> None:
    kept_at("one")
    assert app.main(["migrate"]) == 0
    assert f"from migration none (new) to {HEAD}" in capsys.readouterr().out
    assert app.main(["migrate", "--wait", "5"]) == 0
    assert f"up to date: migration {HEAD}" in capsys.readouterr().out


def test_migrate_fails_with_one_sentence_where_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    away = settings.Settings(database_url=SecretStr("postgresql://ada:secret@localhost:1/x"))
    monkeypatch.setattr(settings, "current", lambda: away)
    assert app.main(["migrate", "--wait", "1"]) == 1
    waiting, failure = capsys.readouterr().err.splitlines()
    assert "Waiting 1 seconds" in waiting
    assert "cannot be reached right now, also after 1 seconds." in failure


@pytest.mark.parametrize("wait", ["-1", "soon", "999999"])
def test_migrate_waits_for_a_number_of_seconds(wait: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        app.main(["migrate", "--wait", wait])
    assert "--wait" in capsys.readouterr().err
