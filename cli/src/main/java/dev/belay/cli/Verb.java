package dev.belay.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the command is asked to do. */
enum Verb {
  CHECK("predicts what apply would do; writes nothing"),
  APPLY("makes the changes, after showing them"),
  RUNS("lists the runs that are kept on hosts"),
  ROLLBACK("undoes one past run on hosts"),
  PING("logs in to hosts and runs one command; writes nothing"),
  FACTS("tells what kind of hosts these are; writes nothing"),
  LINT("tells what is wrong with a playbook; connects to nothing"),
  NEW("writes a project, or with NAME.java one file, to begin with"),
  INVENTORY("shows hosts, groups and variables; connects to nothing"),
  DEMO("shows all of it on a throwaway host inside this program"),
  COMPLETION("prints what bash, zsh or fish need to complete commands"),
  MAN("prints the manual page, as in: belay man | man -l -"),
  HELP("shows this"),
  VERSION("shows the version");

  private final String does;

  Verb(String does) {
    this.does = does;
  }

  /** Returns the word on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what it does, in one line. */
  String does() {
    return does;
  }

  /** Returns the verb of a word; {@code plan}, as other tools have it, is {@code check}. */
  static Optional<Verb> of(String word) {
    if (word.equals("plan")) {
      return Optional.of(CHECK);
    }
    return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Verb::word).toList();
  }
}
