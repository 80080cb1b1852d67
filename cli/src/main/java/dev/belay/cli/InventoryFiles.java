package dev.belay.cli;

import dev.belay.core.inventory.InventoryText;
import dev.belay.core.inventory.InventoryText.Kind;
import dev.belay.core.inventory.VarsText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what {@code -i} names: files, scripts, folders of both, hosts with commas; and the
 * group_vars and host_vars beside them.
 *
 * <p>Which files count is as with Ansible. Source: ansible/ansible
 * lib/ansible/inventory/manager.py, lib/ansible/parsing/dataloader.py ({@code find_vars_files}).
 */
final class InventoryFiles {

  private static final List<String> YAML = List.of(".yml", ".yaml", ".json");

  /** What Ansible passes over in a folder of inventories. */
  private static final Pattern PASSED_OVER =
      Pattern.compile(
          "\\..*|host_vars|group_vars|vars_plugins|.*(?:\\.pyc|\\.pyo|\\.swp|\\.bak|~|\\.rpm|\\.md"
              + "|\\.txt|\\.rst|\\.orig|\\.ini|\\.cfg|\\.retry)");

  /** How YAML begins; INI begins with a section or a host. */
  private static final Pattern YAML_START =
      Pattern.compile("---.*|%YAML.*|\\{.*|[^:=\\[]+:(?:\\s.*)?");

  private final List<InventoryText> texts = new ArrayList<>();
  private final List<VarsText> vars = new ArrayList<>();
  private final Set<Path> folders = new LinkedHashSet<>();

  /** Reads them in their order. */
  static InventoryFiles read(List<String> sources) {
    InventoryFiles files = new InventoryFiles();
    sources.forEach(files::source);
    files.folders.forEach(files::vars);
    return files;
  }

  List<InventoryText> texts() {
    return texts;
  }

  List<VarsText> vars() {
    return vars;
  }

  private void source(String source) {
    if (source.contains(",")) {
      texts.add(InventoryText.of(source, Kind.HOSTS, source.getBytes(StandardCharsets.UTF_8)));
      return;
    }
    Path path = Path.of(source);
    if (Files.isDirectory(path)) {
      folders.add(path);
      folder(path);
    } else {
      folders.add(path.toAbsolutePath().getParent());
      texts.add(file(path, source));
    }
  }

  private void folder(Path folder) {
    for (Path entry : entries(folder)) {
      if (PASSED_OVER.matcher(entry.getFileName().toString()).matches()) {
        continue;
      }
      if (Files.isDirectory(entry)) {
        folder(entry);
      } else {
        texts.add(file(entry, entry.toString()));
      }
    }
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException unreadable) {
      throw InventoryComplaints.unreadable(folder.toString(), unreadable);
    }
  }

  private static InventoryText file(Path path, String name) {
    if (!Files.isRegularFile(path)) {
      throw InventoryComplaints.missing(name, path);
    }
    byte[] content = bytes(path);
    if (Files.isExecutable(path) || isScript(content)) {
      return InventoryScript.run(path, name);
    }
    return InventoryText.of(name, kind(path, name, content), content);
  }

  private static boolean isScript(byte[] content) {
    return content.length > 1 && content[0] == '#' && content[1] == '!';
  }

  private static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException unreadable) {
      throw InventoryComplaints.unreadable(path.toString(), unreadable);
    }
  }

  /** The ending decides; where there is none the first line does. */
  private static Kind kind(Path path, String name, byte[] content) {
    String ending = ending(path);
    if (ending.equals(".toml")) {
      throw ComplaintException.usage(
          "inventory " + name + " is TOML",
          "an inventory in YAML or INI",
          "a file that ends in .toml",
          "convert it: ansible-inventory -i " + name + " --list --yaml");
    }
    if (YAML.contains(ending)) {
      return Kind.YAML;
    }
    boolean yaml =
        new String(content, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .findFirst()
            .filter(line -> YAML_START.matcher(line).matches())
            .isPresent();
    return ending.isEmpty() && yaml ? Kind.YAML : Kind.INI;
  }

  private static String ending(Path path) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
  }

  private void vars(Path folder) {
    for (boolean ofGroup : new boolean[] {true, false}) {
      Path below = folder.resolve(ofGroup ? "group_vars" : "host_vars");
      if (Files.isDirectory(below)) {
        owners(below).forEach(owner -> vars(folder, below, owner, ofGroup));
      }
    }
  }

  /** Returns all that files of the folder may be about: their names with and without ending. */
  private static Set<String> owners(Path folder) {
    Set<String> owners = new TreeSet<>();
    for (Path entry : entries(folder)) {
      String name = entry.getFileName().toString();
      owners.add(name);
      if (YAML.contains(ending(entry))) {
        owners.add(name.substring(0, name.lastIndexOf('.')));
      }
    }
    return owners;
  }

  private void vars(Path folder, Path below, String owner, boolean ofGroup) {
    Optional<Path> found =
        Stream.concat(Stream.of(""), YAML.stream())
            .map(ending -> below.resolve(owner + ending))
            .filter(Files::exists)
            .findFirst();
    found.stream()
        .flatMap(path -> Files.isDirectory(path) ? below(path).stream() : Stream.of(path))
        .forEach(
            file ->
                vars.add(
                    new VarsText(folder.toString(), owner, ofGroup, file.toString(), bytes(file))));
  }

  private static List<Path> below(Path folder) {
    List<Path> files = new ArrayList<>();
    for (Path entry : entries(folder)) {
      String name = entry.getFileName().toString();
      String ending = ending(entry);
      if (name.startsWith(".") || name.endsWith("~")) {
        continue;
      }
      if (Files.isDirectory(entry) && ending.isEmpty()) {
        files.addAll(below(entry));
      } else if (Files.isRegularFile(entry) && (ending.isEmpty() || YAML.contains(ending))) {
        files.add(entry);
      }
    }
    return files;
  }
}
