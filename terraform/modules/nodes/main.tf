# The k3s server and its agents, each in an Auto Scaling group: one that dies is replaced without anybody's help.
# The server's disk and address are its own resources, so that the next server takes them and is the same cluster.

locals {
  settings = {
    AWS_DEFAULT_REGION = var.region
    CLUSTER            = var.name
    K3S_VERSION        = var.k3s_version
    K3S_SHA256         = var.k3s_sha256
    SWAP_MIB           = 1024
    TOKEN_PARAMETER    = aws_ssm_parameter.join_token.name
    ADDRESS_PARAMETER  = aws_ssm_parameter.server_address.name
    LOG_GROUP          = var.log_group
    METRICS_NAMESPACE  = var.metrics_namespace
  }

  server_settings = {
    DATA_VOLUME        = aws_ebs_volume.data.id
    ADDRESS_ALLOCATION = aws_eip.server.allocation_id
    PUBLIC_ADDRESS     = aws_eip.server.public_ip
    BACKUP_BUCKET      = var.backup_bucket
    ECR_REPOSITORY     = var.ecr_repository == null ? "" : var.ecr_repository.url
    POSTGRES_UID       = 999 # of Debian's PostgreSQL image, which also writes the backups
    TRAEFIK_KIND       = var.ingress_on_every_node ? "DaemonSet" : "Deployment"
    ACME_EMAIL         = var.acme_email
    # What the scheduler must not give to pods: k3s and the system. Without it two app pods would go to a t2.micro.
    RESERVED_MEMORY = "900Mi"
  }

  server_user_data = templatefile("${path.module}/user_data/user_data.sh.tftpl", {
    settings = merge(local.settings, local.server_settings)
    node     = file("${path.module}/user_data/node.sh")
    role     = file("${path.module}/user_data/server.sh")
    programs = merge({
      inroad-prune-nodes = file("${path.module}/user_data/prune_nodes.sh")
      inroad-backups     = file("${path.module}/user_data/backups.sh")
      inroad-publish     = file("${path.module}/user_data/publish.sh")
      }, var.ecr_repository == null ? {} : {
      inroad-pull-secret = file("${path.module}/user_data/pull_secret.sh")
    })
  })

  # The whole of what k3s (275 MiB) and the system (80) use: k3s sets no threshold of its own below which pods are
  # evicted for memory, so nothing else is subtracted.
  agent_user_data = templatefile("${path.module}/user_data/user_data.sh.tftpl", {
    settings = merge(local.settings, { RESERVED_MEMORY = "360Mi" })
    node     = file("${path.module}/user_data/node.sh")
    role     = file("${path.module}/user_data/agent.sh")
    programs = { inroad-join = file("${path.module}/user_data/join.sh") }
  })

  tags = {
    server = { Name = "${var.name}-server", "inroad:cluster" = var.name, "inroad:role" = "server" }
    agent  = { Name = "${var.name}-agent", "inroad:cluster" = var.name, "inroad:role" = "agent" }
  }
}

resource "aws_key_pair" "ssh" {
  count = var.ssh_public_key == null ? 0 : 1

  key_name_prefix = "${var.name}-"
  public_key      = var.ssh_public_key
}

# --- how agents find and join the server --------------------------------------------------------------

# The server writes both once k3s runs. Write-only: what it writes never enters Terraform's state.
resource "aws_ssm_parameter" "join_token" {
  # checkov:skip=CKV_AWS_337: AWS's own key for SecureString costs nothing and is bound to this account
  name             = "/inroad/${var.name}/join-token"
  description      = "With it a node joins ${var.name} as an agent"
  type             = "SecureString"
  value_wo         = "unset"
  value_wo_version = 1
}

resource "aws_ssm_parameter" "server_address" {
  # checkov:skip=CKV2_AWS_34: a private address is no secret
  name           = "/inroad/${var.name}/server-address"
  description    = "Private address of ${var.name}'s server"
  type           = "String"
  insecure_value = "unset"

  lifecycle {
    ignore_changes = [insecure_value]
  }
}

# --- what outlives a server ---------------------------------------------------------------------------

resource "aws_eip" "server" {
  # checkov:skip=CKV2_AWS_19: the server takes it itself when it starts, as its instance is Auto Scaling's
  domain = "vpc"
  tags   = { Name = "${var.name}-server" }
}

resource "aws_ebs_volume" "data" {
  # checkov:skip=CKV_AWS_189: AWS's own key costs nothing; a key of one's own is for those who must rotate it
  availability_zone = var.server_zone
  size              = var.data_disk_gib
  snapshot_id       = var.data_disk_snapshot
  type              = "gp3"
  encrypted         = true
  final_snapshot    = true
  tags              = { Name = "${var.name}-data" }

  # Losing it is losing the database. To end a cluster for good, see "The end" in the README.
  lifecycle {
    prevent_destroy = true
    ignore_changes  = [snapshot_id] # only how it began
  }
}

# --- the server ---------------------------------------------------------------------------------------

resource "aws_launch_template" "server" {
  # checkov:skip=CKV_AWS_88: it serves the page; its security group lets in nothing else
  name                   = "${var.name}-server"
  image_id               = var.image_id
  instance_type          = var.server_instance_type
  key_name               = one(aws_key_pair.ssh[*].key_name)
  user_data              = base64encode(local.server_user_data)
  update_default_version = true

  iam_instance_profile {
    arn = aws_iam_instance_profile.server.arn
  }

  network_interfaces {
    associate_public_ip_address = true # until it has taken its Elastic IP
    delete_on_termination       = true
    security_groups             = [var.server_group_id]
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1 # a pod is one hop further away
  }

  # "standard" is throttled when its credits are gone; "unlimited", T3's default, goes on at a price.
  dynamic "credit_specification" {
    for_each = startswith(var.server_instance_type, "t") ? ["standard"] : []
    content {
      cpu_credits = credit_specification.value
    }
  }

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_type           = "gp3"
      volume_size           = var.root_disk_gib
      encrypted             = true
      delete_on_termination = true
    }
  }

  tag_specifications {
    resource_type = "volume"
    tags          = local.tags.server
  }
}

resource "aws_autoscaling_group" "server" {
  name                = "${var.name}-server"
  min_size            = 1
  max_size            = 1
  desired_capacity    = 1
  vpc_zone_identifier = [var.server_subnet_id]
  target_group_arns   = var.target_group_arns
  # The old one must let go of the disk before the next can begin.
  termination_policies = ["OldestInstance"]

  launch_template {
    id      = aws_launch_template.server.id
    version = aws_launch_template.server.latest_version
  }

  dynamic "tag" {
    for_each = local.tags.server
    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }

  lifecycle {
    ignore_changes = [desired_capacity] # the schedule's
  }

  depends_on = [aws_iam_role_policy.server]
}

# --- the agents ---------------------------------------------------------------------------------------

resource "aws_launch_template" "agent" {
  # checkov:skip=CKV_AWS_88: without a NAT gateway a public address is the only way out; nothing comes in by it
  name                   = "${var.name}-agent"
  image_id               = var.image_id
  instance_type          = var.agent_instance_type
  key_name               = one(aws_key_pair.ssh[*].key_name)
  user_data              = base64encode(local.agent_user_data)
  update_default_version = true

  iam_instance_profile {
    arn = aws_iam_instance_profile.agent.arn
  }

  network_interfaces {
    associate_public_ip_address = var.agents_public
    delete_on_termination       = true
    security_groups             = [var.agent_group_id]
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  dynamic "credit_specification" {
    for_each = startswith(var.agent_instance_type, "t") ? ["standard"] : []
    content {
      cpu_credits = credit_specification.value
    }
  }

  dynamic "instance_market_options" {
    for_each = var.agent_capacity == "spot" ? ["spot"] : []
    content {
      market_type = instance_market_options.value
    }
  }

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_type           = "gp3"
      volume_size           = var.root_disk_gib
      encrypted             = true
      delete_on_termination = true
    }
  }

  tag_specifications {
    resource_type = "volume"
    tags          = local.tags.agent
  }
}

resource "aws_autoscaling_group" "agents" {
  name                = "${var.name}-agents"
  min_size            = var.agents.min
  max_size            = var.agents.max
  desired_capacity    = var.agents.desired
  vpc_zone_identifier = var.agent_subnet_ids
  target_group_arns   = var.target_group_arns

  launch_template {
    id      = aws_launch_template.agent.id
    version = aws_launch_template.agent.latest_version
  }

  # A new image or setting reaches the agents by replacing them, one after another.
  instance_refresh {
    strategy = "Rolling"
    preferences {
      min_healthy_percentage = 50
    }
  }

  dynamic "tag" {
    for_each = local.tags.agent
    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }

  lifecycle {
    ignore_changes = [desired_capacity] # the schedule's, and the policy's below
  }

  depends_on = [aws_iam_role_policy.agent]
}

# Kubernetes adds pods, not nodes; a pod that finds no room waits for this. Below half of a CPU a t2.micro still has
# credits to be busy with; once they are gone it cannot show more than a tenth, and the alarm on credits tells.
resource "aws_autoscaling_policy" "agents" {
  count = var.agents.max > var.agents.min ? 1 : 0

  name                      = "${var.name}-cpu"
  autoscaling_group_name    = aws_autoscaling_group.agents.name
  policy_type               = "TargetTrackingScaling"
  estimated_instance_warmup = 300

  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
