package dev.belay.cli;

import dev.belay.core.plan.PlanItem;
import dev.belay.core.remote.KnownSecrets;
import dev.belay.core.run.RunPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan that {@code belay check --out} keeps and {@code belay apply PLAN.json} carries out once.
 *
 * <p>Holds no secret and no digest of one: of a change that handles one it has the paths with mode
 * and owners. An edit of such a file between check and apply is therefore not seen.
 *
 * @param playbook the playbook's file; empty where the playbook was a program of its own
 * @param name what the playbook is called
 * @param made when, in UTC
 * @param used when it was carried out; empty as long as it was not
 * @param arguments options that find the same hosts in the same way
 * @param plan what is planned
 */
record PlanFile(
    String playbook, String name, String made, String used, List<String> arguments, RunPlan plan) {

  private static final int VERSION = 1;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Tells whether a word on the command line names a plan and not a playbook. */
  static boolean isMeant(String operand) {
    return operand.endsWith(".json");
  }

  /**
   * Reads a plan.
   *
   * @throws ComplaintException when it is no plan, or was used before
   */
  static PlanFile read(Path file) {
    try {
      PlanFile plan = of(MAPPER.readTree(Files.readAllBytes(file)));
      if (!plan.used.isEmpty()) {
        throw ComplaintException.refused(
            "the plan " + file + " was used before",
            "a plan that was not carried out yet",
            "one that was begun at " + plan.used,
            "make a new one: belay check --out");
      }
      return plan;
    } catch (IOException unreadable) {
      throw ComplaintException.usage(
          "the plan " + file + " cannot be read",
          "a file that belay check --out has written",
          unreadable.toString(),
          "correct the path, or make a plan",
          unreadable);
    } catch (JacksonException | ClassCastException | IllegalArgumentException wrong) {
      throw ComplaintException.usage(
          "the plan " + file + " cannot be understood",
          "a file that this version of belay check --out has written",
          wrong.getMessage().lines().findFirst().orElse("something else"),
          "make a new one",
          wrong);
    }
  }

  /** Returns the arguments that name files of variables, or all others. */
  List<String> arguments(boolean ofVariables) {
    List<String> some = new ArrayList<>();
    String option = "--" + Flag.EXTRA_VARS.word();
    boolean value = false;
    for (String word : arguments) {
      boolean ofOne = value || word.equals(option);
      value = !value && word.equals(option);
      if (ofOne == ofVariables) {
        some.add(word);
      }
    }
    return some;
  }

  private static PlanFile of(JsonNode json) {
    if (!(json instanceof ObjectNode top) || json.path("belay_plan").asInt(0) != VERSION) {
      throw new IllegalArgumentException("no plan of version " + VERSION);
    }
    Map<String, List<PlanItem>> hosts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> host : ((ObjectNode) need(top, "hosts")).properties()) {
      hosts.put(host.getKey(), list(host.getValue()).stream().map(PlanFile::item).toList());
    }
    return new PlanFile(
        text(top, "playbook"),
        text(top, "name"),
        text(top, "made"),
        text(top, "used"),
        list(need(top, "arguments")).stream().map(JsonNode::stringValue).toList(),
        new RunPlan(hosts));
  }

  private static PlanItem item(JsonNode item) {
    return new PlanItem(
        text(item, "play"),
        text(item, "task"),
        text(item, "outcome"),
        list(need(item, "changes")).stream()
            .map(change -> new PlanItem.Step(text(change, "summary"), text(change, "digest")))
            .toList());
  }

  private static JsonNode need(JsonNode in, String key) {
    JsonNode value = in.get(key);
    if (value == null) {
      throw new IllegalArgumentException("there is no " + key);
    }
    return value;
  }

  private static String text(JsonNode in, String key) {
    return need(in, key).stringValue();
  }

  private static List<JsonNode> list(JsonNode node) {
    List<JsonNode> items = new ArrayList<>();
    ((ArrayNode) node).forEach(items::add);
    return items;
  }

  /** Writes the plan, so that only its owner reads it, and never half of it. */
  void write(Path file) {
    ObjectNode top = MAPPER.createObjectNode();
    top.put("belay_plan", VERSION);
    top.put("playbook", playbook).put("name", KnownSecrets.masked(name));
    top.put("made", made).put("used", used);
    arguments.forEach(top.putArray("arguments")::add);
    ObjectNode hosts = top.putObject("hosts");
    plan.hosts().keySet().stream()
        .sorted()
        .forEach(host -> items(hosts.putArray(host), plan.hosts().get(host)));
    byte[] bytes =
        MAPPER
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(top)
            .getBytes(StandardCharsets.UTF_8);
    try {
      Path folder = file.toAbsolutePath().getParent();
      Path temporary =
          Files.createTempFile(
              folder,
              ".belay-plan",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(temporary, bytes);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw ComplaintException.usage(
          "the plan " + file + " cannot be written",
          "a file in a folder that can be written",
          failed.toString(),
          "name another file",
          failed);
    }
  }

  private static void items(ArrayNode array, List<PlanItem> items) {
    for (PlanItem item : items) {
      ObjectNode node = array.addObject();
      node.put("play", item.play()).put("task", item.task()).put("outcome", item.outcome());
      ArrayNode changes = node.putArray("changes");
      item.changes()
          .forEach(
              change ->
                  changes
                      .addObject()
                      .put("summary", change.summary())
                      .put("digest", change.digest()));
    }
  }

  /** Notes that it is carried out from here on. */
  void use(Path file, String when) {
    new PlanFile(playbook, name, made, when, arguments, plan).write(file);
  }
}
