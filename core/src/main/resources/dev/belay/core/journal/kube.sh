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
b_await_process() {
  B_NAME=$1 B_NOT=$2 B_END=$(($(date +%s) + $3)) B_STABLE=$4 B_URL=$5; shift 5
  B_GOOD= B_SINCE=0 B_WHY="no process $B_NAME"
  while :; do
    B_NOW=$(date +%s)
    if b_candidate "$@"; then
      [ "$B_GOOD" = "$B_ONE" ] || { B_GOOD=$B_ONE; B_SINCE=$B_NOW; }
      [ $((B_NOW - B_SINCE)) -lt "$B_STABLE" ] || { echo "process ${B_GOOD% *} is ready"; return 0; }
      B_WHY="process ${B_GOOD% *} was ready, but not for $B_STABLE s yet"
    elif [ -n "$B_GOOD" ]; then
      B_WHY="process ${B_GOOD% *} was ready and then no more: $B_WHY"; B_GOOD=
    fi
    [ "$B_NOW" -lt "$B_END" ] || { echo "$B_WHY" >&2; return 1; }
    sleep 0.3 2>/dev/null || sleep 1
  done
}

# b_candidate FLAG...: one look; sets B_ONE to the process, or B_WHY to what is missing.
b_candidate() {
  B_ALL=$(b_process "$B_NAME"); B_ONE=
  [ -n "$B_ALL" ] || { B_WHY="no process $B_NAME runs"; return 1; }
  B_L='
'
  case $B_ALL in *"$B_L"*) B_WHY="more than one process $B_NAME runs"; return 1 ;; esac
  case "$B_L$B_NOT$B_L" in *"$B_L$B_ALL$B_L"*) B_WHY="still the old process ${B_ALL% *}"; return 1 ;; esac
  B_ARGS=$(tr '\0' '\n' <"/proc/${B_ALL% *}/cmdline") 2>/dev/null || { B_WHY="process ${B_ALL% *} is gone"; return 1; }
  for B_FLAG in "$@"; do
    b_has_flag "$B_ARGS" "$B_FLAG" || {
      case $B_FLAG in !*) B_WHY="process ${B_ALL% *} still has ${B_FLAG#!}" ;; *) B_WHY="process ${B_ALL% *} runs without $B_FLAG" ;; esac
      return 1
    }
  done
  if [ -n "$B_URL" ]; then
    B_SAID=$(b_readyz "$B_URL" 2>&1) || { B_WHY="process ${B_ALL% *} is not ready: $B_SAID"; return 1; }
  fi
  B_ONE=$B_ALL
}

# b_tail FILE: the last 20 lines under a heading.
b_tail() { echo "--- $1"; tail -n 20 -- "$1"; }

# b_diagnose_pod NAME: what an expert would look at first. Only reads.
b_diagnose_pod() {
  B_LAST=
  for B_F in /var/log/pods/kube-system_"$1"-*/"$1"/*.log; do
    [ -f "$B_F" ] || continue
    if [ -z "$B_LAST" ] || [ "$B_F" -nt "$B_LAST" ]; then B_LAST=$B_F; fi
  done
  if [ -n "$B_LAST" ]; then b_tail "$B_LAST"; else echo "no container log of $1 under /var/log/pods"; fi
  if command -v crictl >/dev/null; then
    echo "--- crictl ps -a --name $1"; timeout 10 crictl ps -a --name "$1" 2>&1 | tail -n 5
  fi
  if command -v journalctl >/dev/null; then
    echo "--- journalctl -u kubelet, last lines about $1"
    timeout 10 journalctl -u kubelet --no-pager -n 200 -o cat 2>/dev/null | while IFS= read -r B_K; do
      case $B_K in *"$1"*) printf '%s\n' "$B_K" ;; esac
    done | tail -n 10
  fi
  return 0
}
