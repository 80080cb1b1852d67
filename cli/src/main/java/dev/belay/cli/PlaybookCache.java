package dev.belay.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compiled playbooks, one file each, named by a hash of all that the compiler saw. Code is run from
 * here, so a directory that anybody else can write to is not used. A cache that cannot be read or
 * written is as good as an empty one: nothing here throws.
 */
final class PlaybookCache {

  private static final int MAGIC = 0xBE1A7001;
  private static final Duration KEPT = Duration.ofDays(90);

  private final Path directory;

  PlaybookCache(Path directory) {
    this.directory = directory;
  }

  /** Returns what was stored under the key, if it is there and whole. */
  Optional<CompiledPlaybook> find(String key) {
    Path file = directory.resolve(key);
    if (!Files.isRegularFile(file) || !ours()) {
      return Optional.empty();
    }
    try (InputStream raw = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(new BufferedInputStream(raw))) {
      return Optional.of(read(in));
    } catch (IOException | RuntimeException damaged) {
      return Optional.empty();
    }
  }

  /** Stores a playbook under the key, all or nothing, and drops what is long out of use. */
  void store(String key, CompiledPlaybook playbook) {
    Path unfinished = null;
    try {
      createDirectory();
      if (!ours()) {
        return;
      }
      dropOld();
      unfinished = Files.createTempFile(directory, "new-", ".tmp");
      write(unfinished, playbook);
      Files.move(unfinished, directory.resolve(key), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException notWritable) {
      drop(unfinished);
    }
  }

  private void createDirectory() throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Files.createDirectories(directory.getParent());
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Tells whether nobody but this user can put anything here. */
  private boolean ours() {
    try {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
      String owner = Files.getOwner(directory).getName();
      return mode.equals("rwx------") && owner.equals(System.getProperty("user.name"));
    } catch (IOException | RuntimeException unknown) {
      return false;
    }
  }

  private void dropOld() throws IOException {
    Instant limit = Instant.now().minus(KEPT);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static void drop(Path unfinished) {
    try {
      if (unfinished != null) {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException stays) {
      // dropped with the old files later
    }
  }

  private static CompiledPlaybook read(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("not a compiled playbook");
    }
    String mainClass = in.readUTF();
    int count = in.readInt();
    Map<String, byte[]> classes = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      int length = in.readInt();
      byte[] bytes = in.readNBytes(length);
      if (bytes.length != length) {
        throw new IOException("cut short");
      }
      classes.put(name, bytes);
    }
    if (in.read() != -1 || !classes.containsKey(mainClass)) {
      throw new IOException("damaged");
    }
    return new CompiledPlaybook(mainClass, classes);
  }

  private static void write(Path file, CompiledPlaybook playbook) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(MAGIC);
      out.writeUTF(playbook.mainClass());
      out.writeInt(playbook.classes().size());
      for (Map.Entry<String, byte[]> each : new TreeMap<>(playbook.classes()).entrySet()) {
        out.writeUTF(each.getKey());
        out.writeInt(each.getValue().length);
        out.write(each.getValue());
      }
    }
  }
}
