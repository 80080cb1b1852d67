package dev.belay.cli;

import dev.belay.core.run.RunOutline;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Lists which hosts and tasks a run would be about; connects to nothing. */
final class RunListing {

  private final Invocation options;
  private final RunOutline outline;

  private RunListing(Invocation options, RunOutline outline) {
    this.options = options;
    this.outline = outline;
  }

  /** Tells whether the options ask for a list instead of a run. */
  static boolean isWanted(Invocation options) {
    return options.has(Flag.LIST_HOSTS) || options.has(Flag.LIST_TASKS);
  }

  static void print(String playbook, RunOutline outline, Session session) {
    RunListing listing = new RunListing(session.options(), outline);
    PrintStream out = session.streams().out();
    if (session.options().has(Flag.JSON)) {
      listing.json(out);
    } else {
      out.printf("%nplaybook: %s%n", playbook);
      listing.text(out);
    }
  }

  private void text(PrintStream out) {
    int number = 0;
    for (RunOutline.PlayLine play : outline.plays()) {
      out.printf("%n  play #%d (%s): %s%n", ++number, play.pattern(), play.name());
      if (options.has(Flag.LIST_HOSTS)) {
        out.printf("    hosts (%d):%n", play.hosts().size());
        play.hosts().forEach(host -> out.printf("      %s%n", host));
      }
      if (options.has(Flag.LIST_TASKS)) {
        out.printf("    tasks:%n");
        play.tasks().forEach(task -> out.printf("      %s%n", line(play, task)));
      }
    }
  }

  private static String line(RunOutline.PlayLine play, RunOutline.TaskLine task) {
    String only =
        task.hosts().size() == play.hosts().size()
            ? ""
            : "  on " + String.join(", ", task.hosts()) + " only";
    return task.key().task() + "\tTAGS: " + task.tags() + "  " + task.key().source() + only;
  }

  private void json(PrintStream out) {
    JsonFactory factory = new JsonFactory();
    for (RunOutline.PlayLine play : outline.plays()) {
      StringWriter line = new StringWriter();
      try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), line)) {
        json.writeStartObject();
        json.writeNumberProperty("v", 1);
        json.writeStringProperty("type", "play");
        json.writeStringProperty("play", play.name());
        json.writeStringProperty("pattern", play.pattern());
        if (options.has(Flag.LIST_HOSTS)) {
          names(json, "hosts", play.hosts());
        }
        if (options.has(Flag.LIST_TASKS)) {
          json.writeArrayPropertyStart("tasks");
          play.tasks().forEach(task -> write(json, task));
          json.writeEndArray();
        }
        json.writeEndObject();
      }
      out.print(line.append('\n'));
    }
  }

  private static void write(JsonGenerator json, RunOutline.TaskLine task) {
    json.writeStartObject();
    json.writeStringProperty("task", task.key().task());
    json.writeStringProperty("source", task.key().source());
    names(json, "tags", List.copyOf(task.tags()));
    names(json, "hosts", task.hosts());
    json.writeEndObject();
  }

  private static void names(JsonGenerator json, String key, List<String> names) {
    json.writeArrayPropertyStart(key);
    names.forEach(json::writeString);
    json.writeEndArray();
  }
}
