package dev.belay.core.fact.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectFactTest {

  private static final ObjectFact FACT =
      new ObjectFact(Kubectl.ADMIN, ObjectRef.of(ObjectKind.POD, "omega", "app"));

  private static Answer answer(int exit, String text) {
    return new Answer(exit, text.getBytes(StandardCharsets.UTF_8), "");
  }

  @Test
  void readsTheObjectBesideWarningsOfKubectl() {
    ObjectState state =
        FACT.parse(answer(0, "Warning: too old\n{\"kind\":\"Pod\",\"metadata\":{\"uid\":\"7\"}}"));
    assertThat(((ObjectState.Present) state).live().uid()).isEqualTo("7");
  }

  @Test
  void isAbsentWhereTheServerKnowsNoneOfTheName() {
    assertThat(FACT.parse(answer(1, "Error from server (NotFound): pods \"app\" not found")))
        .isEqualTo(new ObjectState.Absent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The connection to the server 10.77.0.10:6443 was refused - did you specify the right host"
            + " or port?",
        "Unable to connect to the server: EOF",
        "Unable to connect to the server: net/http: TLS handshake timeout",
        "Error from server (Timeout): the server was unable to return a response in the time"
            + " allotted",
        "Error from server: etcdserver: leader changed",
        "the host has no kubectl",
        "there is no file /etc/kubernetes/admin.conf that may be read"
      })
  void isNotKnownWhileNobodyAnswers(String said) {
    assertThatExceptionOfType(UnknownFactException.class)
        .isThrownBy(() -> FACT.parse(answer(1, said)))
        .withMessageContaining(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Error from server (Forbidden): pods \"app\" is forbidden: User \"x\" cannot get",
        "error: You must be logged in to the server (Unauthorized)",
        "Unable to connect to the server: x509: certificate signed by unknown authority",
        "Error from server (NotFound): the server could not find the requested resource"
      })
  void failsWhereItIsRefusedForGood(String said) {
    assertThatThrownBy(() -> FACT.parse(answer(1, said)))
        .isInstanceOf(FailedFactException.class)
        .hasMessageContaining(said);
  }

  @Test
  void takesTheAnswersApartByTheirLengths() {
    Answer together = answer(0, "1 5\nab\nc\n0 2\n{}126 0\n");
    List<Answer> parts = FACT.split(together, 4);
    assertThat(parts).extracting(Answer::text).containsExactly("ab\nc\n", "{}", "", "");
    assertThat(parts).extracting(Answer::exit).containsExactly(1, 0, 126, 1);
  }

  @Test
  void asksForAllByOneQuestion() {
    ObjectFact other =
        new ObjectFact(Kubectl.ADMIN, ObjectRef.of(ObjectKind.ROLE, "citadel", "a'b"));
    assertThat(FACT.questionOfAll(List.of(FACT, other)))
        .isEqualTo(
            "b_objects '/etc/kubernetes/admin.conf' '/api/v1/namespaces/omega/pods/app'"
                + " '/etc/kubernetes/admin.conf'"
                + " '/apis/rbac.authorization.k8s.io/v1/namespaces/citadel/roles/a%27b'");
  }

  @Test
  void asksForAccessWithTheGroupsOfALogin() {
    Action action =
        new Action(
            "system:serviceaccount:a:b",
            List.of(),
            "create",
            "pods/exec",
            "",
            java.util.Optional.of("a"));
    assertThat(action.review())
        .contains(
            "\"system:serviceaccounts\",\"system:serviceaccounts:a\",\"system:authenticated\"")
        .contains("\"resource\":\"pods\",\"subresource\":\"exec\",\"namespace\":\"a\"");
  }
}
