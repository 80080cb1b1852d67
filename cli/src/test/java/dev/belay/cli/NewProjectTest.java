package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.host.EmbeddedHost;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewProjectTest {

  @TempDir Path folder;
  private final Heard heard = new Heard();

  private int belay(String... args) {
    return Main.execute(args, heard.streams(Terminal.NONE));
  }

  private static List<String> on(EmbeddedHost host) {
    return List.of(
        "-i",
        host.user() + "@127.0.0.1:" + host.port() + ",",
        "--private-key",
        host.privateKeyFile().toString(),
        "--known-hosts",
        host.knownHostsFile().toString());
  }

  @Test
  void theSingleFileCompilesAndIsCheckedAgainstAHost() throws Exception {
    Path file = folder.resolve("MySite.java");
    assertThat(belay("new", file.toString())).as(heard.err()).isZero();
    assertThat(heard.out()).startsWith("wrote " + file + "\nnext: belay check ");
    assertThat(file).isExecutable();
    assertThat(Files.readString(file))
        .startsWith("///usr/bin/env jbang \"$0\" \"$@\" ; exit $?\n//JAVA 17+\n//DEPS dev.belay:");
    Class<?> type =
        new PlaybookFile(System.getProperty("java.class.path"), Optional.empty())
            .compiled(SourceText.read(file))
            .load();
    try (EmbeddedHost host = EmbeddedHost.start(EmbeddedHost.Options.plain())) {
      assertThat(new Child(folder).run(type.getName(), file, "lint")).contains("MySite: 1 note");
      List<String> check = new ArrayList<>(List.of("check", "--diff"));
      check.addAll(on(host));
      assertThat(new Child(folder).run(type.getName(), file, check.toArray(new String[0])))
          .contains("would change  directory[/opt/mysite]", "+Kept by Belay.", "would-change=2");
    }
  }

  /** Belay.run ends its JVM, so each playbook gets one of its own. */
  private record Child(Path folder) {
    String run(String type, Path file, String... args) throws IOException, InterruptedException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.belay.cli.Main",
                  args[0],
                  file.toString()));
      command.addAll(List.of(args).subList(1, args.length));
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(type + ": " + said).isZero();
      return said;
    }
  }

  @Test
  void theProjectCompilesPassesItsTestAndIsCheckedAgainstAHost() throws Exception {
    Path project = folder.resolve("my-site");
    assertThat(belay("new", project.toString())).as(heard.err()).isZero();
    try (Stream<Path> files = Files.walk(project)) {
      assertThat(
              files.filter(Files::isRegularFile).map(path -> project.relativize(path).toString()))
          .containsExactlyInAnyOrder(
              "pom.xml",
              "src/main/java/playbooks/MySite.java",
              "src/test/java/playbooks/MySiteTest.java",
              "inventory.yaml",
              "belay.yaml",
              "README.md",
              ".gitignore");
    }
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(project.resolve("pom.xml").toFile());
    runItsTest(project);
    Path file = project.resolve("src/main/java/playbooks/MySite.java");
    assertThat(new Child(project).run("MySite", file, "lint")).contains("nothing to say");
    try (EmbeddedHost host = EmbeddedHost.start(EmbeddedHost.Options.plain())) {
      Files.writeString(
          project.resolve("inventory.yaml"),
          Files.readString(project.resolve("inventory.yaml"))
              .replace("192.0.2.11", "127.0.0.1\n      ansible_port: " + host.port())
              .replace("ansible_user: root", "ansible_user: " + host.user()));
      List<String> check = new ArrayList<>(List.of("check", "--diff"));
      check.addAll(on(host).subList(2, 6));
      assertThat(new Child(project).run("MySite", file, check.toArray(new String[0])))
          .contains("+Kept by Belay.", "would-change=2");
    }
  }

  private void runItsTest(Path project) throws Exception {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    String sources = project.resolve("src").toString();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                "-Xlint:all,-processing",
                "-Werror",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                sources + "/main/java/playbooks/MySite.java",
                sources + "/test/java/playbooks/MySiteTest.java");
    assertThat(compiled).isZero();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      Class<?> test = loader.loadClass("playbooks.MySiteTest");
      var constructor = test.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method method = test.getDeclaredMethod("settlesInOneRun");
      method.setAccessible(true);
      method.invoke(constructor.newInstance());
    }
  }

  @Test
  void writesOverNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("Site.java"), "mine");
    assertThat(belay("new", file.toString())).isEqualTo(5);
    assertThat(file).hasContent("mine");
    Path project = Files.createDirectory(folder.resolve("site"));
    assertThat(belay("new", project.toString())).isEqualTo(5);
    assertThat(project).isEmptyDirectory();
    assertThat(heard.err()).contains("is there already", "state   nothing was written over");
  }

  @Test
  void refusesWhatIsNoName() {
    for (String name : List.of("a b", "1x", "-x.java", "My-Site.java", "..")) {
      assertThat(belay("new", "--", folder.resolve(name).toString())).as(name).isEqualTo(64);
    }
    assertThat(belay("new")).isEqualTo(64);
  }
}
