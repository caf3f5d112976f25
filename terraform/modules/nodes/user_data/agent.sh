# An agent: waits for a server that says how to join it, joins, and follows it to another address.
# shellcheck shell=bash
configure() {
  cat >"$root/etc/rancher/k3s/config.yaml" <<YAML
token-file: /etc/inroad/join-token
with-node-id: true
node-label: ["inroad/role=agent", "inroad/instance=$instance"]
YAML
}

PATH=$root/usr/local/sbin:$root/usr/local/bin:$PATH
prepare
add_swap
install_k3s
limit_kubelet
configure
again 180 5 inroad-join ||
  stop "No server has said within 15 minutes how to join it. Look at the server: it writes $ADDRESS_PARAMETER once k3s runs."
start_k3s agent
every 1min inroad-join
ship_logs
say "The agent runs."
