package dev.belay.core.transport.sshconfig;

import dev.belay.core.transport.sshconfig.SshRoute.Hop;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Settings in the words of {@code ssh -G}. */
final class Answer {

  static final Set<String> KEYWORDS =
      Set.of(
          "hostname",
          "user",
          "port",
          "identityfile",
          "identitiesonly",
          "identityagent",
          "certificatefile",
          "proxyjump",
          "proxycommand",
          "userknownhostsfile",
          "globalknownhostsfile",
          "stricthostkeychecking",
          "hostkeyalias",
          "hashknownhosts",
          "connecttimeout",
          "serveraliveinterval",
          "serveralivecountmax");

  private Answer() {}

  /** Makes ssh's answer comparable: it prints defaults, and some tildes and tokens as written. */
  static Map<String, String> withUsualSaid(String host, Map<String, String> said) {
    String home = System.getProperty("user.home");
    Map<String, String> answer = new TreeMap<>(said);
    answer.computeIfPresent("identityfile", (k, files) -> usual(files).replace("~/", home + "/"));
    for (String keyword : List.of("certificatefile", "globalknownhostsfile")) {
      answer.computeIfPresent(keyword, (k, files) -> files.replace("~/", home + "/"));
    }
    // ssh -G has none of them for an agent that only the environment would name.
    answer.remove("identityagent", "SSH_AUTH_SOCK");
    answer.remove("identityagent", "none");
    answer.computeIfPresent("proxyjump", (k, hops) -> hops.replace("ssh://", ""));
    answer.computeIfPresent("proxycommand", (k, line) -> replaced(line, host, said));
    return answer;
  }

  private static String replaced(String line, String host, Map<String, String> said) {
    return line.replace("%h", said.get("hostname"))
        .replace("%n", host)
        .replace("%p", said.get("port"))
        .replace("%r", said.get("user"));
  }

  private static String usual(String files) {
    return files.startsWith("~/.ssh/id_rsa\n") ? "usual" : files;
  }

  static Map<String, String> of(SshSettings settings, SshCaller caller) {
    Map<String, String> answer = new TreeMap<>();
    answer.put("hostname", settings.hostName());
    answer.put("user", settings.user().orElse(caller.user()));
    answer.put("port", String.valueOf(settings.port().orElse(22)));
    keys(settings.keys(), answer);
    hostKeys(settings.hostKeys(), answer);
    if (settings.route() instanceof SshRoute.Jump jump) {
      answer.put(
          "proxyjump", jump.hops().stream().map(Answer::hop).collect(Collectors.joining(",")));
    } else if (settings.route() instanceof SshRoute.Command command) {
      answer.put("proxycommand", command.line());
    }
    answer.put(
        "connecttimeout",
        settings.waits().connect().map(d -> String.valueOf(d.toSeconds())).orElse("none"));
    answer.put(
        "serveraliveinterval",
        settings.waits().aliveInterval().map(d -> String.valueOf(d.toSeconds())).orElse("0"));
    answer.put("serveralivecountmax", String.valueOf(settings.waits().aliveCount()));
    return answer;
  }

  private static void keys(SshSettings.Keys keys, Map<String, String> answer) {
    String files =
        keys.identityFiles()
            .map(named -> named.isEmpty() ? "none" : join(named, "\n"))
            .orElse("usual");
    answer.put("identityfile", files);
    answer.put("identitiesonly", keys.identitiesOnly() ? "yes" : "no");
    keys.agent().ifPresent(agent -> answer.put("identityagent", agent.toString()));
    if (!keys.certificateFiles().isEmpty()) {
      answer.put("certificatefile", join(keys.certificateFiles(), "\n"));
    }
  }

  private static void hostKeys(SshSettings.HostKeys keys, Map<String, String> answer) {
    String trust =
        switch (keys.trust()) {
          case KNOWN_ONLY -> "true";
          case ASK -> "ask";
          case ACCEPT_NEW -> "accept-new";
          case ACCEPT_ANY -> "false";
        };
    answer.put("stricthostkeychecking", trust);
    keys.alias().ifPresent(alias -> answer.put("hostkeyalias", alias));
    answer.put("hashknownhosts", keys.hashNames() ? "yes" : "no");
    answer.put(
        "userknownhostsfile", keys.userFiles().isEmpty() ? "none" : join(keys.userFiles(), " "));
    answer.put(
        "globalknownhostsfile",
        keys.globalFiles().isEmpty() ? "none" : join(keys.globalFiles(), " "));
  }

  private static String join(List<Path> files, String between) {
    return files.stream().map(Path::toString).collect(Collectors.joining(between));
  }

  private static String hop(Hop hop) {
    return hop.user().map(user -> user + "@").orElse("")
        + (hop.host().contains(":") ? "[" + hop.host() + "]" : hop.host())
        + (hop.port().isPresent() ? ":" + hop.port().getAsInt() : "");
  }
}
