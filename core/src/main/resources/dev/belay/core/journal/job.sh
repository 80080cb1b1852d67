# Functions for work that goes on when the session that began it ends, appended to prelude.sh. A job is
# a background copy of the resident shell, deaf to hang-ups, and a directory $B_JOBS/RUN.K: `pid` of
# the copy, and for its N-th request `N.out`, `N.err`, maybe `N.now` (how far it is) and, at last,
# `N.rc`. It lies in memory where the host has /run, so what it holds is on no disk and gone after a
# restart.
# Exit codes: 79 the job has ended before its end, 82 a request of it has failed, 83 it was stopped.

# b_jobs: sets B_JOBS to the directory of all jobs of this user.
b_jobs() {
  b_home; B_JOBS=$B_HOME/jobs
  if [ "$(id -u)" = 0 ] && [ -d /run ] && [ -w /run ]; then B_JOBS=/run/belay; fi
}

# b_self: sets B_SELF to number and start time of the very process that calls it, which in a subshell
# is not $$.
b_self() { B_SELF=$(exec sh -c 'echo $PPID') && B_SELF="$B_SELF $(b_born "$B_SELF")"; }

# b_lives FILE: whether the process that b_self noted there still runs; sets B_PID, and B_UNTIL
# to the word behind.
b_lives() {
  B_PID=; [ -f "$1" ] && { read -r B_PID B_BORN B_UNTIL; } 2>/dev/null <"$1" && [ -n "$B_PID" ] && [ "$(b_born "$B_PID")" = "$B_BORN" ]
}

# b_now: sets B_NOW to the seconds since the host was started, which no clock change moves.
b_now() { read -r B_NOW B_T </proc/uptime; B_NOW=${B_NOW%.*}; }

# b_nap: waits a moment.
b_nap() { sleep 0.05 2>/dev/null || sleep 1; }

# b_job RUN K [always|well SCRIPT]...: begins a job of these requests; nothing where it has begun.
b_job() {
  b_jobs; B_JOB=$B_JOBS/$1.$2 B_JRUN=$1; shift 2
  (umask 077; mkdir -p -- "$B_JOBS") || return 77
  if ! mkdir -m 700 -- "$B_JOB"; then [ -d "$B_JOB" ]; return; fi
  ( trap "" HUP INT PIPE; exec </dev/null >/dev/null 2>&1
    b_self && printf "%s\n" "$B_SELF" >"$B_JOB/pid.new" && mv -f -- "$B_JOB/pid.new" "$B_JOB/pid" || exit
    B_SKIP= B_N=0
    while [ $# -gt 0 ]; do B_N=$((B_N + 1)); b_job_step "$B_N" "$1" "$2"; shift 2; done ) &
}

# b_job_step N always|well SCRIPT: one request of a job, by the rules of the resident shell.
b_job_step() {
  B_RC=skipped
  if [ -e "$B_JOBS/$B_JRUN.stop" ] && [ "$2" = well ] && [ -z "$B_SKIP" ]; then
    echo "stopped as asked" >"$B_JOB/$1.err"; printf "" >"$B_JOB/$1.out"; B_RC=83 B_SKIP=1
  elif [ "$2" = always ] || [ -z "$B_SKIP" ]; then
    ( B_TELL=$B_JOB/$1.now; eval "$3" ) >"$B_JOB/$1.out" 2>"$B_JOB/$1.err"; B_RC=$?
    [ "$2" = always ] || [ "$B_RC" = 0 ] || B_SKIP=1
  fi
  printf %s "$B_RC" >"$B_JOB/rc.new" && mv -f -- "$B_JOB/rc.new" "$B_JOB/$1.rc"
}

# b_job_reply RUN K N [well]: waits for a request of a job; prints its status, then what it printed. Where
# it says well, one that has failed gives 82.
b_job_reply() {
  b_jobs; B_JOB=$B_JOBS/$1.$2; B_N=0 B_NAPS=0 B_TOLD=
  until [ -f "$B_JOB/$3.rc" ]; do
    if ! b_lives "$B_JOB/pid"; then
      [ ! -f "$B_JOB/$3.rc" ] || break
      # A job that has just begun has not said so yet.
      B_N=$((B_N + 1))
      [ -z "$B_PID" ] && [ "$B_N" -lt 60 ] || { echo "what the host was told to do was ended before its end" >&2; return 79; }
    fi
    [ ! -s "$B_JOB/$3.now" ] || b_job_tell "$B_JOB/$3.now"
    b_nap
  done
  b_slurp "$B_JOB/$3.rc"; printf '%s\n' "$B_X"
  [ ! -f "$B_JOB/$3.out" ] || { cat -- "$B_JOB/$3.out"; cat -- "$B_JOB/$3.err" >&2; }
  [ "$B_X" = 0 ] || [ "$B_X" = skipped ] || [ -z "${4:-}" ] || return 82
}

# b_job_tell FILE: notes the last line of what a request says to $B_TELL, about twice a second.
b_job_tell() {
  B_NAPS=$(((B_NAPS + 1) % 10)); [ "$B_NAPS" = 1 ] || return 0
  B_T=$(tail -n 1 -- "$1" 2>/dev/null)
  [ "$B_T" = "$B_TOLD" ] || { B_TOLD=$B_T; B_note "$B_T"; }
}

# b_job_end RUN: forgets the jobs of a run.
b_job_end() {
  b_jobs
  for B_JF in "$B_JOBS/$1".*; do [ ! -e "$B_JF" ] || rm -rf -- "$B_JF"; done
  rmdir -- "$B_JOBS" 2>/dev/null || :
}

# b_job_stop RUN: the jobs of a run begin nothing more but what is always done.
b_job_stop() { b_jobs; (umask 077; mkdir -p -- "$B_JOBS") && : >"$B_JOBS/$1.stop"; }

# b_job_runs RUN: whether a job of that run is at work.
b_job_runs() {
  b_jobs
  for B_JF in "$B_JOBS/$1".*; do ! b_lives "$B_JF/pid" || return 0; done
  return 1
}

# b_job_kill RUN: ends the jobs of a run with all that they have begun.
b_job_kill() {
  b_jobs
  for B_JF in "$B_JOBS/$1".*; do ! b_lives "$B_JF/pid" || b_kill_tree "$B_PID"; done
}

# b_children PID: sets B_KIDS to the children of a process.
b_children() {
  B_KIDS=
  for B_K in /proc/[0-9]*; do
    { read -r B_T <"$B_K/stat"; } 2>/dev/null || continue
    set -- "$1" ${B_T##*) }
    [ "$3" != "$1" ] || B_KIDS="$B_KIDS ${B_K#/proc/}"
  done
}

# b_kill_tree PID: ends a process, then its children, which are stopped first so that they cannot become
# more meanwhile. The process itself is not: sudo, su and nsenter stop with their command, and would
# stay so for good.
b_kill_tree() {
  B_TREE= B_ROUND=
  until b_children "$1"; [ "$B_KIDS" = "$B_TREE" ] || [ "$B_ROUND" = xxxxxxxxxxxxxxxxxxxx ]; do
    B_TREE=$B_KIDS B_ROUND=x$B_ROUND
    kill -STOP $B_TREE 2>/dev/null || :
  done
  kill -KILL "$1" 2>/dev/null || :
  for B_K in $B_TREE; do ( b_kill_tree "$B_K" ); done
}

# b_bounded PID SECONDS: waits for a child of this shell, which only waits for children of its own; ends
# those with all they have begun when it takes longer, which gives 124. The child itself is left to end:
# bash would print its whole text, secrets too, if a signal ended it.
b_bounded() {
  b_now; B_END=$((B_NOW + $2))
  while b_born "$1" >/dev/null; do
    b_now
    if [ "$B_NOW" -gt "$B_END" ]; then
      b_children "$1"
      for B_K in $B_KIDS; do ( b_kill_tree "$B_K" ); done
      wait "$1"; echo "it took longer than $2 s and was ended" >&2; return 124
    fi
    b_nap
  done
  wait "$1"
}

# b_looks SECONDS COMMAND...: whether the command that a task waits for succeeds now; says so where it does
# not, or not in time. What it prints goes through a file: what it leaves running would hold a pipe open.
b_looks() {
  B_LONG=$1 B_SAID=$B_DIR/look; shift
  ( ( "$@" ) >"$B_SAID" 2>&1; exit $? ) 2>/dev/null & b_bounded $! "$B_LONG" 2>/dev/null
  B_CODE=$?; b_slurp "$B_SAID"; rm -f -- "$B_SAID"
  [ "$B_CODE" != 0 ] || return 0
  if [ "$B_NOW" -gt "$B_END" ]; then printf '%s took longer than %s s and was ended: %s\n' "$*" "$B_LONG" "$B_X" >&2
  else printf '%s ended with status %s: %s\n' "$*" "$B_CODE" "${B_X%"$B_NL"}" >&2; fi
  return 1
}

# b_again CODE ATTEMPTS SECONDS: counts a failed attempt, B_TRY, and waits; fails after the last one. Sets
# B_CODE to how it ended.
b_again() {
  B_CODE=$1 B_TRY=$((B_TRY + 1))
  [ "$B_TRY" -le "$2" ] || return 1
  sleep "$3"
}
