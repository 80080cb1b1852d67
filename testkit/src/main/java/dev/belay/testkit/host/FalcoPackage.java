package dev.belay.testkit.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A Debian package named falco that holds a stand-in for Falco: units, conffiles and maintainer
 * scripts laid out as in the real 0.40 (scripts/systemd and scripts/debian of falcosecurity/falco),
 * and a daemon that detects nothing. It says so in its description.
 */
final class FalcoPackage {

  static final String VERSION = "0.40.0-standin1";

  private static final long BUILT = Instant.parse("2026-11-22T00:00:00Z").getEpochSecond();
  private static final List<String> CONFFILES =
      List.of(
          "/etc/falco/falco.yaml",
          "/etc/falco/falco_rules.local.yaml",
          "/etc/falco/falco_rules.yaml");
  private static final Map<String, String> UNITS =
      Map.of(
          "falco-modern-bpf", "modern_ebpf",
          "falco-bpf", "ebpf",
          "falco-kmod", "kmod",
          "falco-custom", "");

  private FalcoPackage() {}

  /** Returns the control file, which is also the first part of a repository's index entry. */
  static String control() {
    return """
        Package: falco
        Version: %s
        Architecture: all
        Maintainer: The Belay developers
        Installed-Size: 40
        Section: utils
        Priority: optional
        Homepage: https://belay.dev
        Description: stand-in for Falco, for trying Belay playbooks
         This is not Falco. It has the files, units and configuration layout of
         Falco 0.40 and a daemon that detects nothing, so that playbooks can be
         tried on a machine that cannot run the real one.
        """
        .formatted(VERSION);
  }

  /** Returns the .deb file. */
  static byte[] build() throws IOException {
    var files = files();
    var buffer = new ByteArrayOutputStream();
    try (var ar = new ArArchiveOutputStream(buffer)) {
      put(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
      put(ar, "control.tar.gz", tar(controlFiles(files), List.of()));
      put(ar, "data.tar.gz", tar(files, List.of("./etc/falco/config.d/", "./etc/falco/rules.d/")));
    }
    return buffer.toByteArray();
  }

  private static Map<String, Entry> files() {
    var files = new LinkedHashMap<String, Entry>();
    for (var name : List.of("falco.yaml", "falco_rules.yaml", "falco_rules.local.yaml")) {
      files.put("./etc/falco/" + name, new Entry(Scratch.resource("falco/" + name), 0644));
    }
    files.put("./usr/bin/falco", new Entry(Scratch.resource("falco/falco.pl"), 0755));
    UNITS.forEach((name, kind) -> files.put(unitPath(name), new Entry(unit(kind), 0644)));
    files.put(
        unitPath("falcoctl-artifact-follow"),
        new Entry(Scratch.resource("falco/falcoctl-artifact-follow.service"), 0644));
    files.put(
        "./usr/share/doc/falco/copyright",
        new Entry("Belay's stand-in for Falco, Apache-2.0. It contains nothing of Falco.\n", 0644));
    return files;
  }

  private static String unitPath(String name) {
    return "./usr/lib/systemd/system/" + name + ".service";
  }

  private static String unit(String kind) {
    return Scratch.resource("falco/unit.service")
        .replace("@KIND@", kind.isEmpty() ? "a custom configuration" : kind)
        .replace("@OPTION@", kind.isEmpty() ? "" : " -o engine.kind=" + kind);
  }

  private static Map<String, Entry> controlFiles(Map<String, Entry> files) {
    var sums = new StringBuilder();
    files.forEach(
        (path, entry) ->
            sums.append(digest("MD5", entry.bytes()))
                .append("  ")
                .append(path, 2, path.length())
                .append('\n'));
    var control = new LinkedHashMap<String, Entry>();
    control.put("./control", new Entry(control(), 0644));
    control.put("./md5sums", new Entry(sums.toString(), 0644));
    control.put("./conffiles", new Entry(String.join("\n", CONFFILES) + "\n", 0644));
    for (var script : List.of("postinst", "prerm", "postrm")) {
      control.put("./" + script, new Entry(Scratch.resource("falco/" + script), 0755));
    }
    return control;
  }

  private record Entry(String text, int mode) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Packs files and the directories above them, all owned by root. */
  private static byte[] tar(Map<String, Entry> files, List<String> emptyDirectories)
      throws IOException {
    var directories = new TreeSet<>(emptyDirectories);
    for (var path :
        List.of(files.keySet(), emptyDirectories).stream().flatMap(p -> p.stream()).toList()) {
      for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
        directories.add(path.substring(0, i + 1));
      }
    }
    var buffer = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(buffer), "UTF-8")) {
      for (var directory : directories) {
        tar.putArchiveEntry(header(directory, 0, 040755));
        tar.closeArchiveEntry();
      }
      for (var file : files.entrySet()) {
        var bytes = file.getValue().bytes();
        tar.putArchiveEntry(header(file.getKey(), bytes.length, 0100000 | file.getValue().mode()));
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
    return buffer.toByteArray();
  }

  private static TarArchiveEntry header(String name, int size, int mode) {
    var header = new TarArchiveEntry(name);
    header.setSize(size);
    header.setMode(mode);
    header.setIds(0, 0);
    header.setNames("root", "root");
    header.setModTime(BUILT * 1000);
    return header;
  }

  private static void put(ArArchiveOutputStream ar, String name, byte[] bytes) throws IOException {
    ar.putArchiveEntry(new ArArchiveEntry(name, bytes.length, 0, 0, 0100644, BUILT));
    ar.write(bytes);
    ar.closeArchiveEntry();
  }

  static String digest(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no " + algorithm, e);
    }
  }
}
