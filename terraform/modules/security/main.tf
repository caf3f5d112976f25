# Who may speak to whom. Nodes name each other by security group, so no address range opens a port of the cluster:
# 6443 (API), 10250 (kubelet) and 8472/udp (VXLAN, which would expose the pods' network) are for nodes only.

resource "aws_security_group" "server" {
  # checkov:skip=CKV2_AWS_5: attached by another module, which checkov does not follow
  name_prefix = "${var.name}-server-"
  description = "The k3s server"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-server" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "agent" {
  # checkov:skip=CKV2_AWS_5: attached by another module, which checkov does not follow
  name_prefix = "${var.name}-agent-"
  description = "The k3s agents"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-agent" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "load_balancer" {
  # checkov:skip=CKV2_AWS_5: attached by another module, which checkov does not follow
  count = var.load_balancer ? 1 : 0

  name_prefix = "${var.name}-nlb-"
  description = "The load balancer before the nodes"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-nlb" }

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  groups = { server = aws_security_group.server.id, agent = aws_security_group.agent.id }

  among_nodes = {
    kubelet = { port = 10250, protocol = "tcp" }
    vxlan   = { port = 8472, protocol = "udp" }
  }

  # Every node to every node, itself included: pods of one node reach its kubelet through the node's own address.
  node_pairs = {
    for rule in setproduct(keys(local.among_nodes), keys(local.groups), keys(local.groups)) :
    "${rule[0]}-${rule[1]}-${rule[2]}" => { service = local.among_nodes[rule[0]], from = rule[1], to = rule[2] }
  }

  web = { http = 80, https = 443 }

  # With a load balancer the world speaks to it, and only it speaks to the nodes.
  web_doors = var.load_balancer ? { load_balancer = aws_security_group.load_balancer[0].id } : { server = aws_security_group.server.id }
  web_from_world = {
    for rule in setproduct(keys(local.web), keys(local.web_doors), var.web_cidrs) :
    "${rule[0]}-${rule[1]}-${rule[2]}" => { port = local.web[rule[0]], door = rule[1], cidr = rule[2] }
  }
  web_from_load_balancer = var.load_balancer ? {
    for rule in setproduct(keys(local.web), keys(local.groups)) :
    "${rule[0]}-${rule[1]}" => { port = local.web[rule[0]], to = rule[1] }
  } : {}
}

resource "aws_vpc_security_group_ingress_rule" "among_nodes" {
  for_each = local.node_pairs

  description                  = "${each.value.from} to ${each.value.to}"
  security_group_id            = local.groups[each.value.to]
  referenced_security_group_id = local.groups[each.value.from]
  ip_protocol                  = each.value.service.protocol
  from_port                    = each.value.service.port
  to_port                      = each.value.service.port
}

resource "aws_vpc_security_group_egress_rule" "among_nodes" {
  for_each = local.node_pairs

  description                  = "${each.value.from} to ${each.value.to}"
  security_group_id            = local.groups[each.value.from]
  referenced_security_group_id = local.groups[each.value.to]
  ip_protocol                  = each.value.service.protocol
  from_port                    = each.value.service.port
  to_port                      = each.value.service.port
}

resource "aws_vpc_security_group_ingress_rule" "api" {
  description                  = "Agents to the API server"
  security_group_id            = aws_security_group.server.id
  referenced_security_group_id = aws_security_group.agent.id
  ip_protocol                  = "tcp"
  from_port                    = 6443
  to_port                      = 6443
}

resource "aws_vpc_security_group_egress_rule" "api" {
  description                  = "Agents to the API server"
  security_group_id            = aws_security_group.agent.id
  referenced_security_group_id = aws_security_group.server.id
  ip_protocol                  = "tcp"
  from_port                    = 6443
  to_port                      = 6443
}

resource "aws_vpc_security_group_ingress_rule" "web" {
  for_each = local.web_from_world

  description       = "The page"
  security_group_id = local.web_doors[each.value.door]
  cidr_ipv4         = each.value.cidr
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
}

resource "aws_vpc_security_group_ingress_rule" "load_balanced_web" {
  for_each = local.web_from_load_balancer

  description                  = "The page, through the load balancer"
  security_group_id            = local.groups[each.value.to]
  referenced_security_group_id = aws_security_group.load_balancer[0].id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "load_balanced_web" {
  for_each = local.web_from_load_balancer

  description                  = "To the nodes, which also answer its health checks"
  security_group_id            = aws_security_group.load_balancer[0].id
  referenced_security_group_id = local.groups[each.value.to]
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

# Careers pages, the language model, images, packages and AWS's own API. Names are resolved by the VPC's resolver,
# which security groups do not filter.
resource "aws_vpc_security_group_egress_rule" "web" {
  for_each = { for rule in setproduct(keys(local.web), keys(local.groups)) : "${rule[0]}-${rule[1]}" => { port = local.web[rule[0]], from = rule[1] } }

  description       = "The web"
  security_group_id = local.groups[each.value.from]
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  for_each = var.ssh_cidr == null ? {} : local.groups

  description       = "SSH from one range"
  security_group_id = each.value
  cidr_ipv4         = var.ssh_cidr
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}
