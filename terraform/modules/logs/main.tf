# Where the nodes ship the app's log. Apart from the alarms, which need the nodes that need this.

resource "aws_cloudwatch_log_group" "app" {
  # checkov:skip=CKV_AWS_158: encrypted by AWS; a key of one's own by kms_key_arn
  # checkov:skip=CKV_AWS_338: a year of logs is neither needed nor free
  name              = "/inroad/${var.name}"
  retention_in_days = var.retention_days
  kms_key_id        = var.kms_key_arn
}
