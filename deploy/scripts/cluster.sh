#!/usr/bin/env bash
# What deploy.sh, rollback.sh, restore.sh and remove.sh share: words, the lock against two at once, jobs, rolling
# out and back.
# Read by them, never run.
#
#   INROAD_NAMESPACE    where it runs (inroad)
#   INROAD_URL          the address that people use, which is smoke-tested
#   INROAD_SMOKE_URL    another address for the smoke test, as seen from here
#   INROAD_SMOKE_FLAGS  flags of smoke.sh, as --resolve-insecure
set -euo pipefail

SCRIPTS=$(dirname "${BASH_SOURCE[0]}")
PROGRAM=$(basename "$0" .sh)
NAMESPACE=${INROAD_NAMESPACE:-inroad}
readonly SCRIPTS PROGRAM NAMESPACE
readonly ROLLOUT_S=900
readonly APPLY=(apply --server-side --force-conflicts --field-manager inroad-deploy --filename)
readonly SERVING='app.kubernetes.io/component in (web, worker)'

say() {
    echo "$PROGRAM: $*"
}

stop() { # WHAT ADVICE [EXIT CODE]
    printf '%s: %s\n' "$PROGRAM" "$1" "$PROGRAM" "$2" >&2
    exit "${3:-1}"
}

usage() {
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p;}' "$0" >&2
    exit 2
}

# Both stand in manifests, so that they are held to the form that these take.
check_place() {
    [[ $NAMESPACE =~ ^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$ ]] ||
        stop "INROAD_NAMESPACE is no name of a namespace." "Use small letters, digits and hyphens, 63 at most."
    [[ ${INROAD_URL:-} =~ ^https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]+)?(/[a-zA-Z0-9._~/-]*)?$ ]] ||
        stop "INROAD_URL is not set to an address." \
            "Set it to what people open, as https://inroad.example, in small letters."
}

kube() {
    kubectl --namespace "$NAMESPACE" "$@"
}

# Run something long so that a signal is heard at once, and ends it, too.
child=
patiently() {
    "$@" &
    child=$!
    local code=0
    wait "$child" || code=$?
    child=
    return "$code"
}

begin() {
    folder=$(mktemp -d) || stop "There is no room for temporary files here." "See df -h ${TMPDIR:-/tmp}."
    trap 'finish' EXIT
    trap 'interrupted' INT TERM HUP
}

finish() {
    unlock
    rm -rf -- "$folder"
}

interrupted() {
    trap '' INT TERM HUP
    [ -z "$child" ] || kill "$child" 2>/dev/null || true
    stop "It was stopped while $doing." "See what runs: kubectl -n $NAMESPACE get pods; then deploy again." 143
}

# --- the lock: a Lease with a holder and an expiry, which a killed deploy leaves to the next ---------------

lease_version='' doing='it began'
holder="${GITLAB_USER_LOGIN:-$(id -un)}@$(uname -n)-${CI_JOB_ID:-$$}-$RANDOM"
holder=${holder//[^A-Za-z0-9@._-]/-} # it stands in JSON

lease() { # HOLDER SECONDS VERSION
    printf '{"apiVersion": "coordination.k8s.io/v1", "kind": "Lease"'
    printf ', "metadata": {"name": "inroad-deploy"'
    [ -z "$3" ] || printf ', "resourceVersion": "%s"' "$3"
    printf '}, "spec": {"holderIdentity": "%s", "leaseDurationSeconds": %d, "renewTime": "%s"}}\n' \
        "$1" "$2" "$(date -u +%Y-%m-%dT%H:%M:%S.000000Z)"
}

readonly VERSION='jsonpath={.metadata.resourceVersion}'
readonly LEASE="$VERSION|{.spec.holderIdentity}|{.spec.renewTime}|{.spec.leaseDurationSeconds}"

lock() {
    doing='it took the lock'
    lease_version=$(lease "$holder" 120 '' | kube create --output "$VERSION" --filename - 2>"$folder/error") &&
        return
    grep -q AlreadyExists "$folder/error" ||
        stop "The lock cannot be taken: $(head -c 300 "$folder/error")" \
            "Check what this account may do in $NAMESPACE."
    local found version other since seconds left
    found=$(kube get lease inroad-deploy --output "$LEASE" 2>"$folder/error") ||
        stop "The lock is taken, and by whom cannot be read: $(head -c 300 "$folder/error")" "Try again in a minute."
    IFS='|' read -r version other since seconds <<<"$found"
    if [ -n "$other" ]; then
        left=$(($(date -d "$since" +%s) + seconds - $(date +%s)))
        [ "$left" -le 0 ] ||
            stop "Another deploy runs, of $other." \
                "Wait until it ends and try again; if it was killed, its lock ends by itself in $left seconds."
        say "takes over the lock of $other, which ended without giving it back"
    fi
    lease_version=$(lease "$holder" 120 "$version" |
        kube replace --output "$VERSION" --filename - 2>/dev/null) ||
        stop "Another deploy has begun at this very moment." "Wait until it ends, and try again."
}

# Before each stage: hold the lock for as long as the stage may take, and a little longer.
stage() { # SECONDS WHAT
    doing=$2
    say "$2 ..."
    local version
    version=$(lease "$holder" "$(($1 + 60))" "$lease_version" |
        kube replace --output "$VERSION" --filename - 2>/dev/null) || {
        lease_version=
        stop "Another deploy has taken over the lock while $2." "See what runs: kubectl -n $NAMESPACE get pods."
    }
    lease_version=$version
}

unlock() {
    [ -n "$lease_version" ] || return 0
    lease '' 1 "$lease_version" | kube replace --filename - >/dev/null 2>&1 ||
        echo "$PROGRAM: the lock was not given back; it ends by itself." >&2
    lease_version=
}

# --- jobs --------------------------------------------------------------------------------------------------

readonly TRUE='.status.conditions[?(@.status=="True")]'
readonly CONDITIONS="jsonpath={range $TRUE}{' '}{.type}{' '}{end}"
readonly WAITING="jsonpath={range .items[*].status.containerStatuses[*]}{.state.waiting.reason}{' '}{end}"

# Wait until a Job is done; 1 where it failed, where its pod can never start, or after SECONDS.
done_by() { # JOB SECONDS
    local tries=$(($2 / 2)) until=$((SECONDS + $2)) hopeless=0 state why
    while [ "$tries" -gt 0 ] && [ "$SECONDS" -lt "$until" ]; do # a small server's kubectl takes its time, too
        state=$(kube get job "$1" --output "$CONDITIONS")
        case $state in
            *' Complete '*) return 0 ;;
            *' Failed '*) return 1 ;;
        esac
        why=$(kube get pods --selector "job-name=$1" --output "$WAITING")
        case $why in
            *BackOff* | *InvalidImage* | *NeverPull* | *CreateContainer*) hopeless=$((hopeless + 1)) ;;
            *) hopeless=0 ;;
        esac
        if [ "$hopeless" -ge 10 ]; then
            say "its pod cannot start: $why" >&2
            return 1
        fi
        tries=$((tries - 1))
        patiently sleep 2
    done
    say "it was not done in $2 seconds" >&2
    return 1
}

# --- rolling out, and back ---------------------------------------------------------------------------------

readonly REVISION_PATH='{.metadata.annotations.deployment\.kubernetes\.io/revision}'

# "NAME REVISION" of each Deployment that serves, a line each.
revisions() {
    kube get deployments --selector "$SERVING" --output \
        "jsonpath={range .items[*]}{.metadata.name}{' '}$REVISION_PATH{'\n'}{end}"
}

revision_of() { # NAME, out of lines of `revisions`
    awk -v name="$1" '$1 == name {print $2}'
}

rolled_out() { # DEPLOYMENT...
    local name
    for name in "$@"; do
        patiently kubectl --namespace "$NAMESPACE" rollout status "deployment/$name" \
            --timeout "${ROLLOUT_S}s" || return 1
    done
}

smoke_test() {
    local -a flags=()
    read -r -a flags <<<"${INROAD_SMOKE_FLAGS:-}"
    patiently "$SCRIPTS/smoke.sh" --wait 180 --patience 120 "${flags[@]}" \
        "${INROAD_SMOKE_URL:-$INROAD_URL}"
}

# What a person would look at first; no more than fits the output that SSM keeps.
explain() { # SELECTOR
    {
        kube get pods --selector "$1" --output wide || true
        kube get events --field-selector type=Warning --sort-by .lastTimestamp --output \
            'jsonpath={range .items[*]}{.reason}{": "}{.message}{"\n"}{end}' | tail -n 8 | cut -c 1-300 || true
        kube logs --selector "$1" --all-containers --tail 20 --prefix 2>&1 | tail -n 40 | cut -c 1-300 || true
    } >&2
}

# Take Deployments back to the revisions that "NAME REVISION" lines name, and prove that these work.
take_back() { # < lines
    local name revision
    local -a names=()
    while read -r name revision; do
        [ -n "$revision" ] || continue
        kube rollout undo "deployment/$name" --to-revision "$revision" >/dev/null ||
            stop "deployment/$name cannot be taken back to revision $revision." \
                "Choose one of: kubectl -n $NAMESPACE rollout history deployment/$name." 3
        names+=("$name")
    done
    if ! rolled_out "${names[@]}" || ! smoke_test; then
        explain "$SERVING"
        stop "What was taken back does not work either: nobody is served." \
            "See the lines above. A newer Inroad's database needs that one, or its backup: docs/runbook.md." 3
    fi
}

# What the last deploy did, for rollback.sh.
record() { # OVERLAY IMAGE BEFORE AFTER
    kube create configmap inroad-deployed --dry-run=client --output json --from-literal "overlay=$1" \
        --from-literal "image=$2" --from-literal "before=$3" --from-literal "after=$4" |
        kube "${APPLY[@]}" - >/dev/null
}

recorded() { # KEY
    kube get configmap inroad-deployed --ignore-not-found --output "jsonpath={.data.$1}"
}
