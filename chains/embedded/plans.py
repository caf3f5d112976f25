"""The registry of plans: one a draft kind, found by its decorator."""

from collections.abc import Callable
from importlib import import_module

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
    """The plan of a draft kind, from the module of that name."""
    import_module(f"chains.embedded.{kind.value.replace('-', '_')}")  # registers the plan
    return _PLANS[kind]
