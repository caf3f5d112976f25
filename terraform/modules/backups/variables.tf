variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "partition" {
  description = "AWS partition."
  type        = string
}

variable "account_id" {
  description = "AWS account; makes the bucket's name unique."
  type        = string
}

variable "kms_key_arn" {
  description = "KMS key, or null for AWS's own encryption."
  type        = string
}
