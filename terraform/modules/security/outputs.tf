output "server_group_id" {
  description = "Security group of the server."
  value       = aws_security_group.server.id
  depends_on  = [aws_vpc_security_group_egress_rule.web] # without it a node fetches nothing
}

output "agent_group_id" {
  description = "Security group of the agents."
  value       = aws_security_group.agent.id
  depends_on  = [aws_vpc_security_group_egress_rule.web]
}

output "load_balancer_group_id" {
  description = "Security group of the load balancer, or null."
  value       = one(aws_security_group.load_balancer[*].id)
}
