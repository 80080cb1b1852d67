package dev.belay.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.inventory.HostPattern;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.inventory.InventoryText;
import dev.belay.core.inventory.InventoryTexts;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunOutlineTest {

  record Web(String domain, int appPort) {}

  private static final Play PLAIN =
      Play.of("plain").tasks(file("/a"), file("/b").tagged("t"), file("/c"));

  private static Step file(String path) {
    return new FilePresent(RemotePath.of(path));
  }

  private static Inventory inventory(String yaml) {
    byte[] content = yaml.getBytes(StandardCharsets.UTF_8);
    return InventoryTexts.read(
        List.of(InventoryText.of("hosts.yaml", InventoryText.Kind.YAML, content)), List.of());
  }

  private static List<List<String>> tasks(Inventory inventory, TaskChoice choice, Play... plays) {
    return RunOutline.of(
            new Playbook("p", List.of(plays)), inventory, Optional.<HostPattern>empty(), choice)
        .plays()
        .stream()
        .map(play -> play.tasks().stream().map(task -> task.key().task()).toList())
        .toList();
  }

  private static TaskChoice from(String name) {
    return TaskChoice.tagged(Set.of(), Set.of()).startingAt(Optional.of(name));
  }

  @Test
  void startsAtTheFirstTaskOfThatNameAndKeepsAllLaterPlays() {
    Inventory hosts = inventory("all: {hosts: {h: }}");
    assertThat(tasks(hosts, from("file[/b]"), PLAIN, PLAIN))
        .containsExactly(
            List.of("file[/b]", "file[/c]"), List.of("file[/a]", "file[/b]", "file[/c]"));
    assertThat(tasks(hosts, from("*/c?"), PLAIN)).containsExactly(List.of("file[/c]"));
    assertThat(tasks(hosts, from("second*"), PLAIN, Play.of("q").tasks(file("/x").named("second"))))
        .containsExactly(List.of(), List.of("second"));
  }

  @Test
  void refusesToStartAtATaskThatIsNotRun() {
    Inventory hosts = inventory("all: {hosts: {h: }}");
    assertThatThrownBy(() -> tasks(hosts, from("file[/bb]"), PLAIN))
        .isInstanceOf(RunRefusedException.class)
        .hasMessage("\"file[/bb]\"; did you mean \"file[/b]\"?");
    TaskChoice skipped =
        TaskChoice.tagged(Set.of(), Set.of("t")).startingAt(Optional.of("file[/b]"));
    assertThatThrownBy(() -> tasks(hosts, skipped, PLAIN)).isInstanceOf(RunRefusedException.class);
  }

  @Test
  void tellsForAllHostsWhichVariablesDoNotFitAndWhereTheyStand() {
    Inventory hosts =
        inventory(
            """
            all:
              hosts:
                w1:
                  domain: a.org
                  app_port: http
                w2:
                  domian: b.org
                  app_port: 80
            """);
    Play play =
        Play.of("web").with(Web.class, web -> List.of(file("/srv/" + web.domain()))).on("all");
    assertThatThrownBy(() -> tasks(hosts, TaskChoice.tagged(Set.of(), Set.of()), play))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageMatching(
            "hosts.yaml, line 5, column 17: app_port of host w1 is the text \"http\", wanted a whole"
                + " number for Web.appPort, play \"web\", \\w+.java:\\d+\n"
                + "host w2 \\(hosts.yaml, line 6, column 5\\): domain is missing, wanted a text for"
                + " Web.domain, play \"web\", \\w+.java:\\d+; did you mean \"domian\"\\?");
  }

  @Test
  void tasksOfSingleHostsAreToldWithTheirHosts() {
    record Own(String inventoryHostname, List<String> groupNames) {}
    Inventory hosts = inventory("web: {hosts: {w1: , w2: }}");
    Play play =
        Play.of("p")
            .tasks(file("/all"))
            .with(
                Own.class,
                own -> List.of(file("/" + own.groupNames().get(0) + own.inventoryHostname())));
    RunOutline outline =
        RunOutline.of(
            new Playbook("p", List.of(play)),
            hosts,
            Optional.empty(),
            TaskChoice.tagged(Set.of(), Set.of()));
    Map<String, List<String>> found = new java.util.TreeMap<>();
    outline.plays().get(0).tasks().forEach(task -> found.put(task.key().task(), task.hosts()));
    assertThat(found)
        .isEqualTo(
            Map.of(
                "file[/all]", List.of("w1", "w2"),
                "file[/webw1]", List.of("w1"),
                "file[/webw2]", List.of("w2")));
  }
}
