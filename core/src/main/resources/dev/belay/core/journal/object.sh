# Functions about objects of the cluster, asked by kubectl with the path of the request (--raw), so that
# it discovers nothing and writes no cache. Objects are JSON in one line, as the API server prints them.
# Nothing that a server answers is ever evaluated.

# b_kube CONFIG WORD...: kubectl with these credentials and B_IN as standard input. Sets B_X to all it
# printed, and B_TRIES. Tries again until B_UNTIL (see b_now) while the API server cannot be reached.
b_kube() {
  command -v kubectl >/dev/null 2>&1 || { B_X="the host has no kubectl"; return 127; }
  [ -r "$1" ] || { B_X="there is no file $1 that may be read"; return 126; }
  B_KC=$1 B_TRIES=0; shift
  while :; do
    B_TRIES=$((B_TRIES + 1))
    B_X=$(printf %s "$B_IN" | timeout 20 kubectl --kubeconfig "$B_KC" --request-timeout=10s "$@" 2>&1) && return 0
    B_RC=$?; [ -n "$B_X" ] || B_X="kubectl said nothing and ended with status $B_RC"
    b_now; b_away "$B_X" && [ "$B_NOW" -lt "$B_UNTIL" ] || return "$B_RC"
    sleep 0.5 2>/dev/null || sleep 1
  done
}

# b_away TEXT: whether kubectl says that the API server is not there right now, as while it restarts.
b_away() {
  case $1 in
    *x509:*) return 1 ;;
    *"was refused"*|*"Unable to connect to the server"*|*"(ServiceUnavailable)"*|*"(Timeout)"*|*"(InternalError)"*|*"(TooManyRequests)"*) ;;
    *etcdserver:*|*"connection reset"*|*"i/o timeout"*|*"handshake timeout"*|*"deadline exceeded"*|*": EOF"*|*"said nothing"*) ;;
    *) return 1 ;;
  esac
}

# b_missing TEXT: whether kubectl says that there is no object, and not that there is no such kind.
b_missing() { case $1 in *"could not find the requested resource"*) return 1 ;; *"(NotFound)"*) ;; *) return 1 ;; esac; }

# b_until SECONDS: from now on.
b_until() { b_now; B_UNTIL=$((B_NOW + $1)); B_IN=; }

# b_objects [CONFIG PATH]...: the answer of ObjectFact for each: status, length, and what was printed. One
# API server that is away is waited for once.
b_objects() {
  b_until 15; B_GONE=
  while [ $# -gt 1 ]; do
    if [ "$B_GONE" != "$1" ]; then
      if b_kube "$1" get --raw "$2"; then B_RC=0; else B_RC=$?; ! b_away "$B_X" || B_GONE=$1; fi
    fi
    printf '%s %s\n%s' "$B_RC" "${#B_X}" "$B_X"
    shift 2
  done
}

# b_access [CONFIG REVIEW]...: the answer of AccessFact for each, as of b_objects: what the API server says of
# a SubjectAccessReview, which it keeps nowhere. Its authorizer hears of a binding that has gone a moment later,
# so where there is a yes all are asked once more.
b_access() {
  B_SAID=$(b_reviews "$@")
  case $B_SAID in *'"allowed":true'*) sleep 1; B_SAID=$(b_reviews "$@") ;; esac
  printf %s "$B_SAID"
}
b_reviews() {
  b_until 15; B_GONE=
  while [ $# -gt 1 ]; do
    B_IN=$2
    if [ "$B_GONE" != "$1" ]; then
      if b_kube "$1" create --raw /apis/authorization.k8s.io/v1/subjectaccessreviews -f -; then B_RC=0; else B_RC=$?; ! b_away "$B_X" || B_GONE=$1; fi
    fi
    printf '%s %s\n%s' "$B_RC" "${#B_X}" "$B_X"
    shift 2
  done
}

# b_object_is CONFIG PATH UID [SECONDS]: refuses to go on (75) when the object is another than the one with that UID. One
# that is gone already is fine.
b_object_is() {
  b_until "${4:-60}"
  if ! b_kube "$1" get --raw "$2"; then
    b_missing "$B_X" && return 0
    printf '%s\n' "$B_X" >&2; return 1
  fi
  case $B_X in *"\"uid\":\"$3\""*) return 0 ;; esac
  b_object_uid "$B_X"
  printf 'expected the object with uid %s\nfound another of that name, with uid %s\n' "$3" "$B_U" >&2; return 75
}

# b_object_uid JSON: sets B_U to the uid of the object, which stands before those of its owners.
b_object_uid() { B_U=${1#*'"uid":"'}; [ "$B_U" != "$1" ] || B_U=; B_U=${B_U%%'"'*}; }

# b_object_version JSON: sets B_V to what changes when somebody edits the object: its generation, or its
# resource version where it has none.
b_object_version() {
  B_V=${1#*'"generation":'}
  if [ "$B_V" != "$1" ]; then B_V="generation ${B_V%%[!0-9]*}"
  else B_V=${1#*'"resourceVersion":"'}; B_V="version ${B_V%%'"'*}"; fi
}

# b_object_delete CONFIG PATH UID SECONDS: deletes the object with that UID, and no other even if it comes
# up this very moment, and waits until it is gone.
b_object_delete() {
  b_until 60
  B_IN="{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"preconditions\":{\"uid\":\"$3\"}}"
  if ! b_kube "$1" delete --raw "$2" -f -; then
    b_missing "$B_X" && return 0
    printf '%s\n' "$B_X" >&2; return 1
  fi
  b_object_gone "$1" "$2" "$3" "$4" && return 0
  return 1
}

# b_object_gone CONFIG PATH UID SECONDS: waits until the object with that UID is gone.
b_object_gone() {
  b_until 60; B_GO=$((B_NOW + $4))
  while b_kube "$1" get --raw "$2"; do
    case $B_X in *"\"uid\":\"$3\""*) ;; *)
      echo "it is deleted, but something has made another of that name already" >&2; return 1 ;;
    esac
    b_now
    if [ "$B_NOW" -ge "$B_GO" ]; then
      B_U=${B_X#*'"finalizers":['}
      case $B_X in
        *'"finalizers":['*) echo "it is marked for deletion, but still there after $4 s: the finalizers ${B_U%%]*} have to be done with first, by whoever set them" >&2 ;;
        *) echo "it is marked for deletion, but still there after $4 s; look at the kubelet of its node" >&2 ;;
      esac
      return 1
    fi
    sleep 0.3 2>/dev/null || sleep 1
    B_UNTIL=$((B_NOW + 60))
  done
  b_missing "$B_X" || { printf '%s\n' "$B_X" >&2; return 1; }
}

# b_object_create CONFIG COLLECTION PATH: creates the object that B_OBJECT holds in base64, and keeps what the API
# server made of it in the journal entry. A first try may have been heard though no answer came.
b_object_create() {
  b_until 60; B_IN=$(printf %s "$B_OBJECT" | base64 -d) || return 1
  if ! b_kube "$1" create --raw "$2" -f -; then
    case $B_X in *"(AlreadyExists)"*) [ "$B_TRIES" -gt 1 ] && b_until 60 && b_kube "$1" get --raw "$3" ;; *) false ;; esac ||
      { printf '%s\n' "$B_X" >&2; return 1; }
  fi
  b_put "$B_DIR/made" "$B_X"
}

# b_object_uncreate CONFIG PATH SECONDS: undoes b_object_create: deletes what it made, unless that was never made or
# is gone.
b_object_uncreate() {
  [ -s "$B_DIR/made" ] || return 0
  b_slurp "$B_DIR/made"; b_object_uid "$B_X"
  [ -n "$B_U" ] || { echo "nobody knows which one was made" >&2; return 1; }
  set -- "$1" "$2" "$3" "$B_U"
  b_object_is "$1" "$2" "$4" 150 || return 1
  b_object_delete "$1" "$2" "$4" "$3"
}

# b_object_restore CONFIG COLLECTION PATH UID SECONDS: undoes b_object_delete: creates the object of B_OBJECT again,
# once the one with that UID is gone. One that was never deleted stays as it is.
b_object_restore() {
  b_until 150
  if b_kube "$1" get --raw "$3"; then
    case $B_X in
      *"\"uid\":\"$4\""*)
        case $B_X in *'"deletionTimestamp":"'*) ;; *) return 0 ;; esac
        b_object_gone "$1" "$3" "$4" "$5" || return 1 ;;
      *)
        # An undo that was cut off and begins anew finds what it has made itself.
        [ ! -e "$B_DIR/making" ] || return 0
        echo "somebody has made another of that name meanwhile; the one that was deleted is kept in $B_DIR/undo" >&2; return 1 ;;
    esac
  else
    b_missing "$B_X" || { printf '%s\n' "$B_X" >&2; return 1; }
  fi
  printf '' >"$B_DIR/making" && b_sync "$B_DIR/making" "$B_DIR" && b_object_create "$1" "$2" "$3"
}

# b_object_same CONFIG PATH UID [VERSION]: refuses to go on (75) when the object is neither of that version nor as $B_DIR/undo,
# which b_object_put_back reads, has it: with that UID, and but for its status, its version and who wrote what. Sets B_V to its
# version. One that is gone is left to the API server to refuse.
b_object_same() {
  b_object_is "$1" "$2" "$3" || return $?
  case $B_X in '{'*) ;; *) return 0 ;; esac
  B_SEEN=$B_X; b_slurp "$B_DIR/undo"; B_X=${B_X#"B_OBJECT='"}
  B_R=${B_SEEN#*'"resourceVersion":"'}; B_V=${B_R%%'"'*}
  [ "$B_V" != "${4:-}" ] || return 0
  B_SEEN=${B_SEEN%%'"resourceVersion":"'*}${B_R#*'",'}
  B_WAS=$(printf %s "${B_X%%"'"*}" | base64 -d) && b_object_alike && return 0
  b_object_differs >&2; return 75
}

# b_object_alike: whether B_SEEN is B_WAS but for status, which stands last, and managedFields, which stand last in the
# metadata. Anything in another order, or too long to be cut up by a shell, counts as different.
b_object_alike() {
  B_H=${B_SEEN%%',"managedFields":['*}
  if [ "$B_H" = "$B_SEEN" ]; then
    case $B_SEEN in "$B_WAS" | "${B_WAS%?}"',"status":{'*'}') return 0 ;; esac
    return 1
  fi
  [ "${#B_H}" -le 20000 ] || return 1
  case $B_WAS in "$B_H"*) ;; *) return 1 ;; esac
  B_T=${B_SEEN#*',"managedFields":['} B_R=${B_WAS#"$B_H"}
  # Of an object without anything else, the end would be found in too many places.
  case $B_R in *'"'*) ;; *) return 1 ;; esac
  case $B_T in *"]$B_R" | *"]${B_R%?}"',"status":{'*'}') return 0 ;; esac
  return 1
}

# b_object_differs: prints the values that only one of B_WAS and B_SEEN has; of a Secret none.
b_object_differs() {
  case $B_SEEN in *'"kind":"Secret"'*) printf 'expected the content that was planned with\nfound another\n'; return ;; esac
  [ "${#B_SEEN}" -le 60000 ] || { printf 'expected the content that was planned with\nfound version %s of it\n' "$B_V"; return; }
  case $B_SEEN in *',"managedFields":['*)
    B_T=${B_SEEN#*',"managedFields":['}; B_SEEN=${B_SEEN%%',"managedFields":['*}'}'${B_T#*']}'} ;;
  esac
  B_SEEN=${B_SEEN%%',"status":{'*}
  printf 'expected %s\nfound %s\n' "$(b_object_news "$B_WAS" "$B_SEEN")" "$(b_object_news "$B_SEEN" "$B_WAS")"
}

# b_object_news ONE OTHER: prints the first values of ONE that OTHER has not.
b_object_news() {
  B_T=$(printf %s "$2" | tr '{},' '\n\n\n')
  B_R=$(printf '%s\n' "$1" | tr '{},' '\n\n\n' | while IFS= read -r B_K; do
    case $B_NL$B_T$B_NL in *"$B_NL$B_K$B_NL"*) ;; *) printf '%s\n' "$B_K" ;; esac
  done | head -n 8 | cut -c 1-160 | tr '\n' ' ')
  printf %s "${B_R:-nothing of that}"
}

# b_object_replace CONFIG PATH UID: puts the object of B_OBJECT, which names uid and version, in the place of the one
# there is. Its status may be written at any moment, which counts as another version: then once more, with that version.
b_object_replace() {
  B_N=0; B_W=$(printf %s "$B_OBJECT" | base64 -d) || return 1
  while :; do
    b_until 60; B_IN=$B_W
    if b_kube "$1" replace --raw "$2" -f -; then b_put "$B_DIR/made" "$B_X"; return; fi
    B_N=$((B_N + 1)) B_SAID=$B_X B_TRIED=$B_TRIES
    case $B_X in *"(Conflict)"*) [ "$B_N" -lt 30 ] ;; *) false ;; esac || { printf '%s\n' "$B_SAID" >&2; return 1; }
    b_object_same "$1" "$2" "$3" || {
      B_RC=$?; printf '%s\n' "$B_SAID" >&2
      # A first try may have been heard though no answer came: then it is not known who has written it.
      [ "$B_TRIED" = 1 ] || B_RC=1
      return "$B_RC"
    }
    B_R=${B_W#*'"resourceVersion":"'}; B_W=${B_W%%'"resourceVersion":"'*}'"resourceVersion":"'$B_V'"'${B_R#*'"'}
    sleep 0.3 2>/dev/null || sleep 1
  done
}

# b_object_put_back CONFIG PATH: undoes b_object_replace with the former object of B_OBJECT, unless somebody has
# edited it since.
b_object_put_back() {
  [ -s "$B_DIR/made" ] && [ ! -e "$B_DIR/back" ] || return 0
  b_slurp "$B_DIR/made"; b_object_version "$B_X"; B_W=$B_V
  b_until 150
  b_kube "$1" get --raw "$2" || { printf '%s\n' "$B_X" >&2; return 1; }
  b_object_version "$B_X"
  [ "$B_V" = "$B_W" ] || { echo "somebody has edited it meanwhile ($B_W then, $B_V now); what it was is kept in $B_DIR/undo" >&2; return 1; }
  B_IN=$(printf %s "$B_OBJECT" | base64 -d) && b_kube "$1" replace --raw "$2" -f - || { printf '%s\n' "$B_X" >&2; return 1; }
  printf '' >"$B_DIR/back"
}

# b_object_wants CONFIG PATH UID FROM TO [SECONDS]: sets B_X to the scale of the workload and B_R to the number of replicas
# that it wants. Refuses to go on (75) when it is another than the one with that UID, or wants neither FROM nor TO.
b_object_wants() {
  b_until "${6:-60}"
  b_kube "$1" get --raw "$2/scale" || { printf '%s\n' "$B_X" >&2; return 1; }
  b_object_uid "$B_X"
  [ "$B_U" = "$3" ] || { printf 'expected the object with uid %s\nfound another of that name, with uid %s\n' "$3" "$B_U" >&2; return 75; }
  B_R=${B_X#*'"spec":{"replicas":'}
  # The API server leaves a 0 out.
  if [ "$B_R" = "$B_X" ]; then B_R=0; else B_R=${B_R%%[!0-9]*}; fi
  [ "$B_R" = "$4" ] || [ "$B_R" = "$5" ] ||
    { printf 'expected that it wants %s replicas\nfound that somebody has scaled it to %s\n' "$4" "$B_R" >&2; return 75; }
}

# b_object_scale CONFIG PATH UID FROM TO [SECONDS]: lets the workload want TO replicas instead of FROM, and alters nothing
# else. Its status changes all the time, so that another may write it between the look and the answer.
b_object_scale() {
  B_N=0
  while :; do
    b_object_wants "$@" || return $?
    [ "$B_R" != "$5" ] || return 0
    B_IN=${B_X%%'"spec":{'*}
    B_IN="$B_IN\"spec\":{\"replicas\":$5}}"
    b_kube "$1" replace --raw "$2/scale" -f - && return 0
    B_N=$((B_N + 1))
    case $B_X in *"(Conflict)"*) [ "$B_N" -lt 30 ] ;; *) false ;; esac || { printf '%s\n' "$B_X" >&2; return 1; }
    sleep 0.3 2>/dev/null || sleep 1
  done
}

# b_object_emptied CONFIG PATH NAMESPACE KIND/NAME SECONDS: waits until no pod runs any more that the workload, scaled to 0,
# has made. Its status is at 0 as soon as the last of them is told to end.
b_object_emptied() {
  b_until 60; B_GO=$((B_NOW + $5)) B_IC=$1 B_NS=$3 B_SEL=
  b_kube "$1" get --raw "$2/scale" || { printf '%s\n' "$B_X" >&2; return 1; }
  case $B_X in *'"selector":"'*) B_SEL=${B_X##*'"selector":"'}; B_SEL=${B_SEL%%'"'*} ;; esac
  while b_in get pods -l "$B_SEL" -o 'jsonpath={range .items[*]}{.metadata.name} {.status.phase} {.metadata.ownerReferences[?(@.controller==true)].kind}/{.metadata.ownerReferences[?(@.controller==true)].name}{"\n"}{end}'; do
    B_STAY=$(printf '%s\n' "$B_X" | b_pods_of "$4" | head -n 10 | tr '\n' ' ')
    [ -n "$B_STAY" ] || return 0
    b_now
    if [ "$B_NOW" -ge "$B_GO" ]; then
      echo "it is scaled to 0, but these pods still run after $5 s: ${B_STAY% }; look at the kubelet of their node" >&2; return 1
    fi
    sleep 1
    B_UNTIL=$((B_NOW + 60))
  done
  printf '%s\n' "$B_X" >&2; return 1
}

# b_pods_of KIND/NAME: of lines `POD PHASE CONTROLLER` prints the pods of a workload that have not ended by themselves. Those
# of a Deployment are made by its ReplicaSets, NAME-HASH.
b_pods_of() {
  while read -r B_P B_K B_T; do
    case $B_K in Succeeded|Failed) continue ;; esac
    case $1/$B_T in Deployment/*/ReplicaSet/*-*) B_T=${B_T%-*}; B_T=Deployment/${B_T#*/} ;; esac
    [ "$B_T" != "$1" ] || printf '%s\n' "$B_P"
  done
}
