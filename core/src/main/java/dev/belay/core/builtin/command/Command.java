package dev.belay.core.builtin.command;

import dev.belay.core.change.RunCommand;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Secret;
import dev.belay.core.step.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps a state that some command brings about: runs it where every guard says that it has to.
 *
 * <p>There is no undo unless one is named by {@link #undoneBy}. Unless {@link #affects} says what
 * the command may alter, nothing that later tasks read can be relied on after it.
 *
 * @param line the command and its arguments
 * @param guards when it has to run; at least one
 * @param input what it reads from standard input; empty for nothing
 * @param environment variables for it
 * @param secrets variables for it that are never shown
 * @param affects the paths it may alter; empty when it may alter anything
 * @param deadline longest time it may take
 */
public record Command(
    CommandLine line,
    List<Guard> guards,
    Optional<Content> input,
    Map<String, String> environment,
    Map<String, Secret> secrets,
    Optional<Set<RemotePath>> affects,
    Duration deadline)
    implements Step {

  /** Copies the collections. */
  public Command {
    guards = List.copyOf(guards);
    environment = new TreeMap<>(environment);
    secrets = new TreeMap<>(secrets);
    affects = affects.map(Set::copyOf);
    if (guards.isEmpty()) {
      throw new IllegalArgumentException("a command without a guard is no state");
    }
  }

  Command(CommandLine line, Guard guard) {
    this(
        line,
        List.of(guard),
        Optional.empty(),
        Map.of(),
        Map.of(),
        Optional.empty(),
        Duration.ofMinutes(5));
  }

  /** Returns the step that also needs nothing to lie at the path. */
  public Command creates(String path) {
    return guarded(new Guard.Creates(RemotePath.of(path)));
  }

  /** Returns the step that also needs another command, which only reads, to fail. */
  public Command unless(String program, String... arguments) {
    return guarded(new Guard.Unless(CommandLine.words(program, arguments)));
  }

  /** Returns the step that also needs another command, which only reads, to succeed. */
  public Command onlyIf(String program, String... arguments) {
    return guarded(new Guard.OnlyIf(CommandLine.words(program, arguments)));
  }

  /** Returns the step that alters nothing but what lies at or below these paths. */
  public Command affects(String path, String... more) {
    return affecting(
        CommandLine.words(path, more).stream().map(RemotePath::of).collect(Collectors.toSet()));
  }

  /** Returns the step that alters nothing that any task reads but its own guards. */
  public Command affectsNothing() {
    return affecting(Set.of());
  }

  /** Returns the step whose command reads this text, in UTF-8, from standard input. */
  public Command input(String text) {
    return withInput(Content.of(text));
  }

  /** Returns the step whose command reads this secret from standard input; it is never shown. */
  public Command input(Secret secret) {
    return withInput(Content.of(secret));
  }

  /** Returns the step with one more variable. */
  public Command environment(String name, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(name, value);
    return new Command(line, guards, input, more, secrets, affects, deadline);
  }

  /**
   * Returns the step with one more variable that is never shown. On the host, root and the user who
   * runs the command can read it from {@code /proc} while it runs.
   */
  public Command environment(String name, Secret value) {
    Map<String, Secret> more = new TreeMap<>(secrets);
    more.put(name, value);
    return new Command(line, guards, input, environment, more, affects, deadline);
  }

  /** Returns the step with this deadline. */
  public Command deadline(Duration longest) {
    return new Command(line, guards, input, environment, secrets, affects, longest);
  }

  /** Returns the step that can be undone, by a command that takes this one back exactly. */
  public ReversibleCommand undoneBy(String program, String... arguments) {
    return new ReversibleCommand(this, new CommandLine(CommandLine.words(program, arguments)));
  }

  @Override
  public String label() {
    return "command[" + RunCommand.shown(line.argv()) + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    Stream<Fact<?>> places =
        affects.isPresent() ? named().stream().map(FileFact::new) : Stream.empty();
    return Stream.concat(guards.stream().map(Guard::reads), places).toList();
  }

  @Override
  public List<RunCommand> plan(Facts facts) {
    return guards.stream().allMatch(guard -> guard.wants(facts)) ? atMost(facts) : List.of();
  }

  @Override
  public List<RunCommand> atMost(Facts facts) {
    return List.of(
        new RunCommand(line.argv(), input, environment, secrets, altered(facts), deadline));
  }

  /** What it alters by name; what the command creates it also alters. */
  private Set<RemotePath> named() {
    Set<RemotePath> all = new TreeSet<>(affects.orElse(Set.of()));
    Stream<Guard> some = guards.stream().filter(Guard.Creates.class::isInstance);
    some.forEach(guard -> all.add(((Guard.Creates) guard).path()));
    return all;
  }

  /** A name may be a link: then it also alters what lies where that leads. */
  private Optional<Set<RemotePath>> altered(Facts facts) {
    return affects.map(
        any -> {
          Set<RemotePath> all = named();
          for (RemotePath path : named()) {
            FileFact place = new FileFact(path);
            if (facts.knows(place)) {
              all.add(facts.get(place).at());
            }
          }
          return all;
        });
  }

  private Command guarded(Guard more) {
    List<Guard> all = Stream.concat(guards.stream(), Stream.of(more)).toList();
    return new Command(line, all, input, environment, secrets, affects, deadline);
  }

  private Command affecting(Set<RemotePath> paths) {
    return new Command(line, guards, input, environment, secrets, Optional.of(paths), deadline);
  }

  private Command withInput(Content content) {
    return new Command(line, guards, Optional.of(content), environment, secrets, affects, deadline);
  }
}
