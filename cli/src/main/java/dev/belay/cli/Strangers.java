package dev.belay.cli;

import dev.belay.core.inventory.Host;
import dev.belay.core.transport.UnreachableException;
import dev.belay.core.transport.ssh.SshTarget;
import dev.belay.core.transport.ssh.SshWay;
import dev.belay.core.transport.ssh.Stranger;
import dev.belay.core.transport.sshconfig.SshConfigException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks once about all hosts whose key nobody knows yet, where somebody can be asked.
 *
 * <p>Costs nothing where all are known. What lies behind an unknown jump host is asked about once
 * that one is believed.
 */
final class Strangers {

  private final Session session;
  private final Set<String> met = new HashSet<>();

  private Strangers(Session session) {
    this.session = session;
  }

  /**
   * Asks, and notes what is believed.
   *
   * @throws ComplaintException with exit code 5 when it is not, or cannot be noted
   */
  static void askAbout(Session session, Collection<Host> hosts) {
    if (!session.mayAsk()) {
      return;
    }
    Strangers strangers = new Strangers(session);
    List<SshTarget> next = strangers.nearest(hosts);
    while (!next.isEmpty()) {
      List<Stranger> shown = strangers.meet(next);
      if (!shown.isEmpty()) {
        strangers.ask(shown);
      }
      next = strangers.nearest(hosts);
    }
  }

  /** Returns the strangers that nobody has met yet and that no other stranger stands before. */
  private List<SshTarget> nearest(Collection<Host> hosts) {
    Map<String, SshTarget> nearest = new LinkedHashMap<>();
    for (Host host : hosts) {
      target(host)
          .flatMap(this::firstOnTheWay)
          .ifPresent(target -> nearest.putIfAbsent(Stranger.lookup(target), target));
    }
    nearest.keySet().removeIf(lookup -> !met.add(lookup));
    return List.copyOf(nearest.values());
  }

  private Optional<SshTarget> target(Host host) {
    try {
      return host.isLocal() ? Optional.empty() : Optional.of(session.connector().target(host));
    } catch (SshConfigException tellsItselfInTheRun) {
      return Optional.empty();
    }
  }

  private Optional<SshTarget> firstOnTheWay(SshTarget target) {
    Optional<SshTarget> before =
        target.way() instanceof SshWay.Through through
            ? firstOnTheWay(through.hop())
            : Optional.empty();
    try {
      return before.isPresent() || !Stranger.isOne(target) ? before : Optional.of(target);
    } catch (UnreachableException tellsItselfInTheRun) {
      return Optional.empty();
    }
  }

  private List<Stranger> meet(List<SshTarget> targets) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(session.options().forks(), targets.size()));
    try {
      List<Future<Optional<Stranger>>> asked = new ArrayList<>();
      for (SshTarget target : targets) {
        asked.add(threads.submit(() -> Stranger.meet(target, session.connector().passphrases())));
      }
      List<Stranger> shown = new ArrayList<>();
      for (Future<Optional<Stranger>> one : asked) {
        one.get().ifPresent(shown::add);
      }
      return shown;
    } catch (ExecutionException bug) {
      throw new IllegalStateException("asking a host for its key failed", bug.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ComplaintException.refused(
          "interrupted", "the keys of hosts", "an interrupt", "run it again");
    } finally {
      threads.shutdownNow();
    }
  }

  private void ask(List<Stranger> shown) {
    StringBuilder question = new StringBuilder();
    question.append(
        shown.size() == 1
            ? "The key of this host is not known yet:\n"
            : "The keys of these " + shown.size() + " hosts are not known yet:\n");
    int width = shown.stream().mapToInt(stranger -> stranger.place().length()).max().orElse(0);
    for (Stranger stranger : shown) {
      question
          .append("  ")
          .append(stranger.place())
          .append(" ".repeat(width - stranger.place().length() + 2))
          .append(stranger.describeKey())
          .append('\n');
    }
    question
        .append("On a host's own console, ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub tells")
        .append(" (or the file of that type).\nBelieve ")
        .append(shown.size() == 1 ? "it" : "all of them")
        .append(" from now on, and note that in ")
        .append(shown.get(0).file())
        .append('?');
    if (!Consent.given(session.streams().terminal(), question.toString())) {
      throw ComplaintException.refused(
          "the keys of hosts are not believed",
          "keys that a known_hosts file has, or that you believe",
          "no",
          "compare the fingerprints on the hosts' consoles, or leave these hosts out with --limit");
    }
    shown.forEach(Strangers::note);
  }

  private static void note(Stranger stranger) {
    try {
      stranger.note();
    } catch (IOException e) {
      throw ComplaintException.refused(
          "the key of " + stranger.place() + " could not be noted",
          "a line more in " + stranger.file(),
          String.valueOf(e.getMessage()),
          "make the file writable, or name another one with --known-hosts");
    }
  }
}
