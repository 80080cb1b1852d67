package dev.belay.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.transport.ShellFunctions;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guards where time, disk or power run out, in every shell that hosts have. */
class GuardShellTest {

  private static final String OWN =
      """

      b_home() { B_HOME=$HOME/journals; }
      b_jobs() { b_home; B_JOBS=$B_HOME/jobs; }
      b_systemd() { return 1; }
      """;

  /** Opens a run with a guard that waits for a number of seconds, and says how to change a file. */
  private static final String START =
      ShellFunctions.everything(JournalScript.functions() + OWN)
          + """
          cd "$HOME"; b_home; G=$B_HOME/R1/guard.1
          armed() { echo one >file; b_open R1 me {} && ( b_arm R1 1 1 "$1" : ); }
          change() {
            B_WAS=$(b_sig "$HOME/file")
            echo "$2" >next; chmod 600 next; B_WILL=$(b_sig "$HOME/next")
            b_intend R1 "$1" {} "" "change $1" "" && b_touch "$HOME/file" "$B_WAS" "$B_WILL" &&
              b_intended && { ${3:-:}; mv next file; b_done; }
          }
          ended() {
            B_TRIES=0
            until grep -qsE 'undone|failed' $G/decided/word; do
              B_TRIES=$((B_TRIES + 1)); [ $B_TRIES -lt 200 ] || { echo "not undone"; return 1; }
              b_nap
            done
          }
          alone() { until [ -s $G/watch ]; do b_nap; done; b_lives $G/watch && kill -9 $B_PID; }
          """;

  @TempDir Path home;

  private String run(String shell, String script) {
    HostShell.Result result = new HostShell(shell, home).run(START + script);
    return result.out() + result.err();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void changeMayTakeLongerThanItsGuardWaits(String shell) {
    assertThat(
            run(
                shell,
                """
                armed 2
                ( b_rope R1 1 60 2 && change 0001 two "sleep 5" )
                ( b_confirm R1 1 ); cat file $G/decided/word
                """))
        .isEqualTo("two\nconfirmed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void endsTheRunWithItsConfirmationWhereNothingComesAfter(String shell) {
    assertThat(
            run(
                shell,
                """
                armed 20
                ( b_rope R1 1 60 3 && change 0001 two )
                [ -e $B_HOME/lock ] && ( b_confirm R1 1 applied )
                cat $B_HOME/R1/end $G/decided/word; ls $B_HOME
                echo rolled-back >$B_HOME/R1/end; ( b_confirm R1 1 applied ); cat $B_HOME/R1/end
                """))
        .isEqualTo("appliedconfirmedR1\norder\nrolled-back\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void undoesOnADiskOnWhichNoDirectoryCanBeMade(String shell) {
    new HostShell(shell, home).program("full", "exit 1");
    assertThat(
            run(
                shell,
                """
                armed 1
                ( b_rope R1 1 60 3 && change 0001 two )
                mv bin/full bin/mkdir; ended; rm bin/mkdir; cat file $G/decided/word
                """))
        .isEqualTo("one\nundone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void goesOnWithAnUndoThatWasCutOffAnywhere(String shell) {
    new HostShell(shell, home)
        .program(
            "sync",
            "N=$(cat \"$HOME/n\"); echo $((N - 1)) >\"$HOME/n\"; "
                + "[ $N != 1 ] || kill -9 $(cat \"$HOME/pid\") $PPID");
    assertThat(
            run(
                shell,
                """
                echo 0 >n; armed 60; alone
                ( b_rope R1 1 60 60 && change 0001 two ); ( b_rope R1 1 60 60 && change 0002 three )
                cp -a journals kept; cp -p file left
                for K in 1 2 3 4 5 6 7 8 9; do
                  rm -rf journals; cp -a kept journals; cp -p left file
                  echo $K >n
                  ( sh -c 'echo $$ >pid; exec sh "$0" boot' $G/undo.sh; : ) 2>/dev/null
                  echo 0 >n; [ ! -f $G/undo.sh ] || sh $G/undo.sh boot
                  echo "$(cat file $G/decided/word)"
                done 2>&1 | sort -u
                """))
        .isEqualTo("one\nundone\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void undoThatWasKilledIsNotTakenUpAgainOnceTheLockIsAnothers(String shell) {
    assertThat(
            run(
                shell,
                """
                armed 60; alone
                ( b_rope R1 1 60 60 && change 0001 two )
                cp $G/undo.sh kept; printf '0 0\\n' >$G/undoer.1
                [ -d $G/decided ] || mkdir $G/decided
                rm -f $G/decided/word; printf undoing >$G/decided/word
                ( b_settle R1 ); sh kept boot; cat file $G/decided/word
                """))
        .isEqualTo("two\nfailed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void undoThatWasKilledIsTakenUpWhenItIsAskedForAgain(String shell) {
    assertThat(
            run(
                shell,
                """
                armed 60; alone
                ( b_rope R1 1 60 60 && change 0001 two )
                printf '0 0\\n' >$G/undoer.1; [ -d $G/decided ] || mkdir $G/decided
                printf undoing >$G/decided/word
                ( b_give_up R1 1 ); ended; cat file $G/decided/word
                """))
        .isEqualTo("one\nundone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void isConfirmedOrUndoneButNeverBoth(String shell) {
    assertThat(
            run(
                shell,
                """
                armed 60; alone
                ( b_rope R1 1 60 60 && change 0001 two )
                ( b_give_up R1 1 ); ( b_confirm R1 1 2>/dev/null ) &&
                  echo kept >said || echo lost >said
                [ "$(cat said)" = kept ] || ended
                echo "$(cat said file $G/decided/word)" | tr '\\n' ' '
                """))
        .isIn("kept two confirmed ", "lost one undone ");
  }
}
