#!/usr/bin/env bash
# Writes the whole database into a file of its own, reads it back, and keeps the newest ones. A file has its
# name only once it is whole, so whoever copies `inroad-*.dump` never copies half of one.
# Environment: PGHOST, PGUSER, PGPASSWORD, PGDATABASE (libpq's); BACKUP_DIR, the folder; BACKUPS_KEPT, how many;
# DATABASE_WAIT_S, how long the database may be away (60).
set -euo pipefail

# shellcheck source=deploy/base/database_job.sh
source "$(dirname "${BASH_SOURCE[0]}")/database_job.sh"

main() {
    umask 027
    [[ ${BACKUPS_KEPT:-} =~ ^[1-9][0-9]{0,3}$ ]] ||
        fail "BACKUPS_KEPT is no number from 1." "Set it to how many shall stay, such as 14."
    cd "$BACKUP_DIR" || fail "The folder $BACKUP_DIR is not there." "Check the claim inroad-backups."
    # Two jobs may meet here: that of the night, and that of a deploy.
    exec 9<.
    flock --timeout 600 9 || fail "Another backup is still being written." "See what it does, then try again."
    rm -f -- *.part
    reach_the_database
    local name part
    name="inroad-$(date --utc +%Y%m%dT%H%M%SZ).dump"
    part="$name.part"
    pg_dump --format=custom --no-owner --no-privileges --lock-wait-timeout=60s --file="$part" ||
        { rm -f -- "$part"; fail "The backup was not written." "See above, and the room left in $BACKUP_DIR."; }
    # Reads every row of the file, so a damaged one never takes the place of a good one.
    pg_restore --file=/dev/null "$part" ||
        { rm -f -- "$part"; fail "The backup cannot be read back." "Check the disk of $BACKUP_DIR, then try again."; }
    sync -- "$part"
    mv -- "$part" "$name"
    sync -- .
    forget_oldest
    tell "$(stat --format=%s -- "$name")"
    echo "The database is in $name, $(stat --format=%s -- "$name") bytes; $(count) backups are kept."
}

# So that /metrics can say how old the last backup is. A backup counts all the same where this fails.
tell() {
    psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --single-transaction --command="DELETE FROM backups" \
        --command="INSERT INTO backups (made_at, bytes) VALUES (now() AT TIME ZONE 'UTC', $1)" ||
        echo "The backup is whole, but the database was not told of it." >&2
}

# By name, which begins with the time: the file system's times change when files are copied.
forget_oldest() {
    local files=(inroad-*.dump)
    local surplus=$((${#files[@]} - BACKUPS_KEPT))
    if ((surplus > 0)); then
        rm -f -- "${files[@]:0:surplus}"
    fi
}

count() {
    local files=(inroad-*.dump)
    echo "${#files[@]}"
}

main
