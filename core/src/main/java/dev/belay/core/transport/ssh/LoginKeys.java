package dev.belay.core.transport.ssh;

import dev.belay.core.transport.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a login to a target is tried with, in order.
 *
 * <p>The order is OpenSSH's (sshconnect2.c, {@code pubkey_prepare}): certificates, named keys that
 * the agent holds, the agent's other keys, key files. One thing differs: a named file that needs no
 * passphrase comes before the agent's other keys, of which a server that gives up after six tries
 * may not see the end.
 */
final class LoginKeys implements AutoCloseable {

  private final SshTarget target;
  private final List<Path> files;
  private final List<SshAgent.Key> held = new ArrayList<>();
  private final List<LoginKey> keys = new ArrayList<>();
  private SshAgent agent;
  private String silence = "no agent is named (SSH_AUTH_SOCK)";

  private LoginKeys(SshTarget target) {
    this.target = target;
    this.files = Identities.of(target);
  }

  /**
   * Asks the agent and looks at the files.
   *
   * @throws UnreachableException when there is nothing to try
   */
  static LoginKeys of(SshTarget target) {
    LoginKeys all = new LoginKeys(target);
    target.keys().agent().ifPresent(all::askAgent);
    all.certificates();
    all.order();
    if (all.keys.isEmpty()) {
      all.close();
      throw Identities.none(target, all.files, all.silence);
    }
    return all;
  }

  List<LoginKey> inOrder() {
    return List.copyOf(keys);
  }

  /** An agent that does not answer is none, as with ssh. */
  private void askAgent(Path socket) {
    try {
      agent = SshAgent.connect(socket);
      held.addAll(agent.keys());
      silence = "the agent at " + socket + " holds " + held.size() + " keys";
    } catch (IOException | UnsupportedOperationException e) {
      silence = "the agent at " + socket + " does not answer: " + e.getMessage();
    }
  }

  private Optional<SshAgent.Key> held(PublicBlob blob) {
    return held.stream().filter(key -> key.blob().equals(blob)).findFirst();
  }

  /**
   * Certificates are those named, and those that lie beside a key file, as ssh-keygen puts them.
   */
  private void certificates() {
    for (Path file : files) {
      PublicBlob.read(Path.of(file + "-cert.pub"))
          .filter(PublicBlob::isCertificate)
          .ifPresent(certificate -> certified(certificate, List.of(file)));
    }
    for (Path file : target.keys().certificateFiles()) {
      PublicBlob.read(file)
          .filter(PublicBlob::isCertificate)
          .ifPresent(certificate -> certified(certificate, files));
    }
  }

  private void certified(PublicBlob certificate, List<Path> candidates) {
    Optional<SshAgent.Key> whole = held(certificate);
    if (whole.isPresent()) {
      keys.add(new LoginKey.OfAgent(agent, whole.get()));
      return;
    }
    Optional<PublicBlob> plain = certificate.certified();
    Optional<SshAgent.Key> key = plain.flatMap(this::held);
    if (key.isPresent()) {
      keys.add(new LoginKey.CertifiedAgent(certificate, agent, key.get()));
      return;
    }
    candidates.stream()
        .filter(file -> plain.isPresent() && IdentityFile.publicHalf(file).equals(plain))
        .findFirst()
        .ifPresent(file -> keys.add(new LoginKey.CertifiedFile(certificate, file)));
  }

  private void order() {
    List<PublicBlob> named = files.stream().flatMap(f -> publicHalf(f).stream()).toList();
    List<LoginKey> others = new ArrayList<>();
    for (SshAgent.Key key : held) {
      LoginKey login = new LoginKey.OfAgent(agent, key);
      if (named.contains(key.blob())) {
        add(login);
      } else if (!target.keys().identitiesOnly()) {
        others.add(login);
      }
    }
    boolean chosen = target.keys().identityFiles().isPresent();
    List<Path> left =
        files.stream()
            .filter(file -> publicHalf(file).flatMap(this::held).isEmpty())
            .filter(this::isPrivate)
            .toList();
    left.stream().filter(f -> chosen && isOpen(f)).forEach(f -> add(new LoginKey.OfFile(f)));
    others.forEach(this::add);
    left.forEach(file -> add(new LoginKey.OfFile(file)));
  }

  private void add(LoginKey key) {
    if (!keys.contains(key)) {
      keys.add(key);
    }
  }

  private static Optional<PublicBlob> publicHalf(Path file) {
    return IdentityFile.publicHalf(file);
  }

  /** A public key, or a missing file beside its public half, only says which key of the agent. */
  private boolean isPrivate(Path file) {
    boolean onlyPublic = PublicBlob.read(file).isPresent();
    boolean missing = !Files.exists(file) && publicHalf(file).isPresent();
    return agent == null || !onlyPublic && !missing;
  }

  /** Tells whether a file can be used without asking anybody. */
  private boolean isOpen(Path file) {
    try {
      return Files.exists(file) && !IdentityFile.read(target.name(), file).encrypted();
    } catch (UnreachableException e) {
      return true; // Its error is told when its turn comes, which is then early.
    }
  }

  @Override
  public void close() {
    Stream.ofNullable(agent).forEach(SshAgent::close);
  }
}
