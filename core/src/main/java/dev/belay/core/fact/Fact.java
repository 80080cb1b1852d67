package dev.belay.core.fact;

/**
 * A named question to a host: shell text that only reads, and a parser of what it prints.
 *
 * <p>Facts are records: equal facts are asked once a run. That the question only reads is its
 * author's promise; the step contract in the test kit checks it by comparing the whole tree.
 *
 * @param <T> what the answer means
 */
public interface Fact<T> {

  /**
   * Returns POSIX shell text that prints the answer and changes nothing. It may use the functions
   * of {@code prelude.sh}; every value in it is quoted.
   */
  String question();

  /**
   * Reads the answer. Pure.
   *
   * @throws UnknownFactException when the answer cannot be known, with the reason
   * @throws FailedFactException when asking itself failed, so that a step that needs it fails
   */
  T parse(Answer answer);
}
