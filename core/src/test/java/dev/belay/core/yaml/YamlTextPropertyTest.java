package dev.belay.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.belay.core.yaml.YamlNode.Entry;
import dev.belay.core.yaml.YamlNode.Mapping;
import dev.belay.core.yaml.YamlNode.Scalar;
import dev.belay.core.yaml.YamlNode.Sequence;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Edits random documents at random places and asks snakeyaml and the bytes what changed. */
class YamlTextPropertyTest {
  private static final int DOCUMENTS = 1_500;
  private static final int EDITS = 4;
  private static final List<YamlScalar> VALUES =
      List.of(
          YamlScalar.of("new"),
          YamlScalar.of("a: b # c"),
          YamlScalar.of(true),
          YamlScalar.of(-7),
          YamlScalar.of("--f=1,2"),
          YamlScalar.of(""),
          YamlScalar.of("\uD83D\uDE00\n"),
          YamlScalar.of("0644"));
  private static final List<YamlValue> TREES =
      List.of(
          YamlValue.entry("p", YamlValue.entry("q", YamlScalar.of("r"))).with("s", VALUES.get(1)),
          YamlValue.items(List.of(YamlScalar.of(1), YamlValue.entry("t", YamlScalar.of("u")))),
          YamlValue.entries(),
          YamlValue.items(List.of()),
          VALUES.get(0),
          VALUES.get(6));

  private int done;

  @Test
  void changesExactlyTheMeantPlaceOfRandomDocuments() {
    long seed = Long.getLong("belay.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < DOCUMENTS; i++) {
      String text = RandomYaml.document(random);
      String what = "seed " + seed + ", document " + i + ":\n" + text + "\n";
      try {
        editSome(text, random, what);
      } catch (YamlRefused e) {
        fail(what, e);
      }
    }
    assertThat(done).as("seed " + seed).isGreaterThan(DOCUMENTS);
  }

  private void editSome(String document, Random random, String what) {
    YamlText text = YamlText.parse(document.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < EDITS; i++) {
      List<YamlPath> paths = new ArrayList<>();
      collect(text.root(), YamlPath.TOP, paths);
      YamlPath path = paths.get(random.nextInt(paths.size()));
      text = edit(text, path, random, what + "edit " + i + " at " + path);
    }
  }

  private YamlText edit(YamlText text, YamlPath path, Random random, String what) {
    YamlNode node = text.at(path).orElseThrow();
    try {
      if (node instanceof Scalar scalar && !(scalar.isNull() && random.nextBoolean())) {
        return set(text, path, scalar, VALUES.get(random.nextInt(VALUES.size())), what);
      }
      YamlValue tree = TREES.get(random.nextInt(TREES.size()));
      if (node instanceof Mapping || node instanceof Scalar && random.nextBoolean()) {
        return addKey(text, path, tree, what);
      }
      int size = node.list().size();
      if (size > 1 && random.nextInt(3) == 0) {
        return remove(text, path, random.nextInt(size), what);
      }
      return addItem(text, path, size == 0 ? 0 : 1 + random.nextInt(size), tree, what);
    } catch (YamlRefused e) {
      if (!isFair(e, text, path, node)) {
        fail(what, e);
      }
      return text;
    }
  }

  /**
   * Some places cannot be edited alone: a block scalar without a line end at the file's end changes
   * its value when a line follows, one that keeps its last blank lines when more of them follow.
   */
  private static boolean isFair(YamlRefused e, YamlText text, YamlPath path, YamlNode node) {
    boolean emptyItem = !path.isTop() && path.last() instanceof Integer && node.isNull();
    boolean openEnd = !string(text).endsWith("\n") || string(text).matches("(?s).*[|>]\\+.*");
    return emptyItem
        || openEnd && e.reason().contains("something else")
        || e.reason().contains("taken out safely")
        || e.reason().contains("already has the key");
  }

  private YamlText set(YamlText text, YamlPath path, Scalar at, YamlScalar value, String what) {
    YamlText after = text.withScalar(path, value);
    Object wanted = data(value);
    assertData(text, path, after, what, before -> wanted);
    String old = string(text);
    assertThat(string(after))
        .as(what)
        .startsWith(old.substring(0, at.span().start()))
        .endsWith(old.substring(at.span().end()));
    return after;
  }

  private YamlText addKey(YamlText text, YamlPath path, YamlValue value, String what) {
    YamlText after = text.withKey(path, "new key", value);
    assertData(
        text,
        path,
        after,
        what,
        before -> {
          Map<Object, Object> map = new LinkedHashMap<>();
          if (before instanceof Map<?, ?> present) {
            map.putAll(present);
          }
          map.put("new key", data(value));
          return map;
        });
    assertOnlyInserted(text, path, after, what);
    return after;
  }

  private YamlText addItem(YamlText text, YamlPath path, int at, YamlValue value, String what) {
    YamlText after = text.withItem(path, at, value);
    assertData(
        text,
        path,
        after,
        what,
        before -> {
          List<Object> list =
              new ArrayList<>(before instanceof List<?> present ? present : List.of());
          list.add(at, data(value));
          return list;
        });
    assertOnlyInserted(text, path, after, what);
    return after;
  }

  private YamlText remove(YamlText text, YamlPath path, int at, String what) {
    YamlText after = text.withoutItem(path, at);
    assertData(
        text,
        path,
        after,
        what,
        before -> {
          List<Object> list = new ArrayList<>((List<?>) before);
          list.remove(at);
          return list;
        });
    assertThat(isOneInsertion(string(after), string(text))).as(what).isTrue();
    return after;
  }

  private void assertData(
      YamlText before, YamlPath path, YamlText after, String what, UnaryOperator<Object> change) {
    done++;
    Object expected = replaced(load(before), path.steps(), change);
    assertThat(load(after)).as(what + "\nafter:\n" + string(after)).isEqualTo(expected);
  }

  private static void assertOnlyInserted(
      YamlText text, YamlPath path, YamlText after, String what) {
    if (text.at(path).orElseThrow().isNull()) {
      return;
    }
    String old = string(text);
    String now = string(after);
    int same = commonPrefix(old, now);
    boolean comma = now.startsWith(",", same);
    String withoutComma = comma ? now.substring(0, same) + now.substring(same + 1) : now;
    assertThat(isOneInsertion(old, now) || isOneInsertion(old, withoutComma))
        .as(what + "\nafter:\n" + now)
        .isTrue();
  }

  private static boolean isOneInsertion(String shorter, String longer) {
    int prefix = commonPrefix(shorter, longer);
    return longer.endsWith(shorter.substring(prefix));
  }

  private static int commonPrefix(String one, String other) {
    int same = 0;
    while (same < Math.min(one.length(), other.length())
        && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return same;
  }

  private static Object replaced(Object data, List<Object> steps, UnaryOperator<Object> change) {
    if (steps.isEmpty()) {
      return change.apply(data);
    }
    List<Object> rest = steps.subList(1, steps.size());
    if (steps.get(0) instanceof Integer index) {
      List<Object> list = new ArrayList<>((List<?>) data);
      list.set(index, replaced(list.get(index), rest, change));
      return list;
    }
    Map<Object, Object> map = new LinkedHashMap<>((Map<?, ?>) data);
    map.replaceAll(
        (key, value) ->
            String.valueOf(key).equals(steps.get(0)) ? replaced(value, rest, change) : value);
    return map;
  }

  private static Object load(YamlText text) {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    return normal(yaml.load(string(text)));
  }

  private static Object data(YamlValue value) {
    return normal(new Yaml(new SafeConstructor(new LoaderOptions())).load(value.toYaml()));
  }

  private static Object normal(Object data) {
    if (data instanceof Map<?, ?> map) {
      Map<Object, Object> normal = new LinkedHashMap<>();
      map.forEach((key, value) -> normal.put(key, normal(value)));
      return normal;
    }
    if (data instanceof List<?> list) {
      return new ArrayList<>(list.stream().map(YamlTextPropertyTest::normal).toList());
    }
    boolean whole = data instanceof Integer || data instanceof Long;
    return whole ? BigInteger.valueOf(((Number) data).longValue()) : data;
  }

  private static void collect(YamlNode node, YamlPath path, List<YamlPath> paths) {
    paths.add(path);
    if (node instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        collect(entry.value(), path.key(((Scalar) entry.key()).text()), paths);
      }
    }
    if (node instanceof Sequence list) {
      for (int i = 0; i < list.items().size(); i++) {
        collect(list.items().get(i), path.item(i), paths);
      }
    }
  }

  private static String string(YamlText text) {
    return new String(text.bytes(), StandardCharsets.UTF_8);
  }
}
