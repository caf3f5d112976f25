variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "partition" {
  description = "AWS partition: aws, aws-cn or aws-us-gov."
  type        = string
}

variable "account_id" {
  description = "AWS account."
  type        = string
}

variable "server_zone" {
  description = "Zone of the server and its disk."
  type        = string
}

variable "server_subnet_id" {
  description = "Public subnet in that zone."
  type        = string
}

variable "agent_subnet_ids" {
  description = "Subnets of the agents."
  type        = list(string)
}

variable "agents_public" {
  description = "Whether agents get a public address, their way out where there is no NAT gateway."
  type        = bool
}

variable "server_group_id" {
  description = "Security group of the server."
  type        = string
}

variable "agent_group_id" {
  description = "Security group of the agents."
  type        = string
}

variable "target_group_arns" {
  description = "Target groups of a load balancer that send to the nodes."
  type        = list(string)
}

variable "server_instance_type" {
  description = "Type of the server."
  type        = string
}

variable "agent_instance_type" {
  description = "Type of the agents."
  type        = string
}

variable "agent_capacity" {
  description = "on-demand or spot."
  type        = string
}

variable "agents" {
  description = "How many agents."
  type        = object({ min = number, desired = number, max = number })
}

variable "root_disk_gib" {
  description = "Size of each node's root disk: system, k3s and images."
  type        = number
}

variable "data_disk_gib" {
  description = "Size of the data disk."
  type        = number
}

variable "data_disk_snapshot" {
  description = "Snapshot that the data disk begins with, or null."
  type        = string
}

variable "k3s_version" {
  description = "Release of k3s."
  type        = string
}

variable "k3s_sha256" {
  description = "SHA-256 of that release."
  type        = string
}

variable "ssh_public_key" {
  description = "Key for SSH, or null."
  type        = string
}

variable "log_group" {
  description = "Log group that nodes write to."
  type        = string
}

variable "metrics_namespace" {
  description = "CloudWatch namespace of the nodes' disk and memory."
  type        = string
}

variable "backup_bucket" {
  description = "Bucket for backups."
  type        = string
}

variable "ecr_repository" {
  description = "ECR repository that nodes pull from, or null."
  type        = object({ arn = string, url = string })
}

variable "kms_key_arn" {
  description = "KMS key of the backup bucket, or null."
  type        = string
}

variable "image_id" {
  description = "AMI of the nodes."
  type        = string
}

variable "ingress_on_every_node" {
  description = "Whether Traefik runs on every node or on the server alone."
  type        = bool
}

variable "acme_email" {
  description = "Address for Let's Encrypt; empty asks for no certificate."
  type        = string
}
