# Functions that prove that a static pod runs as its manifest says, without asking the container runtime:
# its process, the pod that belongs to, its readiness, an audit event of it, and that it stays so. In
# $B_NOTE: `pod` holds the digest of the manifest and then a line `PID START HASH` for each process;
# `logs` the container logs there were.

# b_pod_hash NAME PID: sets B_HASH to the config hash of the pod that a process belongs to, which is the
# UID of a static pod, out of its control group; where that does not tell, to the one whose log is newest.
b_pod_hash() {
  B_HASH=
  { while IFS= read -r B_K; do
      case $B_K in *[/-]pod*) B_K=${B_K##*[/-]pod}; B_HASH=${B_K%%[./]*}; break ;; esac
    done <"/proc/$2/cgroup"; } 2>/dev/null
  case $B_HASH in '' | *[!0-9a-f_-]*) ;; *) return ;; esac
  b_newest_log "$1"; B_K=${B_LOG%/*/*}; B_HASH=${B_K##*_}
}

# b_note_pod NAME MANIFEST: keeps how the pod runs now. Of several processes one is about to end, perhaps
# of the very manifest that is about to be written again: only the pod of the one that listens counts.
b_note_pod() {
  B_L='
'
  B_URL=; if [ -f "$2" ]; then b_flags "$2" "$1"; b_url "$B_FLAGS"; fi
  B_X=$(b_manifest "$2" | sha256sum); B_NOTED=${B_X%% *} B_SAID=$(b_process "$1")
  while read -r B_P B_K; do
    [ -n "$B_P" ] || continue
    B_T=$B_K; b_pod_hash "$1" "$B_P"
    case $B_SAID in *"$B_L"*) b_listens "$B_P" "${B_URL##*:}" || B_HASH= ;; esac
    B_NOTED=$B_NOTED$B_L"$B_P $B_T $B_HASH"
  done <<END
$B_SAID
END
  B_NAME=$1 B_SEEN= B_STARTS=0; b_count_logs
  b_put "$B_NOTE/logs" "$B_SEEN" && b_put "$B_NOTE/pod" "$B_NOTED$B_L"
}

# b_pod_before: reads that: B_DIGEST of the manifest, the processes B_RAN and their B_HASHES, logs B_SEEN.
b_pod_before() {
  B_DIGEST= B_RAN= B_HASHES=' '; b_slurp "${B_NOTE:-/nowhere}/pod"
  while read -r B_P B_K B_T; do
    if [ -z "$B_DIGEST" ]; then B_DIGEST=$B_P; continue; fi
    [ -z "$B_P" ] || { B_RAN=$B_RAN${B_RAN:+$B_L}"$B_P $B_K" B_HASHES="$B_HASHES${B_T:+$B_T }"; }
  done <<END
$B_X
END
  b_slurp "${B_NOTE:-/nowhere}/logs"; B_SEEN=$B_X
}

# b_await_pod NAME MANIFEST STABLE VERB URI: waits until the pod runs as its manifest says, and stays so
# for STABLE seconds: where the manifest is another than before as a new process of a new pod, else as
# the same process as before. URI is of a harmless request with @ for a mark that the audit log must
# show; empty for none.
b_await_pod() { b_pod_setting "$@" && { b_pod_expect; b_steady "$3" b_pod_look; }; }

# b_await_pod_again NAME MANIFEST STABLE: waits until it runs as its manifest says, after an undo.
b_await_pod_again() {
  b_pod_setting "$1" "$2" "$3" '' '' || return 1
  if [ "$B_SUM" = "$B_DIGEST" ]; then B_WANT=$B_HASHES; fi
  b_steady "$3" b_pod_look
}

# b_pod_setting NAME MANIFEST STABLE VERB URI: what the looks need.
b_pod_setting() {
  B_L='
'
  B_NAME=$1 B_VERB=$4 B_URI=$5 B_NOT= B_KEEP= B_WANT= B_NEW= B_WATCH= B_PROVEN= B_TRY=0 B_GONE= B_STARTS=0
  [ -f "$2" ] || { echo "there is no manifest $2" >&2; return 1; }
  command -v kubectl >/dev/null || command -v curl >/dev/null || command -v wget >/dev/null || {
    echo "$1 cannot be asked whether it is ready: the host has no kubectl, curl or wget" >&2; return 1
  }
  b_flags "$2" "$1"; b_url "$B_FLAGS"
  B_SUM=$(b_manifest "$2" | sha256sum); B_SUM=${B_SUM%% *}; b_pod_before
}

# b_pod_expect: which process counts, by what was noted.
b_pod_expect() {
  if [ -z "$B_DIGEST" ]; then b_count_logs; B_STARTS=0
  elif [ "$B_SUM" = "$B_DIGEST" ]; then B_KEEP=$B_RAN
  else B_NOT=$B_RAN B_NEW=$B_HASHES B_WATCH=1
  fi
}

# b_pod_look: one look; sets B_ONE to what must stay the same.
b_pod_look() {
  # One flag a word, none of them a pattern.
  B_IFS=$IFS; IFS=$B_L; set -f; set -- $B_FLAGS; set +f; IFS=$B_IFS
  if ! b_candidate "$@"; then b_pod_lost; return 1; fi
  case "$B_L$B_KEEP$B_L" in
    "$B_L$B_L" | *"$B_L$B_ONE$B_L"*) ;;
    *) B_OVER=1 B_WHY="$B_NAME was started again as process ${B_ONE% *}, although its manifest is as before"; return 1 ;;
  esac
  b_right_pod && b_audited || return 1
  b_count_logs; B_ONE="$B_ONE $B_HASH $B_STARTS"
}

# b_right_pod: whether process B_ONE belongs to a new pod, or to the one before, as is wanted. Where the
# host does not tell the pod of a process there is nothing to compare.
b_right_pod() {
  b_pod_hash "$B_NAME" "${B_ONE% *}"
  [ -n "$B_HASH" ] || return 0
  case $B_NEW in *" $B_HASH "*) B_WHY="process ${B_ONE% *} still belongs to the old pod $B_HASH"; return 1 ;; esac
  case $B_WANT in '' | ' ' | *" $B_HASH "*) return 0 ;; esac
  B_WHY="process ${B_ONE% *} belongs to pod $B_HASH, not to the one before,${B_WANT% }"
  return 1
}

# b_pod_lost: whether waiting is of no use any more, after b_candidate found nothing.
b_pod_lost() {
  if [ -n "$B_KEEP" ] && [ -z "$B_ALL" ]; then
    B_OVER=1 B_WHY="$B_NAME has ended, although its manifest is as before"
  elif [ -n "$B_WATCH" ] && b_crash_loops; then
    B_OVER=1 B_WHY="$B_NAME ends whenever it is started; started $B_STARTS times so far"
  else
    case $B_WHY in "still the old"*) B_WHY="$B_WHY: the kubelet has not taken up the changed manifest" ;; esac
  fi
}

# b_administers: whether the host can send requests as the administrator of the cluster.
b_administers() { [ -r /etc/kubernetes/admin.conf ] && command -v kubectl >/dev/null; }

# b_audited: whether process B_ONE has written an audit event of a marked request, if it writes any.
b_audited() {
  [ -n "$B_URI" ] && [ "$B_PROVEN" != "$B_ONE" ] || return 0
  { B_ARGS=$(tr '\0' '\n' <"/proc/${B_ONE% *}/cmdline"); } 2>/dev/null || { B_WHY="process ${B_ONE% *} is gone"; return 1; }
  b_flag_value "$B_ARGS" audit-log-path
  case $B_X in '' | -) return 0 ;; esac
  b_event_file "${B_ONE% *}" "$B_X" || return 1
  b_administers || {
    B_OVER=1 B_WHY="no request can be made that the audit log must show: the host has no kubectl or no /etc/kubernetes/admin.conf"; return 1
  }
  B_TRY=$((B_TRY + 1)) B_MARK=$B_NOW-$$-$B_TRY
  B_FROM=$(stat -L -c %s -- "$B_EVENTS" 2>/dev/null) || B_FROM=0
  # What it answers does not matter: mostly that there is no such thing.
  [ "$B_LEFT" -le 10 ] || B_LEFT=10
  B_SAID=$(timeout "$B_LEFT" kubectl --kubeconfig /etc/kubernetes/admin.conf --server "$B_URL" --request-timeout=5s "$B_VERB" --raw "${B_URI%%@*}$B_MARK${B_URI#*@}" 2>&1 >/dev/null </dev/null)
  for B_N in 1 2 3 4 5 6 7 8 9 10; do
    if b_event "$B_MARK"; then B_PROVEN=$B_ONE; return 0; fi
    sleep 0.3 2>/dev/null || sleep 1
  done
  B_WHY="no audit event of a request with mark $B_MARK in $B_EVENTS; kubectl said: $B_SAID"
  return 1
}

# b_event MARK: whether a whole line that looks like an event and has the mark was added to B_EVENTS,
# which may have been exchanged for a new file meanwhile.
b_event() {
  B_X=$(stat -L -c %s -- "$B_EVENTS" 2>/dev/null) || return 1
  [ "$B_X" -ge "$B_FROM" ] || B_FROM=0
  tail -c "+$((B_FROM + 1))" -- "$B_EVENTS" 2>/dev/null | {
    while IFS= read -r B_K; do case $B_K in '{'*"$1"*'}') exit 0 ;; esac; done
    exit 1
  }
}

# b_event_file PID FILE: sets B_EVENTS to where the host sees FILE of a process, if a mount brings it there.
b_event_file() {
  B_EVENTS=$2
  B_X=$(readlink "/proc/$1/ns/mnt") && [ "$B_X" != "$(readlink /proc/self/ns/mnt)" ] || return 0
  B_EVENTS=/proc/$1/root$2 B_X=
  while read -r B_K B_K B_K B_K B_P B_K; do
    case $2 in "${B_P%/}/"*) [ "${#B_P}" -lt "${#B_X}" ] || B_X=$B_P ;; esac
  done <"/proc/$1/mountinfo"
  [ "$B_X" = / ] || return 0
  B_OVER=1 B_WHY="$2 is not mounted from the host: audit events are lost with the container"
  return 1
}
