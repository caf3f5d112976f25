# Once for each account: the bucket that keeps Terraform's state, when more than one person or a pipeline applies it.
# Its own state stays on disk; losing that loses nothing, as the bucket can be imported.

terraform {
  required_version = ">= 1.11.0, < 2.0.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

variable "region" {
  description = "AWS region."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region does not look like an AWS region. Write it as in us-east-1, without a zone's letter."
  }
}

provider "aws" {
  region = var.region
}

data "aws_caller_identity" "this" {}

resource "aws_s3_bucket" "state" {
  # checkov:skip=CKV_AWS_18: one pipeline reads and writes it; versions are the log
  # checkov:skip=CKV_AWS_144: versions guard against mistakes; a second region doubles the price
  # checkov:skip=CKV_AWS_145: encrypted by AWS; the state holds no secret, as the token is write-only
  # checkov:skip=CKV2_AWS_62: nothing acts on a new state
  bucket = "inroad-terraform-state-${data.aws_caller_identity.this.account_id}"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "state" {
  bucket = aws_s3_bucket.state.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    id     = "old-versions"
    status = "Enabled"
    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 90
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  depends_on = [aws_s3_bucket_versioning.state]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "state" {
  bucket                  = aws_s3_bucket.state.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# `terraform -chdir=terraform/bootstrap output -raw backend > terraform/backend.tf`, then `init -migrate-state`.
output "backend" {
  description = "backend.tf for the cluster: state in this bucket, locked by a file beside it, without DynamoDB."
  value       = <<-HCL
    terraform {
      backend "s3" {
        bucket       = "${aws_s3_bucket.state.bucket}"
        key          = "inroad/terraform.tfstate"
        region       = "${var.region}"
        encrypt      = true
        use_lockfile = true
      }
    }
  HCL
}
