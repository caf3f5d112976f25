# What must never happen, whatever else changes. Each module is planned by itself, with all of AWS made up.

mock_provider "aws" {
  override_during = plan # so that policies, which hold ARNs, can be read in a plan

  mock_resource "aws_ebs_volume" {
    defaults = { id = "vol-0123456789abcdef0", arn = "arn:aws:ec2:us-east-1:123456789012:volume/vol-0123456789abcdef0" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:123456789012:inroad-alarms" }
  }
  mock_resource "aws_eip" {
    defaults = { allocation_id = "eipalloc-0123456789abcdef0", public_ip = "203.0.113.10" }
  }
}

variables {
  name       = "inroad"
  region     = "us-east-1"
  partition  = "aws"
  account_id = "123456789012"
}

# --- who reaches the nodes ----------------------------------------------------------------------------

run "the_world_reaches_the_page_and_nothing_else" {
  command = plan

  module {
    source = "./modules/security"
  }
  variables {
    vpc_id        = "vpc-1"
    web_cidrs     = ["0.0.0.0/0"]
    ssh_cidr      = null
    load_balancer = false
  }

  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.web : rule.from_port]) == toset([80, 443])
    error_message = "Other ports than 80 and 443 are open to the world."
  }
  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.web : rule.from_port == rule.to_port && rule.ip_protocol == "tcp"])
    error_message = "A rule opens a range of ports to the world."
  }
  assert {
    condition     = alltrue([for rule in concat(values(aws_vpc_security_group_ingress_rule.among_nodes), [aws_vpc_security_group_ingress_rule.api]) : rule.cidr_ipv4 == null && rule.cidr_ipv6 == null && rule.prefix_list_id == null])
    error_message = "6443, 10250 or 8472/udp is opened to addresses; only nodes may be named, by security group."
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.ssh) == 0
    error_message = "SSH is open although nobody asked for it."
  }
}

run "behind_a_load_balancer_only_it_is_open" {
  command = plan

  module {
    source = "./modules/security"
  }
  variables {
    vpc_id        = "vpc-1"
    web_cidrs     = ["0.0.0.0/0"]
    ssh_cidr      = "203.0.113.7/32"
    load_balancer = true
  }

  assert {
    condition     = alltrue([for key, rule in aws_vpc_security_group_ingress_rule.web : strcontains(key, "-load_balancer-")])
    error_message = "The world reaches a node past the load balancer."
  }
  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.load_balanced_web : rule.cidr_ipv4 == null])
    error_message = "A node takes the page's traffic from addresses, not from the load balancer."
  }
  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.ssh : rule.cidr_ipv4 == "203.0.113.7/32" && rule.from_port == 22 && rule.to_port == 22])
    error_message = "SSH is open to more than the one range."
  }
}

run "a_network_costs_nothing_by_default" {
  command = plan

  module {
    source = "./modules/network"
  }
  variables {
    cidr        = "10.20.0.0/16"
    zones       = ["us-east-1a", "us-east-1b"]
    nat_gateway = false
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_eip.nat) == 0
    error_message = "There is a NAT gateway that nobody asked for."
  }
  assert {
    condition     = length(aws_subnet.public) == 2 && length(aws_subnet.private) == 2 && length(toset(concat([for s in aws_subnet.public : s.cidr_block], [for s in aws_subnet.private : s.cidr_block]))) == 4
    error_message = "There are not two public and two private subnets, each with a range of its own."
  }
  assert {
    condition     = alltrue([for s in concat(values(aws_subnet.public), values(aws_subnet.private)) : s.map_public_ip_on_launch != true])
    error_message = "A subnet gives public addresses to whatever is started in it."
  }
  assert {
    condition     = length(aws_default_security_group.closed.ingress) == 0 && length(aws_default_security_group.closed.egress) == 0
    error_message = "The default security group lets something in or out."
  }
}

# --- the nodes ----------------------------------------------------------------------------------------

run "nodes" {
  command = plan

  module {
    source = "./modules/nodes"
  }
  variables {
    server_zone           = "us-east-1a"
    server_subnet_id      = "subnet-1"
    agent_subnet_ids      = ["subnet-1", "subnet-2"]
    agents_public         = true
    server_group_id       = "sg-server"
    agent_group_id        = "sg-agent"
    target_group_arns     = []
    server_instance_type  = "t3.small"
    agent_instance_type   = "t2.micro"
    agent_capacity        = "on-demand"
    agents                = { min = 1, desired = 1, max = 3 }
    image_id              = "ami-0123456789abcdef0"
    root_disk_gib         = 10
    data_disk_gib         = 10
    data_disk_snapshot    = null
    k3s_version           = "v1.36.5+k3s1"
    k3s_sha256            = "0000000000000000000000000000000000000000000000000000000000000000"
    ssh_public_key        = null
    ingress_on_every_node = false
    acme_email            = ""
    log_group             = "/inroad/inroad"
    metrics_namespace     = "Inroad/inroad"
    backup_bucket         = "inroad-backups-123456789012"
    kms_key_arn           = "arn:aws:kms:us-east-1:123456789012:key/1"
    ecr_repository        = { arn = "arn:aws:ecr:us-east-1:123456789012:repository/inroad", url = "123456789012.dkr.ecr.us-east-1.amazonaws.com/inroad" }
  }

  assert {
    condition     = alltrue([for t in [aws_launch_template.server, aws_launch_template.agent] : t.metadata_options[0].http_tokens == "required" && t.metadata_options[0].http_endpoint == "enabled"])
    error_message = "A node answers IMDSv1, which a request forged by the app could ask."
  }
  assert {
    condition     = alltrue([for t in [aws_launch_template.server, aws_launch_template.agent] : t.metadata_options[0].http_put_response_hop_limit == 1])
    error_message = "The hop limit lets pods reach the instance metadata and with it the node's role."
  }
  assert {
    condition     = alltrue(flatten([for t in [aws_launch_template.server, aws_launch_template.agent] : [for disk in t.block_device_mappings : disk.ebs[0].encrypted == "true" && disk.ebs[0].volume_type == "gp3"]]))
    error_message = "A root disk is not encrypted gp3."
  }
  assert {
    condition     = aws_ebs_volume.data.encrypted == true && aws_ebs_volume.data.type == "gp3" && aws_ebs_volume.data.final_snapshot == true
    error_message = "The data disk is not encrypted gp3 with a snapshot before its end."
  }
  assert {
    condition     = alltrue([for t in [aws_launch_template.server, aws_launch_template.agent] : t.credit_specification[0].cpu_credits == "standard"])
    error_message = "A burstable type may run on unlimited credits, which cost by the hour."
  }
  assert {
    condition     = alltrue([for t in [aws_launch_template.server, aws_launch_template.agent] : t.key_name == null]) && length(aws_key_pair.ssh) == 0
    error_message = "A node has a key for SSH that nobody asked for."
  }
  assert {
    condition     = aws_autoscaling_group.server.max_size == 1 && aws_autoscaling_group.server.vpc_zone_identifier == toset(["subnet-1"])
    error_message = "Two servers could run at once, or one where its disk is not."
  }
  assert {
    condition     = length([for t in [aws_launch_template.server, aws_launch_template.agent] : t if length(t.instance_market_options) > 0]) == 0
    error_message = "A node is on spot although nobody asked for it."
  }

  # Policies, action by action.
  assert {
    condition = alltrue(flatten([
      for policy in [aws_iam_role_policy.server.policy, aws_iam_role_policy.agent.policy] : [
        for s in jsondecode(policy).Statement : [for action in flatten([s.Action]) : !strcontains(action, "*")]
      ]
    ]))
    error_message = "A role of a node is allowed actions by wildcard."
  }
  assert {
    condition = alltrue(flatten([
      for policy in [aws_iam_role_policy.server.policy, aws_iam_role_policy.agent.policy] : [
        for s in jsondecode(policy).Statement : [
          for action in flatten([s.Action]) : can(regex("^(ssm:UpdateInstance|ssm:ListInstanceAssociations|ssmmessages:|ec2messages:|ec2:Describe|cloudwatch:PutMetricData|ecr:GetAuthorizationToken)", action))
        ] if contains(flatten([s.Resource]), "*")
      ]
    ]))
    error_message = "A role of a node may do more to every resource than AWS makes unavoidable."
  }
  assert {
    condition     = alltrue(flatten([for s in jsondecode(aws_iam_role_policy.agent.policy).Statement : [for action in flatten([s.Action]) : !can(regex("^(ssm:Put|ec2:(Attach|Associate)|s3:)", action))]]))
    error_message = "An agent, where the app runs, may do what only the server should."
  }
  assert {
    condition     = alltrue(flatten([for s in jsondecode(aws_iam_role_policy.server.policy).Statement : [for action in flatten([s.Action]) : !can(regex("^s3:Delete", action))]]))
    error_message = "The server may delete backups."
  }

  # The token to join.
  assert {
    condition     = aws_ssm_parameter.join_token.type == "SecureString" && aws_ssm_parameter.join_token.value_wo_version == 1
    error_message = "The join token is not a SecureString, or its value goes through Terraform's state."
  }

  # AWS takes 16 KiB of user data; some room is left for longer names.
  assert {
    condition     = alltrue([for text in values(output.user_data) : length(text) < 16000])
    error_message = "The user data is longer than AWS takes."
  }
  assert {
    condition     = alltrue([for text in values(output.user_data) : strcontains(text, "sha256sum --check") && !can(regex("\\| *(ba)?sh\\b", text))])
    error_message = "A node runs a program from the web whose bytes it has not checked."
  }
}

# --- what is kept -------------------------------------------------------------------------------------

run "backups_are_private_and_encrypted" {
  command = plan

  module {
    source = "./modules/backups"
  }
  variables {
    kms_key_arn = null
  }

  assert {
    condition     = alltrue([for on in [aws_s3_bucket_public_access_block.this.block_public_acls, aws_s3_bucket_public_access_block.this.block_public_policy, aws_s3_bucket_public_access_block.this.ignore_public_acls, aws_s3_bucket_public_access_block.this.restrict_public_buckets] : on])
    error_message = "The bucket with the backups could be made public."
  }
  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"
    error_message = "The backups are not encrypted."
  }
  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled" && aws_s3_bucket_lifecycle_configuration.this.rule[0].expiration[0].days == 90
    error_message = "A backup can be overwritten without a trace, or is kept for ever."
  }
  assert {
    condition     = jsondecode(aws_s3_bucket_policy.tls_only.policy).Statement[0].Effect == "Deny"
    error_message = "The bucket answers without TLS."
  }
}

run "a_log_ends" {
  command = plan

  module {
    source = "./modules/logs"
  }
  variables {
    retention_days = 14
    kms_key_arn    = null
  }

  assert {
    condition     = aws_cloudwatch_log_group.app.retention_in_days == 14
    error_message = "The log group keeps its entries for ever."
  }
}

run "images_are_scanned_and_never_moved" {
  command = plan

  module {
    source = "./modules/registry"
  }

  assert {
    condition     = aws_ecr_repository.this.image_tag_mutability == "IMMUTABLE" && aws_ecr_repository.this.image_scanning_configuration[0].scan_on_push
    error_message = "A tag can be moved to another image, or images are not scanned."
  }
  assert {
    condition     = alltrue([for rule in jsondecode(aws_ecr_lifecycle_policy.this.policy).rules : rule.action.type == "expire"])
    error_message = "Old images are kept for ever."
  }
}

# --- who is told, and what is spent -------------------------------------------------------------------

run "a_budget_is_watched" {
  command = plan

  module {
    source = "./modules/budget"
  }
  variables {
    monthly_usd = 60
    alert_email = "ops@example.org"
  }

  assert {
    condition     = toset([for n in aws_budgets_budget.monthly.notification : "${n.notification_type} ${n.threshold}"]) == toset(["ACTUAL 80", "FORECASTED 100"])
    error_message = "Nobody hears when 80 % is spent, or when 100 % is forecast."
  }
  assert {
    condition     = alltrue([for n in aws_budgets_budget.monthly.notification : length(n.subscriber_email_addresses) == 1])
    error_message = "A warning of the budget goes to nobody."
  }
}

run "alarms_reach_somebody" {
  command = plan

  module {
    source = "./modules/observability"
  }
  variables {
    alert_email       = "ops@example.org"
    metrics_namespace = "Inroad/inroad"
    server_group_name = "inroad-server"
    agent_group_name  = "inroad-agents"
  }

  assert {
    condition = alltrue([
      for alarm in concat(values(aws_cloudwatch_metric_alarm.cpu_credits), values(aws_cloudwatch_metric_alarm.status_check), values(aws_cloudwatch_metric_alarm.disk)) :
      alarm.alarm_actions == toset([aws_sns_topic.alarms.arn])
    ])
    error_message = "An alarm tells nobody."
  }
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.cpu_credits) + length(aws_cloudwatch_metric_alarm.status_check) + length(aws_cloudwatch_metric_alarm.disk) <= 10
    error_message = "There are more alarms than CloudWatch gives for nothing."
  }
}

run "off_hours_follow_the_clock_of_the_place" {
  command = plan

  module {
    source = "./modules/schedule"
  }
  variables {
    groups   = { agents = { name = "inroad-agents", min = 1, desired = 2, max = 3 } }
    on_hours = { from = "08:05", until = "20:00", days = "MON-FRI", time_zone = "Europe/Berlin" }
  }

  assert {
    condition     = aws_autoscaling_schedule.this["agents-off"].recurrence == "0 20 * * MON-FRI" && aws_autoscaling_schedule.this["agents-on"].recurrence == "5 8 * * MON-FRI"
    error_message = "The schedule is not the on-hours that were asked for."
  }
  assert {
    condition     = aws_autoscaling_schedule.this["agents-off"].desired_capacity == 0 && aws_autoscaling_schedule.this["agents-off"].min_size == 0 && aws_autoscaling_schedule.this["agents-off"].max_size == 3
    error_message = "Agents go on running in the off-hours, or could not come back."
  }
  assert {
    condition     = aws_autoscaling_schedule.this["agents-on"].desired_capacity == 2 && aws_autoscaling_schedule.this["agents-on"].min_size == 1 && aws_autoscaling_schedule.this["agents-on"].max_size == 3
    error_message = "Agents do not come back in the morning as they were."
  }
  assert {
    condition     = alltrue([for action in aws_autoscaling_schedule.this : action.time_zone == "Europe/Berlin"])
    error_message = "The schedule follows another clock."
  }
}

# --- who deploys --------------------------------------------------------------------------------------

run "one_project_deploys_from_its_branches" {
  command = plan

  module {
    source = "./modules/ci_access"
  }
  variables {
    gitlab_url         = "https://gitlab.com"
    project            = "group/project"
    branches           = ["main"]
    oidc_provider_arn  = "arn:aws:iam::123456789012:oidc-provider/gitlab.com"
    ecr_repository_arn = null
  }

  assert {
    condition     = jsondecode(aws_iam_role.deploy.assume_role_policy).Statement[0].Condition.StringEquals["gitlab.com:sub"] == ["project_path:group/project:ref_type:branch:ref:main"]
    error_message = "Another project or branch could take the role."
  }
  assert {
    condition     = jsondecode(aws_iam_role.deploy.assume_role_policy).Statement[0].Condition.StringEquals["gitlab.com:aud"] == "https://gitlab.com"
    error_message = "A token meant for somebody else would be taken."
  }
  assert {
    condition     = toset(flatten([for s in jsondecode(aws_iam_role_policy.deploy.policy).Statement : s.Action])) == toset(["ssm:SendCommand", "ssm:CancelCommand", "ssm:GetCommandInvocation", "ssm:ListCommandInvocations", "ssm:PutParameter", "ssm:DeleteParameter"])
    error_message = "The pipeline's role may do something else than run a script on the server and hand it its secrets."
  }
  assert {
    condition     = length(aws_iam_openid_connect_provider.gitlab) == 0
    error_message = "A second provider for the same GitLab would be made, which AWS refuses."
  }
}

run "a_load_balancer_keeps_a_visitor_on_one_node" {
  command = plan

  module {
    source = "./modules/load_balancer"
  }
  variables {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-1", "subnet-2"]
    group_id   = "sg-1"
  }

  assert {
    condition     = alltrue([for group in aws_lb_target_group.web : group.stickiness[0].type == "source_ip" && group.stickiness[0].enabled && group.preserve_client_ip == "true"])
    error_message = "A visitor's requests are spread over nodes, or come without the visitor's address."
  }
}
