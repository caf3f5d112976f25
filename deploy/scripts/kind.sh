#!/usr/bin/env bash
# kind.sh up | load | down
#
# up    makes a Kubernetes cluster of containers on this computer where there is none, builds Inroad's image,
#       brings it in, and deploys it there as into any other cluster: deploy.sh with overlays/kind. Then it is at
#       the port of deploy/kind/cluster.yaml. Again after a change, it rolls the new image out.
# load  builds the image and brings it into the cluster's nodes; says its name.
# down  deletes the cluster with all that is in it.
#
#   GROQ_API_KEY and the other secrets of deploy.sh, at the first time.
#   INROAD_CLUSTER   the cluster's name (inroad)
#
# Nothing is fetched but images. Your own kubectl's configuration is not touched.
# Exit: 0 it works; 1 it does not, for the reason given; 2 it was called wrongly; else deploy.sh's.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
readonly here root
readonly CLUSTER=${INROAD_CLUSTER:-inroad} PARTS=$root/deploy/kind
readonly POLICIES_SINCE=0.24  # Kind's own network heeds NetworkPolicy from here on

usage() {
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}" >&2
    exit 2
}

fail() { # WHAT ADVICE
    echo "kind: $1" >&2
    echo "kind: $2" >&2
    exit 1
}

say() {
    echo "kind: $1"
}

check_programs() {
    local name version
    for name in docker kind kubectl; do
        command -v "$name" >/dev/null || fail "There is no $name here." "Install $name and try again."
    done
    docker info >/dev/null 2>&1 ||
        fail "Docker does not answer." "Start it, and check that you may use it: docker info."
    version=$(kind version | grep -oE '[0-9]+\.[0-9]+' | head -n 1)
    [ "$(printf '%s\n' "$POLICIES_SINCE" "$version" | sort -V | head -n 1)" = "$POLICIES_SINCE" ] ||
        fail "kind is $version, which lets every pod reach everything." "Install kind $POLICIES_SINCE or newer."
}

exists() {
    kind get clusters 2>/dev/null | grep -qx "$CLUSTER"
}

port() {
    sed -n 's/.*hostPort: *\([0-9]*\).*/\1/p' "$PARTS/cluster.yaml"
}

make_cluster() {
    if (exec 3<>"/dev/tcp/127.0.0.1/$(port)") 2>/dev/null; then
        fail "Port $(port) of this computer is in use." "Stop what uses it, or change hostPort in deploy/kind/cluster.yaml."
    fi
    say "Making the cluster $CLUSTER; the first time takes some minutes."
    kind create cluster --name "$CLUSTER" --config "$PARTS/cluster.yaml" --kubeconfig "$KUBECONFIG" --wait 180s >&2 || {
        kind delete cluster --name "$CLUSTER" --kubeconfig "$KUBECONFIG" >&2 || true
        fail "The cluster could not be made; Kind's reason is above." \
            "It wants 4 GiB of memory and 10 GiB of disk for Docker, and many inotify watches: kind.sigs.k8s.io/docs/user/known-issues."
    }
}

# The image by a name of its own, so that another image is another roll-out.
load() {
    local id
    docker build --tag inroad:local "$root" >&2 ||
        fail "The image could not be built; the reason is above." "Mend that, and try again."
    id=$(docker image inspect --format '{{.Id}}' inroad:local)
    image=inroad:kind-${id:7:12}
    docker tag inroad:local "$image"
    kind load docker-image "$image" --name "$CLUSTER" >&2 ||
        fail "The image could not be brought into the cluster; the reason is above." \
            "Where the disk is full: docker system prune. Where nodes are gone: deploy/scripts/kind.sh down, then up."
}

# The autoscaler's figures.
measure() {
    kubectl apply --filename "$PARTS/metrics-server.yaml" >/dev/null ||
        fail "The metrics server could not be set up; the reason is above." "Try again; else delete the cluster first."
    kubectl --namespace kube-system rollout status deployment/metrics-server --timeout 180s >&2 ||
        fail "The metrics server did not become ready, so nothing would be scaled." \
            "See why: kubectl --namespace kube-system describe pods --selector k8s-app=metrics-server"
}

deploy() {
    local address code=0
    address=http://localhost:$(port)
    unset DATABASE_URL  # of this computer, if at all; the cluster has a database of its own
    # The database keeps the password that it was first started with.
    if [ -z "${POSTGRES_PASSWORD:-}" ] && ! kubectl --namespace inroad get secret inroad >/dev/null 2>&1; then
        POSTGRES_PASSWORD=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
        export POSTGRES_PASSWORD
    fi
    INROAD_URL=$address "$here/deploy.sh" kind "$image" || code=$?
    [ "$code" -eq 0 ] || exit "$code"
    say "Inroad is at $address. Make the first account there now: it administers."
    say "To look around: kind export kubeconfig --name $CLUSTER, then kubectl --namespace inroad get pods."
}

up() {
    exists || make_cluster
    kind export kubeconfig --name "$CLUSTER" --kubeconfig "$KUBECONFIG" 2>/dev/null ||
        fail "The cluster $CLUSTER does not answer." "Delete it and make it anew: deploy/scripts/kind.sh down, then up."
    load
    measure
    deploy
}

[ $# -eq 1 ] || usage
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
export KUBECONFIG=$folder/kubeconfig
case $1 in
    up)
        check_programs
        up
        ;;
    load)
        check_programs
        exists || fail "There is no cluster $CLUSTER." "Make it: deploy/scripts/kind.sh up"
        load
        echo "$image"
        ;;
    down)
        check_programs
        kind delete cluster --name "$CLUSTER" >&2 || fail "The cluster could not be deleted." "See: docker ps"
        ;;
    *) usage ;;
esac
