#!/usr/bin/env bash
# Deletes the Node objects of agents whose instance is gone. They come back under another name each morning, and pods
# of a dead Node wait five minutes before they start elsewhere.
set -euo pipefail
root=${INROAD_ROOT:-}
# shellcheck disable=SC1091
. "$root/etc/inroad/node.env"
export AWS_DEFAULT_REGION KUBECONFIG=/etc/rancher/k3s/k3s.yaml

alive=$(aws ec2 describe-instances --output text --query 'Reservations[].Instances[].InstanceId' --filters \
  "Name=tag:inroad:cluster,Values=$CLUSTER" 'Name=instance-state-name,Values=pending,running,stopping,stopped')
# This server lives: a list without it is not to be believed.
[[ $alive == *"$INSTANCE"* ]] || {
  echo "EC2 does not list this server itself, so no node is deleted." >&2
  exit 1
}
nodes=$(kubectl get nodes --no-headers -l inroad/role=agent \
  -o 'custom-columns=NAME:.metadata.name,INSTANCE:.metadata.labels.inroad/instance')
while read -r node machine; do
  [[ $machine != i-* || $alive == *"$machine"* ]] || kubectl delete node "$node" --wait=false
done <<<"$nodes"
