package dev.belay.testkit.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** A local apt repository with the stand-in falco, the only source that the host's apt knows. */
public final class AptRepository {

  private static final String DIRECTORY = "/srv/belay-standin/apt";
  private static final String LISTS = "/var/lib/apt/lists/_srv_belay-standin_apt_._";

  private AptRepository() {}

  /** Writes apt's configuration; without a repository apt has no source at all. */
  static void write(HostFiles files, boolean repository, boolean freshLists) throws IOException {
    for (var dir : new String[] {"auth.conf.d", "keyrings", "preferences.d", "trusted.gpg.d"}) {
      files.directory("/etc/apt/" + dir);
    }
    files.directory("/etc/apt/sources.list.d");
    files.write("/etc/apt/sources.list", "", "rw-r--r--");
    files.write("/etc/apt/apt.conf.d/00belay-standin", CONFIGURATION, "rw-r--r--");
    if (repository) {
      writeRepository(files, freshLists);
    }
  }

  /**
   * Writes the repository's files for a host of any kind, which then needs the source {@code deb
   * [trusted=yes] file:DIRECTORY ./}. Does not sign it.
   *
   * @param directory is made where it is missing
   * @throws IOException when a file cannot be written
   */
  public static void writeTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (var file : repository().entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }

  private static void writeRepository(HostFiles files, boolean freshLists) throws IOException {
    var repository = repository();
    for (var file : repository.entrySet()) {
      files.write(DIRECTORY + "/" + file.getKey(), file.getValue(), "rw-r--r--");
    }
    files.write("/etc/apt/sources.list.d/belay-standin.list", SOURCE, "rw-r--r--");
    if (freshLists) {
      // What apt-get update would leave here; writing it saves its second of work.
      files.write(LISTS + "Packages", repository.get("Packages"), "rw-r--r--");
      files.write(LISTS + "Release", repository.get("Release"), "rw-r--r--");
      Files.createFile(files.at("/var/lib/apt/lists/lock"));
    }
  }

  /** Returns the repository's files by name. */
  private static Map<String, byte[]> repository() throws IOException {
    var deb = FalcoPackage.build();
    var name = "falco_" + FalcoPackage.VERSION + "_all.deb";
    var packages = entry(deb, name).getBytes(StandardCharsets.UTF_8);
    var files = new TreeMap<>(Map.of("Packages", packages, "Packages.gz", gzip(packages)));
    files.put("Release", release(files).getBytes(StandardCharsets.UTF_8));
    files.put(name, deb);
    return files;
  }

  private static String entry(byte[] deb, String name) {
    return FalcoPackage.control()
        + "Filename: ./"
        + name
        + "\nSize: "
        + deb.length
        + "\nMD5sum: "
        + FalcoPackage.digest("MD5", deb)
        + "\nSHA256: "
        + FalcoPackage.digest("SHA-256", deb)
        + "\n\n";
  }

  private static String release(Map<String, byte[]> indexes) {
    var text =
        new StringBuilder(
            """
            Origin: Belay stand-in
            Label: Belay stand-in
            Date: Sun, 22 Nov 2026 00:00:00 UTC
            Architectures: all
            SHA256:
            """);
    indexes.forEach(
        (name, bytes) ->
            text.append(
                " %s %d %s%n"
                    .formatted(FalcoPackage.digest("SHA-256", bytes), bytes.length, name)));
    return text.toString();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var buffer = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(buffer)) {
      gzip.write(bytes);
    }
    return buffer.toByteArray();
  }

  private static final String SOURCE =
      "# Belay's stand-in packages; trusted because they are made by the JVM that holds this host.\n"
          + "deb [trusted=yes] file:"
          + DIRECTORY
          + " ./\n";

  private static final String CONFIGURATION =
      """
      // In a user namespace there is no user _apt to change to.
      APT::Sandbox::User "root";
      Acquire::Languages "none";
      // Nor a group adm to give the terminal log to.
      Dir::Log::Terminal "";
      """;
}
