package dev.belay.testkit.steps;

import dev.belay.core.builtin.pkg.RepositoryName;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;

class AptRepositoryTest implements StepContract {

  @Override
  public PlayItem item() {
    return new RepositoryName("vendor")
        .from("https://download.example.org/packages/deb", "stable", "main")
        .signedBy(
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF\n-----END PGP PUBLIC KEY BLOCK-----\n");
  }

  @Override
  public FakeHost fakeHost() {
    return new FakeHost().directory("/etc/apt/sources.list.d").directory("/etc/apt/keyrings");
  }
}
