#!/usr/bin/env bash
# Run once by PostgreSQL's image, in a database that it has just made: gives the database to a role of the app's own,
# which can do nothing beyond it, and takes the owner of all databases its password, so that it comes in from
# inside this pod only.
# Environment: POSTGRES_PASSWORD (the role's password), POSTGRES_USER, POSTGRES_DB.
set -euo pipefail

psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
\getenv password POSTGRES_PASSWORD
\getenv database POSTGRES_DB
\getenv owner POSTGRES_USER
CREATE ROLE inroad LOGIN PASSWORD :'password';
ALTER DATABASE :"database" OWNER TO inroad;
ALTER ROLE :"owner" PASSWORD NULL;
SQL
