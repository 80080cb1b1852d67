package dev.belay.core.builtin.kube.audit;

/**
 * Audit policies as YAML files.
 *
 * <p>Reading is stricter than any API server: up to 1.25 unknown and repeated fields are ignored
 * silently, from 1.26 on with one line in the server's log (kubernetes/apiserver
 * pkg/audit/policy/reader.go). Here they are refused. Thread-safe; does no I/O.
 */
public final class PolicyYaml {

  private PolicyYaml() {}

  /**
   * Returns a policy as a YAML file: equal policies give equal text.
   *
   * <p>Block style, indented by two, {@code apiVersion: audit.k8s.io/v1}, a final newline, and only
   * ASCII characters; empty fields are left out.
   */
  public static String write(Policy policy) {
    return new PolicyWriter().write(policy);
  }

  /**
   * Reads a policy strictly.
   *
   * <p>{@code metadata} is accepted and dropped, as the API server does. Warnings are not errors:
   * see {@link Policy#warnings()}.
   *
   * @param yaml the file's bytes in UTF-8, one document of at most 2^20 characters
   * @throws PolicyException naming line, column, field and what was probably meant, for everything
   *     that an API server would reject or ignore
   */
  public static Policy read(byte[] yaml) {
    return new PolicyReader().read(yaml);
  }
}
