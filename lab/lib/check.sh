# Whether this machine can hold the lab, found out in seconds and before anything is built.

# check: tries once, and takes away again, everything that a host is made of.
check() {
  CHECK_WORK=$(mktemp -d "$LAB_CACHE/check.XXXXXX")
  CHECK_NAME="belay-check-$$"
  trap check_over EXIT
  trap 'exit 130' INT TERM HUP
  probe "mount and process namespaces" \
    unshare --mount --pid --fork --kill-child sh -c 'mount -t proc proc /proc'
  probe "an overlay file system in $LAB_CACHE" check_overlay
  probe "network namespaces and veth links" check_network
  probe "control groups" check_cgroups
  probe "systemd-nspawn" check_nspawn
  say "This machine can hold lab hosts."
}

# probe WHAT COMMAND…
probe() {
  local what=$1
  shift
  "$@" >"$CHECK_WORK/said" 2>&1 </dev/null ||
    die "this machine does not let us use $what: $(tail -n 1 "$CHECK_WORK/said")" \
      "The lab needs a machine or virtual machine of its own where root has all capabilities;" \
      "most containers and sandboxes do not give them."
}

check_overlay() {
  mkdir -p "$CHECK_WORK/lower" "$CHECK_WORK/upper" "$CHECK_WORK/work" "$CHECK_WORK/root"
  unshare --mount mount -t overlay belay-check \
    -o "lowerdir=$CHECK_WORK/lower,upperdir=$CHECK_WORK/upper,workdir=$CHECK_WORK/work" "$CHECK_WORK/root"
}

check_network() {
  ip netns add "$CHECK_NAME" && ip link add "blc$$" type veth peer name host0 netns "$CHECK_NAME"
}

check_cgroups() {
  local directory
  [ -n "$(cgroup_roots)" ] || { echo "no cgroup file system is mounted"; return 1; }
  for directory in $(cgroup_roots); do
    mkdir "$directory/$CHECK_NAME" && rmdir "$directory/$CHECK_NAME" || return 1
  done
}

# Starts a program of this machine in a tree that holds nothing but links to it.
check_nspawn() {
  local tree="$CHECK_WORK/tree" directory
  mkdir -p "$tree/usr" "$tree/etc"
  for directory in bin sbin lib lib32 lib64 libx32; do
    [ ! -L "/$directory" ] || ln -s "usr/$directory" "$tree/$directory"
  done
  SYSTEMD_SECCOMP=0 timeout -k 5 60 systemd-nspawn --quiet --directory="$tree" --machine="$CHECK_NAME" --register=no \
    --keep-unit --network-namespace-path="/run/netns/$CHECK_NAME" --resolv-conf=off --timezone=off \
    --link-journal=no --console=pipe --capability=all --bind=/dev/kmsg --bind-ro=/usr --as-pid2 /usr/bin/true
}

check_over() {
  local directory
  [ ! -e "/run/netns/$CHECK_NAME" ] || ip netns delete "$CHECK_NAME" || true
  ip link delete "blc$$" 2>/dev/null || true
  for directory in $(cgroup_roots); do [ ! -d "$directory/$CHECK_NAME" ] || rmdir "$directory/$CHECK_NAME" || true; done
  rm -rf --one-file-system "$CHECK_WORK"
}
