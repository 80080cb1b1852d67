package dev.belay.core.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.core.transport.UnreachableException;
import dev.belay.core.transport.sshconfig.HostKeyTrust;
import dev.belay.core.transport.sshconfig.SshSettings.HostKeys;
import dev.belay.core.transport.sshconfig.SshSettings.Keys;
import dev.belay.core.transport.sshconfig.SshSettings.Waits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins by a real ssh-agent, and by certificates, at a real server. */
@Timeout(60)
class AgentLoginTest {

  @TempDir static Path folder;
  private static LoopbackSshd sshd;
  private static Path known;
  private static Path authority;
  private static int keys;

  private LoopbackAgent agent;

  @BeforeAll
  static void start() throws Exception {
    authority = LoopbackSshd.key(folder, "authority", "ed25519", "");
    sshd =
        LoopbackSshd.start(folder, List.of("ed25519"), "TrustedUserCAKeys " + authority + ".pub");
    known = Files.writeString(folder.resolve("known"), sshd.knownHostsLine("ed25519"));
    sshd.authorize(LoopbackSshd.key(folder, "unused", "ed25519", ""));
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  @BeforeEach
  void startAgent() throws Exception {
    agent = LoopbackAgent.start();
  }

  @AfterEach
  void stopAgent() {
    agent.close();
  }

  private static Path key(String type) throws Exception {
    return LoopbackSshd.key(folder, "key" + ++keys, type, "");
  }

  private static Path certified(String type) throws Exception {
    Path key = key(type);
    String user = System.getProperty("user.name");
    String[] sign = {"ssh-keygen", "-q", "-s", authority.toString(), "-I", "test", "-n", user};
    LoopbackSshd.run(
        sign[0], sign[1], sign[2], sign[3], sign[4], sign[5], sign[6], sign[7], key + ".pub");
    return key;
  }

  /** Loads a key into the agent and leaves only its public half on disk. */
  private Path handedOver(Path key) throws Exception {
    agent.add(key);
    Files.delete(key);
    return key;
  }

  private SshTarget target(boolean only, List<Path> certificates, Path... named) {
    Optional<List<Path>> files = Optional.of(List.of(named));
    return new SshTarget(
        "cp-1",
        "127.0.0.1",
        sshd.port,
        System.getProperty("user.name"),
        new Keys(files, certificates, only, Optional.of(agent.socket())),
        new HostKeys(HostKeyTrust.KNOWN_ONLY, Optional.empty(), List.of(known), List.of(), false),
        SshWay.STRAIGHT,
        new Waits(Optional.of(Duration.ofSeconds(20)), Optional.empty(), 3));
  }

  private static void connect(SshTarget target) {
    SshConnection.open(target, Passphrases.NONE).close();
  }

  private static UnreachableException refusal(SshTarget target) {
    UnreachableException refusal =
        catchThrowableOfType(UnreachableException.class, () -> connect(target));
    assertThat(refusal).as("refused").isNotNull();
    return refusal;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
  void logsInWithAKeyThatOnlyTheAgentHas(String type) throws Exception {
    agent.add(key("ed25519"));
    Path key = key(type);
    sshd.authorize(key);
    handedOver(key);
    connect(target(false, List.of()));
    assertThat(sshd.log()).doesNotContain("signature algorithm ssh-rsa not in");
  }

  @Test
  void keepsToTheNamedKeysWhereAsked() throws Exception {
    Path key = key("ed25519");
    sshd.authorize(key);
    handedOver(key);
    Path other = key("ed25519");
    assertThat(refusal(target(true, List.of(), other)))
        .hasMessageContaining(other.toString())
        .hasMessageNotContaining("of the agent");
    connect(target(true, List.of(), other, key));
    connect(target(true, List.of(), Path.of(key + ".pub")));
  }

  @Test
  void offersANamedKeyOfTheAgentFirst() throws Exception {
    for (int i = 0; i < 7; i++) {
      agent.add(key("ed25519"));
    }
    Path key = key("ed25519");
    sshd.authorize(key);
    handedOver(key);
    connect(target(false, List.of(), key));
    assertThat(refusal(target(false, List.of()))).hasMessageContaining("broke off the login");
  }

  @Test
  void offersANamedFileBeforeTheAgentsOtherKeys() throws Exception {
    for (int i = 0; i < 7; i++) {
      agent.add(key("ed25519"));
    }
    Path key = key("ed25519");
    sshd.authorize(key);
    connect(target(false, List.of(), key));
  }

  @Test
  void goesOnToTheNextKeyWhenTheAgentDeclines() throws Exception {
    Path declined = key("ed25519");
    sshd.authorize(declined);
    agent.add(declined, "-c"); // to be confirmed by a person, and there is none
    Path key = key("ed25519");
    sshd.authorize(key);
    agent.add(key);
    connect(target(false, List.of()));
    agent.remove(key);
    assertThat(refusal(target(false, List.of())))
        .hasMessageContaining("permission denied")
        .hasMessageContaining("of the agent (ssh-ed25519 SHA256:");
  }

  @Test
  void usesFilesWhenTheAgentIsGone() throws Exception {
    Path key = key("ed25519");
    sshd.authorize(key);
    agent.close();
    connect(target(false, List.of(), key));
    assertThat(refusal(target(false, List.of())))
        .hasMessageContaining("there is no private key to log in with")
        .hasMessageContaining("the agent at " + agent.socket() + " does not answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
  void logsInWithTheCertificateBesideAKeyFile(String type) throws Exception {
    connect(target(true, List.of(), certified(type)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
  void logsInWithACertificateOfTheAgent(String type) throws Exception {
    Path key = certified(type);
    handedOver(key); // ssh-add takes the certificate beside it as well
    connect(target(false, List.of()));
    connect(target(true, List.of(), key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
  void logsInWithANamedCertificate(String type) throws Exception {
    Path key = certified(type);
    Path certificate = folder.resolve("moved" + type);
    Files.move(Path.of(key + "-cert.pub"), certificate);
    connect(target(true, List.of(certificate), key));
    handedOver(key);
    connect(target(true, List.of(certificate), key));
  }
}
