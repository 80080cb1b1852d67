package dev.belay.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.DebFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.remote.RemotePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** b_deb with the real dpkg-deb and a package made here; apt-get is a stand-in. */
class DebShellTest {

  private static final String BUILD =
      """
      p=$HOME/p; mkdir -p $p/DEBIAN $p/etc/falco/config.d $p/usr/bin $p/lib/x
      printf 'Package: falco\\nVersion: 1\\nArchitecture: all\\nMaintainer: t <t@example.org>\\n' >$p/DEBIAN/control
      printf 'Description: test\\n' >>$p/DEBIAN/control
      printf 'a\\000b\\nno newline' >$p/etc/falco/falco.yaml; printf "odd" >"$p/etc/falco/a 'b"
      echo tool >$p/usr/bin/falco; echo lib >$p/lib/x/y; ln -s falco.yaml $p/etc/falco/link
      chmod -R go+rX $p; chmod 600 $p/etc/falco/falco.yaml; chmod 4755 $p/usr/bin/falco; chmod 750 $p/etc/falco/config.d
      dpkg-deb -b --root-owner-group $p $HOME/falco.deb >/dev/null
      """;

  private static final String APT_GET =
      """
      [ ! -e "$HOME/says" ] || { cat "$HOME/says" >&2; exit 100; }
      case " $* " in
        *--print-uris*) echo "'http://h/pool/falco.deb' falco_1_all.deb $(stat -c %s "$HOME/falco.deb") SHA256:00" ;;
        *) cp "$HOME/falco.deb" ./falco_1_all.deb; pwd >"$HOME/where" ;;
      esac
      """;

  @TempDir Path home;

  @BeforeEach
  void needsDpkg() {
    assumeThat(Files.exists(Path.of("/usr/bin/dpkg-deb"))).isTrue();
  }

  private Answer ask(String name, DebFact fact) {
    HostShell shell = new HostShell(name, home).program("apt-get", APT_GET);
    assertThat(new HostShell("dash", home).run("umask 022\n" + BUILD).exit()).isZero();
    HostShell.Result result = shell.run("umask 077; " + fact.question());
    return new Answer(
        result.exit(), result.out().getBytes(StandardCharsets.UTF_8), result.err().strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void readsWhatThePackageHoldsAndKeepsNothing(String name) throws IOException {
    List<RemotePath> paths =
        Stream.of(
                "/etc/falco",
                "/etc/falco/a 'b",
                "/etc/falco/config.d",
                "/etc/falco/falco.yaml",
                "/etc/falco/link",
                "/nowhere",
                "/bin/falco",
                "/usr/lib/x/y",
                "/usr/lib/x/y/z")
            .map(RemotePath::of)
            .toList();
    DebFact fact = new DebFact("falco", paths);
    Map<RemotePath, FileState> found = fact.parse(ask(name, fact));
    assertThat(found.values())
        .extracting(FileState::signature)
        .containsExactlyInAnyOrder(
            "f 4755 root root " + sha("tool\n"),
            "d 755 root root",
            "f 644 root root " + sha("odd"),
            "d 750 root root",
            "f 600 root root " + sha("a\0b\nno newline"),
            "f 644 root root " + sha("lib\n"));
    assertThat(found.get(RemotePath.of("/etc/falco/falco.yaml")).signature()).startsWith("f 600");
    assertThat(Path.of(Files.readString(home.resolve("where")).strip())).doesNotExist();
  }

  private static String sha(String text) {
    return dev.belay.core.remote.Content.of(text).sha256();
  }

  @Test
  void saysWhyItCannotBeRead() throws IOException {
    Files.writeString(
        home.resolve("says"), "W: x\nE: Failed to fetch http://h/ Could not resolve 'h'\nE: y\n");
    DebFact fact = new DebFact("falco", List.of(RemotePath.of("/etc")));
    assertThatThrownBy(() -> fact.parse(ask("dash", fact)))
        .isInstanceOf(UnknownFactException.class)
        .hasMessageEndingWith("(Failed to fetch http://h/ Could not resolve 'h')");
  }

  @Test
  void looksIntoNoLargePackage() {
    HostShell shell = new HostShell("dash", home).program("apt-get", APT_GET);
    HostShell.Result result = shell.run("umask 022\n" + BUILD + "b_deb falco 10 /etc");
    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).contains("more than the 10 that are downloaded");
    assertThat(home.resolve("where")).doesNotExist();
  }

  @Test
  void saysThatAPackageIsBroken() {
    HostShell shell = new HostShell("dash", home).program("apt-get", APT_GET);
    HostShell.Result result = shell.run("echo junk >$HOME/falco.deb; b_deb falco 1000 /etc");
    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).contains("dpkg-deb: error");
  }
}
