package dev.belay.core.builtin.kube.incident;

import java.time.Instant;
import java.util.Optional;

/**
 * What one line of an audit log says, as far as it matters here; what it does not say is empty.
 *
 * @param auditId names the request; several stages of it have the same, and a client may choose it
 * @param stage such as {@code ResponseComplete}
 * @param verb such as {@code delete}
 * @param who on whose behalf
 * @param object what was asked for
 * @param outcome how it ended
 */
public record AuditEvent(
    String auditId, String stage, String verb, Who who, ObjectRef object, Outcome outcome) {

  /**
   * On whose behalf a request was made.
   *
   * @param user who was authenticated
   * @param impersonated whom that user acted as; empty when nobody else
   * @param address from where, the first of the addresses
   */
  public record Who(String user, Optional<String> impersonated, String address) {

    /** Returns the one whose permissions counted. */
    public String actor() {
      return impersonated.orElse(user);
    }
  }

  /**
   * What was asked for.
   *
   * @param namespace empty for what is in none
   * @param resource plural, such as {@code pods}
   * @param subresource such as {@code log}, or empty
   * @param name empty when the server makes it, and for collections
   */
  public record ObjectRef(String namespace, String resource, String subresource, String name) {

    static final ObjectRef NONE = new ObjectRef("", "", "", "");
  }

  /**
   * How a request ended.
   *
   * @param code status of the response; empty while it is not known
   * @param decision {@code allow} or {@code forbid}; empty when the log does not say
   * @param grant what allowed it
   * @param time when the server got it
   */
  public record Outcome(
      Optional<Integer> code, Optional<String> decision, Grant grant, Optional<Instant> time) {

    /** Tells whether the request did what it asked for; empty when the log does not say. */
    public Optional<Boolean> succeeded() {
      if (decision.filter(said -> !said.equals("allow")).isPresent()) {
        return Optional.of(false);
      }
      return code.map(number -> number < 400);
    }
  }
}
