"""One allowance for several processes: the budget of each keeps its book in the same database."""

import subprocess
import sys
from pathlib import Path

import store
from chains.allowance import Book

ROOT = Path(__file__).parents[1]
ASK = """
import sys
import store
from chains.allowance import Allowance
from chains.budget import Budget, Call

budget = Budget(store.Store(sys.argv[1]))
call = Call("a", "m", 1_400, 600, Allowance(tokens_a_minute=8_000))
begun = 0
for _ in range(4):
    waiting = budget.admit(call)
    try:
        next(waiting)
    except StopIteration:
        begun += 1
    waiting.close()
print(begun)
"""


def test_processes_together_let_in_what_one_account_may(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'inroad.sqlite'}"
    store.Store(address).close()
    command = [sys.executable, "-c", ASK, address]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    begun = [int(process.communicate(timeout=60)[0]) for process in running]
    assert sum(begun) == 4
    seen: list[str] = []

    def look(text: str) -> str:
        seen.append(text)
        return text

    kept = store.Store(address)
    kept.change_allowance("a", look)
    kept.close()
    assert [call.tokens for call in Book.read(seen[0]).calls] == [2_000] * 4
