# Something to find: the cluster of CKS Challenge 4.

# run_scenario NAME: puts the scenario of SCENARIO onto a control plane that is up.
run_scenario() {
  tar --create --directory="$LAB_FILES" "$SCENARIO" |
    run_in_host "$1" "mkdir -p /usr/local/lib/belay-lab && tar --extract --no-same-owner --directory=/usr/local/lib/belay-lab &&
      sh -eu /usr/local/lib/belay-lab/$SCENARIO/set-up" >"$LAB_CACHE/hosts/$1/scenario.log" 2>&1 ||
    die "the scenario $SCENARIO could not be set up on $1." "$(tail -n 10 "$LAB_CACHE/hosts/$1/scenario.log")"
}
