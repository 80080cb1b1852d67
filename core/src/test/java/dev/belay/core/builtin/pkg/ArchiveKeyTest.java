package dev.belay.core.builtin.pkg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.belay.core.remote.Content;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchiveKeyTest {

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("", "does not begin"),
        Arguments.of("<!DOCTYPE html><title>404</title>", "does not begin"),
        Arguments.of("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nAAAA\n", "private key"),
        Arguments.of(Keys.ARMORED.replaceFirst("(?s)=iGXw.*", ""), "cut off"),
        Arguments.of(Keys.ARMORED.replace("Q4Bc", "Q4Bd"), "checksum"),
        Arguments.of(Keys.ARMORED.replace("Q4Bc", "Q4!c"), "damaged"),
        Arguments.of(Keys.ARMORED.replaceFirst("(?s)mDME.*=iGXw", "aGVsbG8="), "does not begin"),
        Arguments.of(Keys.ARMORED.replace("=iGXw", "=iGX"), "does not fit"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void refusesWhatIsNoWholePublicKey(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ArchiveKey(Content.of(text)))
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @MethodSource("whole")
  void takesArmoredKeysOfEveryForm(String text) {
    ArchiveKey key = new ArchiveKey(Content.of(text));
    assertThat(key.armored()).isTrue();
    assertThat(key.suffix()).isEqualTo("asc");
  }

  static Stream<String> whole() {
    return Stream.of(
        Keys.ARMORED,
        Keys.ARMORED.replace("\n", "\r\n"),
        Keys.ARMORED.replace("BLOCK-----\n\nmDME", "BLOCK-----\nVersion: GnuPG v1\n\nmDME"),
        "pub ed25519\n" + Keys.ARMORED,
        Keys.ARMORED.replace("=iGXw\n", ""),
        Keys.ARMORED + Keys.ARMORED);
  }

  @Test
  void takesBinaryKeys() {
    ArchiveKey key = new ArchiveKey(Content.of(new byte[] {(byte) 0x99, 1, (byte) 0xa2, 4}));
    assertThat(key.armored()).isFalse();
    assertThat(key.suffix()).isEqualTo("gpg");
  }
}
