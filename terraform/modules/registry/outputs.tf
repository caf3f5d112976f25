output "repository" {
  description = "The repository, and the address that images are pushed to."
  value       = { arn = aws_ecr_repository.this.arn, url = aws_ecr_repository.this.repository_url }
}
