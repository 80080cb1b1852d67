package dev.belay.core.fact;

/**
 * How a systemd unit stands, in the words of {@code systemctl show}.
 *
 * @param load {@code loaded}, {@code not-found}, {@code masked}…
 * @param active {@code active}, {@code inactive}, {@code failed}, {@code activating}…
 * @param enabled {@code enabled}, {@code disabled}, {@code static}, {@code masked}, or empty
 */
public record UnitState(String load, String active, String enabled) {

  /** Tells whether a unit file of that name is there. */
  public boolean exists() {
    return load.equals("loaded") || load.equals("masked");
  }

  /** Tells whether it runs. */
  public boolean running() {
    return active.equals("active") || active.equals("reloading");
  }

  /** Tells whether it starts at boot, or needs no enabling since other units start it. */
  public boolean starts() {
    return enabled.startsWith("enabled") || enabled.equals("static") || enabled.equals("alias");
  }
}
