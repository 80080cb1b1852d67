# Functions that prove that containers are immutable, by writing in them through kubectl exec. Unlike a
# request of --raw these commands discover what the cluster serves; they are kept from writing a cache.

# b_immutable CONFIG NAMESPACE KIND/NAME SELECTOR SECONDS [-c CONTAINER [PATH]...]...: waits until the pods are
# new and ready, then writes to the root of each container, which must not succeed, and to each path, which must.
b_immutable() {
  B_IC=$1 B_NS=$2 B_WHAT=$3 B_SEL=$4; b_until "$5"; B_DUE=$B_UNTIL; shift 5; B_SEEN="nothing was seen"
  while :; do
    b_immutable_once "$@" && return 0
    [ $? != 2 ] && b_now && [ "$B_NOW" -lt "$B_DUE" ] || { printf '%s\n' "$B_SEEN" >&2; return 1; }
    sleep 1
  done
}

# b_in NAME WORD...: kubectl in the namespace.
b_in() { b_kube "$B_IC" --cache-dir=/dev/null/none --namespace="$B_NS" "$@"; }

# b_immutable_once WORD...: one look; 1 when it may yet come, 2 when it will not.
b_immutable_once() {
  b_rolled_out || return
  [ $# -gt 0 ] || return 0
  case $B_WHAT in pod/*) B_PODS=${B_WHAT#*/} ;; *) b_pods || return ;; esac
  for B_P in $B_PODS; do b_proof_all "$@" || return; done
  b_rolled_out
}

b_rolled_out() {
  case $B_WHAT in
    pod/*) b_in wait --for=condition=Ready "$B_WHAT" --timeout=1s && return 0; B_SEEN="it is not ready: $B_X"; return 1 ;;
  esac
  if b_in rollout status "$B_WHAT" --watch=false; then
    case $B_X in *"successfully rolled out"*|*"rolling update complete"*|*"roll out complete"*) return 0 ;; esac
  fi
  B_SEEN=$B_X
  case $B_X in *"exceeded its progress deadline"*) return 2 ;; esac
  return 1
}

# b_pods: sets B_PODS to the names of up to ten pods that are not about to end.
b_pods() {
  b_in get pods -l "$B_SEL" -o 'jsonpath={range .items[*]}{.metadata.name} {.metadata.deletionTimestamp}{"\n"}{end}' ||
    { B_SEEN=$B_X; return 1; }
  B_PODS=$(printf '%s\n' "$B_X" | while read -r B_P B_G; do
    case $B_P in ''|*[!a-z0-9.-]*) continue ;; esac
    [ -n "$B_G" ] || printf '%s\n' "$B_P"
  done | head -n 10)
  [ -n "$B_PODS" ] || { B_SEEN="no pods are found by $B_SEL"; return 1; }
}

# b_proof_all -c CONTAINER [PATH]... -c ...: of one pod, B_P.
b_proof_all() {
  while [ $# -gt 1 ]; do
    B_CN=$2; shift 2
    b_proof_root || return
    while [ $# -gt 0 ] && [ "$1" != -c ]; do b_proof_path "$1" || return; shift; done
  done
}

b_proof_root() {
  if b_in exec "$B_P" -c "$B_CN" -- touch /.belay-probe; then
    b_in exec "$B_P" -c "$B_CN" -- rm -f /.belay-probe
    # A container of an earlier pod of the same name answers as long as it is about to end.
    B_SEEN="container $B_CN of pod $B_P can write to its root"; return 1
  fi
  B_SEEN="container $B_CN of pod $B_P: $B_X"
  case $B_X in
    *"Read-only file system"*) return 0 ;;
    *"executable file not found"*|*'"touch": stat'*|*"no such file or directory: unknown"*)
      B_SEEN="the image of container $B_CN has no touch to prove it with: name it in unproven(..)"; return 2 ;;
  esac
  return 1
}

b_proof_path() {
  if b_in exec "$B_P" -c "$B_CN" -- touch "$1/.belay-probe"; then
    b_in exec "$B_P" -c "$B_CN" -- rm -f "$1/.belay-probe"; return 0
  fi
  B_SEEN="container $B_CN of pod $B_P cannot write to $1: $B_X"
  case $B_X in *"Read-only file system"*|*"Permission denied"*) return 2 ;; esac
  return 1
}

# b_immutable_diagnose CONFIG NAMESPACE KIND/NAME SELECTOR SECONDS: pods and the last lines they printed.
b_immutable_diagnose() {
  B_IC=$1 B_NS=$2; b_until 10
  case $3 in pod/*) set -- "$3" ;; *) set -- -l "$4" ;; esac
  case $1 in -l) b_in get pods -o wide "$@" ;; *) b_in get "$@" -o wide ;; esac; printf '%s\n' "$B_X"
  b_in logs --all-containers --tail=20 "$@"; printf '%s\n' "$B_X"
}
