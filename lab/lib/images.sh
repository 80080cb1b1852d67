# Container images out of single programs: kubeadm wants images by the names of a registry that the lab
# does not use. Each has one layer and is written as a docker-archive, which containerd imports.

# write_image TAR NAME ENTRYPOINT TREE: packs a tree as an image.
write_image() {
  local tar=$1 name=$2 entrypoint=$3 tree=$4 work layer config
  work=$(mktemp -d "$LAB_CACHE/image.XXXXXX")
  tar --create --owner=0 --group=0 --numeric-owner --mtime=@0 --sort=name --directory="$tree" --file="$work/layer.tar" .
  layer=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
  cat >"$work/config.json" <<END
{"architecture":"$(dpkg --print-architecture)","os":"linux",
 "config":{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]$entrypoint},
 "rootfs":{"type":"layers","diff_ids":["sha256:$layer"]}}
END
  config=$(sha256sum "$work/config.json" | cut -d' ' -f1)
  mv "$work/config.json" "$work/$config.json"
  echo "[{\"Config\":\"$config.json\",\"RepoTags\":[\"$name\"],\"Layers\":[\"layer.tar\"]}]" >"$work/manifest.json"
  tar --create --directory="$work" --file="$tar" manifest.json "$config.json" layer.tar
  rm -rf "$work"
}

# image_of_program DIR NAME PROGRAM…: an image with static programs in /usr/local/bin.
image_of_program() {
  local directory=$1 name=$2 tree program
  shift 2
  tree=$(mktemp -d "$LAB_CACHE/image.XXXXXX")
  chmod 0755 "$tree"
  for program in "$@"; do install -D -m 0755 "$program" "$tree/usr/local/bin/${program##*/}"; done
  write_image "$directory/$(basename "${name%%:*}").tar" "$name" "" "$tree"
  rm -rf "$tree"
}

# write_images DIRECTORY: all images of the control plane and one for pods.
write_images() {
  local directory=$1 bin="$KUBERNETES_DIR/bin" program tree
  mkdir -p "$directory"
  for program in kube-apiserver kube-controller-manager kube-scheduler; do
    image_of_program "$directory" "k8s.gcr.io/$program:$KUBERNETES_VERSION" "$bin/$program"
  done

  tree=$(mktemp -d "$LAB_CACHE/image.XXXXXX") && chmod 0755 "$tree"
  cp -a "$KUBERNETES_DIR/lib/." "$tree/"
  install -D -m 0755 "$bin/etcd" "$tree/usr/local/bin/etcd"
  write_image "$directory/etcd.tar" "k8s.gcr.io/etcd:$ETCD_TAG" "" "$tree"
  rm -rf "$tree"

  tree=$(mktemp -d "$LAB_CACHE/image.XXXXXX") && chmod 0755 "$tree"
  install -m 0755 "$bin/pause" "$tree/pause"
  write_image "$directory/pause.tar" "k8s.gcr.io/pause:$PAUSE_TAG" ',"Entrypoint":["/pause"]' "$tree"
  rm -rf "$tree"

  tree=$(mktemp -d "$LAB_CACHE/image.XXXXXX") && chmod 0755 "$tree"
  install -D -m 0755 "$bin/busybox" "$tree/bin/busybox"
  for program in $("$bin/busybox" --list); do
    [ "$program" = busybox ] || ln -s busybox "$tree/bin/$program"
  done
  mkdir -p "$tree/tmp" "$tree/etc" "$tree/var/log" "$tree/var/cache/apt"
  echo 'root:x:0:0:root:/root:/bin/sh' >"$tree/etc/passwd"
  write_image "$directory/busybox.tar" "docker.io/library/busybox:lab" ',"Cmd":["sh"]' "$tree"
  rm -rf "$tree"
}
