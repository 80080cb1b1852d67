# Booting a directory as a host, and seeing to it that nothing of it is left afterwards.

# boot_host NAME DIRECTORY KIND: starts systemd in the host's own namespaces; KIND is plain or
# control-plane. Returns at once.
boot_host() {
  local state="$LAB_CACHE/hosts/$1" directory=$2 kind=$3 namespace
  namespace=$(namespace_of "$1")
  set -- --quiet --directory="$directory" --machine="belay-$1" --register=no --keep-unit \
    --network-namespace-path="/run/netns/$namespace" --resolv-conf=off --timezone=off \
    --link-journal=no --console=pipe --boot
  if [ "$kind" = control-plane ]; then
    # containerd, runc and the kubelet mount, make cgroups and use keyrings like the real ones they are.
    set -- --capability=all --system-call-filter="@keyring bpf @privileged @mount" --bind=/dev/kmsg "$@"
    export SYSTEMD_SECCOMP=0
  else
    # Root may set up a firewall; it reaches the host's own namespace only.
    set -- --capability=CAP_NET_ADMIN "$@"
  fi
  own_cgroups "$namespace" setsid sh -c "$KEEP_BOOTED" sh systemd-nspawn "$@" >"$state/console.log" 2>&1 </dev/null 8>&- 9>&- &
  echo $! >"$state/pid"
}

# systemd-nspawn ends with 133 when the host reboots. Signals are for the host, not for this loop.
KEEP_BOOTED='
  trap "kill -TERM \$host; stopping=1" TERM
  stopping=
  while :; do
    "$@" & host=$!
    wait "$host"; status=$?
    while kill -0 "$host" 2>/dev/null; do wait "$host"; status=$?; done
    [ "$status" = 133 ] && [ -z "$stopping" ] || exit "$status"
  done'

# own_cgroups NAME COMMAND…: runs a command in cgroups of its own, so that two kubelets on one machine
# do not share a tree, and everything a host starts can be found.
own_cgroups() {
  local group directory
  group=$1
  shift
  for directory in $(cgroup_roots); do
    mkdir -p "$directory/$group"
    if [ -e "$directory/$group/cpuset.cpus" ] && [ -z "$(cat "$directory/$group/cpuset.cpus")" ]; then
      cat "$directory/cpuset.cpus" >"$directory/$group/cpuset.cpus"
      cat "$directory/cpuset.mems" >"$directory/$group/cpuset.mems"
    fi
    echo "$BASHPID" >"$directory/$group/cgroup.procs"
  done
  exec "$@"
}

# The hierarchies of this machine: several with cgroup v1, one with v2.
cgroup_roots() {
  findmnt -rno TARGET -t cgroup,cgroup2
}

# host_pid NAME: the process that holds a running host; fails where it does not run.
host_pid() {
  local pid
  pid=$(cat "$LAB_CACHE/hosts/$1/pid" 2>/dev/null) || return 1
  # A number may belong to somebody else by now.
  { tr '\0' '\n' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -qx -- "--machine=belay-$1" || return 1
  echo "$pid"
}

# enter NAME COMMAND…: runs a command beside the host's own processes, whatever its network is like.
enter() {
  local name=$1 nspawn init
  shift
  nspawn=$(cat "/proc/$(host_pid "$name")/task"/*/children 2>/dev/null) || die "the host $name does not run."
  init=$(cat "/proc/${nspawn%% *}/task"/*/children 2>/dev/null) || die "the host $name is just being started."
  init=${init%% *}
  # Until its systemd runs, what is there may still see this machine's files.
  [ "$(cat "/proc/$init/comm" 2>/dev/null)" = systemd ] &&
    [ "$(stat -c %d:%i "/proc/$init/root/.")" = "$(stat -c %d:%i "$LAB_CACHE/hosts/$name/root")" ] ||
    die "the host $name is just being started."
  # A nsenter that waits for its command stops itself when that is stopped, as a shutdown does at first,
  # and the host then waits for it in vain.
  exec nsenter --target "$init" --mount --uts --ipc --net --pid --root --wd --no-fork \
    env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C \
    sh -c '"$@"; exit $?' sh "$@"
}

# halt_host NAME: asks the host to power off, and ends it where it does not.
halt_host() {
  local pid end
  if pid=$(host_pid "$1"); then
    kill -TERM "$pid" 2>/dev/null || true
    end=$((SECONDS + ${2:-20}))
    while kill -0 "$pid" 2>/dev/null && [ "$SECONDS" -lt "$end" ]; do sleep 0.1; done
    kill -KILL "$pid" 2>/dev/null || true
  fi
  rm -f "$LAB_CACHE/hosts/$1/pid"
  clear_cgroups "$(namespace_of "$1")"
}

# clear_cgroups NAME: ends what still runs in a host's cgroups, and removes them.
clear_cgroups() {
  local directory process end=$((SECONDS + 20))
  for directory in $(cgroup_roots); do
    [ -d "$directory/$1" ] || continue
    while :; do
      for process in $(find "$directory/$1" -name cgroup.procs -exec cat {} + 2>/dev/null); do
        kill -KILL "$process" 2>/dev/null || true
      done
      find "$directory/$1" -depth -type d -exec rmdir {} + 2>/dev/null || true
      if [ ! -d "$directory/$1" ]; then break; fi
      [ "$SECONDS" -lt "$end" ] || die "processes of the host are still in $directory/$1." \
        "Look at them: cat $directory/$1/cgroup.procs"
      sleep 0.1
    done
  done
}
