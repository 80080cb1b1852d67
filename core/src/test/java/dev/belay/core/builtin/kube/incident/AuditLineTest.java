package dev.belay.core.builtin.kube.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.SharedSamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditLineTest {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static Optional<AuditEvent> parse(String line) {
    byte[] bytes = ("xx" + line + "yy").getBytes(StandardCharsets.UTF_8);
    return new AuditLine().parse(bytes, 2, bytes.length - 4);
  }

  @Test
  void readsWhatMattersAndPassesOverBodies() {
    AuditEvent event =
        parse(
                """
                {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse",\
                "auditID":"id-1","stage":"ResponseComplete","requestURI":"/x","verb":"create",\
                "user":{"username":"admin","groups":["a"],"extra":{"username":["no"]}},\
                "impersonatedUser":{"username":"agent & \\"smith\\""},"sourceIPs":["10.0.0.1","::1"],\
                "userAgent":"kubectl","objectRef":{"resource":"pods","namespace":"citadel",\
                "name":"web","subresource":"exec"},"responseStatus":{"metadata":{"code":1},"code":201},\
                "requestObject":{"user":{"username":"evil"},"verb":"delete"},\
                "responseObject":{"auditID":"other","deep":[[{"stage":"x"}]]},\
                "requestReceivedTimestamp":"2022-06-23T13:38:21.709680Z",\
                "stageTimestamp":"2022-06-23T13:38:22.000000Z",\
                "annotations":{"authorization.k8s.io/decision":"allow",\
                "authorization.k8s.io/reason":""}}""")
            .orElseThrow();
    assertThat(event.auditId()).isEqualTo("id-1");
    assertThat(event.verb()).isEqualTo("create");
    assertThat(event.who())
        .isEqualTo(new AuditEvent.Who("admin", Optional.of("agent & \"smith\""), "10.0.0.1"));
    assertThat(event.object())
        .isEqualTo(new AuditEvent.ObjectRef("citadel", "pods", "exec", "web"));
    assertThat(event.outcome().succeeded()).contains(true);
    assertThat(event.outcome().time()).contains(Instant.parse("2022-06-23T13:38:21.709680Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "{",
        "{\"auditID\":\"a\",\"stage\":\"ResponseComplete\",\"verb\":\"de",
        "{\"auditID\":\"a\",\"stage\":\"ResponseComplete\",\"user\":{\"username\":\"x\"}",
        "{\"stage\":\"ResponseComplete\"}",
        "{\"auditID\":{},\"stage\":[]}",
        "I1122 07:07:07.000000 klog line",
        "2022-06-23T13:38:21.7Z AUDIT: id=\"x",
      })
  void takesNothingElseForAnEvent(String line) {
    assertThat(parse(line)).isEmpty();
  }

  @Test
  void readsTheLegacyFormat() {
    AuditEvent event =
        parse(
                """
                2017-03-21T03:57:09.106841886-04:00 AUDIT: id="c939d2a7" stage="ResponseComplete" \
                ip="127.0.0.1" method="delete" user="admin" groups="\\"system:masters\\",\\"x\\"" \
                as="agent smith" asgroups="<lookup>" user-agent="curl \\"x\\" stage=\\"Panic\\"" \
                namespace="citadel" uri="/api/v1/namespaces/citadel/pods/web-1?gracePeriod=0" \
                response="200\"""")
            .orElseThrow();
    assertThat(event.stage()).isEqualTo("ResponseComplete");
    assertThat(event.who().actor()).isEqualTo("agent smith");
    assertThat(event.object()).isEqualTo(new AuditEvent.ObjectRef("citadel", "pods", "", "web-1"));
    assertThat(event.outcome().succeeded()).contains(true);
    assertThat(event.outcome().grant()).isInstanceOf(Grant.Unknown.class);
    assertThat(event.outcome().time()).contains(Instant.parse("2017-03-21T07:57:09.106841886Z"));
  }

  @Test
  void knowsOfALegacyLineWhatIsNotThere() {
    AuditEvent event =
        parse(
                """
                2017-03-21T03:57:09Z AUDIT: id="c" stage="RequestReceived" ip="::1" method="create" \
                user="<none>" groups="<none>" as="<self>" asgroups="<lookup>" user-agent="" \
                namespace="<none>" uri="/apis/rbac.authorization.k8s.io/v1/clusterroles" \
                response="<deferred>\"""")
            .orElseThrow();
    assertThat(event.who()).isEqualTo(new AuditEvent.Who("", Optional.empty(), "::1"));
    assertThat(event.object()).isEqualTo(new AuditEvent.ObjectRef("", "clusterroles", "", ""));
    assertThat(event.outcome().succeeded()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2022-06-23T13:38:21.709680Z, 2022-06-23T13:38:21.709680Z",
    "1970-01-01T00:00:00.000001Z, 1970-01-01T00:00:00.000001Z",
    "2024-02-29T23:59:59.999999Z, 2024-02-29T23:59:59.999999Z",
    "2022-06-23T13:38:21Z, 2022-06-23T13:38:21Z",
    "2022-06-23T13:38:21.709680123+02:00, 2022-06-23T11:38:21.709680123Z",
    "2022-02-30T13:38:21.709680Z,",
    "2022-06-23T24:38:21.709680Z,",
    "2022-06-23 13:38:21.709680Z,",
    "yesterday,",
  })
  void readsTimesInEveryForm(String text, String expected) {
    assertThat(AuditNumbers.time(text))
        .isEqualTo(Optional.ofNullable(expected).map(Instant::parse));
  }

  /** The real events of every version, against a second reading by a tree. */
  @Test
  void readsRealEventsAsTheirSchemaSays() throws IOException {
    for (Path file : SharedSamples.in("audit-events", "")) {
      for (String line : Files.readAllLines(file)) {
        JsonNode tree = MAPPER.readTree(line);
        AuditEvent event = parse(line).orElseThrow();
        assertThat(event.auditId()).isEqualTo(tree.at("/auditID").asString());
        assertThat(event.stage()).isEqualTo(tree.at("/stage").asString());
        assertThat(event.verb()).isEqualTo(tree.at("/verb").asString());
        assertThat(event.who().user()).isEqualTo(tree.at("/user/username").asString());
        assertThat(event.who().impersonated())
            .isEqualTo(Optional.ofNullable(text(tree, "/impersonatedUser/username")));
        assertThat(event.object())
            .isEqualTo(
                new AuditEvent.ObjectRef(
                    tree.at("/objectRef/namespace").asString(""),
                    tree.at("/objectRef/resource").asString(""),
                    tree.at("/objectRef/subresource").asString(""),
                    tree.at("/objectRef/name").asString("")));
        assertThat(event.outcome().code())
            .isEqualTo(
                Optional.ofNullable(text(tree, "/responseStatus/code")).map(Integer::valueOf));
        assertThat(event.outcome().time()).as(line).isPresent();
        String reason = text(tree, "/annotations/authorization.k8s.io~1reason");
        boolean rbac = reason != null && reason.startsWith("RBAC: allowed by ");
        assertThat(event.outcome().grant() instanceof Grant.Rbac).as(line).isEqualTo(rbac);
      }
    }
  }

  private static String text(JsonNode tree, String pointer) {
    JsonNode node = tree.at(pointer);
    return node.isMissingNode() || node.isNull() ? null : node.asString();
  }
}
