# Functions that read a static pod manifest as far as plain text can tell: whether the kubelet would see
# a change of it, and which flags it gives a container.

# b_blanks: sets B_BLANK to what a line may end in.
b_blanks() { B_BLANK=$(printf ' \t\r.'); B_BLANK=${B_BLANK%.}; }

# b_manifest FILE: a manifest without what the kubelet does not see: comments, blank lines, ends of lines.
b_manifest() {
  b_blanks
  while IFS= read -r B_K || [ -n "$B_K" ]; do
    case $B_K in *\"* | *\'*) ;; *) B_K=${B_K%%[$B_BLANK]#*} ;; esac
    B_K=${B_K%"${B_K##*[!$B_BLANK]}"}
    case ${B_K#"${B_K%%[!$B_BLANK]*}"} in '' | '#'*) ;; *) printf '%s\n' "$B_K" ;; esac
  done <"$1"
}

# b_flags FILE NAME: sets B_FLAGS to the flags that a manifest gives container NAME, a line each. What
# is no plain or simply quoted item of a list in block style is left out, not guessed at.
b_flags() {
  B_FLAGS= B_ALSO= B_ITEM= B_LIST= B_DASH= B_KEY= B_NAMED=
  B_L='
'
  b_blanks
  while IFS= read -r B_K || [ -n "$B_K" ]; do
    B_K=${B_K%"${B_K##*[!$B_BLANK]}"}; B_T=${B_K#"${B_K%%[! ]*}"}
    B_I=$((${#B_K} - ${#B_T}))
    case $B_T in '' | '#'*) continue ;; esac
    case $B_DASH in
      '') b_plain "$B_T"; [ "$B_X" != containers: ] || B_DASH=-; continue ;;
      -) case $B_T in '- '*) B_DASH=$B_I ;; *) break ;; esac ;;
    esac
    if [ "$B_I" -le "$B_DASH" ]; then
      b_container_ends "$2"
      case "$B_I $B_FLAGS $B_T" in "$B_DASH  - "*) ;; *) return 0 ;; esac
      B_T=${B_T#-}; B_T=${B_T#"${B_T%%[! ]*}"}; B_I=$((${#B_K} - ${#B_T})) B_KEY=$((${#B_K} - ${#B_T}))
    fi
    b_flag_line "$2"
  done <"$1"
  b_container_ends "$2"
}

# b_container_ends NAME: takes the flags when the container that ends here is the one.
b_container_ends() {
  b_item_ends
  [ "$B_NAMED" != "$1" ] || B_FLAGS=$B_ALSO
  B_ALSO= B_LIST= B_NAMED=
}
b_item_ends() { [ -z "$B_ITEM" ] || B_ALSO=$B_ALSO${B_ALSO:+$B_L}$B_ITEM; B_ITEM=; }

# b_flag_line NAME: the line B_T, indented by B_I, of a container whose keys are indented by B_KEY.
b_flag_line() {
  case "${B_LIST:--}$B_T" in
    -*) ;;
    "$B_LIST- "*) [ "$B_LIST" != here ] || [ "$B_I" -lt "$B_KEY" ] || B_LIST=$B_I
      if [ "$B_I" = "$B_LIST" ]; then b_item_ends; B_T=${B_T#-}; b_item "$B_T" "$1"; return; fi ;;
  esac
  if [ "$B_I" -gt "$B_KEY" ]; then B_ITEM=; return; fi # an item that goes on is not understood
  b_item_ends; B_LIST=
  b_plain "$B_T"
  case $B_X in
    command: | args:) B_LIST=here ;;
    name:*) b_scalar "${B_T#name:}"; B_NAMED=$B_X ;;
  esac
}

# b_item TEXT NAME: keeps an item that is surely one flag; $(WORD) would be replaced by the kubelet. What
# comes before the program itself is for a program that starts it.
b_item() {
  b_scalar "$1"
  case $B_X in
    *'$'*) ;;
    --*) B_ITEM=$B_X ;;
    "$2" | */"$2") B_ALSO= ;;
  esac
}

# b_scalar TEXT: sets B_X to a scalar of one line, plain or quoted without escapes; else to nothing.
b_scalar() {
  B_X=${1#"${1%%[! ]*}"}
  case $B_X in
    \"*) b_quoted '"' ;;
    \'*) b_quoted "'" ;;
    *) b_plain "$B_X" ;;
  esac
}
b_plain() { B_X=${1%%[$B_BLANK]#*}; B_X=${B_X%"${B_X##*[!$B_BLANK]}"}; }
b_quoted() {
  B_X=${B_X#?}; B_REST=${B_X#*"$1"}
  case $B_X in *"$1"*) B_X=${B_X%%"$1"*} ;; *) B_X= ;; esac
  case $1$B_X in \"*\\*) B_X= ;; esac
  case $B_REST in '' | [$B_BLANK]*) ;; *) B_X= ;; esac
}

# b_flag_value LINES NAME: sets B_X to the last value that the words LINES give a flag, empty for none.
b_flag_value() {
  B_X= B_NEXT=
  while IFS= read -r B_K; do
    if [ -n "$B_NEXT" ]; then B_X=$B_K B_NEXT=; continue; fi
    case $B_K in "--$2="*) B_X=${B_K#*=} ;; "--$2") B_NEXT=1 ;; esac
  done <<END
$1
END
}

# b_url LINES: sets B_URL to where an API server with these flags answers.
b_url() {
  b_flag_value "$1" advertise-address; B_URL=${B_X:-127.0.0.1}
  case $B_URL in *:*) B_URL="[$B_URL]" ;; esac
  b_flag_value "$1" secure-port; B_URL=https://$B_URL:${B_X:-6443}
}
