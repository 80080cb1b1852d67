#!/bin/sh
[ "$1" = --list ] || exit 3
cat <<'J'
{"web": {"hosts": ["w1", "w2"], "vars": {"a": 1, "f": 1.50, "big": 12345678901234567890}, "children": ["sub"]},
 "sub": ["s1"], "short": {"x": "y"}, "empty": {}, "all": {"vars": {"top": true}},
 "_meta": {"hostvars": {"w1": {"ansible_host": "10.0.0.1", "n": null, "l": [1, {"k": []}]}, "stranger": {"a": 1}}}}
J
