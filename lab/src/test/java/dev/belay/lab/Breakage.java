package dev.belay.lab;

import java.util.function.UnaryOperator;

/**
 * A way to break the API server through Belay.
 *
 * @param name in the words of an operator; for a step, the case of BreakApiServer.java
 * @param guarded whether it is done inside a guarded block
 * @param edit makes a manifest out of the host's own, which is then written whole inside a guarded
 *     block; null for a step
 * @param before shell text that an operator ran on the host before; empty for nothing
 * @param meanwhile shell text run on the host as soon as its manifests differ; empty for nothing
 * @param after shell text that takes away what was done before; empty for nothing
 * @param inCi whether it is in the short set
 */
record Breakage(
    String name,
    boolean guarded,
    UnaryOperator<String> edit,
    String before,
    String meanwhile,
    String after,
    boolean inCi) {

  /** By the step for static pods, whose own health condition notices it. */
  static Breakage byStep(String name) {
    return new Breakage(name, false, null, "", "", "", false);
  }

  /** By the same step, inside a guarded block. */
  static Breakage byGuardedStep(String name) {
    return new Breakage(name, true, null, "", "", "", false);
  }

  /** By the step for files, inside a guarded block. */
  static Breakage byFile(String name, UnaryOperator<String> edit) {
    return new Breakage(name, true, edit, "", "", "", false);
  }

  /** By the step for files; the text occurs in kubeadm's manifest. */
  static Breakage byFile(String name, String text, String instead) {
    return byFile(
        name,
        manifest -> {
          if (!manifest.contains(text)) {
            throw new IllegalStateException("the manifest does not hold: " + text);
          }
          return manifest.replace(text, instead);
        });
  }

  /** The same, with one more line behind the first line that holds a text. */
  static Breakage byLine(String name, String behind, String lines) {
    return byFile(name, behind + "\n", behind + "\n" + lines + "\n");
  }

  Breakage ci() {
    return new Breakage(name, guarded, edit, before, meanwhile, after, true);
  }

  Breakage before(String script) {
    return new Breakage(name, guarded, edit, script, meanwhile, after, inCi);
  }

  Breakage meanwhile(String script) {
    return new Breakage(name, guarded, edit, before, script, after, inCi);
  }

  Breakage after(String script) {
    return new Breakage(name, guarded, edit, before, meanwhile, script, inCi);
  }

  boolean isStep() {
    return edit == null;
  }

  @Override
  public String toString() {
    return through() + ": " + name;
  }

  String through() {
    return (guarded ? "guarded " : "") + (isStep() ? "static pod" : "file");
  }
}
