# Functions for systemd units, appended to prelude.sh.

# b_unit UNIT PROPERTY: prints one property of a unit.
b_unit() { B_U=$(systemctl show -p "$2" -- "$1" 2>/dev/null); printf '%s\n' "${B_U#*=}"; }

# b_unit_there UNIT: whether there is such a unit, or systemd cannot say.
b_unit_there() { [ "$(b_unit "$1" LoadState)" != not-found ]; }

# b_unit_reread UNIT: makes systemd read unit files again where one of this unit has changed.
b_unit_reread() { [ "$(b_unit "$1" NeedDaemonReload)" != yes ] || systemctl daemon-reload; }

# b_unit_said UNIT: how a unit stands and the last lines of its journal, for the error.
b_unit_said() {
  echo "$1 is $(b_unit "$1" ActiveState) ($(b_unit "$1" SubState)), result $(b_unit "$1" Result)"
  ! command -v journalctl >/dev/null 2>&1 || journalctl -q --no-pager -o cat -n 10 -u "$1" 2>/dev/null
}

# b_unit_stays UNIT: watches for a second whether a unit that was started stays up. One of Type=simple
# counts as started before its program has read its configuration, and may be started again and again.
b_unit_stays() {
  B_KIND=$(b_unit "$1" Type); B_AGAIN=$(b_unit "$1" NRestarts)
  for B_N in 1 2 3 4 5; do
    B_T=$(b_unit "$1" ActiveState)
    case $B_T in
      active|reloading) [ "$(b_unit "$1" NRestarts)" = "$B_AGAIN" ] || return 1 ;;
      inactive) [ "$B_KIND" = oneshot ] && [ "$(b_unit "$1" Result)" = success ] || return 1 ;;
      *) return 1 ;;
    esac
    [ "$B_N" = 5 ] || sleep 0.25
  done
}

# b_start start|restart UNIT: does it and sees that the unit stays up.
b_start() {
  b_unit_reread "$2" || return 1
  systemctl "$1" -- "$2" && b_unit_stays "$2" && return 0
  b_unit_said "$2" >&2
  return 1
}

# b_reload UNIT: makes a running unit read its configuration again, and sees that it stays up.
b_reload() {
  b_unit_reread "$1" || return 1
  systemctl reload -- "$1" && b_unit_stays "$1" && return 0
  b_unit_said "$1" >&2
  return 1
}

# b_restart_again UNIT, b_reload_again UNIT, b_start_again UNIT: the same for an undo, where the unit
# may be gone and may have used up the starts that systemd allows.
b_restart_again() { ! b_unit_there "$1" || { systemctl reset-failed -- "$1" 2>/dev/null; b_start restart "$1"; }; }
b_start_again() { ! b_unit_there "$1" || { systemctl reset-failed -- "$1" 2>/dev/null; b_start start "$1"; }; }
b_reload_again() { ! b_unit_there "$1" || b_reload "$1"; }

# b_stop UNIT: stops it; nothing to do when it is gone.
b_stop() { ! b_unit_there "$1" || systemctl stop -- "$1"; }

# b_enable UNIT, b_disable UNIT: for every boot from now on; there is nothing to disable when it is gone.
b_enable() { b_unit_reread "$1" && systemctl enable -- "$1"; }
b_disable() { ! b_unit_there "$1" || systemctl disable -- "$1"; }
