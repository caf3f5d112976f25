"""Hold a served app against its own OpenAPI document, for minutes: `make api-check`.

The whole app runs in a process of its own, where people have accounts, with a database that goes with it and
no way into any network. Schemathesis asks as a program with a token, then as nobody; its report is printed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

from tests.api.people import PASSWORD
from tests.interface.conftest import serving

SERVE = """
import socket

def nowhere(*_, **__):
    raise socket.gaierror("no network here")

socket.getaddrinfo = nowhere
import serving, settings
serving.serve(settings.load())
"""
OFTEN = {"API_REQUESTS_PER_MINUTE": "1000000", "API_ANONYMOUS_REQUESTS_PER_MINUTE": "1000000"}
# No schema can say that a text is an opening, that evidence answers it, or that a password is good.
NOT_PROMISED = "positive_data_acceptance"
# A job that was cancelled is still there to be seen.
CONFIGURED = """
[[operations]]
include-tag = "jobs"
checks.use_after_free.enabled = false
"""
# A number in a form is as good a file as a text, which the document cannot say either.
SKIPPED = ("/api/v1/openings/page", "/generate-summary/")


def main() -> int:
    """Run both; 0 only where neither found a failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=25, help="cases an operation")
    parser.add_argument("--seconds", type=int, default=240, help="the most that each caller's run takes")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "schemathesis.toml").write_text(CONFIGURED)
        environment = {"PORT": "0", "INROAD_DATA_DIR": folder, "INROAD_ACCOUNTS": "true", **OFTEN}
        with serving("-c", SERVE, **environment) as address:
            codes = [
                _check(address, ["--header", f"Authorization: Bearer {_token(address)}"], asked, folder),
                _check(address, [], asked, folder),
            ]
    return max(codes)


def _token(address: str) -> str:
    """A token of a new account."""
    with httpx.Client(base_url=address, headers={"origin": address}, timeout=60) as client:
        given = {"email": "ann@example.org", "password": PASSWORD}
        client.post("/api/v1/account/register", json=given).raise_for_status()
        client.post("/api/v1/account/sign-in", json=given).raise_for_status()
        wish = {"name": "check", "scopes": ["read", "write", "draft"]}
        return str(client.post("/api/v1/account/tokens", json=wish).raise_for_status().json()["token"])


def _check(address: str, caller: list[str], asked: argparse.Namespace, folder: str) -> int:
    command = [
        str(Path(sys.executable).with_name("st")),
        "run",
        f"{address}/openapi.json",
        *caller,
        *("--checks", "all", "--exclude-checks", NOT_PROMISED),
        *("--max-examples", str(asked.examples), "--max-time", str(asked.seconds)),
        *("--phases", "examples,coverage,fuzzing,stateful", "--generation-with-security-parameters", "false"),
        *("--generation-database", "none", "--continue-on-failure", "--no-color"),
    ]
    for path in SKIPPED:
        command += ["--exclude-path", path]
    return subprocess.run(command, cwd=folder, env={**os.environ, "NO_PROXY": "*"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
