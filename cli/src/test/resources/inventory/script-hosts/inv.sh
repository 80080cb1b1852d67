#!/bin/sh
case $1 in
--list) echo '{"web": {"hosts": ["w1", "w2"]}}' ;;
--host) [ "$2" = w1 ] && echo '{"a": "for w1"}' || echo '{}' ;;
esac
