package dev.belay.core.transport.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** This machine's OpenSSH server on a loopback port, with its own keys and configuration. */
final class LoopbackSshd implements AutoCloseable {

  private static final String SSHD = "/usr/sbin/sshd";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path folder;
  private final Process process;
  final int port;

  private LoopbackSshd(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server that shows the host keys {@code host_TYPE} of the folder, made where missing.
   *
   * @param settings further lines of sshd_config
   */
  static LoopbackSshd start(Path folder, List<String> hostKeyTypes, String... settings)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(Path.of(SSHD))) {
      throw new IllegalStateException(SSHD + " is missing; install openssh-server");
    }
    int port = freePort();
    List<String> config = new ArrayList<>();
    config.add("ListenAddress 127.0.0.1:" + port);
    for (String type : hostKeyTypes) {
      config.add("HostKey " + key(folder, "host_" + type, type, ""));
    }
    config.add("AuthorizedKeysFile " + folder.resolve("authorized_keys"));
    config.addAll(List.of("PidFile none", "StrictModes no", "UsePAM no", "UseDNS no"));
    config.addAll(List.of("PasswordAuthentication no", "KbdInteractiveAuthentication no"));
    config.addAll(List.of("PermitRootLogin yes", "LogLevel VERBOSE"));
    config.addAll(List.of(settings));
    Path file = Files.write(folder.resolve("sshd_config"), config);
    return new LoopbackSshd(folder, launch(folder, file, port), port);
  }

  private static Process launch(Path folder, Path config, int port)
      throws IOException, InterruptedException {
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd")); // sshd insists on it when started by root
    }
    Process process =
        new ProcessBuilder(SSHD, "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd.log").toFile())
            .start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "sshd did not start: " + Files.readString(folder.resolve("sshd.log")));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return process;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Returns the private key file of that name, made where missing. */
  static Path key(Path folder, String name, String type, String passphrase, String... more)
      throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-t", type));
      command.addAll(List.of("-N", passphrase, "-C", "test", "-f", file.toString()));
      command.addAll(type.equals("rsa") ? List.of("-b", "2048") : List.of());
      command.addAll(List.of(more));
      run(command.toArray(String[]::new));
    }
    return file;
  }

  /** Runs a command of this machine and returns its output. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + output);
    }
    return output;
  }

  /** Lets the owner of a private key log in. */
  void authorize(Path key) throws IOException {
    Path file = folder.resolve("authorized_keys");
    String line = Files.readString(Path.of(key + ".pub"));
    Files.writeString(file, Files.exists(file) ? Files.readString(file) + line : line);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  /** Returns the known_hosts line for one of the host keys. */
  String knownHostsLine(String type) throws IOException {
    String[] words = Files.readString(folder.resolve("host_" + type + ".pub")).split(" ");
    return "[127.0.0.1]:" + port + " " + words[0] + " " + words[1] + "\n";
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("sshd.log"));
  }

  /** Kills the processes that serve connections, not the server itself. */
  void killSessions() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    killSessions();
    process.destroyForcibly();
  }
}
