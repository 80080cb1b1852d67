package dev.belay.core.builtin.kube;

import dev.belay.core.remote.Sh;
import dev.belay.core.step.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The proof that the new process of a static pod runs, not the old one that still answers: another
 * process than before, with the wanted flags, ready, and stable for a while. Works without the
 * container runtime's own tools.
 *
 * @param wish what the process must have been started with
 * @param before the manifest as it was
 * @param processes the processes of that name before, as the host told them
 * @param readiness how long to wait
 */
record PodHealth(ManifestWish wish, ManifestView before, String processes, Readiness readiness) {

  Health health() {
    String name = wish.container();
    List<String> wanted = new ArrayList<>();
    wish.flags().forEach(flag -> wanted.add("--" + flag.name() + "=" + flag.value()));
    return new Health(
        name,
        name
            + " runs as a new process with its flags, is ready, and stays so for "
            + readiness.stableFor().toSeconds()
            + " s, within "
            + readiness.within().toSeconds()
            + " s",
        await(processes, url(this::after), wanted),
        "b_diagnose_pod " + Sh.quote(name),
        await("", url(before::flag), restored()),
        readiness.within());
  }

  private String await(String not, String url, List<String> flags) {
    return "b_await_process "
        + Sh.quote(dev.belay.core.fact.ProcessFact.of(wish.container()).name())
        + " "
        + Sh.quote(not)
        + " "
        + readiness.within().toSeconds()
        + " "
        + readiness.stableFor().toSeconds()
        + " "
        + Sh.quote(url)
        + (flags.isEmpty() ? "" : " " + Sh.words(flags));
  }

  /** The flags of the old manifest, as far as the wish speaks of them; {@code !} marks absence. */
  private List<String> restored() {
    List<String> flags = new ArrayList<>();
    for (ManifestWish.Flag flag : wish.flags()) {
      flags.add(
          before
              .flag(flag.name())
              .map(value -> "--" + flag.name() + "=" + value)
              .orElse("!--" + flag.name() + "=" + flag.value()));
    }
    return flags;
  }

  /** A flag as it is after the change. */
  private Optional<String> after(String name) {
    return wish.flags().stream()
        .filter(flag -> flag.name().equals(name))
        .map(ManifestWish.Flag::value)
        .findFirst()
        .or(() -> before.flag(name));
  }

  /** Only an API server has a readiness that can be asked without its own credentials. */
  private String url(Function<String, Optional<String>> flag) {
    if (!wish.container().equals("kube-apiserver")) {
      return "";
    }
    String address = flag.apply("advertise-address").orElse("127.0.0.1");
    String host = address.contains(":") ? "[" + address + "]" : address;
    return "https://" + host + ":" + flag.apply("secure-port").orElse("6443");
  }
}
