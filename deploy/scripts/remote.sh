#!/usr/bin/env bash
# remote.sh SCRIPT [ARGUMENT...]
#
# Runs deploy.sh, rollback.sh, restore.sh or remove.sh where the cluster is: ships deploy/ there, prints what it says
# (over SSM only once it has ended) and exits as it does.
#
#   INROAD_DEPLOY_OVER   ssm (default), ssh, or kubectl: here, with a kubeconfig
#   ssm: INROAD_CLUSTER, the name that Terraform gave the cluster (inroad), or INROAD_SERVER_INSTANCE, its
#        server; AWS_REGION and credentials of the aws command
#   ssh: INROAD_SERVER_HOST, INROAD_SERVER_USER (ec2-user), INROAD_SERVER_KEY, a file with the private key, and
#        INROAD_SERVER_KNOWN, a file with the server's line of known_hosts: a host key is never taken on trust
#
# Secrets are on no command line and in no parameter of the command that SSM keeps: over SSH they go by standard
# input; over SSM in a SecureString that exists while the script runs, which the server itself asks for.
#
# Exit: as the script; 4 the server was not reached.
set -euo pipefail

SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly SCRIPTS
readonly PLAIN=(
    INROAD_NAMESPACE INROAD_URL INROAD_SMOKE_URL INROAD_SMOKE_FLAGS INROAD_SKIP_BACKUP GROQ_API_BASE
    GITLAB_USER_LOGIN CI_JOB_ID
)
readonly SECRET=(
    DATABASE_URL POSTGRES_PASSWORD GROQ_API_KEY METRICS_TOKEN QUEUE_URL RABBITMQ_PASSWORD
    INROAD_REGISTRY INROAD_REGISTRY_USER INROAD_REGISTRY_PASSWORD INROAD_SMOKE_TOKEN
)
# How much one command over SSM may carry is stated nowhere clearly; this much passes.
readonly PIECE=12000 LONGEST_S=5400

stop() { # WHAT ADVICE [EXIT CODE]
    printf 'remote: %s\n' "$1" "$2" >&2
    exit "${3:-4}"
}

need() { # NAME
    [ -n "${!1:-}" ] || stop "$1 is not set." "Set it among the pipeline's variables: see .gitlab-ci.yml." 2
}

exports() { # NAME...
    local name
    for name in "$@"; do
        [ -z "${!name:-}" ] || printf 'export %s=%q\n' "$name" "${!name}"
    done
}

# The folder that is shipped: deploy/ without what only a laptop needs, and `run`, which starts the script.
pack() { # ARGUMENT...
    mkdir -m 700 "$folder/ship"
    # shellcheck disable=SC2016  # these lines are expanded on the server
    {
        printf '#!/usr/bin/env bash\nset -euo pipefail\ncd "$(dirname "$0")"\n'
        echo '[ ! -f secrets ] || { source ./secrets; rm -f secrets; }'
        echo 'export KUBECONFIG=${KUBECONFIG:-/etc/rancher/k3s/k3s.yaml}'
        echo 'PATH=$PATH:/usr/local/bin' # where k3s has its kubectl, and where sudo looks on few systems
        exports "${PLAIN[@]}"
        printf 'exec deploy/scripts/%s\n' "$(printf '%q ' "$@")"
    } >"$folder/ship/run"
    chmod 700 "$folder/ship/run"
    mkdir "$folder/ship/deploy"
    local part
    for part in scripts base components overlays; do
        [ ! -d "$SCRIPTS/../$part" ] || cp -R "$SCRIPTS/../$part" "$folder/ship/deploy/$part"
    done
}

packed() {
    tar --create --sort=name --directory "$folder/ship" . | gzip -9
}

# --- over SSH ----------------------------------------------------------------------------------------------

over_ssh() {
    need INROAD_SERVER_HOST
    local name
    for name in INROAD_SERVER_KEY INROAD_SERVER_KNOWN; do
        need "$name"
        # Its value is not repeated: where the variable is no file's name, it is the key itself.
        { [ -f "${!name}" ] && [ -r "${!name}" ]; } || stop "$name names no file that can be read." \
            "Give it the type File among the pipeline's variables, or the path of a file." 2
    done
    # A variable of GitLab may lack the last line break, and its file is readable by others.
    { cat -- "$INROAD_SERVER_KEY" && echo; } >"$folder/key"
    exports "${SECRET[@]}" >"$folder/ship/secrets"
    # shellcheck disable=SC2016  # expanded on the server
    local there='set -eu; umask 077; f=$(mktemp -d); trap "rm -rf $f" EXIT; tar -xz -C "$f"; "$f/run" </dev/null'
    local code=0
    # In the background, so that a signal is heard at once.
    packed | ssh -i "$folder/key" -o BatchMode=yes -o IdentitiesOnly=yes -o ConnectTimeout=20 \
        -o StrictHostKeyChecking=yes -o "UserKnownHostsFile=$INROAD_SERVER_KNOWN" \
        -o ServerAliveInterval=15 -o ServerAliveCountMax=8 \
        "${INROAD_SERVER_USER:-ec2-user}@$INROAD_SERVER_HOST" "sudo -n bash -c '$there'" &
    child=$!
    wait "$child" || code=$?
    child=
    [ "$code" -ne 255 ] || stop "The server $INROAD_SERVER_HOST was not reached, or its host key is another." \
        "Check that it runs, that this address may use port 22, and INROAD_SERVER_KNOWN."
    exit "$code"
}

# --- over SSM ----------------------------------------------------------------------------------------------

command='' parameter='' server=${INROAD_SERVER_INSTANCE:-}
readonly UNREACHED='Check that it runs (off-hours switch it off), its SSM agent, and the role of this job.'

ssm() { # VERB ARGUMENT...
    aws ssm "$@" --output json
}

field() { # FILE NAME...
    python3 -c '
import json, sys
found = json.load(open(sys.argv[1]))
for name in sys.argv[2:]:
    found = found[int(name) if name.isdigit() else name]
print(found, end="")' "$@"
}

# A request in JSON, so that nothing of it stands on a command line.
request() { # FILE NAME=VALUE... NAME=@FILE...
    python3 -c '
import json, pathlib, sys
wanted = {}
for each in sys.argv[2:]:
    name, _, value = each.partition("=")
    value = pathlib.Path(value[1:]).read_text() if value.startswith("@") else value
    is_text = name not in ("InstanceIds", "Targets", "Overwrite", "TimeoutSeconds")
    wanted[name] = value if is_text else json.loads(value)
if "commands" in wanted:
    commands = {"commands": [wanted.pop("commands")], "executionTimeout": [wanted.pop("executionTimeout")]}
    wanted["Parameters"] = commands
pathlib.Path(sys.argv[1]).write_text(json.dumps(wanted))' "$@"
}

# The server's id changes when it is replaced, so it is found by its tags unless it is given.
target() {
    if [ -n "$server" ]; then
        echo "InstanceIds=[\"$server\"]"
    else
        printf 'Targets=[{"Key": "tag:inroad:cluster", "Values": ["%s"]}, ' "${INROAD_CLUSTER:-inroad}"
        echo '{"Key": "tag:inroad:role", "Values": ["server"]}]'
    fi
}

find_server() {
    local _
    for _ in {1..15}; do
        ssm list-command-invocations --command-id "$command" >"$folder/invocations.json" 2>"$folder/error" ||
            : >"$folder/invocations.json"
        server=$(field "$folder/invocations.json" CommandInvocations 0 InstanceId 2>/dev/null) && return
        sleep 2
    done
    stop "No server of the cluster ${INROAD_CLUSTER:-inroad} takes commands. $(head -c 300 "$folder/error")" \
        "$UNREACHED"
}

# Send the commands in a file and wait until they are done; 1 where they failed.
on_server() { # FILE
    local status tries=0
    request "$folder/send.json" DocumentName=AWS-RunShellScript "$(target)" \
        "commands=@$1" "executionTimeout=$LONGEST_S" TimeoutSeconds=120 "Comment=inroad ${CI_JOB_ID:-by hand}"
    ssm send-command --cli-input-json "file://$folder/send.json" >"$folder/sent.json" 2>"$folder/error" ||
        stop "The server takes no commands: $(head -c 300 "$folder/error")" "$UNREACHED"
    command=$(field "$folder/sent.json" Command CommandId)
    [ -n "$server" ] || find_server
    while :; do
        sleep 2
        if ! ssm get-command-invocation --command-id "$command" --instance-id "$server" \
            >"$folder/invocation.json" 2>"$folder/error"; then
            tries=$((tries + 1)) # it is known a moment later than it is taken
            [ "$tries" -lt 10 ] || stop "Nothing is heard of the command: $(head -c 300 "$folder/error")" \
                "It may run all the same: see kubectl -n ${INROAD_NAMESPACE:-inroad} get pods on the server."
            continue
        fi
        tries=0
        status=$(field "$folder/invocation.json" Status)
        case $status in
            Pending | InProgress | Delayed | Cancelling) ;;
            *) break ;;
        esac
    done
    rm -f "$folder/sent.json"
    field "$folder/invocation.json" StandardOutputContent >"$folder/said"
    [ "$status" = Success ]
}

complaint() {
    field "$folder/invocation.json" StandardErrorContent | head -c 300
}

over_ssm() { # SCRIPT
    need AWS_REGION
    export AWS_DEFAULT_REGION=$AWS_REGION # the only one that version 1 of the aws command reads
    local there piece code first=true
    there=/var/tmp/inroad-deploy-${CI_JOB_ID:-$$}-$RANDOM$RANDOM
    parameter=/inroad/${INROAD_CLUSTER:-inroad}/deploy-${CI_JOB_ID:-$$}
    exports "${SECRET[@]}" >"$folder/secrets"
    [ "$(wc -c <"$folder/secrets")" -le 4096 ] ||
        stop "The secrets have more than the 4,096 bytes of a parameter." "Shorten them; a token needs 64." 2
    if [ -s "$folder/secrets" ]; then
        request "$folder/put.json" "Name=$parameter" Type=SecureString Overwrite=true "Value=@$folder/secrets"
        ssm put-parameter --cli-input-json "file://$folder/put.json" >/dev/null 2>"$folder/error" ||
            {
                parameter=
                stop "The secrets could not be put: $(head -c 300 "$folder/error")" "Check the role of this job."
            }
    else
        parameter=
    fi
    packed | base64 --wrap 0 | split --bytes "$PIECE" - "$folder/piece-"
    for piece in "$folder"/piece-*; do
        {
            [ -z "$first" ] || printf 'umask 077; mkdir %s && ' "$there"
            printf "printf %%s '%s' >>%s/bundle\n" "$(cat "$piece")" "$there"
        } >"$folder/next"
        first=
        on_server "$folder/next" ||
            stop "The server could not store what was shipped: $(complaint)" "Make room there: df -h /var/tmp."
    done
    {
        printf "umask 077; cd %s || exit 4; trap 'rm -rf %s' EXIT; trap 'exit 143' TERM\n" "$there" "$there"
        echo 'base64 -d bundle | tar -xz && rm bundle || exit 4'
        [ -z "$parameter" ] || {
            printf 'aws ssm get-parameter --region %s --name %s --with-decryption' "$AWS_REGION" "$parameter"
            echo ' --query Parameter.Value --output text >secrets || exit 4'
        }
        echo './run 2>&1'
    } >"$folder/last"
    echo "remote: $1 runs on the server $server; SSM tells what it says once it has ended ..."
    if on_server "$folder/last"; then cat "$folder/said"; exit 0; fi
    cat "$folder/said"
    code=$(field "$folder/invocation.json" ResponseCode)
    [ "$(wc -c <"$folder/said")" -lt 23900 ] ||
        echo 'remote: SSM keeps no more of what it said; the rest is in the log of the server.' >&2
    [ "$code" -gt 0 ] || stop "It ended as $(field "$folder/invocation.json" StatusDetails). $(complaint)" \
        "See what runs: kubectl -n ${INROAD_NAMESPACE:-inroad} get pods; then deploy again."
    exit "$code"
}

interrupted() {
    trap '' INT TERM HUP
    [ -z "$child" ] || {
        kill "$child" 2>/dev/null || true
        echo 'remote: It was stopped while the server was at work; how far that came is not known.' >&2
        echo "remote: See what runs: kubectl -n ${INROAD_NAMESPACE:-inroad} get pods; then deploy again." >&2
    }
    exit 143
}

finish() {
    # What was sent and has not ended: its number is in the answer, also when the signal came before it was read.
    [ ! -s "$folder/sent.json" ] ||
        ssm cancel-command --command-id "$(field "$folder/sent.json" Command CommandId)" >/dev/null 2>&1 ||
        echo 'remote: the command on the server could not be stopped.' >&2
    [ -z "$parameter" ] || ssm delete-parameter --name "$parameter" >/dev/null 2>&1 ||
        echo "remote: $parameter could not be deleted: delete it." >&2
    rm -rf -- "$folder"
}

case ${1:-} in
    deploy.sh | rollback.sh | restore.sh | remove.sh) ;;
    *)
        sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p;}' "$0" >&2
        exit 2
        ;;
esac
umask 077
folder=$(mktemp -d)
trap finish EXIT
child=
trap interrupted INT TERM HUP
case ${INROAD_DEPLOY_OVER:-ssm} in
    kubectl) rm -rf -- "$folder"; exec "$SCRIPTS/$1" "${@:2}" ;; # which then hears signals itself
    ssh) pack "$@"; over_ssh ;;
    ssm) pack "$@"; over_ssm "$1" ;;
    *) stop "INROAD_DEPLOY_OVER is ${INROAD_DEPLOY_OVER}." "Set it to ssm, ssh or kubectl." 2 ;;
esac
