#!/usr/bin/env bash
# rollback.sh OVERLAY [REVISION]
#
# Takes the last deploy back: to what ran before it, or to REVISION of deployment/inroad, and smoke-tests what
# runs then. The database stays as it is; docs/runbook.md says how a backup is restored.
#
#   INROAD_URL   the address that people use (needed)
#   INROAD_NAMESPACE, INROAD_SMOKE_URL, INROAD_SMOKE_FLAGS   as in cluster.sh
#
# Exit: 0 it runs; 1 nothing was changed; 2 called wrongly; 3 it does not work: look now.
set -euo pipefail
# shellcheck source=deploy/scripts/cluster.sh
source "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"

[ $# -eq 1 ] || [ $# -eq 2 ] || usage
overlay=$1 revision=${2:-}
[[ $revision =~ ^[0-9]*$ ]] || usage
check_place

readonly OWNER='{.metadata.ownerReferences[0].name}' IMAGE='{.spec.template.spec.containers[0].image}'
readonly SETS="jsonpath={range .items[*]}$OWNER{' '}$REVISION_PATH{' '}$IMAGE{'\n'}{end}"
readonly HISTORY="Name a revision of: kubectl -n $NAMESPACE rollout history deployment/inroad."

# "NAME REVISION" of what ran before the last deploy.
before_the_last() {
    local now name old
    now=$(revisions)
    [ "$now" = "$(recorded after)" ] ||
        stop "The last deploy is no longer what runs, or was taken back." "$HISTORY"
    while read -r name old; do
        [ -z "$name" ] || [ "$(revision_of "$name" <<<"$now")" = "$old" ] || echo "$name $old"
    done <<<"$(recorded before)"
}

# "NAME REVISION" of the Deployments at the image that the REVISION of the web had.
at_revision() {
    local sets image name
    sets=$(kube get replicasets --selector "$SERVING" --output "$SETS")
    image=$(awk -v revision="$revision" '$1 == "inroad" && $2 == revision {print $3}' <<<"$sets")
    [ -n "$image" ] || stop "There is no revision $revision any more." "$HISTORY"
    echo "inroad $revision"
    for name in $(revisions | awk '$1 != "inroad" {print $1}'); do
        awk -v name="$name" -v image="$image" '$1 == name && $3 == image {print $1, $2}' <<<"$sets" |
            sort -k 2 -n | tail -n 1
    done
}

begin
runs=$(recorded overlay) || stop "The cluster does not answer." "Check that its server runs, and KUBECONFIG."
[ -n "$runs" ] || [ -n "$revision" ] || stop "Nothing was deployed to $NAMESPACE by deploy.sh." "$HISTORY"
[ -z "$runs" ] || [ "$runs" = "$overlay" ] ||
    stop "This cluster runs the overlay $runs, not $overlay." "Choose the other cluster, or say $runs."
lock
if [ -n "$revision" ]; then lines=$(at_revision); else lines=$(before_the_last); fi
[ -n "$lines" ] || stop "The last deploy changed nothing that serves, or was the first." "$HISTORY"
stage $((ROLLOUT_S + 420)) "it is taken back to $(tr '\n' ' ' <<<"$lines")"
take_back <<<"$lines"
say "what ran before runs at $INROAD_URL"
