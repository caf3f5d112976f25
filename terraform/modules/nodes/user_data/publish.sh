#!/usr/bin/env bash
# inroad-publish [--new-token]: tells agents, through SSM, where this server is and how to join it. With --new-token the
# old one is worth nothing from then on; agents that have joined take the new one within a minute.
set -euo pipefail
umask 077
root=${INROAD_ROOT:-}
# shellcheck disable=SC1091
. "$root/etc/inroad/node.env"
export AWS_DEFAULT_REGION
written=$root/var/lib/rancher/k3s/server/agent-token # k3s puts a hash of its CA before it: agents trust no other server

if [ "${1:-}" = --new-token ]; then
  od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$root/var/lib/inroad/k3s/agent-token"
  rm -f "$written"
  systemctl restart k3s
fi
for _ in {1..120}; do
  [ ! -s "$written" ] || break
  sleep 5
done
[ -s "$written" ] || {
  echo "k3s did not start within ten minutes. Read: journalctl -u k3s" >&2
  exit 1
}
# By file: a secret on a command line is anybody's.
tr -d '\n' <"$written" >"$root/etc/inroad/join-token"
aws ssm put-parameter --overwrite --type SecureString --name "$TOKEN_PARAMETER" --value "file://$root/etc/inroad/join-token" >/dev/null
aws ssm put-parameter --overwrite --type String --name "$ADDRESS_PARAMETER" --value "$ADDRESS" >/dev/null
