package dev.belay.core.builtin.kube.audit;

import static dev.belay.core.builtin.kube.audit.GroupResources.core;
import static dev.belay.core.builtin.kube.audit.Policy.policy;
import static dev.belay.core.builtin.kube.audit.Rule.rule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Policies the tests share, and the folder of foreign samples where the machine has one. */
final class PolicySamples {

  private PolicySamples() {}

  /** One rule: pods and configmaps of three namespaces, at Metadata. */
  static Policy threeNamespaces() {
    return policy(
            rule(Level.METADATA)
                .resources(core("pods", "configmaps"))
                .namespaces("omega", "citadel", "eden-prime"))
        .omitStages(Stage.REQUEST_RECEIVED);
  }

  static Policy read(String yaml) {
    return PolicyYaml.read(yaml.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a file of {@code shared/data/audit-policies} beside the checkout, if it is there. */
  static Optional<byte[]> foreign(String name) {
    Path here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, path -> path != null, Path::getParent)
        .map(path -> path.resolve("shared/data/audit-policies").resolve(name))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(PolicySamples::bytes);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
