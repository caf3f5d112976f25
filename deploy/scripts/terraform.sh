#!/usr/bin/env bash
# terraform.sh plan|apply
#
# Plans what terraform/ would change into terraform/plan, or applies that plan and no other. The state lies in S3,
# locked while it is used.
#
#   INROAD_STATE_BUCKET, AWS_REGION   where the state lies (needed)
#   INROAD_CLUSTER                    the name of the cluster (inroad)
#   TF_VAR_…                          the variables of terraform/variables.tf
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../terraform"

for name in INROAD_STATE_BUCKET AWS_REGION; do
    [ -n "${!name:-}" ] || {
        echo "terraform: $name is not set." >&2
        echo "terraform: Set it among the pipeline's variables: see .gitlab-ci.yml." >&2
        exit 2
    }
done

begin() {
    printf 'terraform {\n  backend "s3" {}\n}\n' >backend_override.tf
    trap 'rm -f backend_override.tf' EXIT
    terraform init -input=false -backend-config="bucket=$INROAD_STATE_BUCKET" \
        -backend-config="key=${INROAD_CLUSTER:-inroad}/terraform.tfstate" \
        -backend-config="region=$AWS_REGION" -backend-config=use_lockfile=true -backend-config=encrypt=true
}

case ${1:-} in
    plan)
        begin
        terraform plan -input=false -lock-timeout=120s -out=plan
        ;;
    apply)
        [ -f plan ] || { echo 'terraform: There is no plan. Run the job that plans first.' >&2; exit 1; }
        begin
        terraform apply -input=false -lock-timeout=120s plan
        ;;
    *)
        sed -n '2s/^# //p' "../deploy/scripts/${BASH_SOURCE[0]##*/}" >&2
        exit 2
        ;;
esac
