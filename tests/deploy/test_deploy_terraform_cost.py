"""What the cluster costs is computed, not written; README's table is what the command prints."""

import pytest

from terraform import monthly_cost
from terraform.monthly_cost import BEGIN, END, FOLDER, HOURS, PRICES, Cluster


def test_the_readme_holds_the_table_that_the_command_prints() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert text.split(BEGIN)[1].split(END)[0] == monthly_cost.table(), (
        "terraform/README.md is behind: run python terraform/monthly_cost.py --write"
    )


def test_one_month_is_what_a_person_would_add_up() -> None:
    hour, gib = PRICES["usd_per_hour"], PRICES["usd_per_gib_month"]
    by_hand = (
        (hour["t3.small"] + hour["t2.micro"]) * HOURS
        + 2 * hour["public IPv4 address"] * HOURS  # the Elastic IP and the agent's
        + 3 * 10 * gib["gp3 disk"]  # two root disks and the data disk
        + 1 * gib["S3"]
    )
    assert Cluster(1).cost() == pytest.approx(by_hand)


def test_the_on_hours_are_those_of_the_variables() -> None:
    assert monthly_cost.on_hours() == 12 * 5 * 52 / 12


def test_what_is_off_costs_its_disk_and_address_only() -> None:
    off = Cluster(1, server_hours=0, agent_hours=0).cost()
    kept = (
        HOURS * PRICES["usd_per_hour"]["public IPv4 address"] + 10 * 0.08 + PRICES["usd_per_gib_month"]["S3"]
    )
    assert off == pytest.approx(kept)


def test_what_is_switched_on_is_paid() -> None:
    plain = Cluster(1).cost()
    assert Cluster(1, load_balancer=True).cost() - plain == pytest.approx(HOURS * (0.0225 + 2 * 0.005))
    # The agent needs no address of its own behind the gateway, which needs one.
    assert Cluster(1, nat_gateway=True).cost() - plain == pytest.approx(HOURS * 0.045)


def test_the_budget_covers_the_defaults() -> None:
    """Else every month would warn of what was asked for."""
    most = Cluster(3, agent_hours=monthly_cost.on_hours()).cost()
    assert most < 0.8 * float(monthly_cost.default("monthly_budget_usd"))
