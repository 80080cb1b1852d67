package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.change.Diff;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Secret;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DiffTextTest {

  private static final Content ONE = Content.of("one\n");

  @Test
  void showsAValueOnOneLine() {
    assertThat(text(new Diff.Line("mode", "0644", "0600"))).isEqualTo("mode: 0644 -> 0600\n");
  }

  @Test
  void showsANewFile() {
    assertThat(text(null, ONE))
        .isEqualTo("--- before: (absent)\n+++ after: /etc/x\n@@ -0,0 +1,1 @@\n+one\n");
  }

  @Test
  void showsAFileThatGoes() {
    assertThat(text(ONE, null))
        .isEqualTo("--- before: /etc/x\n+++ after: (absent)\n@@ -1,1 +0,0 @@\n-one\n");
  }

  @Test
  void showsANewEmptyFile() {
    assertThat(text(null, Content.of("")))
        .isEqualTo("--- before: (absent)\n+++ after: /etc/x\n(empty file)\n");
  }

  @Test
  void marksAMissingLineFeed() {
    assertThat(text(ONE, Content.of("one"))).endsWith("-one\n+one\n\\ No newline at end of file\n");
  }

  @Test
  void keepsCarriageReturns() {
    assertThat(text(ONE, Content.of("one\r\n"))).endsWith("-one\n+one\r\n");
  }

  @Test
  void saysThatContentIsTheSame() {
    assertThat(text(ONE, Content.of("one\n"))).isEqualTo("/etc/x: (same content)\n");
  }

  @Test
  void showsOnlySizeAndDigestOfWhatIsNoText() {
    Content noUtf8 = Content.of(new byte[] {'a', (byte) 0xff});
    Content nul = Content.of("a\0b");
    assertThat(text(nul, noUtf8))
        .isEqualTo(
            "/etc/x: (binary content, not shown)\n- 3 bytes, sha256 "
                + nul.sha256()
                + "\n+ 2 bytes, sha256 "
                + noUtf8.sha256()
                + "\n");
    assertThat(text(null, nul)).contains("- (absent)\n+ 3 bytes");
  }

  @Test
  void showsOnlySizeAndDigestOfLargeContent() {
    Content most = Content.of("x".repeat(DiffText.CONTENT_LIMIT));
    Content more = Content.of("x".repeat(DiffText.CONTENT_LIMIT + 1));
    assertThat(text(ONE, most)).startsWith("--- before");
    assertThat(text(ONE, more))
        .startsWith("/etc/x: (large content, not shown)\n- 4 bytes, ")
        .contains("+ 1,048,577 bytes, sha256 " + more.sha256());
  }

  @Test
  void tellsNothingOfASecret() {
    Content secret = Content.of(Secret.of("hunter2"));
    String expected = "/etc/x: (secret content changes)\n";
    assertThat(text(secret, ONE)).isEqualTo(expected);
    assertThat(text(ONE, secret)).isEqualTo(expected);
    assertThat(text(null, secret)).isEqualTo(expected);
    assertThat(text(secret, null)).isEqualTo(expected);
    assertThat(text(secret, secret)).isEqualTo(expected);
    assertThat(text(ONE, Content.of("x".repeat(2_000_000)).asSecret())).isEqualTo(expected);
    assertThat(text(ONE, Content.of("\0").asSecret())).isEqualTo(expected);
  }

  @Test
  void keepsTheNameOnItsLine() {
    Diff diff = new Diff.Text("/etc/x\n@@ -1 +1 @@", Optional.empty(), Optional.of(ONE));
    assertThat(text(diff)).contains("+++ after: /etc/x\\n@@ -1 +1 @@\n@@ -0,0");
  }

  private static String text(Content before, Content after) {
    return text(new Diff.Text("/etc/x", Optional.ofNullable(before), Optional.ofNullable(after)));
  }

  private static String text(Diff diff) {
    return DiffText.rows(diff).stream().map(row -> row.text() + "\n").collect(Collectors.joining());
  }
}
