package dev.belay.core.builtin.falco.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.StepRefusedException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesBlockTest {

  private static final RulesBlock BLOCK =
      new RulesBlock(RemotePath.of("/etc/falco/falco_rules.local.yaml"), "rules");
  private static final String ITEMS = "- macro: m\n  condition: evt.num>0\n";
  private static final String OURS =
      "# BEGIN belay rules: kept by Belay, what is edited up to its end is lost\n"
          + ITEMS
          + "# END belay rules\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# Your rules go here\n",
        "# no end of line",
        "- list: l\n  items: [a] # why\n\n",
        "---\n- list: l\n  items: [a]\n---\n# second\n- list: k\n  items: []\n",
        "# BEGIN belay other: x\n- list: l\n  items: []\n# END belay other\n",
      })
  void isAddedAndTakenOutAgain(String foreign) {
    String with = BLOCK.edit(foreign, ITEMS);
    String gap = foreign.isEmpty() || foreign.endsWith("\n") ? "" : "\n";

    assertThat(with).isEqualTo(foreign + gap + OURS);
    assertThat(BLOCK.edit(with, ITEMS)).isEqualTo(with);
    assertThat(BLOCK.edit(with, "")).isEqualTo(foreign + gap);
  }

  @Test
  void staysAtItsPlace() {
    String file = "# a\n" + OURS + "- list: l\n  items: [] # mine\n";
    String other = ITEMS.replace("0", "1");

    assertThat(BLOCK.edit(file, other)).isEqualTo(file.replace(ITEMS, other));
  }

  @Test
  void takesTheColumnAndTheLineEndsOfTheFile() {
    assertThat(BLOCK.edit("  - list: l\r\n    items: []\r\n", ITEMS))
        .isEqualTo(
            "  - list: l\r\n    items: []\r\n"
                + OURS.lines().map(line -> "  " + line + "\r\n").reduce("", String::concat));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]\n",
        "[{list: l, items: []}]\n",
        "list: l\n",
        "- list: l\n items: []\n",
        "- list: l\n  items: []\n...\n",
        "# BEGIN belay rules: x\n",
        "# END belay rules\n# BEGIN belay rules: x\n",
        "- rule: r\n  output: |\n      # BEGIN belay rules: x\n",
      })
  void refusesWhereItWouldChangeWhatOthersWrote(String foreign) {
    assertThatThrownBy(() -> BLOCK.edit(foreign, ITEMS))
        .isInstanceOfSatisfying(
            StepRefusedException.class,
            refused -> assertThat(refused.got()).startsWith("/etc/falco/falco_rules.local.yaml "));
  }

  @Test
  void neverLosesALineOfOthers() {
    long seed = 20261122;
    Random random = new Random(seed);
    List<String> lines =
        List.of(
            "# c\n",
            "\n",
            "- list: l\n",
            "  items: [a]\n",
            "- macro: n\n",
            "  condition: m\n",
            "---\n",
            "  # in\n",
            "...\n",
            "- x\n",
            "x: y\n",
            "    output: |\n",
            "\ttab\n");
    for (int i = 0; i < 2000; i++) {
      StringBuilder foreign = new StringBuilder();
      random.ints(random.nextInt(7), 0, lines.size()).forEach(n -> foreign.append(lines.get(n)));
      try {
        String with = BLOCK.edit(foreign.toString(), ITEMS);
        assertThat(BLOCK.edit(with, "")).as("seed %d, %d", seed, i).isEqualTo(foreign.toString());
      } catch (StepRefusedException refused) {
        assertThat(refused.got()).isNotBlank();
      }
    }
  }
}
