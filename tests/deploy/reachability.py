"""Who may open a connection to whom, by the network policies of a rendering.

As Kubernetes defines it: a pod that no policy selects for a direction is open in it; else what any of its
policies allows is allowed. Between two pods both ends must agree.
"""

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Literal

from tests.deploy.manifests import Object, Rendered, selects


@dataclass(frozen=True)
class Pod:
    labels: dict[str, str]
    namespace: str
    address: str = "10.42.0.9"
    policies: tuple[Object, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Outside:
    """What is no pod: a site, a node, the API server."""

    address: str


Place = Pod | Outside


def pods(rendered: Rendered) -> dict[str, Pod]:
    """A pod of each component of a rendering, with the policies of its namespace."""
    [space] = rendered.of_kind("Namespace")
    name, policies = space["metadata"]["name"], tuple(rendered.of_kind("NetworkPolicy"))
    return {
        workload.labels["app.kubernetes.io/component"]: Pod(workload.labels, name, policies=policies)
        for workload in rendered.workloads
    }


def reaches(source: Place, target: Place, port: int, protocol: str = "TCP") -> bool:
    return _allows(source, "Egress", target, port, protocol) and _allows(
        target, "Ingress", source, port, protocol
    )


def _allows(
    end: Place, direction: Literal["Egress", "Ingress"], other: Place, port: int, protocol: str
) -> bool:
    if not isinstance(end, Pod):
        return True
    policies = [
        policy["spec"]
        for policy in end.policies
        if selects(policy["spec"]["podSelector"], end.labels) and direction in policy["spec"]["policyTypes"]
    ]
    rules = [rule for spec in policies for rule in spec.get(direction.lower(), ())]
    peers = "to" if direction == "Egress" else "from"
    return not policies or any(
        _has_port(rule, port, protocol)
        and (peers not in rule or any(_is_peer(peer, end.namespace, other) for peer in rule[peers]))
        for rule in rules
    )


def _has_port(rule: Object, port: int, protocol: str) -> bool:
    return "ports" not in rule or any(
        one.get("port", port) == port and one.get("protocol", "TCP") == protocol for one in rule["ports"]
    )


def _is_peer(peer: Object, namespace: str, other: Place) -> bool:
    """An address counts for pods, too: policies see a pod's own."""
    if "ipBlock" in peer:
        return _is_in(ip_address(other.address), peer["ipBlock"])
    if not isinstance(other, Pod):
        return False
    spaces = peer.get("namespaceSelector")
    is_space = (
        other.namespace == namespace
        if spaces is None
        else selects(spaces, {"kubernetes.io/metadata.name": other.namespace})
    )
    return is_space and ("podSelector" not in peer or selects(peer["podSelector"], other.labels))


def _is_in(address: IPv4Address | IPv6Address, block: Object) -> bool:
    return address in ip_network(block["cidr"]) and not any(
        address in ip_network(left_out) for left_out in block.get("except", ())
    )
