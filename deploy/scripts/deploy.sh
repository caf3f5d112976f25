#!/usr/bin/env bash
# deploy.sh OVERLAY IMAGE
#
# Brings IMAGE (name@sha256:… or name:tag) into the cluster of kubectl, as deploy/overlays/OVERLAY has it:
# looks first whether it can work, takes the lock, backs up, applies, migrates, rolls out, smoke-tests; what
# does not work is taken back and smoke-tested again.
#
#   INROAD_URL           the address that people use (needed)
#   INROAD_NAMESPACE, INROAD_SMOKE_URL, INROAD_SMOKE_FLAGS   as in cluster.sh
#   POSTGRES_PASSWORD    makes the Secret, with DATABASE_URL (of the own PostgreSQL unless it is given),
#                        GROQ_API_KEY, METRICS_TOKEN, QUEUE_URL and RABBITMQ_PASSWORD where they are given;
#                        without it the Secret that is there stays
#   INROAD_REGISTRY, INROAD_REGISTRY_USER, INROAD_REGISTRY_PASSWORD   the Secret to pull the image with
#   INROAD_SKIP_BACKUP=true   deploy although the database cannot be backed up
#
# Exit: 0 it runs; 1 it failed, and what ran before runs; 2 called wrongly; 3 it failed, and look now.
set -euo pipefail
# shellcheck source=deploy/scripts/cluster.sh
source "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"

[ $# -eq 2 ] || usage
overlay=$1 image=$2
readonly OVERLAYS=$SCRIPTS/../overlays
readonly SECRETS=(DATABASE_URL POSTGRES_PASSWORD GROQ_API_KEY METRICS_TOKEN QUEUE_URL RABBITMQ_PASSWORD)

readonly NODES="jsonpath={range .items[*]}{.metadata.name}{range $TRUE}{' '}{.type}{end}{'\n'}{end}"

# --- before anything changes -------------------------------------------------------------------------------

check_call() {
    local program name
    [ -f "$OVERLAYS/$overlay/kustomization.yaml" ] ||
        stop "There is no overlay $overlay." "Choose one of: $(cd "$OVERLAYS" && echo *)."
    [ "$overlay" != review ] || [ "$NAMESPACE" != inroad ] ||
        stop "A review may not lie over production." "Set INROAD_NAMESPACE, as inroad-review-7."
    [[ $image =~ ^[a-z0-9][a-zA-Z0-9._/:-]*(@sha256:[0-9a-f]{64}|:[a-zA-Z0-9_][a-zA-Z0-9._-]*)$ ]] ||
        stop "$image names no image exactly." "Give it as NAME@sha256:… or NAME:TAG."
    [[ $image != *:latest ]] ||
        stop "The tag latest does not say what runs." "Give a commit's tag, or a digest."
    check_place
    for program in kubectl curl python3 base64; do
        command -v "$program" >/dev/null || stop "There is no $program here." "Install $program."
    done
    for name in "${SECRETS[@]}" INROAD_REGISTRY_PASSWORD; do
        [[ ${!name:-} != *[[:space:]]* ]] ||
            stop "$name has a space or a line break in it." "Set it again, without what was pasted beside it."
    done
}

check_cluster() {
    local nodes
    nodes=$(kubectl get nodes --request-timeout 20s --output "$NODES" 2>"$folder/error") ||
        stop "The cluster does not answer: $(head -c 300 "$folder/error")" \
            "Check that its server runs, and KUBECONFIG; off-hours switch machines off."
    ! grep -q ' DiskPressure' <<<"$nodes" ||
        stop "The disk of $(grep ' DiskPressure' <<<"$nodes" | cut -d ' ' -f 1 | xargs) is full." \
            "Make room there (k3s crictl rmi --prune; journalctl --vacuum-size=100M), or enlarge it."
    grep -q ' Ready' <<<"$nodes" ||
        stop "No node of the cluster is ready." "Start one: kubectl get nodes; off-hours switch machines off."
}

# Not a reason to stop where Groq is down: the app then writes with its own writer.
check_model_key() {
    [ -n "${GROQ_API_KEY:-}" ] || { say 'no GROQ_API_KEY: the built-in writer writes every draft'; return; }
    local status
    status=$(printf 'header = "authorization: Bearer %s"\n' "$GROQ_API_KEY" |
        curl --silent --max-time 10 --config - --output /dev/null --write-out '%{http_code}' \
            "${GROQ_API_BASE:-https://api.groq.com}/openai/v1/models" || true)
    case $status in
        401 | 403) stop "Groq refuses GROQ_API_KEY ($status)." \
            "Set a key of console.groq.com, or none: the built-in writer needs none." ;;
        200) ;;
        *) say "Groq did not answer about its key ($status); until it does, the built-in writer writes" ;;
    esac
}

kept() { # KEY of the Secret in the cluster, in base64
    kube get secret inroad --ignore-not-found --output "jsonpath={.data.$1}"
}

# The keys of the Secret without which a pod of the overlay would not start.
wanted_keys() {
    awk 'function over() { if (name == "inroad" && !optional) print key; name = "" }
        /secretKeyRef:$/ { over(); depth = index($0, "secretKeyRef"); optional = 0; next }
        depth && match($0, /[^ ]/) <= depth { over(); depth = 0 }
        depth && $1 == "key:" { key = $2 }
        depth && $1 == "name:" { name = $2 }
        depth && $1 == "optional:" { optional = $2 == "true" }
        END { over() }' "$folder/manifests.yaml" | sort -u
}

check_secrets() {
    local key
    if [ -n "${POSTGRES_PASSWORD:-}" ]; then
        [[ $POSTGRES_PASSWORD =~ ^[A-Za-z0-9._~-]{12,}$ ]] ||
            stop "POSTGRES_PASSWORD is short, or has signs that no address holds." \
                "Make one: openssl rand -hex 24."
        DATABASE_URL=${DATABASE_URL:-postgresql://inroad:$POSTGRES_PASSWORD@postgres:5432/inroad}
        [[ $DATABASE_URL =~ ^postgresql(\+psycopg)?:// ]] ||
            stop "DATABASE_URL does not begin with postgresql://." \
                "Correct it, or leave it out for the own PostgreSQL."
        key=$(kept POSTGRES_PASSWORD)
        [ -z "$key" ] || [ "$(base64 --decode <<<"$key")" = "$POSTGRES_PASSWORD" ] ||
            stop "POSTGRES_PASSWORD is not the one that the database was made with." \
                "Set the old one, or change it in the database first (docs/runbook.md)."
        for key in $(wanted_keys); do
            [ -n "${!key:-}" ] || stop "$key is not set, and the overlay $overlay needs it." \
                "Set it among the pipeline's variables, and deploy again."
        done
        return
    fi
    for key in DATABASE_URL POSTGRES_PASSWORD $(wanted_keys); do
        [ -n "$(kept "$key")" ] ||
            stop "The Secret inroad in $NAMESPACE has no $key." \
                "Set all of it, with POSTGRES_PASSWORD (openssl rand -hex 24), and deploy again."
    done
}

render() { # SECRET VERSION
    INROAD_SECRET_VERSION=$1 "$SCRIPTS/render.sh" "$overlay" "$image" >"$folder/manifests.yaml" ||
        stop "The overlay $overlay cannot be rendered." "See the line above; make deploy-check finds it, too."
}

# --- the stages --------------------------------------------------------------------------------------------

# Values go by stdin alone: never on a command line, which every process of a machine can read.
apply_secrets() {
    local name
    if [ -n "${POSTGRES_PASSWORD:-}" ]; then
        {
            printf 'apiVersion: v1\nkind: Secret\ntype: Opaque\nmetadata:\n  name: inroad\n  labels:\n'
            printf '    app.kubernetes.io/name: inroad\n    app.kubernetes.io/component: cluster\ndata:\n'
            for name in "${SECRETS[@]}"; do
                [ -z "${!name:-}" ] || printf '  %s: %s\n' "$name" "$(printf %s "${!name}" | base64 --wrap 0)"
            done
        } | kube "${APPLY[@]}" - >/dev/null || stop "The Secret cannot be written." "See the line above."
    fi
    if [ -n "${INROAD_REGISTRY_PASSWORD:-}" ]; then
        local login
        login=$(printf '%s:%s' "${INROAD_REGISTRY_USER:-}" "$INROAD_REGISTRY_PASSWORD" | base64 --wrap 0)
        {
            printf 'apiVersion: v1\nkind: Secret\ntype: kubernetes.io/dockerconfigjson\n'
            printf 'metadata:\n  name: registry\n'
            printf 'data:\n  .dockerconfigjson: %s\n' "$(
                printf '{"auths": {"%s": {"auth": "%s"}}}' "${INROAD_REGISTRY:-}" "$login" | base64 --wrap 0
            )"
        } | kube "${APPLY[@]}" - >/dev/null || stop "The Secret registry is refused." "See the line above."
    fi
    # A server that pulls from ECR has a login made every ten minutes, and a new namespace has none yet.
    ! command -v inroad-pull-secret >/dev/null || inroad-pull-secret >/dev/null ||
        stop "The login to ECR cannot be made." "See the lines above, and the role of the server."
}

apply() { # SELECTOR
    kube "${APPLY[@]}" "$folder/manifests.yaml" --selector "$1" --output name 2>"$folder/error" ||
        stop "The cluster refuses it: $(head -c 600 "$folder/error")" "Correct deploy/overlays/$overlay."
}

back_up() {
    [ -n "$before" ] || return 0 # nothing runs yet
    [ "${INROAD_SKIP_BACKUP:-}" != true ] || { say 'no backup, as it was wished'; return; }
    kube get cronjob inroad-backup --ignore-not-found --output name | grep -q . || return 0
    [ -n "$(kept POSTGRES_PASSWORD)" ] || apply_secrets # it was taken away to change the password: docs/runbook.md
    stage 300 'the database is backed up'
    kube delete job inroad-backup-deploy --ignore-not-found --wait >/dev/null
    kube create job inroad-backup-deploy --from cronjob/inroad-backup >/dev/null
    done_by inroad-backup-deploy 300 || {
        explain job-name=inroad-backup-deploy
        stop "The database could not be backed up, so nothing was changed." \
            "See the lines above: make room on the server's data disk, or set INROAD_SKIP_BACKUP=true."
    }
}

migrate() {
    stage 660 'the database is migrated'
    kube delete job inroad-migrate --ignore-not-found --wait >/dev/null
    apply 'app.kubernetes.io/component=migrate' >/dev/null
    done_by inroad-migrate 660 || {
        explain job-name=inroad-migrate
        stop "The migration failed, so nothing was rolled out: what ran before goes on." \
            "See the lines above. If the image cannot be pulled, check its tag and the registry's password."
    }
    kube logs job/inroad-migrate --tail 5 || say 'its log cannot be read now'
}

# Everything that serves goes to what ran before; where nothing did, it stays to be looked at.
give_up() { # WHAT
    explain "$SERVING"
    local now name revision lines=
    now=$(revisions)
    while read -r name revision; do
        [ -z "$name" ] || [ "$(revision_of "$name" <<<"$now")" = "$revision" ] || lines+="$name $revision"$'\n'
    done <<<"$before"
    if [ -z "$before" ]; then
        stop "$1 There is no earlier version to go back to, so it stays." "See the lines above." 3
    elif [ -z "$lines" ]; then
        stop "$1 The deploy changed nothing that serves, so nothing can be taken back." "See the lines above." 3
    fi
    stage $((ROLLOUT_S + 600)) 'it is taken back'
    take_back <<<"$lines"
    stop "$1 It was taken back, and what ran before works." "See the lines above, and correct it."
}

begin
check_call
render 0
check_cluster
check_secrets
check_model_key
kubectl get namespace "$NAMESPACE" >/dev/null 2>&1 || kubectl create namespace "$NAMESPACE" >/dev/null
lock
before=$(revisions)
back_up

stage 360 'all but the app is applied'
apply 'app.kubernetes.io/component=cluster' >/dev/null
apply_secrets
render "$(kube get secret inroad --output "$VERSION")"
applied=$(apply 'app.kubernetes.io/component notin (cluster, web, worker, migrate)')
if grep -q '^statefulset.apps/postgres$' <<<"$applied"; then
    patiently kubectl --namespace "$NAMESPACE" rollout status statefulset/postgres --timeout 300s || {
        explain app.kubernetes.io/component=database
        stop "The database does not come up, so nothing was rolled out." \
            "See the lines above: its password, its disk, the room on its node."
    }
fi
migrate

stage $((ROLLOUT_S + 420)) 'it is rolled out'
applied=$(apply "$SERVING") || give_up "The new version could not be applied as a whole."
mapfile -t names < <(sed -n 's/^deployment\.apps\///p' <<<"$applied")
[ ${#names[@]} -gt 0 ] || stop "The overlay $overlay serves nothing." "Label a Deployment as component web."
rolled_out "${names[@]}" || give_up "The new version never became ready."
doing='it is smoke-tested'
smoke_test || give_up "The new version runs, but does not work."
record "$overlay" "$image" "$before" "$(revisions)"
say "$image runs at $INROAD_URL"
