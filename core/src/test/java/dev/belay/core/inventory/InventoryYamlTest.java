package dev.belay.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.remote.BecomeMethod;
import dev.belay.core.remote.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryYamlTest {

  private static final Inventory CLUSTER = sample("cluster.yaml");

  @Test
  void readsHostsInTheOrderOfTheFile() {
    assertThat(CLUSTER.hosts())
        .extracting(Host::name)
        .containsExactly("bastion", "cp1", "cp2", "cp3", "node01", "node02", "node03");
    assertThat(CLUSTER.warnings()).isEmpty();
  }

  @Test
  void readsHowAHostIsReached() {
    assertThat(host("bastion").address()).isEqualTo("2001:db8::5");
    assertThat(host("bastion").port()).isEqualTo(OptionalInt.of(2222));
    assertThat(host("bastion").user()).contains("ubuntu");
    assertThat(host("bastion").become()).isEqualTo(BecomeSettings.UNSET);
    assertThat(host("bastion")).hasToString("bastion (ubuntu@[2001:db8::5]:2222)");
    assertThat(host("cp1").address()).isEqualTo("10.0.0.1");
    assertThat(host("cp2").address()).isEqualTo("cp2");
    assertThat(host("cp2").port()).isEmpty();
    assertThat(host("cp2").portOrDefault()).isEqualTo(22);
    assertThat(host("cp2").become().isEnabled(false)).isTrue();
    assertThat(host("cp2").become().user()).isEmpty();
    assertThat(host("node02").port()).isEqualTo(OptionalInt.of(2200));
    assertThat(host("node02").identityFiles()).containsExactly(new IdentityFile("~/.ssh/workers"));
  }

  @Test
  void readsGroupsWithTheHostsOfTheirChildren() {
    assertThat(group("all").hosts()).hasSize(7);
    assertThat(group("control_plane").hosts()).containsExactly("cp1", "cp2", "cp3");
    assertThat(group("control_plane").children()).containsExactly("first_control_plane");
    assertThat(group("workers").hosts()).containsExactly("cp3", "node01", "node02", "node03");
    assertThat(group("south").hosts()).containsExactly("cp3", "node01", "node02", "node03");
    assertThat(group("ungrouped").hosts()).containsExactly("bastion");
    assertThat(group("all").children())
        .containsExactlyInAnyOrder("ungrouped", "control_plane", "workers", "south");
    assertThat(CLUSTER.groupsOf("cp3"))
        .containsExactlyInAnyOrder("all", "control_plane", "workers", "south");
  }

  @Test
  void letsTheNearerGroupAndThenTheHostWin() {
    assertThat(host("bastion").vars()).containsEntry("level", "all").containsEntry("site", "none");
    assertThat(host("cp1").vars()).containsEntry("level", "host").containsEntry("site", "north");
    assertThat(host("cp2").vars()).containsEntry("level", "control_plane");
    assertThat(host("cp3").vars())
        .as("workers lies below south, so it is deeper than control_plane")
        .containsEntry("level", "workers")
        .containsEntry("site", "south");
    assertThat(host("node01").vars()).containsEntry("rack", 7);
    assertThat(host("cp2").vars().get("limits"))
        .isEqualTo(Map.of("open_files", 4096, "names", Arrays.asList("a", null)));
  }

  @Test
  void givesVariablesNobodyCanChange() {
    assertThatThrownBy(() -> host("cp2").vars().put("a", 1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((Map<?, ?>) host("cp2").vars().get("limits")).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  static List<Arguments> precedence() {
    String host = "h: {}";
    return List.of(
        Arguments.of("a: {hosts: {h: }, vars: {v: a}}\nb: {hosts: {h: }, vars: {v: b}}", "b"),
        Arguments.of("b: {hosts: {h: }, vars: {v: b}}\na: {hosts: {h: }, vars: {v: a}}", "b"),
        Arguments.of(
            "a: {hosts: {h: }, vars: {v: a, ansible_group_priority: 10}}\n"
                + "b: {hosts: {h: }, vars: {v: b}}",
            "a"),
        Arguments.of("z: {vars: {v: z}, children: {a: {hosts: {h: }, vars: {v: a}}}}", "a"),
        Arguments.of("all: {vars: {v: all}}\nungrouped: {hosts: {h: }, vars: {v: u}}", "u"),
        Arguments.of("a: {hosts: {h: {v: 1st}}}\nb: {hosts: {h: {v: 2nd}}}", "2nd"),
        Arguments.of("a: {hosts: {h: {v: own}}}\nb: {hosts: {" + host + "}, vars: {v: b}}", "own"),
        Arguments.of("a: {hosts: {h: }}\nb: {}\na2: {children: {a: {vars: {v: late}}}}", "late"));
  }

  @ParameterizedTest
  @MethodSource("precedence")
  void decidesBetweenGroupsAsAnsibleDoes(String yaml, String value) {
    assertThat(read(yaml).host("h").orElseThrow().vars()).containsEntry("v", value);
  }

  static List<Arguments> reached() {
    return List.of(
        Arguments.of(
            "h: {ansible_ssh_host: 10.0.0.1, ansible_ssh_port: '2200'}", "h (10.0.0.1:2200)"),
        Arguments.of("h: {ansible_host: a, ansible_ssh_host: b}", "h (a:22)"),
        Arguments.of("h: {ansible_ssh_user: root}", "h (root@h:22)"),
        Arguments.of("h:2222: {ansible_port: 2200}", "h (h:2200)"),
        Arguments.of("h: {ansible_host: }", "h (h:22)"),
        Arguments.of("h: {ansible_host: 'fe80::1%eth0'}", "h ([fe80::1%eth0]:22)"),
        Arguments.of("'2001:db8::1': {}", "2001:db8::1 ([2001:db8::1]:22)"),
        Arguments.of("'[2001:db8::1]:2222': {}", "2001:db8::1 ([2001:db8::1]:2222)"),
        Arguments.of("10.0.0.1:2222: {}", "10.0.0.1 (10.0.0.1:2222)"));
  }

  @ParameterizedTest
  @MethodSource("reached")
  void readsEverySpellingOfADestination(String host, String shown) {
    assertThat(read("all: {hosts: {" + host + "}}").hosts().get(0)).hasToString(shown);
  }

  @Test
  void keepsThePasswordOfSudoSecret() {
    Host host = sample("secrets.yaml").host("cp1").orElseThrow();

    assertThat(host.become())
        .isEqualTo(
            new BecomeSettings(
                Optional.of(true),
                Optional.of("admin"),
                Optional.of(Secret.of("hunter2 \"'$`")),
                Optional.of(BecomeMethod.SUDO)));
    assertThat(host.vars().get("ansible_become_password")).isInstanceOf(Secret.class);
    assertThat(host.vars().toString() + host + host.become()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ansible_become_pass", "ansible_sudo_pass", "ansible_sudo_password"})
  void knowsTheOldNamesOfTheSudoPassword(String name) {
    Host host = read("all: {hosts: {h: {" + name + ": s3}}}").hosts().get(0);

    assertThat(host.become().password()).contains(Secret.of("s3"));
  }

  @Test
  void readsTagsAndDatesAsText() {
    Map<String, Object> vars =
        read("all: {hosts: {h: {a: !unsafe '{{x', b: 2020-01-02, c: no, d: 0x10, e: }}}")
            .hosts()
            .get(0)
            .vars();

    assertThat(vars)
        .containsEntry("a", "{{x")
        .containsEntry("b", "2020-01-02")
        .containsEntry("c", false)
        .containsEntry("d", 16)
        .containsEntry("e", null);
  }

  @Test
  void mergesAGroupThatIsDeclaredSeveralTimes() {
    Inventory inventory =
        read(
            """
            web: {hosts: {h1: }, vars: {a: 1}}
            all:
              children:
                web: {hosts: {h2: }, vars: {b: 2}}
            """);

    assertThat(inventory.group("web").orElseThrow().hosts()).containsExactly("h1", "h2");
    assertThat(inventory.host("h1").orElseThrow().vars()).containsOnlyKeys("a", "b");
  }

  @Test
  void takesASingleHostWithoutColonAndEmptySections() {
    Inventory inventory = read("all:\n  children:\n    web:\n      hosts:\n        h1\n    db:\n");

    assertThat(inventory.group("web").orElseThrow().hosts()).containsExactly("h1");
    assertThat(inventory.group("db").orElseThrow().hosts()).isEmpty();
  }

  @Test
  void readsJson() {
    assertThat(read("{\"all\": {\"hosts\": {\"h1\": {\"ansible_port\": 2200}}}}").hosts())
        .hasToString("[h1 (h1:2200)]");
  }

  private static Arguments warns(String yaml, String place, String text) {
    return Arguments.of(yaml, place, text);
  }

  static List<Arguments> warned() {
    return List.of(
        warns(
            "all:\n  vars:\n    ansible_usr: x\n  hosts: h",
            "line 3, column 5",
            "\"ansible_user\"?"),
        warns("all:\n  vars: {ansible_ssh_args: x}", "line 2, column 10", "~/.ssh/config"),
        warns(
            "all: {hosts: {h: {ansible_connection: docker}}}",
            "line 1, column 39",
            "by ssh or are local"),
        warns("all: {vars: {greeting: 'hi {{ x }}'}}", "line 1, column 24", "not evaluated"),
        warns("web: {hosts: {web: }}", "line 1, column 1", "a group and a host"));
  }

  @ParameterizedTest
  @MethodSource("warned")
  void warnsOfWhatHasNoEffect(String yaml, String place, String text) {
    List<InventoryWarning> warnings = read(yaml).warnings();

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).toString()).startsWith("hosts.yaml, " + place).contains(text);
  }

  @Test
  void saysNothingOfWhatIsNotNeededHere() {
    String vars =
        "{ansible_python_interpreter: auto, ansible_connection: ssh, ansible_pipelining: true}";

    assertThat(read("all: {vars: " + vars + ", hosts: {h: }}").warnings()).isEmpty();
  }

  private static Arguments refuses(String yaml, int line, int column, String... texts) {
    return Arguments.of(
        yaml, "hosts.yaml, line " + line + ", column " + column + ": ", List.of(texts));
  }

  private static Arguments refusesVar(String var, int column, String... texts) {
    return refuses("all: {hosts: {h: {" + var + "}}}", 1, column, texts);
  }

  static List<Arguments> refused() {
    return List.of(
        refuses("", 1, 1, "the inventory is empty", "all:"),
        refuses("# nothing\n", 1, 1, "the inventory is empty"),
        refuses("- h1\n", 1, 1, "is a list"),
        refuses("h1\n", 1, 1, "is the text \"h1\""),
        refuses("[web]\nh1 ansible_host=10.0.0.1\n", 2, 1, "INI inventory", "without .yaml"),
        refuses("[web]\n", 1, 1, "INI inventory"),
        refuses("plugin: aws_ec2\n", 1, 1, "inventory plugin"),
        refuses("hosts:\n  h1:\n", 1, 1, "put all: above it"),
        refuses("all:\nhosts:\n  h1:\n", 2, 1, "put all: above it"),
        refuses("all:\n  host:\n    h1:\n", 2, 3, "unknown key \"host\"", "mean \"hosts\"?"),
        refuses("host:\n  h1:\n", 1, 1, "stands at the top"),
        refuses("All:\n  hosts: h1\n", 1, 1, "did you mean \"all\"?"),
        refuses("all:\n  childen:\n    web:\n", 2, 3, "did you mean \"children\"?"),
        refuses("all:\n  ansible_user: x\n", 2, 3, "below vars:"),
        refuses("all:\n  h1:\n", 2, 3, "unknown key \"h1\"", "indentation"),
        refuses("all:\n\thosts:\n", 2, 1, "indent with spaces"),
        refuses("all:\n  children:\n    - web\n", 3, 5, "is a list", "leave the dashes out"),
        refuses("all:\n  hosts:\n    - h1\n", 3, 5, "is a list", "leave the dashes out"),
        refuses("all:\n  hosts: 7\n", 2, 10, "the number 7"),
        refuses("all:\n  vars: x\n", 2, 9, "name: value"),
        refuses("all: h1\n", 1, 6, "group \"all\" is the text"),
        refuses("all:\n  hosts:\n    h1\n    h2\n", 3, 5, "\"h1 h2\" is no name", "colon after it"),
        refuses("all:\n  hosts:\n    h1: 10.0.0.1\n", 3, 9, "write its variables below it"),
        refuses(
            "all:\n  hosts:\n    h1:\n    h1:\n",
            4,
            5,
            "\"h1\" is in hosts of group \"all\" twice"),
        refuses("all:\n  vars: {a: 1, a: 2}\n", 2, 16, "twice"),
        refuses("all:\n  hosts: h1\n  hosts: h2\n", 3, 3, "twice"),
        refuses("web:\nweb:\n", 2, 1, "twice"),
        refuses("all:\n  hosts:\n    10:\n", 3, 5, "the number 10", "quote the key"),
        refuses("all:\n  hosts:\n    -oProxyCommand=x:\n", 3, 5, "is no name of a host"),
        refuses("all:\n  hosts:\n    h 1:\n", 3, 5, "is no name of a host"),
        refuses("all:\n  hosts:\n    web:\n      hosts:\n        h1:\n", 4, 7, "below children:"),
        refuses("all:\n  children:\n    hosts:\n      h1:\n", 3, 5, "look at the indentation"),
        refuses("all:\n  children:\n    'a,b':\n", 3, 5, "no name of a group"),
        refuses("a: {children: {b: {children: {a: }}}}\n", 1, 1, "contain each other: a > b > a"),
        refuses("all: &x {children: {web: *x}}\n", 1, 6, "an alias refers to what it stands in"),
        refuses("all: {hosts: h1}\n---\nall: {hosts: h2}\n", 2, 1, "second document"),
        refuses("all: {hosts: {'cp[1:3': }}", 1, 15, "is not closed"),
        refuses("all: {hosts: {'cp[3:1]': }}", 1, 15, "runs backwards"),
        refuses("all: {hosts: {'cp[01:100]': }}", 1, 15, "as many digits"),
        refuses("all: {hosts: {'cp[1:]': }}", 1, 15, "is no range"),
        refuses("all: {hosts: {'cp[1:9:0]': }}", 1, 15, "step"),
        refuses("all: {hosts: {'cp[1:999999]': }}", 1, 15, "more than 10000"),
        refuses("all: {hosts: {'h:99999': }}", 1, 15, "\"99999\" is no port"),
        refusesVar("ansible_port: ssh", 33, "ansible_port: \"ssh\" is no port", "65535"),
        refusesVar("ansible_port: 0", 33, "is no port"),
        refusesVar(
            "ansible_host: '10.0.0.1:22'", 33, "no host name and no IP address", "ansible_port"),
        refusesVar("ansible_host: 10", 33, "quote the value"),
        refusesVar("ansible_host: '-oProxyCommand=x'", 33, "no host name"),
        refusesVar("ansible_user: '-lroot'", 33, "is no user name"),
        refusesVar("ansible_user: '{{ me }}'", 33, "templates"),
        refusesVar("ansible_become: maybe", 35, "neither true nor false"),
        refusesVar(
            "ansible_become_method: doas", 42, "\"doas\" is not supported", "write sudo or su"),
        refusesVar("ansible_password: x", 19, "logging in by password", "use a key"),
        refusesVar("ansible_ssh_pass: x", 19, "use a key"),
        refusesVar("ansible_become_password: 12", 44, "the password is not a text"),
        refusesVar("a: !vault 'x'", 22, "Vault"),
        refusesVar("a: [!foo 'x']", 23, "the tag !foo is unknown"),
        refusesVar("a: {b: 1, b: 2}", 22, "duplicate key"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWithFileLineColumnAndAdvice(String yaml, String place, List<String> texts) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InventoryException.class)
        .hasMessageStartingWith(place)
        .hasMessageContaining("\n    do: ")
        .extracting(Throwable::getMessage)
        .satisfies(message -> assertThat(message).contains(texts));
  }

  @Test
  void namesNoPasswordInAnError() {
    for (String value :
        List.of("[hunter2]", "!x hunter2", "{a: hunter2}", "'{{ hunter2 }}'", "7654")) {
      assertThatThrownBy(() -> read("all: {hosts: {h: {ansible_become_password: " + value + "}}}"))
          .message()
          .doesNotContain("hunter2", "7654");
    }
  }

  private static Inventory read(String yaml) {
    return InventoryYaml.read(yaml.getBytes(StandardCharsets.UTF_8), "hosts.yaml");
  }

  private static Inventory sample(String name) {
    try (InputStream in = InventoryYamlTest.class.getResourceAsStream(name)) {
      return InventoryYaml.read(in.readAllBytes(), name);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Host host(String name) {
    return CLUSTER.host(name).orElseThrow();
  }

  private static Group group(String name) {
    return CLUSTER.group(name).orElseThrow();
  }
}
