# The flagship job by hand: idempotent, for a host that has nothing to change. Run as: ssh host sh -s
set -eu
log=/var/log/kubernetes/audit
policy=/etc/kubernetes/audit-policy.yaml
manifest=/etc/kubernetes/manifests/kube-apiserver.yaml
[ "$(stat -c '%a %F' "$log" 2>/dev/null)" = '700 directory' ] || { mkdir -p "$log"; chmod 700 "$log"; echo "changed $log"; }
wanted='apiVersion: audit.k8s.io/v1
kind: Policy
omitStages:
  - RequestReceived
rules:
  - level: Metadata
    namespaces:
      - omega
      - citadel
      - eden-prime
    resources:
      - group: ""
        resources:
          - pods
          - configmaps'
[ "$(cat "$policy" 2>/dev/null)" = "$wanted" ] || { printf '%s\n' "$wanted" >"$policy"; echo "changed $policy"; }
[ "$(stat -c '%a %U:%G' "$policy")" = '600 root:root' ] || { chmod 600 "$policy"; chown root:root "$policy"; echo "changed mode of $policy"; }
for flag in --audit-policy-file=$policy --audit-log-path=$log/audit.log --audit-log-maxage=30 --audit-log-maxbackup=10 --audit-log-maxsize=100; do
  grep -q -e "^    - $flag\$" "$manifest" || { sed -i "s|^    - kube-apiserver\$|&\n    - $flag|" "$manifest"; echo "changed $manifest"; }
done
grep -q 'name: audit$' "$manifest" || { echo "the volumes are missing" >&2; exit 1; }
dpkg-query -W -f '${db:Status-Abbrev}' falco 2>/dev/null | grep -q '^ii' || { apt-get -qy install falco; echo "changed falco"; }
awk '/^file_output:/ { b = 1; next } /^[^ #]/ { b = 0 } b' /etc/falco/falco.yaml | grep -q '^  enabled: true' || { echo "file_output is off" >&2; exit 1; }
systemctl is-active -q falco-modern-bpf || { systemctl start falco-modern-bpf; echo "started falco"; }
systemctl is-enabled -q falco-modern-bpf || { systemctl enable falco-modern-bpf; echo "enabled falco"; }
echo done
