package dev.belay.core.fact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What kind of host this is, asked in one go with nothing but a POSIX shell and coreutils. */
public record HostProfileFact() implements Fact<HostProfile> {

  /** One line each: what it is, a blank, the value. Sources: os-release(5), proc(5), passwd(5). */
  private static final String QUESTION =
      """
      ( p() { printf '%s %s\\n' "$1" "$2"; }
      has() { command -v "$1" >/dev/null 2>&1; }
      p user "$(id -un)"; p name "$(uname -n)"; p kernel "$(uname -sr)"; p machine "$(uname -m)"
      for f in /etc/os-release /usr/lib/os-release; do
        [ -r "$f" ] || continue
        while IFS= read -r l || [ -n "$l" ]; do p os "$l"; done <"$f"
        break
      done
      if [ -d /run/systemd/system ]; then p init systemd
      elif read -r l 2>/dev/null </proc/1/comm; then p init "$l"; fi
      for t in apt-get dnf yum zypper apk pacman; do has $t && p package $t; done
      has nproc && p processors "$(nproc)"
      [ ! -r /proc/meminfo ] || while read -r k v u; do
        [ "$k" != MemTotal: ] || p memory "$v"
      done </proc/meminfo
      ! read -r l 2>/dev/null </proc/uptime || p uptime "${l%%.*}"
      df -Pk / 2>/dev/null | { read -r l; read -r d size used free l; p disk "$size $free"; }
      [ ! -r /etc/passwd ] || while IFS=: read -r n l uid gid g home sh; do
        case $uid in ''|*[!0-9]*|??????*) continue ;; esac
        if [ "$uid" = 0 ] || { [ "$uid" -ge 1000 ] && [ "$uid" -lt 65534 ]; }; then
          p account "$uid $n ${sh:-/bin/sh} $home"
        fi
      done </etc/passwd
      ! read -r l 2>/dev/null </sys/module/apparmor/parameters/enabled || [ "$l" != Y ] || p security apparmor
      ! read -r l 2>/dev/null </sys/fs/selinux/enforce || p security "selinux $l"
      m=/etc/kubernetes/manifests
      if [ -d $m ] && [ ! -r $m ]; then p hidden pods; fi
      for f in $m/*.yaml; do [ ! -f "$f" ] || p pod "${f##*/}"; done
      for t in kubelet kubeadm kubectl containerd crio dockerd etcd; do has $t && p kube $t; done
      if has kubelet && has timeout; then p kubelet "$(timeout 5 kubelet --version </dev/null 2>/dev/null)"; fi
      for t in sudo systemctl falco strace auditctl nft iptables python3 curl; do has $t && p program $t; done
      b=/var/lib/belay; c=0
      if [ -d $b ] && [ ! -r $b ]; then p hidden runs
      else for f in $b/*/run; do [ ! -f "$f" ] || c=$((c + 1)); done; p runs $c; fi
      )
      """;

  @Override
  public String question() {
    return QUESTION;
  }

  @Override
  public HostProfile parse(Answer answer) {
    Lines lines = new Lines(answer.text());
    if (lines.first("user").isEmpty()) {
      throw new FailedFactException(
          "the host does not say what it is: " + answer.err(),
          "see whether id and uname work there");
    }
    return new HostProfile(
        lines.first("user"),
        lines.first("name"),
        lines.os(),
        lines.first("init"),
        lines.all("packages"),
        lines.hardware(),
        lines.number("uptime"),
        lines.all("account").stream().map(HostProfileFact::account).toList(),
        lines.all("security").stream().map(HostProfileFact::security).toList(),
        lines.kube(),
        lines.all("program"),
        lines.all("hidden").contains("runs")
            ? Optional.empty()
            : lines.number("runs").map(Long::intValue));
  }

  private static HostProfile.Account account(String line) {
    String[] part = line.split(" ", 4);
    return new HostProfile.Account(part[1], Long.parseLong(part[0]), part[2], part[3]);
  }

  private static String security(String line) {
    return line.replace("selinux 1", "selinux enforcing")
        .replace("selinux 0", "selinux permissive");
  }

  @Override
  public String toString() {
    return "profile of the host";
  }

  /** The answer's lines by what they are about. */
  private static final class Lines {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    Lines(String text) {
      for (String line : text.split("\n")) {
        String[] part = line.split(" ", 2);
        String value = part.length < 2 ? "" : part[1];
        values.computeIfAbsent(part[0], unused -> new ArrayList<>()).add(value);
      }
    }

    List<String> all(String key) {
      return values.getOrDefault(key, List.of());
    }

    String first(String key) {
      return all(key).isEmpty() ? "" : all(key).get(0);
    }

    Optional<Long> number(String key) {
      return number(key, 0);
    }

    Optional<Long> number(String key, int word) {
      String[] words = first(key).split(" ");
      boolean there = words.length > word && words[word].matches("\\d{1,18}");
      return there ? Optional.of(Long.valueOf(words[word])) : Optional.empty();
    }

    HostProfile.Hardware hardware() {
      return new HostProfile.Hardware(
          number("processors"), number("memory"), number("disk"), number("disk", 1));
    }

    HostProfile.Os os() {
      return new HostProfile.Os(
          release("ID"),
          release("VERSION_ID"),
          release("PRETTY_NAME"),
          first("kernel"),
          first("machine"));
    }

    /** Values are quoted as a shell has it. */
    private String release(String key) {
      return all("os").stream()
          .filter(line -> line.startsWith(key + "="))
          .map(line -> line.substring(key.length() + 1).strip())
          .map(
              value ->
                  value.matches("(?s)([\"']).*\\1")
                      ? value.substring(1, value.length() - 1)
                      : value)
          .map(value -> value.replaceAll("\\\\(.)", "$1"))
          .findFirst()
          .orElse("");
    }

    HostProfile.Kube kube() {
      String version = first("kubelet").replaceFirst("^Kubernetes ", "");
      return new HostProfile.Kube(
          version.isBlank() ? Optional.empty() : Optional.of(version),
          all("hidden").contains("pods") ? Optional.empty() : Optional.of(all("pod")),
          all("kube"));
    }
  }
}
