package dev.belay.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The functions of debian.sh against stand-ins for dpkg and apt; a Debian host has dash or bash.
 */
class DebianShellTest {

  /** Prints the lines of the file {@code packages}, which are as b_packages prints them. */
  private static final String DPKG_QUERY =
      """
      case $* in
        *binary:Package*) cat "$HOME/packages" ;;
        *) found=1
          while read -r state name version; do
            [ "$name" != "${5:-$4}" ] || { printf '%s :%s\\n' "$state" "$version"; found=0; }
          done <"$HOME/packages"
          exit $found ;;
      esac
      """;

  private static final String APT_CACHE =
      "while read -r name version; do printf '%s:\\n  Installed: (none)\\n  Candidate: %s\\n' "
          + "\"$name\" \"$version\"; done <\"$HOME/candidates\"";

  /** Installs what it is told to, or does as the file {@code misbehave} says. */
  private static final String APT_GET =
      """
      echo "$DEBIAN_FRONTEND $(umask) $*" >>"$HOME/did"
      [ ! -e "$HOME/misbehave" ] || . "$HOME/misbehave"
      case " $* " in
        *" update "*) [ ! -e "$HOME/after-update" ] || cp "$HOME/after-update" "$HOME/candidates" ;;
        *" install "*) echo "ii falco 0.40.0" >>"$HOME/packages" ;;
      esac
      """;

  @TempDir Path home;

  private HostShell shell(String name) throws IOException {
    put("packages", "ii coreutils 9.1\n");
    put("candidates", "falco 0.40.0\n");
    return new HostShell(name, home)
        .program("dpkg-query", DPKG_QUERY)
        .program("apt-cache", APT_CACHE)
        .program("apt-get", APT_GET)
        .program("dpkg", "echo \"$*\" >>\"$HOME/did\"");
  }

  private void put(String file, String text) throws IOException {
    Files.writeString(home.resolve(file), text);
  }

  @ParameterizedTest
  @CsvSource({
    "ii falco 0.40.0, 0.40.0",
    "hi falco 0.40.0, 0.40.0",
    "rc falco 0.40.0,",
    "iF falco 0.40.0,",
    "iU falco 0.40.0,",
    "iHR falco 0.40.0,",
    "un falco,",
  })
  void countsAPackageAsInstalledOnlyWhenItIsConfigured(String line, String version)
      throws IOException {
    for (String name : new String[] {"dash", "bash"}) {
      HostShell shell = shell(name);
      put("packages", line + "\n");
      HostShell.Result result = shell.run("b_package falco");
      PackageState state =
          new PackageFact("falco")
              .parse(
                  new Answer(
                      result.exit(), result.out().getBytes(StandardCharsets.UTF_8), result.err()));
      assertThat(state.installed()).isEqualTo(Optional.ofNullable(version));
      assertThat(state.candidate())
          .isEqualTo(version == null ? Optional.of("0.40.0") : Optional.empty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(none)", ""})
  void knowsNoCandidateThatAptDoesNotName(String version) throws IOException {
    HostShell shell = shell("dash");
    put("candidates", version.isEmpty() ? "" : "falco " + version + "\n");
    assertThat(shell.run("b_package falco").out()).startsWith("\n\n");
  }

  @Test
  void failsWhereThereIsNoDpkg() throws IOException {
    HostShell.Result result = shell("dash").run("command() { return 1; }\nb_package falco");
    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).isEqualTo("dpkg-query is not there\n");
  }

  /** Ages in hours of the stamp, the lists, lists/partial and the newest source. */
  @ParameterizedTest
  @CsvSource({
    "99, 1, 1, 50, fresh",
    "99, 50, 1, 60, fresh",
    "1, 50, 50, 60, fresh",
    "99, 25, 25, 60, stale",
    "99, 2, 2, 1, stale",
    "99, 2, 0, 1, stale",
  })
  void knowsListsThatAreOldOrOlderThanTheirSources(
      int stamp, int lists, int partial, int source, String expected) throws IOException {
    String times =
        """
        case $4 in
          *stamp) h=%d ;; */lists) h=%d ;; */partial) h=%d ;; */sources.list) h=%d ;; *) h=500 ;;
        esac
        echo $((1000000000 - h * 3600))
        """
            .formatted(stamp, lists, partial, source);
    HostShell shell = shell("dash").program("stat", times).program("date", "echo 1000000000");
    assertThat(shell.run("b_lists").out()).isEqualTo(expected + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void installsWithoutQuestionsAndKeepsTheListForTheUndo(String name) throws IOException {
    HostShell shell = shell(name);
    put("misbehave", "cmp -s \"$HOME/packages\" \"$B_DIR/packages.before\" || exit 9\n");
    assertThat(shell.run("umask 077; b_install keep 5 falco").exit()).isZero();
    assertThat(shell.file("did"))
        .startsWith("noninteractive 0022 ")
        .contains("Options::=--force-confold")
        .endsWith(" install --no-remove -- falco\n")
        .doesNotContain("update");
    assertThat(shell.file("entry/packages.after")).contains("ii falco 0.40.0\n");
  }

  @Test
  void refreshesWhenAPackageIsUnknown() throws IOException {
    HostShell shell = shell("dash");
    put("candidates", "");
    put("after-update", "falco 0.40.0\n");
    assertThat(shell.program("touch", "").run("b_install keep 5 falco").exit()).isZero();
    assertThat(
            shell.file("did").lines().map(line -> line.replaceAll(".* (update|install).*", "$1")))
        .containsExactly("update", "install");
  }

  @Test
  void namesPackagesThatNoRepositoryHas() throws IOException {
    HostShell.Result result =
        shell("dash").program("touch", "").run("b_install refresh 5 falco nosuch");
    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).isEqualTo("no repository of this host has nosuch\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iF", "iU", "iHR"})
  void refusesWhereDpkgWasInterrupted(String state) throws IOException {
    HostShell shell = shell("dash");
    put("packages", state + " other 1\nit fine 1\n");
    HostShell.Result result = shell.run("b_install keep 5 falco");
    assertThat(result.exit()).isNotZero();
    assertThat(result.err())
        .isEqualTo(
            "dpkg was interrupted earlier and left half done: other;"
                + " run `dpkg --configure -a` on the host first\n");
    assertThat(home.resolve("did")).doesNotExist();
  }

  @Test
  void saysWhatAptSaid() throws IOException {
    HostShell shell = shell("dash");
    put(
        "misbehave",
        "echo Reading package lists...; echo the port is taken; "
            + "echo 'E: Sub-process failed' >&2; exit 100\n");
    HostShell.Result result = shell.run("b_install keep 5 falco");
    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).isEqualTo("E: Sub-process failed\nthe port is taken\n");
  }

  @Test
  void waitsForALockUntilItIsFree() throws IOException {
    HostShell shell = shell("dash");
    put(
        "misbehave",
        "[ -e \"$HOME/tried\" ] || { : >\"$HOME/tried\"; echo 'E: Could not get lock"
            + " /var/lib/dpkg/lock-frontend. It is held by process 12 (apt)'; exit 100; }\n");
    assertThat(shell.run("b_install keep 20 falco").exit()).isZero();
  }

  @Test
  void namesTheHolderOfALockThatIsNotGivenBack() throws IOException {
    Path lock = home.resolve("lock");
    HostShell shell = shell("dash");
    put("misbehave", "echo 'E: Could not get lock " + lock + " - open (11: busy)'; exit 100\n");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      HostShell.Result result = shell.run("b_install keep 0 falco");
      assertThat(held.isValid()).isTrue();
      assertThat(result.exit()).isNotZero();
      assertThat(result.err())
          .startsWith(lock + " is locked by process " + ProcessHandle.current().pid() + " (")
          .contains("java");
    }
  }

  @Test
  void takesAptsWordForTheHolderWhereTheKernelDoesNotSay() throws IOException {
    HostShell shell = shell("dash");
    put(
        "misbehave",
        "echo 'E: Could not get lock /nowhere/lock. It is held by process 12 (unattended-upgr)';"
            + " exit 100\n");
    assertThat(shell.run("b_install keep 0 falco").err())
        .isEqualTo("/nowhere/lock is locked by process 12 (unattended-upgr)\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void purgesWhatCameAndNothingElse(String name) throws IOException {
    HostShell shell = shell(name);
    put("entry/packages.before", "ii a 1\nii b 1\nrc c 1\nii keep 1\n");
    put("entry/packages.after", "ii a 1\nii b 2\nii c 1\nii falco 1\nii gone 1\nii keep 1\n");
    put("packages", "ii a 1\nii b 2\nii c 1\nii falco 1\nii keep 1\nii later 1\n");
    HostShell.Result result = shell.run("b_uninstall 5");
    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEqualTo("b was upgraded from 1 to 2 and stays so\n");
    assertThat(shell.file("did"))
        .isEqualTo(
            """
            --no-act --force-remove-reinstreq --remove c falco
            --force-remove-reinstreq --remove c falco
            --no-act --force-remove-reinstreq --purge falco
            --force-remove-reinstreq --purge falco
            """);
  }

  @Test
  void purgesWhatAnInterruptedInstallLeft() throws IOException {
    HostShell shell = shell("dash");
    put("entry/packages.before", "ii a 1\n");
    put("packages", "ii a 1\niHR dep 1\niF falco 1\n");
    assertThat(shell.run("b_uninstall 5").exit()).isZero();
    assertThat(shell.file("did")).endsWith("--force-remove-reinstreq --purge dep falco\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void purgesWhatAFirstAttemptBroughtThoughASecondOneBroughtTheRest(String name)
      throws IOException {
    HostShell shell = shell(name);
    put("candidates", "falco 0.40.0\ndep 1\n");
    put(
        "misbehave",
        "[ -e \"$HOME/tried\" ] || { : >\"$HOME/tried\"; echo 'ii dep 1' >>\"$HOME/packages\";"
            + " echo 'E: a script of falco failed'; exit 100; }\n");
    HostShell.Result twice =
        shell.run(
            """
            b_install keep 5 dep falco && exit 9
            cp "$HOME/packages" "$HOME/between"
            b_install keep 5 dep falco || exit 8
            b_uninstall 5
            """);
    assertThat(twice.exit()).as(twice.err()).isZero();
    assertThat(shell.file("between")).contains("ii dep 1").doesNotContain("falco");
    assertThat(shell.file("did"))
        .contains("\n--force-remove-reinstreq --remove dep falco\n")
        .endsWith("\n--force-remove-reinstreq --purge dep falco\n");
  }

  @Test
  void hasNothingToUndoWhereNothingWasBegun() throws IOException {
    assertThat(shell("dash").run("b_uninstall 5").exit()).isZero();
    assertThat(home.resolve("did")).doesNotExist();
  }

  @Test
  void leavesAllWhenAnotherPackageNeedsOneOfThem() throws IOException {
    HostShell shell = shell("dash");
    shell.program(
        "dpkg",
        "echo \"$*\" >>\"$HOME/did\"; echo 'dpkg: error processing package falco (--remove):';"
            + " echo ' other depends on falco.'; exit 1");
    put("entry/packages.before", "ii a 1\n");
    put("packages", "ii a 1\nii falco 1\nii other 1\n");
    put("entry/packages.after", "ii a 1\nii falco 1\n");
    HostShell.Result result = shell.run("b_uninstall 5");
    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).contains("other depends on falco");
    assertThat(shell.file("did")).isEqualTo("--no-act --force-remove-reinstreq --remove falco\n");
  }
}
