package dev.belay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.host.EmbeddedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets of every source, in every use, through whole runs of the real command: none of them may
 * be found afterwards, in whatever form, but in the very files that were to hold them.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class PlantedSecretsTest {

  private static final Path SAMPLES = Path.of("src/test/resources/secrets").toAbsolutePath();
  private static final String ENV = "pl4nted in env's \"quotes\" & <angle>%/+ö";
  private static final String KEY =
      "-----BEGIN TEST KEY-----\npl4nted+line/one+of+a+key==\npl4nted+line/two+of+a+key==\n"
          + "-----END TEST KEY-----\n";
  private static final String COMMAND = "pl4nted-by-a-command-7Qx";
  private static final String AGE = "pl4nted-by-age-$HOME`id`";
  private static final String VAULT = "pl4nted-by-vault: {x}";

  /** What a rollback replaced is kept by its own journal, as by that of every run. */
  private static final String REPLACED = "/var/lib/belay/[^/]*/\\d*/path.\\d/(copy|before)";

  private static final String VARIABLE = "pl4nted-in-a-variable=1";
  private static final String BECOME = "pl4nted-become-p'ss";

  @TempDir Path directory;
  private final PlantedForms planted =
      new PlantedForms()
          .plant("env", ENV)
          .plant("key", KEY)
          .plant("command", COMMAND)
          .plant("age", AGE)
          .plant("vault", VAULT)
          .plant("variable", VARIABLE)
          .plant("become", BECOME);

  private EmbeddedHost host;
  private Path ours;
  private Path theirs;
  private int runs;

  @BeforeEach
  void prepare() throws IOException {
    host = EmbeddedHost.start(EmbeddedHost.Options.plain());
    ours = Files.createDirectory(directory.resolve("ours"));
    theirs = Files.createDirectory(directory.resolve("kept"));
    Files.createDirectory(ours.resolve("tmp"));
    Files.createDirectories(ours.resolve("inventory/group_vars"));
    Files.writeString(theirs.resolve("key"), KEY);
    Files.writeString(theirs.resolve("command"), COMMAND + "\n");
    Files.copy(SAMPLES.resolve("Planted.java"), ours.resolve("Planted.java"));
    Files.copy(SAMPLES.resolve("group_vars.yaml"), ours.resolve("inventory/group_vars/all.yaml"));
    Files.writeString(
        ours.resolve("inventory/hosts.yaml"),
        "all:\n  hosts:\n    cp1: {ansible_host: 127.0.0.1, ansible_port: %d, ansible_user: root}%n"
            .formatted(host.port()));
    // Asks as sudo does, and lets nobody in without the password.
    host.run(
        "cat >/usr/bin/sudo.new <<'E'\n"
            + "#!/bin/sh\n"
            + "while [ $# -gt 0 ]; do case $1 in -S) ;; -p) prompt=$2; shift ;; -u) shift ;;"
            + " --) shift; break ;; esac; shift; done\n"
            + "printf %s \"$prompt\" >&2; IFS= read -r word\n"
            + "[ \"$(printf %s \"$word\" | cksum)\" = '"
            + host.run("printf %s " + dev.belay.core.remote.Sh.quote(BECOME) + " | cksum").strip()
            + "' ] || { echo 'Sorry, try again.' >&2; exit 1; }\n"
            + "exec \"$@\"\nE\n"
            + "rm -f /usr/bin/sudo; chmod 755 /usr/bin/sudo.new; mv /usr/bin/sudo.new /usr/bin/sudo\n"
            + "mkdir -p /opt/snap; touch /opt/begin; sleep 1");
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void staysInTheFilesThatWereToHoldIt() throws Exception {
    assertThat(
            belay("fails", "check", "-D", "-v", "--junit", "check.xml", "--report", "check.html"))
        .isZero();
    assertThat(said()).contains("would change", "(secret content changes)");
    assertThat(belay("fails", "check", "--json", "-D", "-v")).isZero();
    assertThat(belay("fails", "check", "--list-tasks")).as(said()).isZero();
    belay("fails", "lint", "-v");
    assertThat(said()).contains("Planted for ********: ");
    assertThat(belay("ok", "check", "--out", "plan.json", "-J"))
        .as("-J without a terminal")
        .isNotZero();
    assertThat(
            belay(
                "fails",
                "apply",
                "-y",
                "-D",
                "-v",
                "--junit",
                "fails.xml",
                "--report",
                "fails.html",
                "--log",
                "fails.log",
                "--annotations",
                "github",
                "--slowest",
                "9"))
        .isEqualTo(1);
    assertThat(said()).contains("exit 3", "********");
    assertThat(host.run("cat /opt/app/pin /opt/app/key")).isEqualTo(COMMAND + KEY);
    assertThat(host.run("cat /opt/app/variable")).isEqualTo("token=" + VARIABLE + "\n");
    assertThat(host.run("stat -c %a /opt/app/key /opt/app/config")).isEqualTo("600\n600\n");
    assertThat(host.run("cat /opt/snap/cmdlines")).contains("sh ");
    assertThat(host.run("find /opt/snap/jobs /opt/snap/journal -type f | wc -l").strip())
        .isNotEqualTo("0");
    nothingLeaked(
        "/opt/app/key", "/opt/app/pin", "/opt/app/variable", "/opt/app/config", "/opt/app/guarded");
    assertThat(belay("ok", "rollback", "cp1", "-y", "-D", "-v", "--json", "-b"))
        .as(said())
        .isZero();
    assertThat(host.run("ls -A /opt")).isEqualTo("begin\nsnap\n");
    nothingLeaked(REPLACED);

    host.run("rm -rf /var/lib/belay /opt/snap/*");
    assertThat(belay("ok", "check", "--out", "plan.json")).as(said()).isZero();
    assertThat(belay("ok", "apply", "plan.json", "-v", "-D", "--junit", "plan.xml"))
        .as(said())
        .isZero();
    assertThat(host.run("ls -A /opt/app")).contains("last");
    nothingLeaked(
        "/opt/app/key", "/opt/app/pin", "/opt/app/variable", "/opt/app/config", "/opt/app/guarded");
  }

  @Test
  void leaksNothingWhereTheHostUndoesAGuardedBlock() throws Exception {
    assertThat(belay("unhealthy", "apply", "-y", "-D", "-v", "--json", "--report", "back.html"))
        .as(said())
        .isEqualTo(3);
    assertThat(said()).contains("rolled_back");
    nothingLeaked("/opt/app/key", "/opt/app/pin", "/opt/app/variable", "/opt/app/config");
  }

  @Test
  void keepsOnlyTheOldSecretOfAFileInTheJournal() throws Exception {
    assertThat(belay("ok", "apply", "-y")).as(said()).isZero();
    host.run("rm -rf /opt/snap/*; printf edited >/opt/app/pin");
    String old = COMMAND.replace("7Qx", "8Ry");
    Files.writeString(theirs.resolve("command"), old + "\n");
    planted.plant("the new one", old);
    assertThat(belay("ok", "apply", "-y", "-D", "-v", "--junit", "two.xml")).as(said()).isZero();
    assertThat(said()).doesNotContain("edited");
    nothingLeaked(
        "/opt/app/key", "/opt/app/pin", "/opt/app/variable", "/opt/app/config", "/opt/app/guarded");
    assertThat(host.run("stat -c %a /var/lib/belay /var/lib/belay/2*")).matches("(700\n)+");
    assertThat(host.run("cat /var/lib/belay/2*/*/path.*/copy")).contains("edited");
    assertThat(belay("ok", "rollback", "cp1", "-y", "-D", "-v", "-b")).as(said()).isZero();
    assertThat(host.run("cat /opt/app/pin")).isEqualTo("edited");
    nothingLeaked(
        "/opt/app/key", "/opt/app/variable", "/opt/app/config", "/opt/app/guarded", REPLACED);
  }

  @Test
  void rollbackThatIsGivenThePlaybookHidesItsSecretsInWhatProgramsPrint() throws Exception {
    assertThat(belay("loud", "apply", "-y")).as(said()).isZero();
    String file = ours.resolve("Planted.java").toString();
    assertThat(belay("loud", "rollback", file, "cp1", "-y", "-D", "-v", "-b")).isEqualTo(1);
    assertThat(said()).contains("ROLLBACK INCOMPLETE", "/opt/app/last': ********");
    nothingLeaked(REPLACED);
  }

  @Test
  void refusesASecretWherePsOrTheHostsDiskWouldShowIt() throws Exception {
    assertThat(belay("argument", "check", "-v")).isEqualTo(64);
    assertThat(said()).contains("argument 1 of mysql holds a secret", "\tat ");
    assertThat(belay("condition", "check", "-v")).isEqualTo(64);
    assertThat(said()).contains("holds a secret");
    nothingLeaked();
  }

  /** A terminal of util-linux; what is typed comes once, though it is needed twice. */
  @Test
  void asksOnceAndShowsNothingOfTheAnswer() throws Exception {
    List<String> line = line("check", "-v");
    String words = String.join(" ", line.stream().map(dev.belay.core.remote.Sh::quote).toList());
    ProcessBuilder builder = new ProcessBuilder("script", "-qec", words, "/dev/null");
    Path out = ours.resolve("terminal");
    environment(builder, "prompt").redirectErrorStream(true).redirectOutput(out.toFile());
    Process process = builder.start();
    planted.plant("prompt", "pl4nted-at-the-prompt");
    try {
      await(process, out, "Password of the app: ");
      process.getOutputStream().write("pl4nted-at-the-prompt\n".getBytes(UTF_8));
      process.getOutputStream().flush();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(out))
        .containsOnlyOnce("Password of the app: ")
        .contains("typed ********, and once more ********", "\tat ");
    nothingLeaked();
  }

  private static void await(Process process, Path file, String text) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!Files.readString(file).contains(text)) {
      assertThat(process.isAlive()).as(Files.readString(file)).isTrue();
      assertThat(System.nanoTime()).as(text).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  private List<String> line(String... words) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + ours.resolve("tmp"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.belay.cli.Main"));
    line.addAll(List.of(words));
    boolean plan = List.of(words).contains("plan.json") && words[0].equals("apply");
    if (!words[0].equals("rollback") && !plan) {
      line.add(ours.resolve("Planted.java").toString());
    }
    if (!plan) {
      line.addAll(List.of("-i", ours.resolve("inventory").toString()));
      line.addAll(List.of("--vault-password-file", SAMPLES.resolve("vault-password").toString()));
    }
    if (!plan && !words[0].equals("lint")) {
      line.addAll(List.of("--private-key", host.privateKeyFile().toString()));
      line.addAll(List.of("--known-hosts", host.knownHostsFile().toString()));
      line.addAll(List.of("--ssh-config", "none"));
    }
    return line;
  }

  private ProcessBuilder environment(ProcessBuilder builder, String what) {
    builder.directory(ours.toFile());
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HOME", ours.toString());
    environment.put("TMPDIR", ours.resolve("tmp").toString());
    environment.put("XDG_CACHE_HOME", ours.resolve("cache").toString());
    environment.put("XDG_STATE_HOME", ours.resolve("state").toString());
    environment.put("SAMPLES", SAMPLES.toString());
    environment.put("PLANTED_CASE", what);
    environment.put("PLANTED_ENV", ENV);
    environment.put("KEY_FILE", theirs.resolve("key").toString());
    environment.put("COMMAND_FILE", theirs.resolve("command").toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("ANSIBLE_VAULT"));
    builder.environment().putAll(environment);
    return builder;
  }

  private int belay(String what, String... words) throws Exception {
    runs++;
    ProcessBuilder builder = environment(new ProcessBuilder(line(words)), what);
    builder.redirectOutput(ours.resolve("out" + runs).toFile());
    builder.redirectError(ours.resolve("err" + runs).toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(100, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("no end: " + said());
    }
    return process.exitValue();
  }

  private String said() throws IOException {
    return Files.readString(ours.resolve("out" + runs))
        + Files.readString(ours.resolve("err" + runs));
  }

  /** Searches every file of ours and every file of the host that is younger than the test. */
  private void nothingLeaked(String... targets) throws IOException {
    Map<String, List<String>> found = new LinkedHashMap<>();
    int searched = 0;
    try (Stream<Path> files = Files.walk(ours)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        note(found, "ours: " + ours.relativize(file), Files.readAllBytes(file));
        searched++;
      }
    }
    assertThat(searched).isGreaterThanOrEqualTo(5);
    String list =
        "find / \\( -path /proc -o -path /sys -o -path /dev \\) -prune -o"
            + " -type f -cnewer /opt/begin -print";
    for (String path : host.run(list).lines().toList()) {
      if (Stream.of(targets).noneMatch(path::matches)) {
        note(
            found, "the host: " + path, Files.readAllBytes(host.root().resolve(path.substring(1))));
      }
      note(found, "a path of the host", path.getBytes(UTF_8));
    }
    for (String target : Stream.of(targets).filter(name -> !name.equals(REPLACED)).toList()) {
      assertThat(planted.in(Files.readAllBytes(host.root().resolve(target.substring(1)))))
          .as("the search finds what is there: " + target)
          .isNotEmpty();
    }
    assertThat(found).as("found of %d forms", planted.count()).isEmpty();
  }

  private void note(Map<String, List<String>> found, String where, byte[] bytes) {
    List<String> forms = planted.in(bytes);
    if (!forms.isEmpty()) {
      found.put(where, forms);
    }
  }
}
