package dev.belay.cli;

import dev.belay.core.remote.Secret;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A terminal at which the given answers are typed, one to each question. */
final class Typist implements Terminal {

  final List<String> asked = new ArrayList<>();
  private final Deque<String> answers;
  private final Runnable meanwhile;

  Typist(String... answers) {
    this(() -> {}, answers);
  }

  /** One who thinks about each question while something else happens. */
  Typist(Runnable meanwhile, String... answers) {
    this.meanwhile = meanwhile;
    this.answers = new ArrayDeque<>(List.of(answers));
  }

  @Override
  public boolean attended() {
    return true;
  }

  @Override
  public Optional<String> ask(String question) {
    asked.add(question);
    meanwhile.run();
    return Optional.ofNullable(answers.poll());
  }

  @Override
  public Optional<Secret> askSecret(String question) {
    return ask(question).map(Secret::of);
  }
}
