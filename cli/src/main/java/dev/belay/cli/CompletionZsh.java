package dev.belay.cli;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Completion for zsh 5, also as a file {@code _belay} in a directory of {@code fpath}. */
final class CompletionZsh {

  private CompletionZsh() {}

  static String script() {
    return """
        #compdef belay
        # Completes belay in zsh: source <(belay completion zsh), after compinit
        _belay() {
          local context state state_descr line ret=1
          typeset -A opt_args
          _arguments -C -S %s \\
            '1: :->verb' '*:: :->rest' && ret=0
          case $state in
            verb)
              local -a verbs
              verbs=(%s)
              _describe -t commands 'belay command' verbs && ret=0 ;;
            rest)
              case $words[1] in
        %s      esac ;;
          esac
          return ret
        }
        if [ "$funcstack[1]" = _belay ]; then _belay "$@"; else compdef _belay belay; fi
        """
        .formatted(
            Arrays.stream(Flag.values()).map(CompletionZsh::spec).collect(Collectors.joining(" ")),
            Arrays.stream(Verb.values())
                .map(verb -> quote(verb.word() + ":" + verb.does()))
                .collect(Collectors.joining(" ")),
            Arrays.stream(Verb.values()).map(CompletionZsh::rest).collect(Collectors.joining()));
  }

  private static String rest(Verb verb) {
    String specs =
        Completion.flags(verb).stream().map(CompletionZsh::spec).collect(Collectors.joining(" "));
    String operand =
        switch (Completion.after(verb)) {
          case PLAYBOOK -> " '1:playbook:_files -g \"*.java\"'";
          case SHELL -> " '1:shell:(" + String.join(" ", Completion.shells()) + ")'";
          default -> "";
        };
    return "        " + verb.word() + ") _arguments -S " + specs + operand + " && ret=0 ;;\n";
  }

  /** One option as _arguments wants it: other forms, form, what it does, what follows. */
  private static String spec(Flag flag) {
    String does = "[" + flag.does().replaceAll("([\\[\\]:\\\\])", "\\\\$1") + "]";
    String follows =
        switch (Completion.after(flag)) {
          case NOTHING -> "";
          case FILE -> ":" + flag.argument() + ":_files";
          case COLOR -> ":when:(" + String.join(" ", CommandLineReader.COLORS) + ")";
          default -> ":" + flag.argument() + ": ";
        };
    String head = flag.repeats() ? "*" : "";
    String word = head + "--" + flag.word() + (flag.takesValue() ? "=" : "");
    String wordForm = quote(word + does + follows);
    return flag.letter() == null
        ? wordForm
        : quote(head + "-" + flag.letter() + (flag.takesValue() ? "+" : "") + does + follows)
            + " "
            + wordForm;
  }

  private static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
