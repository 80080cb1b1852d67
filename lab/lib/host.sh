# The life of a host: up, login, reset, down. What is known of host NAME lies in hosts/NAME of the cache:
# options (its command line), number (of its address), pid, known_hosts, upper (what it wrote), root (mount).

# up NAME [OPTIONS]: makes and boots a host.
up() {
  local name=$1 state="$LAB_CACHE/hosts/$1" tree extra="" started=$SECONDS
  shift
  if host_pid "$name" >/dev/null; then
    die "the host $name is already up." "lab/lab reset $name gives a fresh one, lab/lab ssh $name logs in."
  fi
  read_options "$@"
  if [ "$KIND" = control-plane ]; then
    ensure_control_plane
    tree=$CONTROL_PLANE_TREE extra=$CONTROL_PLANE_ADDRESS
  else
    ensure_tree "$RELEASE"
    tree="$LAB_CACHE/trees/$RELEASE"
  fi
  ensure_repository
  mkdir -p "$state"
  printf '%s\n' "$@" >"$state/options"
  [ -e "$state/number" ] || locked choose_number "$name"
  start "$name" "$tree" "$extra"
  say "$name is up at $(address_of "$name") ($KIND, $RELEASE${SCENARIO:+, $SCENARIO}) after $((SECONDS - started)) s"
}

# read_options OPTION…: sets RELEASE, KIND and SCENARIO.
read_options() {
  RELEASE=bookworm KIND=plain SCENARIO=""
  while [ $# -gt 0 ]; do
    case $1 in
      --release) RELEASE=${2:-}; shift ;;
      --release=*) RELEASE=${1#*=} ;;
      --control-plane) KIND=control-plane ;;
      --scenario) SCENARIO=${2:-}; shift ;;
      --scenario=*) SCENARIO=${1#*=} ;;
      "") ;;
      *) die "up does not know $1." "Options: --release bookworm|trixie|bullseye, --control-plane, --scenario challenge4" ;;
    esac
    shift
  done
  case " $LAB_RELEASES " in *" $RELEASE "*) ;; *) die "no release $RELEASE." "There are $LAB_RELEASES." ;; esac
  case $SCENARIO in
    "") ;;
    challenge4) KIND=control-plane ;;
    *) die "no scenario $SCENARIO." "There is challenge4." ;;
  esac
  [ "$KIND" = plain ] || [ "$RELEASE" = "$KUBERNETES_RELEASE" ] ||
    die "a control plane is Debian $KUBERNETES_RELEASE, whose source package Kubernetes is built from." "Leave out --release."
}

# start NAME TREE EXTRA: mounts, boots and waits.
start() {
  local name=$1 state="$LAB_CACHE/hosts/$1" tree=$2 extra=$3
  mount_host "$name" "$tree"
  if [ "$KIND" = plain ]; then
    echo "$name" >"$state/root/etc/hostname"
    printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$name" >"$state/root/etc/hosts"
  fi
  cp -r "$LAB_CACHE/apt/." "$state/root$FALCO_REPOSITORY/"
  # apt drops to a user that needs to read every folder on the way.
  in_tree "$state/root" sh -ec 'chmod -R a+rX "$1"; ssh-keygen -q -A; apt-get -q update' sh "$FALCO_REPOSITORY" >"$state/prepare.log" 2>&1 ||
    die "preparing $name failed." "$(tail -n 5 "$state/prepare.log")"
  open_network "$name" "$extra"
  boot_host "$name" "$state/root" "$KIND"
  trust_host "$name" "$state/root"
  await_login "$name" 60
  if [ "$KIND" = control-plane ]; then await_api_server "$name" 180; fi
  if [ -n "$SCENARIO" ]; then run_scenario "$name"; fi
}

mount_host() {
  local state="$LAB_CACHE/hosts/$1"
  mkdir -p "$state/upper" "$state/work" "$state/root"
  if mountpoint -q "$state/root"; then umount "$state/root"; fi
  mount -t overlay "belay-lab-$1" -o "lowerdir=$2,upperdir=$state/upper,workdir=$state/work" "$state/root" ||
    die "cannot mount an overlay in $state." "The folder's file system must be able to hold one (ext4, xfs; not another overlay): set BELAY_LAB_CACHE."
}

# trust_host NAME ROOT: notes the host's keys, which the lab has at hand, where ssh looks for them.
trust_host() {
  local key
  for key in "$2"/etc/ssh/ssh_host_*_key.pub; do
    echo "$(address_of "$1") $(cut -d' ' -f1,2 "$key")"
  done >"$LAB_CACHE/hosts/$1/known_hosts"
  collect_known_hosts
}

# One file for all hosts, as an inventory wants it.
collect_known_hosts() {
  cat "$LAB_CACHE"/hosts/*/known_hosts 2>/dev/null >"$LAB_CACHE/known_hosts.new.$$" || true
  mv "$LAB_CACHE/known_hosts.new.$$" "$LAB_CACHE/known_hosts"
}

# ssh_to USER NAME [COMMAND…]
ssh_to() {
  local user=$1 name=$2
  shift 2
  ssh -F /dev/null -o BatchMode=yes -o ConnectTimeout=5 -o UserKnownHostsFile="$LAB_CACHE/hosts/$name/known_hosts" \
    -o GlobalKnownHostsFile=/dev/null -o IdentitiesOnly=yes -i "$LAB_CACHE/keys/id_ed25519" "$user@$(address_of "$name")" "$@"
}

run_in_host() {
  local name=$1
  shift
  ssh_to root "$name" "$@"
}

# await_login NAME SECONDS: waits until the host lets us in and has finished booting.
await_login() {
  local end=$((SECONDS + $2))
  until run_in_host "$1" systemctl is-system-running --wait >"$LAB_CACHE/hosts/$1/running" 2>&1 ||
    grep -qx degraded "$LAB_CACHE/hosts/$1/running"; do
    kill -0 "$(cat "$LAB_CACHE/hosts/$1/pid")" 2>/dev/null || die "the host $1 has ended while it booted." "$(tail -n 15 "$LAB_CACHE/hosts/$1/console.log")"
    [ "$SECONDS" -lt "$end" ] || die "the host $1 does not let us in after $2 s: $(cat "$LAB_CACHE/hosts/$1/running")" \
      "Its console is $LAB_CACHE/hosts/$1/console.log."
    sleep 0.2
  done
}

await_api_server() {
  local end=$((SECONDS + $2))
  until run_in_host "$1" kubectl --request-timeout=2s get --raw /readyz >/dev/null 2>&1; do
    kill -0 "$(cat "$LAB_CACHE/hosts/$1/pid")" 2>/dev/null || die "the host $1 has ended." "$(tail -n 15 "$LAB_CACHE/hosts/$1/console.log")"
    [ "$SECONDS" -lt "$end" ] || die "the API server of $1 is not ready after $2 s." "Look at it: lab/lab ssh $1 sudo journalctl -u kubelet"
    sleep 0.5
  done
}

# down NAME: ends a host and removes everything of it.
down() {
  local state="$LAB_CACHE/hosts/$1"
  [ -d "$state" ] || die "there is no host $1." "lab/lab list shows those that are."
  stop "$1"
  rm -rf --one-file-system "$state"
  collect_known_hosts
}

# stop NAME: ends a host; its number and its options stay.
stop() {
  local state="$LAB_CACHE/hosts/$1"
  halt_host "$1"
  if mountpoint -q "$state/root"; then umount "$state/root" || umount --lazy "$state/root"; fi
  close_network "$1"
}

# reset NAME: the same host as it was after `up`.
reset() {
  local state="$LAB_CACHE/hosts/$1" options
  [ -d "$state" ] || die "there is no host $1." "lab/lab list shows those that are."
  mapfile -t options <"$state/options"
  stop "$1"
  rm -rf --one-file-system "$state/upper" "$state/work"
  up "$1" "${options[@]}"
}

list() {
  local state name
  for state in "$LAB_CACHE"/hosts/*/; do
    [ -e "$state/options" ] || continue
    name=$(basename "$state")
    printf '%-16s %-14s %-8s %s\n' "$name" "$(address_of "$name")" \
      "$(host_pid "$name" >/dev/null && echo running || echo stopped)" "$(tr '\n' ' ' <"$state/options")"
  done
}

# inventory [NAME…]: an inventory in Ansible's YAML, for belay -i; without names, of all hosts.
inventory() {
  local name state group
  echo "# Made by lab/lab inventory. Host keys: --known-hosts $LAB_CACHE/known_hosts"
  echo "all:"
  echo "  vars:"
  echo "    ansible_user: $LAB_USER"
  echo "    ansible_ssh_private_key_file: $LAB_CACHE/keys/id_ed25519"
  echo "  children:"
  for group in control_plane plain; do
    echo "    $group:"
    echo "      hosts:"
    for state in "$LAB_CACHE"/hosts/*/; do
      name=$(basename "$state")
      [ -e "$state/options" ] || continue
      if [ $# -gt 0 ]; then case " $* " in *" $name "*) ;; *) continue ;; esac; fi
      mapfile -t options <"$state/options"
      read_options "${options[@]}"
      [ "$(echo "$KIND" | tr - _)" = "$group" ] || continue
      printf '        %s:\n          ansible_host: %s\n' "$name" "$(address_of "$name")"
    done
  done
}
