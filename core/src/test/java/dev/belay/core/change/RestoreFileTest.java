package dev.belay.core.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestoreFileTest {

  private static final RemotePath PATH = RemotePath.of("/etc/x");
  private static final Optional<Content> OLD = Optional.of(Content.of("old\n"));
  private static final Optional<Content> NEW = Optional.of(Content.of("new\n"));
  private static final Optional<Content> NONE = Optional.empty();

  @Test
  void showsContentAndAttributesThatComeBack() {
    assertThat(diff("f 600 root root aa", "f 644 root adm bb", NEW, OLD))
        .containsExactly(
            new Diff.Text("/etc/x", NEW, OLD),
            new Diff.Line("mode and owner", "0600 root:root", "0644 root:adm"));
  }

  @Test
  void showsAttributesAlone() {
    assertThat(diff("f 600 root root aa", "f 0 root root aa", OLD, OLD))
        .containsExactly(new Diff.Line("mode and owner", "0600 root:root", "0000 root:root"));
  }

  @Test
  void showsAFileThatGoes() {
    assertThat(diff("f 600 root root aa", "-", NEW, NONE))
        .containsExactly(
            new Diff.Text("/etc/x", NEW, NONE),
            new Diff.Line("mode and owner", "0600 root:root", "absent"));
  }

  @Test
  void describesWhatHasNoContent() {
    assertThat(diff("d 700 root root", "-", NONE, NONE))
        .containsExactly(new Diff.Line("/etc/x", "directory 0700 root:root", "absent"));
    assertThat(diff("l /a b c d", "f 644 root root bb", NONE, OLD))
        .containsExactly(
            new Diff.Line("/etc/x", "link to /a b c d", "file 0644 root:root, sha256 bb"));
  }

  @Test
  void neverSaysThatAFileOfUnknownContentIsAbsent() {
    assertThat(diff("f 600 root root aa", "f 600 root root bb", NONE, OLD))
        .containsExactly(
            new Diff.Line(
                "/etc/x", "file 0600 root:root, sha256 aa", "file 0600 root:root, sha256 bb"));
  }

  @Test
  void tellsNoDigestOfASecret() {
    assertThat(diff("f 600 root root aa", "l /y", OLD.map(Content::asSecret), NONE).toString())
        .doesNotContain("aa");
  }

  private static List<Diff> diff(
      String now, String after, Optional<Content> nowContent, Optional<Content> afterContent) {
    return new RestoreFile(PATH, PATH, now, after, nowContent, afterContent).diff();
  }
}
