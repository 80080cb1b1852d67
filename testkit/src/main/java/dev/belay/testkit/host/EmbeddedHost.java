package dev.belay.testkit.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A throwaway host inside this JVM that is reached by SSH on a loopback port. Its sessions run the
 * machine's real shell, coreutils, dpkg and apt as root of a private tree: fresh copies of /etc and
 * the package database, an empty /opt, /home, /root, /tmp and /run, and a writable layer over /usr,
 * all in memory, in namespaces of its own. The machine itself is never touched, and closing the
 * host, or the death of this JVM, ends every process in it. It has its own network namespace with
 * the loopback interface only, so nothing in it reaches a network.
 *
 * <p>Kubernetes, Falco and systemd in it are stand-ins that say so; a real control plane is the
 * business of the lab.
 *
 * <p>Works as root, and as an ordinary user where the kernel allows user namespaces; there only
 * user 0 exists, so nothing can be given to another owner. Thread-safe.
 */
public final class EmbeddedHost implements AutoCloseable {

  private static final String USER = "root";
  private static final Duration API_SERVER_LIMIT = Duration.ofSeconds(30);

  private final Sandbox sandbox;
  private final EmbeddedSshd sshd;
  private final List<StandinKubelet> services;
  private final Path privateKeyFile;
  private final Path knownHostsFile;

  private EmbeddedHost(
      Sandbox sandbox,
      EmbeddedSshd sshd,
      List<StandinKubelet> services,
      Path privateKeyFile,
      Path knownHostsFile) {
    this.sandbox = sandbox;
    this.sshd = sshd;
    this.services = services;
    this.privateKeyFile = privateKeyFile;
    this.knownHostsFile = knownHostsFile;
  }

  /**
   * Starts a host with everything in it.
   *
   * @return the host, ready for a login
   * @throws HostUnavailableException if this machine forbids the namespaces or lacks a program
   * @throws IOException if a file cannot be written or the port cannot be opened
   */
  public static EmbeddedHost start() throws IOException {
    return start(Options.defaults());
  }

  /**
   * Starts a host.
   *
   * @param options what the host holds
   * @return the host, ready for a login
   * @throws HostUnavailableException if this machine forbids the namespaces or lacks a program
   * @throws IOException if a file cannot be written or the port cannot be opened
   */
  public static EmbeddedHost start(Options options) throws IOException {
    var scratch = Scratch.create("belay-host-");
    try {
      return start(options, scratch);
    } catch (IOException | RuntimeException e) {
      scratch.delete();
      throw e;
    }
  }

  private static EmbeddedHost start(Options options, Scratch scratch) throws IOException {
    var hostKey = LoginKey.generate();
    var clientKey = LoginKey.generate();
    var sandbox = Sandbox.start(scratch, options.node(), options.shell(), options.userNamespace());
    try {
      var services = fill(sandbox, options);
      var sshd = EmbeddedSshd.start(USER, hostKey, clientKey, sandbox::enter);
      var key = scratch.write("id_ed25519", clientKey.privateText());
      var line = "[127.0.0.1]:" + sshd.port() + " " + hostKey.publicLine() + "\n";
      var known = scratch.write("known_hosts", line);
      for (var service : services) {
        service.awaitServing(API_SERVER_LIMIT.plus(options.apiServerStartup()));
      }
      return new EmbeddedHost(sandbox, sshd, services, key, known);
    } catch (IOException | RuntimeException e) {
      sandbox.close();
      throw e;
    }
  }

  private static List<StandinKubelet> fill(Sandbox sandbox, Options options) throws IOException {
    var files = new HostFiles(sandbox.root());
    HostContents.write(files, options);
    run(sandbox, HostContents.bootScript(options));
    return options.kubernetes()
        ? List.of(StandinKubelet.start(files, options, sandbox::enter))
        : List.of();
  }

  /**
   * Returns the port of the SSH server on 127.0.0.1.
   *
   * @return the port
   */
  public int port() {
    return sshd.port();
  }

  /**
   * Returns the only user who may log in.
   *
   * @return {@code root}
   */
  public String user() {
    return USER;
  }

  /**
   * Returns the file with the client's private key, ed25519 in OpenSSH's format, mode 0600.
   *
   * @return a file that goes away with the host
   */
  public Path privateKeyFile() {
    return privateKeyFile;
  }

  /**
   * Returns a known_hosts file that holds the server's key and nothing else.
   *
   * @return a file that goes away with the host
   */
  public Path knownHostsFile() {
    return knownHostsFile;
  }

  /**
   * Runs a shell script inside the host without SSH: for tests to arrange and to inspect.
   *
   * @param script text for {@code /bin/sh -c}, up to 128 KB; its standard input is empty
   * @return what it wrote to standard output
   * @throws HostScriptException if it ends with another status than 0; holds its standard error
   */
  public String run(String script) {
    return run(sandbox, script);
  }

  private static String run(Sandbox sandbox, String script) {
    try {
      var builder = sandbox.enter(List.of("/bin/sh", "-c", script));
      var process = builder.start();
      process.getOutputStream().close();
      var errors = new ByteArrayOutputStream();
      var drain = new Thread(() -> drain(process.getErrorStream(), errors), "embedded-host-run");
      drain.setDaemon(true);
      drain.start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      drain.join();
      var status = process.waitFor();
      if (status != 0) {
        throw new HostScriptException(script, status, errors.toString(StandardCharsets.UTF_8));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a script ran in the host", e);
    }
  }

  private static void drain(InputStream from, ByteArrayOutputStream to) {
    try {
      from.transferTo(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the host's root directory as this JVM sees it, for comparing whole trees; /dev, /proc
   * and /sys below it are mounts to leave out. Absolute symbolic links below it must not be
   * followed: they would lead into the machine's own tree.
   *
   * @return {@code /proc/PID/root}
   */
  public Path root() {
    return sandbox.root();
  }

  /** Returns the words after which a command runs inside the host. */
  List<String> enterPrefix() {
    return sandbox.enterPrefix();
  }

  /** Ends every process of the host, waits until they are gone and removes its files. */
  @Override
  public void close() {
    services.forEach(StandinKubelet::close);
    try {
      try {
        sshd.close();
      } finally {
        sandbox.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What an embedded host holds.
   *
   * @param node the host's name
   * @param shell the program of this machine, below /usr or /bin, that is {@code /bin/sh} in the
   *     host: dash, bash or busybox
   * @param kubernetes whether there is a kubeadm-like /etc/kubernetes with a stand-in kubelet and
   *     API server
   * @param apiServerStartup how long the stand-in API server takes until it answers
   * @param falcoRepository whether apt has a repository with a stand-in falco package
   * @param aptListsFresh whether apt already knows that repository's packages; false is a host on
   *     which {@code apt-get update} has never run
   * @param systemd whether there is a stand-in {@code systemctl}
   * @param userNamespace whether to use a user namespace although this JVM runs as root; an
   *     ordinary user always gets one
   */
  public record Options(
      String node,
      Path shell,
      boolean kubernetes,
      Duration apiServerStartup,
      boolean falcoRepository,
      boolean aptListsFresh,
      boolean systemd,
      boolean userNamespace) {

    /** Checks the values. */
    public Options {
      Objects.requireNonNull(shell, "shell");
      if (!node.matches("[a-z0-9][a-z0-9-]{0,62}")) {
        throw new IllegalArgumentException("node must be a host name, not: " + node);
      }
      if (apiServerStartup.isNegative()) {
        throw new IllegalArgumentException("apiServerStartup must not be negative");
      }
    }

    /**
     * Returns the options of a host with everything in it, a start-up time of 0.5 s and the
     * machine's own /bin/sh.
     *
     * @return the defaults
     */
    public static Options defaults() {
      return new Options(
          "cp1", Path.of("/bin/sh"), true, Duration.ofMillis(500), true, true, true, false);
    }

    /**
     * Returns the options of a plain host: no Kubernetes, no falco repository, no systemctl.
     *
     * @return the options of a host that starts fastest
     */
    public static Options plain() {
      return new Options(
          "plain", Path.of("/bin/sh"), false, Duration.ZERO, false, false, false, false);
    }

    /**
     * Returns these options with another host name.
     *
     * @param name the name
     * @return new options
     */
    public Options withNode(String name) {
      return new Options(
          name,
          shell,
          kubernetes,
          apiServerStartup,
          falcoRepository,
          aptListsFresh,
          systemd,
          userNamespace);
    }

    /**
     * Returns these options with another program behind /bin/sh.
     *
     * @param program an absolute path, for example {@code /usr/bin/busybox}
     * @return new options
     */
    public Options withShell(Path program) {
      return new Options(
          node,
          program,
          kubernetes,
          apiServerStartup,
          falcoRepository,
          aptListsFresh,
          systemd,
          userNamespace);
    }

    /**
     * Returns these options with another start-up time of the stand-in API server.
     *
     * @param duration zero or more
     * @return new options
     */
    public Options withApiServerStartup(Duration duration) {
      return new Options(
          node,
          shell,
          kubernetes,
          duration,
          falcoRepository,
          aptListsFresh,
          systemd,
          userNamespace);
    }

    /**
     * Returns these options for a host on which {@code apt-get update} has never run.
     *
     * @return new options
     */
    public Options withoutAptLists() {
      return new Options(
          node,
          shell,
          kubernetes,
          apiServerStartup,
          falcoRepository,
          false,
          systemd,
          userNamespace);
    }

    /**
     * Returns these options for a host that runs in a user namespace even as root.
     *
     * @return new options
     */
    public Options inUserNamespace() {
      return new Options(
          node, shell, kubernetes, apiServerStartup, falcoRepository, aptListsFresh, systemd, true);
    }
  }
}
