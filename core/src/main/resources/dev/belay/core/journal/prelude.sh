# Functions that every resident shell gets first. POSIX sh and coreutils only; nothing here prints
# or changes anything until it is called. Exit codes of a change: 75 drift, 76 locked, 77 no journal.

# b_real PATH: sets B_AT to the path with links resolved, as far as they lead anywhere; keeps final
# newlines. The loop is for paths of which more than the last part does not exist.
b_real() {
  B_AT=$1 B_REST=
  until B_T=$(readlink -f -- "$B_AT" 2>/dev/null && printf x); do
    B_REST=/${B_AT##*/}$B_REST; B_AT=${B_AT%/*}; B_AT=${B_AT:-/}
  done
  B_AT=${B_T%?x}
  [ -z "$B_REST" ] || B_AT=${B_AT%/}$B_REST
}

# b_name NAME NUMBER: sets B_X to the name of a user or group, or to the number where the host knows
# no name (stat then says UNKNOWN) or one with blanks or signs that chown and we could misread.
b_name() {
  case $1 in
    UNKNOWN|''|[!A-Za-z0-9_]*|*[!A-Za-z0-9_.@$-]*) B_X=$2 ;;
    *) B_X=$1 ;;
  esac
}

# b_stat PATH: sets B_S to `MODE OWNER GROUP` of what lies at PATH itself, B_LINKS and B_SIZE.
b_stat() {
  B_S=$(stat -c '%a %u %g %h %s/%U/%G' -- "$1") || return 1
  B_G=${B_S##*/} B_U=${B_S#*/}; B_U=${B_U%/*}
  set -- ${B_S%%/*}
  B_LINKS=$4 B_SIZE=$5
  b_name "$B_U" "$2"; B_S="$1 $B_X"
  b_name "$B_G" "$3"; B_S="$B_S $B_X"
}

# b_sig PATH: one line that is equal for equal states of what lies at PATH itself.
b_sig() {
  if [ -L "$1" ]; then
    B_T=$(readlink -- "$1" && printf x); printf 'l %s' "${B_T%?x}"
  elif [ -f "$1" ]; then
    b_stat "$1" && B_H=$(sha256sum <"$1") && printf 'f %s %s' "$B_S" "${B_H%% *}"
  elif [ -d "$1" ]; then
    b_stat "$1" && printf 'd %s' "$B_S"
  elif [ -e "$1" ]; then printf o
  else printf -- -
  fi
}

# b_mounted PATH: whether something is mounted just there, as container engines do over /etc/hosts. In
# a line of mountinfo the place is followed by options, rw or ro first, see proc(5).
b_mounted() {
  case $(cat /proc/self/mountinfo 2>/dev/null) in *" $1 r"[wo][\ ,]*) return 0 ;; esac
  return 1
}

# b_file PATH f|n LIMIT: the answer of FileFact. Fails when the path cannot be looked at.
b_file() {
  if [ "$2" = f ]; then b_real "$1"
  else B_AT=${1%/*}; b_real "${B_AT:-/}"; B_AT=${B_AT%/}/${1##*/}; fi
  if [ -L "$B_AT" ]; then
    B_T=$(readlink -- "$B_AT" && printf x); B_T=${B_T%?x}
    printf 'l %s\n%s\n%s\n%s\n' "${#B_T}" "${#B_AT}" "$B_AT" "$B_T"
  elif [ -f "$B_AT" ]; then b_regular "$3"
  elif [ -d "$B_AT" ]; then
    B_W=r; [ ! -w "$B_AT" ] || [ ! -x "$B_AT" ] || B_W=w
    b_stat "$B_AT" && printf 'd %s %s\n%s\n%s\n' "$B_S" "$B_W" "${#B_AT}" "$B_AT"
  elif [ -e "$B_AT" ]; then printf 'o\n%s\n%s\n' "${#B_AT}" "$B_AT"
  else
    B_P=$B_AT
    while [ ! -e "$B_P" ]; do B_P=${B_P%/*}; [ -n "$B_P" ] || B_P=/; done
    [ ! -d "$B_P" ] || [ -x "$B_P" ] || { echo "permission denied in $B_P" >&2; return 1; }
    printf -- '-\n%s\n%s\n' "${#B_AT}" "$B_AT"
  fi
}

# b_regular LIMIT: the same for the regular file B_AT.
b_regular() {
  [ -r "$B_AT" ] || { echo "permission denied" >&2; return 1; }
  b_stat "$B_AT" || return 1
  B_W=r; [ ! -w "$B_AT" ] || B_W=w
  ! b_mounted "$B_AT" || B_W=m
  B_H=-
  if [ "$B_SIZE" -gt "$1" ]; then B_H=$(sha256sum <"$B_AT") || return 1; fi
  printf 'f %s %s %s %s %s\n%s\n%s\n' "$B_S" "$B_LINKS" "$B_SIZE" "${B_H%% *}" "$B_W" "${#B_AT}" "$B_AT"
  [ "$B_H" != - ] || cat -- "$B_AT"
}

# b_account passwd|group NAME: the answer of AccountFact: the name or number under which files of
# that user or group are listed, empty when there is none. Any number can own files.
b_account() {
  B_T=$(getent "$1" "$2" 2>/dev/null) || B_T=
  if [ -z "$B_T" ]; then
    while IFS= read -r B_K; do
      B_X=${B_K#*:*:}
      case $B_K in "$2":*) B_T=$B_K; break ;; esac
      [ "${B_X%%:*}" != "$2" ] || B_T=$B_K
    done <"/etc/$1"
  fi
  if [ -n "$B_T" ]; then
    B_X=${B_T#*:*:}; b_name "${B_T%%:*}" "${B_X%%:*}"; printf %s "$B_X"
  else
    case $2 in *[!0-9]*) ;; *) printf %s "$2" ;; esac
  fi
}

# b_user: the answer of UserFact: name, group, all groups by name and number, and whether it is root.
b_user() {
  B_U=$(id -u) && b_name "$(id -un 2>/dev/null)" "$B_U" && B_K=$B_X &&
    b_name "$(id -gn 2>/dev/null)" "$(id -g)" && printf '%s\n%s\n%s\n%s\n' "$B_K" "$B_X" "$(id -Gn 2>/dev/null) $(id -G)" "$B_U"
}

# b_dir PATH LIMIT: the answer of DirectoryFact.
b_dir() {
  for B_F in "$1"/*; do
    [ -f "$B_F" ] || continue
    B_S=$(stat -L -c %s -- "$B_F") || continue
    [ "$B_S" -le "$2" ] || B_S=0
    B_K=${B_F##*/}
    printf '%s %s\n%s\n' "${#B_K}" "$B_S" "$B_K"
    [ "$B_S" = 0 ] || cat -- "$B_F"
    echo
  done
}

# b_sync PATH...: what the paths hold survives a power cut from here on.
b_sync() { sync -- "$@" 2>/dev/null || sync; }

# b_home: sets B_HOME to the directory that holds all journals of this user.
b_home() {
  if [ "$(id -u)" = 0 ]; then B_HOME=/var/lib/belay
  else B_HOME=${XDG_STATE_HOME:-$HOME/.local/state}/belay; fi
}

# b_born PID: when a process started, so that a reused number is not taken for it.
b_born() {
  read -r B_T <"/proc/$1/stat" 2>/dev/null || return 1
  set -- ${B_T##*) }
  shift 19; printf %s "$1"
}

# b_holder: prints who holds the lock; succeeds only when the holder's shell still lives.
b_holder() {
  cat "$B_HOME/lock/owner" 2>/dev/null
  read -r B_PID B_BORN B_BOOT <"$B_HOME/lock/pid" 2>/dev/null || return 1
  [ "$B_BOOT" = "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)" ] && [ "$(b_born "$B_PID")" = "$B_BORN" ]
}

# b_open RUN OWNER HEADER: takes the lock and starts a journal. $B_SHELL is the resident shell.
b_open() {
  b_home
  (umask 077; mkdir -p -- "$B_HOME") || return 77
  if ! mkdir -m 700 -- "$B_HOME/lock" 2>/dev/null; then
    if b_holder >/dev/null; then b_holder >&2; return 76; fi
    printf 'stale '; b_holder
    mv -- "$B_HOME/lock" "$B_HOME/stale.$B_SHELL" && rm -rf -- "$B_HOME/stale.$B_SHELL" && mkdir -m 700 -- "$B_HOME/lock" || return 76
  fi
  printf '%s\n' "$2" >"$B_HOME/lock/owner" &&
  printf '%s %s %s\n' "$B_SHELL" "$(b_born "$B_SHELL")" "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)" >"$B_HOME/lock/pid" &&
  mkdir -m 700 -- "$B_HOME/$1" && printf %s "$3" >"$B_HOME/$1/run" && b_sync "$B_HOME/$1/run" "$B_HOME/$1" "$B_HOME" || { rm -rf -- "$B_HOME/lock"; return 77; }
}

# b_close RUN STATE: ends a journal with one word of state and gives the lock back.
b_close() {
  b_home
  printf %s "$2" >"$B_HOME/$1/end" && b_sync "$B_HOME/$1/end" "$B_HOME/$1"
  rm -rf -- "$B_HOME/lock"
}

# b_intend RUN SEQ INTENT UNDO: opens the entry of one change. UNDO may be empty.
b_intend() {
  b_home; B_DIR=$B_HOME/$1/$2; B_N=0
  mkdir -m 700 -- "$B_DIR" && printf %s "$3" >"$B_DIR/intent" && { [ -z "$4" ] || printf %s "$4" >"$B_DIR/undo"; } || return 77
}

# b_touch PATH BEFORE AFTER: refuses to go on when PATH is not as expected, else keeps a copy of it.
b_touch() {
  B_SEEN=$(b_sig "$1" && printf x) || return 77
  B_SEEN=${B_SEEN%x}
  if [ "$B_SEEN" != "$2" ]; then
    printf 'expected %s\nfound %s\n' "$2" "$B_SEEN" >&2; rm -rf -- "$B_DIR"; return 75
  fi
  B_N=$((B_N + 1)); B_J=$B_DIR/path.$B_N
  mkdir -m 700 -- "$B_J" && printf %s "$1" >"$B_J/path" && printf %s "$2" >"$B_J/before" && printf %s "$3" >"$B_J/after" || { rm -rf -- "$B_DIR"; return 77; }
  case $2 in f*|l*) b_copy "$1" "$B_J/copy" && { [ -L "$B_J/copy" ] || b_sync "$B_J/copy"; } || { rm -rf -- "$B_DIR"; return 77; } ;; esac
}

# b_intended: what was intended is on disk from here on.
b_intended() { b_sync "$B_DIR"/* "$B_DIR" || return 77; }

# b_done: the change of this entry is made.
b_done() { : >"$B_DIR/done" && b_sync "$B_DIR/done" "$B_DIR"; }

# b_copy FROM TO: a copy with mode, owners, times, links and, where cp can, extended attributes.
b_copy() { cp -P --preserve=all -- "$1" "$2" 2>/dev/null || cp -pP -- "$1" "$2"; }

# b_write PATH MODE OWNER GROUP: replaces the content with standard input, in one rename.
# A temporary name begins with a dot: a kubelet reads every other file of its directory.
b_write() {
  B_TMP=${1%/*}/.belay.$B_SHELL.tmp
  rm -f -- "$B_TMP"
  if [ -f "$1" ]; then
    b_copy "$1" "$B_TMP" && chmod -- 600 "$B_TMP"
  else (umask 077; : >"$B_TMP"); fi &&
  cat >"$B_TMP" && b_attributes "$B_TMP" "$2" "$3" "$4" && b_sync "$B_TMP" && mv -f -- "$B_TMP" "$1" || { rm -f -- "$B_TMP"; return 1; }
  b_sync "${1%/*}/"
}

# b_attributes PATH MODE OWNER GROUP: sets them, the mode last since chown clears some bits. With fewer
# than five digits GNU chmod would leave setuid and setgid of a directory as they are.
b_attributes() { chown -- "$3:$4" "$1" && chmod -- "0000$2" "$1"; }

# b_restore COPY BEFORE PATH: puts PATH back as it was, from the copy a journal kept.
b_restore() {
  B_TMP=${3%/*}/.belay.$B_SHELL.tmp
  case $2 in
    -) if [ -d "$3" ] && [ ! -L "$3" ]; then rmdir -- "$3"; else rm -f -- "$3"; fi ;;
    f*|l*) rm -f -- "$B_TMP"; b_copy "$1" "$B_TMP" && mv -f -- "$B_TMP" "$3" || { rm -f -- "$B_TMP"; return 1; } ;;
    d*) set -- "$3" $2
      if [ ! -d "$1" ]; then mkdir -m 700 -- "$1" || return 1; fi
      b_attributes "$1" "$3" "$4" "$5" ;;
  esac && b_sync "${3%/*}/"
}

# b_runs: prints every journal with its state, number of changes made, and header.
b_runs() {
  b_home
  for B_R in "$B_HOME"/[0-9]*; do
    [ -f "$B_R/run" ] || continue
    B_H=$(cat "$B_R/run" && printf x); B_H=${B_H%x}; B_E=unfinished
    if [ -f "$B_R/end" ]; then B_E=$(cat "$B_R/end")
    else case $(b_holder && echo lives) in *", run ${B_R##*/},"*lives) B_E=running ;; esac; fi
    set -- "$B_R"/[0-9]*/done; [ -e "$1" ] || shift
    printf '%s %s %s %s\n%s' "${B_R##*/}" "$B_E" "$#" "${#B_H}" "$B_H"
  done
}

# b_mark RUN STATE: notes how an earlier run stands now.
b_mark() { b_home; printf %s "$2" >"$B_HOME/$1/end" && b_sync "$B_HOME/$1/end"; }

# b_expect PATH BEFORE: refuses to go on when PATH is not as expected.
b_expect() {
  B_SEEN=$(b_sig "$1" && printf x) || return 1
  [ "${B_SEEN%x}" = "$2" ] || { printf 'expected %s\nfound %s\n' "$2" "${B_SEEN%x}" >&2; return 75; }
}

# b_owe NAME SCRIPT: notes that a handler has to run, until b_paid NAME.
b_owe() {
  mkdir -p -m 700 -- "$B_HOME/owed" && printf %s "$2" >"$B_HOME/owed/$1" && b_sync "$B_HOME/owed/$1" "$B_HOME/owed" || return 77
}
b_paid() { b_home; rm -f -- "$B_HOME/owed/$1"; rmdir -- "$B_HOME/owed" 2>/dev/null || :; }

# b_slurp FILE: sets B_X to the text of a file, empty when there is none.
b_slurp() { B_X=$(cat -- "$1" 2>/dev/null; printf x); B_X=${B_X%x}; }

# b_debts: the answer of DebtsFact.
b_debts() {
  b_home
  for B_F in "$B_HOME"/owed/*; do
    [ -f "$B_F" ] || continue
    b_slurp "$B_F"; B_K=${B_F##*/}
    printf '%s %s\n%s%s' "${#B_K}" "${#B_X}" "$B_K" "$B_X"
  done
}

# b_size FILE LIMIT: sets B_Z to the size of a regular file, or - when there is none or it is larger.
b_size() {
  B_Z=-
  if [ -f "$1" ] && [ ! -L "$1" ]; then
    B_Z=$(stat -c %s -- "$1") || B_Z=-
    [ "$B_Z" = - ] || [ "$B_Z" -le "$2" ] || B_Z=-
  fi
}

# b_journal RUN LIMIT: the answer of JournalFact.
b_journal() {
  b_home; B_D=$B_HOME/$1
  [ -f "$B_D/run" ] || return 1
  b_slurp "$B_D/end"; B_E=${B_X:-unfinished}
  b_slurp "$B_D/run"
  printf '%s %s %s\n%s%s' "$B_E" "${#B_D}" "${#B_X}" "$B_D" "$B_X"
  for B_F in "$B_D"/[0-9]*; do
    [ -f "$B_F/intent" ] || continue
    b_slurp "$B_F/intent"; B_I=$B_X; b_slurp "$B_F/undo"
    B_K=begun; [ ! -f "$B_F/done" ] || B_K=done
    set -- "$1" "$2" "$B_F"/path.*; [ -d "$3" ] || set -- "$1" "$2"
    printf '%s %s %s %s %s\n%s%s' "${B_F##*/}" "$B_K" "${#B_I}" "${#B_X}" "$(($# - 2))" "$B_I" "$B_X"
    B_LIMIT=$2
    while [ $# -gt 2 ]; do b_kept "$3" "$B_LIMIT"; B_R=$1; shift 3; set -- "$B_R" "$B_LIMIT" "$@"; done
  done
}
b_kept() {
  b_slurp "$1/path"; B_P=$B_X; b_slurp "$1/before"; B_B=$B_X; b_slurp "$1/after"; B_A=$B_X
  B_N=$(b_sig "$B_P" && printf x); B_N=${B_N%x}
  b_size "$1/copy" "$2"; B_ZK=$B_Z; b_size "$B_P" "$2"
  printf '%s %s %s %s %s %s %s\n%s%s%s%s' "${1##*/}" "${#B_P}" "${#B_B}" "${#B_A}" "${#B_N}" "$B_ZK" "$B_Z" "$B_P" "$B_B" "$B_A" "$B_N"
  [ "$B_ZK" = - ] || cat -- "$1/copy"
  [ "$B_Z" = - ] || cat -- "$B_P"
}
