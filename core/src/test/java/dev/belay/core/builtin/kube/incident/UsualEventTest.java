package dev.belay.core.builtin.kube.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.SharedSamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read quickly must be what the parser reads. */
class UsualEventTest {

  private final AuditLine reader = new AuditLine();

  private Optional<Optional<AuditEvent>> usual(byte[] line) {
    return reader.usual(line, 0, line.length) ? Optional.of(reader.event()) : Optional.empty();
  }

  private boolean agreesWithTheParser(byte[] line) {
    Optional<Optional<AuditEvent>> quick = usual(line);
    return quick.isEmpty() || quick.get().equals(reader.any(line, 0, line.length));
  }

  private static byte[] bytes(String line) {
    return line.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void readsOrdinaryEvents() {
    byte[] line = bytes(Request.of("delete", "pods", "web").line("ResponseComplete", "200"));
    assertThat(usual(line)).contains(reader.any(line, 0, line.length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"auditID\":\"a\",\"stage\":\"b\",\"x\":01}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"x\":1.5}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"x\":1true}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"x\":truer}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"x\":}",
        "{\"auditID\":\"a\",\"stage\":\"b\",}",
        "{\"auditID\":\"a\",\"stage\":\"b\"",
        "{\"auditID\":\"a\",\"stage\":\"b\"}}",
        "{\"auditID\":\"a\",\"stage\":\"b\"]",
        "{\"auditID\":\"a\" ,\"stage\":\"b\"}",
        "{\"auditID\":\"a\",\"stage\":\"\\u0062\"}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"x\":\"\\q\"}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"x\":\"\\u12g4\"}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"x\":\"\\",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"x\":\"\\u12",
        "{\"auditID\":\"a\",\"stage\":\"é\"}",
        "{\"auditID\":\"a\",\"st\\u0061ge\":\"b\"}",
        "{\"auditID\":\"a\",\"stage\":null}",
        "{\"auditID\":\"a\",\"stage\":true}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"sourceIPs\":[1,\"x\"]}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"x\":\"\t\"}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"x\":1234567890}",
        "",
      })
  void leavesTheRestToTheParser(String line) {
    assertThat(usual(bytes(line))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"auditID\":\"a\",\"stage\":\"b\",\"x\":\"\\u0026\\\"\\\\\\/\\n\"}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"user\":{\"username\":\"a\\\"b\\\\\"}}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"stage\":\"c\",\"user\":\"x\",\"verb\":[\"y\"]}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"user\":{\"user\":{\"username\":\"no\"},\"x\":[]}}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"sourceIPs\":[\"1\",\"2\"],\"sourceIPs\":[\"3\"]}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"sourceIPs\":\"4\",\"verb\":{\"verb\":\"no\"}}",
        "{\"auditID\":\"a\",\"stage\":\"b\",\"user/username\":\"no\",\"x\":[[{}],true,null,7]}",
        "{\"auditID\":\"\",\"stage\":\"\",\"responseStatus\":{\"code\":404,\"metadata\":{}}}",
        "{\"auditID\":{},\"stage\":[]}",
        "{}",
      })
  void readsTheSameAsTheParser(String line) {
    byte[] bytes = bytes(line);
    assertThat(usual(bytes)).contains(reader.any(bytes, 0, bytes.length));
  }

  /** Generated events, whole and damaged anywhere, one reader for all. */
  @Test
  void neverReadsAnythingElseThanTheParser() {
    long seed = 20261122;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int quick = 0;
    String pieces = "\"\\{}[],:u0aé\n 7";
    for (int round = 0; round < 4000; round++) {
      String line = Request.random(random).line("ResponseComplete", "201");
      quick += usual(bytes(line)).isPresent() ? 1 : 0;
      assertThat(agreesWithTheParser(bytes(line))).as("seed %d: %s", seed, line).isTrue();
      int at = random.nextInt(line.length());
      int to = Math.min(line.length(), at + random.nextInt(3));
      int piece = random.nextInt(pieces.length());
      String damaged = line.substring(0, at) + pieces.charAt(piece) + line.substring(to);
      assertThat(agreesWithTheParser(bytes(damaged))).as("seed %d: %s", seed, damaged).isTrue();
    }
    assertThat(quick).as("read quickly").isGreaterThan(500);
  }

  @Test
  void readsRealEventsQuicklyAndAsTheParserDoes() throws IOException {
    int all = 0;
    int quick = 0;
    for (Path file : SharedSamples.in("audit-events", "")) {
      for (String line : Files.readAllLines(file)) {
        all++;
        quick += usual(bytes(line)).isPresent() ? 1 : 0;
        assertThat(agreesWithTheParser(bytes(line))).as(line).isTrue();
      }
    }
    assertThat(quick).isGreaterThanOrEqualTo(all / 2);
  }
}
