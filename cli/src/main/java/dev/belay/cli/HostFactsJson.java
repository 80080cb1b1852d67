package dev.belay.cli;

import dev.belay.core.fact.HostProfile;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Tells what kind of host it is as one line of JSON; what is not known is left out. */
final class HostFactsJson {

  private final JsonGenerator json;

  private HostFactsJson(JsonGenerator json) {
    this.json = json;
  }

  /** Returns the line of a host that did not answer. */
  static String line(HostAnswer answer) {
    return line(answer, Optional.empty());
  }

  /** Returns the line of a host. */
  static String line(HostAnswer answer, HostProfile profile) {
    return line(answer, Optional.of(profile));
  }

  private static String line(HostAnswer answer, Optional<HostProfile> profile) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeNumberProperty("v", 1);
      json.writeStringProperty("type", "facts");
      json.writeStringProperty("host", answer.host());
      json.writeBooleanProperty("ok", answer.isHere());
      json.writeNumberProperty("elapsed_ms", answer.millis());
      json.writeNumberProperty("round_trips", answer.roundTrips());
      if (profile.isPresent()) {
        new HostFactsJson(json).profile(profile.get());
      } else {
        json.writeStringProperty("got", answer.wrong());
        json.writeStringProperty("do", answer.advice());
      }
      json.writeEndObject();
    }
    return line.append('\n').toString();
  }

  private void profile(HostProfile host) {
    json.writeStringProperty("user", host.user());
    json.writeStringProperty("name", host.name());
    object("os");
    text("id", host.os().id());
    text("version", host.os().version());
    text("pretty", host.os().pretty());
    text("kernel", host.os().kernel());
    text("machine", host.os().machine());
    json.writeEndObject();
    text("init", host.init());
    texts("packages", host.packages());
    object("hardware");
    number("processors", host.hardware().processors());
    number("memory_kib", host.hardware().memory());
    number("disk_kib", host.hardware().disk());
    number("free_kib", host.hardware().free());
    json.writeEndObject();
    number("uptime_s", host.uptime());
    accounts(host.accounts());
    texts("security", host.security());
    kube(host.kube());
    texts("programs", host.programs());
    number("runs", host.runs().map(Integer::longValue));
  }

  private void accounts(List<HostProfile.Account> accounts) {
    json.writeArrayPropertyStart("users");
    for (HostProfile.Account account : accounts) {
      json.writeStartObject();
      json.writeStringProperty("name", account.name());
      json.writeNumberProperty("uid", account.number());
      json.writeStringProperty("shell", account.shell());
      json.writeStringProperty("home", account.home());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void kube(HostProfile.Kube kube) {
    object("kube");
    kube.version().ifPresent(version -> text("version", version));
    kube.staticPods().ifPresent(pods -> texts("static_pods", pods));
    texts("programs", kube.programs());
    json.writeEndObject();
  }

  private void object(String key) {
    json.writeObjectPropertyStart(key);
  }

  private void text(String key, String value) {
    if (!value.isEmpty()) {
      json.writeStringProperty(key, value);
    }
  }

  private void texts(String key, List<String> values) {
    json.writeArrayPropertyStart(key);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  private void number(String key, Optional<Long> value) {
    value.ifPresent(known -> json.writeNumberProperty(key, known));
  }
}
