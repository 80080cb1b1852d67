package dev.belay.cli;

import dev.belay.core.remote.BecomeMethod;
import dev.belay.core.text.NearMiss;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** Understands a command line, or says what in it is wrong and what was probably meant. */
final class CommandLineReader {

  /** What {@code --color} takes. */
  static final List<String> COLORS = List.of("auto", "always", "never");

  private static final List<String> METHODS =
      Arrays.stream(BecomeMethod.values()).map(BecomeMethod::word).toList();

  /** What {@code --annotations} takes. */
  static final List<String> ANNOTATIONS = List.of("github", "none");

  private final Map<Flag, Defaults.Given> given = new EnumMap<>(Flag.class);

  private CommandLineReader() {}

  /**
   * Reads a command line alone.
   *
   * @throws ComplaintException with exit code 64 when it makes no sense
   */
  static Invocation read(String... args) {
    return read(Defaults.NONE, args);
  }

  /**
   * Reads.
   *
   * @param defaults what counts where the command line does not say it
   * @throws ComplaintException with exit code 64 when it makes no sense
   */
  static Invocation read(Defaults defaults, String... args) {
    return new CommandLineReader().invocation(defaults, parse(args));
  }

  private Invocation invocation(Defaults defaults, CommandLine line) {
    List<String> words = line.getArgList();
    Verb verb = verb(line, words);
    note(line);
    fit(verb, given.keySet());
    for (Flag flag : Flag.values()) {
      defaults
          .of(flag)
          .filter(found -> flag.fits(verb))
          .ifPresent(found -> given.putIfAbsent(flag, found));
    }
    return new Invocation(
        verb,
        List.copyOf(words.isEmpty() ? words : words.subList(1, words.size())),
        Set.copyOf(given.keySet()),
        values(Flag.INVENTORY),
        value(Flag.LIMIT).map(LimitFiles::expanded),
        value(Flag.HOST),
        number(Flag.FORKS, 5, 1000),
        value(Flag.USER),
        values(Flag.PRIVATE_KEY),
        value(Flag.KNOWN_HOSTS),
        value(Flag.SSH_CONFIG),
        becoming(),
        values(Flag.VAULT_PASSWORD_FILE),
        Duration.ofSeconds(number(Flag.TIMEOUT, 10, 86_400)),
        value(Flag.RUN_TIMEOUT)
            .map(given -> Duration.ofSeconds(number(Flag.RUN_TIMEOUT, 3600, 604_800))),
        list(Flag.TAGS),
        list(Flag.SKIP_TAGS),
        value(Flag.START_AT_TASK),
        values(Flag.EXTRA_VARS),
        value(Flag.JUNIT),
        tellings(),
        value(Flag.OUT),
        color());
  }

  private void note(CommandLine line) {
    for (Option option : line.getOptions()) {
      Flag flag = Flag.ofWord(option.getLongOpt());
      String[] values = line.getOptionValues(flag.word());
      given.put(
          flag,
          new Defaults.Given(values == null ? List.of() : List.of(values), "--" + flag.word()));
    }
  }

  private static CommandLine parse(String[] args) {
    try {
      return DefaultParser.builder()
          .setAllowPartialMatching(false)
          .setStripLeadingAndTrailingQuotes(false)
          .get()
          .parse(options(), args);
    } catch (UnrecognizedOptionException unknown) {
      throw unknownOption(unknown.getOption());
    } catch (MissingArgumentException missing) {
      Flag flag = Flag.ofWord(missing.getOption().getLongOpt());
      throw ComplaintException.usage(
          "--" + flag.word() + " needs a value", flag.help().strip(), "no value", help());
    } catch (ParseException other) {
      throw ComplaintException.usage(
          "the command line makes no sense", "options and words", other.getMessage(), help());
    }
  }

  private static Options options() {
    Options options = new Options();
    for (Flag flag : Flag.values()) {
      options.addOption(
          Option.builder(flag.letter()).longOpt(flag.word()).hasArg(flag.takesValue()).get());
    }
    return options;
  }

  private static Verb verb(CommandLine line, List<String> words) {
    if (line.hasOption(Flag.HELP.word())) {
      return Verb.HELP;
    }
    if (line.hasOption(Flag.VERSION.word())) {
      return Verb.VERSION;
    }
    if (words.isEmpty()) {
      throw ComplaintException.usage(
          "no command given",
          "one of " + String.join(", ", Verb.words()),
          "no command",
          "begin with check, which writes nothing; " + help());
    }
    String word = words.get(0);
    return Verb.of(word).orElseThrow(() -> unknownVerb(word));
  }

  private static ComplaintException unknownVerb(String word) {
    boolean file = word.endsWith(".java");
    return ComplaintException.usage(
        "\"" + word + "\" is no command",
        "one of " + String.join(", ", Verb.words()),
        word,
        file
            ? "say what to do with the file: belay check " + word
            : NearMiss.of(word, Verb.words())
                .map(near -> "did you mean " + near + "?")
                .orElse(help()));
  }

  private static ComplaintException unknownOption(String option) {
    String name = option.replaceFirst("^-+", "").replaceFirst("=.*$", "");
    List<String> known = Arrays.stream(Flag.values()).map(Flag::word).toList();
    String advice =
        NearMiss.of(name, known)
            .map(near -> "did you mean --" + near + "?")
            .or(() -> otherCase(option))
            .orElse(help());
    return ComplaintException.usage(
        "unknown option " + option, "an option that belay has", option, advice);
  }

  /** -d for -D and the like: letters mean what they mean in Ansible. */
  private static Optional<String> otherCase(String option) {
    return Arrays.stream(Flag.values())
        .filter(flag -> flag.letter() != null && option.equalsIgnoreCase("-" + flag.letter()))
        .findFirst()
        .map(flag -> "did you mean -" + flag.letter() + " (--" + flag.word() + ")?");
  }

  private static void fit(Verb verb, Set<Flag> flags) {
    for (Flag flag : flags) {
      if (!flag.fits(verb)) {
        List<String> fitting =
            Arrays.stream(Verb.values()).filter(flag::fits).limit(4).map(Verb::word).toList();
        throw ComplaintException.usage(
            verb.word() + " does not take --" + flag.word(),
            "an option that has a meaning for " + verb.word(),
            "--" + flag.word() + ", which goes with " + String.join(", ", fitting),
            "leave it out; " + help());
      }
    }
  }

  private List<String> values(Flag flag) {
    return given.containsKey(flag) ? given.get(flag).values() : List.of();
  }

  private Optional<String> value(Flag flag) {
    List<String> values = values(flag);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  private Set<String> list(Flag flag) {
    Set<String> all = new TreeSet<>();
    for (String value : values(flag)) {
      Arrays.stream(value.split(","))
          .map(String::strip)
          .filter(t -> !t.isEmpty())
          .forEach(all::add);
    }
    return all;
  }

  private int number(Flag flag, int normally, int most) {
    String text = value(flag).orElse(String.valueOf(normally));
    boolean fine = text.matches("\\d{1,6}") && Integer.parseInt(text) >= 1;
    if (!fine || Integer.parseInt(text) > most) {
      throw ComplaintException.usage(
          given.get(flag).where() + " is not a number it can use",
          "a whole number from 1 to " + most,
          text,
          "write such as --" + flag.word() + " " + normally);
    }
    return Integer.parseInt(text);
  }

  private Invocation.Becoming becoming() {
    String method = word(Flag.BECOME_METHOD, value(Flag.BECOME_METHOD).orElse("sudo"), METHODS);
    return new Invocation.Becoming(
        BecomeMethod.of(method).orElseThrow(),
        value(Flag.BECOME_USER),
        value(Flag.BECOME_PASSWORD_FILE));
  }

  private Invocation.Tellings tellings() {
    return new Invocation.Tellings(
        value(Flag.REPORT),
        value(Flag.LOG),
        value(Flag.ANNOTATIONS).map(text -> word(Flag.ANNOTATIONS, text, ANNOTATIONS)),
        given.containsKey(Flag.SLOWEST) ? number(Flag.SLOWEST, 10, 1000) : 0);
  }

  private String color() {
    return word(Flag.COLOR, value(Flag.COLOR).orElse("auto"), COLORS);
  }

  private String word(Flag flag, String text, List<String> words) {
    if (!words.contains(text)) {
      throw ComplaintException.usage(
          given.get(flag).where() + " is " + anyOf(words),
          String.join(" or ", words),
          text,
          NearMiss.of(text, words).map(near -> "did you mean " + near + "?").orElse(help()));
    }
    return text;
  }

  /** Returns {@code a, b or c}. */
  private static String anyOf(List<String> words) {
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static String help() {
    return "belay --help lists what there is";
  }
}
