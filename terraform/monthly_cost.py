"""What the cluster costs in a month, by plain arithmetic on prices.json and the defaults of variables.tf.

    python terraform/monthly_cost.py            prints the table
    python terraform/monthly_cost.py --write    puts it into README.md

Not counted, as they depend on use: traffic out (100 GB a month are free), the load balancer's capacity units,
the NAT gateway's gigabytes, logs above 5 GB, tax. Nor the free tier, which newer accounts do not have.
"""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
PRICES = json.loads((FOLDER / "prices.json").read_text(encoding="utf-8"))
HOURS = 730.0  # of a month, as AWS counts them
BEGIN, END = "<!-- made by monthly_cost.py -->\n", "<!-- end -->\n"
BACKUPS_GIB = 1  # three months of a small database


def default(variable: str) -> str:
    """The default of a variable of the root module, as it is written."""
    text = (FOLDER / "variables.tf").read_text(encoding="utf-8")
    block = text.split(f'variable "{variable}" {{')[1].split("\nvariable ")[0]
    found = re.search(r"(?ms)^  default\s*=\s*(\{.*?\}|.*?)$", block)
    assert found, f"variables.tf gives {variable} no default: monthly_cost.py must be told another way."
    return found[1].strip('"')


def root_disk_gib() -> float:
    found = re.search(r"root_disk_gib\s*=\s*(\d+)", (FOLDER / "main.tf").read_text(encoding="utf-8"))
    assert found, "main.tf no longer says root_disk_gib: monthly_cost.py must read it where it went."
    return float(found[1])


def on_hours() -> float:
    """Hours of a month within on_hours, which is Monday to Friday by default."""
    written = default("on_hours")
    times = {
        name: int(hour) + int(minute) / 60
        for name, hour, minute in re.findall(r'(from|until)\s*=\s*"(\d+):(\d+)"', written)
    }
    assert 'days = "MON-FRI"' in written, "on_hours has other days now: say how many in monthly_cost.py."
    return (times["until"] - times["from"]) * 5 * 52 / 12


@dataclass(frozen=True)
class Cluster:
    """What is on, and for how many hours of a month."""

    agents: int
    server_hours: float = HOURS
    agent_hours: float = HOURS
    load_balancer: bool = False
    nat_gateway: bool = False

    def cost(self) -> float:
        hour, gib = PRICES["usd_per_hour"], PRICES["usd_per_gib_month"]
        address = hour["public IPv4 address"]
        root_disk = root_disk_gib() * gib["gp3 disk"] / HOURS
        server = hour[default("server_instance_type")] + root_disk
        agent = hour[default("agent_instance_type")] + root_disk + (0 if self.nat_gateway else address)
        total: float = self.server_hours * server + self.agent_hours * agent * self.agents
        total += HOURS * address  # the server's Elastic IP, whether the server is on or not
        total += float(default("data_disk_gib")) * gib["gp3 disk"] + BACKUPS_GIB * gib["S3"]
        if self.load_balancer:  # with an address in each of its two zones
            total += HOURS * (hour["Network Load Balancer"] + 2 * address)
        if self.nat_gateway:
            total += HOURS * (hour["NAT gateway"] + address)
        return total


def table() -> str:
    on = on_hours()
    rows = {
        'Always on (`off_hours = "none"`)': Cluster(1),
        f'Agents on {on:.0f} h, server always (`"agents"`, the default)': Cluster(1, agent_hours=on),
        f'All on {on:.0f} h (`"all"`)': Cluster(1, server_hours=on, agent_hours=on),
        "The default with a Network Load Balancer": Cluster(1, agent_hours=on, load_balancer=True),
        "The default with a NAT gateway": Cluster(1, agent_hours=on, nat_gateway=True),
        "Always on with both": Cluster(1, load_balancer=True, nat_gateway=True),
    }
    counts = range(1, 4)
    lines = [
        f"US dollars a month in {PRICES['region']}, from prices noted on {PRICES['noted']}. Check them:",
        f"aws.amazon.com{PRICES['check']}.",
        "",
        f"| One {default('server_instance_type')} and so many {default('agent_instance_type')}: | "
        + " | ".join(map(str, counts))
        + " |",
        "| --- |" + " ---: |" * len(counts),
    ]
    for name, one in rows.items():
        costs = (Cluster(**{**one.__dict__, "agents": n}).cost() for n in counts)
        lines.append(f"| {name} | " + " | ".join(f"{cost:.2f}" for cost in costs) + " |")
    return "\n".join(lines) + "\n"


def main() -> int:
    if sys.argv[1:] == ["--write"]:
        readme = FOLDER / "README.md"
        before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
        readme.write_text(before + BEGIN + table() + END + rest.split(END)[1], encoding="utf-8")
    else:
        sys.stdout.write(table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
