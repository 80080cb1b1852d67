package dev.belay.core.run;

import dev.belay.core.builtin.command.Command;
import dev.belay.core.builtin.command.ReversibleCommand;
import dev.belay.core.fact.Facts;
import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.run.LintFinding.Level;
import dev.belay.core.step.Handler;
import dev.belay.core.step.Step;
import dev.belay.core.step.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Says what can be said against a playbook without a host. Pure; used once. */
public final class PlaybookLint {

  private final Function<List<Task>, Facts> blank;
  private final Set<LintFinding> findings = new LinkedHashSet<>();

  private PlaybookLint(Function<List<Task>, Facts> blank) {
    this.blank = blank;
  }

  /**
   * Returns what can be said, in the order of the playbook.
   *
   * @param inventory hosts whose variables the plays may need; empty for none: then tasks that are
   *     made of variables are not looked at, which is told
   * @param blank what a new host would answer to these tasks
   * @throws RunRefusedException when the inventory does not fit the playbook
   */
  public static List<LintFinding> of(
      Playbook playbook, Optional<Inventory> inventory, Function<List<Task>, Facts> blank) {
    PlaybookLint lint = new PlaybookLint(blank);
    playbook.plays().forEach(play -> lint.play(play, inventory.isPresent()));
    lint.lines(playbook, inventory).forEach(lint::line);
    return List.copyOf(lint.findings);
  }

  /** Returns the tasks that would meet on one host, each such line once. */
  private Set<List<Task>> lines(Playbook playbook, Optional<Inventory> inventory) {
    Map<Object, List<Task>> lines = new LinkedHashMap<>();
    if (inventory.isEmpty()) {
      for (Play play : playbook.plays()) {
        lines.computeIfAbsent(play.pattern(), key -> new ArrayList<>()).addAll(play.tasks());
      }
      return new LinkedHashSet<>(lines.values());
    }
    TaskChoice all = TaskChoice.tagged(Set.of(), Set.of());
    for (PlayHosts play : PlayHosts.of(playbook, inventory.get(), Optional.empty(), all)) {
      for (Map.Entry<Host, List<PlayTask>> host : play.hosts().entrySet()) {
        List<Task> line = lines.computeIfAbsent(host.getKey().name(), key -> new ArrayList<>());
        host.getValue().forEach(task -> line.add(task.task()));
      }
    }
    return new LinkedHashSet<>(lines.values());
  }

  private void play(Play play, boolean withVars) {
    if (play.tasks().isEmpty() && play.varTasks().isEmpty()) {
      add(Level.WARNING, "", "play " + play.name(), "it has no task");
    }
    if (!withVars) {
      play.varTasks()
          .forEach(
              some ->
                  add(
                      Level.NOTE,
                      some.source(),
                      "play " + play.name(),
                      "tasks made of variables are looked at only with -i"));
    }
  }

  private void line(List<Task> tasks) {
    handlers(tasks);
    Map<Object, Task> said = new HashMap<>();
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      task.step().lint().forEach(text -> add(Level.WARNING, task, text));
      Task first = said.putIfAbsent(List.of(task.step(), task.condition()), task);
      if (first != null) {
        add(Level.WARNING, task, "it says the same as " + name(first) + "; take one away");
      }
      if (i + 1 < tasks.size()) {
        blurs(task);
      }
    }
    LintOrder.of(tasks, blank.apply(tasks)).forEach(findings::add);
  }

  private void blurs(Task task) {
    Step step = task.step();
    Step run = step instanceof ReversibleCommand reversible ? reversible.command() : step;
    if (run instanceof Command command && command.affects().isEmpty()) {
      add(
          Level.NOTE,
          task,
          "check cannot know what later tasks find after it; say affects(..) or affectsNothing()");
    }
  }

  /** What a host owes is kept under the handler's name. */
  private void handlers(List<Task> tasks) {
    Map<String, Handler> known = new HashMap<>();
    for (Task task : tasks) {
      for (Handler handler : task.handlers()) {
        Handler first = known.putIfAbsent(handler.name(), handler);
        if (first != null && !first.equals(handler)) {
          add(
              Level.ERROR,
              task,
              "another handler is called \""
                  + handler.name()
                  + "\" too, and only one of them would run; give it another name");
        }
      }
    }
  }

  private void add(Level level, Task task, String text) {
    add(level, task.source(), "task " + task.name(), text);
  }

  private void add(Level level, String source, String subject, String text) {
    findings.add(new LintFinding(level, source, subject, text));
  }

  /** Returns a task in words, such as {@code "motd" (Site.java:12)}. */
  static String name(Task task) {
    return "\"" + task.name() + "\" (" + task.source() + ")";
  }
}
