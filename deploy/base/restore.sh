#!/usr/bin/env bash
# Puts what a backup holds in place of what the database holds: all of it, or nothing has changed.
# Stop the app first: `kubectl scale deployment/inroad --replicas=0`.
# Environment: PGHOST, PGUSER, PGPASSWORD, PGDATABASE (libpq's); BACKUP_DIR, the folder; BACKUP, a file there, by
# default the newest; DATABASE_WAIT_S, how long the database may be away (60).
set -euo pipefail

# shellcheck source=deploy/base/database_job.sh
source "$(dirname "${BASH_SOURCE[0]}")/database_job.sh"

main() {
    cd "$BACKUP_DIR" || fail "The folder $BACKUP_DIR is not there." "Check the claim inroad-backups."
    local backup
    backup="${BACKUP:-$(newest)}"
    [[ -n "$backup" ]] || fail "There is no backup in $BACKUP_DIR." "Copy one there from the bucket."
    [[ -f "$backup" ]] || fail "There is no backup $backup." "Choose one of: $(echo inroad-*.dump)."
    pg_restore --file=/dev/null "$backup" || fail "The backup $backup is damaged." "Choose an older one."
    reach_the_database
    others_are_gone
    # Without its last line PostgreSQL takes everything back, so a file that breaks off changes nothing either.
    {
        echo "BEGIN; DROP OWNED BY CURRENT_USER;"
        pg_restore --no-owner --no-privileges --file=- "$backup" && echo "COMMIT;"
    } | psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --output=/dev/null ||
        fail "The backup $backup was not restored; nothing has changed." "See above."
    echo "$backup is restored. Bring its tables up to date with the migration, then start the app."
}

newest() {
    local files=(inroad-*.dump)
    if [[ -e "${files[-1]}" ]]; then
        echo "${files[-1]}"
    fi
}

others_are_gone() {
    local others
    others="$(psql --no-psqlrc --tuples-only --no-align --command="SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'")"
    [[ "$others" == 0 ]] ||
        fail "$others connections still use the database." "Stop the app: kubectl scale deployment/inroad --replicas=0"
}

main
