"""The registry of plans: one a draft kind, found by its decorator."""

from collections.abc import Callable

from chains.embedded.page import Page
from domain import DraftKind

Plan = Callable[[Page], bool]
"""Writes a whole draft on the page; False where there is nothing honest to write."""

_PLANS: dict[DraftKind, Plan] = {}


def draft_kind(kind: DraftKind) -> Callable[[Plan], Plan]:
    """Register the plan of a draft kind."""

    def register(plan: Plan) -> Plan:
        _PLANS[kind] = plan
        return plan

    return register


def plan_for(kind: DraftKind) -> Plan:
    """The plan of a draft kind."""
    from chains.embedded import cold_email, cover_letter  # noqa: F401  # registers the plans

    return _PLANS[kind]
