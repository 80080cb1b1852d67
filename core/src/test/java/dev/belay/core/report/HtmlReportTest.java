package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.run.RunEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReportTest {

  private static final Pattern TAG =
      Pattern.compile("<(/?[a-z0-9]+|!DOCTYPE)((?: [a-z:-]+=\"[^\"]*\")*)[^>]*>");

  @TempDir Path folder;

  private static String page(List<RunEvent> events) {
    return HtmlReport.page(PageSamples.timed(events));
  }

  /** Names of all elements, in order, without what is in the style and the script. */
  private static List<String> elements(String page) {
    String bare =
        page.replaceFirst("(?s)<style>.*?</style>", "<style></style>")
            .replaceFirst("(?s)<script>.*?</script>\n</body>", "<script></script></body>");
    List<String> names = new ArrayList<>();
    Matcher tags = TAG.matcher(bare);
    while (tags.find()) {
      names.add(tags.group(1));
    }
    assertThat(bare.chars().filter(c -> c == '<').count()).isEqualTo(names.size());
    return names;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "</style><style>*{display:none}",
        "<img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)",
        "' autofocus onfocus='alert(1)",
        "--><svg onload=alert(1)>",
        "javascript:alert(1)",
        "&lt;b&gt;&#60;b&#62;",
        "]]><b>",
        "<",
        "&",
      })
  void hostileTextChangesNoElement(String hostile) {
    assertThat(elements(page(PageSamples.hostile(hostile))))
        .isEqualTo(elements(page(PageSamples.hostile("x"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J\u001b]0;owned\u0007",
        "\u202etxt.exe\u2066\u200b",
        "x\u2028y\u2029z",
        "\0\b\u007f\ud83d",
        "a\nb\rc\u0085d"
      })
  void hidesNothing(String hostile) {
    String page = page(PageSamples.hostile(hostile));
    assertThat(page.codePoints().filter(HtmlReportTest::hidden).toArray()).isEmpty();
    assertThat(page.getBytes(StandardCharsets.UTF_8))
        .isEqualTo(
            new String(page.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_8));
  }

  private static boolean hidden(int point) {
    int type = Character.getType(point);
    return point != '\n'
        && (type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.SURROGATE
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR);
  }

  @Test
  void closesWhatItOpens() {
    for (List<RunEvent> run : runs().toList()) {
      List<String> open = new ArrayList<>();
      for (String name : elements(page(run))) {
        if (name.startsWith("/")) {
          assertThat(open.remove(open.size() - 1)).isEqualTo(name.substring(1));
        } else if (!Set.of("!DOCTYPE", "meta", "input").contains(name)) {
          open.add(name);
        }
      }
      assertThat(open).isEmpty();
    }
  }

  private static Stream<List<RunEvent>> runs() {
    return Stream.of(
        SampleRuns.check(),
        SampleRuns.rolledBack(),
        SampleRuns.fleet(),
        SampleRuns.incomplete(),
        PageSamples.undone(),
        PageSamples.findings(),
        PageSamples.hostile("x"),
        PageSamples.large(3, 12),
        PageSamples.large(30, 6),
        List.of());
  }

  @Test
  void loadsNothingAndSaysSoToTheBrowser() throws Exception {
    for (List<RunEvent> run : runs().toList()) {
      String page = page(run);
      assertThat(page).doesNotContain(" src=", "url(", "@import", "http:", "https:", "style=\"");
      assertThat(page).doesNotContainPattern(" on[a-z]+=\"");
      assertThat(page)
          .contains("default-src 'none'; style-src '" + digest(page, "style") + "'; ")
          .contains("script-src '" + digest(page, "script") + "'; ");
    }
  }

  private static String digest(String page, String tag) throws Exception {
    Matcher body = Pattern.compile("(?s)<" + tag + ">(.*?)</" + tag + ">").matcher(page);
    assertThat(body.find()).isTrue();
    byte[] sum =
        MessageDigest.getInstance("SHA-256").digest(body.group(1).getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(sum);
  }

  @Test
  void tellsTheFailureItsDiagnosisAndTheWayBack() {
    String page = page(SampleRuns.rolledBack());
    assertThat(page)
        .contains("<title>Control plane audit: Failed, and rolled back whole</title>")
        .contains("unknown flag: --audit-log-pth")
        .contains("<dt>Do</dt><dd>correct the flag --audit-log-pth");
    List<String> story =
        Pattern.compile("(?s)<ol class=\"story\">(.*?)</ol>")
            .matcher(page)
            .results()
            .flatMap(found -> found.group(1).lines())
            .map(line -> line.replaceAll("<[^>]+>", ""))
            .filter(line -> !line.isBlank())
            .toList();
    assertThat(story)
        .containsExactly(
            "+0.2 s changed audit policy: write /etc/kubernetes/audit-policy.yaml"
                + " (0600 root:root, 176 bytes)",
            "+30 s failed API server writes an audit log",
            "+31 s undone restore /etc/kubernetes/manifests/kube-apiserver.yaml",
            "+32 s undone remove /etc/kubernetes/audit-policy.yaml again",
            "+32 s rolled back run 20261122T011407Z: all is as it was before");
  }

  @Test
  void tellsARollbackThatFollowsBelowItsRun() {
    String page = page(PageSamples.undone());
    assertThat(page).contains("Rollback of run " + SampleRuns.RUN, "somebody changed it since");
    assertThat(page.indexOf("Harden control plane"))
        .isLessThan(page.indexOf("Rollback of run " + SampleRuns.RUN));
  }

  @ParameterizedTest
  @EnumSource(RunEvent.Status.class)
  void namesEveryWayToEnd(RunEvent.Status status) {
    String word = status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    List<RunEvent> events =
        List.of(SampleRuns.check().get(0), SampleRuns.task("cp1", "a", "b", status));
    assertThat(page(events)).contains("data-status=\"" + word + "\"").doesNotContain("badge null");
  }

  @Test
  void leavesOutTheCheckThatWasApplied() {
    List<RunEvent> both = new ArrayList<>(SampleRuns.check());
    both.addAll(SampleRuns.rolledBack());
    assertThat(page(both)).doesNotContain("would change").contains("Failed, and rolled back");
  }

  @Test
  void givesEveryItemAnAddressOfItsOwn() {
    Set<String> seen = new HashSet<>();
    Matcher ids = Pattern.compile(" id=\"([^\"]+)\"").matcher(page(PageSamples.undone()));
    while (ids.find()) {
      assertThat(seen.add(ids.group(1))).as(ids.group(1)).isTrue();
    }
    assertThat(seen).hasSizeGreaterThan(8);
    Matcher links = Pattern.compile("href=\"#([^\"]+)\"").matcher(page(SampleRuns.rolledBack()));
    while (links.find()) {
      assertThat(page(SampleRuns.rolledBack())).contains("id=\"" + links.group(1) + "\"");
    }
  }

  @Test
  void tellsNoSecret() {
    assertThat(page(SampleRuns.fleet()))
        .contains("secret content changes")
        .doesNotContain("hunter2");
  }

  @Test
  void isWrittenAtTheEndForItsOwnerAlone() throws IOException {
    Path file = folder.resolve("run.html");
    HtmlReport report = new HtmlReport(file, InstantSource.fixed(PageSamples.BEGIN));
    List<RunEvent> events = SampleRuns.rolledBack();
    events.subList(0, events.size() - 1).forEach(report);
    assertThat(file).doesNotExist();
    report.accept(events.get(events.size() - 1));
    assertThat(file).content().contains("Failed, and rolled back whole");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void saysThatARunWasCutOff() throws IOException {
    Path file = Files.writeString(folder.resolve("run.html"), "before");
    HtmlReport report = new HtmlReport(file, InstantSource.fixed(PageSamples.BEGIN));
    report.write();
    assertThat(file).content().isEqualTo("before");
    SampleRuns.rolledBack().subList(0, 4).forEach(report);
    report.write();
    assertThat(file).content().contains("Interrupted: this page ends", "audit policy");
  }

  @Test
  void keepsWhatWasThereWhenItCannotBeWritten() throws IOException {
    Path file = Files.createDirectories(folder.resolve("run.html"));
    Files.writeString(file.resolve("full"), "");
    HtmlReport report = new HtmlReport(file, InstantSource.fixed(PageSamples.BEGIN));
    assertThatThrownBy(() -> SampleRuns.check().forEach(report))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("run.html cannot be written");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void followsALinkInsteadOfReplacingIt() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    SampleRuns.check().forEach(new HtmlReport(link, InstantSource.fixed(PageSamples.BEGIN)));
    assertThat(link).isSymbolicLink();
    assertThat(target).content().contains("would change");
  }
}
