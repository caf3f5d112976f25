variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "web_cidrs" {
  description = "Who may open the page."
  type        = list(string)
}

variable "ssh_cidr" {
  description = "One range that may reach SSH, or null."
  type        = string
}

variable "load_balancer" {
  description = "Whether a load balancer stands before the nodes."
  type        = bool
}
