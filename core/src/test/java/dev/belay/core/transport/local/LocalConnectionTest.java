package dev.belay.core.transport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.transport.Become;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import dev.belay.core.transport.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalConnectionTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private static List<String> ask(Shell shell, Duration limit, String... scripts) {
    List<String> said = new ArrayList<>();
    List<Request> requests = new ArrayList<>();
    for (String script : scripts) {
      requests.add(Request.always(script, limit));
    }
    shell.exchange(requests, (reply, i) -> said.add(reply.text().strip() + "/" + reply.exit()));
    return said;
  }

  @Test
  void answersAsTheUserOfThisProcess() {
    try (LocalConnection connection = LocalConnection.open("here");
        Shell shell = connection.shell(Optional.empty(), "b_two() { echo two; }")) {
      assertThat(ask(shell, LONG, "id -un", "b_two; exit 3", "head -c 2000000 /dev/zero | wc -c"))
          .containsExactly(System.getProperty("user.name") + "/0", "two/3", "2000000/0");
    }
  }

  @Test
  void needsNoSudoToBecomeItself() {
    Become self = new Become(System.getProperty("user.name"), Optional.empty());
    try (LocalConnection connection = LocalConnection.open("here");
        Shell shell = connection.shell(Optional.of(self), "")) {
      assertThat(ask(shell, LONG, "echo fine")).containsExactly("fine/0");
    }
  }

  @Test
  void givesUpOnWhatTakesTooLong() {
    try (LocalConnection connection = LocalConnection.open("here");
        Shell shell = connection.shell(Optional.empty(), "")) {
      assertThatThrownBy(() -> ask(shell, Duration.ofSeconds(1), "sleep 300"))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("here");
    }
  }
}
