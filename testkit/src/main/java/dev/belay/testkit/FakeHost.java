package dev.belay.testkit;

import dev.belay.core.change.Change;
import dev.belay.core.fact.AccountFact;
import dev.belay.core.fact.CommandFact;
import dev.belay.core.fact.DebFact;
import dev.belay.core.fact.DirectoryFact;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import dev.belay.core.fact.ProcessFact;
import dev.belay.core.fact.UnitFact;
import dev.belay.core.fact.UnitState;
import dev.belay.core.fact.UserFact;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Mode;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Task;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A host in memory, for testing playbooks in milliseconds: it answers the facts of the built-in
 * steps, has every user and group, and a change does to it exactly what the change says it does.
 * Packages, units, commands and own facts are told to it with {@link #with}. Not thread-safe.
 */
public final class FakeHost {

  private static final Attributes ROOT_DIRECTORY = new Attributes(Mode.ENTERABLE, "root", "root");

  private final Map<RemotePath, FileState> files = new TreeMap<>();
  private Facts told = Facts.NONE;
  private Map<String, Object> vars = Map.of();

  /** Makes a host with the usual top directories, worked on as root. */
  public FakeHost() {
    for (String path : List.of("/", "/etc", "/opt", "/root", "/srv", "/tmp", "/usr", "/var")) {
      directory(path);
    }
    for (String path : List.of("/var/lib", "/var/log")) {
      directory(path);
    }
  }

  /** Puts a directory there, owned by root, mode 0755, with those above it. */
  public FakeHost directory(String path) {
    RemotePath at = RemotePath.of(path);
    if (!at.name().isEmpty() && !files.containsKey(at.parent())) {
      directory(at.parent().value());
    }
    files.put(at, new FileState.Directory(at, ROOT_DIRECTORY, true));
    return this;
  }

  /** Puts a file there, owned by root, with the directories above it. */
  public FakeHost file(String path, String mode, String content) {
    RemotePath at = RemotePath.of(path);
    directory(at.parent().value());
    files.put(
        at,
        FileState.Regular.planned(
            at, new Attributes(Mode.of(mode), "root", "root"), Content.of(content)));
    return this;
  }

  /** Puts a symbolic link there; the target is a path as a link may hold it. */
  public FakeHost link(String path, String target) {
    RemotePath at = RemotePath.of(path);
    directory(at.parent().value());
    files.put(at, new FileState.Link(at, target));
    return this;
  }

  /** Gives the host the variables that plays are made with, in place of those it had. */
  public FakeHost vars(Map<String, Object> newVars) {
    vars = Map.copyOf(newVars);
    return this;
  }

  /** Tells the host the answer to one fact; it stands before what the host knows by itself. */
  public <T> FakeHost with(Fact<T> fact, T value) {
    told = told.with(fact, value);
    return this;
  }

  /** Returns what lies at a path. */
  public FileState at(String path) {
    RemotePath at = RemotePath.of(path);
    return files.getOrDefault(at, new FileState.Absent(at));
  }

  /** Returns everything that lies on the host, by path. */
  public Map<RemotePath, FileState> tree() {
    return new TreeMap<>(files);
  }

  /** Returns what check mode says of each task, for all plays of the playbook. */
  public List<PlannedTask> check(Playbook playbook) {
    List<Task> tasks =
        playbook.plays().stream().flatMap(play -> play.made(vars).tasks().stream()).toList();
    return Planner.plan(tasks, facts(tasks));
  }

  /** Returns what the host answers to all that tasks ask, their follow-ups included. */
  public Facts facts(List<Task> tasks) {
    Facts facts = answers(Planner.questions(tasks), told);
    Collection<Fact<?>> more = Planner.followUps(tasks, facts);
    while (!more.isEmpty()) {
      facts = answers(more, facts);
      more = Planner.followUps(tasks, facts);
    }
    return facts;
  }

  /** Makes the planned changes; returns what was planned. Handlers are not run. */
  public List<PlannedTask> apply(Playbook playbook) {
    List<PlannedTask> planned = check(playbook);
    planned.forEach(task -> task.changes().forEach(this::perform));
    return planned;
  }

  private void perform(Change change) {
    Facts after = change.effect(told);
    after
        .<FileState, FileFact>known(FileFact.class)
        .forEach(
            (fact, state) -> {
              if (state instanceof FileState.Absent) {
                files.remove(state.at());
              } else {
                files.put(state.at(), state);
              }
            });
    told = after.forgetting(fact -> fact instanceof FileFact);
  }

  private Facts answers(Collection<? extends Fact<?>> questions, Facts before) {
    Facts facts = before;
    for (Fact<?> question : questions) {
      if (!facts.has(question)) {
        facts = answer(question, facts);
      }
    }
    return facts;
  }

  private Facts answer(Fact<?> question, Facts facts) {
    if (question instanceof FileFact file) {
      return facts.with(file, at(file.path().value()));
    }
    if (question instanceof DirectoryFact directory) {
      return facts.with(directory, content(directory.path()));
    }
    if (question instanceof AccountFact account) {
      return facts.with(account, Optional.of(account.name()));
    }
    if (question instanceof UserFact user) {
      return facts.with(user, UserFact.User.ROOT);
    }
    if (question instanceof PackageFact pkg) {
      return facts.with(pkg, new PackageState(Optional.empty(), Optional.empty(), true));
    }
    if (question instanceof UnitFact unit) {
      return facts.with(unit, new UnitState("not-found", "inactive", ""));
    }
    if (question instanceof CommandFact command) {
      return facts.with(command, false);
    }
    if (question instanceof ProcessFact process) {
      return facts.with(process, "");
    }
    return facts.without(
        question,
        question instanceof DebFact
            ? "a host in memory has no packages to look into"
            : "nobody told the host in memory about " + question);
  }

  private Map<String, Content> content(RemotePath directory) {
    Map<String, Content> found = new LinkedHashMap<>();
    files.forEach(
        (path, state) -> {
          boolean visible = path.parent().equals(directory) && !path.name().startsWith(".");
          if (visible && state instanceof FileState.Regular file) {
            found.put(path.name(), file.content().orElse(Content.of("")));
          }
        });
    return found;
  }
}
