# Functions about static pods: which process runs, whether it is ready, what it said before it died.

# b_process NAME: the answer of ProcessFact.
b_process() {
  for B_F in /proc/[0-9]*/comm; do
    { read -r B_K <"$B_F"; } 2>/dev/null || continue
    [ "$B_K" = "$1" ] || continue
    B_P=${B_F#/proc/}; B_P=${B_P%/comm}
    B_U=$(b_born "$B_P" 2>/dev/null) || continue
    printf '%s %s\n' "$B_P" "$B_U"
  done
}

# b_has_flag ARGS FLAG: whether the lines ARGS hold --NAME=VALUE, or --NAME and VALUE in turn; a flag
# that begins with ! must not be there.
b_has_flag() {
  B_L='
'
  case $2 in
    !*) ! b_has_flag "$1" "${2#!}" ;;
    *) case "$B_L$1$B_L" in
         *"$B_L$2$B_L"* | *"$B_L${2%%=*}$B_L${2#*=}$B_L"*) return 0 ;;
         *) return 1 ;;
       esac ;;
  esac
}

# b_readyz URL: whether the API server at URL says that it is ready. kubectl knows its credentials,
# which helps where anonymous requests are refused. Without any client it cannot be asked.
b_readyz() {
  if command -v kubectl >/dev/null && [ -r /etc/kubernetes/admin.conf ]; then
    timeout 10 kubectl --kubeconfig /etc/kubernetes/admin.conf --server "$1" --request-timeout=5s get --raw /readyz
  elif command -v curl >/dev/null; then timeout 10 curl -fsSk --max-time 5 "$1/readyz"
  elif command -v wget >/dev/null; then timeout 10 wget -q -T 5 -O - --no-check-certificate "$1/readyz"
  else echo "not asked: the host has no kubectl, curl or wget"
  fi
}

# b_await_process NAME NOT SECONDS STABLE URL FLAG...: waits for a process NAME that is none of the
# lines NOT, has every FLAG, is ready at URL unless that is empty, and stays so for STABLE seconds.
# Gives up early on a crash loop, where NOT names what ran before: the API server is away meanwhile.
b_await_process() {
  B_L='
'
  B_NAME=$1 B_NOT=$2 B_END=$(($(date +%s) + $3)) B_STABLE=$4 B_URL=$5; shift 5
  B_GOOD= B_SINCE=0 B_WHY="no process $B_NAME" B_SEEN= B_GONE= B_STARTS=0; b_count_logs; B_STARTS=0
  while :; do
    B_NOW=$(date +%s)
    if b_candidate "$@"; then
      [ "$B_GOOD" = "$B_ONE" ] || { B_GOOD=$B_ONE; B_SINCE=$B_NOW; }
      [ $((B_NOW - B_SINCE)) -lt "$B_STABLE" ] || { echo "process ${B_GOOD% *} is ready"; return 0; }
      B_WHY="process ${B_GOOD% *} was ready, but not for $B_STABLE s yet"
    elif [ -n "$B_GOOD" ]; then
      B_WHY="process ${B_GOOD% *} was ready and then no more: $B_WHY"; B_GOOD=
    fi
    if [ -n "$B_NOT" ] && b_crash_loops; then
      echo "$B_NAME ends whenever it is started; started $B_STARTS times so far" >&2; return 1
    fi
    [ "$B_NOW" -lt "$B_END" ] || { echo "$B_WHY" >&2; return 1; }
    sleep 0.3 2>/dev/null || sleep 1
  done
}

# b_candidate FLAG...: one look; sets B_ALL to all processes, B_ONE to the wanted one, or B_WHY to what
# is missing. Kubelet before 1.22 starts the new API server beside the old one, which takes up to its
# grace period to end but gives up its port at once: of several processes the one that listens counts.
b_candidate() {
  B_ALL=$(b_process "$B_NAME"); B_ONE= B_WHY="no process $B_NAME runs"
  case $B_ALL in *"$B_L"*) B_MANY=1 ;; *) B_MANY= ;; esac
  B_IFS=$IFS; IFS=$B_L
  for B_P in $B_ALL; do
    IFS=$B_IFS
    b_fits "$B_P" "$@" || continue
    if [ -z "$B_MANY" ] || b_listens "${B_P% *}" "${B_URL##*:}"; then B_ONE=$B_P
    else B_WHY="another process $B_NAME still runs beside ${B_P% *}"; fi
  done
  IFS=$B_IFS
  [ -n "$B_ONE" ] || return 1
  [ -n "$B_URL" ] || return 0
  B_SAID=$(b_readyz "$B_URL" 2>&1) || { B_WHY="process ${B_ONE% *} is not ready: $B_SAID"; B_ONE=; return 1; }
}

# b_fits PROCESS FLAG...: whether a line of b_process is a new process and has the flags.
b_fits() {
  B_ID=${1% *}
  case "$B_L$B_NOT$B_L" in *"$B_L$1$B_L"*) B_WHY="still the old process $B_ID"; return 1 ;; esac
  shift
  { B_ARGS=$(tr '\0' '\n' <"/proc/$B_ID/cmdline"); } 2>/dev/null || { B_WHY="process $B_ID is gone"; return 1; }
  for B_FLAG in "$@"; do
    b_has_flag "$B_ARGS" "$B_FLAG" || {
      case $B_FLAG in !*) B_WHY="process $B_ID still has ${B_FLAG#!}" ;; *) B_WHY="process $B_ID runs without $B_FLAG" ;; esac
      return 1
    }
  done
}

# b_listens PID PORT: whether the process itself holds a listening TCP socket of that port.
b_listens() {
  case $2 in '' | *[!0-9]*) return 1 ;; esac
  B_PORT=$(printf %04X "$2"); B_FDS=$(ls -l "/proc/$1/fd" 2>/dev/null) || return 1
  for B_F in "/proc/$1/net/tcp" "/proc/$1/net/tcp6"; do
    [ -r "$B_F" ] || continue
    while read -r B_K B_HERE B_K B_STATE B_K B_K B_K B_K B_K B_INODE B_K; do
      case "$B_HERE $B_STATE" in *":$B_PORT 0A") ;; *) continue ;; esac
      case $B_FDS in *"socket:[$B_INODE]"*) return 0 ;; esac
    done <"$B_F"
  done
  return 1
}

# b_crash_loops: whether the container was started three times and has ended; or was started, has ended,
# and kubelet holds it back for 20 s, which it does only after several ends (of an earlier run, too).
b_crash_loops() {
  b_count_logs
  if [ -n "$B_ALL" ] || [ "$B_STARTS" = 0 ]; then B_GONE=; return 1; fi
  B_GONE=${B_GONE:-$B_NOW}
  [ "$B_STARTS" -ge 3 ] || [ $((B_NOW - B_GONE)) -ge 20 ]
}

# b_count_logs: counts the starts of container B_NAME, each of which has a log of its own, in B_STARTS.
b_count_logs() {
  for B_F in /var/log/pods/kube-system_"$B_NAME"-*/"$B_NAME"/*.log; do
    case "$B_L$B_SEEN" in *"$B_L$B_F$B_L"*) continue ;; esac
    B_SEEN=$B_SEEN$B_F$B_L B_STARTS=$((B_STARTS + 1))
  done
}

# b_newest_log NAME: sets B_LOG to the newest log of the container that says anything, empty where there
# is none: one that was started this very moment has an empty log.
b_newest_log() {
  B_LOG=
  for B_F in /var/log/pods/kube-system_"$1"-*/"$1"/*.log; do
    [ -s "$B_F" ] || continue
    if [ -z "$B_LOG" ] || [ "$B_F" -nt "$B_LOG" ]; then B_LOG=$B_F; fi
  done
}

# b_tail FILE: the last 20 lines under a heading.
b_tail() { echo "--- $1"; tail -n 20 -- "$1"; }

# b_diagnose_pod NAME: what an expert would look at first. Only reads.
b_diagnose_pod() {
  b_newest_log "$1"
  if [ -n "$B_LOG" ]; then b_tail "$B_LOG"; else echo "no container log of $1 under /var/log/pods"; fi
  if command -v crictl >/dev/null; then
    echo "--- crictl ps -a --name $1"; timeout 10 crictl ps -a --name "$1" 2>&1 | tail -n 5
  fi
  if command -v journalctl >/dev/null; then
    echo "--- journalctl -u kubelet, last lines about $1"
    timeout 10 journalctl -u kubelet --no-pager -n 200 -o cat 2>/dev/null | while IFS= read -r B_K; do
      # While the API server is down kubelet says these again and again; they are no cause.
      case $B_K in *"Unable to write event"* | *"a mirror pod for"*) continue ;; esac
      case $B_K in *"$1"*) printf '%s\n' "$B_K" ;; esac
    done | tail -n 10
  fi
  return 0
}
