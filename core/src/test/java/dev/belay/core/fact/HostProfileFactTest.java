package dev.belay.core.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostProfileFactTest {

  private static final HostProfileFact FACT = new HostProfileFact();

  private static Answer answer(String text) {
    return new Answer(0, text.getBytes(StandardCharsets.UTF_8), "");
  }

  private static String said(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return out;
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox"})
  void everyShellTellsTheSameOfThisMachine(String shell) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin", shell)));
    List<String> words =
        shell.equals("busybox") ? List.of("/bin/busybox", "ash") : List.of("/bin/" + shell);
    String[] command = new String[words.size() + 2];
    words.toArray(command);
    command[words.size()] = "-c";
    command[words.size() + 1] = "LC_ALL=C; export LC_ALL; " + FACT.question();
    String text = said(command);
    HostProfile host = FACT.parse(answer(text));
    assertThat(host.user()).isEqualTo(said("id", "-un").strip());
    assertThat(host.os().kernel()).isEqualTo(said("uname", "-sr").strip());
    assertThat(host.os().id()).isNotEmpty();
    assertThat(host.hardware().processors()).contains(Long.valueOf(said("nproc").strip()));
    assertThat(host.hardware().disk()).isPresent();
    assertThat(host.accounts())
        .anySatisfy(
            account -> {
              assertThat(account.name()).isEqualTo("root");
              assertThat(account.number()).isZero();
              assertThat(account.home()).isEqualTo("/root");
            });
    assertThat(text.lines())
        .as("nothing but answers")
        .allMatch(line -> line.matches("[a-z]+ .*|[a-z]+ ?"));
  }

  @Test
  void readsAControlPlane() {
    HostProfile host =
        FACT.parse(
            answer(
                """
                user root
                name cp1
                kernel Linux 6.1.0
                machine x86_64
                os PRETTY_NAME="Ubuntu \\"22\\" LTS"
                os ID=ubuntu
                os VERSION_ID='22.04'
                init systemd
                packages apt-get
                processors 2
                memory 4028432
                uptime 93784
                disk 1000 500
                account 0 root /bin/bash /root
                account 1000 jo /bin/sh /home/jo doe
                security apparmor
                security selinux 0
                pod kube-apiserver.yaml
                kube kubelet
                kubelet Kubernetes v1.29.1
                runs 3
                """));
    assertThat(host.os())
        .isEqualTo(
            new HostProfile.Os("ubuntu", "22.04", "Ubuntu \"22\" LTS", "Linux 6.1.0", "x86_64"));
    assertThat(host.accounts().get(1))
        .isEqualTo(new HostProfile.Account("jo", 1000, "/bin/sh", "/home/jo doe"));
    assertThat(host.security()).containsExactly("apparmor", "selinux permissive");
    assertThat(host.kube())
        .isEqualTo(
            new HostProfile.Kube(
                Optional.of("v1.29.1"),
                Optional.of(List.of("kube-apiserver.yaml")),
                List.of("kubelet")));
    assertThat(host.runs()).contains(3);
  }

  @Test
  void doesNotGuessWhatItMayNotSee() {
    HostProfile host = FACT.parse(answer("user jo\nhidden pods\nhidden runs\n"));
    assertThat(host.kube().staticPods()).isEmpty();
    assertThat(host.runs()).isEmpty();
    assertThat(host.hardware().memory()).isEmpty();
    assertThatThrownBy(() -> FACT.parse(answer("sh: id: not found\n")))
        .isInstanceOf(FailedFactException.class);
  }
}
