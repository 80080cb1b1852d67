package dev.belay.cli;

import static dev.belay.cli.Verb.APPLY;
import static dev.belay.cli.Verb.CHECK;
import static dev.belay.cli.Verb.ROLLBACK;
import static dev.belay.cli.Verb.RUNS;

import java.util.Arrays;
import java.util.Set;

/** The options, in Ansible's letters, and which verbs take them. */
enum Flag {
  INVENTORY(
      "i",
      "inventory",
      "HOSTS|FILE",
      "'cp1,', a YAML or INI file, a script, a folder; may be repeated",
      withInventory()),
  LIST(null, "list", null, "all groups, hosts and variables as JSON", Set.of(Verb.INVENTORY)),
  GRAPH(null, "graph", null, "groups and hosts as a tree", Set.of(Verb.INVENTORY)),
  HOST(null, "host", "NAME", "the variables of one host as JSON", Set.of(Verb.INVENTORY)),
  LIMIT(
      "l", "limit", "PATTERN", "only the hosts that also match PATTERN, or @FILE of them", plays()),
  DIFF("D", "diff", null, "show what becomes different", shows()),
  CHECK_ONLY("C", "check", null, "predict only, as check does", shows()),
  YES("y", "yes", null, "go ahead without asking", Set.of(APPLY, ROLLBACK)),
  FORKS("f", "forks", "N", "how many hosts at once (5)", hosts()),
  USER("u", "user", "NAME", "log in as NAME where the inventory names nobody", hosts()),
  BECOME("b", "become", null, "become root for every play", hosts()),
  BECOME_METHOD(null, "become-method", "METHOD", "by sudo or su (sudo)", hosts()),
  BECOME_USER(null, "become-user", "NAME", "become NAME instead of root", hosts()),
  ASK_BECOME_PASS("K", "ask-become-pass", null, "ask for the password of sudo or su", hosts()),
  BECOME_PASSWORD_FILE(
      null, "become-password-file", "FILE", "that password, or a program that prints it", hosts()),
  VAULT_PASSWORD_FILE(
      null,
      "vault-password-file",
      "FILE",
      "password of Ansible Vault, or a program that prints it",
      withInventory()),
  ASK_VAULT_PASS("J", "ask-vault-pass", null, "ask for the password of the vault", withInventory()),
  PRIVATE_KEY(null, "private-key", "FILE", "key to log in with; may be repeated", hosts()),
  KNOWN_HOSTS(null, "known-hosts", "FILE", "where host keys are looked up", hosts()),
  SSH_CONFIG(
      null, "ssh-config", "FILE", "instead of ~/.ssh/config; none for no such file", hosts()),
  TIMEOUT("T", "timeout", "SECONDS", "longest wait for a connection (10)", hosts()),
  RUN_TIMEOUT(
      null, "run-timeout", "SECONDS", "then let each host end after what it is at", Set.of(APPLY)),
  TAGS("t", "tags", "A,B", "only tasks with one of these tags", plays()),
  SKIP_TAGS(null, "skip-tags", "A,B", "no task with one of these tags", plays()),
  START_AT_TASK(
      null,
      "start-at-task",
      "NAME",
      "leave out all tasks before this one; * for any text",
      plays()),
  STEP(null, "step", null, "ask about each task before anything is done", plays()),
  LIST_HOSTS(null, "list-hosts", null, "only list the hosts; connects to nothing", plays()),
  LIST_TASKS(null, "list-tasks", null, "only list the tasks; connects to nothing", plays()),
  EXTRA_VARS(
      "e",
      "extra-vars",
      "VARS|@FILE",
      "a=1 b='x y', YAML or JSON: wins over the inventory; may be repeated",
      withInventory()),
  OUT(null, "out", "FILE", "keep the plan, for: belay apply FILE.json", Set.of(CHECK)),
  DETAILED_EXITCODE(
      null, "detailed-exitcode", null, "end with 2 when changes are pending", shows()),
  JSON(null, "json", null, "tell it as JSON lines on stdout", told()),
  JUNIT(null, "junit", "FILE", "write a JUnit XML report as well", shows()),
  JUNIT_FAIL_ON_CHANGE(
      null, "junit-fail-on-change", null, "there, what changes counts as failed", shows()),
  REPORT(null, "report", "FILE", "write a page to read in a browser as well", shows()),
  LOG(null, "log", "FILE", "write what is told to the end of FILE too, with times", shows()),
  ANNOTATIONS(null, "annotations", "WHERE", "mark lines for a CI server: github or none", shows()),
  SLOWEST(null, "slowest", "N", "tell the N slowest tasks at the end", shows()),
  NO_PROGRESS(null, "no-progress", null, "on a terminal, no lines of what hosts are at", shows()),
  COLOR(null, "color", "WHEN", "auto, always or never", Set.of(Verb.values())),
  VERBOSE("v", "verbose", null, "show where an error came from", Set.of(Verb.values())),
  HELP("h", "help", null, "show this", Set.of(Verb.values())),
  VERSION(null, "version", null, "show the version", Set.of(Verb.values()));

  private final String letter;
  private final String word;
  private final String argument;
  private final String does;
  private final Set<Verb> verbs;

  Flag(String letter, String word, String argument, String does, Set<Verb> verbs) {
    this.letter = letter;
    this.word = word;
    this.argument = argument;
    this.does = does;
    this.verbs = verbs;
  }

  private static Set<Verb> hosts() {
    return Set.of(CHECK, APPLY, RUNS, ROLLBACK, Verb.PING, Verb.FACTS);
  }

  private static Set<Verb> withInventory() {
    return Set.of(CHECK, APPLY, RUNS, ROLLBACK, Verb.PING, Verb.FACTS, Verb.INVENTORY, Verb.LINT);
  }

  private static Set<Verb> told() {
    return Set.of(CHECK, APPLY, RUNS, ROLLBACK, Verb.PING, Verb.FACTS, Verb.LINT);
  }

  private static Set<Verb> plays() {
    return Set.of(CHECK, APPLY);
  }

  private static Set<Verb> shows() {
    return Set.of(CHECK, APPLY, ROLLBACK);
  }

  /** Returns the short form without its dash, or null. */
  String letter() {
    return letter;
  }

  /** Returns the long form without its dashes. */
  String word() {
    return word;
  }

  boolean takesValue() {
    return argument != null;
  }

  /** Tells whether the environment and belay.yaml may say it: not what is another command. */
  boolean hasDefault() {
    return !Set.of(LIST, GRAPH, HOST, LIST_HOSTS, LIST_TASKS, OUT, HELP, VERSION).contains(this);
  }

  /** Tells whether it may be given several times. */
  boolean repeats() {
    return Set.of(INVENTORY, PRIVATE_KEY, VAULT_PASSWORD_FILE, TAGS, SKIP_TAGS, EXTRA_VARS)
        .contains(this);
  }

  boolean fits(Verb verb) {
    return verbs.contains(verb) || verb == Verb.HELP || verb == Verb.VERSION;
  }

  /** Returns what its value is called, or null. */
  String argument() {
    return argument;
  }

  /** Returns what it does, in one line. */
  String does() {
    return does;
  }

  /** Returns its forms and its value, such as {@code -f, --forks N}. */
  String names() {
    return (letter == null ? "" : "-" + letter + ", ")
        + "--"
        + word
        + (argument == null ? "" : " " + argument);
  }

  /** Returns the option's line of the help text. */
  String help() {
    return "  %-32s %s%n".formatted((letter == null ? "    " : "") + names(), does);
  }

  static Flag ofWord(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst().orElseThrow();
  }
}
