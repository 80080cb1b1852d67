package dev.belay.core.fact;

import dev.belay.core.remote.Sh;

/**
 * The processes with a command name, one line {@code PID START} each; the start time in clock ticks
 * since boot tells a process from a later one with the same number.
 *
 * @param name as in {@code /proc/PID/comm}: at most 15 bytes
 */
public record ProcessFact(String name) implements Fact<String> {

  /** Returns the fact for a program; the kernel keeps 15 bytes of its name. */
  public static ProcessFact of(String program) {
    return new ProcessFact(program.length() > 15 ? program.substring(0, 15) : program);
  }

  @Override
  public String question() {
    return "b_process " + Sh.quote(name);
  }

  @Override
  public String parse(Answer answer) {
    return answer.text().strip();
  }

  @Override
  public String toString() {
    return "process " + name;
  }
}
