variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "region" {
  description = "Region, for the name of S3's endpoint."
  type        = string
}

variable "cidr" {
  description = "Address range of the VPC."
  type        = string
}

variable "zones" {
  description = "Two availability zones; the first is the server's."
  type        = list(string)
}

variable "nat_gateway" {
  description = "Give the private subnets a way out through a NAT gateway."
  type        = bool
}
