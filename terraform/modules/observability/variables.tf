variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "alert_email" {
  description = "Who hears of alarms."
  type        = string
}

variable "metrics_namespace" {
  description = "CloudWatch namespace of the nodes' disk and memory."
  type        = string
}

variable "server_group_name" {
  description = "Auto Scaling group of the server."
  type        = string
}

variable "agent_group_name" {
  description = "Auto Scaling group of the agents."
  type        = string
}
