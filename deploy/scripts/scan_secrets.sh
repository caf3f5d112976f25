#!/usr/bin/env bash
# scan_secrets.sh [FILE...]
#
# Looks for keys, tokens and passwords by their form in the files that git knows, or in those that are named: the
# forms that detect-secrets knows (Amazon, GitLab, GitHub, Slack, private keys, passwords in addresses …) and
# those of the services that this app talks to. Words that merely look random are not looked for: test data is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

[ $# -gt 0 ] || mapfile -d '' -t files < <(git ls-files -z)
[ $# -eq 0 ] || files=("$@")
detect=$(command -v detect-secrets-hook || echo .checkers/bin/detect-secrets-hook)
# The address of an invented database, and passwords that a line makes of a variable.
readonly EXAMPLES='(user|ada|inroad):(password|PASSWORD|secret|[$%{])[^@]*@|pragma: allowlist secret'

code=0
"$detect" --disable-plugin KeywordDetector --disable-plugin HexHighEntropyString \
    --disable-plugin Base64HighEntropyString --exclude-files '(^|/)requirements[^/]*\.txt$' \
    --exclude-lines "$EXAMPLES" -- "${files[@]}" || code=1
# Groq, Hugging Face, GitLab, as they are handed out; and the head of any private key.
readonly FORMS='\b(gsk_[A-Za-z0-9]{40,}|hf_[A-Za-z0-9]{30,}|glpat-[A-Za-z0-9_-]{20,})|-----BEGIN [A-Z ]*PRIVATE'
if grep -InE -e "$FORMS" -- "${files[@]}"; then
    code=1
fi
[ "$code" = 0 ] || {
    echo 'scan: Something that looks like a secret stands in the files above.' >&2
    echo 'scan: Take it out and revoke it: what was pushed is known. An example is marked as one on its line.' >&2
}
exit "$code"
