# Debian trees that hosts are made of. A tree is built once and never written again: every host is an
# overlay above it.

LAB_RELEASES="bullseye bookworm trixie"
HOST_PACKAGES=systemd,systemd-sysv,dbus,openssh-server,sudo,iproute2,procps,ca-certificates,curl,libpam-systemd,strace,iptables

# ensure_tree RELEASE: builds the tree of a plain host where the cache has none.
ensure_tree() {
  [ -e "$LAB_CACHE/trees/$1.ready" ] || alone build_tree "$1"
}

build_tree() {
  [ ! -e "$LAB_CACHE/trees/$1.ready" ] || return 0
  require_space 3
  say "The tree of Debian $1 is built once from $LAB_MIRROR (kept in $LAB_CACHE/trees/$1):"
  step "1 to 2 min" "Building Debian $1" plain_tree "$1"
}

# bookworm has no python3 at all, since a target must need nothing but sh and coreutils; the others do.
plain_tree() {
  local more=""
  [ "$1" = bookworm ] || more=,python3-minimal
  debian_tree "$1" "$1" "$HOST_PACKAGES$more"
  touch "$LAB_CACHE/trees/$1.ready"
}

# debian_tree NAME RELEASE PACKAGES: builds a tree that boots, with sshd and the lab's user.
debian_tree() {
  local tree="$LAB_CACHE/trees/$1"
  rm -rf --one-file-system "$tree" && mkdir -p "$LAB_CACHE/trees"
  sources "$2" | quietly mmdebstrap --variant=minbase --include="$3" "$2" "$tree" -
  furnish_tree "$tree"
}

# What a machine gets after it was installed: a user with sudo, keys, an sshd that is as Debian has it,
# and the lab's own package repository as the only source, so that no test depends on a mirror.
furnish_tree() {
  local tree=$1
  ensure_keys
  in_tree "$tree" useradd --create-home --shell /bin/sh "$LAB_USER"
  printf '%s ALL=(ALL) NOPASSWD: ALL\n' "$LAB_USER" >"$tree/etc/sudoers.d/$LAB_USER"
  chmod 0440 "$tree/etc/sudoers.d/$LAB_USER"
  install -d -m 0700 "$tree/root/.ssh" "$tree/home/$LAB_USER/.ssh"
  cp "$LAB_CACHE/keys/id_ed25519.pub" "$tree/root/.ssh/authorized_keys"
  cp "$LAB_CACHE/keys/id_ed25519.pub" "$tree/home/$LAB_USER/.ssh/authorized_keys"
  in_tree "$tree" chown -R "$LAB_USER:$LAB_USER" "/home/$LAB_USER/.ssh"
  rm -f "$tree"/etc/ssh/ssh_host_*
  : >"$tree/etc/machine-id"
  mkdir -p "$tree/etc/apt/sources.list.d" "$tree$FALCO_REPOSITORY"
  echo "# Debian's own sources are left out: a lab host reaches nothing but its own files." >"$tree/etc/apt/sources.list"
  echo "deb [trusted=yes] file:$FALCO_REPOSITORY ./" >"$tree/etc/apt/sources.list.d/belay-lab.list"
  # There is no terminal to log in at, and no clock of the host's own to set.
  in_tree "$tree" systemctl mask console-getty.service getty.target systemd-timesyncd.service \
    apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer
}

# One key pair for the lab, which opens lab hosts only.
ensure_keys() {
  [ -e "$LAB_CACHE/keys/id_ed25519" ] && return
  mkdir -p "$LAB_CACHE/keys" && chmod 0700 "$LAB_CACHE/keys"
  ssh-keygen -q -t ed25519 -N '' -C belay-lab -f "$LAB_CACHE/keys/id_ed25519"
}
