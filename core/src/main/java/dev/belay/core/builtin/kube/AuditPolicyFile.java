package dev.belay.core.builtin.kube;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.builtin.kube.audit.Policy;
import dev.belay.core.builtin.kube.audit.PolicyYaml;
import dev.belay.core.builtin.kube.audit.Warning;
import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.ReversibleStep;
import java.util.List;

/**
 * Keeps the API server's audit policy, mode 0600 and owned by root.
 *
 * <p>Undo restores the file, or removes it if there was none. The policy is written from types, so
 * that the API server accepts it; rules that can never match are warned of. An API server reads its
 * policy only at start: {@link StaticPod#reloadedBy} sees to that.
 *
 * @param path where
 * @param policy what is audited
 */
public record AuditPolicyFile(RemotePath path, Policy policy) implements ReversibleStep {

  private FilePresent file() {
    return new FilePresent(path)
        .content(Content.of(PolicyYaml.write(policy)))
        .mode("0600")
        .owner("root")
        .group("root");
  }

  @Override
  public String label() {
    return "auditPolicy[" + path + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    return file().reads();
  }

  @Override
  public List<Fact<?>> followUps(Facts facts) {
    return file().followUps(facts);
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    return file().plan(facts);
  }

  @Override
  public List<String> warnings(Facts facts) {
    return lint();
  }

  @Override
  public List<String> lint() {
    return policy.warnings().stream().map(Warning::toString).toList();
  }
}
