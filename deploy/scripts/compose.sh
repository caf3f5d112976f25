#!/usr/bin/env bash
# compose.sh up [PROFILE...]
# compose.sh down [--volumes]
#
# up    builds and starts Inroad on this machine with Compose, waits until all of it is ready, tries it and says
#       its address. A PROFILE adds a part: model, rabbitmq, chroma; without one, those of COMPOSE_PROFILES.
#       A password that is missing is made and put into .env, which only you can read.
# down  stops it. What people keep stays; with --volumes it is deleted, and so are the certificates.
#
#   INROAD_COMPOSE   what is run: docker compose (at least 2.21), or podman-compose (at least 1.5)
#   INROAD_READY_S   how long all of it may take to become ready (600)
#   and every setting of deploy/compose/example.env, from the environment or from .env.
#
# Exit: 0 it works; 1 it does not, for the reason given; 2 it was called wrongly.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
readonly here root
readonly PARTS="model rabbitmq chroma"
read -ra program <<<"${INROAD_COMPOSE:-docker compose}"
engine=${program[0]%-compose}
project=${COMPOSE_PROJECT_NAME:-inroad}

usage() {
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}" >&2
    exit 2
}

fail() { # WHAT ADVICE
    echo "compose: $1" >&2
    echo "compose: $2" >&2
    exit 1
}

say() {
    echo "compose: $1"
}

# As Compose reads it: the environment goes before .env.
setting() { # NAME [DEFAULT]
    local value=${!1:-}
    if [ -z "$value" ] && [ -f .env ]; then
        value=$(sed -n "s/^$1=//p" .env | tail -n 1)
        value=${value%$'\r'} value=${value%[\"\']} value=${value#[\"\']}
    fi
    echo "${value:-${2:-}}"
}

container() { # SERVICE [FILTER]
    "$engine" ps --all --quiet --filter "label=com.docker.compose.project=$project" \
        --filter "label=com.docker.compose.service=$1" ${2:+--filter "$2"} | head -n 1
}

# --- before anything is started ------------------------------------------------------------------------

at_least() { # VERSION WANTED
    [ "$(printf '%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

check_programs() {
    local wanted=2.21 version
    [ "$engine" = docker ] || wanted=1.5
    command -v "${program[0]}" >/dev/null || fail "${program[0]} is not installed." \
        "Install Docker with its Compose plugin, or podman-compose and set INROAD_COMPOSE=podman-compose."
    command -v curl >/dev/null || fail "curl is not installed." "Install it: it tries what was started."
    version=$("${program[@]}" version --short 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | tail -n 1) || version=''
    [ -n "$version" ] || fail "${program[*]} does not say its version." "Install Docker's Compose plugin."
    at_least "$version" "$wanted" ||
        fail "${program[*]} is $version, and $wanted is needed." "Bring Docker and its Compose plugin up to date."
    "$engine" info >/dev/null 2>&1 || fail "$engine does not answer." \
        "Start it (Docker Desktop, or: sudo systemctl start docker), and check that you may use it: docker info."
}

# A password that was made at the first start is the one that the database keeps.
need_password() { # NAME [VOLUME]
    local value
    value=$(setting "$1")
    if [ -z "$value" ]; then
        if [ -n "${2:-}" ] && "$engine" volume inspect "${project}_$2" >/dev/null 2>&1; then
            fail "The database of an earlier start is here, but $1 is not in .env." \
                "Put it back, or delete the database with all that people keep: deploy/scripts/compose.sh down --volumes"
        fi
        value=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
        local end='' # which the last line that is there may lack
        [ -z "$(tail -c 1 .env 2>/dev/null)" ] || end=$'\n'
        (umask 077 && printf '%s%s=%s\n' "$end" "$1" "$value" >>.env) 2>/dev/null ||
            fail "$1 cannot be written to .env." "Make the folder $root writable, or set $1 yourself."
        chmod 600 .env
        say "$1 was made and is in .env; keep that file safe."
    fi
    [[ $value =~ ^[A-Za-z0-9._~-]+$ ]] ||
        fail "$1 holds a character that cannot stand in an address." "Use letters and digits only."
}

check_settings() {
    local name
    [[ $(setting INROAD_DOMAIN localhost) =~ ^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$ ]] ||
        fail "INROAD_DOMAIN is not a name alone." "Write it as inroad.example: without https://, port or path."
    [[ ${INROAD_READY_S:-600} =~ ^-?[0-9]{1,6}$ ]] ||
        fail "INROAD_READY_S is not a number of seconds." "Set it to one, such as 600."
    for name in INROAD_HTTPS_PORT:443 INROAD_HTTP_PORT:80; do
        [[ $(setting "${name%:*}" "${name#*:}") =~ ^[1-9][0-9]{0,4}$ ]] ||
            fail "${name%:*} is not a number that can be used." "Correct it, or take it out: it is ${name#*:} then."
    done
}

check_ports() {
    local bind name port
    [ -z "$(container proxy status=running)" ] || return 0
    bind=$(setting INROAD_BIND 127.0.0.1)
    [ "$bind" != 0.0.0.0 ] || bind=127.0.0.1
    for name in INROAD_HTTPS_PORT:443 INROAD_HTTP_PORT:80; do
        port=$(setting "${name%:*}" "${name#*:}")
        if (exec 3<>"/dev/tcp/$bind/$port") 2>/dev/null; then
            fail "Port $port of $bind is in use." \
                "Stop what uses it, or choose another in .env, such as ${name%:*}=$((port % 1000 + 8000))."
        fi
    done
}

check_addresses() {
    local name
    for name in MODEL_SERVER_URL CHROMA_URL QUEUE_URL; do
        if [[ $(setting "$name") =~ (://|@)(localhost|127\.|\[::1\]) ]]; then
            fail "$name leads to localhost, which in a container is that container." \
                "Take it out of .env, or name an address that is reached from a container."
        fi
    done
}

# A part that is started is used: the app is told its address here.
use() { # PROFILE
    local file
    case $1 in
        model)
            file=$(setting INROAD_MODEL_DIR ./models/gguf)/$(setting INROAD_MODEL_FILE model.gguf)
            [ -r "$file" ] || fail "There is no model at $file." \
                "Put a GGUF file there, or set INROAD_MODEL_DIR and INROAD_MODEL_FILE."
            MODEL_SERVER_URL=http://model:8080/v1
            MODEL_TIMEOUT_S=$(setting MODEL_TIMEOUT_S 120)
            export MODEL_SERVER_URL MODEL_TIMEOUT_S
            ;;
        rabbitmq)
            need_password RABBITMQ_PASSWORD
            QUEUE_URL=amqp://inroad:$(setting RABBITMQ_PASSWORD)@rabbitmq:5672/
            export QUEUE_URL JOB_WORKERS=0
            ;;
        chroma) export CHROMA_URL=http://chroma:8000 ;;
        *)
            echo "compose: There is no part $1; there are: $PARTS." >&2
            usage
            ;;
    esac
}

# --- starting ------------------------------------------------------------------------------------------

# What went wrong, in a sentence, by what Compose said and by the first service that is not as it should be.
explain() { # FILE
    local service id state
    "${program[@]}" logs --tail 40 postgres migrate >>"$1" 2>&1 || true
    if grep -qiE 'address already in use|port is already allocated' "$1"; then
        fail "A port is in use." "Choose others in .env: INROAD_HTTPS_PORT=8443 and INROAD_HTTP_PORT=8080."
    elif grep -qiE 'pool overlaps|subnet .*(in use|already used|conflicts)' "$1"; then
        fail "Another network of this machine has the addresses of the proxy's." \
            "Choose a private one that is free in .env, such as INROAD_PROXY_NETWORK=172.29.210.0/24."
    elif grep -qi 'no space left on device' "$1"; then
        fail "The disk is full." "Make room, for example by $engine system prune, and try again."
    elif grep -qi 'password authentication failed' "$1"; then
        fail "The database refuses the POSTGRES_PASSWORD of .env: it keeps the one of its first start." \
            "Put that one back, or delete all that people keep: deploy/scripts/compose.sh down --volumes"
    elif grep -qiE 'pull access denied|manifest unknown|failed to resolve|failed to do request|no such host' "$1"; then
        fail "An image could not be fetched; its name is above." "Check the network, and try again."
    fi
    for service in postgres migrate app proxy worker rabbitmq chroma model; do
        id=$(container "$service")
        [ -n "$id" ] || continue
        state=$("$engine" inspect --format \
            '{{.State.Status}} {{.State.ExitCode}} {{if .State.Health}}{{.State.Health.Status}}{{end}}' "$id")
        case $service:$state in
            *:"running 0 healthy" | migrate:"exited 0 "*) continue ;;
        esac
        echo "--- the last lines of $service ($state) ---" >&2
        "$engine" logs --tail 15 "$id" >&2 2>&1 || true
        fail "$(fault_of "$service")" "Its last lines are above; all of them: ${program[*]} logs $service"
    done
    fail "It does not work, for the reason above." "Mend that, and try again; see ${program[*]} logs."
}

fault_of() { # SERVICE
    case $1 in
        postgres) echo "The database did not become ready." ;;
        migrate) echo "The database could not be brought up to date, so the app was not started." ;;
        app) echo "The app did not become ready." ;;
        proxy) echo "The proxy did not become ready." ;;
        *) echo "The part $1 did not become ready." ;;
    esac
}

# A bound of our own, too: podman-compose waits for ever for what stands before a service.
start() {
    local ready_s=${INROAD_READY_S:-600}
    local -a starting=("${program[@]}" up --detach --wait --wait-timeout "$ready_s")
    ! command -v timeout >/dev/null || starting=(timeout "$((ready_s + 10))" "${starting[@]}")
    "${starting[@]}"
}

up() {
    local part address domain port chosen
    local -a try=(--wait 60)
    chosen=${*:-$(setting COMPOSE_PROFILES)}
    check_programs
    check_settings
    need_password POSTGRES_PASSWORD database
    export COMPOSE_PROFILES=''
    for part in ${chosen//,/ }; do
        use "$part"
        COMPOSE_PROFILES+=${COMPOSE_PROFILES:+,}$part
    done
    check_addresses
    check_ports

    said=$(mktemp)
    trap 'rm -f "$said"' EXIT
    say "Building and starting; the first time takes some minutes."
    { "${program[@]}" build && start; } 2>&1 | tee "$said" >&2 || explain "$said"

    domain=$(setting INROAD_DOMAIN localhost) port=$(setting INROAD_HTTPS_PORT 443)
    address=https://$domain:$port
    [[ ! $domain =~ (^|\.)localhost$ ]] || try+=(--resolve-insecure)
    "$here/smoke.sh" "${try[@]}" "$address" || explain "$said"
    say "Inroad is at ${address%:443}. Make the first account there now: it administers."
    [[ ! $domain =~ (^|\.)localhost$ ]] ||
        say "The certificate is signed by Caddy itself, so a browser asks before it goes there the first time."
}

down() {
    [ $# -eq 0 ] || [ "$*" = --volumes ] || usage
    check_programs
    # Compose wants every setting that it would need to start.
    POSTGRES_PASSWORD=$(setting POSTGRES_PASSWORD none)
    COMPOSE_PROFILES=${PARTS// /,}
    export POSTGRES_PASSWORD COMPOSE_PROFILES
    "${program[@]}" down "$@" ||
        fail "It could not be stopped." "See what is left: $engine ps --all --filter label=com.docker.compose.project=$project"
}

cd "$root"
case ${1:-} in
    up) up "${@:2}" ;;
    down) down "${@:2}" ;;
    *) usage ;;
esac
