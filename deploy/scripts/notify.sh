#!/usr/bin/env bash
# notify.sh STATUS|FOLDER
#
# Tells a chat (Slack, Mattermost, Rocket.Chat or what reads {"text": …}) how a pipeline ended: STATUS, or what
# the files in FOLDER say, one a job with the job's status in it.
#
#   INROAD_NOTIFY_URL   the webhook; a secret, so it goes to curl by stdin. Without it this says so and ends well.
#   CI_PROJECT_PATH, CI_COMMIT_REF_NAME, CI_COMMIT_SHORT_SHA, CI_PIPELINE_URL   what is told about
set -euo pipefail

[ $# -eq 1 ] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }

status=$1
if [ -d "$1" ]; then
    failed=$(grep -lvx success "$1"/* 2>/dev/null | sed 's!.*/!!' | sort | paste -sd ' ' || true)
    status=${failed:+failed: $failed}
    status=${status:-success}
fi
told="${CI_PROJECT_PATH:-inroad}, ${CI_COMMIT_REF_NAME:-?} at ${CI_COMMIT_SHORT_SHA:-?}: $status."
told+=" ${CI_PIPELINE_URL:-}"
echo "notify: $told"
[ -n "${INROAD_NOTIFY_URL:-}" ] || { echo 'notify: INROAD_NOTIFY_URL is not set, so nobody is told.'; exit 0; }

[[ $INROAD_NOTIFY_URL =~ ^https?://[^[:space:]\"\\]+$ ]] || {
    echo 'notify: INROAD_NOTIFY_URL is not an address. Set it again, without what was pasted beside it.' >&2
    exit 1
}

# A branch may be called anything, so the text is made JSON by what knows how.
body=$(python3 -c 'import json, sys; print(json.dumps({"text": sys.argv[1]}))' "$told")
printf 'url = "%s"\n' "$INROAD_NOTIFY_URL" |
    curl --config - --silent --show-error --fail --max-time 20 --retry 2 --output /dev/null \
        --header 'content-type: application/json' --data "$body" ||
    { echo 'notify: The webhook did not take it. Check INROAD_NOTIFY_URL.' >&2; exit 1; }
