package dev.belay.core.run;

import dev.belay.core.inventory.Host;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.step.HealthCondition;
import dev.belay.core.transport.Connection;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import dev.belay.core.transport.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks one host whether it is healthy, over a connection of its own. */
final class GateQuestion {

  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final Connector connector;
  private final Serial.Question question;
  private final Duration within;

  GateQuestion(Connector connector, Serial.Question question, Duration within) {
    this.connector = connector;
    this.question = question;
    this.within = within;
  }

  /**
   * A condition that does not hold.
   *
   * @param host where
   * @param wanted the condition
   * @param got what was seen instead
   * @param diagnosis what the host showed, a line each
   */
  record Red(Host host, String wanted, String got, List<String> diagnosis) {}

  /** Returns the first condition that does not hold in time; none when the host is healthy. */
  Optional<Red> ask() {
    Host host = question.host();
    try (Connection connection = connector.connect(host);
        Shell shell =
            connection.shell(connector.become(host, question.root()), JournalScript.functions())) {
      List<Reply> replies = new ArrayList<>();
      shell.exchange(
          question.conditions().stream().map(this::request).toList(),
          (reply, index) -> replies.add(reply));
      for (int i = 0; i < replies.size(); i++) {
        if (!replies.get(i).ok()) {
          return Optional.of(red(shell, question.conditions().get(i), replies.get(i)));
        }
      }
      return Optional.empty();
    } catch (UnreachableException lost) {
      return Optional.of(
          new Red(host, "an answer to whether it is healthy", lost.getMessage(), List.of()));
    } catch (RuntimeException bug) {
      return Optional.of(
          new Red(host, "to know whether it is healthy", Problems.ofBug(bug).got(), List.of()));
    }
  }

  private Request request(HealthCondition condition) {
    // A directory that cannot be there: nothing was noted of this host before.
    return Request.ifAllWell(
        "B_NOTE=/dev/null/none B_WITHIN=" + within.toSeconds() + "\n" + condition.await(),
        within.plus(MARGIN));
  }

  private Red red(Shell shell, HealthCondition condition, Reply reply) {
    List<String> diagnosis = new ArrayList<>();
    if (!condition.diagnose().isEmpty()) {
      shell.exchange(
          List.of(
              Request.always(
                  "B_NOTE=/dev/null/none\n" + condition.diagnose(), within.plus(MARGIN))),
          (said, index) -> diagnosis.addAll(said.text().lines().toList()));
    }
    return new Red(question.host(), condition.text(), Problems.said(reply), List.copyOf(diagnosis));
  }
}
