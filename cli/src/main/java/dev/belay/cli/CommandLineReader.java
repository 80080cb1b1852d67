package dev.belay.cli;

import dev.belay.core.text.NearMiss;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
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

  private static final String COLORS = "auto always never";

  private CommandLineReader() {}

  /**
   * Reads.
   *
   * @throws ComplaintException with exit code 64 when it makes no sense
   */
  static Invocation read(String... args) {
    CommandLine line = parse(args);
    List<String> words = line.getArgList();
    Verb verb = verb(line, words);
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (Option option : line.getOptions()) {
      flags.add(Flag.ofWord(option.getLongOpt()));
    }
    fit(verb, flags);
    return new Invocation(
        verb,
        List.copyOf(words.isEmpty() ? words : words.subList(1, words.size())),
        Collections.unmodifiableSet(flags),
        values(line, Flag.INVENTORY),
        value(line, Flag.LIMIT),
        value(line, Flag.HOST),
        number(line, Flag.FORKS, 5, 1000),
        value(line, Flag.USER),
        values(line, Flag.PRIVATE_KEY),
        value(line, Flag.KNOWN_HOSTS),
        value(line, Flag.SSH_CONFIG),
        Duration.ofSeconds(number(line, Flag.TIMEOUT, 10, 86_400)),
        list(line, Flag.TAGS),
        list(line, Flag.SKIP_TAGS),
        value(line, Flag.JUNIT),
        color(line));
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

  private static List<String> values(CommandLine line, Flag flag) {
    String[] values = line.getOptionValues(flag.word());
    return values == null ? List.of() : List.of(values);
  }

  private static Optional<String> value(CommandLine line, Flag flag) {
    List<String> values = values(line, flag);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  private static Set<String> list(CommandLine line, Flag flag) {
    Set<String> all = new TreeSet<>();
    for (String value : values(line, flag)) {
      Arrays.stream(value.split(","))
          .map(String::strip)
          .filter(t -> !t.isEmpty())
          .forEach(all::add);
    }
    return all;
  }

  private static int number(CommandLine line, Flag flag, int normally, int most) {
    String text = value(line, flag).orElse(String.valueOf(normally));
    boolean fine = text.matches("\\d{1,6}") && Integer.parseInt(text) >= 1;
    if (!fine || Integer.parseInt(text) > most) {
      throw ComplaintException.usage(
          "--" + flag.word() + " is not a number it can use",
          "a whole number from 1 to " + most,
          text,
          "write such as --" + flag.word() + " " + normally);
    }
    return Integer.parseInt(text);
  }

  private static String color(CommandLine line) {
    String text = value(line, Flag.COLOR).orElse("auto");
    List<String> known = List.of(COLORS.split(" "));
    if (!known.contains(text)) {
      throw ComplaintException.usage(
          "--color is auto, always or never",
          String.join(" or ", known),
          text,
          NearMiss.of(text, known).map(near -> "did you mean " + near + "?").orElse(help()));
    }
    return text;
  }

  private static String help() {
    return "belay --help lists what there is";
  }
}
