package dev.belay.core.builtin.kube.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTextTest {

  private static final ObjectRef MAP = ObjectRef.of(ObjectKind.CONFIG_MAP, "omega", "settings");

  private static ObjectContent json(String text) {
    return ObjectContent.ofJson(text.replace('\'', '"'));
  }

  @Test
  void readsWhatYamlSays() {
    assertThat(
            ManifestText.read(
                "a: yes\nb: 0644\nc: '7'\nd: 1.5\ne:\nf: [1, x]\ng: {h: 2024-01-02}\n"))
        .isEqualTo(
            json(
                "{'a':true,'b':420,'c':'7','d':1.5,'e':null,'f':[1,'x'],"
                    + "'g':{'h':'2024-01-02'}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "- a", "a: 1\na: 2", "1: x", "a: b: c", "--- a\n---\nb", "a: 1:30"})
  void refusesWhatIsNoManifest(String yaml) {
    assertThatIllegalArgumentException().isThrownBy(() -> ManifestText.read(yaml));
  }

  @Test
  void refusesTheManifestOfAnotherObject() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectName(MAP).present("metadata: {name: other}\n"))
        .withMessageContaining("other");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectName(MAP).present("kind: Secret\n"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectName(MAP).present(RoleGrant.ofRole("r").toUser("u")));
  }

  @Test
  void encodesTheTextOfASecret() {
    ObjectRef ref = ObjectRef.of(ObjectKind.SECRET, "omega", "s");
    assertThat(new ObjectName(ref).present("stringData: {p: hush}\n").content().json())
        .contains("\"data\":{\"p\":\"aHVzaA==\"}")
        .doesNotContain("stringData");
  }

  @Test
  void refusesToDeleteWhatTakesMoreWithIt() {
    ObjectRef namespace = ObjectRef.of(ObjectKind.NAMESPACE, "omega");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectAbsent(Kubectl.ADMIN, namespace, Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':1,'b':2}    | {'a':1}       | true  | {'a':1,'b':2}",
        "{'a':1}          | {'a':1.0}     | true  | {'a':1.0}",
        "{'a':'1'}        | {'a':1}       | false | {'a':1}",
        "{'a':{'b':1}}    | {'a':{'c':2}} | false | {'a':{'b':1,'c':2}}",
        "{'a':[1,2]}      | {'a':[1]}     | false | {'a':[1]}",
        "{'a':[{'n':1,'d':2}]} | {'a':[{'n':1}]} | true | {'a':[{'n':1,'d':2}]}",
        "{'a':[{'n':1,'d':2}]} | {'a':[{'n':3}]} | false | {'a':[{'n':3,'d':2}]}",
        "{'a':1}          | {'a':null}    | false | {}",
        "{}               | {'a':null}    | true  | {}",
        "{}               | {'a':[]}      | true  | {'a':[]}",
        "{'a':1}          | {'a':{'b':1}} | false | {'a':{'b':1}}"
      })
  void laysWhatIsWantedOverWhatIs(String live, String wanted, boolean holds, String after) {
    var is = json(live).node();
    var want = json(wanted).node();
    assertThat(Overlay.holds(is, want)).isEqualTo(holds);
    assertThat(Overlay.laidOver(is, want)).isEqualTo(json(after).node());
  }
}
