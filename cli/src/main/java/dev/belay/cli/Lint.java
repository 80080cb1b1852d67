package dev.belay.cli;

import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.KnownSecrets;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.LintFinding;
import dev.belay.core.run.PlaybookLint;
import dev.belay.core.run.RunRefusedException;
import dev.belay.testkit.FakeHost;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Tells what can be said against a playbook without a host. */
final class Lint {

  private Lint() {}

  static ExitCode run(Invocation options, Playbook playbook, Streams streams) {
    Optional<Inventory> inventory =
        options.inventories().isEmpty()
            ? Optional.empty()
            : Optional.of(
                Inventories.read(
                    options.inventories(),
                    options.extraVars(),
                    VaultFlags.keys(options, streams.terminal())));
    inventory.ifPresent(
        known -> known.warnings().forEach(w -> streams.err().println("belay: warning: " + w)));
    List<LintFinding> findings = new ArrayList<>(findings(playbook, inventory));
    if (!Belay.file().isEmpty()) {
      findings.addAll(HandlerUses.unused(SourceText.read(Path.of(Belay.file()))));
    }
    findings.replaceAll(Lint::masked);
    findings.forEach(one -> streams.out().print(options.has(Flag.JSON) ? json(one) : text(one)));
    boolean bad = findings.stream().anyMatch(one -> one.level() != LintFinding.Level.NOTE);
    if (!options.has(Flag.JSON)) {
      streams.out().println(summary(playbook, findings));
    }
    return bad ? ExitCode.FAILED : ExitCode.OK;
  }

  private static List<LintFinding> findings(Playbook playbook, Optional<Inventory> inventory) {
    try {
      return PlaybookLint.of(playbook, inventory, tasks -> new FakeHost().facts(tasks));
    } catch (RunRefusedException refused) {
      throw ComplaintException.usage(
          refused.headline().orElse("the playbook fits no host"),
          "a playbook and an inventory that fit",
          refused.getMessage(),
          refused.advice(),
          refused);
    }
  }

  private static LintFinding masked(LintFinding one) {
    return new LintFinding(
        one.level(),
        one.source(),
        KnownSecrets.masked(one.subject()),
        KnownSecrets.masked(one.text()));
  }

  private static String summary(Playbook playbook, List<LintFinding> findings) {
    if (findings.isEmpty()) {
      return playbook.name() + ": nothing to say against it";
    }
    List<String> counts = new ArrayList<>();
    for (LintFinding.Level level : LintFinding.Level.values()) {
      long count = findings.stream().filter(one -> one.level() == level).count();
      if (count > 0) {
        counts.add(count + " " + word(level) + (count == 1 ? "" : "s"));
      }
    }
    return playbook.name() + ": " + String.join(", ", counts);
  }

  private static String text(LintFinding one) {
    String where = one.source().isEmpty() ? "" : one.source() + ": ";
    return where + word(one.level()) + ": " + one.subject() + ": " + one.text() + "\n";
  }

  private static String word(LintFinding.Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private static String json(LintFinding one) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeNumberProperty("v", 1);
      json.writeStringProperty("type", "lint");
      json.writeStringProperty("level", word(one.level()));
      json.writeStringProperty("source", one.source());
      json.writeStringProperty("subject", one.subject());
      json.writeStringProperty("text", one.text());
      json.writeEndObject();
    }
    return line.append('\n').toString();
  }
}
