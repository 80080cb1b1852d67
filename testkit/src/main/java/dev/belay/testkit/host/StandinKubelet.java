package dev.belay.testkit.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A stand-in for the kubelet of a control-plane node: watches the manifests directory and runs the
 * API server's pod. It follows the kubelet in which files it reads, which pod wins, what counts as
 * a change, what it refuses and how it restarts; times are shorter. The other static pods are read
 * and checked, and have no process.
 */
final class StandinKubelet implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration FILE_CHECK = Duration.ofSeconds(2);
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);
  private static final String API_SERVER = "kube-apiserver";
  private static final String JOURNAL = "/run/belay-standin/journal/kubelet.service";
  private static final String STATE = "/run/belay-standin/units/kubelet.service/state";
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("'I'MMdd HH:mm:ss.SSSSSS", Locale.ROOT);

  private final HostFiles files;
  private final String node;
  private final boolean hasUnit;
  private final Duration startupTime;
  private final Function<List<String>, ProcessBuilder> enter;
  private final Thread thread;

  /** Pods by file, as last read without error. */
  private final Map<String, StaticPod> known = new TreeMap<>();

  /** What each file looked like when it was last read. */
  private final Map<String, String> seen = new HashMap<>();

  /** Until when a pod whose file became unreadable is kept. */
  private final Map<String, Long> brokenUntil = new HashMap<>();

  private final Map<String, String> lastMessage = new HashMap<>();

  private StaticPod running;
  private ApiServerContainer container;
  private int restarts;
  private Duration backoff = FIRST_BACKOFF;
  private long nextStart;
  private volatile boolean serving;
  private volatile boolean closed;

  private StandinKubelet(
      HostFiles files, EmbeddedHost.Options options, Function<List<String>, ProcessBuilder> enter) {
    this.files = files;
    this.node = options.node();
    this.hasUnit = options.systemd();
    this.startupTime = options.apiServerStartup();
    this.enter = enter;
    this.thread = new Thread(this::watch, "embedded-host-kubelet");
    thread.setDaemon(true);
  }

  static StandinKubelet start(
      HostFiles files, EmbeddedHost.Options options, Function<List<String>, ProcessBuilder> enter) {
    var kubelet = new StandinKubelet(files, options, enter);
    kubelet.thread.start();
    return kubelet;
  }

  /** Waits until the API server answers for the first time. */
  void awaitServing(Duration limit) throws IOException {
    var deadline = System.nanoTime() + limit.toNanos();
    while (!serving) {
      if (System.nanoTime() > deadline || !thread.isAlive()) {
        throw new IOException("the stand-in API server does not start: " + files.read(JOURNAL));
      }
      if (!pause()) {
        return;
      }
    }
  }

  private void watch() {
    while (!closed) {
      try {
        if (unitRuns()) {
          readManifests();
          sync();
        }
        serving = container != null && container.isServing();
      } catch (InterruptedException e) {
        return;
      } catch (IOException e) {
        if (!closed) {
          logOnce("kubelet", e.toString());
        }
      }
      if (!pause()) {
        return;
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(POLL.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean unitRuns() throws IOException {
    return !hasUnit || files.read(STATE).contains("active=active\n");
  }

  private void readManifests() throws IOException {
    var present = new HashSet<String>();
    for (var path : manifests()) {
      var name = path.getFileName().toString();
      present.add(name);
      try {
        read(name, path);
      } catch (NoSuchFileException e) {
        // Renamed or removed between the listing and the reading; the next round sees what is
        // there.
        present.remove(name);
      }
    }
    known.keySet().retainAll(present);
    seen.keySet().retainAll(present);
    brokenUntil.keySet().retainAll(present);
  }

  /** Every regular file but dot files, whatever its name ends in; directories are not entered. */
  private List<Path> manifests() throws IOException {
    var dir = files.at(KubernetesTree.MANIFESTS);
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    try (var all = Files.list(dir)) {
      return all.filter(path -> !path.getFileName().toString().startsWith("."))
          .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }

  private void read(String name, Path path) throws IOException {
    var attributes = Files.readAttributes(path, "unix:ino,size,ctime,lastModifiedTime");
    var look = attributes.toString();
    if (!look.equals(seen.get(name))) {
      try {
        known.put(name, StaticPod.parse(name, Files.readString(path), node));
        brokenUntil.remove(name);
        lastMessage.remove(name);
      } catch (StaticPod.Refused | java.nio.charset.CharacterCodingException e) {
        logOnce(name, "Could not process manifest file " + path(name) + ": " + e.getMessage());
        brokenUntil.putIfAbsent(name, System.nanoTime() + FILE_CHECK.toNanos());
      }
      seen.put(name, look);
    }
    // The event handler keeps the old pod; the next full listing drops it.
    var limit = brokenUntil.get(name);
    if (limit != null && System.nanoTime() > limit) {
      known.remove(name);
    }
  }

  private static String path(String name) {
    return KubernetesTree.MANIFESTS + "/" + name;
  }

  private void sync() throws IOException, InterruptedException {
    var wanted = wantedApiServer();
    if (running != null && (wanted == null || !wanted.hash().equals(running.hash()))) {
      stopContainer();
    }
    if (wanted == null) {
      return;
    }
    if (running == null) {
      running = wanted;
      restarts = 0;
      backoff = FIRST_BACKOFF;
      nextStart = System.nanoTime();
    }
    if (container != null && !container.isAlive()) {
      noteExit();
    }
    if (container == null && System.nanoTime() >= nextStart) {
      startContainer();
    }
  }

  /** Returns the API server's pod; of two files with one pod the later name wins. */
  private StaticPod wantedApiServer() {
    var byKey = new TreeMap<String, StaticPod>();
    known.values().forEach(pod -> byKey.put(pod.key(), pod));
    return byKey.values().stream()
        .filter(pod -> !pod.argv().isEmpty())
        .filter(pod -> Path.of(pod.argv().get(0)).endsWith(API_SERVER))
        .findFirst()
        .orElse(null);
  }

  private void stopContainer() throws InterruptedException {
    if (container != null) {
      container.stop();
    }
    container = null;
    running = null;
  }

  private void noteExit() {
    log("container " + API_SERVER + " exited with " + container.exitStatus());
    container = null;
    restarts++;
    nextStart = System.nanoTime() + backoff.toNanos();
    log(
        "CrashLoopBackOff: back-off %ds restarting failed container=%s pod=%s-%s_%s(%s)"
            .formatted(
                backoff.toSeconds(),
                API_SERVER,
                running.name(),
                node,
                running.namespace(),
                running.hash()));
    backoff = backoff.multipliedBy(2);
    if (backoff.compareTo(LONGEST_BACKOFF) > 0) {
      backoff = LONGEST_BACKOFF;
    }
  }

  private void startContainer() throws IOException {
    for (var volume : running.volumes().values()) {
      var failure = prepare(volume);
      if (!failure.isEmpty()) {
        logOnce("volume", "MountVolume.SetUp failed: hostPath type check failed: " + failure);
        nextStart = System.nanoTime() + Duration.ofMillis(300).toNanos();
        return;
      }
    }
    var pod = running;
    var startup = ApiServerStartup.of(pod, files);
    var directory =
        "/var/log/pods/%s_%s-%s_%s/%s"
            .formatted(pod.namespace(), pod.name(), node, pod.hash(), pod.container());
    files.directory(directory);
    var log = files.at(directory + "/" + restarts + ".log");
    container = ApiServerContainer.start(enter, pod, startup, startupTime, log);
    lastMessage.remove("volume");
    log("started container " + API_SERVER + " hash " + pod.hash());
  }

  /** Checks a host path as its type asks and makes what its type lets be made. */
  private String prepare(StaticPod.HostPath volume) throws IOException {
    var place = files.at(volume.path());
    switch (volume.type()) {
      case "File":
        return Files.isRegularFile(place) ? "" : volume.path() + " is not a file";
      case "Directory":
        return Files.isDirectory(place) ? "" : volume.path() + " is not a directory";
      case "FileOrCreate":
        if (!Files.exists(place)) {
          Files.createFile(place);
          Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-r--r--"));
        }
        return "";
      default:
        // DirectoryOrCreate; and where no type is given the runtime makes a directory.
        if (!Files.exists(place)) {
          files.directory(volume.path());
        }
        return "";
    }
  }

  /** Writes what only repeats the last message about the same thing no second time. */
  private void logOnce(String about, String message) {
    if (!message.equals(lastMessage.put(about, message))) {
      log(message);
    }
  }

  /** Writes to the unit's journal. */
  private void log(String message) {
    try {
      files.directory(JOURNAL.substring(0, JOURNAL.lastIndexOf('/')));
      Files.writeString(
          files.at(JOURNAL),
          CLOCK.format(LocalDateTime.now()) + " kubelet: " + message + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      // The host is being closed and its files have gone.
    }
  }

  /** Stops watching. The pods end with the host. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
