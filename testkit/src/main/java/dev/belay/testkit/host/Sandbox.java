package dev.belay.testkit.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The private namespaces of one embedded host, and the keeper process that holds them open. The
 * keeper is process 1 of its process namespace and ends when its standard input does; so whatever
 * ends this JVM, the kernel ends everything that ran in the host.
 */
final class Sandbox implements AutoCloseable {

  private static final List<String> PROGRAMS =
      List.of("setsid", "unshare", "nsenter", "mount", "umount", "pivot_root", "setpriv", "perl");
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final String KEEPER = "keeper ";

  /** Removes the scratch directory when the keeper has ended; overlayfs leaves unreadable parts. */
  private static final String OUTLIVE =
      "scratch=$1; shift; \"$@\"; status=$?; chmod -R u+rwx \"$scratch\" 2>/dev/null;"
          + " rm -rf \"$scratch\"; exit $status";

  private final Process process;
  private final long keeper;
  private final boolean userNamespace;

  private Sandbox(Process process, long keeper, boolean userNamespace) {
    this.process = process;
    this.keeper = keeper;
    this.userNamespace = userNamespace;
  }

  /**
   * Starts a sandbox whose mounts hide behind a directory.
   *
   * @param scratch the directory; removed when the sandbox ends, however it ends
   * @param node the host's name
   * @param shell the program behind /bin/sh
   * @param userNamespace true asks for a user namespace, which an ordinary user gets in any case
   */
  static Sandbox start(Scratch scratch, String node, Path shell, boolean userNamespace)
      throws IOException {
    requirePrograms();
    var mapped = userNamespace || !isRoot();
    var command = new ArrayList<>(List.of("setsid", "sh", "-c"));
    command.add(OUTLIVE);
    command.addAll(List.of("sh", scratch.dir().toString(), "unshare"));
    if (mapped) {
      command.add("--map-root-user");
    }
    command.addAll(List.of("--mount", "--pid", "--net", "--uts", "--ipc"));
    command.addAll(List.of("--fork", "--kill-child", "sh"));
    command.add(scratch.write("keeper.sh", Scratch.resource("keeper.sh")).toString());
    command.addAll(List.of(scratch.dir().toString(), node, shell.toString()));
    var process = withEnvironment(new ProcessBuilder(command)).redirectErrorStream(true).start();
    return new Sandbox(process, awaitKeeper(process, mapped), mapped);
  }

  private static long awaitKeeper(Process process, boolean mapped) throws IOException {
    var output = new StringBuilder();
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(KEEPER)) {
        return Long.parseLong(line.substring(KEEPER.length()).strip());
      }
      output.append(line).append('\n');
    }
    process.getOutputStream().close();
    throw new HostUnavailableException(
        "This machine does not allow the private namespaces of an embedded host.",
        output.toString(),
        mapped ? Advice.ORDINARY_USER : Advice.ROOT);
  }

  private static void requirePrograms() {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new HostUnavailableException(
          "An embedded host needs Linux namespaces.",
          System.getProperty("os.name"),
          "run it in a Linux virtual machine");
    }
    var missing = new ArrayList<>(PROGRAMS);
    for (var dir : PATH.split(":")) {
      missing.removeIf(name -> Files.isExecutable(Path.of(dir, name)));
    }
    if (!missing.isEmpty()) {
      throw new HostUnavailableException(
          "An embedded host needs programs that this machine lacks: " + String.join(", ", missing),
          "",
          "apt-get install util-linux mount perl-base");
    }
  }

  static boolean isRoot() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines.anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
    }
  }

  /** Returns a process not yet started that runs a command inside, in a session of its own. */
  ProcessBuilder enter(List<String> command) {
    var all = new ArrayList<>(List.of("setsid"));
    all.addAll(enterPrefix());
    all.add("setsid");
    all.addAll(command);
    return withEnvironment(new ProcessBuilder(all));
  }

  /** Returns the command words after which a command runs inside. */
  List<String> enterPrefix() {
    var words = new ArrayList<>(List.of("nsenter", "--target", Long.toString(keeper)));
    if (userNamespace) {
      words.addAll(List.of("--user", "--preserve-credentials"));
    }
    words.addAll(List.of("--mount", "--pid", "--net", "--uts", "--ipc"));
    words.add("--wd=" + root().resolve("root"));
    if (!userNamespace) {
      // Root in here is the machine's root: take away what reaches past the namespaces.
      words.addAll(List.of("setpriv", "--bounding-set", "-sys_time,-sys_module,-sys_rawio"));
    }
    return words;
  }

  /** Returns what a login sets, and nothing of this JVM's own environment. */
  static Map<String, String> environment() {
    return Map.of(
        "PATH", PATH, "HOME", "/root", "USER", "root", "LOGNAME", "root", "SHELL", "/bin/sh");
  }

  private static ProcessBuilder withEnvironment(ProcessBuilder builder) {
    builder.environment().clear();
    builder.environment().putAll(environment());
    return builder;
  }

  /** Returns the host's root directory as this JVM sees it. */
  Path root() {
    return Path.of("/proc", Long.toString(keeper), "root");
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends every process of the host and waits until they are gone. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        ProcessHandle.of(keeper).ifPresent(ProcessHandle::destroyForcibly);
        process.waitFor(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      ProcessHandle.of(keeper).ifPresent(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }

  /** What to do where namespaces are forbidden; the switches are those of the kernel's docs. */
  private static final class Advice {
    private static final String CONTAINER =
        """
        in a container: start it with --privileged, or with --cap-add SYS_ADMIN
          --security-opt seccomp=unconfined --security-opt apparmor=unconfined""";
    private static final String ORDINARY_USER =
        """
        run it as root, or allow user namespaces, as root:
          sysctl -w user.max_user_namespaces=15000
          sysctl -w kernel.unprivileged_userns_clone=1              (older Debian)
          sysctl -w kernel.apparmor_restrict_unprivileged_userns=0  (Ubuntu since 23.10)
        before Linux 6.6: temporary files on ext4, xfs or btrfs (java -Djava.io.tmpdir=DIR)
        """
            + CONTAINER;
    private static final String ROOT =
        "root lacks CAP_SYS_ADMIN here, or the kernel lacks tmpfs or overlayfs\n" + CONTAINER;
  }
}
