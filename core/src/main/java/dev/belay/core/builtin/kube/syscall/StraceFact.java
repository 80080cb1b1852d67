package dev.belay.core.builtin.kube.syscall;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;
import java.util.List;

/**
 * Whether the host has strace, and that knows these system calls: it refuses a name that is none of
 * the host before it shows its version. No change but the installation of strace alters that.
 *
 * @param names of system calls; may be empty
 */
public record StraceFact(List<String> names) implements Fact<Boolean> {

  /** Checks the names, which go to the host's shell. */
  public StraceFact {
    names = List.copyOf(names);
    if (!names.stream().allMatch(name -> name.matches("[a-z_][a-z0-9_]{0,40}"))) {
      throw new IllegalArgumentException("no names of system calls: " + names);
    }
  }

  @Override
  public String question() {
    String trace = names.isEmpty() ? "" : " -e trace=" + String.join(",", names);
    return "strace" + trace + " -V >/dev/null 2>&1";
  }

  @Override
  public Boolean parse(Answer answer) {
    return answer.exit() == 0;
  }

  @Override
  public String toString() {
    return names.isEmpty() ? "strace" : "strace of " + String.join(", ", names);
  }
}
