#!/usr/bin/env bash
# Renews the pull secret `registry` in every namespace of the app: a token of ECR lives for twelve hours.
set -euo pipefail
root=${INROAD_ROOT:-}
# shellcheck disable=SC1091
. "$root/etc/inroad/node.env"
export AWS_DEFAULT_REGION KUBECONFIG=/etc/rancher/k3s/k3s.yaml

login=$(printf 'AWS:%s' "$(aws ecr get-login-password)" | base64 -w0)
config=$(printf '{"auths":{"%s":{"auth":"%s"}}}' "${ECR_REPOSITORY%%/*}" "$login" | base64 -w0)
for namespace in $(kubectl get namespaces -l app.kubernetes.io/name=inroad -o name); do
  kubectl apply -f - <<YAML # by its input: a secret on a command line is anybody's
apiVersion: v1
kind: Secret
metadata: {name: registry, namespace: ${namespace#namespace/}}
type: kubernetes.io/dockerconfigjson
data: {.dockerconfigjson: $config}
YAML
done
