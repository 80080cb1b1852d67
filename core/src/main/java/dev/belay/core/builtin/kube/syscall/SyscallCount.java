package dev.belay.core.builtin.kube.syscall;

/**
 * How often a system call was made.
 *
 * @param name such as {@code kill}
 * @param calls how often
 * @param errors how many of them failed
 */
public record SyscallCount(String name, long calls, long errors) {

  SyscallCount plus(SyscallCount more) {
    return new SyscallCount(name, calls + more.calls, errors + more.errors);
  }

  /** Returns such as {@code kill 3 times (3 failed)}. */
  @Override
  public String toString() {
    String times = calls == 1 ? " once" : " " + calls + " times";
    return name + times + (errors == 0 ? "" : " (" + errors + " failed)");
  }
}
