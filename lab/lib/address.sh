# A network namespace for each host: a veth pair, 10.77.N.1 on this machine, 10.77.N.2 in the host.
# There is no route to anywhere else, so a lab host can disturb nobody.

namespace_of() { echo "belay-$1"; }
address_of() { echo "$LAB_NETWORK.$(cat "$LAB_CACHE/hosts/$1/number").2"; }

# choose_number NAME: takes the lowest number that no host and no other lab on this machine uses.
choose_number() {
  local number=2
  while cat "$LAB_CACHE"/hosts/*/number 2>/dev/null | grep -qx "$number" ||
    [ -n "$(ip -o -4 address show to "$LAB_NETWORK.$number.0/24")" ]; do
    number=$((number + 1))
    [ "$number" -le 250 ] || die "all numbers of the network $LAB_NETWORK.0.0/16 are taken." \
      "Take hosts down (lab/lab list shows them), or set BELAY_LAB_NETWORK=10.78."
  done
  echo "$number" >"$LAB_CACHE/hosts/$1/number"
}

# open_network NAME [EXTRA]: makes the namespace; EXTRA is one more address of the host's own, which
# clones of one control plane have in common because certificates and etcd hold it.
open_network() {
  local namespace number
  namespace=$(namespace_of "$1")
  number=$(cat "$LAB_CACHE/hosts/$1/number")
  close_network "$1"
  ip netns add "$namespace"
  ip link add "bl$number" type veth peer name host0 netns "$namespace"
  ip address add "$LAB_NETWORK.$number.1/24" dev "bl$number"
  ip link set "bl$number" up
  ip -n "$namespace" link set lo up
  ip -n "$namespace" address add "$LAB_NETWORK.$number.2/24" dev host0
  ip -n "$namespace" link set host0 up
  if [ -n "${2:-}" ]; then ip -n "$namespace" address add "$2/32" dev host0; fi
}

close_network() {
  local namespace number
  namespace=$(namespace_of "$1")
  number=$(cat "$LAB_CACHE/hosts/$1/number" 2>/dev/null) || number=""
  if [ -e "/run/netns/$namespace" ]; then ip netns delete "$namespace"; fi
  # The kernel takes the pair away together with the namespace, but not at once.
  if [ -n "$number" ] && ip link show "bl$number" >/dev/null 2>&1; then
    ip link delete "bl$number" 2>/dev/null || true
  fi
}
