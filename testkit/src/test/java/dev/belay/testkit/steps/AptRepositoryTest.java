package dev.belay.testkit.steps;

import dev.belay.core.builtin.pkg.RepositoryName;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;

class AptRepositoryTest implements StepContract {

<<<<<<< HEAD
  @Override
  public PlayItem item() {
    return new RepositoryName("vendor")
        .from("https://download.example.org/packages/deb", "stable", "main")
        .signedBy(
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF\n-----END PGP PUBLIC KEY BLOCK-----\n");
=======
  /** Made for this test by GnuPG 2.2; its private half was thrown away. */
  private static final String KEY =
      """
      -----BEGIN PGP PUBLIC KEY BLOCK-----

      mDMEawJx1BYJKwYBBAHaRw8BAQdAGA5BI3uHG/dT+AvVXjutoozULkg7YR/KZMDx
      Q4Bc/pC0KEJlbGF5IHRlc3QgcmVwb3NpdG9yeSA8dGVzdEBleGFtcGxlLm9yZz6I
      kAQTFggAOBYhBMFYVCTk3ExbUEci0JrnWZ4an2LNBQJrAnHUAhsDBQsJCAcCBhUK
      CQgLAgQWAgMBAh4BAheAAAoJEJrnWZ4an2LNDGIBAO8/FrDcIMf25P7Mw3slua68
      I45blQ64UUdYO6jr3k6HAQChDeoeABRv7zQtUKyJU2ZtLKvfvucwjESU++uYXVfE
      BA==
      =iGXw
      -----END PGP PUBLIC KEY BLOCK-----
      """;

  @Override
  public PlayItem item() {
    return new RepositoryName("falcosecurity")
        .from("https://download.falco.org/packages/deb", "stable", "main")
        .signedBy(KEY);
  }

  @Override
  public String arrange() {
    return "rmdir /etc/apt/keyrings";
>>>>>>> steps
  }

  @Override
  public FakeHost fakeHost() {
<<<<<<< HEAD
    return new FakeHost().directory("/etc/apt/sources.list.d").directory("/etc/apt/keyrings");
=======
    return new FakeHost().directory("/etc/apt/sources.list.d");
  }

  /** apt itself reads the source and would fetch its index. */
  @Override
  public String proof() {
    return "apt-get update --print-uris"
        + " | grep -q \"^'https://download.falco.org/packages/deb/dists/stable/InRelease'\""
        + " && [ \"$(stat -c %a /etc/apt/keyrings /etc/apt/keyrings/* | tr '\\n' ' ')\" = '755 644 ' ]";
>>>>>>> steps
  }
}
