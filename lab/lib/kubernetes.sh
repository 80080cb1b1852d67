# Kubernetes from Debian's source package: the programs of a control plane and the images kubeadm wants.
# Debian packages only kubectl, but its source package carries the whole vendored tree.

KUBERNETES_VERSION=v1.20.2
KUBERNETES_PROGRAMS="kube-apiserver kubelet kube-controller-manager kube-scheduler kubeadm kubectl"
KUBERNETES_RELEASE=bookworm
KUBERNETES_DIR="$LAB_CACHE/kubernetes-$KUBERNETES_VERSION"

# Builds what is not yet in the cache: the six programs, etcd, busybox, pause.
ensure_kubernetes() {
  [ -e "$KUBERNETES_DIR/complete" ] && return
  require_space 12
  say "Kubernetes $KUBERNETES_VERSION is compiled once from Debian's source package (kept in $KUBERNETES_DIR):"
  step "2 min" "Making a build tree with Go and the sources" kubernetes_builder
  step "10 to 25 min on 2 cores" "Compiling $KUBERNETES_PROGRAMS" kubernetes_compile
  step "20 s" "Collecting the programs, etcd, busybox and pause" kubernetes_collect
}

# A Debian tree with the Go of that release and the unpacked sources. Nothing is installed on this machine.
kubernetes_builder() {
  local tree="$LAB_CACHE/builder"
  [ -e "$tree.ready" ] && return
  rm -rf --one-file-system "$tree"
  sources "$KUBERNETES_RELEASE" src | quietly mmdebstrap --variant=minbase \
    --include=golang-go,dpkg-dev,rsync,make,gcc,libc6-dev,ca-certificates,busybox-static,golang-github-modern-go-reflect2-dev \
    "$KUBERNETES_RELEASE" "$tree" -
  # apt's own sandbox user cannot write to the folder; root may.
  in_tree "$tree" sh -ec 'mkdir -p /build && cd /build && apt-get update &&
    apt-get -o APT::Sandbox::User=root source kubernetes &&
    apt-get -o APT::Sandbox::User=root download etcd-server'
  touch "$tree.ready"
}

# Compiles inside the build tree. Go 1.19 breaks the vendored reflect2 1.0.1 (kubeadm and kubectl panic
# while they encode JSON); Debian's own newer copy of that library replaces it. No other patch.
kubernetes_compile() {
  local tree="$LAB_CACHE/builder" what="" program
  for program in $KUBERNETES_PROGRAMS; do what="$what cmd/$program"; done
  in_tree "$tree" env WHAT="$what" VERSION="$KUBERNETES_VERSION" JOBS="$LAB_JOBS" sh -ec '
    cd /build/kubernetes-*/
    root=$PWD
    reflect2=vendor/github.com/modern-go/reflect2
    rm -rf "$reflect2" && mkdir -p "$reflect2"
    cp -L /usr/share/gocode/src/github.com/modern-go/reflect2/* "$reflect2/"
    mkdir -p .go/src/k8s.io && ln -sfn "$root" .go/src/k8s.io/kubernetes
    cd .go/src/k8s.io/kubernetes
    export GOPATH="$root/.go" GOCACHE=/build/cache GO111MODULE=off CGO_ENABLED=0 GOFLAGS="-p=$JOBS"
    export KUBE_GIT_VERSION="$VERSION" KUBE_GIT_TREE_STATE=clean KUBE_GIT_MAJOR=1 KUBE_GIT_MINOR=20
    export KUBE_GIT_COMMIT=faecb196815e248d3ecfb03c680a4507229c2a56
    make WHAT="$WHAT"
  '
}

# Takes what the control plane needs out of the build tree, and the tree away.
kubernetes_collect() {
  local tree="$LAB_CACHE/builder" out="$KUBERNETES_DIR" program bin
  rm -rf "$out" && mkdir -p "$out/bin"
  bin=$(dirname "$(find "$tree/build" -path '*_output*' -name kube-apiserver -type f | head -n 1)")
  for program in $KUBERNETES_PROGRAMS; do cp "$bin/$program" "$out/bin/"; done
  in_tree "$tree" sh -ec 'rm -rf /build/etcd && dpkg -x /build/etcd-server_*.deb /build/etcd
    printf "%s\n" "#include <signal.h>" "#include <stdlib.h>" "#include <sys/wait.h>" "#include <unistd.h>" \
      "static void leave(int signal) { (void) signal; _exit(0); }" \
      "static void reap(int signal) { (void) signal; while (waitpid(-1, NULL, WNOHANG) > 0); }" \
      "int main(void) { signal(SIGINT, leave); signal(SIGTERM, leave); signal(SIGCHLD, reap);" \
      "  for (;;) pause(); }" > /build/pause.c
    gcc -static -O2 -o /build/pause /build/pause.c'
  cp "$tree/build/etcd/usr/bin/etcd" "$tree/build/pause" "$tree/bin/busybox" "$out/bin/"
  mkdir -p "$out/lib"
  in_tree "$tree" sh -c 'ldd /build/etcd/usr/bin/etcd' | grep -o '/lib[^ ]*' | while read -r library; do
    mkdir -p "$out/lib$(dirname "$library")" && cp -L "$tree$library" "$out/lib$library"
  done
  rm -rf "$tree" "$tree.ready"
  touch "$out/complete"
}
