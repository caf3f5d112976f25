output "group_name" {
  description = "The log group."
  value       = aws_cloudwatch_log_group.app.name
}
