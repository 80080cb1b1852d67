package dev.belay.core.inventory;

import dev.belay.core.inventory.Draft.Var;
import dev.belay.core.remote.BecomeMethod;
import dev.belay.core.remote.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes a host of the variables that hold for it. */
final class ConnectionVars {

  private static final Pattern USER = Pattern.compile("[^-\\s:/@][^\\s:/@]*");
  private static final Set<String> YES = Set.of("true", "yes", "on", "1", "y", "t");
  private static final Set<String> NO = Set.of("false", "no", "off", "0", "n", "f");

  private final Map<String, Var> vars;

  private ConnectionVars(Map<String, Var> vars) {
    this.vars = vars;
  }

  static boolean isUser(String text) {
    return USER.matcher(text).matches();
  }

  static Host host(String name, Map<String, Var> vars) {
    return new ConnectionVars(vars).host(name);
  }

  private Host host(String name) {
    Map<String, Object> values = new LinkedHashMap<>();
    vars.forEach((key, var) -> values.put(key, var.value()));
    return new Host(
        name,
        address().orElse(name),
        port(),
        user(VarNames.USER),
        text(VarNames.KEY).map(IdentityFile::new).stream().toList(),
        new BecomeSettings(become(), user(List.of(VarNames.BECOME_USER)), password(), method()),
        values);
  }

  private Optional<String> address() {
    Optional<String> address = text(VarNames.ADDRESS);
    if (address.isPresent() && !HostNames.isName(address.get())) {
      throw fault(
          VarNames.ADDRESS,
          "\"" + address.get() + "\" is no host name and no IP address",
          "write the address alone; the port goes to ansible_port");
    }
    return address;
  }

  private OptionalInt port() {
    Optional<Var> var = first(VarNames.PORT);
    if (var.isEmpty()) {
      return OptionalInt.empty();
    }
    String digits = String.valueOf(var.get().value());
    if (!digits.matches("\\d{1,5}") || !HostNames.isPort(Integer.parseInt(digits))) {
      throw fault(
          VarNames.PORT, "\"" + digits + "\" is no port", "write a number between 1 and 65535");
    }
    return OptionalInt.of(Integer.parseInt(digits));
  }

  private Optional<String> user(List<String> names) {
    Optional<String> user = text(names);
    if (user.isPresent() && !isUser(user.get())) {
      throw fault(names, "\"" + user.get() + "\" is no user name", "write such as ubuntu");
    }
    return user;
  }

  private Optional<Secret> password() {
    Optional<Var> var = first(VarNames.BECOME_PASSWORD);
    if (var.isPresent() && !(var.get().value() instanceof Secret)) {
      throw fault(VarNames.BECOME_PASSWORD, "the password is not a text", "quote it");
    }
    return var.map(known -> (Secret) known.value());
  }

  private Optional<Boolean> become() {
    Optional<Var> var = first(List.of(VarNames.BECOME));
    if (var.isEmpty()) {
      return Optional.empty();
    }
    String value = String.valueOf(var.get().value()).toLowerCase(Locale.ROOT);
    if (!YES.contains(value) && !NO.contains(value)) {
      throw fault(
          List.of(VarNames.BECOME),
          "\"" + value + "\" is neither true nor false",
          "write true or false");
    }
    return Optional.of(YES.contains(value));
  }

  private Optional<BecomeMethod> method() {
    Optional<String> word = text(List.of(VarNames.METHOD));
    Optional<BecomeMethod> method = word.flatMap(BecomeMethod::of);
    if (word.isPresent() && method.isEmpty()) {
      throw fault(
          List.of(VarNames.METHOD),
          "becoming another user by \"" + word.get() + "\" is not supported",
          "write sudo or su, or leave it out");
    }
    return method;
  }

  private Optional<String> text(List<String> names) {
    Optional<Var> var = first(names);
    if (var.isPresent() && !(var.get().value() instanceof String)) {
      throw fault(names, "this is not a text", "quote the value");
    }
    return var.map(known -> (String) known.value()).filter(text -> !text.isEmpty());
  }

  /** Returns the first of several spellings; a variable without value counts as absent. */
  private Optional<Var> first(List<String> names) {
    return names.stream()
        .map(vars::get)
        .filter(var -> var != null && var.value() != null)
        .findFirst();
  }

  private InventoryException fault(List<String> names, String wrong, String advice) {
    String name = names.stream().filter(vars::containsKey).findFirst().orElse(names.get(0));
    return vars.get(name).place().wrong(name + ": " + wrong, advice);
  }
}
