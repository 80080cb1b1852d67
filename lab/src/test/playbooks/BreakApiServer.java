//DEPS dev.belay:belay-cli:0.1.0-SNAPSHOT
import static dev.belay.dsl.Guards.apiServerReady;
import static dev.belay.dsl.Guards.guarded;
import static dev.belay.dsl.Guards.seconds;
import static dev.belay.dsl.Guards.until;
import static dev.belay.dsl.Guards.within;
import static dev.belay.dsl.Plays.play;
import static dev.belay.dsl.Plays.playbook;
import static dev.belay.dsl.Steps.directory;
import static dev.belay.dsl.Steps.file;
import static dev.belay.dsl.Steps.staticPod;

import dev.belay.cli.Belay;
import dev.belay.core.builtin.kube.HostPathType;
import dev.belay.core.builtin.kube.HostPathVolume;
import dev.belay.core.builtin.kube.Readiness;
import dev.belay.core.builtin.kube.StaticPod;
import dev.belay.core.playbook.Play;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.PlayPart;
import dev.belay.core.step.ReversibleItem;
import dev.belay.playbooks.kube.AuditSettings;
import java.time.Duration;
import java.util.List;

/**
 * Breaks the API server in the way that BELAY_LAB_CASE names, by the step for static pods: on its
 * own, or inside a guarded block when BELAY_LAB_GUARDED is yes.
 */
public class BreakApiServer {

  private static final String POLICY = "/etc/kubernetes/audit-policy.yaml";
  private static final String LOG_DIRECTORY = "/var/log/kubernetes/audit";
  private static final String METADATA =
      "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n";

  public static void main(String[] args) {
    Play play = play("break").on("all").become();
    ReversibleItem[] tasks =
        tasks(System.getenv("BELAY_LAB_CASE")).toArray(ReversibleItem[]::new);
    boolean guarded = "yes".equals(System.getenv("BELAY_LAB_GUARDED"));
    PlayPart[] parts = guarded ? new PlayPart[] {onRope(tasks)} : tasks;
    Belay.run(args, playbook("Break the API server", play.tasks(parts)));
  }

  private static PlayPart onRope(ReversibleItem... tasks) {
    boolean audits = System.getenv("BELAY_LAB_CASE").contains("log");
    return guarded(
        within(seconds(60)),
        until(audits ? apiServerReady(AuditSettings.usual().policy()) : apiServerReady()),
        tasks);
  }

  private static List<ReversibleItem> tasks(String name) {
    return switch (name) {
      case "unknown flag" -> flag("no-such-flag", "1");
      case "bad value" ->
          List.of(pod().flag("audit-log-path", "-").flag("audit-log-maxage", "-1"));
      case "value of the wrong type" -> flag("max-requests-inflight", "many");
      case "port taken" -> flag("secure-port", "22");
      case "certificate path wrong" -> flag("tls-cert-file", "/etc/kubernetes/pki/none.crt");
      case "key of another certificate" ->
          flag("tls-private-key-file", "/etc/kubernetes/pki/front-proxy-client.key");
      case "client CA missing" -> flag("client-ca-file", "/etc/kubernetes/pki/none.crt");
      case "service account key missing" ->
          flag("service-account-key-file", "/etc/kubernetes/pki/none.pub");
      case "wrong etcd address" -> flag("etcd-servers", "https://127.0.0.1:2399");
      case "etcd without TLS" -> flag("etcd-servers", "http://127.0.0.1:2379");
      case "wrong service-cluster-ip-range" -> flag("service-cluster-ip-range", "10.96.0.0/33");
      case "bad feature gate" -> flag("feature-gates", "NoSuchGate=true");
      case "bad admission plugin" -> flag("enable-admission-plugins", "NoSuchPlugin");
      case "wrong tls-cipher-suites" -> flag("tls-cipher-suites", "NO_SUCH_CIPHER");
      case "unknown authorization mode" -> flag("authorization-mode", "Nope");
      case "unknown API group" -> flag("runtime-config", "no.such/v1=true");
      case "encryption config missing" ->
          flag("encryption-provider-config", "/etc/kubernetes/pki/none.yaml");
      case "service-account-issuer taken away" -> List.of(pod().noFlag("service-account-issuer"));
      case "policy that the server rejects" ->
          List.of(
              file(POLICY).content(METADATA.replace("Metadata", "Everything")),
              pod().flag("audit-policy-file", POLICY).volume(policyVolume()));
      case "policy file not mounted" ->
          List.of(file(POLICY).content(METADATA), pod().flag("audit-policy-file", POLICY));
      case "policy file missing" ->
          List.of(pod().flag("audit-policy-file", "/etc/kubernetes/pki/none.yaml"));
      case "log directory not writable" ->
          List.of(
              file(POLICY).content(METADATA),
              directory(LOG_DIRECTORY).mode("0700"),
              pod()
                  .flag("audit-policy-file", POLICY)
                  .flag("audit-log-path", LOG_DIRECTORY + "/audit.log")
                  .volume(policyVolume())
                  .volume(readOnlyLogs()));
      case "manifest removed by someone meanwhile" -> flag("profiling", "false");
      case "a .bak beside it" -> flag("profiling", "false");
      default -> throw new IllegalArgumentException("no case " + name);
    };
  }

  private static StaticPod pod() {
    return staticPod("/etc/kubernetes/manifests/kube-apiserver.yaml", "kube-apiserver")
        .ready(new Readiness(Duration.ofSeconds(90), Duration.ofSeconds(2)));
  }

  private static List<ReversibleItem> flag(String name, String value) {
    return List.of(pod().flag(name, value));
  }

  private static HostPathVolume policyVolume() {
    return HostPathVolume.readOnlyFile("audit", RemotePath.of(POLICY));
  }

  private static HostPathVolume readOnlyLogs() {
    RemotePath logs = RemotePath.of(LOG_DIRECTORY);
    return new HostPathVolume("audit-log", logs, HostPathType.DIRECTORY_OR_CREATE, logs, true);
  }
}
