#!/bin/sh
# Asks the real ansible-inventory (Debian's ansible-core 2.14) about each case and keeps its answers.
# Cases with a file "refused" hold words of ours where we refuse; "ansible" notes what Ansible did.
# Usage: make-expected.sh [NEW-CASE..]
cd "$(dirname "$0")" || exit 1
here=$PWD
export ANSIBLE_CONFIG=/nowhere.cfg ANSIBLE_NOCOLOR=1 ANSIBLE_LOCALHOST_WARNING=0 LC_ALL=C.UTF-8
for case in */; do
  case=${case%/}
  new=; for name in "$@"; do [ "$name" = "$case" ] && new=yes; done
  (
    set --
    while read -r source; do
      case $source in *,*) set -- "$@" -i "$source" ;; *) set -- "$@" -i "$here/$case/$source" ;; esac
    done <"$case/args"
    # From elsewhere, for group_vars of the current folder would count as a playbook's.
    cd /
    if [ -f "$here/$case/refused" ]; then
      ansible-inventory "$@" --list 2>&1 >/dev/null | tr '\n' ' ' |
        sed "s|$here/||g" | grep -oE 'Failed to parse .*' | cut -c1-300 >"$here/$case/ansible" ||
        echo accepted >"$here/$case/ansible"
    elif [ -n "$new" ] || [ -f "$here/$case/expected.json" ]; then
      ansible-inventory "$@" --list >"$here/$case/expected.json"
      ansible-inventory "$@" --graph >"$here/$case/expected.graph"
    fi
  )
done
