# Functions for guarded changes, appended to prelude.sh. A guard is a directory $B_HOME/RUN/guard.K, on
# disk before the first change it guards: `from`, the first entry it undoes; `cond.N`, a condition with
# what it noted, with `await`, `restored` and `diagnose`; `undo.sh`, all of this as a program of its
# own; `deadline` in seconds since the host was started; `busy` while a change is being made;
# `decided/word`, made once by whoever is first: confirmed, undoing, undone or failed; `undoer.N`, who
# is or was at the undo; `reserve`, room for the undo on a full disk; and `report`, what the undo did.
# Exit codes: 80 the guard is undoing already, 81 it was not confirmed.

# b_guard RUN K: sets B_G to the directory and B_UNIT to the name of its units.
b_guard() { b_home; B_G=$B_HOME/$1/guard.$2; B_GRUN=$1; B_UNIT=belay-guard-$1-$2; }

# b_systemd: whether the host is run by systemd and we may ask it for units.
b_systemd() { [ "$(id -u)" = 0 ] && [ -d /run/systemd/system ] && command -v systemd-run >/dev/null 2>&1; }

# b_arm RUN K FROM SECONDS CONDITIONS: arms a guard. CONDITIONS is a list of b_condition; undo.sh is all
# functions, which a shell that is told to arm a guard has in B_KEPT.
b_arm() {
  b_guard "$1" "$2"
  mkdir -m 700 -- "$B_G" || return 77
  printf %s "$3" >"$B_G/from" && b_words && b_reserve && b_boot >"$B_G/boot" && printf %s "${HOME:-/}" >"$B_G/home" && pwd >"$B_G/cwd" && printf "%s\nb_guard_main %s %s \"\$1\"\n" "$B_KEPT" "$1" "$2" >"$B_G/undo.sh" && b_prolong "$4" || { b_why "$B_G"; rm -rf -- "$B_G"; return 77; }
  eval "$5" || { rm -rf -- "$B_G"; return 77; }
  b_sync "$B_G"/* "$B_G"/*/* "$B_G" "${B_G%/*}"
  # What it looks like before may have taken long to note.
  b_prolong "$4"
  b_timer "$4" || { echo "the host could not arm its guard" >&2; b_disarm; rm -rf -- "$B_G"; return 77; }
}

# b_words: lays every word ready that may be said of the guard. b_decide WORD: says it, once for all and
# by one link, so that neither a power cut nor a full disk leaves a decision without its word.
b_words() {
  mkdir -m 700 -- "$B_G/decided" || return 1
  for B_T in confirmed undoing undone failed; do printf %s "$B_T" >"$B_G/decided/$B_T" || return 1; done
}
b_decide() { ln -- "$B_G/decided/$1" "$B_G/decided/word" 2>/dev/null && b_sync "$B_G/decided"; }

# b_reserve: keeps some room and some files on the disk for the undo, which a change may fill.
b_reserve() {
  mkdir -m 700 -- "$B_G/reserve" && head -c 65536 /dev/zero >"$B_G/reserve/room" || return 1
  for B_T in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do printf '' >"$B_G/reserve/$B_T" || return 1; done
}

# b_word: sets B_X to the word, empty while there is none. b_is_over: whether nothing comes after it.
b_word() { b_slurp "$B_G/decided/word"; }
b_is_over() { b_word; case $B_X in confirmed|undone|failed) ;; *) return 1 ;; esac; }

# b_end_as WORD: the end of a guard that was undoing.
b_end_as() { mv -f -- "$B_G/decided/$1" "$B_G/decided/word" && b_sync "$B_G/decided"; }

# b_condition N NOTE AWAIT RESTORED DIAGNOSE: keeps a condition of the guard being armed and notes what
# the host looks like before.
b_condition() {
  B_NOTE=$B_G/cond.$1
  mkdir -m 700 -- "$B_NOTE" && printf %s "$3" >"$B_NOTE/await" && printf %s "$4" >"$B_NOTE/restored" && printf %s "$5" >"$B_NOTE/diagnose" || return 77
  [ -z "$2" ] || ( B_WITHIN=60; eval "$2" ) || { echo "what the host looks like before the change could not be noted" >&2; return 77; }
}

# b_timer SECONDS: the host's own alarm: a timer of systemd and, for a restart in the middle, a unit
# that is started at boot; or a process that waits.
b_timer() {
  if b_systemd; then
    b_boot_unit && systemd-run --quiet --collect --unit="$B_UNIT" --on-active="$1" \
      --timer-property=AccuracySec=1s --property=KillMode=process -- /bin/sh "$B_G/undo.sh" fire
  else
    ( trap '' HUP INT PIPE; exec </dev/null >/dev/null 2>&1
      if command -v setsid >/dev/null; then exec setsid sh "$B_G/undo.sh" fire; else exec sh "$B_G/undo.sh" fire; fi ) &
  fi
}
B_UNITS=/etc/systemd/system
b_boot_unit() {
  b_put "$B_UNITS/$B_UNIT-boot.service" "[Unit]
Description=Belay: undo what run $B_GRUN was doing when the host was restarted
RequiresMountsFor=$B_G
[Service]
Type=oneshot
ExecStart=/bin/sh $B_G/undo.sh boot
KillMode=process
TimeoutStartSec=1h
[Install]
WantedBy=multi-user.target
" && mkdir -p -- "$B_UNITS/multi-user.target.wants" && ln -sf -- "../$B_UNIT-boot.service" "$B_UNITS/multi-user.target.wants/$B_UNIT-boot.service" && chmod -- 644 "$B_UNITS/$B_UNIT-boot.service" && b_sync "$B_UNITS/multi-user.target.wants"
}

# b_disarm: takes the alarm away, after its guard was decided.
b_disarm() {
  if b_systemd; then
    systemctl stop "$B_UNIT.timer" 2>/dev/null
    rm -f -- "$B_UNITS/multi-user.target.wants/$B_UNIT-boot.service" "$B_UNITS/$B_UNIT-boot.service"
    b_sync "$B_UNITS/multi-user.target.wants" "$B_UNITS"
    # Somebody may have made systemd read its units meanwhile, such as a package that was installed.
    [ "$(b_unit "$B_UNIT-boot.service" LoadState)" != loaded ] || systemctl daemon-reload
  fi
  if b_lives "$B_G/watch" && [ "$B_PID" != "$B_SHELL" ]; then kill "$B_PID" 2>/dev/null; fi
  # Two may be at this at once, which the rm of busybox minds.
  rm -rf -- "$B_G/undo.sh" "$B_G/reserve" 2>/dev/null || :
}

# b_prolong SECONDS: the guard waits that long from now on.
b_prolong() { b_now; printf %s "$((B_NOW + $1))" >"$B_G/.deadline" && mv -f -- "$B_G/.deadline" "$B_G/deadline"; }

# b_rope RUN K SECONDS WITHIN: before a guarded change, which may take SECONDS; refuses once the guard
# is undoing. When the change is over, the guard waits WITHIN anew.
b_rope() {
  b_guard "$1" "$2"; B_ROPE=$4
  b_self; b_now
  printf '%s %s\n' "$B_SELF" "$((B_NOW + $3))" >"$B_G/.busy" && mv -f -- "$B_G/.busy" "$B_G/busy" || return 77
  if [ -e "$B_G/decided/word" ]; then
    rm -f -- "$B_G/busy"; echo "the guard of these changes is undoing them already" >&2; return 80
  fi
  B_RG=$B_G; trap "B_G=\$B_RG; b_prolong \$B_ROPE; rm -f -- \"\$B_RG/busy\"" EXIT
}

# b_judge RUN K N: waits until condition N holds, as long as the guard does.
b_judge() {
  b_guard "$1" "$2"; B_NOTE=$B_G/cond.$3
  b_word; [ "$B_X" != confirmed ] || return 0
  b_slurp "$B_G/deadline"; b_now; B_WITHIN=$((B_X - B_NOW - 1))
  # After a restart it is for the unit of that boot to decide.
  [ "$(cat -- "$B_G/boot")" = "$(b_boot)" ] || B_WITHIN=0
  [ ! -e "$B_G/decided/word" ] && [ "$B_WITHIN" -gt 0 ] || { echo "the time of the guard is over" >&2; return 81; }
  b_slurp "$B_NOTE/await"; eval "$B_X"
}

# b_confirm RUN K [STATE]: keeps the guarded changes. Where nothing comes after them, the run ends with
# that STATE at once, so that whoever is cut off from here on leaves nothing to be done.
b_confirm() {
  b_guard "$1" "$2"
  if ! b_decide confirmed; then
    b_word
    [ "$B_X" = confirmed ] || { echo "the time of the guard is over" >&2; return 81; }
  fi
  b_disarm
  [ -z "${3:-}" ] || [ -s "$B_HOME/$1/end" ] || b_close "$1" "$3" || echo "how the run ended could not be noted" >&2
}

# b_give_up RUN K: has the guarded changes undone now, by a process of its own.
b_give_up() {
  b_guard "$1" "$2"
  ! b_is_over || return 0
  # The manager of a login may end all that the login began, but not what systemd itself runs.
  ! b_systemd || ! systemd-run --quiet --collect --unit="$B_UNIT-now" --property=KillMode=process -- /bin/sh "$B_G/undo.sh" now 2>/dev/null || return 0
  ( trap '' HUP INT PIPE; exec </dev/null >/dev/null 2>&1; exec sh "$B_G/undo.sh" now ) &
}

# b_abandon RUN: ends what a run is at, and has what hangs on its guard undone.
b_abandon() {
  b_job_stop "$1"; b_job_kill "$1"
  for B_AG in "$B_HOME/$1"/guard.*; do [ ! -d "$B_AG" ] || b_give_up "$1" "${B_AG##*.}"; done
}

# b_report RUN K SECONDS: waits for the end of the undo and prints what it did. A shell that came back
# after that end took a lock that nobody gives back but here.
b_report() {
  b_guard "$1" "$2"; b_now; B_END=$((B_NOW + $3))
  while :; do
    ! b_is_over || break
    b_now; [ "$B_NOW" -lt "$B_END" ] || { echo "the host is still undoing it" >&2; return 1; }
    b_nap
  done
  printf 'end %s\n' "$B_X"; [ ! -f "$B_G/report" ] || cat -- "$B_G/report"
  [ "$B_X" = confirmed ] || b_unlock "$1"
}

# b_pending RUN: whether a guard of that run has still to be decided, or is undoing: then the host is
# not free. After a restart its unit gets five minutes.
b_pending() {
  for B_GP in "$B_HOME/$1"/guard.*; do
    [ -f "$B_GP/deadline" ] || continue
    b_slurp "$B_GP/decided/word"
    case $B_X in confirmed|undone|failed) continue ;; esac
    b_slurp "$B_GP/deadline"; B_END=$((B_X + 900))
    [ "$(cat -- "$B_GP/boot")" = "$(b_boot)" ] || B_END=300
    b_now; [ "$B_NOW" -ge "$B_END" ] || return 0
  done
  return 1
}

# b_guard_main RUN K fire|boot|now: the program undo.sh.
b_guard_main() {
  b_guard "$1" "$2"
  case $3 in
    fire) b_self; printf '%s\n' "$B_SELF" >"$B_G/watch"; b_watch; B_REASON="nobody confirmed it in time" ;;
    boot) B_REASON="the host was restarted before it was confirmed" ;;
    *) B_REASON= ;;
  esac
  rm -rf -- "$B_G/reserve"
  # Where no word could be said at all nobody can have confirmed it either.
  if ! b_decide undoing && b_is_over; then b_disarm; exit 0; fi
  b_only || exit 0
  b_as_login
  b_wait_busy; b_job_kill "$1"
  b_relock "$1"; [ $? != 76 ] || { b_end_as failed; b_disarm; exit 1; }
  b_undo_block "$1"
}

# b_as_login: an undo finds the home and the directory that the changes had.
b_as_login() {
  b_slurp "$B_G/home"; HOME=${B_X:-/}; export HOME
  b_slurp "$B_G/cwd"; cd -- "${B_X%?}" 2>/dev/null || cd /
}

# b_only: whether it is for this process to undo: nobody else is at it. One that was killed at it, or by
# a restart, has a successor.
b_only() {
  b_self; B_ME=$B_G/.undoer.$B_SHELL; B_N=1
  printf '%s\n' "$B_SELF" >"$B_ME" || return 0
  until ln -- "$B_ME" "$B_G/undoer.$B_N" 2>/dev/null; do
    [ -e "$B_G/undoer.$B_N" ] || break
    if b_lives "$B_G/undoer.$B_N"; then rm -f -- "$B_ME"; return 1; fi
    B_N=$((B_N + 1))
  done
  rm -f -- "$B_ME"
}

# b_settle RUN: decides the guards of a dead run, which somebody else is about to deal with, also those
# whose undo was killed: else the next restart of the host would go on with it, whatever came since.
b_settle() {
  for B_G in "$B_HOME/$1"/guard.*; do
    [ -d "$B_G" ] && ! b_is_over || continue
    B_UNIT=belay-guard-$1-${B_G##*.}; b_decide failed || b_end_as failed; b_disarm
  done
}

# b_watch: returns when the deadline has passed and no change is being made, which may take longer than
# the guard waits; ends when the guard is over.
b_watch() {
  while :; do
    ! b_is_over || exit 0
    b_now
    if ! b_lives "$B_G/busy" || [ "$B_NOW" -ge "${B_UNTIL:-0}" ]; then
      b_slurp "$B_G/deadline"
      [ "$B_NOW" -lt "${B_X:-0}" ] || return 0
    fi
    sleep 1
  done
}

# b_wait_busy: lets a change that is being made come to its end: half an apt is worse than none.
b_wait_busy() {
  while b_lives "$B_G/busy"; do
    b_now; [ "$B_NOW" -lt "$B_UNTIL" ] || return 0
    b_nap
  done
}

# b_relock RUN: the lock of that run is ours from here on. Fails where it is another's; a run that the
# host has ended meanwhile needs none.
b_relock() {
  b_home; b_slurp "$B_HOME/$1/end"
  case $B_X in applied|failed|rolled-back) return 0 ;; esac
  b_holder || :
  if [ -n "$B_RUN" ] && [ "$B_RUN" != "$1" ] && b_holder; then printf '%s\n' "$B_OWNER" >&2; return 76; fi
  [ "$B_RUN" = "$1" ] || B_OWNER="the guard of run $1"
  b_put "$B_HOME/lock" "$B_SHELL $(b_born "$B_SHELL") $(b_boot) $1
$B_OWNER
"
}

# b_say WORD TEXT: one line of the report.
b_say() { printf '%s %s\n' "$1" "$(printf %s "$2" | tr '\n' ' ')" >>"$B_G/report"; }

# b_undo_block RUN: undoes all entries of the guard, the last first, restarts at the very end, and waits
# for health.
b_undo_block() {
  printf '' >>"$B_G/report"; B_BAD= B_LAST= B_AFTER= B_DIRS= B_RESTORED=
  [ -z "$B_REASON" ] || b_say reason "$B_REASON"
  for B_NOTE in "$B_G"/cond.*; do
    [ -s "$B_NOTE/diagnose" ] || continue
    b_slurp "$B_NOTE/diagnose"; b_look "$B_X"
  done
  b_put "$B_HOME/$1/end" rolling-back
  b_slurp "$B_G/from"
  for B_E in "$B_HOME/$1"/[0-9]*; do
    [ "${B_E##*/}" -lt "$B_X" ] || [ ! -f "$B_E/intended" ] || [ -f "$B_E/undone" ] || { rm -f -- "$B_E/bad"; B_DIRS="${B_E##*/} $B_DIRS"; }
  done
  for B_E in $B_DIRS; do b_undo_entry "$1" "$B_HOME/$1/$B_E"; done
  for B_E in $B_LAST; do b_undo_script "$1" "$B_HOME/$1/$B_E"; done
  b_sweep "$1"
  for B_E in $B_DIRS; do b_undone "$1" "$B_HOME/$1/$B_E"; done
  b_await_again "$1"
  b_close_block "$1"
}

# b_look SCRIPT: reports what a diagnosis prints. It gets a minute: what is broken may let it hang.
b_look() {
  ( B_WITHIN=30; eval "$1" ) >"$B_G/seen" 2>&1 </dev/null & B_LOOK=$!
  b_now; B_END=$((B_NOW + 60))
  while b_born "$B_LOOK" >/dev/null; do
    b_now; [ "$B_NOW" -lt "$B_END" ] || { b_kill_tree "$B_LOOK"; break; }
    b_nap
  done
  while IFS= read -r B_T; do b_say diagnosis "$B_T"; done <"$B_G/seen"
  rm -f -- "$B_G/seen"
}

# b_undo_entry RUN ENTRY: undoes one change.
b_undo_entry() {
  if [ -s "$2/undo" ]; then if [ -f "$2/last" ]; then B_LAST="$B_LAST ${2##*/}"; else b_undo_script "$1" "$2"; fi; fi
  B_PATHS=; for B_J in "$2"/path.*; do [ ! -d "$B_J" ] || B_PATHS="${B_J##*/} $B_PATHS"; done
  for B_J in $B_PATHS; do b_undo_path "$1" "$2" "$2/$B_J"; done
  [ ! -f "$2/command" ] || B_AFTER=1
}

# b_undo_script RUN ENTRY: runs the script that undoes what putting back the paths does not.
b_undo_script() {
  b_slurp "$2/summary"; B_S=$B_X; b_slurp "$2/undo"
  if ( B_DIR=$2; B_TAG=$1.undo; eval "$B_X" ) >"$2/said" 2>&1; then
    b_say undone "undo: $B_S"
    while IFS= read -r B_T; do b_say warn "$B_T"; done <"$2/said"
  else
    b_slurp "$2/said"; b_say remains "undo: $B_S: $B_X"; b_bad "$2"
  fi
  rm -f -- "$2/said"
}
b_bad() { B_BAD=1; printf '' >"$1/bad"; }

# b_undo_path RUN ENTRY KEPT: puts one path back, unless somebody else has changed it since. A file that
# is not there any more holds nobody's work. `back` marks one that is done with: an undo that was cut off
# and begins anew must not take it for somebody's work, when an earlier entry put it back further.
b_undo_path() {
  [ ! -f "$3/back" ] || return 0
  b_slurp "$3/path"; B_P=$B_X; b_slurp "$3/before"; B_B=$B_X; b_slurp "$3/after"; B_A=$B_X
  B_SEEN=$(b_sig "$B_P" && printf x); B_SEEN=${B_SEEN%x}
  b_unveil "$B_A" "$B_SEEN"
  if [ "$B_SEEN" = "$B_B" ]; then b_back "$3"; return; fi
  if [ "$B_SEEN" = "$B_A" ] || [ "$B_SEEN" = - ] || b_half_made "$2"; then
    case $B_B in -) B_S="remove $B_P again" ;; *) B_S="restore $B_P" ;; esac
    B_TAG=$1.undo
    if B_T=$(b_restore "$3/copy" "$B_B" "$B_P" 2>&1); then
      b_back "$3"; b_say undone "$B_S"; [ -z "$B_T" ] || b_say warn "$B_T"
    else b_say remains "$B_S: $B_T"; b_bad "$2"; fi
  else b_say remains "$B_P: somebody changed it meanwhile"; b_bad "$2"; fi
}

b_back() { printf '' >"$1/back" && b_sync "$1/back" "$1"; }

# b_half_made ENTRY: whether B_SEEN is on its way to B_A, in a change that was cut off, or to B_B, in an
# undo that was.
b_half_made() {
  B_T=$(b_bare "$B_SEEN")
  if [ ! -f "$1/done" ] && [ "$B_T" = "$(b_bare "$B_A")" ]; then return 0; fi
  [ -f "$B_G/undoer.2" ] && case $B_T$B_B in dd*) ;; *) false ;; esac
}

# b_bare SIGNATURE: prints it without mode and owners, which may be on their way.
b_bare() { case $1 in d*) printf d ;; f*) printf "f %s" "${1##* }" ;; *) printf %s "$1" ;; esac; }

# b_undone RUN ENTRY: the change of an entry is undone, and nothing is owed for it.
b_undone() {
  [ -f "$2/bad" ] && { rm -f -- "$2/bad"; return 0; }
  printf '' >"$2/undone"; b_sync "$2/undone" "$2"
  [ ! -f "$2/owes" ] || while IFS= read -r B_S; do b_forgive "$1" "$B_S"; done <"$2/owes"
  [ ! -s "$2/restored" ] || B_RESTORED="$B_RESTORED ${2##*/}"
}

# b_await_again RUN: waits until the host is as healthy as before.
b_await_again() {
  set -- "$B_HOME/$1"
  for B_F in $B_RESTORED; do set -- "$@" "$1/$B_F/restored"; done
  shift
  for B_F in "$@" "$B_G"/cond.*/restored; do
    [ -s "$B_F" ] || continue
    b_slurp "$B_F"
    B_T=$( B_NOTE=${B_F%/*} B_WITHIN=180; eval "$B_X" 2>&1 ) || { b_say remains "health after the undo: $B_T"; B_BAD=1; }
  done
}

# b_close_block RUN: how the run stands now, and the end of the guard.
b_close_block() {
  b_slurp "$B_G/from"; B_W=undone B_K=failed
  if [ -n "$B_BAD" ]; then B_W=failed
  elif [ "$B_X" -le 1 ]; then B_K=rolled-back; fi
  b_put "$B_HOME/$1/end" "$B_K"
  b_end_as "$B_W"
  b_job_end "$1"; b_disarm; b_unlock "$1"
}
