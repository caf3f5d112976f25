# How a pipeline deploys without a key: GitLab signs a token for each job, AWS trusts it from one project's named
# branches, and the role may do one thing, which is to run a script on the cluster's server and hand it what it needs.

locals {
  host         = trimprefix(var.gitlab_url, "https://")
  provider_arn = var.oidc_provider_arn != null ? var.oidc_provider_arn : aws_iam_openid_connect_provider.gitlab[0].arn
  subjects     = [for branch in var.branches : "project_path:${var.project}:ref_type:branch:ref:${branch}"]

  runs_scripts = [
    {
      Sid      = "WithOneDocument"
      Effect   = "Allow"
      Action   = "ssm:SendCommand"
      Resource = "arn:${var.partition}:ssm:${var.region}::document/AWS-RunShellScript"
    },
    {
      Sid       = "OnTheServerOnly"
      Effect    = "Allow"
      Action    = "ssm:SendCommand"
      Resource  = "arn:${var.partition}:ec2:${var.region}:${var.account_id}:instance/*"
      Condition = { StringEquals = { "ssm:resourceTag/inroad:cluster" = var.name, "ssm:resourceTag/inroad:role" = "server" } }
    },
    {
      Sid      = "SeesItToItsEnd" # AWS knows no narrower resource for these
      Effect   = "Allow"
      Action   = ["ssm:CancelCommand", "ssm:GetCommandInvocation", "ssm:ListCommandInvocations"]
      Resource = "*"
    },
    {
      Sid      = "HandsSecretsToTheServer" # as a SecureString, deleted after the deploy
      Effect   = "Allow"
      Action   = ["ssm:PutParameter", "ssm:DeleteParameter"]
      Resource = "arn:${var.partition}:ssm:${var.region}:${var.account_id}:parameter/inroad/${var.name}/deploy-*"
    },
  ]

  pushes_images = [for statement in [
    { Sid = "SignsInToECR", Effect = "Allow", Action = "ecr:GetAuthorizationToken", Resource = "*" },
    {
      Sid    = "PushesImages"
      Effect = "Allow"
      Action = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:DescribeImageScanFindings",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ]
      Resource = var.ecr_repository_arn
    },
  ] : statement if var.ecr_repository_arn != null]
}

resource "aws_iam_openid_connect_provider" "gitlab" {
  count = var.oidc_provider_arn == null ? 1 : 0

  url            = var.gitlab_url
  client_id_list = [var.gitlab_url]
}

resource "aws_iam_role" "deploy" {
  name                 = "${var.name}-deploy"
  description          = "Deploys ${var.name} from ${var.project}"
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.provider_arn }
      Condition = {
        StringEquals = {
          "${local.host}:aud" = var.gitlab_url
          "${local.host}:sub" = local.subjects
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "deploy" {
  name   = "deploy"
  role   = aws_iam_role.deploy.id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat(local.runs_scripts, local.pushes_images) })
}
