variable "groups" {
  description = "Auto Scaling groups to switch, and their sizes while they are on."
  type        = map(object({ name = string, min = number, desired = number, max = number }))
}

variable "on_hours" {
  description = "Times of day, days and time zone."
  type        = object({ from = string, until = string, days = string, time_zone = string })
}
