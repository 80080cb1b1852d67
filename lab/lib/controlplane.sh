# A control plane made by the real kubeadm, kept as a tree that clones boot from with the cluster in it.

CONTROL_PLANE_PACKAGES=$HOST_PACKAGES,containerd,runc,conntrack,ebtables,ethtool,socat,kmod,jq,containernetworking-plugins,mount,util-linux,openssl
ETCD_TAG=3.4.13-0
PAUSE_TAG=3.2
# The node's name and address stand in its certificates and in etcd: every clone has them, in its own namespace.
CONTROL_PLANE_NODE=controlplane
CONTROL_PLANE_ADDRESS=$LAB_NETWORK.0.10
CONTROL_PLANE_TREE="$LAB_CACHE/trees/control-plane"
LAB_FILES="$LAB_HOME/files"

# Builds the control plane's tree where the cache has none, or one whose certificates will soon end
# (kubeadm's are good for a year).
ensure_control_plane() {
  control_plane_ready || alone build_control_plane
}

control_plane_ready() {
  [ -e "$CONTROL_PLANE_TREE.ready" ] && [ -z "$(find "$CONTROL_PLANE_TREE.ready" -mtime +300)" ] &&
    [ "$(cat "$CONTROL_PLANE_TREE.ready")" = "$CONTROL_PLANE_ADDRESS" ]
}

build_control_plane() {
  ! control_plane_ready || return 0
  ensure_kubernetes
  require_space 4
  say "The control plane is made once with kubeadm (kept in $CONTROL_PLANE_TREE):"
  step "2 min" "Building Debian bookworm with containerd" control_plane_tree
  step "1 min" "Putting Kubernetes and its images into it" control_plane_programs
  step "2 min" "kubeadm init" control_plane_init
  echo "$CONTROL_PLANE_ADDRESS" >"$CONTROL_PLANE_TREE.ready"
}

control_plane_tree() {
  [ -e "$LAB_CACHE/trees/node.ready" ] && return
  debian_tree node "$KUBERNETES_RELEASE" "$CONTROL_PLANE_PACKAGES"
  touch "$LAB_CACHE/trees/node.ready"
}

control_plane_programs() {
  local tree="$CONTROL_PLANE_TREE" program
  rm -f "$tree.ready"
  halt_host new.control-plane
  rm -rf --one-file-system "$tree"
  cp -a --reflink=auto "$LAB_CACHE/trees/node" "$tree"
  for program in kubelet kubeadm kubectl; do install -m 0755 "$KUBERNETES_DIR/bin/$program" "$tree/usr/bin/"; done
  write_images "$tree/var/lib/belay-lab/images"
  cp -a --no-preserve=ownership "$LAB_FILES/control-plane/." "$tree/"
  sed -i "s/@ADDRESS@/$CONTROL_PLANE_ADDRESS/g; s/@NODE@/$CONTROL_PLANE_NODE/g; s/@VERSION@/$KUBERNETES_VERSION/g" \
    "$tree/var/lib/belay-lab/kubeadm.yaml" "$tree/etc/default/kubelet"
  sed -i "s/@PAUSE@/$PAUSE_TAG/g" "$tree/etc/containerd/config.toml"
  echo "$CONTROL_PLANE_NODE" >"$tree/etc/hostname"
  printf '127.0.0.1 localhost\n%s %s\n' "$CONTROL_PLANE_ADDRESS" "$CONTROL_PLANE_NODE" >"$tree/etc/hosts"
  mkdir -p "$tree/root/.kube" "$tree/var/log/journal"
  ln -sfn /etc/kubernetes/admin.conf "$tree/root/.kube/config"
  in_tree "$tree" ssh-keygen -q -A
  in_tree "$tree" systemctl enable belay-lab-node.service containerd.service kubelet.service
}

# Boots the tree itself, runs kubeadm in it and powers it off. Host names have no dot, so it is nobody's.
control_plane_init() {
  trap control_plane_off EXIT
  mkdir -p "$LAB_CACHE/hosts/new.control-plane"
  choose_number new.control-plane
  open_network new.control-plane "$CONTROL_PLANE_ADDRESS"
  boot_host new.control-plane "$CONTROL_PLANE_TREE" control-plane
  trust_host new.control-plane "$CONTROL_PLANE_TREE"
  await_login new.control-plane 60
  run_in_host new.control-plane sh -eux /usr/local/lib/belay-lab/init-control-plane
}

control_plane_off() {
  halt_host new.control-plane 60
  close_network new.control-plane
  rm -rf "$LAB_CACHE/hosts/new.control-plane"
}
