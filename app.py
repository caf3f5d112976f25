"""Inroad on one machine: serve the page, or do the same job on the command line.

    python app.py                                   serve on http://127.0.0.1:7860
    python app.py read URL_OR_FILE [--url ORIGIN] [--json]
    python app.py draft URL_OR_FILE [--url ORIGIN] [--kind cover-letter] [--profile FILE] [--job N_OR_TITLE]
    python app.py models                            which models could write
    python app.py work                              do background jobs, and serve no page
    python app.py mcp                               the same verbs as tools of an assistant, over stdio
    python app.py draft-all URL_OR_FILE --out DIR [--limit 20] [--kind cover-letter] [--profile FILE]
    python app.py code [EMAIL]                      a code to set a new password, or to make an account
    python app.py migrate [--wait SECONDS]          bring the database up to date before serving
    python app.py backup FILE                       everything that is kept, as one file
    python app.py restore FILE [--replace]          into an empty database, or in place of what is there

Exit code 0 only with a result; an error is one sentence on stderr.
"""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn, get_args

import settings
from domain import Draft, DraftKind, Language, Outcome, Persona, Posting, Profile, Reading
from errors import DocumentError, InroadError, NotFound
from telemetry import logs

if TYPE_CHECKING:
    from batch import Job
    from outreach import Opening, Options

# What names a file even if there is none: a path, or the name of a saved page.
_FILE = re.compile(r"(?!//)[/.~].*|(?:[^:/.]+/)*[^:/]+\.(?:html?|json|txt)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        config = settings.current()
        logs.configure(config.log_level, config.log_format)
        return int(options.run(options))
    except InroadError as error:
        print(_one_line(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, like every other error."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. Add --help to see what it takes.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="app.py", description="A careers page in, a provable draft out.")
    parser.set_defaults(run=_serve)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    reading = commands.add_parser("read", help="read the openings of a page")
    drafting = commands.add_parser("draft", help="write a draft for one opening")
    commands.add_parser("models", help="list the models that could write").set_defaults(run=_models)
    commands.add_parser("work", help="do background jobs, and serve no page").set_defaults(run=_work)
    assistant = commands.add_parser("mcp", help="serve an assistant over stdin and stdout")
    assistant.set_defaults(run=_serve_assistant)
    many = commands.add_parser("draft-all", help="write a draft for each opening, the best match first")
    code = commands.add_parser("code", help="make a code for one use, to set a new password or an account")
    code.set_defaults(run=_code)
    code.add_argument("email", metavar="EMAIL", nargs="?", help="whose password; else it makes an account")
    _add_upkeep(commands)
    for command in (reading, drafting, many):
        command.add_argument(
            "source", metavar="URL_OR_FILE", help="an address, a saved page, a text file, or -"
        )
        command.add_argument("--url", metavar="ORIGIN", help="the address a saved page came from")
    for command in (reading, drafting):
        command.add_argument("--json", action="store_true", help="print everything as JSON")
    for command in (drafting, many):
        _add_wishes(command)
    reading.set_defaults(run=_read)
    drafting.set_defaults(run=_draft)
    drafting.add_argument("--job", metavar="N_OR_TITLE", help="which opening, counted from 1, or its title")
    many.set_defaults(run=_draft_all)
    many.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help="where the drafts go; a second run goes on"
    )
    many.add_argument("--limit", type=_count, default=20, help="how many openings at most")
    return parser


def _add_upkeep(commands: "argparse._SubParsersAction[_Parser]") -> None:
    migrate = commands.add_parser("migrate", help="bring the database up to date")
    migrate.set_defaults(run=_migrate)
    migrate.add_argument(
        "--wait", metavar="SECONDS", type=_seconds, default=0, help="how long a database may take to come up"
    )
    back_up = commands.add_parser("backup", help="write everything that is kept into one file")
    back_up.set_defaults(run=_back_up)
    restore = commands.add_parser("restore", help="keep what a backup holds")
    restore.set_defaults(run=_restore)
    restore.add_argument("--replace", action="store_true", help="delete first what is kept now")
    for command in (back_up, restore):
        command.add_argument("file", metavar="FILE", type=Path)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number from 1")
    return int(text)


def _seconds(text: str) -> int:
    if not text.isdecimal() or int(text) > 3_600:
        raise argparse.ArgumentTypeError("must be a whole number of seconds, 3600 at most")
    return int(text)


def _add_wishes(command: argparse.ArgumentParser) -> None:
    """What a person chooses before a draft."""
    kinds = [kind.value for kind in DraftKind]
    command.add_argument("--kind", choices=kinds, default=DraftKind.COLD_EMAIL.value)
    command.add_argument(
        "--profile", metavar="FILE", type=Path, help="who writes: JSON Resume, text, Markdown"
    )
    command.add_argument("--portfolio", metavar="FILE", type=Path, help="projects as CSV")
    command.add_argument("--persona", choices=[p.value for p in Persona], help="voice and sample to use")
    command.add_argument("--writer", choices=["embedded", "model"], default="embedded")
    command.add_argument("--model", default="", help="one of those that the models command lists")
    command.add_argument(
        "--say-gap", action="store_true", help="say honestly what the evidence does not show"
    )
    command.add_argument(
        "--language",
        choices=["auto", *get_args(Language)],
        default="auto",
        help="auto: that of page and evidence",
    )
    command.add_argument("--why", default="", help="one line of your own on why this company")
    command.add_argument("--seed", type=int, default=0, help="another number gives another wording")


def _serve(_: argparse.Namespace) -> int:
    import outreach
    import serving
    import store

    _log_to_file(settings.current())
    outreach.share_allowance(store.Allowances(settings.current()))
    serving.serve(settings.current())
    return 0


def _work(_: argparse.Namespace) -> int:
    import outreach
    import serving
    import store

    _log_to_file(settings.current())
    outreach.share_allowance(store.Allowances(settings.current()))
    serving.work(settings.current())
    return 0


def _log_to_file(config: settings.Settings) -> None:
    """Where one is wanted, keep the log of what serves in a file, too."""
    if config.log_file is not None:
        logs.to_file(
            config.log_file,
            most_bytes=config.log_file_bytes,
            kept=config.log_files_kept,
            days=config.log_file_days,
        )


def _serve_assistant(_: argparse.Namespace) -> int:
    import mcp_server

    mcp_server.serve_stdio(settings.current())
    return 0


# --- the database -------------------------------------------------------------------------------------


def _migrate(options: argparse.Namespace) -> int:
    import store
    from store import migrating

    def tell(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    moved = migrating.migrate(store.address(settings.current()), options.wait, tell)
    if moved.before == moved.now:
        print(f"The database is up to date: migration {moved.now}.")
    else:
        print(f"The database went from migration {moved.before or 'none (new)'} to {moved.now}.")
    return 0


def _back_up(options: argparse.Namespace) -> int:
    import store
    from store import backup

    if not store.is_there(settings.current()):
        raise InroadError("There is nothing to back up here.", "Check INROAD_DATA_DIR and DATABASE_URL.")
    manifest = backup.back_up(store.address(settings.current()), options.file)
    print(f"{manifest.rows:,} rows are in {options.file}. Whoever reads it reads everything: keep it safe.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    """Restore, and forget the index of profiles that are gone; that of the others is brought up to date."""
    import store
    from store import backup

    restored = backup.restore(store.address(settings.current()), options.file, replace=options.replace)
    if restored.gone:
        import outreach

        for profile in restored.gone:
            outreach.forget(profile)
    print(f"{restored.manifest.rows:,} rows of {restored.manifest.made_at:%Y-%m-%d %H:%M} UTC are restored.")
    return 0


# --- accounts ----------------------------------------------------------------------------------------


def _code(options: argparse.Namespace) -> int:
    """Print a code, for the administrator who is locked out, too."""
    import store
    from accounts import addresses, codes

    if not settings.current().accounts:
        raise NotFound("There are no accounts here.", "Set INROAD_ACCOUNTS=true.")
    kept = store.open_store(settings.current()).accounts
    person = None
    if options.email is not None:
        found = kept.find(addresses.key(options.email))
        if found is None:
            raise NotFound("No account has this email.", "Make one with a code without EMAIL.")
        person = found[0].person
    code, expires_at = codes.issue(kept, person)
    print(code)
    print(f"Good for one use until {expires_at:%Y-%m-%d %H:%M} UTC.", file=sys.stderr)
    return 0


# --- read --------------------------------------------------------------------------------------------


def _read(options: argparse.Namespace) -> int:
    reading = _reading(options)
    if options.json:
        print(reading.model_dump_json(indent=2))
    elif reading.outcome is Outcome.OPENINGS:
        print(_overview(reading))
    if reading.outcome is not Outcome.OPENINGS:
        print(_problem_line(reading), file=sys.stderr)
        return 1
    return 0


def _reading(options: argparse.Namespace) -> Reading:
    import outreach

    if options.source == "-":
        return outreach.read_saved(sys.stdin.buffer.read(), options.url or "")
    if not _is_file(options.source):
        return outreach.read(options.source)
    return outreach.read_saved(_bytes_of(Path(options.source)), options.url or "")


def _is_file(source: str) -> bool:
    if _FILE.fullmatch(source):
        return True
    try:
        return Path(source).is_file()
    except (OSError, ValueError):  # longer than a name may be, or with a character that no name has
        return False


def _overview(reading: Reading) -> str:
    count = len(reading.postings)
    lines = [f"{count} opening{'' if count == 1 else 's'}, read by: {reading.rung}"]
    for number, posting in enumerate(reading.postings, start=1):
        place = ", ".join(part for part in (posting.company, posting.location) if part)
        lines.append(f"{number:>4}  {posting.title}" + (f"  ({place})" if place else ""))
    lines += [f"The page asks: {instruction}" for instruction in reading.instructions]
    if reading.hidden:
        lines.append(f"Ignored {len(reading.hidden)} passages that no visitor can see.")
    return "\n".join(lines + list(reading.warnings))


def _problem_line(reading: Reading) -> str:
    if reading.problem is None:
        return "There are no openings here."
    return " ".join(f"{reading.problem.title}. {reading.problem.what} {reading.problem.advice}".split())


# --- draft -------------------------------------------------------------------------------------------


def _draft(options: argparse.Namespace) -> int:
    import outreach

    reading = _reading(options)
    if reading.outcome is not Outcome.OPENINGS:
        print(_problem_line(reading), file=sys.stderr)
        return 1
    profile = _profile(options)
    opening = _chosen(outreach.rank(reading, profile), reading.postings, options.job)
    completed = outreach.complete(reading, opening.posting)
    if completed is not reading:
        reading = completed
        opening = outreach.examine(next(p for p in reading.postings if p.id == opening.posting.id), profile)
    finished = next(
        event for event in outreach.draft(opening, profile, _wishes(options)) if isinstance(event, Draft)
    )
    asked = tuple(x for x in reading.instructions if x in opening.posting.text)
    _print_draft(finished, opening, asked, as_json=options.json)
    return 0


def _wishes(options: argparse.Namespace) -> "Options":
    """What the draft shall be; where a model shall write it, its allowance is shared with other processes."""
    import outreach

    if options.writer == "model":
        import store

        if store.is_there(settings.current()):
            outreach.share_allowance(store.Allowances(settings.current()))
    return outreach.Options(
        kind=DraftKind(options.kind),
        writer=options.writer,
        model=options.model,
        say_gap=options.say_gap,
        why=options.why,
        language=options.language,
        seed=options.seed,
    )


def _print_draft(draft: Draft, opening: "Opening", instructions: tuple[str, ...], *, as_json: bool) -> None:
    import outreach

    if as_json:
        whole = {"opening": opening.model_dump(mode="json"), "draft": draft.model_dump(mode="json")}
        print(json.dumps(whole, indent=2, ensure_ascii=False))
        return
    if draft.subject:
        print(f"Subject: {draft.subject}\n")
    print(outreach.body_text(draft))
    for notice in draft.notices:
        print(f"\nNote: {notice}", file=sys.stderr)
    for instruction in instructions:
        print(f"\nTheir page asks: {instruction}", file=sys.stderr)
    usage = draft.receipt.usage
    for note in filter(None, (usage.note, usage.fallback)):
        print(f"\nNote: {note}", file=sys.stderr)


# --- models ------------------------------------------------------------------------------------------


def _models(_: argparse.Namespace) -> int:
    """List what each server has; 0 only where a model could write."""
    import outreach

    servers = outreach.models()
    for server in servers:
        print(f"{server.label}: {server.problem}" if server.problem else f"{server.label}:")
        for model in server.models:
            size = f"  {model.context:,} tokens" if model.context else ""
            chosen = "  (writes unless you choose another)" if model.name == server.chosen else ""
            summaries = "  (résumé summaries only)" if model.writes == "prose" else ""
            print(f"  {model.id}{size}{summaries}{chosen}")
    return 0 if any(server.models for server in servers) else 1


# --- draft all ---------------------------------------------------------------------------------------


def _draft_all(options: argparse.Namespace) -> int:
    """Write drafts into a folder as they come; 0 only where every opening that can be answered has one."""
    import outreach
    from batch import JsonLines

    reading = _reading(options)
    if reading.outcome is not Outcome.OPENINGS:
        print(_problem_line(reading), file=sys.stderr)
        return 1
    profile = _profile(options)
    openings = outreach.rank(reading, profile)[: options.limit]
    wishes = _wishes(options)
    by_id = {outreach.job_id(opening, profile, wishes): opening for opening in openings}
    _make_folder(options.out)
    left = 0
    for moved in outreach.draft_many(
        openings, profile, wishes, reading=reading, shelf=JsonLines(options.out / "drafts.jsonl")
    ):
        job = moved.job
        if job.draft is not None:
            _put_down(options.out, job, by_id[job.id], profile)
        if job.state in ("done", "failed", "put off"):
            state = "kept" if job.before else job.state
            line = f"{moved.done + moved.failed:>4} of {moved.total}  {state:7}  {job.title}  {job.reason}"
            print(line.rstrip(), flush=True)
        left += job.state == "put off"
    return 1 if left else 0


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise DocumentError(f"The folder {path} cannot be made.", "Name another one.") from None


def _put_down(folder: Path, job: "Job", opening: "Opening", profile: Profile) -> None:
    """The draft as a file, and its receipt beside it; what an earlier run has put there stays as it is."""
    import outreach

    assert job.draft is not None
    if job.draft.resume is not None:
        name, data = outreach.export_resume("pdf", job.draft, opening)
    else:
        form: Literal["eml", "md"] = "eml" if job.draft.kind is DraftKind.COLD_EMAIL else "md"
        body = outreach.body_text(job.draft)
        name, data = outreach.export(form, job.draft.subject, body, opening, profile)
    path = folder / f"{Path(name).stem}-{job.id[:6]}{Path(name).suffix}"
    receipt = job.draft.model_dump_json(include={"receipt", "sentences", "verdicts", "notices"}, indent=2)
    for file, content in ((path.with_suffix(".receipt.json"), receipt.encode()), (path, data)):
        if job.before and file.exists():
            continue
        whole = file.with_suffix(file.suffix + ".part")
        try:
            whole.write_bytes(content)
            whole.replace(file)
        except OSError:
            raise DocumentError(f"The file {file} cannot be written.", "Make room there.") from None


def _profile(options: argparse.Namespace) -> Profile:
    import outreach

    persona = Persona(options.persona) if options.persona else None
    profile: Profile | None = None
    if options.profile is not None:
        profile = outreach.profile_from_upload(options.profile.name, _bytes_of(options.profile))
    if options.portfolio is not None:
        profile = outreach.add_portfolio(options.portfolio.name, _bytes_of(options.portfolio), profile)
    if profile is None:
        return outreach.sample_profile(persona or Persona.JOB_SEEKER)
    return profile if persona is None else profile.model_copy(update={"persona": persona})


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except IsADirectoryError:
        raise DocumentError(f"{path} is a folder.", "Name a file in it.") from None
    except (OSError, ValueError):
        raise DocumentError(f"The file {path} cannot be read.", "Check its name and permissions.") from None


def _chosen(openings: "Sequence[Opening]", postings: Sequence[Posting], job: str | None) -> "Opening":
    """The opening a person asked for by number (in page order) or title; the best match by default."""
    if job is None:
        return openings[0]
    if job.isdecimal():
        if not 1 <= int(job) <= len(postings):
            raise InroadError(f"There is no opening {job}; the page has {len(postings)}.")
        wanted = postings[int(job) - 1]
    else:
        named = [p for p in postings if job.casefold() in p.title.casefold()]
        exact = [p for p in named if job.casefold() == p.title.casefold()]
        if not named:
            raise InroadError(f"No opening here is called “{job}”.", "List them with the read command.")
        wanted = (exact or named)[0]
    return next(opening for opening in openings if opening.posting == wanted)


def _one_line(error: InroadError) -> str:
    return " ".join(str(error).split())


if __name__ == "__main__":
    sys.exit(main())
