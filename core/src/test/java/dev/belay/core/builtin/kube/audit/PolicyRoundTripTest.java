package dev.belay.core.builtin.kube.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class PolicyRoundTripTest {

  private static final int POLICIES = 2000;

  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "~",
          "null",
          "no",
          "y",
          "TRUE",
          "1",
          "1e3",
          "0x1f",
          "1:30",
          "2020-01-01",
          "-",
          "- a",
          "a: b",
          "a #b",
          "#",
          "'",
          "\"",
          "\\",
          "\t",
          "\n",
          "a\nb\n",
          "\r\n",
          "\u0000",
          "\u0007",
          "\u0085",
          "\u2028",
          "\uFEFF",
          "\u00e9",
          "\u4e2d",
          "\uD83D\uDE00",
          "{a: b}",
          "[a]",
          "*",
          "&a",
          "!t",
          "%x",
          "@x",
          "`x`",
          "a:",
          ":a",
          "=",
          "<<",
          "?",
          "|",
          ">",
          ",",
          "--- x",
          "...",
          "$(id)",
          "system:node:a",
          "pods/*",
          "*/scale");

  @Test
  void readsBackWhatItWroteWhateverTheStrings() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < POLICIES; i++) {
      Policy policy = policy(random);
      String yaml = PolicyYaml.write(policy);

      assertThat(PolicySamples.read(yaml))
          .as("seed %d, policy %d:%n%s", seed, i, yaml)
          .isEqualTo(policy);
      assertThat(PolicyYaml.write(PolicySamples.read(yaml))).isEqualTo(yaml);
      assertThat(yaml.chars()).as("ASCII").allMatch(c -> c == '\n' || c >= ' ' && c <= '~');
      assertThat(policy.warnings()).as("seed %d: warnings of any policy", seed).isNotNull();
    }
  }

  @Test
  void isPlainYamlForOtherReaders() {
    Policy policy = policy(new Random(7));
    Object loaded =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(PolicyYaml.write(policy));

    assertThat(loaded)
        .isInstanceOfSatisfying(
            java.util.Map.class,
            map -> assertThat((List<?>) map.get("rules")).hasSameSizeAs(policy.rules()));
  }

  private static Policy policy(Random random) {
    return new Policy(some(random, 1, () -> rule(random)), stages(random), flag(random));
  }

  private static Rule rule(Random random) {
    boolean paths = random.nextInt(4) == 0;
    return new Rule(
        Level.values()[random.nextInt(4)],
        texts(random),
        texts(random),
        texts(random),
        paths ? List.of() : texts(random),
        paths ? List.of() : some(random, 0, () -> resources(random)),
        paths ? some(random, 1, () -> "/" + text(random).replace("*", "") + "*") : List.of(),
        stages(random),
        flag(random));
  }

  private static GroupResources resources(Random random) {
    String group =
        List.of("", "apps", "rbac.authorization.k8s.io", "1", "no", "*").get(random.nextInt(6));
    List<String> resources = texts(random);
    return new GroupResources(group, resources, resources.isEmpty() ? List.of() : texts(random));
  }

  private static List<String> texts(Random random) {
    return some(random, 0, () -> text(random));
  }

  private static String text(Random random) {
    if (random.nextBoolean()) {
      return HOSTILE.get(random.nextInt(HOSTILE.size()));
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(
          (char) (random.nextInt(10) == 0 ? random.nextInt(0x3000) : 32 + random.nextInt(95)));
    }
    return text.toString();
  }

  private static <T> List<T> some(Random random, int least, Supplier<T> make) {
    List<T> list = new ArrayList<>();
    for (int i = least + random.nextInt(3); i > 0; i--) {
      list.add(make.get());
    }
    return list;
  }

  private static Set<Stage> stages(Random random) {
    EnumSet<Stage> stages = EnumSet.noneOf(Stage.class);
    for (Stage stage : Stage.values()) {
      if (random.nextInt(4) == 0) {
        stages.add(stage);
      }
    }
    return stages;
  }

  private static Optional<Boolean> flag(Random random) {
    return random.nextInt(3) == 0 ? Optional.of(random.nextBoolean()) : Optional.empty();
  }
}
