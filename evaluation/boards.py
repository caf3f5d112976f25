"""How well a job board is recognised from an address alone.

Addresses on a board's own hosts must name that board and its token; addresses of other sites must name none.
"""

import json
from collections import defaultdict
from pathlib import Path

from evaluation.rows import table
from scraping import boards
from scraping.board import BOARDS

# The corpus's names of boards that are not our board's name in lower case without spaces.
_NAMES = {"oracle_hcm": "oracle", "ycombinator": "ycombinator", "almacareer": "almacareer"}


def measure(corpus: Path) -> dict[str, float]:
    """Scores from 0 to 1 over `boards/urls.tsv`; prints the addresses that went wrong.

    Returns:
        `recognised`: addresses on the hosts of boards we read that name their board; `token`: those of them
        with a token in the table that name it; `posting`: addresses of one posting recognised as such;
        `others_left_alone`: addresses of none of our boards that are taken for none.
    """
    ours = {_key(board.name) for board in BOARDS}
    verdicts: dict[str, list[bool]] = defaultdict(list)
    for row in table(corpus / "boards" / "urls.tsv"):
        wanted = _NAMES.get(row["ats"], row["ats"])
        found = boards.recognise(row["url"])
        named = _key(found[0].name) if found is not None else ""
        if wanted not in ours:
            right = not named or row["ats"].startswith("none-or-unknown")
            verdicts["others_left_alone"].append(right)
        elif row["host"] == "ats-host" or named:
            right = named == wanted
            verdicts["recognised"].append(right)
            if right and found is not None:
                if row["token"]:
                    verdicts["token"].append(row["token"].casefold() == found[1].token.casefold())
                    right = right and verdicts["token"][-1]
                if row["page"] == "posting":
                    verdicts["posting"].append(bool(found[1].posting))
                    right = right and verdicts["posting"][-1]
        else:
            continue  # the employer's own domain: only its page can tell
        if not right:
            place = found[1] if found is not None else None
            print(json.dumps({"miss": row["url"], "wanted": [row["ats"], row["token"]], "found": str(place)}))
    return {name: sum(found) / len(found) for name, found in verdicts.items()}


def _key(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum()).removesuffix("recruiting")
