package dev.belay.cli;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** A playbook in one plain Java file: compiled where its classes are not cached, then started. */
final class PlaybookFile {

  private final String classPath;
  private final Optional<PlaybookCache> cache;

  PlaybookFile(String classPath, Optional<PlaybookCache> cache) {
    this.classPath = classPath;
    this.cache = cache;
  }

  /** Returns the playbook files of this process: its class path, the user's cache directory. */
  static PlaybookFile ofProcess() {
    return new PlaybookFile(
        System.getProperty("java.class.path"),
        cacheDirectory(System.getenv()).map(PlaybookCache::new));
  }

  /** Returns where compiled playbooks are kept; empty when the user has no home. */
  static Optional<Path> cacheDirectory(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
        .filter(value -> value.startsWith("/"))
        .map(Path::of)
        .or(
            () ->
                Optional.ofNullable(environment.get("HOME"))
                    .filter(value -> value.startsWith("/"))
                    .map(home -> Path.of(home, ".cache")))
        .map(base -> base.resolve("belay").resolve("playbooks"));
  }

  /**
   * Calls the file's main method. Returns only when that method returns; usually it ends the JVM.
   *
   * @throws ComplaintException when the file is missing, does not compile, or throws
   */
  void start(Path path, String[] args) {
    SourceText source = SourceText.read(path);
    Class<?> type = compiled(source).load();
    MainMethod main =
        MainMethod.of(type)
            .orElseThrow(() -> new IllegalStateException(type + " lost its main method"));
    Thread.currentThread().setContextClassLoader(type.getClassLoader());
    try {
      main.call(args);
    } catch (InvocationTargetException thrown) {
      throw PlaybookComplaints.of(source, thrown.getCause());
    }
  }

  /** Returns the classes of a file, from the cache where it has them. */
  CompiledPlaybook compiled(SourceText source) {
    String key = key(source);
    return cache
        .flatMap(stored -> stored.find(key))
        .orElseGet(
            () -> {
              CompiledPlaybook fresh = new PlaybookCompiler(classPath).compile(source);
              cache.ifPresent(stored -> stored.store(key, fresh));
              return fresh;
            });
  }

  private String key(SourceText source) {
    MessageDigest digest = sha256();
    for (String part :
        new String[] {
          source.text(), source.simpleName(), fingerprint(), Runtime.version().toString()
        }) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Sizes and times of the jars; of a directory of classes, its own and those of its files. */
  private String fingerprint() {
    StringBuilder all = new StringBuilder();
    for (String entry : classPath.split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        try (var files = Files.walk(path)) {
          files.sorted().forEach(file -> all.append(stamp(file)));
        } catch (IOException unreadable) {
          all.append(path);
        }
      } else {
        all.append(stamp(path));
      }
    }
    return all.toString();
  }

  private static String stamp(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return file + ":" + attributes.size() + ":" + attributes.lastModifiedTime().toMillis() + "\n";
    } catch (IOException missing) {
      return file + ":-\n";
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException broken) {
      throw new IllegalStateException("every JDK has SHA-256", broken);
    }
  }
}
