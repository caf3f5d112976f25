#!/usr/bin/env bash
# What backup.sh and restore.sh share. Read by them, never run.
# Environment: PGHOST (libpq's); DATABASE_WAIT_S, how long the database may be away (60).
set -euo pipefail

fail() {
    echo "$1 $2" >&2
    exit 1
}

# A pod's address is let through some seconds after it began, as each node hears of it.
reach_the_database() {
    local until=$((SECONDS + ${DATABASE_WAIT_S:-60}))
    until pg_isready --quiet --timeout=1; do
        ((SECONDS < until)) || fail "The database does not answer." "See what postgres-0 says: kubectl logs postgres-0."
        sleep 1
    done
}
