#!/usr/bin/env bash
# Reads from SSM where the server is and how to join it; starts or restarts the agent when either has changed. A replaced server
# has another private address; this finds it within a minute, for nothing, where a private DNS zone costs by the month.
set -euo pipefail
umask 077
root=${INROAD_ROOT:-}
# shellcheck disable=SC1091
. "$root/etc/inroad/node.env"
export AWS_DEFAULT_REGION

parameter() { aws ssm get-parameter --name "$1" --query Parameter.Value --output text "${@:2}"; }

# replaced FILE: puts standard input there when it differs; fails when it was the same.
replaced() {
  cat >"$1.new"
  if cmp -s "$1.new" "$1"; then
    rm "$1.new"
    return 1
  fi
  mv "$1.new" "$1"
}

address=$(parameter "$ADDRESS_PARAMETER")
token=$(parameter "$TOKEN_PARAMETER" --with-decryption)
if [ "$address" = unset ] || [ "$token" = unset ]; then
  echo "The server has not said yet how to join it." >&2
  exit 1
fi
changed=
printf '%s' "$token" | replaced "$root/etc/inroad/join-token" && changed=1
echo "server: https://$address:6443" | replaced "$root/etc/rancher/k3s/config.yaml.d/server.yaml" && changed=1
if [ -n "$changed" ]; then
  echo "The server is at $address: joining it."
  systemctl restart k3s-agent
fi
