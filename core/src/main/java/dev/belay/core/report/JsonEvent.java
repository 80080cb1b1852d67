package dev.belay.core.report;

import dev.belay.core.plan.Problem;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.step.Finding;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Writes events as JSON objects; the names of their keys are the format that programs rely on. */
final class JsonEvent {

  private JsonEvent() {}

  static void write(JsonGenerator json, RunEvent event) {
    if (event instanceof RunEvent.Started started) {
      started(json, started);
    } else if (event instanceof RunEvent.Connected connected) {
      begin(json, "connected", connected.host());
      json.writeNumberProperty("elapsed_ms", connected.elapsed().toMillis());
    } else if (event instanceof RunEvent.Began began) {
      begin(json, "began", began.host());
      json.writeStringProperty("play", began.play());
      json.writeStringProperty("task", began.task());
    } else if (event instanceof RunEvent.TaskEnded ended) {
      task(json, ended);
    } else if (event instanceof RunEvent.Found found) {
      begin(json, "found", found.host());
      json.writeStringProperty("task", found.task());
      found(json, found.finding());
    } else if (event instanceof RunEvent.Warned warned) {
      begin(json, "warning", warned.host());
      json.writeStringProperty("task", warned.task());
      json.writeStringProperty("text", warned.text());
    } else if (event instanceof RunEvent.Failed failed) {
      failed(json, failed);
    } else if (event instanceof RunEvent.Unreachable lost) {
      begin(json, "unreachable", lost.host());
      problem(json, lost.problem());
    } else {
      writeEnd(json, event);
    }
    json.writeEndObject();
  }

  private static void writeEnd(JsonGenerator json, RunEvent event) {
    if (event instanceof RunEvent.Undone undone) {
      begin(json, "undone", undone.host());
      json.writeStringProperty("summary", undone.summary());
      json.writeBooleanProperty("dry", undone.dry());
      JsonDiff.write(json, undone.diffs());
    } else if (event instanceof RunEvent.RolledBack back) {
      begin(json, "rolled_back", back.host());
      json.writeStringProperty("run", back.run());
      if (!back.block().isEmpty()) {
        json.writeStringProperty("block", back.block());
      }
      strings(json, "remaining", back.remaining());
    } else if (event instanceof RunEvent.WouldGuard guard) {
      begin(json, "would_guard", guard.host());
      json.writeStringProperty("guard", guard.guard());
      json.writeNumberProperty("within_ms", guard.within().toMillis());
      strings(json, "conditions", guard.conditions());
    } else if (event instanceof RunEvent.Kept kept) {
      begin(json, "kept", kept.host());
      json.writeStringProperty("guard", kept.guard());
      strings(json, "conditions", kept.conditions());
    } else if (event instanceof RunEvent.NotReached not) {
      begin(json, "not_reached", not.host());
      json.writeStringProperty("reason", not.reason());
    } else if (event instanceof RunEvent.HostEnded ended) {
      begin(json, "host_ended", ended.host());
      json.writeNumberProperty("round_trips", ended.roundTrips());
      json.writeNumberProperty("elapsed_ms", ended.elapsed().toMillis());
    } else if (event instanceof RunEvent.Ended ended) {
      begin(json, "ended");
      json.writeStringProperty("kind", word(ended.recap().kind()));
      json.writeNumberProperty("elapsed_ms", ended.elapsed().toMillis());
    }
  }

  static void writeRecap(JsonGenerator json, Recap recap) {
    begin(json, "recap");
    json.writeObjectPropertyStart("hosts");
    recap.hosts().forEach((host, counts) -> counts(json, host, counts));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void counts(JsonGenerator json, String host, Recap.Counts c) {
    json.writeObjectPropertyStart(host);
    json.writeNumberProperty("ok", c.ok());
    json.writeNumberProperty("changed", c.changed());
    json.writeNumberProperty("would_change", c.wouldChange());
    json.writeNumberProperty("may_change", c.mayChange());
    json.writeNumberProperty("failed", c.failed());
    json.writeNumberProperty("unreachable", c.unreachable());
    json.writeNumberProperty("skipped", c.skipped());
    json.writeNumberProperty("ignored", c.ignored());
    json.writeNumberProperty("rescued", c.rescued());
    json.writeNumberProperty("rolled_back", c.rolledBack());
    json.writeNumberProperty("remaining", c.remaining());
    json.writeNumberProperty("not_reached", c.notReached());
    json.writeNumberProperty("refused", c.refused());
    json.writeEndObject();
  }

  private static void started(JsonGenerator json, RunEvent.Started started) {
    begin(json, "started");
    json.writeStringProperty("kind", word(started.kind()));
    json.writeStringProperty("playbook", started.playbook());
    json.writeStringProperty("run", started.run());
    strings(json, "hosts", started.hosts());
  }

  private static void task(JsonGenerator json, RunEvent.TaskEnded ended) {
    begin(json, "task", ended.host());
    json.writeStringProperty("play", ended.play());
    json.writeStringProperty("task", ended.task());
    json.writeBooleanProperty("handler", ended.handler());
    json.writeStringProperty("source", ended.source());
    json.writeStringProperty("status", word(ended.status()));
    strings(json, "summaries", ended.summaries());
    JsonDiff.write(json, ended.diffs());
    json.writeStringProperty("note", ended.note());
    json.writeNumberProperty("elapsed_ms", ended.elapsed().toMillis());
  }

  private static void failed(JsonGenerator json, RunEvent.Failed failed) {
    begin(json, "failed", failed.host());
    json.writeStringProperty("playbook", failed.playbook());
    json.writeStringProperty("play", failed.play());
    json.writeStringProperty("task", failed.task());
    json.writeStringProperty("source", failed.source());
    json.writeBooleanProperty("refused", failed.refused());
    problem(json, failed.problem());
    strings(json, "diagnosis", failed.diagnosis());
  }

  private static void found(JsonGenerator json, Finding finding) {
    json.writeStringProperty("title", finding.title());
    json.writeArrayPropertyStart("rows");
    for (List<String> row : finding.rows()) {
      json.writeStartObject();
      for (int i = 0; i < row.size(); i++) {
        json.writeStringProperty(finding.columns().get(i), row.get(i));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void problem(JsonGenerator json, Problem problem) {
    json.writeStringProperty("wanted", problem.wanted());
    json.writeStringProperty("got", problem.got());
    json.writeStringProperty("state", problem.state());
    json.writeStringProperty("do", problem.advice());
  }

  private static void begin(JsonGenerator json, String type) {
    json.writeStartObject();
    json.writeNumberProperty("v", JsonReport.VERSION);
    json.writeStringProperty("type", type);
  }

  private static void begin(JsonGenerator json, String type, String host) {
    begin(json, type);
    json.writeStringProperty("host", host);
  }

  private static void strings(JsonGenerator json, String key, List<String> values) {
    json.writeArrayPropertyStart(key);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
