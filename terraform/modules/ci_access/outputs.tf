output "role_arn" {
  description = "Role that a pipeline assumes with its identity token."
  value       = aws_iam_role.deploy.arn
}
