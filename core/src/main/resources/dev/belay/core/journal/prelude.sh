# Functions for the host's shell, which is sent those that are needed: ShellFunctions says by which rules
# of layout they are taken apart. POSIX sh and coreutils only; nothing here prints or changes anything
# until it is called.

# B_NL: a line end.
B_NL=$(printf '\n.') B_NL=${B_NL%.}

# b_real PATH: sets B_AT to the path with links resolved, as far as they lead anywhere; keeps final
# newlines. Where no link is on the way there is nothing to ask readlink for; it is asked again and
# again where more than the last part does not exist.
b_real() {
  B_AT=$1 B_REST= B_P=$1
  while [ -n "$B_P" ] && [ ! -L "$B_P" ]; do B_P=${B_P%/*}; done
  [ -n "$B_P" ] || return 0
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
B_MOUNTS=$(cat /proc/self/mountinfo 2>/dev/null)
b_mounted() { case $B_MOUNTS in *" $1 r"[wo][\ ,]*) ;; *) return 1 ;; esac; }

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

# b_slurp FILE: sets B_X to the text of a file, empty when there is none.
b_slurp() { B_X=$(cat -- "$1" 2>/dev/null; printf x); B_X=${B_X%x}; }

# b_put FILE TEXT: writes a small file, whole or not at all, so that it survives a power cut.
b_put() {
  B_NEXT=${1%/*}/.${1##*/}.new
  printf %s "$2" | cat >"$B_NEXT" && b_sync "$B_NEXT" && mv -f -- "$B_NEXT" "$1" && b_sync "${1%/*}" && return 0
  rm -f -- "$B_NEXT"; echo "cannot write $1" >&2; return 1
}

# b_size FILE LIMIT: sets B_Z to the size of a regular file, or - when there is none or it is larger.
b_size() {
  B_Z=-
  if [ -f "$1" ] && [ ! -L "$1" ]; then
    B_Z=$(stat -c %s -- "$1") || B_Z=-
    [ "$B_Z" = - ] || [ "$B_Z" -le "$2" ] || B_Z=-
  fi
}

# b_copy FROM TO: a copy with mode, owners, times, links and, where cp can, extended attributes.
b_copy() { cp -P --preserve=all -- "$1" "$2" 2>/dev/null || cp -pP -- "$1" "$2"; }

# b_temp PATH: sets B_TMP to a temporary name beside PATH, which tells the run, so that what a killed
# one leaves is found. It begins with a dot: a kubelet reads every other file of its directory.
b_temp() { B_TMP=${1%/*}/.belay.${B_TAG:-$B_SHELL}.tmp; rm -f -- "$B_TMP"; }

# b_write PATH MODE OWNER GROUP: replaces the content with standard input, in one rename.
b_write() {
  b_temp "$1"
  if [ -f "$1" ]; then
    b_copy "$1" "$B_TMP" && chmod -- 600 "$B_TMP"
  else (umask 077; : >"$B_TMP"); fi &&
  cat >"$B_TMP" && b_attributes "$B_TMP" "$2" "$3" "$4" && b_sync "$B_TMP" && mv -f -- "$B_TMP" "$1" || { rm -f -- "$B_TMP"; return 1; }
  b_sync "${1%/*}/"
}

# b_attributes PATH MODE OWNER GROUP: sets them, the mode last since chown clears some bits. With fewer
# than five digits GNU chmod would leave setuid and setgid of a directory as they are.
b_attributes() { chown -- "$3:$4" "$1" && chmod -- "0000$2" "$1"; }

# b_veil SIGNATURE: prints it with a salted digest of the digest: of a secret, which may be short, the
# bare digest would tell anybody with a list of guesses. b_unveil SIGNATURE SEEN: sets B_A to the one that
# was veiled, as far as SEEN shows it: with the digest of SEEN if that is the one.
b_veil() {
  case $1 in f*) ;; *) printf %s "$1"; return ;; esac
  B_T=$(head -c 16 /dev/urandom | sha256sum) && B_T=${B_T%% *} && B_H=$(printf %s "$B_T${1##* }" | sha256sum) && printf '%s %s.%s' "${1% *}" "$B_T" "${B_H%% *}"
}
b_unveil() {
  B_A=$1
  case $1 in f*) ;; *) return 0 ;; esac
  case ${1##* } in *.*) ;; *) return 0 ;; esac
  B_T=${1##* }; B_H=$(printf %s "${B_T%%.*}${2##* }" | sha256sum)
  [ "${B_H%% *}" != "${B_T#*.}" ] || B_A="${1% *} ${2##* }"
}

# b_differs EXPECTED FOUND [secret]: says so on standard error, of a secret without any digest.
b_differs() {
  if [ -n "${3:-}" ]; then
    B_T='(other content)'; [ "${1##* }" != "${2##* }" ] || B_T='(that content)'
    case $1 in f*) set -- "${1% *} (secret content)" "$2" ;; esac
    case $2 in f*) set -- "$1" "${2% *} $B_T" ;; esac
  fi
  printf 'expected %s\nfound %s\n' "$1" "$2" >&2
}

# b_expect PATH BEFORE [AFTER [secret]]: refuses to go on when PATH is not as expected.
b_expect() {
  B_SEEN=$(b_sig "$1" && printf x) || return 1
  b_unveil "$2" "${B_SEEN%x}"
  [ "${B_SEEN%x}" = "$B_A" ] || { b_differs "$B_A" "${B_SEEN%x}" "${4:-}"; return 75; }
}

# b_restore COPY BEFORE PATH: puts PATH back as it was, from the copy a journal kept.
b_restore() {
  case $2 in
    -) if [ -d "$3" ] && [ ! -L "$3" ]; then b_rmdir "$3"; else rm -f -- "$3"; fi ;;
    f*|l*) b_temp "$3"; b_copy "$1" "$B_TMP" && mv -f -- "$B_TMP" "$3" || { rm -f -- "$B_TMP"; return 1; } ;;
    d*) set -- "$3" $2
      if [ ! -d "$1" ]; then mkdir -m 700 -- "$1" || return 1; fi
      b_attributes "$1" "$3" "$4" "$5" && set -- "" "" "$1" ;;
  esac && b_sync "${3%/*}/"
}

# b_rmdir PATH: removes a directory that a run made. One that holds something by now stays, since
# nothing of it comes from the run; that is said on standard output.
b_rmdir() {
  rmdir -- "$1" 2>/dev/null && return 0
  B_T=$(ls -A -- "$1" | head -n 3 | tr '\n' ' ')
  [ -n "$B_T" ] || { rmdir -- "$1"; return; }
  echo "directory $1 stays, for by now it holds ${B_T% }"
}

# b_tools: prints the programs that everything here needs and the host lacks.
b_tools() {
  for B_T in base64 cat chmod chown cp head id ln ls mkdir mv readlink rm rmdir sha256sum stat sync tr; do
    command -v "$B_T" >/dev/null 2>&1 || printf '%s ' "$B_T"
  done
}
