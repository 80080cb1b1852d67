package dev.belay.core.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KnownSecretsTest {

  @Test
  void looksForASecretFromItsMakingOn() {
    String value = "known-" + "from-its-making-on";
    Content before = Content.of("password=" + value);
    assertThat(KnownSecrets.masked("it is " + value)).isEqualTo("it is " + value);
    assertThat(before.secret()).isFalse();
    Secret secret = Secret.of(value);
    assertThat(KnownSecrets.masked("it is " + value)).isEqualTo("it is " + secret);
    assertThat(before.secret()).isTrue();
    assertThat(before.toString()).isEqualTo("secret content");
    assertThat(Content.of("password=other").secret()).isFalse();
  }

  @Test
  void refusesACommandLineThatHoldsOne() {
    Secret secret = Secret.of("kS-argument-1");
    assertThatThrownBy(() -> KnownSecrets.noneIn(List.of("mysql", "-p" + secret.reveal())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("argument 1 of mysql holds a secret")
        .hasMessageNotContaining(secret.reveal());
    assertThat(KnownSecrets.noneIn(List.of("mysql", "-p"))).containsExactly("mysql", "-p");
  }
}
