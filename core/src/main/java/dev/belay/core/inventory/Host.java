package dev.belay.core.inventory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * One host of the inventory: how it is reached and its variables.
 *
 * @param name the name in the inventory, in reports and in patterns
 * @param address host name or IP address to connect to; the name where nothing else is given
 * @param port 1 to 65535; empty where the inventory gives none
 * @param user whom to log in as; empty where the inventory gives none
 * @param identityFiles private keys to try, in order; empty for the usual ones
 * @param become settings for sudo
 * @param vars all variables that hold for the host, plain data: String, Boolean, Number, List, Map,
 *     null, and {@link dev.belay.core.remote.Secret} for the password of sudo and for what was
 *     encrypted; cannot be changed
 * @param places where its variables stand
 */
public record Host(
    String name,
    String address,
    OptionalInt port,
    Optional<String> user,
    List<IdentityFile> identityFiles,
    BecomeSettings become,
    Map<String, Object> vars,
    VarPlaces places) {

  private static final int SSH_PORT = 22;

  /** Copies list and map. */
  public Host {
    identityFiles = List.copyOf(identityFiles);
    vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
    if (port.isPresent() && !HostNames.isPort(port.getAsInt())) {
      throw new IllegalArgumentException(
          "a port lies between 1 and 65535, got " + port.getAsInt() + " for host " + name);
    }
  }

  /** A host that is in no file. */
  public Host(
      String name,
      String address,
      OptionalInt port,
      Optional<String> user,
      List<IdentityFile> identityFiles,
      BecomeSettings become,
      Map<String, Object> vars) {
    this(name, address, port, user, identityFiles, become, vars, VarPlaces.NOWHERE);
  }

  /** Returns the host with the places where its variables stand. */
  Host standing(VarPlaces newPlaces) {
    return new Host(name, address, port, user, identityFiles, become, vars, newPlaces);
  }

  /** Returns a host that is reached under its own name, with nothing else said. */
  public static Host named(String name) {
    return new Host(
        name,
        name,
        OptionalInt.empty(),
        Optional.empty(),
        List.of(),
        BecomeSettings.UNSET,
        Map.of());
  }

  /** Tells whether it is this machine itself, reached without SSH: {@code ansible_connection}. */
  public boolean isLocal() {
    return vars.get(VarNames.CONNECTION) instanceof String way && VarNames.LOCAL.contains(way);
  }

  /**
   * Returns arguments for ssh: {@code ansible_ssh_common_args} and {@code ansible_ssh_extra_args}
   * behind each other; empty where the inventory gives none.
   */
  public String sshArguments() {
    return VarNames.SSH_ARGUMENTS.stream()
        .map(vars::get)
        .filter(value -> value instanceof String)
        .map(String::valueOf)
        .collect(Collectors.joining(" "))
        .strip();
  }

  /** Returns the port, 22 where the inventory gives none. */
  public int portOrDefault() {
    return port.orElse(SSH_PORT);
  }

  /** Returns name and destination; never the variables, which may hold secrets. */
  @Override
  public String toString() {
    String at = address.contains(":") ? "[" + address + "]" : address;
    return name
        + " ("
        + user.map(login -> login + "@").orElse("")
        + at
        + ":"
        + portOrDefault()
        + ")";
  }
}
