#!/usr/bin/env bash
# smoke.sh [--wait SECONDS] [--patience SECONDS] [--resolve-insecure] URL
#
# Asks a running Inroad for what a person would: that it lives and is ready, its page, the opening of a
# bundled sample, a draft of the built-in writer with a claim that its checks supported, and a draft that
# arrives sentence by sentence. Nothing has to be configured there, nothing is kept there, and five requests
# at most count against what a stranger may ask in a minute.
#
#   --wait SECONDS       how long it may take to become ready (0: it must be)
#   --patience SECONDS   how long one answer may take (60)
#   --resolve-insecure   believe a certificate that nobody signed
#   INROAD_SMOKE_TOKEN   a token of an account, where strangers get no drafts
#
# Exit: 0 all of it works; 1 a step failed, which is named; 2 it was called wrongly.
set -euo pipefail

readonly SAMPLE=https://job-boards.greenhouse.io/northwindhealth/jobs/4410007
readonly LARGEST_KIB=16384 # the page has half a mebibyte
readonly TITLE='Platform Engineer'
readonly SENDER='"sender": {"sample": "job-seeker"}, "writer": "embedded", "keep": false'
readonly WANTED='{"opening": {"url": "'$SAMPLE'"}, '$SENDER'}'

wait_s=0 patience_s=60 url='' step=start

usage() {
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p;}' "$0" >&2
    exit 2
}

number() {
    [[ ${2:-} =~ ^(0|[1-9][0-9]{0,5})$ ]] || { echo "smoke: $1 needs a whole number of seconds." >&2; usage; }
}

fail() { # WHAT ADVICE
    echo "smoke: FAILED at '$step': $1" >&2
    echo "smoke: $2" >&2
    exit 1
}

readonly LOOK='Look at its log: kubectl -n inroad logs deployment/inroad, or docker compose logs app.'

passed() {
    echo "smoke: $step: $1"
}

# The start of an answer on one line, without what a terminal or a log would obey.
glimpse() { # FILE CHARACTERS
    head -c "$2" "$folder/$1" | tr '\000-\037\177' ' '
}

# The answer to one request: its body lies in $folder/body, its status is printed; 000 where it is not whole,
# "unkept" where there is no room for it, or where it is larger than any answer of Inroad.
ask() { # PATH [BODY [curl's option...]]
    local path=$1 body=${2:-}
    shift $(($# < 2 ? $# : 2))
    local -a options=("${curl_options[@]}" --max-time "$patience_s" --connect-timeout 10)
    options+=("$@" --dump-header "$folder/head" --output "$folder/body")
    [ -z "$body" ] || options+=(--header 'content-type: application/json' --data "$body")
    [ -z "$body" ] || [ -z "${INROAD_SMOKE_TOKEN:-}" ] || options+=(--header "@$folder/token")
    : >"$folder/body"
    local status
    trap '' XFSZ # a file that grows too large is then curl's error, not its end
    ulimit -f "$LARGEST_KIB" 2>/dev/null || true
    status=$(curl "${options[@]}" --write-out '%{http_code}' "$url$path" 2>"$folder/error") ||
        case $? in
            23) status=unkept ;;
            *) status=000 ;;
        esac
    echo "$status"
}

# As `ask`, and once more where the address has asked for too much in this minute.
ask_patiently() {
    local status again
    status=$(ask "$@")
    if [ "$status" = 429 ]; then
        again=$(grep -i '^retry-after: *[0-9]' "$folder/head" | tr -dc 0-9 | head -c 2 || true)
        sleep "$((10#${again:-10} + 1))"
        status=$(ask "$@")
    fi
    echo "$status"
}

need() { # STATUS: the answer must have been 200
    case $1 in
        200) ;;
        unkept) fail "the answer could not be kept: it has no end, or the disk here is full." \
            "See df -h ${TMPDIR:-/tmp} here, and whether Inroad answers at $url." ;;
        000) fail "no whole answer within $patience_s s ($(glimpse error 200))." \
            "Check that the app runs at $url and that the way to it is open. $LOOK" ;;
        401) fail "it answers no strangers (401)." \
            "Set INROAD_SMOKE_TOKEN to a token of an account, or API_ANONYMOUS_REQUESTS_PER_MINUTE there." ;;
        429) fail "this address has used up its requests (429)." \
            "Wait a minute and run it again; others behind the same address count, too." ;;
        502 | 503 | 504) fail "it is not ready ($1: $(glimpse body 300))." \
            "Check the database and the pods: kubectl -n inroad get pods. $LOOK" ;;
        *) fail "the answer was $1, not 200: $(glimpse body 300)" "$LOOK" ;;
    esac
}

# What the JSON or the stream in $folder/body must hold; prints what was found, or why it is not enough.
judge() { # WHICH
    python3 - "$1" "$folder/body" "$TITLE" <<'PYTHON'
import json
import sys

which, path, title = sys.argv[1:]
with open(path, "rb") as file:
    body = file.read()


def opening(read):
    titles = [each["title"] for each in read["postings"]]
    return (title in titles, f"{len(titles)} opening read: {', '.join(titles)[:80]}")


def draft(written):
    sentences, verdicts = written["draft"]["sentences"], written["draft"]["verdicts"]
    claims = [v for s, v in zip(sentences, verdicts) if s["kind"] == "C" and s["rests_on"]]
    good = sum(v["supported"] is True for v in claims)
    false = sum(v["supported"] is not True for v in verdicts)
    return (good > 0 and not false, f"{len(sentences)} sentences, {good} claims supported, {false} lines not")


def pieces(raw):
    """The chunks in which an answer over HTTP/1.1 arrived."""
    found = []
    while raw:
        size, _, raw = raw.partition(b"\r\n")
        length = int(size.split(b";")[0], 16)
        if not length:
            return found
        found.append(raw[:length])
        raw = raw[length + 2 :]
    raise ValueError("it ends in the middle")


def stream(raw):
    came = pieces(raw)
    events = [line[7:].decode() for line in b"".join(came).splitlines() if line.startswith(b"event: ")]
    told = f"{len(events)} events in {len(came)} pieces"
    if not events or events[-1] != "draft" or "sentence" not in events:
        return (False, f"{told}, the last one {events[-1] if events else 'none'}")
    return (len(came) > 1 and b"event: draft" not in came[0], told)


try:
    if which == "stream":
        good, found = stream(body)
    else:
        good, found = {"opening": opening, "draft": draft}[which](json.loads(body))
except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
    good, found = False, f"it could not be understood ({type(error).__name__}: {str(error)[:120]})"
print("".join(sign if sign.isprintable() else "?" for sign in found))
sys.exit(not good)
PYTHON
}

check_live() {
    step=live
    need "$(ask /health/live)"
    grep -q '"status"' "$folder/body" ||
        fail "what answers is not Inroad: $(glimpse body 200)" "Check the address $url."
    passed 'the process answers'
}

wait_until_ready() {
    step=ready
    local until=$((SECONDS + wait_s)) status patience=$patience_s
    patience_s=$((patience < 10 ? patience : 10))
    status=$(ask /health/ready)
    while [ "$status" != 200 ] && [ "$SECONDS" -lt "$until" ]; do
        sleep 1
        status=$(ask /health/ready)
    done
    need "$status"
    patience_s=$patience
    passed "$(glimpse body 300)"
}

check_page() {
    step=page
    need "$(ask /)"
    grep -qE '"title": ?"Inroad"|<title>Inroad' "$folder/body" ||
        fail "the page of $(wc -c <"$folder/body") bytes does not call itself Inroad." \
            "Another app or a proxy's own page answers at $url: check the routes of the proxy or Ingress."
    passed "Inroad, $(wc -c <"$folder/body") bytes"
}

check_opening() {
    step=opening
    local found
    need "$(ask_patiently /api/v1/openings '{"url": "'$SAMPLE'"}')"
    found=$(judge opening) || fail "the sample was not read: $found" "$LOOK"
    passed "$found"
}

check_draft() {
    step=draft
    local found
    need "$(ask_patiently /api/v1/drafts "$WANTED")"
    found=$(judge draft) || fail "no claim of the draft is supported, or a line of it is not: $found" "$LOOK"
    passed "$found"
}

# On a busy machine the pieces of one draft may run together, so it has three tries.
check_stream() {
    step=stream
    local found try
    for try in 1 2 3; do
        need "$(ask_patiently /api/v1/drafts/stream "$WANTED" --raw --http1.1 --no-buffer)"
        if found=$(judge stream); then
            passed "$found"
            return
        fi
    done
    fail "the draft does not arrive sentence by sentence after $try tries: $found" \
        "Switch off buffering in the proxy in front; text/event-stream must pass as it comes."
}

while [ $# -gt 0 ]; do
    case $1 in
        --wait) number "$1" "${2:-}"; wait_s=$2; shift 2 ;;
        --patience) number "$1" "${2:-}"; patience_s=$2; shift 2 ;;
        --resolve-insecure) insecure=true; shift ;;
        -*) usage ;;
        *) [ -z "$url" ] || usage; url=${1%/}; shift ;;
    esac
done
[[ $url =~ ^https?://[^/] ]] || { echo "smoke: URL must begin with http:// or https://." >&2; usage; }
[ "$patience_s" -gt 0 ] || { echo "smoke: --patience must be at least 1." >&2; usage; }
for program in curl python3; do
    command -v "$program" >/dev/null || fail "there is no $program here." "Install it where this test runs."
done
declare -a curl_options=(--silent --show-error)
[ -z "${insecure:-}" ] || curl_options+=(--insecure)
readonly ROOM=('there is no room for temporary files here.' "See df -h ${TMPDIR:-/tmp}.")
folder=$(mktemp -d) || fail "${ROOM[@]}"
trap 'rm -rf -- "$folder"' EXIT
(umask 077 && printf 'authorization: Bearer %s' "${INROAD_SMOKE_TOKEN:-}" >"$folder/token") || fail "${ROOM[@]}"

wait_until_ready
check_live
check_page
check_opening
check_draft
check_stream
echo "smoke: all of $url works"
