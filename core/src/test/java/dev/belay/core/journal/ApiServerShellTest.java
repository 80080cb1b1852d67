package dev.belay.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of apiserver.sh, in each shell that a host may have. */
class ApiServerShellTest {

  /** A host on which process 11 of pod aa runs; $HOME/ps and $HOME/pod say otherwise. */
  private static final String SETTING =
      """
      export B_NOTE=$HOME/note B_WITHIN=0; mkdir -p $HOME/note; cd $HOME
      [ -f ps ] || echo '11 100' >ps
      [ -f pod ] || echo aa >pod
      [ -f logs ] || echo /l/aa/0.log >logs
      b_process() { cat $HOME/ps; }
      b_pod_hash() { B_HASH=$(cat $HOME/pod); }
      b_count_logs() {
        for B_F in $(cat $HOME/logs); do
          case "$B_L$B_SEEN" in *"$B_L$B_F$B_L"*) continue ;; esac
          B_SEEN=$B_SEEN$B_F$B_L B_STARTS=$((B_STARTS + 1))
        done
      }
      b_readyz() { [ ! -f $HOME/down ] || { echo 'etcd failed'; return 1; }; }
      b_fits() {
        case "$B_L$B_NOT$B_L" in *"$B_L$1$B_L"*) B_WHY="still the old process ${1% *}"; return 1 ;; esac
        shift; B_ARGS=$(cat $HOME/args)
        for B_FLAG in "$@"; do b_has_flag "$B_ARGS" "$B_FLAG" || { B_WHY="runs without $B_FLAG"; return 1; }; done
      }
      manifest() {
        { printf 'spec:\\n  containers:\\n  - name: kube-apiserver\\n    command:\\n    - kube-apiserver\\n'
          for f in "$@"; do printf '    - %s\\n' "$f"; done; } >m.yaml
        printf '%s\\n' kube-apiserver "$@" >args
      }
      await() { b_await_pod kube-apiserver $HOME/m.yaml 1 "$@" '' ''; }
      manifest --a=1
      b_note_pod kube-apiserver $HOME/m.yaml
      """;

  @TempDir Path home;

  private HostShell.Result run(String shell, String script) {
    return new HostShell(shell, home)
        .run(
            "rm -rf $HOME/w; mkdir $HOME/w; HOME=$HOME/w\n"
                + HealthShellTest.CLOCK
                + SETTING
                + script);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void acceptsTheSameProcessOfTheSameManifest(String shell) {
    assertThat(run(shell, "B_WITHIN=9; await").exit()).isZero();
    assertThat(run(shell, "B_WITHIN=9; echo '# said' >>m.yaml; await").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void acceptsANewProcessOfANewPodForANewManifest(String shell) {
    var script = "B_WITHIN=9; manifest --a=2 --b='*'; echo '12 200' >ps; echo bb >pod; await";

    assertThat(run(shell, script).exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void acceptsThePodOfAProcessThatWasAboutToEndBefore(String shell) {
    var script =
        """
        b_listens() { [ "$1" != 10 ]; }
        b_pod_hash() { case $2 in 10 | 12) B_HASH=cc ;; *) B_HASH=aa ;; esac; }
        printf '10 90\n11 100\n' >ps; b_note_pod kube-apiserver $HOME/m.yaml
        B_WITHIN=9; manifest --a=2; echo '12 200' >ps; await
        """;

    assertThat(run(shell, script).err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'manifest --a=2; echo bb >pod', 'still the old process 11: the kubelet has not taken up the changed manifest'",
    "'manifest --a=2; echo 12 200 >ps', 'process 12 still belongs to the old pod aa'",
    "'manifest --a=2; echo 12 200 >ps; echo bb >pod; echo --a=1 >args', 'runs without --a=2'",
    "'manifest --a=2; echo 12 200 >ps; echo bb >pod; : >down', 'process 12 is not ready: etcd failed'",
    "'echo 12 200 >ps', 'kube-apiserver was started again as process 12, although its manifest is as before'",
    "': >ps', 'kube-apiserver has ended, although its manifest is as before'",
    "'rm m.yaml', 'there is no manifest HOME/m.yaml'",
    "'manifest --a=2; : >ps; echo /l/bb/0.log /l/bb/1.log /l/bb/2.log >>logs; B_WITHIN=20', 'kube-apiserver ends whenever it is started; started 3 times so far'",
    "'command() { return 1; }', 'kube-apiserver cannot be asked whether it is ready: the host has no kubectl, curl or wget'",
  })
  void saysWhatIsWrong(String what, String said) {
    for (String shell : new String[] {"dash", "bash", "busybox ash"}) {
      var result = run(shell, what + "; await");

      assertThat(result.exit()).as(shell).isEqualTo(1);
      assertThat(result.err()).as(shell).isEqualTo(said.replace("HOME", home + "/w") + "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void isNotStableWhileContainersAreStarted(String shell) {
    var result = run(shell, "b_readyz() { echo /l/$CLOCK >>$HOME/logs; }; B_WITHIN=3; await");

    assertThat(result.err()).isEqualTo("all was well, but not for 1 s yet\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void acceptsAnyProcessWithItsFlagsWhereNothingWasNoted(String shell) {
    assertThat(run(shell, "rm -r note; echo '12 200' >ps; B_WITHIN=9; await").exit()).isZero();
    assertThat(run(shell, "rm -r note; unset B_NOTE; B_WITHIN=9; await").exit()).isZero();
    assertThat(run(shell, "rm -r note; echo --x >args; await").err())
        .isEqualTo("runs without --a=1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void waitsForTheOldPodAfterAnUndo(String shell) {
    String again = "; echo '13 300' >ps; b_await_pod_again kube-apiserver $HOME/m.yaml 1";

    assertThat(run(shell, "B_WITHIN=9" + again).exit()).isZero();
    assertThat(run(shell, "echo bb >pod" + again).err())
        .isEqualTo("process 13 belongs to pod bb, not to the one before, aa\n");
    assertThat(run(shell, "B_WITHIN=9; echo bb >pod; manifest --c=1" + again).exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void waitsForAnAuditEventWithTheMark(String shell) {
    String audited =
        "manifest --audit-log-path=$HOME/audit.log; B_ONE=\"$$ 100\" B_URI='/x/belay-@?y' B_VERB=get\n"
            + "B_URL=u B_NOW=5 B_LEFT=9 B_TRY=0 B_PROVEN= B_WHY=; tr() { cat $HOME/args; }; b_administers() { :; }\n"
            + "b_event_file() { B_EVENTS=$2; }; printf '{\"old\":\"belay-5\"}\\n{half' >audit.log\n";
    String sent = "timeout() { for u in \"$@\"; do :; done; %s; }\n";
    String look = "b_audited; echo \"$? $B_WHY\"";

    assertThat(
            run(
                    shell,
                    audited
                        + sent.formatted(
                            "printf ' rest}\\n{\"uri\":\"%s\"}\\n' $u >>$HOME/audit.log")
                        + look)
                .out())
        .startsWith("0 ");
    assertThat(
            run(
                    shell,
                    audited
                        + sent.formatted(
                            "printf ' rest}\\n{\"uri\":\"%s\"' $u >>$HOME/audit.log; echo refused >&2")
                        + look)
                .out())
        .startsWith("1 no audit event of a request with mark 5-")
        .endsWith("kubectl said: refused\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void findsAnEventInALogThatWasExchanged(String shell) {
    String script =
        "B_EVENTS=$HOME/log B_FROM=100; printf '{\"m\":1}\\n' >log; b_event '\"m\"'; echo $?";

    assertThat(run(shell, script).out()).isEqualTo("0\n");
    assertThat(run(shell, script.replace("'\"m\"'", "other")).out()).isEqualTo("1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'0::/kubelet/kubepods/burstable/pod0123abcd/99ff', 0123abcd",
    "'0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod01ab_cd.slice/cri-containerd-9.scope', 01ab_cd",
    "'5:cpu:/system.slice/ssh.service', ''",
  })
  void readsThePodOfAProcessFromItsControlGroup(String line, String hash) {
    for (String shell : new String[] {"dash", "bash", "busybox ash"}) {
      var script =
          "b_newest_log() { B_LOG=; }; mkdir p; echo '1:x:/init' >p/cgroup; echo '"
              + line
              + "' >>p/cgroup\n"
              + "b_pod_hash kube-apiserver ../$HOME/w/p; echo $B_HASH";
      assertThat(
              new HostShell(shell, home)
                  .run("rm -rf $HOME/w; mkdir $HOME/w; cd $HOME/w\n" + script)
                  .out())
          .as(shell)
          .isEqualTo((hash == null ? "" : hash) + "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void takesThePodOfTheNewestLogElse(String shell) {
    var script =
        "b_newest_log() { B_LOG=/var/log/pods/kube-system_kube-apiserver-n_1_0aa/kube-apiserver/3.log; }\n"
            + "b_pod_hash kube-apiserver none; echo $B_HASH";

    assertThat(new HostShell(shell, home).run(script).out()).isEqualTo("0aa\n");
  }
}
