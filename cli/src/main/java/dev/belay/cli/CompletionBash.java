package dev.belay.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Completion for bash 4 and later, without the package bash-completion. */
final class CompletionBash {

  private CompletionBash() {}

  static String script() {
    return """
        # Completes belay in bash: source <(belay completion bash)
        _belay() {
          local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb= words= i
          COMPREPLY=()
          case $prev in
            %s) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
            %s) mapfile -t COMPREPLY < <(compgen -W '%s' -- "$cur"); return ;;
            %s) return ;;
          esac
          for ((i = 1; i < COMP_CWORD; i++)); do
            case ${COMP_WORDS[i]} in %s) verb=${COMP_WORDS[i]}; break ;; esac
          done
          case $cur in
            -*)
              case $verb in
        %s      esac
              mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
              return ;;
          esac
          case $verb in
            '') mapfile -t COMPREPLY < <(compgen -W '%s' -- "$cur") ;;
            check | apply | lint) mapfile -t COMPREPLY < <(compgen -d -- "$cur"; compgen -f -X '!*.java' -- "$cur") ;;
            completion) mapfile -t COMPREPLY < <(compgen -W '%s' -- "$cur") ;;
          esac
        }
        complete -o filenames -F _belay belay
        """
        .formatted(
            names(Completion.Kind.FILE),
            names(Completion.Kind.COLOR),
            String.join(" ", CommandLineReader.COLORS),
            names(Completion.Kind.ANYTHING),
            String.join(" | ", Verb.words()),
            options(),
            String.join(" ", Verb.words()),
            String.join(" ", Completion.shells()));
  }

  /** The options after which something of a kind stands, as a pattern of case. */
  private static String names(Completion.Kind kind) {
    return Arrays.stream(Flag.values())
        .filter(flag -> Completion.after(flag) == kind)
        .flatMap(CompletionBash::names)
        .collect(Collectors.joining(" | "));
  }

  private static Stream<String> names(Flag flag) {
    return flag.letter() == null
        ? Stream.of("--" + flag.word())
        : Stream.of("-" + flag.letter(), "--" + flag.word());
  }

  private static String options() {
    StringBuilder text = new StringBuilder();
    for (Verb verb : Verb.values()) {
      text.append(option(verb.word(), Completion.flags(verb)));
    }
    return text.append(option("*", List.of(Flag.values()))).toString();
  }

  private static String option(String verb, List<Flag> flags) {
    String words = flags.stream().map(flag -> "--" + flag.word()).collect(Collectors.joining(" "));
    return "        " + verb + ") words='" + words + "' ;;\n";
  }
}
