variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "monthly_usd" {
  description = "US dollars a month."
  type        = number
}

variable "alert_email" {
  description = "Who hears of it."
  type        = string
}
