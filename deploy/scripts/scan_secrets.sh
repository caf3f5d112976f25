#!/usr/bin/env bash
# scan_secrets.sh [FILE...]
#
# Looks for keys, tokens and passwords by their form in the files that git knows, or in those that are named:
# the forms that detect-secrets knows (Amazon, GitLab, GitHub, Slack, private keys, passwords in addresses …)
# and those of the services that this app talks to. What merely looks random is not looked for: test data does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

[ $# -gt 0 ] || mapfile -d '' -t files < <(git ls-files -z)
[ $# -eq 0 ] || files=("$@")
detect=$(command -v detect-secrets-hook || echo .checkers/bin/detect-secrets-hook)
# In an address: a word of at most eight letters, which deploy.sh takes for no password, or a variable's name.
readonly EXAMPLES=':([^@/:]{1,8}|[A-Z_]*PASSWORD|[$%{][^@/]*)@|pragma: allowlist secret'

code=0
"$detect" --disable-plugin KeywordDetector --disable-plugin HexHighEntropyString \
    --disable-plugin Base64HighEntropyString --exclude-files '(^|/)requirements[^/]*\.txt$' \
    --exclude-lines "$EXAMPLES" -- "${files[@]}" || code=1
# Groq, Hugging Face, GitLab, as they are handed out; and the head of any private key.
forms='\b(gsk_[A-Za-z0-9]{40,}|hf_[A-Za-z0-9]{30,}|glpat-[A-Za-z0-9_-]{20,})'
forms+='|-----BEGIN [A-Z ]*PRIVATE KEY-----($|\\n)'
if grep -InE -e "$forms" -- "${files[@]}"; then
    code=1
fi
[ "$code" = 0 ] || {
    echo 'scan: Something that looks like a secret stands in the files above.' >&2
    echo 'scan: Take it out and revoke it: what was pushed is known. An example is marked as one on its line.' >&2
}
exit "$code"
