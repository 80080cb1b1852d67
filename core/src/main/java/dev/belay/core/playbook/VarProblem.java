package dev.belay.core.playbook;

/**
 * A variable that a playbook needs and that is not there, or has a value of another kind.
 *
 * @param variable its name in the inventory; empty where it is about all of them together
 * @param component which component of which record asks for it, such as {@code Web.appPort}
 * @param wanted what it has to be, such as {@code a whole number}
 * @param got what it is, such as {@code the text "abc"}; empty where there is none
 */
public record VarProblem(String variable, String component, String wanted, String got) {

  /** Tells whether the variable is not there at all. */
  public boolean missing() {
    return got.isEmpty();
  }
}
