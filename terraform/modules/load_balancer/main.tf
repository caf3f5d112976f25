# A Network Load Balancer before all nodes. It costs by the hour whether used or not, and across zones by the gigabyte;
# a cluster with one server gains no second way in by it, so it is for those with more.

locals {
  ports = { http = 80, https = 443 }
}

resource "aws_lb" "this" {
  # checkov:skip=CKV_AWS_91: access logs of a TCP balancer name addresses of visitors, which nobody here needs
  # checkov:skip=CKV2_AWS_20: it balances TCP; Traefik redirects to HTTPS
  # checkov:skip=CKV_AWS_150: it holds nothing; the end of a cluster must not leave it on the bill
  name               = var.name
  load_balancer_type = "network"
  subnets            = var.subnet_ids
  security_groups    = [var.group_id]
  # The server stands in one zone: without this the other zone's address would answer nobody.
  enable_cross_zone_load_balancing = true
}

# Gradio keeps a visitor's queue in one process, so a visitor keeps coming to one node: by address, which arrives as it
# was sent.
resource "aws_lb_target_group" "web" {
  for_each = local.ports

  name                 = "${var.name}-${each.key}"
  vpc_id               = var.vpc_id
  target_type          = "instance"
  port                 = each.value
  protocol             = "TCP"
  preserve_client_ip   = true
  deregistration_delay = 60

  stickiness {
    enabled = true
    type    = "source_ip"
  }

  health_check {
    protocol            = "TCP"
    interval            = 10
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }
}

resource "aws_lb_listener" "web" {
  # checkov:skip=CKV_AWS_2: TLS ends at Traefik, which has the certificate
  # checkov:skip=CKV_AWS_103: TLS ends at Traefik
  for_each = local.ports

  load_balancer_arn = aws_lb.this.arn
  port              = each.value
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web[each.key].arn
  }
}
