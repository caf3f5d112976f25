# The app's log with an end to its life, and mail when a node needs somebody. Within what CloudWatch gives for nothing:
# ten alarms, ten metrics of one's own, 5 GB of logs a month.

locals {
  groups = { server = var.server_group_name, agents = var.agent_group_name }
  disks = {
    server-root = { group = var.server_group_name, path = "/" }
    server-data = { group = var.server_group_name, path = "/var/lib/inroad" }
    agents-root = { group = var.agent_group_name, path = "/" }
  }
}

resource "aws_sns_topic" "alarms" {
  # checkov:skip=CKV_AWS_26: alarms cannot publish through AWS's own key, and say nothing of anybody
  name = "${var.name}-alarms"
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alert_email
}

# An hour low, not a moment: a T3 begins with no credits at all.
resource "aws_cloudwatch_metric_alarm" "cpu_credits" {
  for_each = local.groups

  alarm_name          = "${var.name}-${each.key}-cpu-credits"
  alarm_description   = "CPU credits of ${each.key} are nearly gone: they fall to a tenth of a CPU. See the runbook."
  namespace           = "AWS/EC2"
  metric_name         = "CPUCreditBalance"
  dimensions          = { AutoScalingGroupName = each.value }
  statistic           = "Minimum"
  comparison_operator = "LessThanThreshold"
  threshold           = 10
  period              = 300
  evaluation_periods  = 12
  treat_missing_data  = "notBreaching" # switched off
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "status_check" {
  for_each = local.groups

  alarm_name          = "${var.name}-${each.key}-status-check"
  alarm_description   = "An instance of ${each.key} fails EC2's status checks; its Auto Scaling group replaces it."
  namespace           = "AWS/EC2"
  metric_name         = "StatusCheckFailed"
  dimensions          = { AutoScalingGroupName = each.value }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 60
  evaluation_periods  = 5
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "disk" {
  for_each = local.disks

  alarm_name          = "${var.name}-${each.key}-disk"
  alarm_description   = "${each.value.path} is more than 85 % full (${each.key}). See the runbook: a full disk."
  namespace           = var.metrics_namespace
  metric_name         = "disk_used_percent"
  dimensions          = { AutoScalingGroupName = each.value.group, path = each.value.path, fstype = "xfs" }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 85
  period              = 300
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}
