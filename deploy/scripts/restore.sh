#!/usr/bin/env bash
# restore.sh [BACKUP]
#
# Puts what a backup holds in place of the database of kubectl's cluster: stops the app, restores all of it or
# nothing, starts the app, which brings older tables up to date, and smoke-tests it. BACKUP is a file of the claim
# inroad-backups, as inroad-20260131T021700Z.dump, and then what is there now is backed up first; without it the
# newest is restored, and what came after it is lost.
#
#   INROAD_URL   the address that people use (needed)
#   INROAD_NAMESPACE, INROAD_SMOKE_URL, INROAD_SMOKE_FLAGS   as in cluster.sh
#   INROAD_SKIP_BACKUP=true   restore although what is there cannot be backed up, as it is damaged
#
# Exit: 0 it is restored and runs; 1 nothing has changed, and the app runs as before; 2 called wrongly;
# 3 the app does not run: look now.
set -euo pipefail
# shellcheck source=deploy/scripts/cluster.sh
source "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"

[ $# -le 1 ] || usage
backup=${1:-}
[[ $backup =~ ^(inroad-[0-9]{8}T[0-9]{6}Z\.dump)?$ ]] || usage
check_place

# The Job of a backup, with another script: the same image, claim, user and secret.
as_restore() {
    local variable=
    [ -z "$backup" ] || variable=$(printf ', {"op": "add", "path": "%s", "value": {"name": "BACKUP", "value": "%s"}}' \
        /spec/template/spec/containers/0/env/- "$backup")
    printf '[{"op": "replace", "path": "/spec/backoffLimit", "value": 0}'
    printf ', {"op": "replace", "path": "%s", "value": ["bash", "/scripts/restore.sh"]}%s]' \
        /spec/template/spec/containers/0/command "$variable"
}

make_job() { # NAME
    kube delete job "$1" --ignore-not-found --wait >/dev/null
    kube create job "$1" --from cronjob/inroad-backup --dry-run=client --output json >"$folder/backup.json" ||
        stop "There is no CronJob inroad-backup in $NAMESPACE." \
            "A review keeps no backups; a database outside of the cluster is restored by whoever runs it."
}

back_up() {
    [ "${INROAD_SKIP_BACKUP:-}" != true ] || { say 'no backup, as it was wished'; return; }
    stage 600 'what is there is backed up'
    make_job inroad-backup-restore
    kube create --filename "$folder/backup.json" >/dev/null
    done_by inroad-backup-restore 600 || {
        explain job-name=inroad-backup-restore
        stop "What is there could not be backed up, so nothing was changed." \
            "See the lines above, or set INROAD_SKIP_BACKUP=true where it is damaged."
    }
}

# "NAME REPLICAS" of each Deployment that serves.
sizes() {
    kube get deployments --selector "$SERVING" \
        --output "jsonpath={range .items[*]}{.metadata.name}{' '}{.spec.replicas}{'\n'}{end}"
}

# At 0 the autoscaler leaves a Deployment alone.
stop_the_app() {
    stage 300 'the app is stopped'
    kube scale deployment --selector "$SERVING" --replicas 0 >/dev/null
    kube wait pods --selector "$SERVING" --for delete --timeout 120s >/dev/null || {
        start_the_app
        stop "The app did not stop in two minutes, so nothing was restored." "See what its node does, and try again."
    }
}

start_the_app() {
    stage $((ROLLOUT_S + 420)) 'the app is started'
    local name replicas
    local -a names=()
    while read -r name replicas; do
        kube scale "deployment/$name" --replicas "$((replicas > 0 ? replicas : 1))" >/dev/null
        names+=("$name")
    done <<<"$running"
    rolled_out "${names[@]}" && smoke_test && return
    explain "$SERVING"
    stop "The app does not run." "See the lines above, then: kubectl -n $NAMESPACE get pods." 3
}

begin
running=$(sizes) || stop "The cluster does not answer." "Check that its server runs, and KUBECONFIG."
[ -n "$running" ] || stop "Nothing serves in $NAMESPACE." "Deploy first: deploy/scripts/deploy.sh."
lock
make_job inroad-restore
kubectl patch --local --filename "$folder/backup.json" --type json --patch "$(as_restore)" --output json \
    >"$folder/restore.json"
[ -z "$backup" ] || back_up
stop_the_app
stage 1800 "${backup:-the newest backup} is restored"
kube create --filename "$folder/restore.json" >/dev/null
if ! done_by inroad-restore 1800; then
    explain job-name=inroad-restore
    start_the_app
    stop "The backup was not restored: what was there runs on." "See the lines above, and choose another backup."
fi
kube logs job/inroad-restore --tail 5
start_the_app
say "what the backup held is served at $INROAD_URL"
