# --- what every cluster must be told ------------------------------------------------------------------

variable "alert_email" {
  description = "Who hears of alarms and of the budget. AWS asks this address once for its consent."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.alert_email))
    error_message = "alert_email is not an address. Set it to one that somebody reads: without it nobody hears of a bill or a fault."
  }
}

variable "monthly_budget_usd" {
  description = "US dollars a month for the whole account; mail goes out at 80 % spent and when 100 % is forecast."
  type        = number
  default     = 60

  validation {
    condition     = var.monthly_budget_usd > 0
    error_message = "monthly_budget_usd must be above 0: a budget of nothing warns of everything or is refused. Take a figure from `python terraform/monthly_cost.py`."
  }
}

# --- names and places ---------------------------------------------------------------------------------

variable "name" {
  description = "Name of the cluster; the beginning of every name made here."
  type        = string
  default     = "inroad"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 20 lower-case letters, digits or hyphens and begin with a letter, as names in AWS and Kubernetes are made of it."
  }
}

variable "region" {
  description = "AWS region. It must offer the instance types in two zones; newer regions have no t2.micro."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region does not look like an AWS region. Write it as in us-east-1, without a zone's letter."
  }
}

variable "domain" {
  description = "Host name of the page, pointed at server_address by you; null serves at the bare address."
  type        = string
  default     = null

  validation {
    condition     = var.domain == null || can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "domain must be a bare host name such as inroad.example.org: no https://, no path, no port, no capitals."
  }
}

# --- network ------------------------------------------------------------------------------------------

variable "vpc_cidr" {
  description = "Address range of the VPC; two public and two private subnets are cut from it."
  type        = string
  default     = "10.20.0.0/16"

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && try(tonumber(split("/", var.vpc_cidr)[1]) >= 16 && tonumber(split("/", var.vpc_cidr)[1]) <= 24, false)
    error_message = "vpc_cidr must be an IPv4 range between /16 and /24, such as 10.20.0.0/16."
  }
  validation {
    condition     = can(regex("^(10\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\.)", var.vpc_cidr))
    error_message = "vpc_cidr must be private (10/8, 172.16/12 or 192.168/16): pods are kept from private addresses, not from public ones."
  }
  validation {
    condition     = !can(regex("^10\\.4[23]\\.", var.vpc_cidr))
    error_message = "vpc_cidr must not lie in 10.42.0.0/16 or 10.43.0.0/16: k3s gives those to pods and services. Take 10.20.0.0/16."
  }
}

variable "web_cidrs" {
  description = "Who may open the page (ports 80 and 443)."
  type        = list(string)
  default     = ["0.0.0.0/0"]

  validation {
    condition     = length(var.web_cidrs) > 0 && alltrue([for c in var.web_cidrs : can(cidrnetmask(c))])
    error_message = "web_cidrs must be a list of IPv4 ranges such as [\"203.0.113.0/24\"]; an empty list would serve nobody."
  }
}

variable "nat_gateway" {
  description = "Put the agents into the private subnets behind a NAT gateway. It costs more than a node does: see the cost table."
  type        = bool
  default     = false
}

variable "load_balancer" {
  description = "\"none\": Traefik on the server's Elastic IP; \"nlb\": a Network Load Balancer before all nodes, at a fixed price a month."
  type        = string
  default     = "none"

  validation {
    condition     = contains(["none", "nlb"], var.load_balancer)
    error_message = "load_balancer must be \"none\" (the server's Elastic IP, no further cost) or \"nlb\"."
  }
}

variable "ssh_cidr" {
  description = "One range that may reach SSH; null (the default) opens no port: use SSM Session Manager."
  type        = string
  default     = null

  validation {
    condition     = var.ssh_cidr == null || (can(cidrnetmask(var.ssh_cidr)) && try(tonumber(split("/", var.ssh_cidr)[1]) >= 24, false))
    error_message = "ssh_cidr must be one IPv4 range of /24 or smaller, such as 203.0.113.7/32: SSH is never opened to the world. Leave it null and use SSM Session Manager."
  }
}

variable "ssh_public_key" {
  description = "OpenSSH public key for ec2-user, only together with ssh_cidr; null puts no key on any node."
  type        = string
  default     = null

  validation {
    condition     = var.ssh_public_key == null || can(regex("^(ssh-ed25519|ecdsa-sha2-nistp256|ssh-rsa) ", var.ssh_public_key))
    error_message = "ssh_public_key must be the text of an OpenSSH *public* key (the .pub file). Never give a private key to Terraform: it would stay in the state."
  }
  validation {
    condition     = (var.ssh_public_key == null) == (var.ssh_cidr == null)
    error_message = "ssh_public_key and ssh_cidr go together: set both to use SSH, or neither to use SSM Session Manager."
  }
}

# --- nodes --------------------------------------------------------------------------------------------

variable "server_instance_type" {
  description = "Type of the k3s server. k3s asks for 2 cores and 2 GB at least; a t2.micro has half of either and gives a warning."
  type        = string
  default     = "t3.small"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*\\.[a-z0-9-]+$", var.server_instance_type))
    error_message = "server_instance_type must be an EC2 type such as t3.small."
  }
}

variable "agent_instance_type" {
  description = "Type of the agents, which run the app: one pod fits on a t2.micro."
  type        = string
  default     = "t2.micro"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*\\.[a-z0-9-]+$", var.agent_instance_type))
    error_message = "agent_instance_type must be an EC2 type such as t2.micro."
  }
}

variable "agent_capacity" {
  description = "\"on-demand\", or \"spot\": cheaper, and taken away with two minutes' notice."
  type        = string
  default     = "on-demand"

  validation {
    condition     = contains(["on-demand", "spot"], var.agent_capacity)
    error_message = "agent_capacity must be \"on-demand\" or \"spot\"."
  }
}

variable "agents" {
  description = "How many agents: at least, at first, at most. Between them the group follows the agents' CPU."
  type = object({
    min     = number
    desired = number
    max     = number
  })
  default = { min = 1, desired = 1, max = 3 }

  validation {
    condition     = var.agents.min >= 0 && var.agents.min <= var.agents.desired && var.agents.desired <= var.agents.max && var.agents.max <= 10
    error_message = "agents must hold 0 <= min <= desired <= max <= 10, such as { min = 1, desired = 1, max = 3 }; the app itself scales to 3 pods."
  }
}

variable "data_disk_gib" {
  description = "Size of the disk with the cluster's state, PostgreSQL and backups. It outlives the server; it can grow, not shrink."
  type        = number
  default     = 10

  validation {
    condition     = var.data_disk_gib >= 8 && var.data_disk_gib <= 1000 && floor(var.data_disk_gib) == var.data_disk_gib
    error_message = "data_disk_gib must be a whole number of GiB from 8 to 1000."
  }
}

variable "data_disk_snapshot" {
  description = "Snapshot from which the data disk is made, to restore a cluster; null begins with an empty disk."
  type        = string
  default     = null

  validation {
    condition     = var.data_disk_snapshot == null || can(regex("^snap-[0-9a-f]{8,17}$", var.data_disk_snapshot))
    error_message = "data_disk_snapshot must be the id of an EBS snapshot such as snap-0123456789abcdef0, or null."
  }
}

variable "k3s_version" {
  description = "Release of k3s that is installed; change it together with k3s_sha256, one minor version at a time."
  type        = string
  default     = "v1.36.5+k3s1"

  validation {
    condition     = can(regex("^v1\\.[0-9]+\\.[0-9]+\\+k3s[0-9]+$", var.k3s_version))
    error_message = "k3s_version must name one release exactly, such as v1.36.5+k3s1: a channel or \"latest\" would install something else on the next node."
  }
}

variable "k3s_sha256" {
  description = "SHA-256 of that release's `k3s` for amd64, from its sha256sum-amd64.txt. A node refuses any other file."
  type        = string
  default     = "d73847bcd3c5fccef0115b372e2f9a91f3032dc84bbf71518a4617565294d313"

  validation {
    condition     = can(regex("^[0-9a-f]{64}$", var.k3s_sha256))
    error_message = "k3s_sha256 must be the 64 hexadecimal digits that stand before \"k3s\" in the release's sha256sum-amd64.txt."
  }
}

# --- off-hours ----------------------------------------------------------------------------------------

variable "off_hours" {
  description = "What is switched off outside the on-hours: \"agents\" (the server alone keeps the page up), \"all\" (no page) or \"none\"."
  type        = string
  default     = "agents"

  validation {
    condition     = contains(["none", "agents", "all"], var.off_hours)
    error_message = "off_hours must be \"none\", \"agents\" or \"all\"."
  }
}

variable "on_hours" {
  description = "When the nodes are on: times of day in time_zone, and days as in cron."
  type = object({
    from      = string
    until     = string
    days      = string
    time_zone = string
  })
  default = { from = "08:00", until = "20:00", days = "MON-FRI", time_zone = "Etc/UTC" }

  validation {
    condition     = alltrue([for t in [var.on_hours.from, var.on_hours.until] : can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", t))])
    error_message = "on_hours.from and on_hours.until must be times of day such as 08:00."
  }
  validation {
    # Such times compare as numbers once the colon is gone; anything else was refused above.
    condition     = try(tonumber(replace(var.on_hours.from, ":", "")) < tonumber(replace(var.on_hours.until, ":", "")), true)
    error_message = "on_hours.from must come before on_hours.until on the same day; nodes that must run past midnight need off_hours = \"none\"."
  }
  validation {
    condition     = can(regex("^(MON|TUE|WED|THU|FRI|SAT|SUN)([-,](MON|TUE|WED|THU|FRI|SAT|SUN))*$", var.on_hours.days))
    error_message = "on_hours.days must be days as in cron, such as MON-FRI or MON,WED,FRI."
  }
  validation {
    condition     = can(regex("^[A-Z][A-Za-z_]+/[A-Z][A-Za-z_/+-]+[0-9]*$", var.on_hours.time_zone))
    error_message = "on_hours.time_zone must be an IANA name such as Europe/Berlin or Etc/UTC: AWS then follows daylight saving time itself."
  }
}

# --- logs ---------------------------------------------------------------------------------------------

variable "log_retention_days" {
  description = "How long CloudWatch keeps the app's log."
  type        = number
  default     = 14

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.log_retention_days)
    error_message = "log_retention_days must be one that CloudWatch knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180 or 365. Never is not among them: such a log grows on the bill for ever."
  }
}

variable "kms_key_arn" {
  description = "Your own KMS key for the log group and the backup bucket; null uses AWS's own encryption, which costs nothing."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key (arn:aws:kms:REGION:ACCOUNT:key/ID), not an alias."
  }
}

# --- GitLab -------------------------------------------------------------------------------------------

variable "gitlab_url" {
  description = "The GitLab whose pipelines deploy; its identity tokens are what AWS trusts."
  type        = string
  default     = "https://gitlab.com"

  validation {
    condition     = can(regex("^https://[a-z0-9.-]+$", var.gitlab_url))
    error_message = "gitlab_url must be https:// and a host name, without a path or a slash at the end."
  }
}

variable "gitlab_project" {
  description = "Project that may deploy, as group/project; null makes no role for CI."
  type        = string
  default     = null

  validation {
    condition     = var.gitlab_project == null || can(regex("^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$", var.gitlab_project))
    error_message = "gitlab_project must be one project's whole path such as group/project, without a wildcard: every project that matches could deploy."
  }
}

variable "gitlab_branches" {
  description = "Branches whose pipelines may deploy. Protect them in GitLab."
  type        = list(string)
  default     = ["main"]

  validation {
    condition     = length(var.gitlab_branches) > 0 && alltrue([for b in var.gitlab_branches : can(regex("^[A-Za-z0-9_./-]+$", b))])
    error_message = "gitlab_branches must name at least one branch, each exactly: a wildcard would let any branch deploy."
  }
}

variable "gitlab_oidc_provider_arn" {
  description = "OIDC provider for gitlab_url, where the account already has one (AWS allows one); null makes it."
  type        = string
  default     = null

  validation {
    condition     = var.gitlab_oidc_provider_arn == null || can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:oidc-provider/", var.gitlab_oidc_provider_arn))
    error_message = "gitlab_oidc_provider_arn must be the ARN of an IAM OIDC provider, or null."
  }
}

variable "registry" {
  description = "Where images are kept: \"gitlab\" (the project's own, no cost here) or \"ecr\"."
  type        = string
  default     = "gitlab"

  validation {
    condition     = contains(["gitlab", "ecr"], var.registry)
    error_message = "registry must be \"gitlab\" or \"ecr\"."
  }
}
