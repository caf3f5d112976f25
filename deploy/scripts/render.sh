#!/usr/bin/env bash
# render.sh OVERLAY IMAGE
#
# Prints the manifests of deploy/overlays/OVERLAY as they are applied: with IMAGE, in their namespace, and
# with the address that people use. Needs kubectl, and no cluster.
#
#   INROAD_NAMESPACE       where it runs (inroad)
#   INROAD_URL             the address that people use; a name in it becomes the host of the Ingress
#   INROAD_SECRET_VERSION  written on the pods, so that a changed Secret is rolled out, too
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../overlays"

[ $# -eq 2 ] || { sed -n '2s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 2; }
overlay=$1 image=$2 url=${INROAD_URL:-}
readonly folder=.rendering-$$
trap 'rm -rf -- "$folder"' EXIT
mkdir "$folder"

image_lines() {
    local name=${image%@*}
    case $image in
        *@*) printf '  newName: %s\n  digest: %s\n' "$name" "${image#*@}" ;;
        *) printf '  newName: %s\n  newTag: "%s"\n' "${image%:*}" "${image##*:}" ;;
    esac
}

# Only a name: an address of numbers, or localhost, is answered whatever host is asked for.
host() {
    local host=${url#*://}
    host=${host%%[/:]*}
    [[ $host =~ [a-z] ]] && [ "$host" != localhost ] && echo "$host"
}

{
    cat <<KUSTOMIZATION
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${INROAD_NAMESPACE:-inroad}
resources:
- ../$overlay
images:
- name: inroad
$(image_lines)
patches:
- target:
    kind: Deployment
    labelSelector: app.kubernetes.io/component in (web, worker)
  patch: |
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: each
    spec:
      template:
        metadata:
          annotations:
            inroad/secret-version: "${INROAD_SECRET_VERSION:-0}"
KUSTOMIZATION
    if name=$(host); then
        cat <<KUSTOMIZATION
- target:
    kind: Ingress
  patch: |
    - op: add
      path: /spec/rules/0/host
      value: $name
    - op: add
      path: /spec/tls/0/hosts
      value: [$name]
KUSTOMIZATION
    fi
    if [ -n "$url" ]; then
        cat <<KUSTOMIZATION
configMapGenerator:
- name: inroad
  namespace: inroad
  behavior: merge
  literals:
  - INROAD_PUBLIC_URL=$url
KUSTOMIZATION
    fi
} >"$folder/kustomization.yaml"
kubectl kustomize "$PWD/$folder"
