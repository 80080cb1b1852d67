# Functions for Debian packages, appended to prelude.sh. They are called only where dpkg is, so beside
# coreutils they use what dpkg itself needs: tar, sed and grep.

# b_dpkg: sees that this host has dpkg and apt at all.
b_dpkg() {
  for B_T in dpkg-query apt-get apt-cache; do
    command -v "$B_T" >/dev/null 2>&1 || { echo "$B_T is not there" >&2; return 1; }
  done
}

# b_program NAME: sets B_CMD to where a program lies; busybox's shell would else run its own dpkg or tar.
b_program() {
  B_CMD=$1; B_T=$PATH:
  while [ -n "$B_T" ]; do
    [ ! -x "${B_T%%:*}/$1" ] || { B_CMD=${B_T%%:*}/$1; break; }
    B_T=${B_T#*:}
  done
}

# b_version NAME: prints the version that is installed and configured, nothing where there is none.
b_version() {
  dpkg-query -W -f '${db:Status-Abbrev}:${Version}\n' -- "$1" 2>/dev/null | while IFS=: read -r B_T B_V; do
    case $B_T in ?'i ') printf '%s\n' "$B_V"; break ;; esac
  done
}

# b_apt_cache ARGUMENT...: apt-cache without a trace. It would write the host's own cache of package
# lists anew; it gets a copy in memory instead, or none, which takes longer.
b_apt_cache() (
  B_TMP=; B_CACHE=/var/cache/apt/pkgcache.bin
  if [ -r "$B_CACHE" ] && B_TMP=$(mktemp -d /dev/shm/belay.XXXXXX 2>/dev/null); then
    trap 'rm -rf -- "$B_TMP"' EXIT; trap 'exit 129' HUP INT TERM
    cp -p -- "$B_CACHE" "$B_TMP/cache" && B_CACHE=$B_TMP/cache || B_CACHE=
  else B_CACHE=; fi
  apt-cache -o "Dir::Cache::pkgcache=$B_CACHE" -o Dir::Cache::srcpkgcache= "$@"
)

# b_candidates NAME...: prints `NAME VERSION` for each package that apt could install. The lines of
# apt-cache policy: one `NAME:`, then `  Candidate: VERSION`.
b_candidates() {
  b_apt_cache policy -- "$@" 2>/dev/null | while read -r B_K B_V; do
    case $B_K in
      Candidate:) [ "$B_V" = '(none)' ] || printf '%s %s\n' "$B_N" "$B_V" ;;
      *:) [ -n "$B_V" ] || B_N=${B_K%:} ;;
    esac
  done
}

# b_time PATH: when it was last modified, in seconds; 0 where nothing is.
b_time() { stat -c %Y -- "$1" 2>/dev/null || echo 0; }

# b_lists: prints `fresh` where apt's lists were refreshed within a day and name all sources, else
# `stale`. apt-get update touches lists/partial always, lists itself only when something was new.
b_lists() {
  B_LISTS=/var/lib/apt/lists
  B_NEW=$(b_time /var/lib/apt/periodic/update-success-stamp); B_T=$(b_time "$B_LISTS")
  [ "$B_T" -le "$B_NEW" ] || B_NEW=$B_T
  for B_F in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
    [ "$(b_time "$B_F")" -le "$B_NEW" ] || { echo stale; return 0; }
  done
  B_T=$(b_time "$B_LISTS/partial")
  [ "$B_T" -le "$B_NEW" ] || B_NEW=$B_T
  if [ "$B_NEW" -gt $(($(date +%s) - 86400)) ]; then echo fresh; else echo stale; fi
}

# b_package NAME: the answer of PackageFact.
b_package() {
  b_dpkg || return 1
  B_T=$(dpkg-query -W -f '${Version}\n' -- "$1" 2>&1)
  [ $? -lt 2 ] || { printf '%s\n' "$B_T" >&2; return 1; }
  B_VERSION=$(b_version "$1")
  printf '%s\n' "$B_VERSION"
  if [ -n "$B_VERSION" ]; then printf '\nfresh\n'; return 0; fi
  B_V=$(b_candidates "$1") || B_V=
  printf '%s\n' "${B_V##* }"
  b_lists
}

# b_first_error FILE: the first thing apt complains of, in one line.
b_first_error() {
  B_T=$(sed -n -e 's/^E: //p' -- "$1" | head -n 1)
  printf '%s\n' "${B_T:-apt-get gave no reason}"
}

# b_deb_apt ARGUMENT...: apt-get that writes into $B_TMP only.
b_deb_apt() {
  timeout 60 apt-get -q -o "Dir::Cache=$B_TMP" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
    -o Acquire::Retries=0 -o Acquire::http::Timeout=15 -o Acquire::https::Timeout=15 "$@" 2>"$B_TMP/err" </dev/null && return 0
  if [ $? = 124 ]; then echo "the download took more than 60 seconds" >&2
  else b_first_error "$B_TMP/err" >&2; fi
  return 1
}

# b_deb NAME LIMIT PATH...: the answer of DebFact. The package is downloaded into memory where that
# is possible, and nothing of it stays.
b_deb() (
  b_dpkg || exit 1
  B_NAME=$1; B_LIMIT=$2; shift 2
  B_TMP=$(mktemp -d /dev/shm/belay.XXXXXX 2>/dev/null) || B_TMP=$(mktemp -d) || exit 1
  trap 'rm -rf -- "$B_TMP"' EXIT; trap 'exit 129' HUP INT TERM
  umask 022; TMPDIR=$B_TMP; export TMPDIR
  chown _apt -- "$B_TMP" 2>/dev/null # apt downloads as this user
  cd -- "$B_TMP" && mkdir tree || exit 1
  B_T=$(b_deb_apt download --print-uris -- "$B_NAME") || exit 1
  B_SIZE=${B_T#*\' }; B_SIZE=${B_SIZE#* }; B_SIZE=${B_SIZE%% *}
  case $B_SIZE in ''|*[!0-9]*) echo "apt-get does not say how large it is" >&2; exit 1 ;; esac
  [ "$B_SIZE" -le "$B_LIMIT" ] || { echo "it has $B_SIZE bytes, more than the $B_LIMIT that are downloaded for a look" >&2; exit 1; }
  b_deb_apt download -- "$B_NAME" >/dev/null || exit 1
  b_deb_unpack "$@"
  [ ! -e bad ] || { tail -n 1 err >&2; exit 1; }
  b_deb_print "$@"
)

# b_deb_other PATH: sets B_ALT to the path's other name where /bin, /sbin and /lib* are links into
# /usr: packages hold either.
b_deb_other() {
  case $1 in
    /usr/bin/*|/usr/sbin/*|/usr/lib*) B_ALT=${1#/usr} ;;
    /bin/*|/sbin/*|/lib*) B_ALT=/usr$1 ;;
    *) B_ALT=$1 ;;
  esac
}

# b_deb_unpack PATH...: unpacks what the package in the working directory holds there into tree.
b_deb_unpack() {
  B_N=$#
  while [ "$B_N" -gt 0 ]; do
    b_deb_other "$1"; set -- "$@" ".$1" ".$B_ALT"; shift; B_N=$((B_N - 1))
  done
  b_program dpkg-deb; B_DEB=$B_CMD; b_program tar
  { "$B_DEB" --fsys-tarfile ./*.deb 2>err || : >bad; } |
    "$B_CMD" -xp -f - -C tree --no-recursion --no-same-owner -- "$@" 2>/dev/null
}

# b_deb_print PATH...: prints what was unpacked, as DebFact reads it. Links and devices are left out.
b_deb_print() {
  B_N=0
  for B_F in "$@"; do
    b_deb_other "$B_F"
    for B_AT in "tree$B_F" "tree$B_ALT"; do
      if [ -L "$B_AT" ]; then continue; fi
      if [ -d "$B_AT" ]; then printf '%s d %s 0\n' "$B_N" "$(stat -c %a -- "$B_AT")"; break; fi
      if [ -f "$B_AT" ]; then
        printf '%s f %s\n' "$B_N" "$(stat -c '%a %s' -- "$B_AT")"; cat -- "$B_AT"; break
      fi
    done
    B_N=$((B_N + 1))
  done
}

# b_packages: one line for each package dpkg knows: state, name, version.
b_packages() { dpkg-query -W -f '${db:Status-Abbrev} ${binary:Package} ${Version}\n'; }

# b_present and b_known filter the output of b_packages: `NAME VERSION` of packages whose files are
# there, and of those together with the ones whose configuration is.
b_present() {
  while read -r B_K B_T B_V; do case $B_K in ?[nc]*) ;; *) printf '%s %s\n' "$B_T" "$B_V" ;; esac; done | sort
}
b_known() {
  while read -r B_K B_T B_V; do case $B_K in ?n*) ;; *) printf '%s\n' "$B_T" ;; esac; done | sort
}

# b_lock_holder FILE: prints process number and command line of who has locked a file.
b_lock_holder() {
  B_INODE=$(stat -c %i -- "$1" 2>/dev/null) || return 1
  while read -r B_T B_T B_T B_T B_PID B_AT B_T; do
    case $B_AT in
      *:"$B_INODE")
        B_T=$(tr '\0\n' '  ' <"/proc/$B_PID/cmdline" 2>/dev/null | cut -c 1-100)
        printf 'process %s (%s)' "$B_PID" "${B_T% }"; return 0 ;;
    esac
  done </proc/locks
  return 1
}

# b_locked FILE: sets B_LOCK to the lock that apt-get or dpkg could not get, by what they said.
b_locked() {
  B_LOCK=$(sed -n -e 's/^E: Could not get lock \(\/[^ ]*\).*/\1/p' -- "$1" | head -n 1)
  B_LOCK=${B_LOCK%.}
  [ -n "$B_LOCK" ] || ! grep -q '^dpkg: error: .* lock' -- "$1" || B_LOCK=/var/lib/dpkg/lock-frontend
  [ -n "$B_LOCK" ]
}

# b_patient LOG COMMAND...: runs it without questions, again and again while somebody else holds a
# lock of apt or dpkg, until the time B_UNTIL. apt's own DPkg::Lock::Timeout does not wait for all of
# its locks, and old versions have none.
b_patient() {
  B_LOG=$1; shift
  while :; do
    "$@" >"$B_LOG" 2>&1 </dev/null && return 0
    b_locked "$B_LOG" || { b_complaints "$B_LOG" >&2; return 1; }
    if [ "$(date +%s)" -ge "$B_UNTIL" ]; then
      B_T=$(b_lock_holder "$B_LOCK") || B_T=$(sed -n -e 's/.*is held by \(process [0-9]* ([^)]*)\).*/\1/p' -- "$B_LOG" | head -n 1)
      printf '%s is locked by %s\n' "$B_LOCK" "${B_T:-another process}" >&2
      return 1
    fi
    sleep 1
  done
}

# b_complaints LOG: what apt-get and dpkg say went wrong, then the last lines that are not progress.
b_complaints() {
  grep -E '^(E: |W: Failed|dpkg: error)' -- "$1" | head -n 8
  grep -E -v '^(E: |W: |Err:|Ign:|Get:|Hit:|Fetched |dpkg: error|Reading |Building |Selecting |Preparing |Unpacking |\(Reading |The following |Need to get|After this|[0-9]+ upgraded|debconf: delaying|  )' -- "$1" | tail -n 8
}

# b_mute: no package script asks anything, or restarts services that are not its own.
b_mute() {
  umask 022
  DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical APT_LISTCHANGES_FRONTEND=none
  NEEDRESTART_SUSPEND=1 NEEDRESTART_MODE=l UCF_FORCE_CONFFOLD=1
  export DEBIAN_FRONTEND DEBIAN_PRIORITY APT_LISTCHANGES_FRONTEND NEEDRESTART_SUSPEND NEEDRESTART_MODE UCF_FORCE_CONFFOLD
}

# b_apt_get ARGUMENT...: apt-get that asks nothing, keeps edited configuration files and leaves no
# packages behind in its cache. How far it is goes to $B_TELL, where a job has set it.
b_apt_get() {
  b_patient "$B_DIR/apt-$1.log" apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=0 \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold \
    -o APT::Keep-Downloaded-Packages=false -o Acquire::Retries=1 -o APT::Status-Fd=9 "$@" 9>>"${B_TELL:-/dev/null}"
}

# b_refresh: apt-get update. It leaves the time of the lists alone when nothing was new.
b_refresh() { b_apt_get update && touch -- /var/lib/apt/lists; }

# b_broken LIST: fails when dpkg was interrupted before, and says what to do. It is not mended here:
# whoever interrupted it should see what comes of it.
b_broken() {
  B_T=$(while read -r B_K B_T B_V; do case $B_K in ?[HUF]*|??R*) printf '%s ' "$B_T" ;; esac; done <"$1")
  for B_F in /var/lib/dpkg/updates/[0-9]*; do
    [ ! -e "$B_F" ] || B_T="${B_T}(unfinished database update) "
  done
  [ -z "$B_T" ] && return 0
  echo "dpkg was interrupted earlier and left half done: ${B_T% }; run \`dpkg --configure -a\` on the host first" >&2
  return 1
}

# b_unknown NAME...: prints the packages that apt could not install.
b_unknown() {
  B_HAVE=$(b_candidates "$@")
  for B_F in "$@"; do
    case "
$B_HAVE
" in *"
$B_F "*) ;; *) printf '%s ' "$B_F" ;; esac
  done
}

# b_install refresh|keep SECONDS NAME...: installs packages; removes none for their sake, since no
# undo could bring those back. $B_DIR is the journal entry and gets the lists for the undo.
b_install() (
  : "${B_DIR:?}"
  b_dpkg || exit 1
  B_REFRESH=$1; B_UNTIL=$(($(date +%s) + $2)); shift 2
  # A second attempt finds what the first has installed, which the undo must not take for older.
  [ -s "$B_DIR/packages.before" ] || b_packages >"$B_DIR/packages.before" && b_sync "$B_DIR/packages.before" "$B_DIR" || exit 1
  b_broken "$B_DIR/packages.before" || exit 1
  b_mute
  [ "$B_REFRESH" = refresh ] || [ -z "$(b_unknown "$@")" ] || B_REFRESH=refresh
  if [ "$B_REFRESH" = refresh ]; then
    b_refresh || exit 1
    B_T=$(b_unknown "$@")
    if [ -n "$B_T" ]; then
      echo "no repository of this host has ${B_T% }" >&2; grep '^[EW]: ' -- "$B_DIR/apt-update.log" | head -n 4 >&2; exit 1
    fi
  fi
  b_apt_get install --no-remove -- "$@" 2>"$B_DIR/err" || b_install_again "$@" || exit 1
  (umask 077; b_packages >"$B_DIR/packages.after") && b_sync "$B_DIR/packages.after" "$B_DIR"
  for B_F in "$@"; do
    [ -n "$(b_version "$B_F")" ] || { echo "apt-get succeeded, but $B_F is not installed" >&2; exit 1; }
  done
)

# b_install_again NAME...: once more after a refresh, when a package has gone from its repository.
b_install_again() {
  if [ "$B_REFRESH" = keep ] && grep -q '^E: Failed to fetch' -- "$B_DIR/apt-install.log"; then
    b_refresh && b_apt_get install --no-remove -- "$@"
  else cat -- "$B_DIR/err" >&2; return 1; fi
}

# b_uninstall SECONDS: purges what the b_install of the entry $B_DIR brought, and nothing else. A
# package that had left its configuration before leaves it again.
b_uninstall() (
  : "${B_DIR:?}"
  [ -s "$B_DIR/packages.before" ] || exit 0
  B_UNTIL=$(($(date +%s) + $1)); B_TMP=$B_DIR/undo.tmp
  mkdir -p -- "$B_TMP" && b_packages >"$B_TMP/packages" || exit 1
  B_AFTER=$B_DIR/packages.after; [ -s "$B_AFTER" ] || B_AFTER=$B_TMP/packages
  b_present <"$B_DIR/packages.before" >"$B_TMP/before"; b_known <"$B_DIR/packages.before" >"$B_TMP/before.known"
  b_present <"$B_AFTER" >"$B_TMP/after"; b_present <"$B_TMP/packages" >"$B_TMP/now"
  b_known <"$B_AFTER" >"$B_TMP/after.known"; b_known <"$B_TMP/packages" >"$B_TMP/now.known"
  for B_F in before after now; do cut -d ' ' -f 1 <"$B_TMP/$B_F" >"$B_TMP/$B_F.names"; done
  B_REMOVE=$(comm -13 "$B_TMP/before.names" "$B_TMP/after.names" | comm -12 - "$B_TMP/now.names")
  B_PURGE=$(comm -13 "$B_TMP/before.known" "$B_TMP/after.known" | comm -12 - "$B_TMP/now.known")
  b_mute
  b_dpkg_run --remove $B_REMOVE && b_dpkg_run --purge $B_PURGE; B_RC=$?
  join -- "$B_TMP/before" "$B_TMP/after" | while read -r B_F B_T B_V; do
    [ "$B_T" = "$B_V" ] || echo "$B_F was upgraded from $B_T to $B_V and stays so" >&2
  done
  rm -rf -- "$B_TMP"
  exit "$B_RC"
)

# b_dpkg_run --remove|--purge NAME...: fails when another package needs one of them; tried without
# acting first, for a refused removal leaves the package marked.
b_dpkg_run() {
  [ $# -gt 1 ] || return 0
  b_program dpkg
  b_patient "$B_DIR/dpkg$1.log" "$B_CMD" --no-act --force-remove-reinstreq "$@" &&
    b_patient "$B_DIR/dpkg$1.log" "$B_CMD" --force-remove-reinstreq "$@"
}

# b_brought JOURNAL PATH: whether PATH belongs to a package that the run of this journal installed.
b_brought() {
  B_OWN=
  for B_V in "$1"/[0-9]*/packages.before; do
    [ -s "$B_V" ] || continue
    [ -n "$B_OWN" ] || B_OWN=$(dpkg-query -S -- "$2" 2>/dev/null) || return 1
    b_present <"$B_V" | cut -d ' ' -f 1 | grep -qxF -- "${B_OWN%%: *}" || return 0
  done
  return 1
}
