package dev.belay.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.remote.Sh;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"/usr/bin/dash", "/usr/bin/bash --posix", "/usr/bin/busybox sh"})
@Timeout(60)
class ResidentShellTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @Parameter String program;
  @TempDir Path bin;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    shell = shell("b_hello() { printf 'hello %s' \"$1\"; }");
  }

  private Shell shell(String functions) throws IOException {
    ShellLauncher launcher = LocalProcess.launcher(program, bin);
    return ResidentShell.start("here", launcher, Optional.empty(), functions);
  }

  @AfterEach
  void end() {
    shell.close();
  }

  @Test
  void runsTheShellNamed() {
    assertThat(ask("readlink -f /proc/$$/exe").text()).isEqualTo(program.split(" ")[0] + "\n");
  }

  @Test
  void givesOutputErrorsAndStatusApart() {
    Reply reply = ask("echo out; echo err >&2; exit 7");
    assertThat(reply.exit()).isEqualTo(7);
    assertThat(reply.text()).isEqualTo("out\n");
    assertThat(reply.err()).isEqualTo("err");
    assertThat(reply.ok()).isFalse();
  }

  @Test
  void hearsNotesWhileARequestIsAtWork() {
    List<String> heard = new CopyOnWriteArrayList<>();
    shell.watch(
        new ShellWatch() {
          @Override
          public void note(String text) {
            heard.add(text);
          }

          @Override
          public void sent(long bytes, long all) {
            heard.add("sent");
          }
        });
    Reply reply = ask("B_note 'half done: 50%'; B_note ''; echo out; echo err >&2; exit 3");
    assertThat(reply.text()).isEqualTo("out\n");
    assertThat(reply.err()).isEqualTo("err");
    assertThat(reply.exit()).isEqualTo(3);
    assertThat(heard).containsExactly("half done: 50%", "");
    assertThat(ask("echo next").text()).isEqualTo("next\n");
    assertThat(shell.roundTrips()).isEqualTo(2);
  }

  @Test
  void hearsHowMuchOfALongListIsSent() {
    List<Long> heard = new CopyOnWriteArrayList<>();
    shell.watch(
        new ShellWatch() {
          @Override
          public void note(String text) {}

          @Override
          public void sent(long bytes, long all) {
            heard.add(bytes * 100 / all);
          }
        });
    assertThat(ask(": " + "x".repeat(2_000_000)).ok()).isTrue();
    assertThat(heard).isSorted().last().isEqualTo(100L);
    heard.clear();
    ask(": " + "x".repeat(20_000));
    assertThat(heard).isEmpty();
  }

  @Test
  void keepsEveryByteOfTheOutput() {
    assertThat(ask("printf 'a\\000b\\n\\n'").out()).containsExactly('a', 0, 'b', '\n', '\n');
    assertThat(ask("printf x").out()).containsExactly('x');
    assertThat(ask(":").out()).isEmpty();
  }

  @Test
  void runsEachScriptInASubshellWithoutInput() {
    List<Reply> replies =
        ask(List.of("B_x=1; cd /; exit 0", "echo \"[$B_x]\"; cat; read x; echo $?"));
    assertThat(replies.get(1).text()).isEqualTo("[]\n1\n");
  }

  @Test
  void knowsThePreludeAndASoberEnvironment() {
    assertThat(ask("b_hello you").text()).isEqualTo("hello you");
    assertThat(ask("umask; echo $LC_ALL; echo $PATH").text()).contains("77\nC\n", "/usr/sbin");
  }

  @Test
  void survivesSyntaxErrorsAndOpenQuotes() {
    for (String broken : List.of("echo 'open", "if true; then", ")", "}", "case x in", "$(", "`")) {
      Reply reply = ask(broken);
      assertThat(reply.exit()).as(broken).isNotZero();
      assertThat(reply.err()).as(broken).isNotEmpty();
    }
    assertThat(ask("echo still here # ' comment").text()).isEqualTo("still here\n");
  }

  @Test
  void skipsTheRestOfItsKindAfterAFailure() {
    List<Reply> replies =
        exchange(
            shell,
            List.of(
                Request.ifAllWell("echo 1", LONG),
                Request.always("exit 3", LONG),
                Request.ifAllWell("echo 2", LONG),
                Request.ifAllWell("exit 4", LONG),
                Request.ifAllWell("echo 3", LONG),
                Request.always("echo 4", LONG),
                Request.ifAllWell("echo 5", LONG)));
    assertThat(replies).extracting(Reply::exit).containsExactly(0, 3, 0, 4, -1, 0, -1);
    assertThat(replies.get(4).skipped()).isTrue();
    assertThat(replies.get(4).out()).isEmpty();
  }

  @Test
  void startsAfreshWithEachList() {
    exchange(shell, List.of(Request.ifAllWell("false", LONG)));
    assertThat(exchange(shell, List.of(Request.ifAllWell("echo 1", LONG))).get(0).ok()).isTrue();
  }

  @Test
  void countsOneRoundTripAList() {
    ask(List.of("echo 1", "echo 2", "echo 3"));
    ask("echo 4");
    exchange(shell, List.of());
    assertThat(shell.roundTrips()).isEqualTo(2);
  }

  @Test
  void keepsAThousandPipelinedRequestsApart() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<byte[]> outs = new ArrayList<>();
    List<String> errs = new ArrayList<>();
    List<Integer> exits = new ArrayList<>();
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      byte[] out = new byte[random.nextInt(200)];
      random.nextBytes(out);
      outs.add(out);
      errs.add(random.nextBoolean() ? "" : "err '" + i + "'\n\nmore");
      exits.add(random.nextInt(256));
      requests.add(Request.always(script(out, errs.get(i), exits.get(i)), LONG));
    }
    List<Reply> replies = exchange(shell, requests);
    for (int i = 0; i < 1000; i++) {
      assertThat(replies.get(i).out()).as("out %d, seed %d", i, seed).isEqualTo(outs.get(i));
      assertThat(replies.get(i).err()).as("err %d, seed %d", i, seed).isEqualTo(errs.get(i));
      assertThat(replies.get(i).exit()).as("exit %d, seed %d", i, seed).isEqualTo(exits.get(i));
    }
  }

  /** Prints bytes with printf alone, so that a thousand of them cost no process each. */
  private static String script(byte[] out, String err, int exit) {
    StringBuilder octal = new StringBuilder();
    for (byte b : out) {
      octal.append("\\0").append(String.format("%03o", b & 0xff));
    }
    return "printf %b "
        + Sh.quote(octal.toString())
        + "; printf %s "
        + Sh.quote(err)
        + " >&2; exit "
        + exit;
  }

  @Test
  void carriesFiveMegabytesBothWays() {
    byte[] payload = new byte[5_000_000];
    new Random(5).nextBytes(payload);
    String base64 = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(payload);
    String script = "printf %s " + Sh.quote(base64) + " | base64 -d";
    List<Reply> replies = ask(List.of(script, "echo next", script));
    assertThat(replies.get(0).out()).isEqualTo(payload);
    assertThat(replies.get(1).text()).isEqualTo("next\n");
    assertThat(replies.get(2).out()).isEqualTo(payload);
  }

  @Test
  void drainsErrorsAndKeepsTheirEnd() {
    Reply reply =
        ask(
            "i=0; while [ $i -lt 20 ]; do printf %65536s x >&2; i=$((i+1)); done; echo end >&2; echo out");
    assertThat(reply.text()).isEqualTo("out\n");
    assertThat(reply.err()).endsWith("xend");
    assertThat(reply.err().length()).isBetween(ErrorStream.LIMIT / 2, ErrorStream.LIMIT);
  }

  @Test
  void passesHostileTextAsItself() {
    String hostile = "a'b\"c\\d$e`f`\n\t*? ü€ \u0001 $(touch /nowhere) %s ;#!";
    assertThat(ask("printf %s " + Sh.quote(hostile)).text()).isEqualTo(hostile);
  }

  @Test
  void saysWhenTheShellIsKilled() {
    List<String> got = new ArrayList<>();
    assertThatThrownBy(
            () ->
                shell.exchange(
                    List.of(
                        Request.always("echo one", LONG),
                        Request.always("echo last words >&2; kill -9 $$", LONG),
                        Request.always("echo three", LONG)),
                    (reply, i) -> got.add(i + reply.text())))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("here: the shell ended during request 2 of 3 (exit status 137)")
        .hasMessageContaining("last words");
    assertThat(got).containsExactly("0one\n");
    assertThatThrownBy(() -> ask("echo 4"))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("has ended");
  }

  @Test
  void givesUpWhenADeadlinePasses() {
    assertThatThrownBy(
            () ->
                shell.exchange(
                    List.of(
                        Request.always("echo one", LONG),
                        Request.always("echo slow >&2; sleep 50", Duration.ofMillis(500))),
                    (reply, i) -> assertThat(reply.text()).isEqualTo("one\n")))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("request 2 of 2 took longer than 0.5 s")
        .hasMessageContaining("slow");
  }

  @Test
  void givesUpWhenTheHostStopsReading() {
    String much = "# " + "x".repeat(3_000_000);
    assertThatThrownBy(
            () ->
                shell.exchange(
                    List.of(
                        Request.always("sleep 50", Duration.ofSeconds(1)),
                        Request.always(much, LONG)),
                    (reply, i) -> {}))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("request 1 of 2 took longer than 1 s");
  }

  @Test
  void saysWhyAShellDidNotStart() throws IOException {
    try (Shell broken = shell("echo no such luck >&2; exit 9")) {
      assertThatThrownBy(() -> exchange(broken, List.of(Request.always("echo 1", LONG))))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("gave no shell (exit status 9)")
          .hasMessageContaining("no such luck");
    }
  }

  @Test
  void endsTheShellWhenTheCallerFails() {
    assertThatThrownBy(
            () ->
                shell.exchange(
                    List.of(Request.always("echo 1", LONG), Request.always("echo 2", LONG)),
                    (reply, i) -> {
                      throw new IllegalStateException("caller");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ask("echo 3")).isInstanceOf(UnreachableException.class);
  }

  private Reply ask(String script) {
    return ask(List.of(script)).get(0);
  }

  private List<Reply> ask(List<String> scripts) {
    return exchange(shell, scripts.stream().map(s -> Request.always(s, LONG)).toList());
  }

  private static List<Reply> exchange(Shell shell, List<Request> requests) {
    List<Reply> replies = new ArrayList<>();
    shell.exchange(
        requests,
        (reply, i) -> {
          assertThat(i).isEqualTo(replies.size());
          replies.add(reply);
        });
    assertThat(replies).hasSameSizeAs(requests);
    return replies;
  }
}
