package dev.belay.core.builtin.kube;

import dev.belay.core.builtin.kube.Argument.Place;
import dev.belay.core.builtin.kube.ManifestWish.Flag;
import dev.belay.core.yaml.YamlNode;
import dev.belay.core.yaml.YamlPath;
import dev.belay.core.yaml.YamlRefused;
import dev.belay.core.yaml.YamlScalar;
import java.util.List;

/**
 * Edits the flags of one container.
 *
 * @param draft the manifest
 * @param container where the container stands
 * @param program the program whose flags are meant
 */
record FlagEdit(ManifestDraft draft, YamlPath container, String program) {

  /** Makes the flag say what is wanted. */
  void want(Flag flag) {
    List<Argument> given = given(flag.name());
    refuseContradiction(flag.name(), given);
    if (given.isEmpty()) {
      add(flag);
    } else if (!given.get(0).said().equals(flag.value())) {
      for (int i = given.size() - 1; i >= 0; i--) {
        replace(given.get(i), flag);
      }
      draft.note(
          "flag --%s changed from %s to %s"
              .formatted(flag.name(), given.get(0).said(), flag.value()));
    }
  }

  /** Takes the flag away wherever it is given. */
  void wantAbsent(String name) {
    List<Argument> given = given(name);
    for (int i = given.size() - 1; i >= 0; i--) {
      List<Place> places = given.get(i).places();
      for (int j = places.size() - 1; j >= 0; j--) {
        draft.remove(list(places.get(j)), places.get(j).position());
      }
    }
    if (!given.isEmpty()) {
      draft.note("flag --" + name + " removed");
    }
  }

  private void add(Flag flag) {
    Place place =
        line()
            .placeForNewFlag()
            .orElseThrow(
                () ->
                    YamlRefused.at(
                        node().line(),
                        "the container has neither command nor args",
                        "write its command as a list first"));
    draft.insert(list(place), place.position(), YamlScalar.of(flag.argument()));
    draft.note("flag --" + flag.name() + " added");
  }

  /** Rewrites one flag in the form it has; a value that looks like a flag joins its name. */
  private void replace(Argument argument, Flag flag) {
    Place first = argument.places().get(0);
    boolean apart = argument.places().size() > 1;
    if (apart && !flag.value().startsWith("-")) {
      draft.replace(path(argument.last()), YamlScalar.of(flag.value()));
      return;
    }
    if (apart) {
      draft.remove(list(argument.last()), argument.last().position());
    }
    draft.replace(path(first), YamlScalar.of(argument.spelled() + "=" + flag.value()));
  }

  private void refuseContradiction(String name, List<Argument> given) {
    List<String> values = given.stream().map(Argument::said).distinct().toList();
    if (values.size() > 1) {
      throw YamlRefused.at(
          draft.at(path(given.get(1).places().get(0))).orElseThrow().line(),
          "the flag --"
              + name
              + " is given "
              + given.size()
              + " times with different values: "
              + String.join(" and ", values),
          "leave one of them in the manifest");
    }
  }

  private List<Argument> given(String name) {
    return line().arguments().stream().filter(given -> given.name().equals(name)).toList();
  }

  private CommandLine line() {
    return CommandLine.of(node(), program);
  }

  private YamlNode node() {
    return draft.at(container).orElseThrow();
  }

  private YamlPath list(Place place) {
    return container.key(place.list());
  }

  private YamlPath path(Place place) {
    return list(place).item(place.position());
  }
}
