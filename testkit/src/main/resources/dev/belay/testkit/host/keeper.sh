# Builds the private tree of an embedded host and then stays as its process 1.
#
# Runs as process 1 of new mount, process, network, UTS and IPC namespaces; as an ordinary user
# also in a new user namespace. Arguments: SCRATCH (an empty directory, hidden behind the mounts
# made here), NODE (host name), SHELL (the program behind /bin/sh).
# Prints "keeper PID" once the tree is ready, PID as seen by whoever started it.
# Ends, and takes every process of the host with it, when its standard input ends.
set -eu
scratch=$1 node=$2 shell=$3
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
umask 022

doing() { step=$*; }
trap 'status=$?; [ $status -eq 0 ] || echo "belay: failed while: $step" >&2' EXIT

# /proc/self names the shell by the numbers of the old process namespace: nsenter needs that one.
read -r outer_pid rest </proc/self/stat

doing "mount a tmpfs"
mkdir "$scratch/memory" "$scratch/disk" "$scratch/tree"
mount -t tmpfs -o mode=0755,nosuid,nodev belay-layers "$scratch/memory"
mount -t tmpfs -o mode=0755,nosuid,nodev belay-host "$scratch/tree"
root=$scratch/tree
cd "$root"

# Copies what the namespace may read. Owners are dropped: a user namespace knows only itself,
# and everything copied here belongs to root anyway.
copy() { cp -dR --preserve=mode,timestamps,links "$@" 2>/dev/null || :; }

# Prepares a writable layer over the directory $1 of the machine, to be mounted at $2, and sets
# upper. Directories that packages write to are made anew in the upper layer: in a user namespace
# the lower ones belong to nobody, and only an upper directory of the same name makes them writable.
layer() {
  lower=$1 place=$2 name=$(echo "$2" | tr / _)
  shift 2
  upper=$layers/$name/upper work=$layers/$name/work
  mkdir -p "$place" "$upper" "$work"
  for dir in "$@"; do
    [ -d "$lower/$dir" ] && [ ! -L "$lower/$dir" ] && mkdir -p "$upper/$dir"
  done
  return 0
}

# Mounts the layer prepared last.
lay() {
  mount -t overlay -o "nodev$style,lowerdir=$lower,upperdir=$upper,workdir=$work" \
    belay-overlay "$place"
}

# Succeeds if new directories can be renamed in layers below $1; dpkg does that all the time. The
# kernel keeps a note of them in trusted.* attributes, or in user.* ones in a user namespace; tmpfs
# has the latter since Linux 6.6. Sets style.
renames_work_in() {
  for style in "" ,userxattr; do
    layers=$1/try${style#,}
    mkdir -p "$layers/lower/dir"
    layer "$layers/lower" "$layers/mounted" dir
    lay 2>>"$scratch/why" || continue
    works=0
    perl -e 'mkdir "$_/dir/a" and rename "$_/dir/a", "$_/dir/b" or die "$!\n" for @ARGV' \
      "$place" 2>>"$scratch/why" || works=1
    umount "$place"
    layers=$1
    [ $works -ne 0 ] || return 0
  done
  return 1
}

doing "find a place for overlay layers, in memory or in the directory for temporary files"
renames_work_in "$scratch/memory" || renames_work_in "$scratch/disk" || {
  cat "$scratch/why" >&2
  exit 1
}

doing "lay an overlay over /usr"
layer /usr usr \
  bin sbin lib lib/systemd lib/systemd/system lib/tmpfiles.d lib/sysusers.d libexec \
  include local local/bin local/sbin local/lib local/share \
  share share/doc share/man share/man/man1 share/man/man5 share/man/man8 share/keyrings \
  share/lintian share/lintian/overrides share/bash-completion share/bash-completion/completions \
  src
lay
for dir in bin sbin lib lib32 lib64 libx32; do
  if [ -L "/$dir" ]; then
    copy "/$dir" "$dir"
  elif [ -d "/$dir" ]; then
    layer "/$dir" "$dir"
    lay
  fi
done

doing "make the tree"
mkdir -p dev proc sys run/lock home mnt media opt srv boot \
  var/lib/apt/lists/partial var/lib/misc var/cache/apt/archives/partial \
  var/cache/debconf var/cache/ldconfig var/log/apt var/mail var/spool var/local var/backups
mkdir -m 0700 root
mkdir -m 1777 tmp var/tmp
ln -s /run var/run
ln -s /run/lock var/lock

doing "copy /etc"
mkdir etc
for entry in /etc/* /etc/.[!.]*; do
  case ${entry#/etc/} in
    apt | kubernetes | falco | cni | containerd | shadow* | gshadow* | ssl | hosts | hostname | \
      machine-id | resolv.conf | '*' | '.[!.]*' | .pwd.lock) ;;
    *) copy "$entry" etc/ ;;
  esac
done
rm -f etc/ssh/ssh_host_*_key
echo "$node" >etc/hostname
printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$node" >etc/hosts
: >etc/resolv.conf
echo 0123456789abcdef0123456789abcdef >etc/machine-id
mkdir etc/ssl
copy /etc/ssl/certs etc/ssl/
while IFS=: read -r name rest; do echo "$name:*:20000:0:99999:7:::"; done </etc/passwd >etc/shadow
while IFS=: read -r name rest; do echo "$name:*::"; done </etc/group >etc/gshadow
chmod 0640 etc/shadow etc/gshadow

# One overlay over all of it, because dpkg renames between its directories. Everything but the many
# files of info/ is copied: in a user namespace a lower file cannot be opened for writing.
if [ -d /var/lib/dpkg ]; then
  doing "lay an overlay over /var/lib/dpkg"
  layer /var/lib/dpkg var/lib/dpkg alternatives info parts triggers updates
  for entry in /var/lib/dpkg/*; do
    [ "$entry" = /var/lib/dpkg/info ] || copy "$entry" "$upper/"
  done
  for lock in lock lock-frontend triggers/Lock; do
    rm -f "$upper/$lock"
    : >"$upper/$lock"
  done
  lay
fi

doing "fill /dev"
mount -t tmpfs -o mode=0755,nosuid,nodev belay-dev dev
for node_file in null zero full random urandom tty; do
  : >"dev/$node_file"
  mount --bind "/dev/$node_file" "dev/$node_file"
done
mkdir dev/pts
mkdir -m 1777 dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 belay-pts dev/pts 2>/dev/null || :
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
ln -s /proc/self/fd/1 dev/stdout
ln -s /proc/self/fd/2 dev/stderr

doing "mount /proc"
mount -t proc -o nosuid,nodev,noexec proc proc
# Kernel settings are the machine's: nothing in the host may write them.
for setting in sys sysrq-trigger; do
  [ -e "proc/$setting" ] || continue
  mount --bind "proc/$setting" "proc/$setting"
  mount -o remount,bind,ro,nosuid,nodev,noexec "proc/$setting"
done
mount -t sysfs -o ro,nosuid,nodev,noexec sysfs sys 2>/dev/null || :

doing "change the root"
mkdir .machine
pivot_root . .machine
cd /
umount -l .machine
rmdir .machine

doing "name the host"
hostname "$node" 2>/dev/null || echo "$node" >/proc/sys/kernel/hostname 2>/dev/null || :

doing "choose the shell"
if [ "$shell" != /bin/sh ]; then
  [ -x "$shell" ] || { echo "belay: no such shell on this machine: $shell" >&2; exit 1; }
  ln -s "$shell" /bin/sh.belay
  mv -T /bin/sh.belay /bin/sh
fi

doing "bring the loopback interface up"
ip link set lo up 2>/dev/null || perl -e '
  socket(my $s, 2, 2, 0) or die "socket: $!";
  my $request = pack("a16 s x22", "lo", 0x41);
  ioctl($s, 0x8914, $request) or die "SIOCSIFFLAGS: $!";'

echo "keeper $outer_pid"
# With this signal ignored the kernel reaps every orphan; nothing here has to wait for them.
trap '' CHLD
trap - EXIT
exec cat >/dev/null
