#!/usr/bin/env bash
# remove.sh
#
# Removes a review from the cluster of kubectl, with its database and all that people tried there.
#
#   INROAD_NAMESPACE   the namespace of the review (needed); others than inroad-review-… are refused
set -euo pipefail
# shellcheck source=deploy/scripts/cluster.sh
source "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"

[ $# -eq 0 ] || usage
[[ $NAMESPACE == inroad-review-* ]] ||
    stop "$NAMESPACE is not the namespace of a review." "Set INROAD_NAMESPACE; staging and production stay."
kubectl delete namespace "$NAMESPACE" --ignore-not-found --timeout 300s ||
    stop "$NAMESPACE could not be removed." "See the line above, and try again."
say "$NAMESPACE is gone"
