package dev.belay.core.run;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.GroupedFact;
import dev.belay.core.plan.Planner;
import dev.belay.core.step.Task;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks a host for facts: all together, each once. */
final class Questions {

  /** A question that takes longer than this is a hang, such as a dead network file system. */
  private static final Duration DEADLINE = Duration.ofSeconds(90);

  private final Set<Fact<?>> asked = new LinkedHashSet<>();
  private Facts answers = Facts.NONE;

  /**
   * Puts the questions into a batch; the answers are there once it was sent.
   *
   * @param onlyIfAllWell whether they are asked only if no change before them failed
   */
  void addTo(Batch batch, Collection<Fact<?>> facts, boolean onlyIfAllWell) {
    asked.addAll(facts);
    Map<Class<?>, List<GroupedFact<?>>> groups = new LinkedHashMap<>();
    for (Fact<?> fact : facts) {
      if (fact instanceof GroupedFact<?> grouped) {
        groups.computeIfAbsent(fact.getClass(), kind -> new ArrayList<>()).add(grouped);
      } else {
        batch.add(
            new Request(script(fact.question()), onlyIfAllWell, DEADLINE),
            reply -> answer(fact, reply, of(reply)));
      }
    }
    groups.values().forEach(group -> add(batch, group, onlyIfAllWell));
  }

  private void add(Batch batch, List<GroupedFact<?>> group, boolean onlyIfAllWell) {
    GroupedFact<?> first = group.get(0);
    batch.add(
        new Request(script(first.questionOfAll(group)), onlyIfAllWell, DEADLINE),
        reply -> {
          List<Answer> each = first.split(of(reply), group.size());
          for (int i = 0; i < group.size(); i++) {
            answer(group.get(i), reply, each.get(i));
          }
        });
  }

  /** Asks until no answer raises a new question: one round trip, or one more for each depth. */
  Facts settle(Shell shell, List<Task> tasks) {
    Set<Fact<?>> more = Planner.followUps(tasks, answers);
    while (!more.isEmpty()) {
      Batch batch = new Batch();
      addTo(batch, more, false);
      batch.send(shell);
      more = Planner.followUps(tasks, answers);
    }
    return answers;
  }

  Facts answers() {
    return answers;
  }

  /** Returns all that was asked so far, to be asked again once something has changed. */
  Set<Fact<?>> asked() {
    return Set.copyOf(asked);
  }

  private void answer(Fact<?> fact, Reply reply, Answer answer) {
    if (!reply.skipped()) {
      answers = answers.answered(fact, answer);
    }
  }

  /** No is an answer too: it must not count as a failure after which the rest is skipped. */
  private static String script(String question) {
    return "( " + question + "\n); printf '\\n%s' \"$?\"";
  }

  private static Answer of(Reply reply) {
    byte[] out = reply.out();
    int end = out.length - 1;
    while (end >= 0 && out[end] != '\n') {
      end--;
    }
    if (!reply.ok() || end < 0) {
      return new Answer(reply.ok() ? 1 : reply.exit(), out, reply.err());
    }
    String exit = new String(out, end + 1, out.length - end - 1, StandardCharsets.US_ASCII);
    return new Answer(Integer.parseInt(exit), Arrays.copyOf(out, end), reply.err());
  }
}
