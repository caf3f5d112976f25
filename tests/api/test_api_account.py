"""An account over the API: made, used, changed, deleted; and what is refused to whom."""

import asyncio
import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message, Scope

from accounts.door import Door
from api import account, documentation
from errors import StoreError
from store import Store
from tests.api.conftest import client_of, settings_of
from tests.api.people import PASSWORD, Visit, sign_in
from tests.store import letters
from tests.store.papers import document, item, profile, role

ACCOUNT = "/api/v1/account"
ADMIN = "/api/v1/admin"


def test_a_person_registers_signs_in_and_out(visit: Visit) -> None:
    browser = visit()
    assert browser.get(ACCOUNT).status_code == 401
    given = {"email": " Ada@Mail.Example ", "name": "Ada\nLovelace", "password": PASSWORD}
    accepted = browser.post(f"{ACCOUNT}/register", json=given)
    assert accepted.status_code == 202
    assert "set-cookie" not in accepted.headers
    sign_in(browser, "ADA@mail.example")
    mine = browser.get(ACCOUNT).json()
    assert (mine["way"], mine["email"], mine["name"]) == ("session", "Ada@Mail.Example", "Ada Lovelace")
    assert mine["is_admin"] is True
    [(name, token)] = browser.cookies.items()
    assert browser.post(f"{ACCOUNT}/sign-out").status_code == 204
    assert dict(browser.cookies) == {}
    browser.cookies.set(name, token)
    assert browser.get(ACCOUNT).status_code == 401


def test_a_wrong_password_is_a_problem_that_counts_down(ada: TestClient, visit: Visit) -> None:
    for email in ("ada@mail.example", "nobody@mail.example"):
        answer = visit().post(f"{ACCOUNT}/sign-in", json={"email": email, "password": "not this one"})
        told = answer.json()
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert (told["type"], told["tries_left"]) == ("wrong-password", 4)
        assert told["title"] == "That email and password do not match. 4 tries left."
        assert "set-cookie" not in answer.headers


def test_after_five_failures_it_takes_a_while(ada: TestClient, visit: Visit) -> None:
    given = {"email": "nobody@mail.example", "password": "not this one"}
    answers = [visit().post(f"{ACCOUNT}/sign-in", json=given) for _ in range(6)]
    assert [each.status_code for each in answers] == [401] * 5 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 900


def test_registering_tells_nobody_who_has_an_account(ada: TestClient, visit: Visit) -> None:
    answers = [
        visit().post(f"{ACCOUNT}/register", json={"email": email, "password": "eight green boats"})
        for email in ("ada@mail.example", "new@mail.example")
    ]
    assert {(each.status_code, each.text) for each in answers} == {(202, answers[0].text)}
    assert sign_in(visit(), "ada@mail.example").get(ACCOUNT).json()["name"] == "Ada"


def test_a_field_that_cannot_be_taken_is_named(visit: Visit) -> None:
    given = {"email": "ada@mail.example", "password": "password"}
    answer = visit().post(f"{ACCOUNT}/register", json=given)
    assert answer.status_code == 422
    told = answer.json()
    assert told["type"] == "invalid-field"
    assert told["errors"] == [{"field": "password", "reason": told["title"]}]


def test_signing_in_again_ends_the_sign_in_before(ada: TestClient, visit: Visit) -> None:
    [(name, token)] = ada.cookies.items()
    sign_in(ada, "ada@mail.example")
    assert len(ada.get(f"{ACCOUNT}/sessions").json()["items"]) == 1
    before = visit()
    before.cookies.set(name, token)
    assert before.get(ACCOUNT).status_code == 401


def test_signing_out_twice_is_no_fault(ada: TestClient) -> None:
    assert [ada.post(f"{ACCOUNT}/sign-out").status_code for _ in range(2)] == [204, 204]


def test_the_line_at_the_door_has_an_end(
    ada: TestClient, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "DOOR", Door(in_line=0))
    answer = visit().post(f"{ACCOUNT}/sign-in", json={"email": "ada@mail.example", "password": PASSWORD})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "20"


# --- where nobody signs in ---------------------------------------------------------------------------


def test_without_accounts_there_is_nothing_to_sign_in_to(client: TestClient) -> None:
    of_the_place = {("GET", ACCOUNT), ("GET", f"{ADMIN}/figures")}  # which the person of a laptop runs
    for method, path in calls(client.app):
        if (method, path) not in of_the_place:
            answer = client.request(method, path, json=ANYTHING)
            assert answer.status_code == 404, (method, path)
            assert answer.json()["title"] == "There are no accounts here.", (method, path)


def test_the_person_of_a_laptop_is_known_without_signing_in(client: TestClient) -> None:
    mine = client.get(ACCOUNT).json()
    assert (mine["way"], mine["id"], mine["is_admin"]) == ("local", "local", True)


def test_a_visitor_of_a_place_without_accounts_has_none(tmp_path: Path) -> None:
    answer = client_of(settings_of(tmp_path, keep_evidence=False)).get(ACCOUNT)
    assert (answer.status_code, answer.json()["title"]) == (404, "There are no accounts here.")


# --- who may do what ---------------------------------------------------------------------------------

ANYTHING = {
    "email": "eve@mail.example",
    "password": PASSWORD,
    "old": PASSWORD,
    "new": "eight green boats",
    "name": "Eve",
    "code": "AAAA-AAAA-AAAA",
    "scopes": ["read"],
    "is_admin": True,
}
OPEN = {"register", "sign-in", "sign-out", "reset"}


def calls(app: object) -> list[tuple[str, str]]:
    """Every route of accounts and administration, with an id that nobody has."""
    assert isinstance(app, FastAPI)
    found = documentation.document(app)["paths"]
    return [
        (method.upper(), path.replace("{id}", "0" * 16))
        for path, operations in found.items()
        if path.startswith((ACCOUNT, ADMIN))
        for method in operations
    ]


def test_strangers_may_sign_in_and_nothing_else(visit: Visit, service: FastAPI) -> None:
    found = calls(service)
    assert len(found) > 15
    for method, path in found:
        if path.rpartition("/")[2] not in OPEN:
            assert visit().request(method, path, json=ANYTHING).status_code == 401, (method, path)


def test_a_token_sees_whose_it_is_and_manages_nothing(ada: TestClient, service: FastAPI) -> None:
    token = ada.post(
        f"{ACCOUNT}/tokens", json={"name": "script", "scopes": ["read", "write", "draft"]}
    ).json()["token"]
    program = TestClient(service, headers={"authorization": f"Bearer {token}"})
    mine = program.get(ACCOUNT).json()
    assert (mine["way"], mine["email"], mine["is_admin"]) == ("token", "ada@mail.example", False)
    for method, path in calls(service):
        if (method, path) != ("GET", ACCOUNT) and path.rpartition("/")[2] not in OPEN:
            answer = program.request(method, path, json=ANYTHING)
            assert answer.status_code == 403, (method, path)
    assert ada.get(ACCOUNT).status_code == 200


def test_only_who_administers_sees_people_and_codes(bob: TestClient, service: FastAPI) -> None:
    for method, path in calls(service):
        if path.startswith(ADMIN):
            assert bob.request(method, path, json=ANYTHING).status_code == 403, (method, path)


def test_a_page_of_another_site_changes_nothing(ada: TestClient, service: FastAPI) -> None:
    for sent in ({"origin": "https://evil.example"}, {"origin": "null"}):
        for method, path in calls(service):
            if method != "GET":
                answer = ada.request(method, path, json=ANYTHING, headers=sent)
                assert answer.status_code == 403, (method, path)
                assert "not sent by a page of this site" in answer.json()["title"], (method, path)
    assert ada.get(ACCOUNT).json()["email"] == "ada@mail.example"


def test_a_page_of_another_site_signs_nobody_in(ada: TestClient, service: FastAPI) -> None:
    stranger = TestClient(service, headers={"origin": "https://evil.example"})
    given = {"email": "ada@mail.example", "password": PASSWORD}
    assert stranger.post(f"{ACCOUNT}/sign-in", json=given).status_code == 403
    program = TestClient(service)
    assert program.post(f"{ACCOUNT}/sign-in", json=given).status_code == 200


@pytest.mark.parametrize("what", ["sessions", "tokens"])
def test_what_is_another_persons_looks_as_if_it_were_not(ada: TestClient, bob: TestClient, what: str) -> None:
    ada.post(f"{ACCOUNT}/tokens", json={"name": "script", "scopes": ["read"]})
    [theirs] = [each["id"] for each in ada.get(f"{ACCOUNT}/{what}").json()["items"]]
    answers = [bob.delete(f"{ACCOUNT}/{what}/{id_}") for id_ in (theirs, "0" * 16)]
    assert [each.status_code for each in answers] == [404, 404]
    told = [{**each.json(), "instance": ""} for each in answers]
    assert told[0] == told[1]
    assert len(ada.get(f"{ACCOUNT}/{what}").json()["items"]) == 1


# --- the account -------------------------------------------------------------------------------------


def test_name_email_and_consent_change(ada: TestClient, visit: Visit) -> None:
    assert ada.patch(ACCOUNT, json={"name": "Ada L.", "shares_outcomes": True}).json()["name"] == "Ada L."
    refused = ada.patch(ACCOUNT, json={"email": "ada@new.example"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "password"
    moved = ada.patch(ACCOUNT, json={"email": "ada@new.example", "password": PASSWORD}).json()
    assert (moved["email"], moved["name"], moved["shares_outcomes"]) == ("ada@new.example", "Ada L.", True)
    sign_in(visit(), "ada@new.example")
    gone = visit().post(f"{ACCOUNT}/sign-in", json={"email": "ada@mail.example", "password": PASSWORD})
    assert gone.status_code == 401


def test_another_password_signs_out_everywhere_else(ada: TestClient, visit: Visit) -> None:
    elsewhere = sign_in(visit(), "ada@mail.example")
    token = ada.post(f"{ACCOUNT}/tokens", json={"name": "script", "scopes": ["read"]}).json()["token"]
    wrong = ada.post(f"{ACCOUNT}/password", json={"old": "not this one", "new": "eight green boats"})
    assert wrong.json()["errors"][0]["field"] == "old"
    changed = ada.post(f"{ACCOUNT}/password", json={"old": PASSWORD, "new": "eight green boats"})
    assert changed.status_code == 204
    assert ada.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 401
    assert visit().get(ACCOUNT, headers={"authorization": f"Bearer {token}"}).status_code == 200
    sign_in(visit(), "ada@mail.example", "eight green boats")


def test_sign_ins_are_listed_and_ended(ada: TestClient, visit: Visit) -> None:
    phone, tablet = (sign_in(visit(), "ada@mail.example") for _ in range(2))
    listed = phone.get(f"{ACCOUNT}/sessions").json()["items"]
    assert sum(each["is_this"] for each in listed) == 1
    [here] = [each["id"] for each in listed if each["is_this"]]
    assert ada.delete(f"{ACCOUNT}/sessions/{here}").status_code == 204
    assert phone.get(ACCOUNT).status_code == 401
    assert tablet.delete(f"{ACCOUNT}/sessions").status_code == 204
    assert ada.get(ACCOUNT).status_code == 401
    assert tablet.get(ACCOUNT).status_code == 200


def test_a_token_is_shown_once_and_ends(ada: TestClient, service: FastAPI) -> None:
    made = ada.post(
        f"{ACCOUNT}/tokens", json={"name": "my\nscript", "scopes": ["read", "read"], "days": None}
    )
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    whole = made.json()
    assert (whole["name"], whole["scopes"], whole["expires_at"]) == ("my script", ["read"], None)
    [listed] = ada.get(f"{ACCOUNT}/tokens").json()["items"]
    assert "token" not in listed
    assert whole["token"] not in ada.get(f"{ACCOUNT}/tokens").text
    program = TestClient(service, headers={"authorization": f"Bearer {whole['token']}"})
    assert program.get(ACCOUNT).status_code == 200
    assert ada.delete(f"{ACCOUNT}/tokens/{listed['id']}").status_code == 204
    stolen = program.get(ACCOUNT)
    assert (stolen.status_code, stolen.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(
    "wish",
    [
        {"name": "x", "scopes": []},
        {"name": "x", "scopes": ["admin"]},
        {"name": "", "scopes": ["read"]},
        {"name": "x" * 101, "scopes": ["read"]},
        {"name": "x", "scopes": ["read"], "days": 0},
    ],
)
def test_a_token_that_cannot_be_is_refused(ada: TestClient, wish: dict[str, object]) -> None:
    assert ada.post(f"{ACCOUNT}/tokens", json=wish).status_code == 422


def test_everything_can_leave_with_its_person(ada: TestClient, bob: TestClient, kept: Store) -> None:
    person = ada.get(ACCOUNT).json()["id"]
    others = kept.create(bob.get(ACCOUNT).json()["id"], "Bobs")
    mine = profile([item("Built a mill.", "r1")], [role()])
    kept.add(person, kept.create(person, "Mine"), document(), mine)
    saved = kept.history.keep(person, letters.draft(), letters.posting(), mine)
    kept.history.edit(person, saved.id, "A subject", "A body of my own.")
    job = kept.jobs.put(person, "drafts", "{}")
    token = ada.post(f"{ACCOUNT}/tokens", json={"name": "script", "scopes": ["read"]}).json()["token"]
    answer = ada.get(f"{ACCOUNT}/export")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        whole = json.loads(archive.read("account.json"))
        drafts = json.loads(archive.read(f"drafts/{saved.id}.json"))
        everything = b"".join(archive.read(name) for name in names).decode()
    assert names == [
        "README.txt",
        "account.json",
        "evidence/1.json",
        "evidence/1.csv",
        f"drafts/{saved.id}.json",
        "jobs.json",
    ]
    assert [each["body"] for each in drafts["versions"]][1:] == ["A body of my own."]
    assert "Built a mill." in everything
    assert job.id in everything
    assert (whole["email"], [each["name"] for each in whole["tokens"]]) == ("ada@mail.example", ["script"])
    for secret in (token, "argon2", "bob@mail.example", others, *ada.cookies.values()):
        assert secret not in everything


# --- deleting ----------------------------------------------------------------------------------------


def test_an_account_goes_with_all_it_holds_and_its_old_cookie_opens_nothing(
    bob: TestClient, visit: Visit, kept: Store
) -> None:
    person = bob.get(ACCOUNT).json()["id"]
    kept.create(person, "Mine")
    [(name, token)] = bob.cookies.items()
    refused = bob.request("DELETE", ACCOUNT, json={"password": "not this one"})
    assert refused.status_code == 422
    assert bob.request("DELETE", ACCOUNT, json={"password": PASSWORD}).status_code == 204
    assert dict(bob.cookies) == {}
    assert kept.profiles(person) == ()
    bob.cookies.set(name, token)
    assert bob.get(ACCOUNT).status_code == 401
    assert bob.patch(ACCOUNT, json={"name": "Ghost"}).status_code == 401
    again = visit().post(f"{ACCOUNT}/sign-in", json={"email": "bob@mail.example", "password": PASSWORD})
    assert again.status_code == 401


def test_who_runs_this_place_cannot_just_go(ada: TestClient, bob: TestClient) -> None:
    refused = ada.request("DELETE", ACCOUNT, json={"password": PASSWORD})
    assert refused.status_code == 409
    assert ada.get(ACCOUNT).status_code == 200


def test_two_who_delete_one_account_at_once_delete_it_once(
    bob: TestClient, visit: Visit, kept: Store
) -> None:
    tabs = [bob, sign_in(visit(), "bob@mail.example")]
    ready = Barrier(len(tabs))

    def delete(tab: TestClient) -> int:
        ready.wait()
        return tab.request("DELETE", ACCOUNT, json={"password": PASSWORD}).status_code

    with ThreadPoolExecutor(len(tabs)) as pool:
        outcomes = set(pool.map(delete, tabs))
    assert 204 in outcomes
    assert outcomes <= {204, 401, 404}
    assert [each.account.email for each in kept.accounts.members()[0]] == ["ada@mail.example"]


def test_two_people_on_one_account_do_not_undo_each_other(bob: TestClient, visit: Visit) -> None:
    other = sign_in(visit(), "bob@mail.example")
    assert bob.patch(ACCOUNT, json={"name": "Bob B."}).status_code == 200
    assert other.patch(ACCOUNT, json={"shares_outcomes": True}).json()["name"] == "Bob B."
    assert bob.get(ACCOUNT).json()["shares_outcomes"] is True


def test_two_first_ones_at_once_make_one_administrator(visit: Visit, kept: Store) -> None:
    ready = Barrier(3)

    def register(email: str) -> int:
        browser = visit()
        ready.wait()
        return browser.post(f"{ACCOUNT}/register", json={"email": email, "password": PASSWORD}).status_code

    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(register, (f"p{n}@mail.example" for n in range(3)))) == {202}
    assert sorted(each.account.is_admin for each in kept.accounts.members()[0]) == [False, False, True]


# --- bad input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"email": "\xff\xfe@mail.example", "password": "x"}',
        b'{"email": "a\\u0000@mail.example", "password": "seven small boats"}',
        b'{"email": "a\\ud800@mail.example", "password": "seven small boats"}',
        b'{"email": "a@mail.example", "password": "' + b"x" * 100_000 + b'"}',
        b'{"email": "' + b"a" * 100_000 + b'@mail.example", "password": "seven small boats"}',
        b'{"email": ["a@mail.example"], "password": {"$ne": ""}}',
        b'{"email": "no address", "password": "seven small boats"}',
    ],
)
@pytest.mark.parametrize("path", ["register", "sign-in", "reset"])
def test_what_is_no_sign_in_is_a_problem_and_no_fault(visit: Visit, path: str, body: bytes) -> None:
    answer = visit().post(
        f"{ACCOUNT}/{path}", content=body, headers={"content-type": "application/json; charset=utf-8"}
    )
    assert answer.status_code in (400, 401, 409, 413, 422)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "cookie", [b"inroad=" + b"A" * 43, b"inroad=\xff", b"inroad=" + b"x" * 5000, b"inroad"]
)
def test_a_forged_cookie_is_nobodys(visit: Visit, cookie: bytes) -> None:
    assert visit().get(ACCOUNT, headers=[(b"cookie", cookie)]).status_code == 401


def test_who_sends_slowly_holds_up_nobody_else(
    ada: TestClient, service: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "DOOR", Door(let_in=1))
    given = json.dumps({"email": "ada@mail.example", "password": PASSWORD}).encode()
    answered: list[tuple[str, int]] = []

    async def sign_in_as(name: str, rest: asyncio.Event) -> None:
        parts = [given[:5], given[5:]]

        async def receive() -> Message:
            if len(parts) == 1:
                await rest.wait()
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered.append((name, message["status"]))

        await service(scope_of("POST", f"{ACCOUNT}/sign-in"), receive, send)

    async def both() -> None:
        late, at_once = asyncio.Event(), asyncio.Event()
        at_once.set()
        slow = asyncio.ensure_future(sign_in_as("slow", late))
        await asyncio.sleep(0)
        await asyncio.wait_for(sign_in_as("quick", at_once), 30)
        late.set()
        await slow

    asyncio.run(both())
    assert answered == [("quick", 200), ("slow", 200)]


def scope_of(method: str, path: str) -> Scope:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"inroad.example"), (b"content-type", b"application/json")],
        "client": ("192.0.2.7", 4711),
        "server": ("inroad.example", 80),
    }


def test_who_goes_while_sending_is_no_fault(ada: TestClient, service: FastAPI) -> None:
    answered: list[int] = []

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answered.append(message["status"])

    asyncio.run(service(scope_of("POST", f"{ACCOUNT}/sign-in"), gone, send))
    assert answered == [400]


def test_a_body_larger_than_any_sign_in_is_not_read_on(ada: TestClient) -> None:
    answer = ada.post(f"{ACCOUNT}/sign-in", json={"email": "x" * 20_000, "password": "y"})
    assert (answer.status_code, answer.json()["title"]) == (413, "This is larger than any sign-in.")


# --- when the database is away -----------------------------------------------------------------------


def away() -> object:
    raise StoreError("The database cannot be reached right now.")


def test_nobody_is_signed_out_while_the_database_is_away(
    ada: TestClient, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(kept._database, "reading", away)
        answer = ada.get(ACCOUNT)
        assert answer.status_code == 503
        assert "set-cookie" not in answer.headers
        assert int(answer.headers["retry-after"]) > 0
    assert ada.get(ACCOUNT).status_code == 200


def test_while_nothing_can_be_written_who_is_in_stays_in_and_nobody_else_comes(
    ada: TestClient, visit: Visit, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"email": "ada@mail.example", "password": PASSWORD}
    with monkeypatch.context() as patch:
        patch.setattr(kept._database, "writing", away)
        assert ada.get(ACCOUNT).status_code == 200
        assert visit().post(f"{ACCOUNT}/sign-in", json=given).status_code == 503
        assert ada.request("DELETE", ACCOUNT, json={"password": PASSWORD}).status_code == 503
    assert ada.get(ACCOUNT).status_code == 200
    sign_in(visit(), "ada@mail.example")


# --- in a frame, over https --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"in_frame": True}, "SameSite=None; Secure; Partitioned"),
        ({"public_url": "https://inroad.example"}, "SameSite=Lax; Secure"),
    ],
)
def test_the_cookie_is_kept_as_the_place_needs_it(
    tmp_path: Path, changes: dict[str, object], wanted: str
) -> None:
    browser = client_of(settings_of(tmp_path, accounts=True, keep_evidence=None, **changes))
    given = {"email": "ada@mail.example", "password": PASSWORD}
    browser.post(f"{ACCOUNT}/register", json=given)
    cookie = browser.post(f"{ACCOUNT}/sign-in", json=given).headers["set-cookie"]
    assert cookie.startswith("__Host-inroad=")
    assert cookie.endswith(wanted)
    assert "HttpOnly" in cookie
