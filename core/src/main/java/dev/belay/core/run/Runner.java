package dev.belay.core.run;

import dev.belay.core.fact.FailedFactException;
import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.HostPattern;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.journal.JournalHeader;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.journal.JournalUnreadableException;
import dev.belay.core.journal.RunsFact;
import dev.belay.core.journal.ToolsFact;
import dev.belay.core.plan.Problem;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.transport.Connection;
import dev.belay.core.transport.Shell;
import dev.belay.core.transport.UnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes a playbook to hosts. A host that fails never throws: it is in the events and the recap, and
 * the other hosts go on. Each host goes through all its plays in a straight line of its own.
 */
public final class Runner {

  private final Connector connector;
  private final Consumer<RunEvent> listener;
  private final Set<LastingShell> atWork = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;
  private volatile Map<String, Ledger> ledgers = Map.of();
  private Recap recap;

  /**
   * Makes a runner.
   *
   * @param connector how hosts are reached
   * @param events gets every event, one at a time, from several threads
   */
  public Runner(Connector connector, Consumer<RunEvent> events) {
    this.connector = connector;
    this.listener = events;
  }

  /**
   * Checks a playbook, which writes nothing, or applies it, as the settings say.
   *
   * @param limit keeps only hosts that match it as well
   * @throws RunRefusedException when a play matches no host; nothing was connected to
   */
  public Recap run(
      Playbook playbook, Inventory inventory, Optional<HostPattern> limit, RunSettings settings) {
    Map<Host, List<HostTasks.Leg>> legs = HostTasks.of(playbook, inventory, limit, settings);
    settings.plan().ifPresent(plan -> plan.requireSameTasks(legs));
    String run = RunId.next(Instant.now());
    RunEvent.Kind kind = settings.apply() ? RunEvent.Kind.APPLY : RunEvent.Kind.CHECK;
    JournalHeader header = new JournalHeader(playbook.name(), settings.operator(), now(), "");
    long begin = System.nanoTime();
    begin(kind, playbook.name(), run, List.copyOf(legs.keySet()));
    Map<String, Ledger> books = new ConcurrentHashMap<>();
    ledgers = books;
    Consumer<Host> work =
        work(
            playbook,
            inventory,
            legs,
            settings,
            name -> books.computeIfAbsent(name, key -> new Ledger(run, header)));
    Optional<Serial> serial = Serial.of(playbook, inventory, legs.keySet());
    if (settings.apply() && serial.isPresent()) {
      new SerialRun(
              serial.get(),
              connector,
              settings.forks(),
              host -> new HostStory(host.name(), playbook.name(), this::tell),
              this::recap)
          .forEach(work, host -> undo(host, run, settings));
    } else {
      Fleet.forEach(legs.keySet(), settings.forks(), work);
    }
    return end(begin);
  }

  /** Returns what is done on each host of a run. */
  private Consumer<Host> work(
      Playbook playbook,
      Inventory inventory,
      Map<Host, List<HostTasks.Leg>> legs,
      RunSettings settings,
      Function<String, Ledger> ledgers) {
    Throttles throttles = new Throttles();
    Turns turns = new Turns();
    Company alone = new Company(throttles, turns, Elsewhere.NOWHERE);
    Delegates.Visit visit =
        (story, host, connection, leg, earlier) -> {
          Ledger ledger = ledgers.apply(host.name());
          Course course = new Course(settings, ledger, earlier, Optional.empty(), alone);
          return leg(story, host, connection, leg, course);
        };
    Delegates delegates = new Delegates(connector, inventory, legs.keySet(), turns, ledgers, visit);
    return host -> {
      HostStory story = new HostStory(host.name(), playbook.name(), this::tell);
      Course course =
          new Course(
              settings,
              ledgers.apply(host.name()),
              new EarlierPlays(),
              settings.plan().map(plan -> new HeldPlan(plan.hosts().get(host.name()))),
              new Company(throttles, turns, new Delegation(story, delegates)));
      work(story, host, legs.get(host), course);
    };
  }

  private void work(HostStory story, Host host, List<HostTasks.Leg> legs, Course course) {
    try {
      visitAll(story, host, legs, course);
    } finally {
      course.company().turns().ended(host.name(), false);
    }
  }

  private void visitAll(HostStory story, Host host, List<HostTasks.Leg> legs, Course course) {
    visit(
        story,
        host,
        () -> course.ledger().loss(host.name()),
        connection -> {
          boolean well = true;
          for (HostTasks.Leg leg : legs) {
            well = well && leg(story, host, connection, leg, course);
          }
          course.company().turns().ended(host.name(), well);
        });
  }

  /**
   * What goes along from one leg of a host to the next.
   *
   * @param settings how the playbook is run
   * @param ledger of an apply
   * @param earlier of a check
   * @param held the plan that the host is held to, if any
   * @param company of all hosts of the run
   */
  private record Course(
      RunSettings settings,
      Ledger ledger,
      EarlierPlays earlier,
      Optional<HeldPlan> held,
      Company company) {}

  /**
   * Rolls one run back on each host, or says what that would do.
   *
   * @param run identifier of the run; empty for the newest that is not rolled back
   * @param apply whether it is done
   */
  public Recap rollback(
      List<Host> hosts, Optional<String> run, boolean apply, RunSettings settings) {
    return rollback(hosts, host -> run, apply, settings);
  }

  /**
   * Rolls on each host the run back that is named for it, or says what that would do.
   *
   * @param runs identifier of the run, by the host's name; empty for the newest
   * @param apply whether it is done
   */
  public Recap rollback(
      List<Host> hosts,
      Function<String, Optional<String>> runs,
      boolean apply,
      RunSettings settings) {
    String own = RunId.next(Instant.now());
    long begin = System.nanoTime();
    RunEvent.Kind kind = apply ? RunEvent.Kind.ROLLBACK : RunEvent.Kind.CHECK_ROLLBACK;
    begin(kind, title(hosts, runs), own, hosts);
    Fleet.forEach(
        hosts,
        settings.forks(),
        host -> rollback(host, runs.apply(host.name()), apply, own, settings));
    return end(begin);
  }

  /** Undoes this very run on a host that is not healthy after it. */
  private void undo(Host host, String run, RunSettings settings) {
    if (written().contains(host.name())) {
      rollback(host, Optional.of(run), true, RunId.next(Instant.now()), settings);
    }
  }

  private static String title(List<Host> hosts, Function<String, Optional<String>> runs) {
    List<String> named =
        hosts.stream().map(Host::name).map(runs).flatMap(Optional::stream).distinct().toList();
    return named.size() == 1
        ? "of run " + named.get(0)
        : named.isEmpty() ? "of the newest run" : "of the runs shown";
  }

  private void rollback(
      Host host, Optional<String> run, boolean apply, String own, RunSettings settings) {
    HostStory story = new HostStory(host.name(), "rollback", this::tell);
    AtomicReference<JournalRollback> back = new AtomicReference<>();
    visit(
        story,
        host,
        () -> back.get() == null ? Loss.OF_NOTHING : back.get().loss(),
        connection -> {
          try (Shell shell = shell(host, connection)) {
            if (apply) {
              back.set(new JournalRollback(story, shell, own, settings.operator()));
            }
            new HostRollback(story, shell).run(run, Optional.ofNullable(back.get()));
            story.roundTrips(shell.roundTrips());
          }
        });
  }

  /** Returns the runs of which each host keeps a journal; hosts that cannot be reached are told. */
  public List<HostRuns> runs(List<Host> hosts, int forks) {
    List<HostRuns> found = Collections.synchronizedList(new ArrayList<>());
    begin(RunEvent.Kind.CHECK, "runs", "", hosts);
    Fleet.forEach(
        hosts,
        forks,
        host -> {
          HostStory story = new HostStory(host.name(), "runs", this::tell);
          visit(
              story,
              host,
              () -> Loss.OF_NOTHING,
              connection -> {
                try (Shell shell = shell(host, connection)) {
                  Questions questions = new Questions();
                  Batch batch = new Batch();
                  questions.addTo(batch, List.of(new ToolsFact(), new RunsFact()), false);
                  batch.send(shell);
                  questions.answers().get(new ToolsFact());
                  found.add(new HostRuns(host.name(), questions.answers().get(new RunsFact())));
                }
              });
        });
    return List.copyOf(found);
  }

  /**
   * Lets each host of a run end after the step it is at; a guarded block is then undone. May be
   * called by any thread.
   */
  public void stop() {
    stopped = true;
    atWork.parallelStream().forEach(LastingShell::stop);
  }

  /**
   * Ends what each host is at, as far as it can be reached; a guarded block is then undone by the
   * host itself. May be called by any thread; meant for a process that is about to end.
   */
  public void abandon() {
    stopped = true;
    atWork.parallelStream().forEach(LastingShell::abandon);
  }

  /**
   * Returns the names of the hosts on which the playbook has made changes, those to which others
   * delegate included; what guards have undone does not count. Called after the run.
   */
  public Set<String> written() {
    return ledgers.entrySet().stream()
        .filter(one -> one.getValue().made() > 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Returns the recap so far. */
  public synchronized Recap recap() {
    return recap;
  }

  private Shell shell(Host host, Connection connection) {
    return connection.shell(connector.become(host, false), JournalScript.functions());
  }

  private Attachment login(Host host, boolean root) {
    Connection connection = connector.connect(host);
    try {
      return new Attachment(
          connection, connection.shell(connector.become(host, root), JournalScript.functions()));
    } catch (UnreachableException refused) {
      connection.close();
      throw refused;
    }
  }

  private boolean leg(
      HostStory story, Host host, Connection connection, HostTasks.Leg leg, Course course) {
    boolean apply = course.settings().apply();
    Supplier<Attachment> login = () -> login(host, leg.root());
    try (Shell first =
            connection.shell(connector.become(host, leg.root()), JournalScript.functions());
        LastingShell shell =
            new LastingShell(
                first, login, leg.patience(course.settings().patience()), () -> story.cameBack())) {
      shell.watch(new HostWatch(story));
      atWork.add(shell);
      try {
        if (stopped) {
          shell.stop();
        }
        HostRun run = new HostRun(story, shell, course.ledger(), course.company());
        return apply
            ? run.apply(leg.tasks(), course.held())
            : run.check(leg.tasks(), course.earlier());
      } finally {
        atWork.remove(shell);
        story.roundTrips(shell.roundTrips());
      }
    }
  }

  /** Whatever goes wrong on one host is told and ends that host's work only. */
  private void visit(HostStory story, Host host, Supplier<Loss> loss, Consumer<Connection> work) {
    long begin = System.nanoTime();
    try (Connection connection = connector.connect(host)) {
      tell(new RunEvent.Connected(host.name(), since(begin)));
      work.accept(connection);
    } catch (UnreachableException lost) {
      Loss now = loss.get();
      String advice = now.advice().isEmpty() ? "" : "; " + now.advice();
      tell(
          new RunEvent.Unreachable(
              host.name(),
              new Problem(
                  "to work on " + host,
                  lost.getMessage(),
                  now.state(),
                  lost.advice().replaceFirst("[.]$", "") + advice)));
    } catch (FailedFactException unfit) {
      story.failed("", Problems.of(unfit, loss.get().state()), true);
    } catch (JournalUnreadableException broken) {
      story.failed("", Problems.of(broken, loss.get().state()), true);
    } catch (RuntimeException bug) {
      story.failed("", Problems.ofBug(bug), false);
    } finally {
      tell(new RunEvent.HostEnded(host.name(), story.roundTrips(), since(begin)));
    }
  }

  private void begin(RunEvent.Kind kind, String playbook, String run, List<Host> hosts) {
    RunEvent.Started started =
        new RunEvent.Started(kind, playbook, run, hosts.stream().map(Host::name).toList());
    synchronized (this) {
      recap = Recap.of(started);
    }
    tell(started);
  }

  private synchronized Recap end(long begin) {
    tell(new RunEvent.Ended(recap, since(begin)));
    return recap;
  }

  /** The one way out for all that is told of a run. */
  private synchronized void tell(RunEvent event) {
    RunEvent safe = MaskedEvent.of(event);
    recap = recap.plus(safe);
    listener.accept(safe);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
