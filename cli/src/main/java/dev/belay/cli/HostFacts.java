package dev.belay.cli;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.HostProfile;
import dev.belay.core.fact.HostProfileFact;
import dev.belay.core.inventory.Host;
import dev.belay.core.run.ExitCode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells what kind of hosts these are: one question to each, in one round trip. */
final class HostFacts {

  private static final HostProfileFact FACT = new HostProfileFact();

  private HostFacts() {}

  static ExitCode run(Invocation options, Streams streams) {
    List<String> operands = options.operands();
    if (operands.size() != 1) {
      throw ComplaintException.usage(
          "belay facts takes one host pattern",
          "belay facts PATTERN -i HOSTS|FILE",
          operands.isEmpty() ? "no pattern" : String.join(" ", operands),
          "name hosts or a group, or write all");
    }
    Session session = Session.open(options, streams);
    List<Host> hosts = session.select(operands.get(0));
    ExitCode code = ExitCode.OK;
    for (HostAnswer answer : HostAnswer.all(session, hosts, FACT.question())) {
      if (!answer.isHere()) {
        code = ExitCode.UNREACHABLE;
        unreachable(answer, options, streams.out());
      } else if (!tell(answer, options, streams.out())) {
        code = code == ExitCode.OK ? ExitCode.FAILED : code;
      }
    }
    return code;
  }

  private static boolean tell(HostAnswer answer, Invocation options, PrintStream out) {
    try {
      byte[] said = answer.said().getBytes(StandardCharsets.UTF_8);
      HostProfile profile = FACT.parse(new Answer(0, said, ""));
      if (options.has(Flag.JSON)) {
        out.print(HostFactsJson.line(answer, profile));
      } else {
        text(answer, profile, out);
      }
      return true;
    } catch (FailedFactException | IllegalArgumentException | IndexOutOfBoundsException garbled) {
      String why = "it gave an answer that cannot be read";
      unreachable(
          new HostAnswer(answer.host(), "", why, "see whether id and uname work there", 0, 0),
          options,
          out);
      return false;
    }
  }

  private static void unreachable(HostAnswer answer, Invocation options, PrintStream out) {
    if (options.has(Flag.JSON)) {
      out.print(HostFactsJson.line(answer));
    } else {
      out.printf("%s UNREACHABLE%n  got     %s%n", answer.host(), answer.wrong());
      out.printf("  do      %s%n", answer.advice());
    }
  }

  private static void text(HostAnswer answer, HostProfile host, PrintStream out) {
    out.printf("%s  (asked as %s, %d ms)%n", answer.host(), host.user(), answer.millis());
    line(out, "os", host.os().pretty() + ", " + host.os().kernel() + ", " + host.os().machine());
    line(out, "hardware", hardware(host.hardware()));
    line(out, "init", host.init() + host.uptime().map(HostFacts::uptime).orElse(""));
    line(out, "packages", String.join(", ", host.packages()));
    line(
        out,
        "users",
        host.accounts().stream()
            .map(account -> account.name() + " (" + account.number() + ")")
            .collect(Collectors.joining(", ")));
    line(out, "security", String.join(", ", host.security()));
    line(out, "kube", kube(host.kube()));
    line(out, "programs", String.join(", ", host.programs()));
    line(
        out,
        "runs",
        host.runs()
            .map(runs -> runs == 0 ? "" : runs + " kept; belay runs " + answer.host())
            .orElse("not to be seen as " + host.user() + "; try -b"));
  }

  private static void line(PrintStream out, String word, String text) {
    if (!text.isBlank()) {
      out.printf("  %-10s%s%n", word, text);
    }
  }

  private static String hardware(HostProfile.Hardware hardware) {
    return hardware.processors().map(n -> n + (n == 1 ? " processor" : " processors")).orElse("?")
        + ", "
        + size(hardware.memory())
        + " of memory, disk "
        + size(hardware.disk())
        + ", "
        + size(hardware.free())
        + " free";
  }

  private static String size(Optional<Long> kib) {
    return kib.map(size -> String.format(Locale.ROOT, "%.1f GiB", size / 1024.0 / 1024.0))
        .orElse("?");
  }

  private static String uptime(long seconds) {
    return seconds >= 172_800
        ? ", up " + seconds / 86_400 + " days"
        : ", up " + seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  private static String kube(HostProfile.Kube kube) {
    if (kube.programs().isEmpty() && kube.version().isEmpty()) {
      return "";
    }
    String pods =
        kube.staticPods()
            .map(all -> all.isEmpty() ? "" : "; static pods: " + String.join(", ", all))
            .orElse("; static pods are not to be seen; try -b");
    return (kube.version().map(version -> version + ", ").orElse(""))
        + String.join(", ", kube.programs())
        + pods;
  }
}
