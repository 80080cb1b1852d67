package dev.belay.testkit.host;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Decides what kube-apiserver 1.28 would make of its command line, its mounts and its audit policy:
 * the reason why it ends at once, or what it needs to serve.
 *
 * @param failure what it prints before it exits with 1; empty if it starts
 * @param port where it listens
 * @param auditLog the host's file that receives audit events, {@code -} for standard output, empty
 *     for none or for a file that only the container would see
 */
record ApiServerStartup(String failure, int port, String auditLog) {

  private static final int DEFAULT_PORT = 6443;
  private static final Set<String> LEVELS =
      Set.of("None", "Metadata", "Request", "RequestResponse");
  private static final List<String> FILES =
      List.of(
          "client-ca-file",
          "etcd-cafile",
          "etcd-certfile",
          "etcd-keyfile",
          "kubelet-client-certificate",
          "kubelet-client-key",
          "proxy-client-cert-file",
          "proxy-client-key-file",
          "requestheader-client-ca-file",
          "service-account-key-file",
          "service-account-signing-key-file",
          "tls-cert-file",
          "tls-private-key-file",
          "encryption-provider-config",
          "admission-control-config-file");
  private static final List<String> NOT_NEGATIVE =
      List.of("audit-log-maxage", "audit-log-maxbackup", "audit-log-maxsize");

  /** Reads the flags and the files that they name, through the pod's mounts. */
  static ApiServerStartup of(StaticPod pod, HostFiles files) throws IOException {
    var flags = new HashMap<String, String>();
    var failure = readFlags(pod.argv().subList(1, pod.argv().size()), flags);
    for (var check :
        List.<Check>of(
            () -> checkNumbers(flags), () -> checkFiles(flags, pod, files),
            () -> checkPolicy(flags, pod, files), () -> checkLog(flags, pod))) {
      failure = failure.isEmpty() ? check.failure() : failure;
    }
    if (!failure.isEmpty()) {
      return new ApiServerStartup(failure, 0, "");
    }
    var port = Integer.parseInt(flags.getOrDefault("secure-port", "" + DEFAULT_PORT));
    return new ApiServerStartup("", port, auditLog(flags, pod));
  }

  private interface Check {
    String failure() throws IOException;
  }

  private static Map<String, String> kinds() {
    return Scratch.resource("apiserver-flags.txt")
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .flatMap(ApiServerStartup::kindsOfLine)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Stream<Map.Entry<String, String>> kindsOfLine(String line) {
    var words = line.split(":? +");
    return Stream.of(words).skip(1).map(name -> Map.entry(name, words[0]));
  }

  private static String readFlags(List<String> words, Map<String, String> flags) {
    var kinds = kinds();
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (!word.startsWith("--")) {
        return "Error: \"kube-apiserver\" does not take any arguments, got [\"" + word + "\"]";
      }
      var name = word.substring(2).split("=", 2)[0];
      var kind = kinds.get(name);
      if (kind == null) {
        return "Error: unknown flag: --" + name;
      }
      var value = word.contains("=") ? word.substring(word.indexOf('=') + 1) : null;
      if (value == null && kind.equals("bool")) {
        value = "true";
      } else if (value == null && ++i < words.size()) {
        value = words.get(i);
      }
      var wrong = value == null ? "flag needs an argument: --" + name : badValue(kind, name, value);
      if (!wrong.isEmpty()) {
        return "Error: " + wrong;
      }
      flags.put(name, value);
    }
    return "";
  }

  private static String badValue(String kind, String name, String value) {
    var pattern =
        kind.equals("int") ? "[-+]?\\d{1,9}" : "1|0|t|f|T|F|true|false|TRUE|FALSE|True|False";
    if (kind.equals("text") || value.matches(pattern)) {
      return "";
    }
    var function = kind.equals("int") ? "ParseInt" : "ParseBool";
    return "invalid argument \"%s\" for \"--%s\" flag: strconv.%s: parsing \"%s\": invalid syntax"
        .formatted(value, name, function, value);
  }

  private static String failed(String reason) {
    return "E1122 00:00:00.000000       1 run.go:74] \"command failed\" err=\""
        + reason.replace("\"", "\\\"")
        + "\"";
  }

  private static String checkNumbers(Map<String, String> flags) {
    for (var name : NOT_NEGATIVE) {
      if (flags.getOrDefault(name, "0").startsWith("-")) {
        return failed("--" + name + " " + flags.get(name) + " can't be a negative number");
      }
    }
    var port = Integer.parseInt(flags.getOrDefault("secure-port", "" + DEFAULT_PORT));
    return port >= 1 && port <= 65535
        ? ""
        : failed(
            "--secure-port "
                + port
                + " must be between 1 and 65535, inclusive. It cannot be turned off with 0");
  }

  private static String checkFiles(Map<String, String> flags, StaticPod pod, HostFiles files)
      throws IOException {
    for (var name : FILES) {
      var path = flags.get(name);
      if (path != null && readThrough(pod, files, path).isEmpty()) {
        return failed("open " + path + ": no such file or directory");
      }
    }
    return "";
  }

  private static String checkPolicy(Map<String, String> flags, StaticPod pod, HostFiles files)
      throws IOException {
    var path = flags.getOrDefault("audit-policy-file", "");
    if (path.isEmpty()) {
      return "";
    }
    var prefix = "loading audit policy file: ";
    var place = throughMounts(pod, path).map(Found::hostPath);
    if (place.isPresent() && Files.isDirectory(files.at(place.get()))) {
      return failed(
          prefix + "failed to read file path \"" + path + "\": read " + path + ": is a directory");
    }
    var text = readThrough(pod, files, path);
    if (text.isEmpty()) {
      return failed(
          prefix
              + "failed to read file path \""
              + path
              + "\": open "
              + path
              + ": no such file or directory");
    }
    var wrong = policyError(text.get());
    return wrong.isEmpty() ? "" : failed(prefix + wrong + ": from file " + path);
  }

  /** Returns what the policy loader refuses; like it, says nothing of unknown fields. */
  private static String policyError(String text) {
    try {
      if (!(new Yaml(new SafeConstructor(new LoaderOptions())).load(text)
          instanceof Map<?, ?> policy)) {
        return "failed decoding: couldn't get version/kind; json parse error";
      }
      if (!"Policy".equals(policy.get("kind"))
          || !"audit.k8s.io/v1".equals(policy.get("apiVersion"))) {
        return "failed decoding: no kind \"%s\" is registered for version \"%s\" in scheme"
            .formatted(policy.get("kind"), policy.get("apiVersion"));
      }
      if (!(policy.get("rules") instanceof List<?> rules) || rules.isEmpty()) {
        return "loaded illegal policy with 0 rules";
      }
      for (int i = 0; i < rules.size(); i++) {
        var level = rules.get(i) instanceof Map<?, ?> rule ? rule.get("level") : null;
        if (level == null) {
          return "rules[" + i + "].level: Required value";
        }
        if (!LEVELS.contains(level.toString())) {
          return "rules[%d].level: Unsupported value: \"%s\": supported values: \"None\", \"Metadata\", \"Request\", \"RequestResponse\""
              .formatted(i, level);
        }
      }
      return "";
    } catch (YAMLException e) {
      return "failed decoding: yaml: " + e.getMessage().lines().findFirst().orElse("");
    }
  }

  private static String checkLog(Map<String, String> flags, StaticPod pod) {
    var path = flags.getOrDefault("audit-log-path", "");
    var readOnly = throughMounts(pod, path).map(found -> found.mount().readOnly()).orElse(false);
    return readOnly && auditIsOn(flags)
        ? failed("ensureLogFile: open " + path + ": read-only file system")
        : "";
  }

  private static boolean auditIsOn(Map<String, String> flags) {
    return !flags.getOrDefault("audit-policy-file", "").isEmpty()
        && !flags.getOrDefault("audit-log-path", "").isEmpty();
  }

  private static String auditLog(Map<String, String> flags, StaticPod pod) {
    if (!auditIsOn(flags)) {
      return "";
    }
    var path = flags.get("audit-log-path");
    return path.equals("-") ? path : throughMounts(pod, path).map(Found::hostPath).orElse("");
  }

  private record Found(StaticPod.Mount mount, String hostPath) {}

  /** Returns where a path of the container lies on the host, if a mount covers it. */
  private static Optional<Found> throughMounts(StaticPod pod, String path) {
    return pod.mounts().stream()
        .filter(mount -> pod.volumes().containsKey(mount.volume()))
        .filter(mount -> (path + "/").startsWith(trimmed(mount.path()) + "/"))
        .max(Comparator.comparing(mount -> trimmed(mount.path()).length()))
        .map(mount -> new Found(mount, onHost(pod, mount, path)));
  }

  private static String onHost(StaticPod pod, StaticPod.Mount mount, String path) {
    var base = trimmed(pod.volumes().get(mount.volume()).path());
    return base + path.substring(trimmed(mount.path()).length());
  }

  private static String trimmed(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static Optional<String> readThrough(StaticPod pod, HostFiles files, String path)
      throws IOException {
    var found = throughMounts(pod, path);
    if (found.isEmpty() || !Files.isRegularFile(files.at(found.get().hostPath()))) {
      return Optional.empty();
    }
    return Optional.of(Files.readString(files.at(found.get().hostPath())));
  }
}
