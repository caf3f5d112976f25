variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "partition" {
  description = "AWS partition."
  type        = string
}

variable "account_id" {
  description = "AWS account."
  type        = string
}

variable "gitlab_url" {
  description = "The GitLab that signs; also the audience of its tokens."
  type        = string
}

variable "project" {
  description = "Project that may deploy."
  type        = string
}

variable "branches" {
  description = "Branches that may deploy."
  type        = list(string)
}

variable "oidc_provider_arn" {
  description = "An OIDC provider that the account already has, or null."
  type        = string
}

variable "ecr_repository_arn" {
  description = "ECR repository that the pipeline pushes to, or null."
  type        = string
}
