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
start_k3s agent
again 60 5 inroad-join ||
  say "No server has said in five minutes how to join it; asking goes on. The server writes $ADDRESS_PARAMETER once k3s runs." >&2
every 1min inroad-join
ship_logs
say "The agent is ready."
