"""Amazon's API on loopback, by moto, for Terraform to apply to. Run it with the Python that has moto: PORT.

What Terraform's provider asks for and moto lacks is added here: who hears of a budget, and a budget's tags.
Without the first the provider retries for minutes; without the second every later plan shows a change.
"""

import json
import os
import sys
import time

os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")

from moto.budgets.responses import BudgetsResponse  # type: ignore[import-not-found]
from moto.server import ThreadedMotoServer  # type: ignore[import-not-found]

_IDENTITY = ("NotificationType", "ComparisonOperator", "Threshold", "ThresholdType")
_tags: list[dict[str, str]] = []
_create_budget = BudgetsResponse.create_budget


def _create(self: BudgetsResponse) -> str:
    _tags[:] = self._get_param("ResourceTags") or []
    made: str = _create_budget(self)
    return made


def _subscribers(self: BudgetsResponse) -> str:
    asked = self._get_param("Notification")
    budget = self.backend.budgets[self._get_param("AccountId")][self._get_param("BudgetName")]
    for one in budget.notifications:
        if all(one.details.get(key) == asked.get(key) for key in _IDENTITY if key in asked):
            return json.dumps({"Subscribers": one.subscribers})
    return json.dumps({"Subscribers": []})


def _tags_of_budget(self: BudgetsResponse) -> str:
    return json.dumps({"ResourceTags": _tags})


BudgetsResponse.create_budget = _create
BudgetsResponse.describe_subscribers_for_notification = _subscribers
BudgetsResponse.list_tags_for_resource = _tags_of_budget

if __name__ == "__main__":
    ThreadedMotoServer(ip_address="127.0.0.1", port=int(sys.argv[1]), verbose=True).start()
    while True:
        time.sleep(3600)
