# Inroad on k3s on EC2: what each part is and costs stands in README.md.

data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

# Which zones have the machines: newer regions, and some zones of old ones, never had a t2.micro.
data "aws_ec2_instance_type_offerings" "this" {
  for_each = toset([var.server_instance_type, var.agent_instance_type])

  location_type = "availability-zone"

  filter {
    name   = "instance-type"
    values = [each.key]
  }
}

# Amazon Linux 2023: cgroup v2, which the kubelet asks for, with the SSM agent and the AWS CLI on it.
data "aws_ssm_parameter" "image" {
  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64"
}

data "aws_ec2_instance_type" "server" {
  instance_type = var.server_instance_type
}

locals {
  account_id = data.aws_caller_identity.this.account_id
  partition  = data.aws_partition.this.partition

  zones_with_both = sort(setintersection(
    data.aws_ec2_instance_type_offerings.this[var.server_instance_type].locations,
    data.aws_ec2_instance_type_offerings.this[var.agent_instance_type].locations,
  ))
  zones = slice(local.zones_with_both, 0, min(2, length(local.zones_with_both)))

  metrics_namespace = "Inroad/${var.name}"

  group_sizes = {
    server = { name = module.nodes.server_group_name, min = 1, desired = 1, max = 1 }
    agents = merge(var.agents, { name = module.nodes.agent_group_name })
  }
  switched_off = { none = [], agents = ["agents"], all = ["agents", "server"] }[var.off_hours]
}

resource "terraform_data" "zones" {
  input = local.zones

  lifecycle {
    precondition {
      condition     = length(local.zones) == 2
      error_message = "${var.region} offers ${var.server_instance_type} and ${var.agent_instance_type} together in ${length(local.zones)} zones, and two are needed. Set server_instance_type and agent_instance_type to types it has (t3.micro instead of t2.micro), or take another region."
    }
  }
}

check "server_size" {
  assert {
    condition     = data.aws_ec2_instance_type.server.default_vcpus >= 2 && data.aws_ec2_instance_type.server.memory_size >= 2048
    error_message = "${var.server_instance_type} is below what k3s asks of a server: 2 cores and 2 GB. It may start, with its gigabyte of swap, and will be slow or fall over; take t3.small."
  }
}

module "network" {
  source = "./modules/network"

  name        = var.name
  region      = var.region
  cidr        = var.vpc_cidr
  zones       = terraform_data.zones.input
  nat_gateway = var.nat_gateway
}

module "security" {
  source = "./modules/security"

  name          = var.name
  vpc_id        = module.network.vpc_id
  web_cidrs     = var.web_cidrs
  ssh_cidr      = var.ssh_cidr
  load_balancer = var.load_balancer == "nlb"
}

module "load_balancer" {
  source = "./modules/load_balancer"
  count  = var.load_balancer == "nlb" ? 1 : 0

  name       = var.name
  vpc_id     = module.network.vpc_id
  subnet_ids = module.network.public_subnet_ids
  group_id   = module.security.load_balancer_group_id
}

module "logs" {
  source = "./modules/logs"

  name           = var.name
  retention_days = var.log_retention_days
  kms_key_arn    = var.kms_key_arn
}

module "backups" {
  source = "./modules/backups"

  name        = var.name
  partition   = local.partition
  account_id  = local.account_id
  kms_key_arn = var.kms_key_arn
}

module "registry" {
  source = "./modules/registry"
  count  = var.registry == "ecr" ? 1 : 0

  name = var.name
}

module "nodes" {
  source = "./modules/nodes"

  name       = var.name
  region     = var.region
  partition  = local.partition
  account_id = local.account_id

  server_zone       = terraform_data.zones.input[0]
  server_subnet_id  = module.network.public_subnet_ids[0]
  agent_subnet_ids  = var.nat_gateway ? module.network.private_subnet_ids : module.network.public_subnet_ids
  agents_public     = !var.nat_gateway
  server_group_id   = module.security.server_group_id
  agent_group_id    = module.security.agent_group_id
  target_group_arns = flatten(module.load_balancer[*].target_group_arns)

  server_instance_type = var.server_instance_type
  agent_instance_type  = var.agent_instance_type
  agent_capacity       = var.agent_capacity
  agents               = var.agents
  image_id             = data.aws_ssm_parameter.image.insecure_value
  root_disk_gib        = 10
  data_disk_gib        = var.data_disk_gib
  data_disk_snapshot   = var.data_disk_snapshot
  k3s_version          = var.k3s_version
  k3s_sha256           = var.k3s_sha256
  ssh_public_key       = var.ssh_public_key

  # Behind a load balancer every node answers, and none can hold a certificate for all.
  ingress_on_every_node = var.load_balancer == "nlb"
  acme_email            = var.domain != null && var.load_balancer == "none" ? var.alert_email : ""

  log_group         = module.logs.group_name
  metrics_namespace = local.metrics_namespace
  backup_bucket     = module.backups.bucket
  kms_key_arn       = var.kms_key_arn
  ecr_repository    = one(module.registry[*].repository)
}

module "schedule" {
  source = "./modules/schedule"

  groups   = { for group in local.switched_off : group => local.group_sizes[group] }
  on_hours = var.on_hours
}

module "observability" {
  source = "./modules/observability"

  name              = var.name
  alert_email       = var.alert_email
  metrics_namespace = local.metrics_namespace
  server_group_name = module.nodes.server_group_name
  agent_group_name  = module.nodes.agent_group_name
}

module "budget" {
  source = "./modules/budget"

  name        = var.name
  monthly_usd = var.monthly_budget_usd
  alert_email = var.alert_email
}

module "ci_access" {
  source = "./modules/ci_access"
  count  = var.gitlab_project == null ? 0 : 1

  name               = var.name
  region             = var.region
  partition          = local.partition
  account_id         = local.account_id
  gitlab_url         = var.gitlab_url
  project            = var.gitlab_project
  branches           = var.gitlab_branches
  oidc_provider_arn  = var.gitlab_oidc_provider_arn
  ecr_repository_arn = one(module.registry[*].repository.arn)
}

# Which instance is the server now; another after it has been replaced, so pipelines do better to ask by tag.
data "aws_instances" "server" {
  instance_tags        = { "inroad:cluster" = var.name, "inroad:role" = "server" }
  instance_state_names = ["pending", "running"]

  depends_on = [module.nodes]
}
