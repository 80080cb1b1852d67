# Functions that read a log where it lies. POSIX sh and coreutils; grep and gzip only where they are.

# b_log_list LOG: one line INODE SIZE NAME for each regular file beside LOG, or LOG itself, whose name
# begins as that of LOG does: which of them are its rotated parts, the one who asks decides by name.
b_log_list() {
  B_K=${1%/*}; B_N=${1##*/}
  [ -e "${B_K:-/}" ] || return 0
  [ -x "${B_K:-/}" ] && [ -r "${B_K:-/}" ] || { echo "permission denied in ${B_K:-/}" >&2; return 1; }
  for B_F in "$1" "$B_K/${B_N%.*}"[-.]*; do
    [ -f "$B_F" ] || continue
    case ${B_F##*/} in "$B_N") ;; *[!A-Za-z0-9_.:+-]*) continue ;; esac
    [ -r "$B_F" ] || { echo "permission denied" >&2; return 1; }
    B_S=$(stat -L -c '%i %s' -- "$B_F") || continue
    printf '%s %s\n' "$B_S" "${B_F##*/}"
  done
}

# b_log_border OFFSET: where the first line begins that begins after OFFSET in the file behind
# descriptor 3. Every reader of the file comes to the same answer, so that lines are read once.
b_log_border() {
  [ "$1" = 0 ] && { echo 0; return; }
  B_X=$(tail -c "+$(($1 + 1))" /proc/self/fd/3 2>/dev/null | head -n 1 | wc -c)
  echo $(($1 + B_X))
}

# b_log_perl: whether grep knows the regular expressions of Perl.
b_log_perl() { echo x | grep -qP x >/dev/null 2>&1; }

# b_log_lines FROM TO plain|gzip: the lines that begin between two offsets, TO empty for all the rest,
# through the filter. Without iflag of dd, which busybox and GNU know, tail and head do as well.
b_log_lines() {
  if [ "$3" = gzip ]; then gzip -dc <&3 | b_log_filter; return; fi
  if [ "$1$2" = 0 ]; then b_log_filter <&3; return; fi
  B_A=$(b_log_border "$1"); B_E=
  [ -z "$2" ] || B_E=$(($(b_log_border "$2") - B_A))
  if dd bs=1 iflag=skip_bytes,count_bytes skip=0 count=0 status=none </dev/null 2>/dev/null; then
    if [ -n "$B_E" ]; then
      dd bs=65536 iflag=skip_bytes,count_bytes skip="$B_A" count="$B_E" status=none <&3 | b_log_filter
    else
      dd bs=1 iflag=skip_bytes,count_bytes skip="$B_A" count=0 status=none <&3 && b_log_filter <&3
    fi
  elif [ -n "$B_E" ]; then
    { tail -c "+$((B_A + 1))" /proc/self/fd/3 2>/dev/null; } | head -c "$B_E" | b_log_filter
  else tail -c "+$((B_A + 1))" /proc/self/fd/3 | b_log_filter
  fi
}

# b_log_part FILE INODE FROM TO plain|gzip LIMIT: a part of a log through b_log_filter, as `z` and
# gzip or `p` and plain text. A rotation may have renamed FILE since it was listed; its inode stays.
b_log_part() {
  B_N=${1##*/}
  for B_F in "$1" "${1%/*}/${B_N%%[-.]*}"*; do
    [ -f "$B_F" ] && [ -r "$B_F" ] || continue
    {
      [ "$(stat -L -c %i /proc/self/fd/3)" = "$2" ] || continue
      if command -v gzip >/dev/null 2>&1; then
        echo z; b_log_lines "$3" "$4" "$5" | gzip -1c | head -c "$6"
      else
        echo p; b_log_lines "$3" "$4" "$5" | head -c "$6"
      fi
      return 0
    } 3<"$B_F"
  done
  echo "it was rotated away while it was read" >&2
  return 1
}
