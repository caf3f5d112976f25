output "server_address" {
  description = "The server's Elastic IP."
  value       = aws_eip.server.public_ip
}

output "token_parameter" {
  description = "SSM parameter that holds the join token."
  value       = aws_ssm_parameter.join_token.name
}

output "server_group_name" {
  description = "Auto Scaling group of the server."
  value       = aws_autoscaling_group.server.name
}

output "agent_group_name" {
  description = "Auto Scaling group of the agents."
  value       = aws_autoscaling_group.agents.name
}

output "user_data" {
  description = "What the nodes run at their first start."
  value       = { server = local.server_user_data, agent = local.agent_user_data }
}
