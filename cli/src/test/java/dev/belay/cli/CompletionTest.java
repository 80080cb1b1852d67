package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Completion, asked of the real shells. */
@Timeout(60)
class CompletionTest {

  /**
   * Types a line and TAB into a zsh on a pseudo-terminal of its own and prints what it made of it.
   */
  private static final String ZSH =
      """
      zmodload zsh/zpty
      zpty z zsh -f -i
      zpty -w z 'PROMPT=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D
        source ./script; zle -N show; show () { print -r -- "<<$BUFFER>>"; exit }
        bindkey "^X" show; echo ready"now"'
      while zpty -r z out; do [[ $out == *readynow* ]] && break; done
      zpty -w -n z "$1"$'\\t'$'\\x18'
      while zpty -r z out; do
        [[ $out == *'<<'* ]] && { print -r -- "${${out#*<<}%%>>*}"; break; }
      done
      zpty -d z
      """;

  @TempDir Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Files.createFile(folder.resolve("Audit me.java"));
    Files.createFile(folder.resolve("hosts.yaml"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          belay ch               | check
          belay roll             | rollback
          belay check --dif      | --diff
          belay -b check --dif   | --diff
          belay runs --dif       |
          belay check Au         | Audit me.java
          belay apply hos        |
          belay apply -i ho      | hosts.yaml
          belay apply --color a  | always auto
          belay completion z     | zsh
          belay ping --forks 1   |
          """)
  void ofBash(String line, String wanted) throws Exception {
    assertThat(bash(line)).isEqualTo(words(wanted));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          belay ch               | check
          belay roll             | rollback
          belay check --dif      | --diff
          belay runs --dif       |
          belay check Au         | Audit me.java
          belay apply -i ho      | hosts.yaml
          belay apply --color a  | always auto
          belay completion z     | zsh
          """)
  void ofFish(String line, String wanted) throws Exception {
    Files.writeString(folder.resolve("script"), Completion.script(List.of("fish")));
    String said = run("fish", "--no-config", "-c", "source ./script; complete -C '" + line + "'");
    Set<String> got = new TreeSet<>();
    said.lines().map(match -> match.split("\t", 2)[0].replace("\\ ", " ")).forEach(got::add);
    assertThat(got).isEqualTo(words(wanted));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          belay chec             | belay check
          belay roll             | belay rollback
          belay check --dif      | belay check --diff
          belay -b check --dif   | belay -b check --diff
          belay runs --dif       | belay runs --dif
          belay check Au         | belay check Audit\\ me.java
          belay apply -i ho      | belay apply -i hosts.yaml
          belay completion z     | belay completion zsh
          """)
  void ofZsh(String line, String wanted) throws Exception {
    Files.writeString(folder.resolve("script"), Completion.script(List.of("zsh")));
    Files.writeString(folder.resolve("type"), ZSH);
    assertThat(run("zsh", "-f", "type", line).strip()).isEqualTo(wanted);
  }

  @Test
  void isForShellsThatItKnows() {
    assertThatThrownBy(() -> Completion.script(List.of("csh"))).hasMessageContaining("name of a");
    assertThatThrownBy(() -> Completion.script(List.of())).hasMessageContaining("name of a shell");
  }

  private Set<String> bash(String line) throws Exception {
    Files.writeString(folder.resolve("script"), Completion.script(List.of("bash")));
    return new TreeSet<>(
        run(
                "bash",
                "--norc",
                "-c",
                "source ./script; COMP_WORDS=($1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                    + " _belay; [ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' \"${COMPREPLY[@]}\"",
                "bash",
                line)
            .lines()
            .toList());
  }

  private static Set<String> words(String wanted) {
    if (wanted == null) {
      return Set.of();
    }
    return wanted.endsWith(".java") ? Set.of(wanted) : new TreeSet<>(List.of(wanted.split(" ")));
  }

  private String run(String... command) throws Exception {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    var process = builder.start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(output).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
