package dev.belay.core.builtin.pkg;

/** Keys made for these tests by GnuPG 2.2; their private halves were thrown away. */
final class Keys {

  static final String ARMORED =
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

  private Keys() {}
}
