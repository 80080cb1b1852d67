package dev.belay.core.change;

import dev.belay.core.fact.CommandAnswer;
import dev.belay.core.fact.DirectoryFact;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.UserFact;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Secret;
import dev.belay.core.remote.Sh;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Runs a command, with umask 022. What it does to the host is known only as far as its author says.
 *
 * @param argv the command and its arguments; no shell of its own
 * @param input what it reads from standard input; empty for nothing
 * @param environment variables for it
 * @param secrets variables for it that are never shown
 * @param affects the paths it may alter; empty when it may alter anything
 * @param deadline longest time it may take
 */
public record RunCommand(
    List<String> argv,
    Optional<Content> input,
    Map<String, String> environment,
    Map<String, Secret> secrets,
    Optional<Set<RemotePath>> affects,
    Duration deadline)
    implements Change.OneWay {

  /** Copies the collections and checks the names of variables. */
  public RunCommand {
    argv = List.copyOf(argv);
    environment = new TreeMap<>(Exports.checked(environment));
    secrets = new TreeMap<>(Exports.checked(secrets));
    affects = affects.map(Set::copyOf);
  }

  /** Returns a command line for people to read; words are quoted only where they must be. */
  public static String shown(List<String> argv) {
    return argv.stream()
        .map(word -> word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : Sh.quote(word))
        .collect(Collectors.joining(" "));
  }

  @Override
  public String summary() {
    return "run " + shown(argv);
  }

  @Override
  public String whyNoUndo() {
    return "nobody said how the command is undone";
  }

  @Override
  public List<Diff> diff() {
    return List.of(new Diff.Line("command", "not run", shown(argv)));
  }

  /** Standard input comes by way of printf, a part of the shell: {@code ps} never shows it. */
  @Override
  public String perform() {
    String source = input.map(this::fed).orElse("");
    return "(umask 022\n"
        + Exports.text(environment)
        + Exports.revealed(secrets)
        + source
        + Sh.words(argv)
        + ")";
  }

  @Override
  public boolean secret() {
    return !secrets.isEmpty()
        || input.map(Content::secret).orElse(false)
        || Change.OneWay.super.secret();
  }

  private String fed(Content content) {
    return "printf %s '" + content.base64() + "' | base64 -d | ";
  }

  @Override
  public Facts effect(Facts before) {
    return before.doubting(this::mayAlter, "the command " + argv.get(0) + " may alter it before");
  }

  private boolean mayAlter(Fact<?> fact, Object value) {
    if (affects.isEmpty()) {
      return !(fact instanceof UserFact);
    }
    if (fact instanceof FileFact file) {
      RemotePath at = value instanceof FileState state ? state.at() : file.path();
      return affects.get().stream()
          .anyMatch(path -> touches(path, file.path(), value) || touches(path, at, value));
    }
    if (fact instanceof DirectoryFact directory) {
      return affects.get().stream()
          .anyMatch(p -> p.isWithin(directory.path()) || directory.path().isWithin(p));
    }
    return fact instanceof CommandAnswer || FileConsequences.reach(affects.get(), fact);
  }

  /** With a path also the directories above it may come to be. */
  private static boolean touches(RemotePath affected, RemotePath asked, Object value) {
    return asked.isWithin(affected)
        || (value instanceof FileState.Absent && affected.isWithin(asked));
  }

  @Override
  public boolean predictable() {
    return affects.isPresent() && affects.get().isEmpty();
  }
}
