package dev.belay.lab;

/** What a run of Belay must not leave on a host. */
final class Leftovers {

  /**
   * Shell text that names, a line each, what is left on a host besides journals; nothing when it is
   * clean. The lab's own things are called belay-lab. The letter in brackets keeps the text from
   * finding itself among the processes.
   */
  static final String LOOK =
      String.join(
          "\n",
          // Temporary files, beside whatever was changed. Containers' files are none of Belay's.
          "find / /run /tmp -xdev \\( -path /proc -o -path /sys -o -path /var/lib/containerd"
              + " -o -path /run/containerd -o -path /var/lib/kubelet \\) -prune"
              + " -o -name '.[b]elay*' -print 2>/dev/null | sed 's/^/file /'",
          // Lock, debts and half-made files; a journal is named after its run.
          "for home in /var/lib/[b]elay /home/*/.local/state/[b]elay; do",
          "  [ ! -d \"$home\" ] || ls -A \"$home\" |"
              + " grep -vxE '[0-9]{8}T[0-9]{6}-[0-9a-f]{4}|order' | sed \"s|^|state $home/|\"",
          "done",
          // What a host was told to do and is not done with.
          "[ ! -d /run/[b]elay ] || ls -A /run/[b]elay | sed 's/^/job /'",
          "systemctl list-units --all --no-legend --plain '[b]elay*' | grep -v '^[b]elay-lab'"
              + " | sed 's/^/unit /'",
          "find /etc /run/systemd /usr/lib/systemd -name '*[b]elay*' ! -name '*[b]elay-lab*'"
              + " 2>/dev/null | sed 's/^/unit file /'",
          // Processes of a journal or guard, and resident shells with nobody at the other end.
          "ps -eo pid=,args= | grep -E '[b]elay|sudo -n -u [r]oot -- sh|^ *[0-9]+ [s]h$'"
              + " | grep -v '[b]elay-lab' | sed 's/^/process /'",
          "true");

  private Leftovers() {}
}
