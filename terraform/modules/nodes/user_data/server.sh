# The server: takes its disk and its address, begins the cluster or goes on with it, and tells agents how to join.
# shellcheck shell=bash
data=$root/var/lib/inroad

attached_here() {
  # shellcheck disable=SC2016 # JMESPath quotes so
  [ "$(aws ec2 describe-volumes --volume-ids "$DATA_VOLUME" --output text \
    --query 'Volumes[0].Attachments[?State==`attached`].InstanceId')" = "$instance" ]
}

attach() {
  attached_here && return
  aws ec2 attach-volume --volume-id "$DATA_VOLUME" --instance-id "$instance" --device /dev/sdf >/dev/null 2>&1 || true
  return 1
}

# Nitro types name disks by volume, Xen types (t2) as asked.
find_disk() {
  local name
  for name in "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${DATA_VOLUME/-/}" /dev/xvdf /dev/sdf; do
    if [ -e "$root$name" ]; then
      disk=$root$name
      return
    fi
  done
  return 1
}

# mount_once SOURCE TARGET TYPE OPTIONS
mount_once() {
  mkdir -p "$root$2"
  grep -qs " $2 " "$root/etc/fstab" || echo "$1 $2 $3 $4 0 0" >>"$root/etc/fstab"
  mountpoint -q "$root$2" || mount "$root$2"
}

mount_data() {
  local found=0 part
  # The server before this one may still be letting go of it.
  again 120 5 attach || stop "The data disk $DATA_VOLUME cannot be attached. See who holds it: aws ec2 describe-volumes --volume-ids $DATA_VOLUME"
  again 60 2 find_disk || stop "The data disk is attached but has no device. Restart this instance."
  blkid -p "$disk" >/dev/null || found=$?
  case $found in
  0) say "The data disk holds a file system: going on with it." ;;
  2) # nothing at all is on it; anything else is never formatted
    say "The data disk is empty: making a file system."
    mkfs.xfs -q -L inroad-data "$disk"
    ;;
  *) stop "The data disk cannot be read (blkid $found), so it is left alone. Restore it from a snapshot: data_disk_snapshot." ;;
  esac
  mount_once LABEL=inroad-data /var/lib/inroad xfs noatime
  xfs_growfs "$data" >/dev/null
  # What makes this the same cluster and the same node on the next instance. Images stay on the root disk.
  for part in server storage; do
    mkdir -p "$data/k3s/$part"
    mount_once "/var/lib/inroad/k3s/$part" "/var/lib/rancher/k3s/$part" none bind,x-systemd.requires-mounts-for=/var/lib/inroad
  done
  mkdir -p "$data/k3s/node"
  mount_once /var/lib/inroad/k3s/node /etc/rancher/node none bind,x-systemd.requires-mounts-for=/var/lib/inroad
  chmod 700 "$data/k3s"
  install -d -o "$POSTGRES_UID" -g "$POSTGRES_UID" -m 700 "$data/postgres"
  install -d -o "$POSTGRES_UID" -g "$POSTGRES_UID" -m 750 "$data/backups"
  install -d -o 65532 -g 65532 -m 700 "$data/traefik"
}

take_address() {
  again 20 5 aws ec2 associate-address --allocation-id "$ADDRESS_ALLOCATION" --instance-id "$instance" --allow-reassociation >/dev/null ||
    stop "The Elastic IP cannot be taken. Look at the role of this instance: ec2:AssociateAddress."
}

# Made here and kept on the data disk, so neither Terraform nor its state ever holds it.
make_tokens() {
  local name
  for name in token agent-token; do
    [ -s "$data/k3s/$name" ] || (umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$data/k3s/$name")
  done
}

configure() {
  cat >"$root/etc/rancher/k3s/config.yaml" <<YAML
token-file: /var/lib/inroad/k3s/token
agent-token-file: /var/lib/inroad/k3s/agent-token
node-name: $CLUSTER-server
node-label: ["inroad/role=server", "inroad/instance=$instance"]
node-external-ip: "$PUBLIC_ADDRESS"
secrets-encryption: true
disable: [servicelb]
write-kubeconfig-mode: "0600"
YAML
}

# Traefik on the host's own ports, not behind servicelb, which hides visitors' addresses: limits count by them.
configure_ingress() {
  local directory=$data/k3s/server/manifests argument
  mkdir -p "$directory"
  {
    cat <<YAML
apiVersion: helm.cattle.io/v1
kind: HelmChartConfig
metadata:
  name: traefik
  namespace: kube-system
spec:
  valuesContent: |-
    deployment:
      kind: $TRAEFIK_KIND
      additionalVolumes: [{name: acme, hostPath: {path: /var/lib/inroad/traefik, type: DirectoryOrCreate}}]
    additionalVolumeMounts: [{name: acme, mountPath: /acme}]
    updateStrategy:
      rollingUpdate: {maxUnavailable: 1, maxSurge: 0}
    ports:
      web: {hostPort: 80}
      websecure: {hostPort: 443}
    additionalArguments:
      - --entrypoints.web.http.redirections.entrypoint.to=:443
      - --entrypoints.web.http.redirections.entrypoint.scheme=https
YAML
    if [ -n "$ACME_EMAIL" ]; then
      for argument in "email=$ACME_EMAIL" storage=/acme/acme.json tlschallenge=true; do
        echo "      - --certificatesresolvers.letsencrypt.acme.$argument"
      done
    fi
    [ "$TRAEFIK_KIND" = DaemonSet ] || echo '    nodeSelector: {inroad/role: server}'
  } >"$directory/inroad-traefik.yaml"
}

# A new disk gets the backups that an earlier one left in the bucket, ready to be restored from.
fetch_backups() {
  [ -z "$(ls -A "$data/backups")" ] || return 0
  inroad-backups pull || say "No backups could be fetched from s3://$BACKUP_BUCKET." >&2
}

PATH=$root/usr/local/sbin:$root/usr/local/bin:$PATH
prepare
take_address
add_swap
mount_data
make_tokens
install_k3s
limit_kubelet
configure
configure_ingress
fetch_backups
start_k3s server "RequiresMountsFor=/var/lib/inroad /var/lib/rancher/k3s/server /var/lib/rancher/k3s/storage /etc/rancher/node"
again 5 10 inroad-publish ||
  stop "Agents cannot be told how to join: look at the role of this instance, then run inroad-publish."
every 1min inroad-prune-nodes
every 1h inroad-backups push
[ -z "$ECR_REPOSITORY" ] || every 10min inroad-pull-secret
ship_logs
say "The server is ready."
