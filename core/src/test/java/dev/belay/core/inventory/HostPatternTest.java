package dev.belay.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {

  private static final Inventory INVENTORY =
      InventoryYaml.read(
          """
          web: {hosts: {web1: , web2: , both: }}
          db: {hosts: {db1: , both: }}
          prod: {children: {web: , cache: {hosts: {redis.example.com: }}}}
          empty:
          all: {hosts: {'2001:db8::1': , alone: }}
          """
              .getBytes(StandardCharsets.UTF_8),
          "hosts.yaml");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all|web1 web2 both db1 redis.example.com 2001:db8::1 alone",
        "*|web1 web2 both db1 redis.example.com 2001:db8::1 alone",
        "web1|web1",
        "web|web1 web2 both",
        "prod|web1 web2 both redis.example.com",
        "db:web|both db1 web1 web2",
        "db,web1|both db1 web1",
        "web:&db|both",
        "web:!db|web1 web2",
        "!db:web|web1 web2",
        "prod:&web:!both|web1 web2",
        "!web|db1 redis.example.com 2001:db8::1 alone",
        "&db|both db1",
        "web?|web1 web2",
        "web*|web1 web2 both",
        "*.example.com|redis.example.com",
        "a*|alone",
        "all:!web*|db1 redis.example.com 2001:db8::1 alone",
        "ungrouped|2001:db8::1 alone",
        "2001:db8::1|2001:db8::1",
        "2001:db8::1,db1|2001:db8::1 db1",
        "all,!2001:db8::1,!prod|db1 alone",
        " web1 , db1 |web1 db1",
        "web1:web1:web|web1 web2 both",
        "web.|",
        "nobody|",
        "empty|",
        "web:!web|",
        "web[0]|web1",
        "web[-1]|both",
        "web[-3]|web1",
        "web[0:1]|web1 web2",
        "web[1:]|web2 both",
        "web[1:9]|web2 both",
        "web[0:1]:!web1|web2",
        "web:&web[1:2]|web2 both",
        "web[2:1]|",
        "web[9]|",
        "prod[0]|"
      })
  void selectsAsAnsibleDoes(String pattern, String hosts) {
    assertThat(HostPattern.of(pattern).select(INVENTORY))
        .extracting(Host::name)
        .containsExactly(hosts == null ? new String[0] : hosts.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wbe|no host or group is named \"wbe\"; did you mean \"web\"?",
        "web:!db2|no host or group is named \"db2\"; did you mean \"db1\"?",
        "all:&Prod|no host or group is named \"Prod\"; did you mean \"prod\"?",
        "elsewhere|no host or group is named \"elsewhere\"",
        "x*|no host or group is named \"x*\"",
        "web[3]|no host is at \"web[3]\"; positions count from 0 in a group that has no groups below it",
        "prod[0]|no host is at \"prod[0]\"; positions count from 0 in a group that has no groups below it"
      })
  void saysWhichTermNamesNothing(String pattern, String said) {
    assertThat(HostPattern.of(pattern).unmatched(INVENTORY)).hasToString("[" + said + "]");
  }

  @Test
  void complainsOfNoTermThatNamesSomething() {
    assertThat(HostPattern.of("all,web,ungrouped,empty,w*,!both").unmatched(INVENTORY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        ":",
        "!",
        "a:&",
        "~web.*",
        "web[a]",
        "cp[1:2:3]",
        "w*[0]",
        "web[:2]",
        "web[-1:]",
        "[0]",
        "a/b",
        "@file",
        "-x",
        "a$b"
      })
  void refusesWhatIsNoPattern(String text) {
    assertThatThrownBy(() -> HostPattern.of(text))
        .isInstanceOf(InventoryException.class)
        .hasMessageStartingWith("host pattern \"" + text + "\": ")
        .hasMessageContaining("\n    do: ");
  }
}
