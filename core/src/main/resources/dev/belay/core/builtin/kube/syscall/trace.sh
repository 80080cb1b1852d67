# Functions that watch the system calls of containers. POSIX sh; strace and grep.

# b_trace_ids ID...: one line `ID PID` for each process in the cgroup of a container, of any driver and
# version: the id stands in the path.
b_trace_ids() {
  for B_F in /proc/[0-9]*/cgroup; do
    while read -r B_L; do
      for B_I in "$@"; do
        case $B_L in *"$B_I"*) B_P=${B_F#/proc/}; echo "$B_I ${B_P%/cgroup}"; break 2 ;; esac
      done
    done 2>/dev/null <"$B_F" || :
  done
}

# b_trace_parent PID: the id of its parent.
b_trace_parent() {
  while read -r B_K B_V; do
    [ "$B_K" != PPid: ] || { echo "$B_V"; return 0; }
  done 2>/dev/null <"/proc/$1/status"
  return 1
}

# b_trace_chain: the processes above this shell with their parents, as `PID:PARENT`. When the one who
# asks is gone, sshd is, and the chain is another.
b_trace_chain() {
  B_P=$$
  while [ "$B_P" -gt 1 ]; do
    B_U=$(b_trace_parent "$B_P") || return 0
    printf ' %s:%s' "$B_P" "$B_U"
    B_P=$B_U
  done
}

# b_trace_asked: whether the one who asks is still there.
b_trace_asked() {
  for B_C in $B_CHAIN; do
    [ "$(b_trace_parent "${B_C%:*}")" = "${B_C#*:}" ] || return 1
  done
}

# b_trace_mark WORDS: standard input, with words before each line; one write a line, so that lines of
# several containers do not get mixed up.
b_trace_mark() { while IFS= read -r B_L || [ -n "$B_L" ]; do printf '%s %s\n' "$1" "$B_L"; done; }

# b_trace_run SECONDS NAMES ARGUMENT...: strace with its output filtered. It is ended after SECONDS by
# timeout, also when this shell is killed; and within a second when nobody asks any more. A tracer that
# ends, in whatever way, leaves what it traced running: strace seizes, see ptrace(2).
b_trace_run() {
  B_S=$1 B_W=$2; shift 2
  if [ -z "$B_W" ]; then set -- -c -o '|exec cat' "$@"; else
    set -- -C -tt -o "|grep -aE '^[0-9]+ +[0-9:.]+ +(<\.\.\. )?($B_W)[ (]|^% time|^-----|^ *[0-9]+\.[0-9]+ +[0-9]' | cut -c1-400 | tail -c 131072" "$@"
  fi
  B_G=; ! timeout --foreground 1 true 2>/dev/null || B_G=--foreground
  LC_ALL=C timeout $B_G -s TERM -k 10 "$B_S" strace -f "$@" </dev/null &
  B_T=$!
  trap 'kill -TERM "$B_T" 2>/dev/null' HUP INT TERM
  B_N=$((B_S + 12))
  while [ "$B_N" -gt 0 ] && kill -0 "$B_T" 2>/dev/null; do
    sleep 1
    B_N=$((B_N - 1))
    b_trace_asked || { kill -TERM "$B_T" 2>/dev/null; break; }
  done
  wait "$B_T"
  [ $? != 137 ] || echo "strace had to be killed; what it saw is lost" >&2
}

# b_trace SECONDS NAMES ID...: what the processes of these containers call in that time, all containers
# at once. Lines: `ID p` and the processes, or none; `ID o` and a line of strace's output, counts and the
# calls of NAMES (a|b|c, or empty); `ID e` and one of what it says besides.
b_trace() {
  command -v strace >/dev/null 2>&1 || { echo 'no strace'; return 3; }
  B_SECONDS=$1 B_NAMES=$2; shift 2
  B_CHAIN=$(b_trace_chain)
  B_ALL=$(b_trace_ids "$@")
  for B_ID in "$@"; do
    B_PIDS=
    while read -r B_I B_P; do
      [ "$B_I" != "$B_ID" ] || B_PIDS="$B_PIDS -p $B_P"
    done <<END
$B_ALL
END
    echo "$B_ID p$B_PIDS"
    [ -z "$B_PIDS" ] || {
      { { b_trace_run "$B_SECONDS" "$B_NAMES" $B_PIDS 2>&3 3>&- 4>&- | b_trace_mark "$B_ID o" >&4; } 3>&1 |
        b_trace_mark "$B_ID e"; } 4>&1 &
    }
  done
  wait
}
