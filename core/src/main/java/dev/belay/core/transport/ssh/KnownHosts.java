package dev.belay.core.transport.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import dev.belay.core.transport.UnreachableException;
import dev.belay.core.transport.sshconfig.HostKeyTrust;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;

/**
 * Checks a host's key against known_hosts files.
 *
 * <p>sshj decides whether a line vouches for a key (hashed names, wildcards, certificates). What it
 * lacks is here: a revoked key is refused whatever other lines say, and a refusal names the line.
 */
final class KnownHosts implements HostKeyVerifier {

  private static final String CERTIFICATE = "-cert-v01@openssh.com";

  private final SshTarget target;
  private final List<Path> files;
  private final List<KnownHostLine> lines;
  private UnreachableException refusal;
  private PublicKey strange;

  private KnownHosts(SshTarget target, List<Path> files, List<KnownHostLine> lines) {
    this.target = target;
    this.files = files;
    this.lines = lines;
  }

  /**
   * Reads the lines about the target.
   *
   * @throws UnreachableException when a file is there but cannot be read
   */
  static KnownHosts read(SshTarget target) {
    List<Path> files = target.knownHosts();
    List<KnownHostLine> lines = new ArrayList<>();
    for (Path file : files) {
      lines.addAll(linesAbout(lookup(target), file, target));
    }
    return new KnownHosts(target, files, lines);
  }

  /** Returns the name that known_hosts has the host under. */
  static String lookup(SshTarget target) {
    if (target.hostKeys().alias().isPresent()) {
      return target.hostKeys().alias().get();
    }
    String host = target.address().toLowerCase(Locale.ROOT);
    return target.port() == SshTarget.DEFAULT_PORT ? host : "[" + host + "]:" + target.port();
  }

  private static List<KnownHostLine> linesAbout(String host, Path file, SshTarget target) {
    List<KnownHostLine> found = new ArrayList<>();
    if (!Files.exists(file)) {
      return found;
    }
    try {
      int number = 0;
      // Comments in these files may be in any encoding; this one never fails.
      for (String text : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        number++;
        KnownHostLine.parse(file, number, text).filter(l -> l.isAbout(host)).ifPresent(found::add);
      }
      return found;
    } catch (IOException e) {
      throw new UnreachableException(
          target.place() + ": cannot read the known host keys in " + file + ": " + e.getMessage(),
          "Make the file readable, or name another one.",
          e);
    }
  }

  /** Returns the types of key that are known for the host. */
  List<String> types() {
    return lines.stream().filter(line -> !line.isRevoked()).flatMap(KnownHosts::types).toList();
  }

  private static Stream<String> types(KnownHostLine line) {
    // An authority's own key type says nothing about the type of the keys it vouches for.
    return line.isAuthority()
        ? Stream.of(KeyType.values()).map(KeyType::toString).filter(t -> t.endsWith(CERTIFICATE))
        : Stream.of(line.type());
  }

  /** Tells whether only keys that Bouncy Castle has to read are known for the host. */
  boolean needBouncyCastle() {
    boolean authority =
        lines.stream().anyMatch(l -> l.isAuthority() && BouncyCastle.isNeededFor(l.type()));
    return authority || !types().isEmpty() && types().stream().allMatch(BouncyCastle::isNeededFor);
  }

  /** Tells whether no file says anything about the host. */
  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Returns the last key that no line vouched for. */
  Optional<PublicKey> strange() {
    return Optional.ofNullable(strange);
  }

  /** Returns why the last key was refused. */
  Optional<UnreachableException> refusal() {
    return Optional.ofNullable(refusal);
  }

  @Override
  public List<String> findExistingAlgorithms(String hostname, int port) {
    return List.of(); // The offer is already in the order of the known types.
  }

  @Override
  public boolean verify(String hostname, int port, PublicKey key) {
    Optional<KnownHostLine> revoked = lines.stream().filter(l -> revokes(l, key)).findFirst();
    if (revoked.isPresent()) {
      refusal = HostKeyRefusals.revoked(target, describe(key), revoked.get());
    } else {
      refusal = isVouchedFor(key) ? null : stranger(key);
    }
    return refusal == null;
  }

  /** Returns why a key that no line vouches for is refused, or null where it is believed. */
  private UnreachableException stranger(PublicKey key) {
    List<KnownHostLine> others = lines.stream().filter(l -> l.marker().isEmpty()).toList();
    HostKeyTrust trust = target.hostKeys().trust();
    if (trust == HostKeyTrust.ACCEPT_ANY || trust == HostKeyTrust.ACCEPT_NEW && others.isEmpty()) {
      if (others.isEmpty()) {
        NewHostKeys.note(target.hostKeys(), lookup(target), type(key), plain(key));
      }
      return null;
    }
    strange = key;
    return others.isEmpty()
        ? HostKeyRefusals.unknown(target, describe(key), type(key), files)
        : HostKeyRefusals.changed(target, describe(key), type(key), others, lookup(target));
  }

  private boolean isVouchedFor(PublicKey key) {
    String type = KeyType.fromKey(key).toString();
    String relevant =
        lines.stream()
            .filter(line -> line.isAuthority() || line.type().equals(type))
            .map(KnownHostLine::text)
            .collect(Collectors.joining("\n"));
    try {
      return new OpenSSHKnownHosts(new StringReader(relevant))
          .verify(
              target.hostKeys().alias().orElse(target.address()),
              target.hostKeys().alias().isPresent() ? SshTarget.DEFAULT_PORT : target.port(),
              key);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean revokes(KnownHostLine line, PublicKey key) {
    if (!line.isRevoked()) {
      return false;
    }
    if (key instanceof Certificate<?> certificate) {
      return line.key().equals(base64(certificate.getSignatureKey()))
          || line.key().equals(base64(Fingerprint.blob(certificate.getKey())));
    }
    return line.key().equals(base64(Fingerprint.blob(key)));
  }

  private static String base64(byte[] blob) {
    return Base64.getEncoder().encodeToString(blob);
  }

  static PublicKey plain(PublicKey key) {
    return key instanceof Certificate<?> certificate ? certificate.getKey() : key;
  }

  static String type(PublicKey key) {
    return KeyType.fromKey(plain(key)).toString();
  }

  static String describe(PublicKey key) {
    return type(key) + " key " + Fingerprint.of(Fingerprint.blob(plain(key)));
  }
}
