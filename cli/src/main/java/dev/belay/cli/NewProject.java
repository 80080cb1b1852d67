package dev.belay.cli;

import dev.belay.core.plan.Problem;
import dev.belay.core.run.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes what a playbook of one's own begins with: a Maven project, or one file for JBang. */
final class NewProject {

  private static final String JUNIT = "6.1.3";
  private static final String ENDING = ".java";
  private static final String CLASS = "[A-Za-z][A-Za-z0-9_]*";
  private static final String FOLDER = "[A-Za-z][A-Za-z0-9_-]*";

  private final Path at;
  private final String name;

  private NewProject(Path at, String name) {
    this.at = at;
    this.name = name;
  }

  static ExitCode run(Invocation options, Streams streams) {
    List<String> operands = options.operands();
    if (operands.size() != 1) {
      throw wrongName(operands.isEmpty() ? "no name" : String.join(" ", operands));
    }
    Path at = path(operands.get(0));
    String last = String.valueOf(at.getFileName());
    boolean single = last.endsWith(ENDING);
    String name = single ? last.substring(0, last.length() - ENDING.length()) : last;
    if (!name.matches(single ? CLASS : FOLDER)) {
      throw wrongName(operands.get(0));
    }
    NewProject project = new NewProject(at, name);
    streams.out().print(single ? project.file() : project.maven());
    return ExitCode.OK;
  }

  private static Path path(String operand) {
    try {
      return Path.of(operand);
    } catch (InvalidPathException none) {
      throw wrongName(operand);
    }
  }

  private static ComplaintException wrongName(String got) {
    return ComplaintException.usage(
        "belay new takes one name",
        "belay new NAME for a Maven project, belay new NAME.java for one file",
        got,
        "write letters and digits, such as belay new site or belay new Site.java");
  }

  private String file() {
    write(Map.of(at, "single"));
    boolean runnable = at.toFile().setExecutable(true, false);
    String run = runnable ? "./" + at.getFileName() + " check" : "belay check " + at;
    return "wrote "
        + at
        + "\nnext: belay check "
        + at
        + " -i 'HOST,' --diff, or with JBang "
        + run
        + " -i 'HOST,' --diff\n";
  }

  private String maven() {
    Path sources = at.resolve("src");
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(at.resolve("pom.xml"), "pom");
    files.put(sources.resolve("main/java/playbooks/" + type() + ENDING), "playbook");
    files.put(sources.resolve("test/java/playbooks/" + type() + "Test.java"), "test");
    files.put(at.resolve("inventory.yaml"), "inventory");
    files.put(at.resolve("belay.yaml"), "belay");
    files.put(at.resolve("README.md"), "readme");
    files.put(at.resolve(".gitignore"), "gitignore");
    write(files);
    return "wrote "
        + at
        + "\nnext: cd "
        + at
        + ", correct the host in inventory.yaml, then belay check src/main/java/playbooks/"
        + type()
        + ".java --diff\n";
  }

  /** Looks at all places first, so that nothing is written where one is taken. */
  private void write(Map<Path, String> files) {
    Optional<Path> taken =
        Stream.concat(Stream.of(at), files.keySet().stream())
            .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
            .findFirst();
    if (taken.isPresent()) {
      throw taken(taken.get(), null);
    }
    try {
      for (Map.Entry<Path, String> file : files.entrySet()) {
        Files.createDirectories(file.getKey().toAbsolutePath().getParent());
        Files.writeString(file.getKey(), text(file.getValue()), StandardOpenOption.CREATE_NEW);
      }
    } catch (FileAlreadyExistsException since) {
      throw taken(Path.of(since.getFile()), since);
    } catch (IOException failed) {
      throw ComplaintException.usage(
          at + " cannot be written",
          "a place where you may write",
          failed.toString(),
          "go to another directory",
          failed);
    }
  }

  private static ComplaintException taken(Path path, Throwable cause) {
    return ComplaintException.refused(
        path + " is there already",
        new Problem(
            "a name that is free",
            "something of that name",
            "nothing was written over",
            "take another name, or move it away"),
        cause);
  }

  private String text(String template) throws IOException {
    try (InputStream in = NewProject.class.getResourceAsStream("project/" + template + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@CLASS@", type())
          .replace("@NAME@", name)
          .replace("@DIR@", name.toLowerCase(Locale.ROOT))
          .replace("@VERSION@", HelpText.number())
          .replace("@JUNIT@", JUNIT);
    }
  }

  /** Returns the name of the class: {@code MySite} for {@code my-site}. */
  private String type() {
    StringBuilder type = new StringBuilder();
    for (String word : name.split("[-_]+")) {
      type.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return at.toString().endsWith(ENDING) ? name : type.toString();
  }
}
