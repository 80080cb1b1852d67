package dev.belay.testkit.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The machine's own OpenSSH server on a loopback port, with a configuration, a host key and a login
 * key of its own. Its sessions run on the machine itself, or inside an {@link EmbeddedHost}, where
 * they may change anything. It ends with {@link #close()} or with this JVM.
 *
 * <p>As root it needs the directory /run/sshd and makes it where it is missing. As an ordinary user
 * it lets only that user in. Thread-safe.
 */
public final class LoopbackSshd implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
  private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");
  private static final Duration START = Duration.ofSeconds(20);
  private static final int ATTEMPTS = 5;

  private final Process process;
  private final int port;
  private final Scratch scratch;
  private final Path privateKeyFile;
  private final Path knownHostsFile;

  private LoopbackSshd(
      Process process, int port, Scratch scratch, Path privateKeyFile, Path knownHostsFile) {
    this.process = process;
    this.port = port;
    this.scratch = scratch;
    this.privateKeyFile = privateKeyFile;
    this.knownHostsFile = knownHostsFile;
  }

  /**
   * Starts a server whose sessions run on the machine itself, as the user of this JVM.
   *
   * @return the server, ready for a login
   * @throws HostUnavailableException if the machine has no OpenSSH server
   * @throws IOException if it does not start; holds its log
   */
  public static LoopbackSshd start() throws IOException {
    return startWith("");
  }

  /**
   * Starts a server whose sessions run inside an embedded host, as its root. The embedded host must
   * stay open longer than this server.
   *
   * @param inside the host that the sessions enter
   * @return the server, ready for a login
   * @throws HostUnavailableException if the machine has no OpenSSH server
   * @throws IOException if it does not start; holds its log
   */
  public static LoopbackSshd start(EmbeddedHost inside) throws IOException {
    var words = new ArrayList<>(List.of("exec", "env", "-i"));
    Sandbox.environment().forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(inside.enterPrefix());
    words.add("/bin/sh");
    var enter = String.join(" ", words);
    return startWith(
        """
        #!/bin/sh
        # Runs what the client asked for inside the embedded host.
        [ -n "$SSH_ORIGINAL_COMMAND" ] || %s
        %s -c "$SSH_ORIGINAL_COMMAND"
        """
            .formatted(enter, enter));
  }

  private static LoopbackSshd startWith(String forcedCommand) throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      throw new HostUnavailableException(
          "This machine has no OpenSSH server: " + PROGRAM + " is missing.",
          "",
          "apt-get install openssh-server");
    }
    if (Sandbox.isRoot()) {
      Files.createDirectories(PRIVILEGE_SEPARATION);
    }
    var scratch = Scratch.create("belay-sshd-");
    try {
      return start(scratch, forcedCommand);
    } catch (IOException | RuntimeException e) {
      scratch.delete();
      throw e;
    }
  }

  private static LoopbackSshd start(Scratch scratch, String forcedCommand) throws IOException {
    var hostKey = LoginKey.generate();
    var clientKey = LoginKey.generate();
    scratch.write("host_key", hostKey.privateText());
    scratch.write("authorized_keys", clientKey.publicLine() + "\n");
    var privateKey = scratch.write("id_ed25519", clientKey.privateText());
    if (!forcedCommand.isEmpty()) {
      scratch.write("enter", forcedCommand, "rwx------");
    }
    scratch.write("log", "");
    for (int attempt = 1; ; attempt++) {
      var port = freePort();
      var config = scratch.dir().resolve("sshd_config");
      Files.writeString(config, configuration(scratch.dir(), port, !forcedCommand.isEmpty()));
      var process = launch(scratch.dir(), config);
      if (answers(process, port)) {
        var known = "[127.0.0.1]:" + port + " " + hostKey.publicLine() + "\n";
        var knownHosts = scratch.write("known_hosts", known);
        return new LoopbackSshd(process, port, scratch, privateKey, knownHosts);
      }
      stop(process);
      // Another process may have taken the port between our look and sshd's bind.
      if (attempt == ATTEMPTS) {
        var log = Files.readString(scratch.dir().resolve("log"));
        throw new IOException(PROGRAM + " does not start:\n" + log);
      }
    }
  }

  private static String configuration(Path dir, int port, boolean forced) {
    var settings =
        List.of(
            Map.entry("ListenAddress", "127.0.0.1:" + port),
            Map.entry("HostKey", dir + "/host_key"),
            Map.entry("AuthorizedKeysFile", dir + "/authorized_keys"),
            Map.entry("PidFile", "none"),
            Map.entry("UsePAM", "no"),
            Map.entry("StrictModes", "no"),
            Map.entry("PermitRootLogin", "prohibit-password"),
            Map.entry("PasswordAuthentication", "no"),
            Map.entry("KbdInteractiveAuthentication", "no"),
            Map.entry("UseDNS", "no"),
            Map.entry("PrintMotd", "no"),
            Map.entry("PrintLastLog", "no"),
            Map.entry("MaxStartups", "200"),
            // Below 2, bash reads ~/.bashrc for every command of a session.
            Map.entry("SetEnv", "SHLVL=5"),
            Map.entry("ForceCommand", forced ? dir + "/enter" : "none"));
    return settings.stream()
        .map(setting -> setting.getKey() + " " + setting.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** Starts sshd beside a shell that ends it when its standard input, held by this JVM, ends. */
  private static Process launch(Path dir, Path config) throws IOException {
    var script = "exec 3<&0; \"$@\" 3<&- & p=$!; { cat <&3 >/dev/null; kill $p; } & wait $p";
    return new ProcessBuilder(
            List.of(
                "setsid",
                "sh",
                "-c",
                script,
                "sh",
                PROGRAM.toString(),
                "-D",
                "-E",
                dir + "/log",
                "-f",
                config.toString()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.appendTo(dir.resolve("log").toFile()))
        .start();
  }

  private static boolean answers(Process process, int port) throws IOException {
    var deadline = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return socket.getInputStream().read() == 'S';
      } catch (IOException e) {
        // Not listening yet.
        if (!pause()) {
          return false;
        }
      }
    }
    return false;
  }

  private static boolean pause() {
    try {
      Thread.sleep(10);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * Returns the port on 127.0.0.1.
   *
   * @return the port
   */
  public int port() {
    return port;
  }

  /**
   * Returns the user who may log in: the one this JVM runs as.
   *
   * @return a user name
   */
  public String user() {
    return System.getProperty("user.name");
  }

  /**
   * Returns the file with the client's private key, ed25519 in OpenSSH's format, mode 0600.
   *
   * @return a file that goes away with the server
   */
  public Path privateKeyFile() {
    return privateKeyFile;
  }

  /**
   * Returns a known_hosts file that holds the server's key and nothing else.
   *
   * @return a file that goes away with the server
   */
  public Path knownHostsFile() {
    return knownHostsFile;
  }

  /**
   * Returns what the server has logged so far.
   *
   * @return the text of sshd's own log
   */
  public String log() {
    try {
      return Files.readString(scratch.dir().resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the server and its connections, and removes its files. */
  @Override
  public void close() {
    try {
      stop(process);
      scratch.delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(Process process) throws IOException {
    var connections = process.descendants().toList();
    process.getOutputStream().close();
    // A SIGTERM that comes just before sshd's poll is noticed only with the client's next packet.
    connections.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
