# Words every part of the lab uses: where things are kept, how it speaks, how it fails.
# Sourced by lab/lab; needs bash.

LAB_CACHE="${BELAY_LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/belay-lab}"
LAB_MIRROR="${BELAY_LAB_MIRROR:-http://deb.debian.org/debian}"
LAB_SECURITY_MIRROR="${BELAY_LAB_SECURITY_MIRROR:-http://deb.debian.org/debian-security}"
LAB_JOBS="${BELAY_LAB_JOBS:-$(nproc)}"
# The first two numbers of every lab address; host number N is 10.77.N.2, its outer end 10.77.N.1.
LAB_NETWORK="${BELAY_LAB_NETWORK:-10.77}"
LAB_USER=ops

say() { printf '%s\n' "$*"; }

# die WHAT [DO]: one line that says what is wrong, one that says what to do about it.
die() {
  printf 'lab: %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '     %s\n' "$line" >&2; done
  exit 1
}

# Builds run behind everything else on the machine.
quietly() { nice -n 19 ionice -c3 "$@"; }

# step ESTIMATE TEXT FUNCTION [ARGUMENT…]: runs a function of the lab in a process of its own (so that
# `set -e` holds in it whatever the caller is doing), its output in a log, and shows that it is alive.
step() {
  local estimate=$1 text=$2 log started pid rc=0
  shift 2
  mkdir -p "$LAB_CACHE/log"
  log="$LAB_CACHE/log/$1.log"
  started=$SECONDS
  printf '  %s (about %s) ' "$text" "$estimate"
  "$LAB_HOME/lab" _step "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 1
    if [ $(((SECONDS - started) % 15)) -eq 14 ]; then printf '.'; fi
  done
  wait "$pid" || rc=$?
  if [ "$rc" -ne 0 ]; then
    printf ' failed after %d s\n' $((SECONDS - started))
    tail -n 20 "$log" | sed 's/^/    | /' >&2
    die "$text failed (exit $rc)." "The whole log is $log; run the same command again to go on from here."
  fi
  printf ' %d s\n' $((SECONDS - started))
}

# Refuses, with the way out, a machine that cannot hold the lab.
require_machine() {
  [ "$(uname -s)" = Linux ] || die "the lab needs Linux: it boots systemd in network namespaces of its own."
  [ "$(id -u)" = 0 ] || die "the lab needs root: it makes network namespaces, mounts overlays and boots hosts." \
    "Run it as root (sudo -E lab/lab …) on a machine or virtual machine of your own."
  [ -e /etc/debian_version ] && command -v apt-get >/dev/null ||
    die "the lab needs Debian: its hosts and its Kubernetes are built from Debian's own packages." \
      "Run it on Debian 12 or newer (a virtual machine will do)."
  local missing="" word
  for word in mmdebstrap:mmdebstrap systemd-nspawn:systemd-container ip:iproute2 ssh:openssh-client \
    nsenter:util-linux flock:util-linux ionice:util-linux; do
    command -v "${word%%:*}" >/dev/null || missing="$missing ${word##*:}"
  done
  [ -z "$missing" ] || install_tools $missing
}

# The lab's own tools, from the machine's Debian. Only ever adds packages, and says which.
install_tools() {
  say "The lab needs these Debian packages on this machine and installs them now: $*"
  step "30 s" "Installing $*" install_packages "$@"
}

install_packages() {
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

# require_space GIGABYTES: refuses to start what would fill the disk half way.
require_space() {
  mkdir -p "$LAB_CACHE"
  local free
  free=$(df --output=avail -BG "$LAB_CACHE" | tail -n 1 | tr -dc 0-9)
  [ "$free" -ge "$1" ] || die "building this needs about $1 GB below $LAB_CACHE, and there are only $free GB." \
    "Free some, or set BELAY_LAB_CACHE to a folder on a larger disk."
}

# locked FUNCTION …: builds and address choices of two labs on one machine wait for each other.
locked() {
  mkdir -p "$LAB_CACHE"
  exec 9>"$LAB_CACHE/lock"
  if ! flock -n 9; then
    say "Another lab command holds $LAB_CACHE/lock; waiting for it."
    flock 9
  fi
  "$@"
  exec 9>&-
}

# alone FUNCTION …: pieces are built by one lab command at a time; others wait, and then find them built.
alone() {
  mkdir -p "$LAB_CACHE"
  exec 8>"$LAB_CACHE/build.lock"
  if ! flock -n 8; then
    say "Another lab command is building in $LAB_CACHE; waiting for it."
    flock 8
  fi
  "$@"
  exec 8>&-
}

# sources RELEASE [src]: the apt lines of a Debian release.
sources() {
  local kind
  for kind in deb ${2:+deb-src}; do
    echo "$kind $LAB_MIRROR $1 main"
    echo "$kind $LAB_SECURITY_MIRROR $1-security main"
  done
}

# in_tree DIR COMMAND…: runs a command inside a tree, with /proc, /sys and /dev, in mount and process
# namespaces of its own: nothing stays mounted and nothing stays running when it ends, however it ends.
in_tree() {
  local dir=$1
  shift
  quietly unshare --mount --pid --fork --kill-child sh -c '
    dir=$1; shift
    mount -t proc proc "$dir/proc" && mount --rbind /dev "$dir/dev" && exec chroot "$dir" "$@"
  ' in_tree "$dir" env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
