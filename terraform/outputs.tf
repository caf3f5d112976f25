locals {
  # While one server replaces another there are two, and neither is the one to ask.
  instance = length(data.aws_instances.server.ids) == 1 ? data.aws_instances.server.ids[0] : null
  address  = var.load_balancer == "nlb" ? module.load_balancer[0].address : module.nodes.server_address
}

output "server_instance_id" {
  description = "Instance that is the server now; null while it is off or being replaced. CI's INROAD_SERVER_INSTANCE."
  value       = local.instance
}

output "server_address" {
  description = "Where the domain's DNS record points: the server's Elastic IP, or the load balancer's host name."
  value       = local.address
}

output "url" {
  description = "The page. Without a domain its certificate is Traefik's own, which browsers warn of."
  value       = "https://${coalesce(var.domain, local.address)}"
}

output "deploy_role_arn" {
  description = "Role that the pipeline assumes; null without gitlab_project."
  value       = one(module.ci_access[*].role_arn)
}

output "backup_bucket" {
  description = "Bucket with the backups."
  value       = module.backups.bucket
}

output "log_group" {
  description = "CloudWatch log group of the app."
  value       = module.logs.group_name
}

output "ssm_token_parameter" {
  description = "SSM parameter with the join token, a SecureString that only nodes read."
  value       = module.nodes.token_parameter
}

output "registry" {
  description = "Where the image is pushed and pulled; null until gitlab_project is set or registry is \"ecr\"."
  value = var.registry == "ecr" ? module.registry[0].repository.url : (
    var.gitlab_project == null ? null : "registry.${trimprefix(var.gitlab_url, "https://")}/${lower(var.gitlab_project)}"
  )
}

output "shell" {
  description = "A shell on the server without SSH (needs AWS's session-manager-plugin); there: sudo k3s kubectl -n inroad get pods."
  value       = "aws ssm start-session --region ${var.region} --target ${coalesce(local.instance, "INSTANCE")}"
}
