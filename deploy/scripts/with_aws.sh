#!/usr/bin/env bash
# with_aws.sh COMMAND [ARGUMENT...]
#
# Runs a command as the role that GitLab's token of this job may assume, for as long as the command runs: no key of
# Amazon is kept anywhere. Without a token it runs the command as it is.
#
#   AWS_ID_TOKEN    the token (id_tokens of the job)
#   AWS_ROLE_ARN    the role, Terraform's output deploy_role_arn
set -euo pipefail

[ $# -gt 0 ] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }
[ -n "${AWS_ROLE_ARN:-}" ] && [ -n "${AWS_ID_TOKEN:-}" ] || exec "$@"

folder=$(mktemp -d)
child=
trap 'rm -rf -- "$folder"' EXIT
trap '[ -z "$child" ] || kill "$child" 2>/dev/null || true' INT TERM HUP
(umask 077 && printf %s "$AWS_ID_TOKEN" >"$folder/token")
export AWS_WEB_IDENTITY_TOKEN_FILE=$folder/token AWS_ROLE_ARN AWS_ROLE_SESSION_NAME="inroad-${CI_JOB_ID:-by-hand}"
unset AWS_ID_TOKEN
"$@" &
child=$!
code=0
wait "$child" || code=$?
# A signal ends the waiting before the command: wait for what it still has to tidy up.
while kill -0 "$child" 2>/dev/null; do wait "$child" || code=$?; done
exit "$code"
