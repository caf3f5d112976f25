#!/usr/bin/env bash
# verify.sh OVERLAY
#
# Smoke-tests what was deployed from here, as people reach it, and takes the deploy back where that fails.
#
#   INROAD_URL           the address that people use (needed)
#   INROAD_SMOKE_FLAGS   flags of smoke.sh, as --resolve-insecure
#   and what remote.sh needs, for the way back
#
# Exit: 0 it works; 1 it was taken back, and what ran before works; 3 nothing is proven to work, or could not be taken
# back, as after the first deploy; 4 as of remote.sh.
set -euo pipefail

scripts=$(dirname "${BASH_SOURCE[0]}")
[ $# -eq 1 ] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }
[ -n "${INROAD_URL:-}" ] || { echo 'verify: INROAD_URL is not set. Set it to what people open.' >&2; exit 2; }

works() {
    local -a flags=()
    read -r -a flags <<<"${INROAD_SMOKE_FLAGS:-}"
    "$scripts/smoke.sh" --wait 120 --patience 120 "${flags[@]}" "$INROAD_URL"
}

if works; then exit 0; fi
echo "verify: $INROAD_URL does not work from here; the deploy is taken back." >&2
code=0
"$scripts/remote.sh" rollback.sh "$1" || code=$?
[ "$code" -ne 1 ] || code=3 # nothing was changed there, so what does not work runs on
[ "$code" -eq 0 ] || exit "$code"
works || {
    echo 'verify: That does not work from here either: look at the way to it, and its certificate.' >&2
    exit 3
}
echo 'verify: What ran before works. See why in the lines above.' >&2
exit 1
