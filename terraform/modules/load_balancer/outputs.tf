output "address" {
  description = "Host name that the page's domain points to."
  value       = aws_lb.this.dns_name
}

output "target_group_arns" {
  description = "Target groups that the nodes join."
  value       = [for group in aws_lb_target_group.web : group.arn]
}
