#!/usr/bin/env bash
# inroad-backups push|pull: copies finished backups to the bucket, or those of the bucket back to this server's disk.
# Nothing is ever deleted in the bucket from here; its lifecycle rule does that.
set -euo pipefail
root=${INROAD_ROOT:-}
# shellcheck disable=SC1091
. "$root/etc/inroad/node.env"
export AWS_DEFAULT_REGION
here=$root/var/lib/inroad/backups there=s3://$BACKUP_BUCKET/backups

case ${1:-} in
push) aws s3 sync --only-show-errors --exclude '*' --include 'inroad-*.dump' "$here" "$there" ;;
pull)
  aws s3 sync --only-show-errors "$there" "$here"
  chown -R "$POSTGRES_UID:$POSTGRES_UID" "$here"
  ;;
*)
  echo "usage: inroad-backups push|pull" >&2
  exit 2
  ;;
esac
