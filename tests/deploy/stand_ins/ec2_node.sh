#!/usr/bin/env bash
# Stands in for what a node's first start calls: one file under many names, told apart by the name it is called by.
# Each call is written to $STAND_IN/calls; what AWS, the web and the disk would remember lies below $STAND_IN:
#   instance, address     who this instance is
#   web/NAME              what https://…/NAME answers
#   disk/blkid            blkid's exit status: 2 an empty disk, 0 one with a file system, 8 one that cannot be read
#   disk/attached, disk/held   which instance has the disk; how many attempts it is still held by another
#   parameters/…          SSM's parameters (slashes as commas); parameters/unset-for: how many reads find them unset
#   bucket/               the backup bucket;  instances  what describe-instances lists
#   nodes, namespaces     what kubectl lists;  applied  what it was given
#   broken                names of calls that fail, one a line
set -euo pipefail
name=${0##*/}
printf '%s %s\n' "$name" "$*" >>"$STAND_IN/calls"
if grep -qsxF "$name" "$STAND_IN/broken"; then exit 1; fi

# option NAME ARGS...: the word after NAME.
option() {
  local wanted=$1
  shift
  while [ $# -gt 1 ]; do
    if [ "$1" = "$wanted" ]; then
      echo "$2"
      return
    fi
    shift
  done
}

# less FILE: counts the number in it down; fails when it is at nought.
less() {
  local left
  left=$(cat "$1" 2>/dev/null || echo 0)
  [ "$left" -gt 0 ] || return 1
  echo $((left - 1)) >"$1"
}

in_aws() {
  local value file
  case "$1 $2" in
  "ec2 describe-volumes") cat "$STAND_IN/disk/attached" 2>/dev/null || echo None ;;
  "ec2 attach-volume")
    ! less "$STAND_IN/disk/held" || return 254
    cp "$STAND_IN/instance" "$STAND_IN/disk/attached"
    ;;
  "ec2 associate-address") ;;
  "ec2 describe-instances") cat "$STAND_IN/instances" ;;
  "ecr get-login-password") echo a-token-of-ecr ;;
  "ssm put-parameter")
    value=$(option --value "$@")
    file=$(option --name "$@")
    if [[ $value == file://* ]]; then value=$(cat "${value#file://}"); fi
    printf '%s' "$value" >"$STAND_IN/parameters/${file//\//,}"
    ;;
  "ssm get-parameter")
    file=$(option --name "$@")
    if less "$STAND_IN/parameters/unset-for"; then echo unset; else cat "$STAND_IN/parameters/${file//\//,}"; fi
    ;;
  "s3 sync")
    local from=${*: -2:1} to=${*: -1}
    from=${from/s3:\/\/*/$STAND_IN/bucket} to=${to/s3:\/\/*/$STAND_IN/bucket}
    if [[ " $* " == *" --include "* ]]; then
      find "$from" -name "$(option --include "$@")" -exec cp {} "$to" \;
    else
      cp -r "$from/." "$to"
    fi
    ;;
  *)
    echo "no stand-in for: aws $*" >&2
    return 2
    ;;
  esac
}

in_curl() {
  local url=${*: -1}
  case $url in
  */api/token) echo metadata-token ;;
  http://169.254.169.254/*)
    # IMDSv2: nothing is told without a token.
    [[ "$*" == *"X-aws-ec2-metadata-token: metadata-token"* ]] || return 22
    case $url in */instance-id) cat "$STAND_IN/instance" ;; */local-ipv4) cat "$STAND_IN/address" ;; esac
    ;;
  *) cp "$STAND_IN/web/${url##*/}" "$(option -o "$@")" ;;
  esac
}

in_systemctl() {
  case "$*" in
  "enable --now k3s" | "restart k3s") # what k3s does first: it writes the token out, with a hash of its CA before it
    local server=$INROAD_ROOT/var/lib/rancher/k3s/server
    mkdir -p "$server"
    printf 'K10cahash::node:%s\n' "$(cat "$INROAD_ROOT/var/lib/inroad/k3s/agent-token")" >"$server/agent-token"
    ;;
  esac
}

case $name in
aws) in_aws "$@" ;;
curl) in_curl "$@" ;;
systemctl) in_systemctl "$@" ;;
blkid) exit "$(cat "$STAND_IN/disk/blkid")" ;;
mkfs.xfs) echo 0 >"$STAND_IN/disk/blkid" ;;
mountpoint) exit 1 ;;
install) # the owner needs root, so it is only recorded
  [[ " $* " == *" -d "* ]] && mkdir -p "${*: -1}" && chmod "$(option -m "$@")" "${*: -1}"
  ;;
kubectl)
  case "$*" in
  "get nodes"*) cat "$STAND_IN/nodes" ;;
  "get namespaces"*) cat "$STAND_IN/namespaces" ;;
  "apply -f -") { echo --- && cat; } >>"$STAND_IN/applied" ;;
  esac
  ;;
*) ;; # sleep, mount, swapon, mkswap, chown, dnf, xfs_growfs, amazon-cloudwatch-agent-ctl
esac
