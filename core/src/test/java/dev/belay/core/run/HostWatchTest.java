package dev.belay.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostWatchTest {

  private final List<RunEvent> told = new ArrayList<>();
  private final HostWatch watch = new HostWatch(new HostStory("cp1", "p", told::add));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pmstatus:falco:43.3333:Unpacking falco (amd64)|Unpacking falco (amd64)|43",
        "pmstatus:dpkg-exec:0.0000:Running dpkg|Running dpkg|0",
        "dlstatus:1:20.3:Retrieving file 1 of 3 (12s remaining)"
            + "|Retrieving file 1 of 3 (12s remaining)|20",
        "pmstatus:a:100:b: c|b: c|100",
      })
  void tellsWhatAptSays(String note, String what, int percent) {
    watch.note(note);
    assertThat(told).containsExactly(new RunEvent.Progress("cp1", what, percent));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password: hunter2",
        "pmstatus:falco:43",
        "pmstatus:a:101:b",
        "pmerror:/x:1:y"
      })
  void tellsNothingElse(String note) {
    watch.note(note);
    assertThat(told).isEmpty();
  }

  @Test
  void tellsHowMuchIsSent() {
    watch.sent(1 << 20, 4 << 20);
    assertThat(told).containsExactly(new RunEvent.Progress("cp1", "sending 1.0 of 4.0 MiB", 25));
  }
}
