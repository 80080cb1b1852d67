# Functions for the health conditions of guarded blocks. $B_NOTE names a directory for what the host
# looked like before the block, which may hold nothing; $B_WITHIN is how many seconds may be waited.

# b_steady SECONDS LOOK...: waits until LOOK succeeds, and goes on to succeed with the same B_ONE for
# SECONDS. LOOK says in B_WHY what is missing, and sets B_OVER when waiting is of no use.
b_steady() {
  B_STABLE=$1 B_NOW=$(date +%s) B_GOOD= B_SINCE=0 B_OVER=; shift
  B_END=$((B_NOW + ${B_WITHIN:-1}))
  while :; do
    B_ONE=1 B_LEFT=$((B_END - B_NOW)); [ "$B_LEFT" -ge 1 ] || B_LEFT=1
    if "$@"; then
      B_NOW=$(date +%s)
      [ "$B_GOOD" = "$B_ONE" ] || { B_GOOD=$B_ONE; B_SINCE=$B_NOW; }
      [ $((B_NOW - B_SINCE)) -lt "$B_STABLE" ] || return 0
      B_WHY="all was well, but not for $B_STABLE s yet"
    else
      [ -z "$B_GOOD" ] || B_WHY="all was well and then no more: $B_WHY"
      B_GOOD= B_NOW=$(date +%s)
    fi
    [ -z "$B_OVER" ] && [ "$B_NOW" -lt "$B_END" ] || { printf '%s\n' "$B_WHY" >&2; return 1; }
    sleep 0.3 2>/dev/null || sleep 1
  done
}

# b_note_held LOOK...: notes whether a condition holds at all before the block. b_held_again SECONDS
# LOOK...: waits until it holds again, where it did.
b_note_held() { B_LEFT=5; if "$@"; then b_put "$B_NOTE/held" held; else :; fi; }
b_held_again() { [ ! -f "${B_NOTE:-/nowhere}/held" ] || b_steady "$@"; }

# b_succeeds PROGRAM ARGUMENT...: whether a command ends well before B_LEFT seconds are over.
b_succeeds() {
  B_SAID=$(timeout "$B_LEFT" "$@" 2>&1 </dev/null); B_RC=$?
  case $B_RC in
    0) return 0 ;;
    124 | 143) B_WHY="$1 had not ended after $B_LEFT s" ;;
    *) B_WHY="$1 ended with status $B_RC" ;;
  esac
  B_SAID=$(printf '%s\n' "$B_SAID" | tail -n 5)
  [ -z "$B_SAID" ] || B_WHY="$B_WHY: $B_SAID"
  return 1
}

# b_answers URL STATUS: whether an address answers with a status like the pattern STATUS. Whose
# certificate it shows is not judged: what is asked is mostly the host itself.
b_answers() {
  if command -v curl >/dev/null 2>&1; then
    B_SAID=$(timeout 10 curl -gsSk --max-time 8 -o /dev/null -w '%{http_code}' "$1" 2>&1 </dev/null) || { B_WHY="no answer from $1: ${B_SAID%000}"; return 1; }
    B_X=$B_SAID
  elif command -v wget >/dev/null 2>&1; then
    # Without -T, which ends the wget of busybox 1.35 by a signal. The first line of status is the answer itself; a redirection is not followed into another one.
    B_SAID=$(timeout 10 wget -S -t 1 -O /dev/null --no-check-certificate "$1" 2>&1 </dev/null)
    case $B_SAID in
      *HTTP/[0-9]*) B_X=${B_SAID#*HTTP/[0-9]}; B_X=${B_X#* }; B_X=${B_X%%[!0-9]*} ;;
      *) B_WHY="no answer from $1: $(printf '%s\n' "$B_SAID" | tail -n 1)"; return 1 ;;
    esac
  else
    B_OVER=1 B_WHY="$1 cannot be asked: the host has neither curl nor wget"; return 1
  fi
  # STATUS is a pattern, such as 2??.
  case $B_X in $2) return 0 ;; *) B_WHY="$1 answered $B_X"; return 1 ;; esac
}

# b_process_runs NAME WORD...: whether one process NAME has every WORD on its command line.
b_process_runs() {
  B_NAME=$1 B_NOT= B_URL= B_WHY="no process $1 runs"; shift
  B_L='
'
  B_ALL=$(b_process "$B_NAME"); B_ONE=
  B_IFS=$IFS; IFS=$B_L
  for B_P in $B_ALL; do
    IFS=$B_IFS
    if b_fits "$B_P" "$@"; then B_ONE=$B_P; break; fi
  done
  IFS=$B_IFS
  [ -n "$B_ONE" ]
}

# b_units_active UNIT...: whether all units are active; B_ONE changes when one of them is started again.
b_units_active() {
  B_ONE=
  command -v systemctl >/dev/null 2>&1 || { B_OVER=1 B_WHY="$* cannot be looked at: the host has no systemctl"; return 1; }
  for B_NAME in "$@"; do
    B_T=$(b_unit "$B_NAME" ActiveState)
    case $B_T in
      active | reloading) B_ONE="$B_ONE $(b_unit "$B_NAME" NRestarts) $(b_unit "$B_NAME" MainPID) $(b_unit "$B_NAME" ActiveEnterTimestampMonotonic)" ;;
      *) b_unit_missing "$B_NAME" "$B_T"; return 1 ;;
    esac
  done
}

# b_unit_missing UNIT STATE: says why a unit counts as not active, and whether it may come yet.
b_unit_missing() {
  B_WHY="$1 is ${2:-unknown}"
  if [ "$(b_unit "$1" LoadState)" = not-found ]; then B_OVER=1 B_WHY="there is no unit $1"; fi
  if [ "$2" = failed ]; then B_OVER=1 B_WHY="$(b_unit_said "$1")"; fi
}

# b_note_size FILE: notes how large a file is, and which it is. b_grows FILE: whether it has grown
# since, or is another one by now that holds something, as after a rotation.
b_note_size() { b_put "$B_NOTE/size" "$(b_inode_size "$1")"; }
b_inode_size() { stat -L -c '%i %s' -- "$1" 2>/dev/null || echo '- 0'; }
b_grows() {
  B_SAID=$(b_inode_size "$1")
  if [ -z "$B_WAS" ]; then b_slurp "${B_NOTE:-/nowhere}/size"; B_WAS=${B_X:-$B_SAID}; fi
  if [ "${B_SAID% *}" = "${B_WAS% *}" ] && [ "${B_SAID#* }" -ge "${B_WAS#* }" ]; then
    [ "${B_SAID#* }" -gt "${B_WAS#* }" ] && return 0
  else
    [ "${B_SAID#* }" -gt 0 ] && return 0
  fi
  if [ "${B_SAID% *}" = - ]; then B_WHY="there is no file $1"; else B_WHY="$1 still holds ${B_SAID#* } bytes"; fi
  return 1
}
