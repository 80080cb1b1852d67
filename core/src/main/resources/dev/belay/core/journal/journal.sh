# Functions for the lock and the journals of a host, appended to prelude.sh. A journal is a directory
# $B_HOME/RUN: `run` says of which run, `end` how it ended, `was` how it stood before it was rolled
# back; NNNN is the entry of one change: `intent`, `undo`, path.N with what was there, `intended` once
# all of it is on disk, `done` once the change is made. $B_HOME/order names the runs, oldest first.
# Exit codes: 75 the host has something else than the plan says, 76 locked, 77 no journal, 78 made but
# not noted.

# b_home: sets B_HOME to the directory that holds all journals of this user.
b_home() {
  if [ "$(id -u)" = 0 ]; then B_HOME=/var/lib/belay
  else B_HOME=${XDG_STATE_HOME:-$HOME/.local/state}/belay; fi
}

# b_born PID: when a process started, so that a reused number is not taken for it. One that has ended and
# that nobody has noticed yet does not count.
b_born() {
  [ -r "/proc/$1/stat" ] && { read -r B_T <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- ${B_T##*) }
  case $1 in Z|X) return 1 ;; esac
  shift 19; printf %s "$1"
}
b_boot() { cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo -; }

# b_holder: reads the lock: B_RUN holds it, B_OWNER says so in words. Succeeds only while the shell of
# its holder lives, or a job of that run, or a guard of it has still to be decided.
b_holder() {
  B_PID= B_RUN= B_OWNER=
  [ -f "$B_HOME/lock" ] && { read -r B_PID B_BORN B_BOOT B_RUN && IFS= read -r B_OWNER; } 2>/dev/null <"$B_HOME/lock"
  [ -n "$B_RUN" ] || return 1
  if [ "$B_BOOT" = "$(b_boot)" ] && [ "$(b_born "$B_PID")" = "$B_BORN" ]; then return 0; fi
  if b_job_runs "$B_RUN"; then B_OWNER="$B_OWNER; its controller is gone, the host goes on with it"; return 0; fi
  if b_pending "$B_RUN"; then B_OWNER="$B_OWNER; its controller is gone, its guard is about to undo it"; return 0; fi
  return 1
}

# b_stir PID: prints what grows whenever that process does anything; fails where it is at something, which
# is a process of its own, and where it is gone.
b_stir() {
  { read -r B_T <"/proc/$1/stat"; } 2>/dev/null || return 1
  B_F=$1; set -- ${B_T##*) }; shift 7; B_K="$1 $2 $3 $4 $5 $6 $7 $8"
  for B_T in /proc/[0-9]*; do
    { read -r B_T <"$B_T/stat"; } 2>/dev/null || continue
    set -- ${B_T##*) }
    [ "${2:-}" != "$B_F" ] || return 1
  done
  printf %s "$B_K"
}

# b_asleep: after b_holder, whether only a session holds the lock that does nothing for 20 s, as when its
# controller vanished without a word and sshd has not noticed; ends it then. Nothing of a run that goes
# on at the host looks like that.
b_asleep() {
  B_HELD=$B_PID B_E=$B_OWNER
  [ "$(b_born "$B_PID")" = "$B_BORN" ] && ! b_job_runs "$B_RUN" && ! b_pending "$B_RUN" || return 1
  B_R=$(b_stir "$B_HELD") || return 1
  B_N=0
  while [ "$B_N" -lt 20 ]; do
    sleep 1; B_N=$((B_N + 1))
    [ "$(b_stir "$B_HELD")" = "$B_R" ] || return 1
  done
  b_kill_tree "$B_HELD"
  B_OWNER="$B_E; its session did nothing any more"
}

# b_lock RUN OWNER: takes the lock, which is one file made by a hard link, so that nobody sees half
# of it. Says on standard output whose it was when that one died with it.
b_lock() {
  B_NEW=$B_HOME/new.$B_SHELL
  printf '%s %s %s %s\n%s\n' "$B_SHELL" "$(b_born "$B_SHELL")" "$(b_boot)" "$1" "$2" >"$B_NEW" || { rm -f -- "$B_NEW"; b_why "$B_HOME"; return 77; }
  b_take; B_RC=$?
  rm -f -- "$B_NEW"
  return "$B_RC"
}
b_take() {
  ln -- "$B_NEW" "$B_HOME/lock" 2>/dev/null && return 0
  [ -f "$B_HOME/lock" ] || { ln -- "$B_NEW" "$B_HOME/lock" && return 0; return 77; }
  # Read before it is judged: one that somebody else makes meanwhile is not taken for the dead one.
  b_slurp "$B_HOME/lock"; B_STALE=$B_X
  if b_holder && ! b_asleep; then printf '%s\n' "$B_OWNER" >&2; return 76; fi
  if mv -f -- "$B_HOME/lock" "$B_HOME/stale.$B_SHELL" 2>/dev/null; then
    # Between our look and our move somebody else may have taken it over: then it is theirs.
    b_slurp "$B_HOME/stale.$B_SHELL"
    [ "$B_X" = "$B_STALE" ] || ln -- "$B_HOME/stale.$B_SHELL" "$B_HOME/lock"
    rm -f -- "$B_HOME/stale.$B_SHELL"
  fi
  ln -- "$B_NEW" "$B_HOME/lock" 2>/dev/null || { echo "another run, which has just begun" >&2; return 76; }
  printf 'stale %s\n' "$B_OWNER"
  [ -z "$B_RUN" ] || { b_settle "$B_RUN"; b_sweep "$B_RUN"; b_job_end "$B_RUN"; }
}
# b_unlock RUN: gives the lock back if that run holds it.
b_unlock() { b_holder || :; [ "$B_RUN" != "$1" ] || rm -f -- "$B_HOME/lock"; }

# b_sweep RUN: removes temporary files that a killed run left beside the files it was at work on.
b_sweep() {
  for B_F in "$B_HOME/$1"/[0-9]*/path.*/path; do
    [ -f "$B_F" ] || continue
    b_slurp "$B_F"
    for B_T in "${B_X%/*}/.belay.$1".*; do [ ! -e "$B_T" ] && [ ! -L "$B_T" ] || rm -f -- "$B_T"; done
  done
}

# b_open RUN OWNER HEADER: takes the lock and begins a journal, or goes on with the one it has ended.
b_open() {
  b_home
  (umask 077; mkdir -p -- "$B_HOME") || return 77
  b_lock "$1" "$2" || return
  b_begin "$B_HOME/$1" "$3" || { b_unlock "$1"; return 77; }
}
b_begin() {
  if [ -d "$1" ]; then
    b_slurp "$1/run"
    [ "$B_X" = "$2" ] || { echo "there is a journal $1 of another run" >&2; return 1; }
    rm -f -- "$1/end"; return
  fi
  printf '%s\n' "${1##*/}" >>"$B_HOME/order" && mkdir -m 700 -- "$1" && b_put "$1/run" "$2" && b_sync "$B_HOME/order" "$B_HOME" || { rm -rf -- "$1"; b_why "$B_HOME"; return 1; }
}

# b_why DIRECTORY: says on standard error why nothing can be written there; the shell's own printf
# names no reason.
b_why() { printf %4096s . | cat >"$1/.why.$B_SHELL"; rm -f -- "$1/.why.$B_SHELL"; }

# b_close RUN STATE: ends a journal with one word of state and gives the lock back.
b_close() {
  b_home
  b_put "$B_HOME/$1/end" "$2"; B_RC=$?
  b_job_end "$1"; b_unlock "$1"
  return "$B_RC"
}

# b_mark RUN STATE: notes how an earlier run stands now. b_unmark RUN: it stands as it did before the
# first mark.
b_mark() {
  b_home
  if [ ! -f "$B_HOME/$1/was" ]; then b_slurp "$B_HOME/$1/end"; b_put "$B_HOME/$1/was" "$B_X" || return 77; fi
  b_put "$B_HOME/$1/end" "$2"
}
b_unmark() {
  b_home
  if [ -s "$B_HOME/$1/was" ]; then mv -f -- "$B_HOME/$1/was" "$B_HOME/$1/end"
  else rm -f -- "$B_HOME/$1/end" "$B_HOME/$1/was"; fi
}

# b_intend RUN SEQ INTENT UNDO SUMMARY RESTORED FLAG...: opens the entry of one change. UNDO and RESTORED
# may be empty. The host itself reads all but INTENT: flags are last, when the undo waits until all else
# is undone, and command, when the undo is a command of the author.
b_intend() {
  b_home; B_DIR=$B_HOME/$1/$2; B_TAG=$1.$2; B_N=0
  mkdir -m 700 -- "$B_DIR" || return 77
  printf %s "$3" >"$B_DIR/intent" && { [ -z "$4" ] || printf %s "$4" >"$B_DIR/undo"; } && printf %s "$5" >"$B_DIR/summary" && { [ -z "$6" ] || printf %s "$6" >"$B_DIR/restored"; } || { b_forget 77; return; }
  shift 6
  for B_T; do printf "" >"$B_DIR/$B_T" || { b_forget 77; return; }; done
}

# b_forget CODE: takes the entry back, of a change that is not going to be made.
b_forget() { [ "$1" != 77 ] || b_why "$B_DIR"; rm -rf -- "$B_DIR"; return "$1"; }

# b_touch PATH BEFORE AFTER [secret]: refuses to go on when PATH is not as expected, else keeps a copy of
# it. Of a secret, AFTER is kept under a veil.
b_touch() {
  B_SEEN=$(b_sig "$1" && printf x) || { b_forget 77; return; }
  B_SEEN=${B_SEEN%x}
  if [ "$B_SEEN" != "$2" ]; then
    b_differs "$2" "$B_SEEN" "${4:-}"; b_forget 75; return
  fi
  if [ -n "${4:-}" ]; then B_A=$(b_veil "$3" && printf x) || { b_forget 77; return; }; set -- "$1" "$2" "${B_A%x}"; fi
  B_N=$((B_N + 1)); B_J=$B_DIR/path.$B_N
  mkdir -m 700 -- "$B_J" && printf %s "$1" >"$B_J/path" && printf %s "$2" >"$B_J/before" && printf %s "$3" >"$B_J/after" || { b_forget 77; return; }
  case $2 in f*|l*) b_copy "$1" "$B_J/copy" && { [ -L "$B_J/copy" ] || b_sync "$B_J/copy"; } || b_forget 77 ;; esac
}

# b_intended: what was intended is on disk from here on; an entry without this mark began nothing.
b_intended() {
  set -- "$B_DIR"/*; [ "$B_N" = 0 ] || set -- "$@" "$B_DIR"/path.*/*
  b_sync "$@" "$B_DIR" && printf '' >"$B_DIR/intended" && b_sync "$B_DIR/intended" "$B_DIR" || b_forget 77
}

# b_done: the change of this entry is made.
b_done() {
  printf '' >"$B_DIR/done" && b_sync "$B_DIR/done" "$B_DIR" && return 0
  b_why "$B_DIR"; return 78
}

# b_failed CODE: how the change itself ended, kept apart from our own codes.
b_failed() { case $1 in 7[5-9]|8[0-3]) echo "it ended with status $1" >&2; return 1 ;; esac; return "$1"; }

# b_all: prints the runs that have a journal, oldest first, in the order in which this host began them.
b_all() {
  b_slurp "$B_HOME/order"
  for B_F in "$B_HOME"/[0-9]*; do
    case "
$B_X" in *"
${B_F##*/}
"*) ;; *) [ ! -f "$B_F/run" ] || printf '%s\n' "${B_F##*/}" ;; esac
  done
  for B_F in $B_X; do [ ! -f "$B_HOME/$B_F/run" ] || printf '%s\n' "$B_F"; done
}

# b_state RUN: sets B_E to how a run stands.
b_state() {
  b_slurp "$B_HOME/$1/end"; B_E=$B_X
  [ -z "$B_E" ] || return 0
  if b_holder && [ "$B_RUN" = "$1" ]; then B_E=running; else B_E=unfinished; fi
}

# b_runs: the answer of RunsFact. b_newest: that of NewestRunFact.
b_runs() {
  b_home
  for B_R in $(b_all); do b_run "$B_R"; done
}
b_newest() {
  b_home; B_R=$(b_all); B_R=${B_R##*"$B_NL"}
  [ -z "$B_R" ] || b_run "$B_R"
}
b_run() {
  b_state "$1"; b_slurp "$B_HOME/$1/run"; B_K=$1
  set -- "$B_HOME/$1"/[0-9]*/done; [ -e "$1" ] || shift
  printf '%s %s %s %s\n%s' "$B_K" "$B_E" "$#" "${#B_X}" "$B_X"
}

# b_later RUN: the answer of LaterFact: what runs begun after RUN altered and nobody has rolled back.
b_later() {
  b_home; B_PAST=
  for B_R in $(b_all); do
    if [ "$B_R" = "$1" ]; then B_PAST=1; continue; fi
    [ -n "$B_PAST" ] || continue
    b_state "$B_R"; [ "$B_E" != rolled-back ] || continue
    for B_F in "$B_HOME/$B_R"/[0-9]*/path.*/path; do
      [ -f "${B_F%/path.*}/intended" ] && [ ! -f "${B_F%/path.*}/undone" ] || continue
      b_slurp "$B_F"; B_K=-
      ! b_brought "$B_HOME/$1" "$B_X" || B_K=package
      printf '%s %s %s\n%s' "$B_R" "$B_K" "${#B_X}" "$B_X"
    done
  done
}

# b_owe NAME SCRIPT: notes that a handler has to run, until b_paid NAME. The first line names the runs
# that owe it.
b_owe() {
  mkdir -p -m 700 -- "$B_HOME/owed" || return 77
  b_owers "$1"
  b_put "$B_HOME/owed/$1" "$B_OWERS${B_TAG%.*} 
$2" && printf '%s\n' "$1" >>"$B_DIR/owes" || return 77
}
b_owers() { B_OWERS=; [ ! -f "$B_HOME/owed/$1" ] || IFS= read -r B_OWERS <"$B_HOME/owed/$1"; }
b_paid() { b_home; rm -f -- "$B_HOME/owed/$1"; rmdir -- "$B_HOME/owed" 2>/dev/null || :; }

# b_forgive RUN [NAME]: what only this run owes is owed no more: all of it, or what goes by NAME.
b_forgive() {
  b_home
  for B_F in "$B_HOME"/owed/*; do
    [ -f "$B_F" ] && [ "${2:-${B_F##*/}}" = "${B_F##*/}" ] || continue
    b_owers "${B_F##*/}"; B_LEFT=
    for B_T in $B_OWERS; do [ "$B_T" = "$1" ] || B_LEFT="$B_LEFT$B_T "; done
    if [ -z "$B_LEFT" ]; then b_paid "${B_F##*/}"
    else b_slurp "$B_F"; b_put "$B_F" "$B_LEFT$B_NL${B_X#*"$B_NL"}"; fi
  done
}

# b_debts: the answer of DebtsFact.
b_debts() {
  b_home
  for B_F in "$B_HOME"/owed/*; do
    [ -f "$B_F" ] || continue
    b_slurp "$B_F"; B_K=${B_F##*/}; B_X=${B_X#*"$B_NL"}
    printf '%s %s\n%s%s' "${#B_K}" "${#B_X}" "$B_K" "$B_X"
  done
}

# b_journal RUN LIMIT: the answer of JournalFact.
b_journal() {
  b_home; B_D=$B_HOME/$1
  [ -f "$B_D/run" ] || return 1
  b_state "$1"; b_slurp "$B_D/run"
  printf '%s %s %s\n%s%s' "$B_E" "${#B_D}" "${#B_X}" "$B_D" "$B_X"
  for B_F in "$B_D"/[0-9]*; do
    [ -f "$B_F/intended" ] && [ ! -f "$B_F/undone" ] || continue
    b_slurp "$B_F/intent"; B_I=$B_X; b_slurp "$B_F/undo"
    B_K=begun; [ ! -f "$B_F/done" ] || B_K=done
    set -- "$1" "$2"; for B_T in "$B_F"/path.*; do [ ! -d "$B_T" ] || [ -f "$B_T/back" ] || set -- "$@" "$B_T"; done
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
