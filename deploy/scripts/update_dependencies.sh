#!/usr/bin/env bash
# update_dependencies.sh
#
# Pins the newest versions that pyproject.toml and deploy/*.in allow, and opens a merge request with them, which
# the pipeline then tests like any other. Where nothing is newer it does nothing.
#
#   INROAD_BOT_TOKEN   a project access token with write_repository (needed); it is on no command line
#   CI_SERVER_URL, CI_PROJECT_PATH, CI_DEFAULT_BRANCH   where to
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

[ -n "${INROAD_BOT_TOKEN:-}" ] || {
    echo 'update: INROAD_BOT_TOKEN is not set.' >&2
    echo 'update: Make a project access token with write_repository, and set it as a masked variable.' >&2
    exit 1
}
for name in CI_SERVER_URL CI_PROJECT_PATH CI_DEFAULT_BRANCH; do
    [ -n "${!name:-}" ] || {
        echo "update: $name is not set." >&2
        echo 'update: GitLab sets it in a pipeline; by hand, make lock UPGRADE=--upgrade is enough.' >&2
        exit 1
    }
done

locks=(requirements.txt requirements-dev.txt deploy/*.txt)
make --no-print-directory lock UPGRADE=--upgrade
if git diff --quiet -- "${locks[@]}"; then
    echo 'update: Everything is the newest that is allowed.'
    exit 0
fi
git diff --stat -- "${locks[@]}"
branch=dependencies-$(date -u +%Y-%m-%d)
git checkout --quiet -B "$branch"
git -c user.name=Inroad -c user.email=inroad@noreply.invalid commit --quiet --message \
    'Pin the newest versions of what we use' -- "${locks[@]}"
# git asks this for the password, so the token is in no address and in no argument. The name in the address keeps a
# runner's own rules (url.….insteadOf) from putting the job's token in its place, which may not push.
# shellcheck disable=SC2016  # expanded by git's own shell
helper='!f() { echo username=bot; echo "password=$INROAD_BOT_TOKEN"; }; f'
git -c credential.helper= -c "credential.helper=$helper" push --force \
    "${CI_SERVER_URL%%://*}://bot@${CI_SERVER_URL#*://}/$CI_PROJECT_PATH.git" "$branch" \
    -o merge_request.create -o "merge_request.target=$CI_DEFAULT_BRANCH" \
    -o 'merge_request.title=Pin the newest versions of what we use' -o merge_request.remove_source_branch || {
    echo "update: The branch $branch could not be pushed." >&2
    echo 'update: See the line above; check that INROAD_BOT_TOKEN is not over and has write_repository.' >&2
    exit 1
}
