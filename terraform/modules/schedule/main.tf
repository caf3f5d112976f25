# Off in the evening, on in the morning of the days named. The clock is the time zone's own, so daylight saving time
# moves nothing. Sizes are all set: an absent one would mean nought to AWS's provider.

locals {
  times = {
    off = "${tonumber(split(":", var.on_hours.until)[1])} ${tonumber(split(":", var.on_hours.until)[0])} * * ${var.on_hours.days}"
    on  = "${tonumber(split(":", var.on_hours.from)[1])} ${tonumber(split(":", var.on_hours.from)[0])} * * ${var.on_hours.days}"
  }

  actions = {
    for action in setproduct(keys(var.groups), keys(local.times)) :
    "${action[0]}-${action[1]}" => { group = var.groups[action[0]], when = action[1] }
  }
}

resource "aws_autoscaling_schedule" "this" {
  for_each = local.actions

  scheduled_action_name  = each.key
  autoscaling_group_name = each.value.group.name
  recurrence             = local.times[each.value.when]
  time_zone              = var.on_hours.time_zone
  min_size               = each.value.when == "on" ? each.value.group.min : 0
  desired_capacity       = each.value.when == "on" ? each.value.group.desired : 0
  max_size               = each.value.group.max
}
