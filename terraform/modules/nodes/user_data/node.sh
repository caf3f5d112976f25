# What every node does before it joins: tools, swap, a k3s whose bytes are the pinned ones, limits for logs and images.
# shellcheck shell=bash
root=${INROAD_ROOT:-} # tests run all of this below a folder
units=$root/etc/systemd/system

say() { echo "inroad: $*"; }
stop() {
  echo "inroad: $*" >&2
  exit 1
}

# again TIMES PAUSE COMMAND...: until it succeeds, at most so often.
again() {
  local times=$1 pause=$2
  shift 2
  until "$@"; do
    times=$((times - 1))
    [ "$times" -gt 0 ] || return 1
    sleep "$pause"
  done
}

program() {
  cat >"$root/usr/local/sbin/$1"
  chmod 755 "$root/usr/local/sbin/$1"
}

# A metadata token first: the node refuses IMDSv1.
metadata() {
  local token
  token=$(curl -fsS -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)
  curl -fsS -H "X-aws-ec2-metadata-token: $token" "http://169.254.169.254/latest/meta-data/$1"
}

prepare() {
  mkdir -p "$root"/etc/{inroad,sudoers.d,rancher/k3s/config.yaml.d,rancher/node} "$units" "$root"/usr/local/{bin,sbin}
  instance=$(again 20 3 metadata instance-id) || stop "The instance metadata did not answer. Replace this instance."
  {
    settings
    echo "INSTANCE='$instance' ADDRESS='$(metadata local-ipv4)'"
  } >"$root/etc/inroad/node.env"
  set -a
  # shellcheck disable=SC1091
  . "$root/etc/inroad/node.env"
  set +a
  programs
  # sudo's own path has neither kubectl nor the programs above.
  echo 'Defaults secure_path = /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' >"$root/etc/sudoers.d/inroad"
  chmod 440 "$root/etc/sudoers.d/inroad"
}

# Only k3s itself swaps: the kubelet keeps pods out of it.
add_swap() {
  [ ! -e "$root/swapfile" ] || return 0
  (umask 077 && dd if=/dev/zero of="$root/swapfile" bs=1M count="$SWAP_MIB" status=none)
  mkswap "$root/swapfile" >/dev/null
  swapon "$root/swapfile"
  echo '/swapfile none swap sw 0 0' >>"$root/etc/fstab"
}

fetch_k3s() {
  curl -fsSL --proto '=https' --max-time 300 -o "$1" \
    "https://github.com/k3s-io/k3s/releases/download/${K3S_VERSION//+/%2B}/k3s"
}

# The program itself, not the script at get.k3s.io, which changes without notice.
install_k3s() {
  local file=$root/usr/local/bin/k3s name
  again 10 15 fetch_k3s "$file.new" ||
    stop "k3s $K3S_VERSION cannot be downloaded from github.com. Check that the release exists and that the node reaches the web."
  echo "$K3S_SHA256  $file.new" | sha256sum --check --status || {
    rm -f "$file.new"
    stop "What was downloaded is not the pinned k3s $K3S_VERSION. Compare k3s_sha256 with the release's sha256sum-amd64.txt."
  }
  chmod 755 "$file.new"
  mv "$file.new" "$file"
  for name in kubectl crictl ctr; do ln -sf k3s "$root/usr/local/bin/$name"; done
}

# Small disks: rotated logs, few images. Pods get 45 of the 60 seconds that a node has for its end. What k3s and the
# system use is not given to pods.
limit_kubelet() {
  local directory=$root/var/lib/rancher/k3s/agent/etc/kubelet.conf.d
  mkdir -p "$directory"
  cat >"$directory/50-inroad.conf" <<KUBELET
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
containerLogMaxSize: 10Mi
containerLogMaxFiles: 3
imageGCHighThresholdPercent: 75
imageGCLowThresholdPercent: 60
systemReserved:
  memory: $RESERVED_MEMORY
shutdownGracePeriod: 60s
shutdownGracePeriodCriticalPods: 15s
KUBELET
}

# start_k3s server|agent [LINE_OF_THE_UNIT]: an agent starts once inroad-join knows a server.
start_k3s() {
  local unit=k3s kind=notify now=--now
  [ "$1" = server ] || { unit=k3s-agent kind=exec now=; }
  cat >"$units/$unit.service" <<UNIT
[Unit]
Description=k3s $1
Wants=network-online.target
After=network-online.target
${2:-}
[Service]
Type=$kind
KillMode=process
Delegate=yes
LimitNOFILE=1048576
TasksMax=infinity
TimeoutStartSec=0
Restart=always
RestartSec=5s
ExecStartPre=-/sbin/modprobe br_netfilter
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/local/bin/k3s $1
[Install]
WantedBy=multi-user.target
UNIT
  systemctl daemon-reload
  systemctl enable $now "$unit"
}

# every INTERVAL PROGRAM [ARGUMENT]
every() {
  local name=$2${3:+-$3}
  cat >"$units/$name.service" <<UNIT
[Service]
Type=oneshot
ExecStart=/usr/local/sbin/$2 ${3:-}
UNIT
  cat >"$units/$name.timer" <<UNIT
[Timer]
OnBootSec=$1
OnUnitInactiveSec=$1
[Install]
WantedBy=timers.target
UNIT
  systemctl daemon-reload
  systemctl enable --now "$name.timer"
}

# Last and not needed to serve: a node whose log is not shipped still does its work.
ship_logs() {
  local file=$root/opt/aws/amazon-cloudwatch-agent/etc/inroad.json
  again 5 20 dnf install -y -q amazon-cloudwatch-agent || {
    say "The CloudWatch agent cannot be installed: logs stay on this node." >&2
    return 0
  }
  mkdir -p "${file%/*}"
  cat >"$file" <<JSON
{"agent": {"metrics_collection_interval": 300, "omit_hostname": true, "run_as_user": "root"},
 "logs": {"logs_collected": {"files": {"collect_list": [
   {"file_path": "/var/log/containers/inroad*.log", "log_group_name": "$LOG_GROUP",
    "log_stream_name": "{instance_id}", "publish_multi_logs": true}]}}},
 "metrics": {"namespace": "$METRICS_NAMESPACE",
   "append_dimensions": {"AutoScalingGroupName": "\${aws:AutoScalingGroupName}"},
   "metrics_collected": {
     "disk": {"measurement": ["used_percent"], "resources": ["/", "/var/lib/inroad"], "drop_device": true},
     "mem": {"measurement": ["used_percent"]}}}}
JSON
  "$root/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl" -a fetch-config -m ec2 -s -c "file:$file" ||
    say "The CloudWatch agent does not start: logs stay on this node." >&2
}
