package dev.belay.core.fact;

import java.nio.charset.StandardCharsets;

/**
 * What a host printed in answer to a question.
 *
 * @param exit exit status of the question's script
 * @param out standard output, byte for byte
 * @param err standard error as text
 */
public record Answer(int exit, byte[] out, String err) {

  /** Returns standard output as text, bytes that are no UTF-8 replaced. */
  public String text() {
    return new String(out, StandardCharsets.UTF_8);
  }
}
