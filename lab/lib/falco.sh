# The hosts' apt repository: one package, a stand-in for Falco. Debian has no falco, and its vendor's
# repository is not ours to depend on; the real one is tried before a release.

FALCO_REPOSITORY=/srv/belay-lab/apt

# ensure_repository: writes the repository into the cache where it is missing or older than its sources.
ensure_repository() {
  repository_ready || alone build_repository
}

repository_ready() {
  local project repository="$LAB_CACHE/apt" sources
  project=$(dirname "$LAB_HOME")
  sources="$project/testkit/src/main/java/dev/belay/testkit/host $project/testkit/src/main/resources/dev/belay/testkit/host"
  # shellcheck disable=SC2086  # two folders
  [ -e "$repository/Release" ] &&
    [ -z "$(find $sources -newer "$repository/Release" -type f -print -quit)" ]
}

build_repository() {
  repository_ready ||
  step "1 min where the project is not built yet" "Writing the repository with the stand-in falco" write_repository
}

write_repository() {
  local project java
  project=$(dirname "$LAB_HOME")
  # The launcher builds the jars where they are missing or older than the sources.
  "$project/belay" version
  java=${BELAY_JAVA:+$BELAY_JAVA/bin/}java
  rm -rf "$LAB_CACHE/apt"
  "$java" -cp "$project/cli/target/lib/*" "$LAB_HOME/StandinRepository.java" "$LAB_CACHE/apt"
}
