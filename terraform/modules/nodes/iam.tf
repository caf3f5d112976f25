# What nodes may do, action by action. "*" stands as a resource only where AWS knows no narrower one.

locals {
  arn        = "arn:${var.partition}"
  parameters = "${local.arn}:ssm:${var.region}:${var.account_id}:parameter/inroad/${var.name}"

  trust_ec2 = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })

  # Session Manager and Run Command: AmazonSSMManagedInstanceCore without its leave to read every parameter.
  managed_by_ssm = {
    Sid    = "ManagedBySystemsManager"
    Effect = "Allow"
    Action = [
      "ssm:UpdateInstanceInformation",
      "ssm:UpdateInstanceAssociationStatus",
      "ssm:ListInstanceAssociations",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
      "ec2messages:AcknowledgeMessage",
      "ec2messages:DeleteMessage",
      "ec2messages:FailMessage",
      "ec2messages:GetEndpoint",
      "ec2messages:GetMessages",
      "ec2messages:SendReply",
    ]
    Resource = "*"
  }

  writes_logs = {
    Sid      = "WritesLogs"
    Effect   = "Allow"
    Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    Resource = "${local.arn}:logs:${var.region}:${var.account_id}:log-group:${var.log_group}:*"
  }

  writes_metrics = {
    Sid       = "WritesMetrics"
    Effect    = "Allow"
    Action    = "cloudwatch:PutMetricData"
    Resource  = "*"
    Condition = { StringEquals = { "cloudwatch:namespace" = var.metrics_namespace } }
  }

  # The CloudWatch agent looks up the name of its Auto Scaling group.
  reads_ec2 = {
    Sid      = "ReadsEC2"
    Effect   = "Allow"
    Action   = ["ec2:DescribeInstances", "ec2:DescribeTags", "ec2:DescribeVolumes"]
    Resource = "*"
  }

  pulls_images = [for statement in [
    { Sid = "SignsInToECR", Effect = "Allow", Action = "ecr:GetAuthorizationToken", Resource = "*" },
    {
      Sid      = "PullsImages"
      Effect   = "Allow"
      Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Resource = try(var.ecr_repository.arn, null)
    },
  ] : statement if var.ecr_repository != null]

  # Objects of a bucket under a key of one's own are read and written with it.
  uses_key = [for statement in [
    { Sid = "UsesTheKey", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = var.kms_key_arn },
  ] : statement if var.kms_key_arn != null]

  every_node = concat([local.managed_by_ssm, local.writes_logs, local.writes_metrics, local.reads_ec2], local.pulls_images)

  this_server = { StringEquals = { "aws:ResourceTag/inroad:cluster" = var.name, "aws:ResourceTag/inroad:role" = "server" } }

  server = [
    {
      Sid      = "SaysHowToJoin"
      Effect   = "Allow"
      Action   = "ssm:PutParameter"
      Resource = ["${local.parameters}/join-token", "${local.parameters}/server-address"]
    },
    {
      Sid      = "TakesItsDisk"
      Effect   = "Allow"
      Action   = "ec2:AttachVolume"
      Resource = aws_ebs_volume.data.arn
    },
    {
      Sid    = "TakesItsAddress"
      Effect = "Allow"
      Action = "ec2:AssociateAddress"
      Resource = [
        "${local.arn}:ec2:${var.region}:${var.account_id}:elastic-ip/${aws_eip.server.allocation_id}",
        "${local.arn}:ec2:${var.region}:${var.account_id}:network-interface/*",
      ]
    },
    {
      Sid       = "ForItselfOnly"
      Effect    = "Allow"
      Action    = ["ec2:AttachVolume", "ec2:AssociateAddress"]
      Resource  = "${local.arn}:ec2:${var.region}:${var.account_id}:instance/*"
      Condition = local.this_server
    },
    {
      Sid      = "ReadsSecretsOfADeploy" # a pipeline puts them there for the minutes it takes
      Effect   = "Allow"
      Action   = "ssm:GetParameter"
      Resource = "${local.parameters}/deploy-*"
    },
    {
      Sid      = "KeepsBackups"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "${local.arn}:s3:::${var.backup_bucket}/backups/*"
    },
    {
      Sid      = "ListsBackups"
      Effect   = "Allow"
      Action   = "s3:ListBucket"
      Resource = "${local.arn}:s3:::${var.backup_bucket}"
    },
  ]

  agent = [
    {
      Sid      = "LearnsHowToJoin"
      Effect   = "Allow"
      Action   = "ssm:GetParameter"
      Resource = ["${local.parameters}/join-token", "${local.parameters}/server-address"]
    },
  ]
}

resource "aws_iam_role" "server" {
  name               = "${var.name}-server"
  assume_role_policy = local.trust_ec2
}

resource "aws_iam_role_policy" "server" {
  name   = "server"
  role   = aws_iam_role.server.id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat(local.every_node, local.server, local.uses_key) })
}

resource "aws_iam_instance_profile" "server" {
  name = "${var.name}-server"
  role = aws_iam_role.server.name
}

resource "aws_iam_role" "agent" {
  name               = "${var.name}-agent"
  assume_role_policy = local.trust_ec2
}

resource "aws_iam_role_policy" "agent" {
  name   = "agent"
  role   = aws_iam_role.agent.id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat(local.every_node, local.agent) })
}

resource "aws_iam_instance_profile" "agent" {
  name = "${var.name}-agent"
  role = aws_iam_role.agent.name
}
