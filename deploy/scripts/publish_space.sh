#!/usr/bin/env bash
# publish_space.sh SPACE
#
# Publishes the committed state of this repository as a Hugging Face Space of the Docker kind: one commit there
# of what its image is built from (what .dockerignore lets through), the Dockerfile, and the README, whose header
# configures the Space. The Hub then builds the image and runs it.
#
#   SPACE                 owner/name of a Space that exists: https://huggingface.co/new-space, Docker, blank
#   HF_TOKEN              a token that may write to it: https://huggingface.co/settings/tokens
#   INROAD_SPACES         where Spaces lie, as https:// or file:// (https://huggingface.co/spaces)
#
# The token is handed to git when git asks for it: it is on no command line, in no address, in no file.
# Exit: 0 published, or already there; 1 it could not be, and why is said; 2 it was called wrongly.
set -euo pipefail

readonly spaces=${INROAD_SPACES:-https://huggingface.co/spaces}

usage() {
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p;}' "$0" >&2
    exit 2
}

fail() { # WHAT ADVICE
    echo "publish_space: $1" >&2
    echo "publish_space: $2" >&2
    exit 1
}

preflight() {
    [[ $space =~ ^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*$ ]] || {
        echo "publish_space: '$space' is no name of a Space; it is owner/name, as in ada/inroad." >&2
        usage
    }
    [[ $spaces == https://* || $spaces == file://* ]] ||
        fail 'INROAD_SPACES would send the token in the clear.' 'Give an address that begins with https://.'
    [ -n "${HF_TOKEN:-}" ] ||
        fail 'HF_TOKEN is not set.' 'Make a token with write access at https://huggingface.co/settings/tokens.'
    [ -z "$(git status --porcelain)" ] ||
        fail 'There are changes here that are not committed.' 'Commit or stash them: what is committed is published.'
}

# Git asks this program for what it needs to know; the token comes from the environment.
answer_git() {
    cat >"$folder/answer" <<'ANSWER'
#!/bin/sh
case "$1" in
    Username*) echo inroad ;;
    *) printf '%s\n' "$HF_TOKEN" ;;
esac
ANSWER
    chmod 700 "$folder/answer"
    export GIT_ASKPASS=$folder/answer GIT_TERMINAL_PROMPT=0 GIT_LFS_SKIP_SMUDGE=1
    export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
    unset GIT_TRACE GIT_TRACE_CURL GIT_CURL_VERBOSE GIT_TRACE_PACKET
}

# A git command of the Space; where it fails, why, in a sentence.
in_space() { # WHAT ARGUMENT...
    local said what=$1
    shift
    said=$(git "$@" 2>&1) && return
    case $said in
        *[Aa]uthentication* | *[Uu]nauthorized* | *403* | *401* | *[Pp]assword*)
            fail "The Hub refuses this token for $space." 'It needs write access to the Space: make another.' ;;
        *[Nn]ot\ found* | *404* | *does\ not\ exist* | *not\ appear\ to\ be\ a\ git*)
            fail "There is no Space $space, or this token does not see it." \
                'Make it (https://huggingface.co/new-space, Docker, blank), or correct its name.' ;;
        *[Cc]ould\ not\ resolve* | *[Ff]ailed\ to\ connect* | *timed\ out*)
            fail "$spaces cannot be reached." 'Check the network and https://status.huggingface.co, and try again.' ;;
        *) fail "Git could not $what it: $(tail -n 3 <<<"$said" | tr '\n' ' ')" 'Look at the Space, and try again.' ;;
    esac
}

# What the Space is built from, as it is committed here.
pack() {
    local -a parts=(Dockerfile .dockerignore README.md)
    local part
    while read -r part; do
        parts+=("${part#!/}")
    done < <(grep '^!/' .dockerignore)
    git -C "$space_folder" rm -r --quiet --ignore-unmatch .
    git archive HEAD -- "${parts[@]}" | tar -x -C "$space_folder"
    # The Hub takes no binary files in a plain commit, so the page's picture stays behind.
    sed -i '/^!\[.*](docs\//d' "$space_folder/README.md"
    git -C "$space_folder" add --all --force .
}

[ "$#" = 1 ] || usage
space=$1
cd "$(git -C "$(dirname "$0")" rev-parse --show-toplevel)"
preflight
revision=$(git rev-parse --short HEAD)
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
space_folder=$folder/space
answer_git
in_space fetch clone --quiet --depth 1 "$spaces/$space" "$space_folder"
pack
if git -C "$space_folder" diff --cached --quiet; then
    echo "publish_space: $space has $revision already."
    exit
fi
git -C "$space_folder" -c user.name=Inroad -c user.email=inroad@localhost commit --quiet \
    --message "Inroad $revision"
in_space change -C "$space_folder" push --quiet origin HEAD:main
echo "publish_space: $space has $revision now; the Hub builds it: $spaces/$space?logs=build"
host=$(tr '[:upper:]._/' '[:lower:]---' <<<"$space")
echo "publish_space: try it: deploy/scripts/smoke.sh --wait 1200 https://$host.hf.space"
