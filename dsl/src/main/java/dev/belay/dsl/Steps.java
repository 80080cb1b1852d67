package dev.belay.dsl;

import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.builtin.command.Result;
import dev.belay.core.builtin.falco.FalcoSearch;
import dev.belay.core.builtin.falco.rules.FalcoRules;
import dev.belay.core.builtin.falco.rules.FalcoRulesFile;
import dev.belay.core.builtin.file.DirectoryPresent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.builtin.kube.AuditPolicyFile;
import dev.belay.core.builtin.kube.StaticPod;
import dev.belay.core.builtin.kube.audit.Policy;
import dev.belay.core.builtin.kube.immutable.ImmutabilityAudit;
import dev.belay.core.builtin.kube.immutable.ImmutableWorkload;
import dev.belay.core.builtin.kube.incident.AuditSearch;
import dev.belay.core.builtin.kube.object.AccessDenied;
import dev.belay.core.builtin.kube.object.ObjectName;
import dev.belay.core.builtin.kube.remedy.CompromisedPods;
import dev.belay.core.builtin.kube.remedy.Culprit;
import dev.belay.core.builtin.kube.remedy.GuiltyPods;
import dev.belay.core.builtin.kube.syscall.Syscalls;
import dev.belay.core.builtin.log.LogLine;
import dev.belay.core.builtin.pkg.PackageNames;
import dev.belay.core.builtin.pkg.RepositoryName;
import dev.belay.core.builtin.service.UnitNames;
import dev.belay.core.builtin.yaml.YamlKeys;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The states a host can be kept in: one noun, one line, for each step. */
public final class Steps {

  private Steps() {}

  /** Keeps a regular file: give it content, mode, owner or group, or say that it is absent. */
  public static FilePresent file(String path) {
    return new FilePresent(RemotePath.of(path));
  }

  /** Keeps a directory, and makes it with the directories above it. */
  public static DirectoryPresent directory(String path) {
    return new DirectoryPresent(RemotePath.of(path));
  }

  /** Keeps single values of a YAML file, and every other byte of it. */
  public static YamlKeys yaml(String path) {
    return new YamlKeys(RemotePath.of(path));
  }

  /** Keeps the audit policy of an API server. */
  public static AuditPolicyFile auditPolicy(String path, Policy policy) {
    return new AuditPolicyFile(RemotePath.of(path), policy);
  }

  /** Keeps flags, volumes and annotations of a static pod, and waits for its new process. */
  public static StaticPod staticPod(String manifest, String container) {
    return new StaticPod(RemotePath.of(manifest), container);
  }

  /** Keeps Debian packages; say that they are installed. */
  public static PackageNames pkg(String... names) {
    return PackageNames.of(names);
  }

  /** Keeps a repository that apt gets packages from: say from where, and by which key. */
  public static RepositoryName aptRepository(String name) {
    return new RepositoryName(name);
  }

  /**
   * Keeps a systemd unit running, stopped, enabled or disabled. Of several names the first is taken
   * that is enabled, else the first that runs, else the first that exists.
   */
  public static UnitNames service(String... names) {
    return UnitNames.of(names);
  }

  /** Runs a command where a guard says that it is needed: creates, unless or onlyIf. */
  public static CommandLine command(String program, String... arguments) {
    return CommandLine.of(program, arguments);
  }

  /**
   * Names what a command that only reads prints: say into which step it goes, or use it in a
   * condition.
   */
  public static Result result(String program, String... arguments) {
    return Result.of(program, arguments);
  }

  /**
   * Reads the audit log of an API server: say in which namespace something is wrong, and into which
   * file the user, role and binding go that are responsible.
   */
  public static AuditSearch.WithoutNamespace auditReport(String log) {
    return new AuditSearch.WithoutNamespace(RemotePath.of(log));
  }

  /**
   * Reads Falco's log for alerts about package managers in containers, or others: say into which
   * file the pods go.
   */
  public static FalcoSearch falcoReport(String log) {
    return FalcoSearch.packages(RemotePath.of(log));
  }

  /** Names a pod of the cluster, asked for by kubectl on its control plane: say absent. */
  public static ObjectName pod(String namespace, String name) {
    return new ObjectName(ObjectRef.of(ObjectKind.POD, namespace, name));
  }

  /** Names a role of a namespace: say absent, or present with rules or YAML. */
  public static ObjectName role(String namespace, String name) {
    return new ObjectName(ObjectRef.of(ObjectKind.ROLE, namespace, name));
  }

  /** Names a role binding: say absent, or present with a grant or YAML. */
  public static ObjectName roleBinding(String namespace, String name) {
    return new ObjectName(ObjectRef.of(ObjectKind.ROLE_BINDING, namespace, name));
  }

  /** Names a cluster role: say absent, or present with rules or YAML. */
  public static ObjectName clusterRole(String name) {
    return new ObjectName(ObjectRef.of(ObjectKind.CLUSTER_ROLE, name));
  }

  /** Names a cluster role binding: say absent, or present with a grant or YAML. */
  public static ObjectName clusterRoleBinding(String name) {
    return new ObjectName(ObjectRef.of(ObjectKind.CLUSTER_ROLE_BINDING, name));
  }

  /** Names a deployment: make it {@link #immutable}, or say present with YAML, or absent. */
  public static ObjectName deployment(String namespace, String name) {
    return new ObjectName(ObjectRef.of(ObjectKind.DEPLOYMENT, namespace, name));
  }

  /** Names a stateful set: make it {@link #immutable}, or say present with YAML, or absent. */
  public static ObjectName statefulSet(String namespace, String name) {
    return new ObjectName(ObjectRef.of(ObjectKind.STATEFUL_SET, namespace, name));
  }

  /** Names a daemon set: make it {@link #immutable}, or say present with YAML, or absent. */
  public static ObjectName daemonSet(String namespace, String name) {
    return new ObjectName(ObjectRef.of(ObjectKind.DAEMON_SET, namespace, name));
  }

  /**
   * Keeps the root file systems of a deployment, stateful set, daemon set or bare pod read-only,
   * and proves it by writing: say which paths stay writable.
   */
  public static ImmutableWorkload immutable(ObjectName object) {
    return new ImmutableWorkload(object.kubectl(), object.ref());
  }

  /** Lists every container of the cluster that can be altered while it runs; changes nothing. */
  public static ImmutabilityAudit immutabilityAudit() {
    return new ImmutabilityAudit();
  }

  /** Names an object of any other kind in a namespace, such as {@code ObjectKind.CONFIG_MAP}. */
  public static ObjectName object(ObjectKind kind, String namespace, String name) {
    return new ObjectName(ObjectRef.of(kind, namespace, name));
  }

  /** Names an object of any other kind without a namespace. */
  public static ObjectName object(ObjectKind kind, String name) {
    return new ObjectName(ObjectRef.of(kind, name));
  }

  /**
   * Sees that a user cannot do something in a namespace, such as {@code create} {@code pods}; fails
   * and names the grant where he can.
   */
  public static AccessDenied cannot(String user, String verb, String resource, String namespace) {
    return AccessDenied.of(user, verb, resource, namespace);
  }

  /** Names whoever an audit log holds responsible: say that his grant is absent. */
  public static Culprit culprit(AuditSearch search) {
    return new Culprit(search);
  }

  /** Names the pods about which Falco raised alerts: say absent. */
  public static CompromisedPods compromisedPods(FalcoSearch search) {
    return new CompromisedPods(search);
  }

  /**
   * Names the pods that make system calls which the watch forbids: say absent, or that their owners
   * are scaled to zero.
   *
   * @throws IllegalArgumentException when the watch forbids nothing
   */
  public static GuiltyPods guiltyPods(Syscalls watch) {
    return new GuiltyPods(watch);
  }

  /** Waits for a line in a log: say what stands in it, and within what time. */
  public static LogLine logLine(String log) {
    return new LogLine(RemotePath.of(log), List.of(), List.of());
  }

  /**
   * Keeps rules of Falco in {@code /etc/falco/falco_rules.local.yaml}, or say in which other file;
   * everything else in it stays. Falco has to be restarted by a handler.
   */
  public static FalcoRulesFile falcoRules(FalcoRules rules) {
    return new FalcoRulesFile(rules);
  }

  /**
   * Finds out which system calls the pods of a namespace make, by a name in which {@code *} stands
   * for anything: say which are forbidden, and for how long they are watched.
   */
  public static Syscalls syscalls(String namespace, String pods) {
    return new Syscalls(namespace, pods);
  }

  /**
   * Returns the content of a file on this machine.
   *
   * @throws UncheckedIOException when it cannot be read
   */
  public static Content localFile(String path) {
    try {
      return Content.of(Files.readAllBytes(Path.of(path)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the local file " + path, unreadable);
    }
  }
}
