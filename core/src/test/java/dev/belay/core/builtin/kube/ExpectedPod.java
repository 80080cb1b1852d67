package dev.belay.core.builtin.kube;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Fulfils a wish on plain maps, knowing nothing of text; the tests' second opinion. */
final class ExpectedPod {
  private final Map<String, Object> pod;
  private final Map<String, Object> spec;
  private final Map<String, Object> container;

  private ExpectedPod(Map<String, Object> pod, String name) {
    this.pod = pod;
    this.spec = map(pod, "spec");
    this.container =
        list(spec, "containers").stream()
            .map(ExpectedPod::cast)
            .filter(each -> name.equals(each.get("name")))
            .findFirst()
            .orElseThrow();
  }

  static Object load(byte[] yaml) {
    LoaderOptions options = new LoaderOptions();
    return new Yaml(new SafeConstructor(options)).load(new String(yaml, StandardCharsets.UTF_8));
  }

  static Object after(byte[] yaml, ManifestWish wish) {
    ExpectedPod expected = new ExpectedPod(cast(load(yaml)), wish.container());
    wish.flags().forEach(flag -> expected.flag(flag.name(), flag.value()));
    wish.volumes().forEach(expected::volume);
    if (!wish.annotations().isEmpty()) {
      Map<String, Object> metadata = map(expected.pod, "metadata");
      metadata.putIfAbsent("annotations", new LinkedHashMap<>());
      if (metadata.get("annotations") == null) {
        metadata.put("annotations", new LinkedHashMap<>());
      }
      map(metadata, "annotations").putAll(wish.annotations());
    }
    return expected.pod;
  }

  private void flag(String name, String value) {
    for (String list : List.of("command", "args")) {
      List<Object> items = list(container, list);
      for (int i = 0; i < items.size(); i++) {
        String item = String.valueOf(items.get(i));
        String spelled = item.split("=", 2)[0];
        if (!spelled.startsWith("--") || !spelled.substring(2).replace('_', '-').equals(name)) {
          continue;
        }
        boolean apart =
            !item.contains("=")
                && i + 1 < items.size()
                && !String.valueOf(items.get(i + 1)).startsWith("-");
        boolean alone = !apart && !item.contains("=") && value.equals("true");
        items.set(apart ? i + 1 : i, apart ? value : alone ? item : spelled + "=" + value);
        return;
      }
    }
    addFlag("--" + name + "=" + value);
  }

  private void addFlag(String flag) {
    List<Object> args = list(container, "args");
    boolean inArgs = args.stream().anyMatch(item -> String.valueOf(item).startsWith("--"));
    List<Object> target = inArgs ? args : list(container, "command");
    int at = target.size();
    while (at > 0 && String.valueOf(target.get(at - 1)).equals("positional")) {
      at--;
    }
    target.add(at, flag);
  }

  private void volume(HostPathVolume wanted) {
    Map<String, Object> volume = named(spec, "volumes", wanted.name());
    if (!(volume.get("hostPath") instanceof Map)) {
      volume.put("hostPath", new LinkedHashMap<String, Object>());
    }
    putPath(map(volume, "hostPath"), "path", wanted.hostPath().value());
    map(volume, "hostPath").put("type", wanted.type().word());
    Map<String, Object> mount = named(container, "volumeMounts", wanted.name());
    putPath(mount, "mountPath", wanted.mountPath().value());
    if (wanted.readOnly() || Boolean.TRUE.equals(mount.get("readOnly"))) {
      mount.put("readOnly", wanted.readOnly());
    }
  }

  private static void putPath(Map<String, Object> map, String key, String path) {
    if (!(path + "/").equals(map.get(key))) {
      map.put(key, path);
    }
  }

  private static Map<String, Object> named(Map<String, Object> holder, String key, String name) {
    if (holder.get(key) == null) {
      holder.put(key, new ArrayList<>());
    }
    for (Object item : list(holder, key)) {
      if (name.equals(cast(item).get("name"))) {
        return cast(item);
      }
    }
    Map<String, Object> added = new LinkedHashMap<>(Map.of("name", name));
    list(holder, key).add(added);
    return added;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> cast(Object map) {
    return (Map<String, Object>) map;
  }

  private static Map<String, Object> map(Map<String, Object> holder, String key) {
    return cast(holder.get(key));
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Map<String, Object> holder, String key) {
    Object list = holder.get(key);
    return list == null ? new ArrayList<>() : (List<Object>) list;
  }
}
