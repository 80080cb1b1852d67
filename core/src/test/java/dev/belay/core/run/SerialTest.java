package dev.belay.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.HealthCondition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialTest {

  private static final Inventory FIVE = Inventory.literal("a,b,c,d,e,");
  private static final HealthCondition WELL = HealthCondition.of("well", ":");
  private static final HealthCondition FINE = HealthCondition.of("fine", ":");

  private static Optional<Serial> serial(Play... plays) {
    return Serial.of(new Playbook("p", List.of(plays)), FIVE, FIVE.hosts());
  }

  private static List<String> said(List<Serial.Question> questions) {
    return questions.stream()
        .map(
            one ->
                one.host().name()
                    + (one.root() ? "#" : "$")
                    + one.conditions().stream().map(HealthCondition::text).toList())
        .toList();
  }

  private static List<Host> hosts(String names) {
    return Inventory.literal(names + ",").hosts();
  }

  @ParameterizedTest
  @CsvSource({"1,a b c d e", "2,ab cd e", "3,abc de", "5,abcde", "9,abcde"})
  void cutsTheHostsIntoBatches(int size, String batches) {
    var found = serial(Play.of("x").serial(size)).orElseThrow().batches();

    assertThat(found.stream().map(b -> String.join("", b.stream().map(Host::name).toList())))
        .containsExactly(batches.split(" "));
  }

  @Test
  void takesTheSmallestBatchOfAllPlays() {
    var plays = new Play[] {Play.of("x").serial(3), Play.of("y"), Play.of("z").serial(2)};

    assertThat(serial(plays).orElseThrow().batches().get(0)).hasSize(2);
    assertThat(serial(Play.of("x"))).isEmpty();
    assertThat(serial(Play.of("x").whileHealthy(WELL)).orElseThrow().batches()).hasSize(5);
  }

  @Test
  void refusesABatchOfNoHost() {
    assertThatThrownBy(() -> Play.of("x").serial(0)).hasMessageContaining("at least one host");
  }

  @Test
  void asksTheOtherHostsOfThePlaysThatABatchIsIn() {
    var serial =
        serial(
                Play.of("x").on("a,b,c").whileHealthy(WELL).become(),
                Play.of("y").on("b,d").whileHealthy(FINE, WELL),
                Play.of("z").serial(1))
            .orElseThrow();

    assertThat(said(serial.ofOthers(hosts("a")))).containsExactly("b#[well]", "c#[well]");
    assertThat(said(serial.ofOthers(hosts("b"))))
        .containsExactly("a#[well]", "c#[well]", "d$[fine, well]");
    assertThat(said(serial.ofOthers(hosts("e")))).isEmpty();
    assertThat(said(serial.of(hosts("b,e")))).containsExactly("b#[well, fine]");
  }
}
