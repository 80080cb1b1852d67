package dev.belay.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class EmbeddedHostLifeTest {

  private static final String NOBODY = "65534";

  @TempDir private Path temp;

  @Test
  void leavesNoProcessAndNoFileWhenClosed() throws Exception {
    var host = EmbeddedHost.start();
    var scratch = host.privateKeyFile().getParent();
    host.run("setsid sleep 1000 >/dev/null 2>&1 & setsid sleep 1000 >/dev/null 2>&1 &");
    try (var login = Login.to(host)) {
      login.open().exec("sleep 1000");
      var inside = processesOf(host.root().getName(1).toString());
      assertThat(inside).hasSizeGreaterThan(4);
      host.close();
      assertThat(inside).noneMatch(pid -> Files.exists(Path.of("/proc", pid)));
    }
    assertThat(scratch).doesNotExist();
  }

  @Test
  void leavesNoProcessWhenTheJvmIsKilled() throws Exception {
    var program = startProgram(List.of(), System.getProperty("java.class.path"));
    var said = readUntilWaiting(program);
    var inside = processesOf(said.get("keeper"));
    assertThat(inside).hasSizeGreaterThan(2);
    program.destroyForcibly();
    EmbeddedHostTest.await(
        () -> inside.stream().noneMatch(pid -> Files.exists(Path.of("/proc", pid))));
    EmbeddedHostTest.await(() -> !Files.exists(Path.of(said.get("scratch"))));
  }

  @Test
  void worksForAnOrdinaryUser() throws Exception {
    var prefix =
        Sandbox.isRoot()
            ? List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups")
            : List.<String>of();
    var program = startProgram(prefix, readableClassPath());
    var said = readUntilWaiting(program);
    assertThat(said)
        .containsEntry("login", "0")
        .containsEntry("install", "true")
        .containsEntry("active", "active active")
        .containsEntry("ready", "ok");
    program.getOutputStream().close();
    assertThat(program.waitFor()).isZero();
    assertThat(Path.of(said.get("scratch"))).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/usr/bin/dash", "/usr/bin/bash", "/usr/bin/busybox"})
  void runsSessionsInTheShellAskedFor(String shell) throws IOException {
    var options = EmbeddedHost.Options.plain().withShell(Path.of(shell));
    try (var host = EmbeddedHost.start(options);
        var login = Login.to(host)) {
      assertThat(login.run("readlink /proc/$$/exe; printf 'a\\0b' | od -c | head -n 1; exit 5"))
          .isEqualTo("5|" + Path.of(shell).toRealPath() + "\n0000000   a  \\0   b\n|");
    }
  }

  @Test
  void saysSoWhenTheMachineHasNoSuchShell() {
    var options = EmbeddedHost.Options.plain().withShell(Path.of("/usr/bin/no-such-shell"));
    assertThatThrownBy(() -> EmbeddedHost.start(options))
        .isInstanceOf(HostUnavailableException.class)
        .hasMessageContaining("no such shell on this machine: /usr/bin/no-such-shell");
  }

  @Test
  void saysWhatToDoWhenNamespacesAreForbidden() throws Exception {
    var host = HostProgram.class.getName();
    // Inside a user namespace that allows no more of its kind, as where an administrator forbids.
    var script = "echo 0 >/proc/sys/user/max_mnt_namespaces && exec \"$@\"";
    var command = new ArrayList<>(List.of("unshare", "--map-root-user", "sh", "-c", script, "sh"));
    command.addAll(java(System.getProperty("java.class.path"), host));
    var program = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said)
        .contains("This machine does not allow the private namespaces of an embedded host.")
        .contains("got: unshare: unshare failed: ")
        .contains("do:  ");
  }

  private Process startProgram(List<String> prefix, String classPath) throws IOException {
    var command = new ArrayList<>(prefix);
    command.addAll(java(classPath, HostProgram.class.getName()));
    var builder = new ProcessBuilder(command).directory(new File("/"));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static List<String> java(String classPath, String main) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(java, "-Xshare:auto", "-cp", classPath, main);
  }

  private static TreeMap<String, String> readUntilWaiting(Process program) throws IOException {
    var said = new TreeMap<String, String>();
    var lines =
        new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("waiting")) {
        return said;
      }
      var words = line.split(" ", 2);
      said.put(words[0], words[words.length - 1].strip());
    }
    throw new AssertionError("the program ended: " + said);
  }

  /** Returns the processes, as this JVM sees them, that share a process namespace with one. */
  private static List<String> processesOf(String keeper) throws IOException {
    var namespace = Files.readSymbolicLink(Path.of("/proc", keeper, "ns/pid"));
    var found = new ArrayList<String>();
    for (var process : (Iterable<ProcessHandle>) ProcessHandle.allProcesses()::iterator) {
      var pid = Long.toString(process.pid());
      try {
        if (Files.readSymbolicLink(Path.of("/proc", pid, "ns/pid")).equals(namespace)) {
          found.add(pid);
        }
      } catch (IOException e) {
        // Another user's process, or one that has just ended.
      }
    }
    return found;
  }

  /** Copies the class path to where any user may read it: a home directory may be closed. */
  private String readableClassPath() throws IOException {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    var copies = new ArrayList<String>();
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      var from = Path.of(entry);
      if (Files.exists(from)) {
        var to = temp.resolve(copies.size() + "-" + from.getFileName());
        copyTree(from, to);
        copies.add(to.toString());
      }
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (var path : (Iterable<Path>) all::iterator) {
        var copy = to.resolve(from.relativize(path).toString());
        Files.copy(path, path.equals(from) ? to : copy);
      }
    }
  }
}
