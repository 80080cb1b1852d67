package dev.belay.cli;

import dev.belay.core.plan.Problem;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.Sh;
import dev.belay.core.run.ExitCode;
import dev.belay.testkit.host.EmbeddedHost;
import dev.belay.testkit.host.HostUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows check, apply, check again and a rollback on a throwaway host inside this JVM, over SSH, by
 * the same way that any other command takes.
 */
final class Demo {

  /**
   * One thing that is shown.
   *
   * @param title what it is about
   * @param says what will be seen and why
   * @param playbook what is run
   * @param fileName of the playbook, as a user would type it
   * @param words verb and options as a user would type them
   * @param wanted how it has to end
   */
  record Act(
      String title,
      List<String> says,
      Playbook playbook,
      String fileName,
      List<String> words,
      ExitCode wanted) {}

  private final Streams streams;
  private final EmbeddedHost host;
  private final DemoPlaybooks playbooks;
  private final String color;
  private Path inventory;

  private Demo(Streams streams, EmbeddedHost host, DemoPlaybooks playbooks, String color) {
    this.streams = streams;
    this.host = host;
    this.playbooks = playbooks;
    this.color = color;
  }

  /**
   * Plays all acts.
   *
   * @return OK when each ended as it should, else FAILED, and which one did not was printed
   * @throws ComplaintException with exit code 5 when the system forbids such a host
   */
  static ExitCode run(Invocation options, Streams streams, DemoPlaybooks playbooks) {
    long begin = System.nanoTime();
    try (EmbeddedHost host = EmbeddedHost.start(playbooks.host())) {
      Demo demo = new Demo(streams, host, playbooks, options.color());
      demo.introduce();
      boolean well = demo.play();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      demo.conclude(well, took);
      return well ? ExitCode.OK : ExitCode.FAILED;
    } catch (HostUnavailableException forbidden) {
      throw unavailable(forbidden.getMessage(), forbidden);
    } catch (IOException broken) {
      throw unavailable(broken.toString(), broken);
    }
  }

  private static ComplaintException unavailable(String why, Exception cause) {
    return ComplaintException.refused(
        "the demo's host cannot run on this machine",
        new Problem(
            "a private tree of this machine for the stand-in host, in Linux namespaces",
            why,
            "nothing was changed anywhere",
            "follow the advice above, run the demo as root in a virtual machine, or begin with"
                + " belay check FILE.java against a host of your own"),
        cause);
  }

  private void introduce() throws IOException {
    say(
        "This is a demo. It has started a throwaway host, cp1, inside this program: a real SSH",
        "server on 127.0.0.1:"
            + host.port()
            + ", this machine's real shell, coreutils, dpkg and"
            + " apt",
        "in a private copy of the file system, and STAND-INS for Kubernetes, Falco and systemd.",
        "This machine itself is not changed, and the host is gone when the demo ends.");
    inventory = Files.createTempFile("belay-demo-", ".yaml");
    inventory.toFile().deleteOnExit();
    Files.writeString(
        inventory,
        """
        all:
          hosts:
            cp1:
              ansible_host: 127.0.0.1
              ansible_port: %d
              ansible_user: %s
              ansible_ssh_private_key_file: %s
        """
            .formatted(host.port(), host.user(), host.privateKeyFile()),
        StandardCharsets.UTF_8);
  }

  private boolean play() {
    List<Act> acts = acts();
    for (int i = 0; i < acts.size(); i++) {
      boolean last = i == acts.size() - 1;
      String before = last ? digest() : "";
      if (!went(i + 1, acts.size(), acts.get(i))) {
        return false;
      }
      if (last && !proven(before, digest())) {
        return false;
      }
    }
    return true;
  }

  private List<Act> acts() {
    String good = playbooks.fileName();
    return List.of(
        new Act(
            "check: what would happen",
            List.of("Nothing is written. Each task says what it would change, to the byte."),
            playbooks.wanted(),
            good,
            List.of("check", "--diff", "--detailed-exitcode"),
            ExitCode.PENDING),
        new Act(
            "apply: make it so",
            List.of(
                "The same changes are made, each noted on the host with its undo beforehand.",
                "The API server (a stand-in) has to come back with the new flags and be healthy."),
            playbooks.wanted(),
            good,
            List.of("apply", "-y"),
            ExitCode.OK),
        new Act(
            "check again: nothing to change",
            List.of(
                "A playbook says how a host is to be; it is so now, and nothing is left to do."),
            playbooks.wanted(),
            good,
            List.of("check", "--detailed-exitcode"),
            ExitCode.OK),
        new Act(
            "apply a mistake: it is undone",
            playbooks.mistakeSays(),
            playbooks.mistaken(),
            playbooks.mistakenFileName(),
            List.of("apply", "-y", "--diff"),
            ExitCode.ROLLED_BACK));
  }

  private boolean went(int number, int of, Act act) {
    say("", "── ACT " + number + " of " + of + " · " + act.title() + " " + "─".repeat(30));
    say(act.says().toArray(new String[0]));
    say("", "$ belay " + act.words().get(0) + " " + act.fileName() + " -i cp1.yaml" + rest(act));
    int code = Belay.execute(arguments(act), act.playbook(), streams);
    if (code == act.wanted().code()) {
      say("→ exit code " + code + ", as it should be");
      return true;
    }
    say(
        "",
        "ACT "
            + number
            + " did not go as it should: exit code "
            + code
            + " in place of "
            + act.wanted().code()
            + ". This is a mistake in Belay, or something on this machine"
            + " that it does not expect.");
    return false;
  }

  private static String rest(Act act) {
    List<String> options = act.words().subList(1, act.words().size());
    return options.isEmpty() ? "" : " " + String.join(" ", options);
  }

  private String[] arguments(Act act) {
    List<String> words = new ArrayList<>(act.words());
    words.addAll(List.of("-i", inventory.toString()));
    words.addAll(List.of("--known-hosts", host.knownHostsFile().toString()));
    words.addAll(List.of("--color", color));
    return words.toArray(new String[0]);
  }

  private String digest() {
    return host.run("sha256sum " + Sh.quote(playbooks.proof())).strip();
  }

  private boolean proven(String before, String after) {
    say("", "Proof: the SHA-256 of the file that act 4 had changed, before and after it:");
    say("  before  " + before, "  after   " + after);
    if (before.equals(after)) {
      say("The file is back, byte for byte.");
      return true;
    }
    say("", "ACT 4 did not go as it should: the file is not what it was before.");
    return false;
  }

  private void conclude(boolean well, Duration took) {
    if (well) {
      say("", "All four acts went as they should, in " + took.toSeconds() + " s.");
      say(
          "Next, with your hosts in it: ./belay check examples/ControlPlaneAudit.java -i examples/inventory.yaml -D");
    }
  }

  private void say(String... lines) {
    for (String line : lines) {
      streams.out().println(line);
    }
    streams.out().flush();
  }
}
