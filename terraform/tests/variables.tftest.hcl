# What a person may ask for, and what is refused before anything is made. Each refusal's sentence says what to do.

mock_provider "aws" {
  mock_data "aws_ec2_instance_type_offerings" {
    defaults = { locations = ["us-east-1a", "us-east-1b", "us-east-1c"] }
  }
  mock_data "aws_ec2_instance_type" {
    defaults = { default_vcpus = 2, memory_size = 2048 }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

variables {
  alert_email = "ops@example.org"
}

run "an_address_is_all_that_must_be_said" {
  command = plan

  assert {
    condition     = output.log_group == "/inroad/inroad" && output.deploy_role_arn == null && output.registry == null
    error_message = "The defaults do not plan, or make a role for a pipeline that nobody named."
  }
}

# One plan takes a second or two, so a run asks for several wrong things at once; every one must be refused.

# Each of these would let somebody in.
run "refuses_what_would_open_the_cluster" {
  command = plan

  variables {
    ssh_cidr        = "0.0.0.0/0"
    gitlab_project  = "group/*"
    gitlab_branches = ["*"]
    vpc_cidr        = "8.8.0.0/16"
    k3s_version     = "latest"
    k3s_sha256      = "abc"
  }

  expect_failures = [
    var.ssh_cidr,
    var.gitlab_project,
    var.gitlab_branches,
    var.vpc_cidr,
    var.k3s_version,
    var.k3s_sha256,
  ]
}

# Each of these would cost money that nobody hears of.
run "refuses_what_would_be_paid_for_unseen" {
  command = plan

  variables {
    alert_email        = "nobody"
    monthly_budget_usd = 0
    log_retention_days = 0
    agents             = { min = 1, desired = 4, max = 3 }
    load_balancer      = "alb"
    off_hours          = "nights"
  }

  expect_failures = [
    var.alert_email,
    var.monthly_budget_usd,
    var.log_retention_days,
    var.agents,
    var.load_balancer,
    var.off_hours,
  ]
}

# Each of these would fail half-way through an apply, or at a node's first start.
run "refuses_what_aws_or_kubernetes_would_refuse_later" {
  command = plan

  variables {
    ssh_cidr                 = "203.0.113.7/32" # for which this is no key
    ssh_public_key           = "-----BEGIN OPENSSH PRIVATE KEY-----"
    name                     = "Inroad_1"
    region                   = "us-east-1a"
    domain                   = "https://inroad.example.org"
    vpc_cidr                 = "10.20.0.0/28"
    web_cidrs                = ["here"]
    server_instance_type     = "small"
    agent_instance_type      = "micro"
    agent_capacity           = "reserved"
    data_disk_gib            = 1
    data_disk_snapshot       = "vol-0123456789abcdef0"
    kms_key_arn              = "alias/inroad"
    gitlab_url               = "https://gitlab.com/"
    gitlab_oidc_provider_arn = "gitlab.com"
    registry                 = "docker"
    on_hours                 = { from = "8", until = "25:00", days = "MON-FRI", time_zone = "Etc/UTC" }
    agents                   = { min = 2, desired = 1, max = 3 }
  }

  expect_failures = [
    var.ssh_public_key,
    var.name,
    var.region,
    var.domain,
    var.vpc_cidr,
    var.web_cidrs,
    var.server_instance_type,
    var.agent_instance_type,
    var.agent_capacity,
    var.data_disk_gib,
    var.data_disk_snapshot,
    var.kms_key_arn,
    var.gitlab_url,
    var.gitlab_oidc_provider_arn,
    var.registry,
    var.on_hours,
    var.agents,
  ]
}

run "refuses_the_network_of_the_pods_and_half_the_world" {
  command = plan

  variables {
    vpc_cidr           = "10.42.0.0/16"
    ssh_cidr           = "0.0.0.0/1"
    web_cidrs          = []
    monthly_budget_usd = -5
    gitlab_branches    = []
    on_hours           = { from = "20:00", until = "08:00", days = "MON-FRI", time_zone = "Etc/UTC" }
  }

  expect_failures = [
    var.vpc_cidr,
    var.ssh_cidr,
    var.web_cidrs,
    var.monthly_budget_usd,
    var.gitlab_branches,
    var.on_hours,
  ]
}

run "refuses_a_network_without_a_length_and_days_without_names" {
  command = plan

  variables {
    vpc_cidr = "10.20.0.0"
    ssh_cidr = "203.0.113.7/32"
    on_hours = { from = "08:00", until = "20:00", days = "weekdays", time_zone = "Etc/UTC" }
  }

  expect_failures = [
    var.vpc_cidr,
    var.ssh_public_key,
    var.on_hours,
  ]
}

run "refuses_a_key_without_a_range_and_a_time_zone_by_offset" {
  command = plan

  variables {
    ssh_public_key = "ssh-ed25519 AAAA"
    on_hours       = { from = "08:00", until = "20:00", days = "MON-FRI", time_zone = "CET" }
  }

  expect_failures = [
    var.ssh_public_key,
    var.on_hours,
  ]
}

run "refuses_a_region_without_the_machines" {
  command = plan

  variables {
    region = "eu-south-2"
  }

  override_data {
    target = data.aws_ec2_instance_type_offerings.this["t2.micro"]
    values = { locations = [] }
  }

  expect_failures = [terraform_data.zones]
}

run "refuses_a_region_with_the_machines_in_one_zone" {
  command = plan

  override_data {
    target = data.aws_ec2_instance_type_offerings.this["t2.micro"]
    values = { locations = ["us-east-1a"] }
  }

  expect_failures = [terraform_data.zones]
}

run "warns_of_a_server_below_what_k3s_asks_for" {
  command = plan

  variables {
    server_instance_type = "t2.micro"
  }

  override_data {
    target = data.aws_ec2_instance_type.server
    values = { default_vcpus = 1, memory_size = 1024 }
  }

  expect_failures = [check.server_size]
}
