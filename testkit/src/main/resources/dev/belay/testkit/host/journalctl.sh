#!/bin/sh
# A stand-in for journalctl: prints what the stand-in systemctl caught of a unit's output.
# Knows -u UNIT and -n LINES; times and other filters are ignored.
lines=1000 unit=
while [ $# -gt 0 ]; do
  case $1 in
    -u | --unit) unit=$2; shift ;;
    -u*) unit=${1#-u} ;;
    --unit=*) unit=${1#*=} ;;
    -n | --lines) lines=$2; shift ;;
    -n*) lines=${1#-n} ;;
    --lines=*) lines=${1#*=} ;;
    --since | -S | --until | -U | -o) shift ;;
  esac
  shift
done
case $unit in *.*) ;; ?*) unit=$unit.service ;; esac
file=/run/belay-standin/journal/$unit
if [ -f "$file" ]; then tail -n "$lines" "$file"; else echo "-- No entries --"; fi
