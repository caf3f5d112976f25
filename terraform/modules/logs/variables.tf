variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "retention_days" {
  description = "Days after which entries are deleted."
  type        = number
}

variable "kms_key_arn" {
  description = "KMS key, or null for AWS's own encryption."
  type        = string
}
