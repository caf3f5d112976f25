#!/usr/bin/env bash
# build.sh [FILE]
#
# Builds the image with Buildah, without a daemon and without privileges, pushes it, and writes IMAGE=NAME@DIGEST
# into FILE (build.env), for the jobs that deploy it.
#
#   CI_REGISTRY_IMAGE, CI_COMMIT_SHA   name and tag
#   CI_REGISTRY, CI_REGISTRY_USER, CI_REGISTRY_PASSWORD   where it is pushed; the password goes by stdin
#   CI_COMMIT_TAG             another tag, with hyphens for what a registry forbids, and the version in the labels
#   CI_PROJECT_URL, CI_COMMIT_TIMESTAMP   in the image's labels
#   INROAD_BUILD_FRESH=true   take the base image anew and reuse no layer
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

file=${1:-build.env}

stop() { # WHAT ADVICE
    printf 'build: %s\n' "$1" "$2" >&2
    exit 1
}

for name in CI_REGISTRY CI_REGISTRY_IMAGE CI_REGISTRY_USER CI_REGISTRY_PASSWORD CI_COMMIT_SHA; do
    [ -n "${!name:-}" ] || stop "$name is not set." "Switch the project's container registry on, or set it."
done
command -v buildah >/dev/null || stop "There is no buildah here." "Install it, or use its image."

folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
export REGISTRY_AUTH_FILE=$folder/auth.json
printf %s "$CI_REGISTRY_PASSWORD" |
    buildah login --username "$CI_REGISTRY_USER" --password-stdin "$CI_REGISTRY" >/dev/null ||
    stop "The registry $CI_REGISTRY refuses the login." "Check CI_REGISTRY_USER and CI_REGISTRY_PASSWORD."

tags=("$CI_REGISTRY_IMAGE:$CI_COMMIT_SHA")
# Git's tags may hold signs that a registry's may not: v1.2+a, release/1.2.
tag=${CI_COMMIT_TAG:-}
tag=${tag//[^a-zA-Z0-9._-]/-}
[ -z "$tag" ] || tags+=("$CI_REGISTRY_IMAGE:$tag")
options=(--format docker --layers --tag "${tags[0]}")
if [ "${INROAD_BUILD_FRESH:-}" = true ]; then
    options+=(--no-cache --pull=always)
else
    options+=(--cache-from "$CI_REGISTRY_IMAGE/cache" --cache-to "$CI_REGISTRY_IMAGE/cache")
fi
buildah build "${options[@]}" \
    --build-arg "VERSION=${CI_COMMIT_TAG:-$CI_COMMIT_SHA}" --build-arg "REVISION=$CI_COMMIT_SHA" \
    --build-arg "SOURCE=${CI_PROJECT_URL:-}" --build-arg "CREATED=${CI_COMMIT_TIMESTAMP:-}" . ||
    stop "The image cannot be built." "See the lines above; where no space is left: df -h."

for tag in "${tags[@]}"; do
    buildah push --digestfile "$folder/digest" "${tags[0]}" "docker://$tag" ||
        stop "$tag cannot be pushed." "Check that CI_REGISTRY_USER may write there, and the registry's room."
done
digest=$(cat "$folder/digest" 2>/dev/null || true)
if [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]]; then
    echo "IMAGE=$CI_REGISTRY_IMAGE@$digest" >"$file"
else
    echo 'build: The registry named no digest, so the image is known by the tag of its commit.' >&2
    echo "IMAGE=${tags[0]}" >"$file"
fi
cat "$file"
