package dev.belay.core.transport.sshconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration of the corpus means here what it means to {@code ssh -G}. */
class SshConfigCorpusTest {

  @TempDir Path folder;

  /** One configuration and how it is asked. */
  record Case(String title, List<String> arguments, String refused, String text) {
    @Override
    public String toString() {
      return title + ": " + text.strip().replace('\n', '|');
    }
  }

  static Stream<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String block : resource().split("(?m)^### ")) {
      if (block.startsWith("#")) {
        continue;
      }
      String title = block.lines().findFirst().orElseThrow();
      String refused = title.startsWith("refused ") ? title.substring(8, title.indexOf(':')) : "";
      String ask = title.substring(title.indexOf(':') + 1).strip();
      String text = block.substring(block.indexOf('\n') + 1);
      cases.add(new Case(title, List.of(ask.split(" ")), refused, text));
    }
    assertThat(cases).hasSizeGreaterThan(90);
    return cases.stream();
  }

  private static String resource() throws IOException {
    try (InputStream in = SshConfigCorpusTest.class.getResourceAsStream("/sshconfig/corpus.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void meansTheSameAsToSsh(Case one) throws Exception {
    Path config = write(one.text());
    Optional<Map<String, String>> theirs = askSsh(config, one.arguments());
    if (!one.refused().isEmpty()) {
      assertThat(theirs).as("ssh accepts it").isPresent();
      assertThatThrownBy(() -> ours(config, one.arguments()))
          .isInstanceOf(SshConfigException.class)
          .hasMessageContaining(one.refused());
    } else if (theirs.isEmpty()) {
      assertThatThrownBy(() -> ours(config, one.arguments()))
          .isInstanceOf(SshConfigException.class);
    } else {
      assertThat(ours(config, one.arguments())).isEqualTo(theirs.get());
    }
  }

  private Path write(String text) throws IOException {
    String[] files = text.replace("{DIR}", folder.toString()).split("(?m)^--- ");
    for (int i = 1; i < files.length; i++) {
      int end = files[i].indexOf('\n');
      Path file = folder.resolve(files[i].substring(0, end));
      Files.createDirectories(file.getParent());
      Files.writeString(file, files[i].substring(end + 1));
    }
    return Files.writeString(folder.resolve("config"), files[0]);
  }

  private static Optional<Map<String, String>> askSsh(Path config, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ssh", "-G", "-F", config.toString()));
    command.addAll(arguments.subList(1, arguments.size()));
    command.add(arguments.get(0));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove("SSH_AUTH_SOCK");
    Process ssh = builder.start();
    ssh.getOutputStream().close();
    String said = new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return ssh.waitFor() == 0 ? Optional.of(read(arguments.get(0), said)) : Optional.empty();
  }

  private static Map<String, String> read(String host, String said) {
    Map<String, String> answer = new TreeMap<>();
    for (String line : said.split("\n")) {
      String[] words = line.split(" ", 2);
      String value = words.length > 1 ? words[1] : "";
      if (Answer.KEYWORDS.contains(words[0])) {
        answer.merge(words[0], value, (first, second) -> first + "\n" + second);
      }
    }
    return Answer.withUsualSaid(host, answer);
  }

  private static Map<String, String> ours(Path config, List<String> arguments) throws IOException {
    SshCaller caller = caller();
    String user = option(arguments, "-l");
    String port = option(arguments, "-p");
    SshSettings settings =
        SshConfig.of(new DiskConfigFiles(caller.uid()), caller, config.toString())
            .settingsFor(
                arguments.get(0),
                new SshConfig.Given(
                    Optional.ofNullable(user),
                    port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)),
                    List.of()));
    return Answer.of(settings, caller);
  }

  private static String option(List<String> arguments, String name) {
    int at = arguments.indexOf(name);
    return at < 0 ? null : arguments.get(at + 1);
  }

  private static SshCaller caller() throws IOException {
    return new SshCaller(
        System.getProperty("user.name"),
        System.getProperty("user.home"),
        (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"),
        InetAddress.getLocalHost().getHostName(),
        Map.of());
  }
}
