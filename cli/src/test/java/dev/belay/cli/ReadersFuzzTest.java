package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.belay.core.inventory.HostPattern;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.inventory.InventoryException;
import dev.belay.core.inventory.InventoryText;
import dev.belay.core.inventory.InventoryTexts;
import dev.belay.core.inventory.VarsText;
import dev.belay.core.remote.Secret;
import dev.belay.core.secret.AnsibleVault;
import dev.belay.core.secret.VaultKeys;
import dev.belay.core.secret.VaultRefusedException;
import dev.belay.core.transport.sshconfig.ConfigFiles;
import dev.belay.core.transport.sshconfig.SshCaller;
import dev.belay.core.transport.sshconfig.SshConfig;
import dev.belay.core.transport.sshconfig.SshConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Texts that people write or that come from elsewhere, spoilt at random: each is read, or refused
 * in words. {@code -Dbelay.fuzz=N} tries N texts a reader instead of some hundreds, {@code
 * -Dbelay.fuzz.seed=S} begins at another place.
 */
@Timeout(600)
class ReadersFuzzTest {

  private static final int TEXTS = Integer.getInteger("belay.fuzz", 600);
  private static final long SEED = Long.getLong("belay.fuzz.seed", 20261122L);

  private static final String YAML =
      """
      all:
        vars: {ansible_user: jo, "a b": [1, 2.5, true, null, '0x1f']}
        children:
          web:
            hosts:
              w[01:03].example:
              "10.0.0.7": {ansible_port: 2200, ansible_become: yes, note: "x: y"}
            vars: &shared {a: 1}
          db:
            hosts: {d1: {ansible_ssh_common_args: "-o Port=3 -J bastion"}}
            children: {old: {hosts: {d2: }}}
            vars: *shared
      """;
  private static final String INI =
      """
      # hosts
      plain ansible_host=10.0.0.1 a=1,2 b='x y' c="{'k': [1, None]}"
      [web]
      w[1:3:2] ansible_port=22
      n[a:c].example:2222
      [web:vars]
      path=/srv ; not a comment
      [all:children]
      web
      """;
  private static final String SSH =
      """
      Host cp-* !cp-9 "with blank"
        HostName %h.example.com
        Port 2222
        IdentityFile ~/.ssh/%r@%n ${HOME}/k
        ProxyJump jo@one:22,two
      Match host cp-1 user root
        StrictHostKeyChecking accept-new
        UserKnownHostsFile "/a b" /c
      Include more conf.d/*
      Host *
        ServerAliveInterval 15m
        ProxyCommand nc -x %h:%p \\"q\\"
      """;
  private static final String VAULT =
      """
      $ANSIBLE_VAULT;1.2;AES256;prod
      62343562653330366137643031323266303161653038396231333462363364653065386562666264
      6435373964356264383964343766663837306635323831340a363136666439666163393331353861
      3864
      """;
  private static final String PLAN =
      """
      {"belay_plan":1,"playbook":"A.java","name":"p","made":"2026-11-22T00:00:00Z","used":"",
       "arguments":["--inventory","a,"],
       "hosts":{"a":[{"play":"x","task":"y","outcome":"would change",
         "changes":[{"summary":"write /a","digest":"00ff"}]}]}}
      """;

  /** What is likely to hit something. */
  private static final List<String> SHARDS =
      List.of(
          "\u0000",
          "\uFEFF",
          "\r",
          "\n",
          "\t",
          " ",
          "'",
          "\"",
          "\\",
          "%",
          "%%",
          "${",
          "{{ a }}",
          "[",
          "]",
          "{",
          "}",
          "[1:",
          "[9:1]",
          "[a:z]",
          "[1:99999999999]",
          ":",
          "::",
          ",",
          "&a ",
          "*a",
          "!vault |",
          "!!binary ",
          "? ",
          "- ",
          "---\n",
          "...\n",
          "<<: ",
          "null",
          "~",
          "99999999999999999999",
          "-1",
          "1e999",
          ".inf",
          "Match exec x\n",
          "Match ",
          "Host\n",
          "Include *\n",
          "Include /home/jo/.ssh/config\n",
          "ProxyJump a,b,",
          "all",
          "ungrouped",
          "localhost",
          "ansible_host=",
          "$ANSIBLE_VAULT;",
          "\uD83D\uDE00",
          "[".repeat(3000),
          "{\"a\":".repeat(3000),
          "x".repeat(70_000),
          "- ".repeat(2000));

  @TempDir Path folder;

  private interface Reader {
    void read(byte[] text) throws IOException;
  }

  private static void tryOut(String what, String seedText, Reader reader) {
    byte[] good = seedText.getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int i = 0; i < TEXTS; i++) {
      byte[] text = i == 0 ? good : spoilt(good, new Random(SEED + i));
      try {
        reader.read(text);
      } catch (InventoryException
          | SshConfigException
          | VaultRefusedException
          | ComplaintException wanted) {
        refused++;
        assertThat(wanted.getMessage()).as("%s %d", what, SEED + i).isNotBlank();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError unclear) {
        fail(
            "%s: text %d is refused by %s:%n%s"
                .formatted(what, SEED + i, unclear, new String(text, StandardCharsets.UTF_8)),
            unclear);
      }
    }
    assertThat(refused).as("spoilt texts of %s that are refused", what).isBetween(1, TEXTS);
  }

  private static byte[] spoilt(byte[] good, Random random) {
    String text = new String(good, StandardCharsets.ISO_8859_1);
    for (int times = 1 + random.nextInt(4); times > 0; times--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(1 + random.nextInt(40)));
      String shard =
          new String(
              SHARDS.get(random.nextInt(SHARDS.size())).getBytes(StandardCharsets.UTF_8),
              StandardCharsets.ISO_8859_1);
      text =
          switch (random.nextInt(6)) {
            case 0 -> text.substring(0, at) + text.substring(end);
            case 1 -> text.substring(0, end) + text.substring(at);
            case 2 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(end);
            case 3 -> text.substring(0, at);
            default -> text.substring(0, at) + shard + text.substring(at);
          };
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Everything that is made of an inventory is asked for. */
  private static void use(Inventory inventory) {
    inventory.warnings().forEach(warning -> assertThat(warning.toString()).isNotBlank());
    inventory.hosts().forEach(host -> assertThat(host.toString()).isNotBlank());
    assertThat(HostPattern.of("all").select(inventory)).hasSameSizeAs(inventory.hosts());
  }

  @Test
  void inventories() {
    for (InventoryText.Kind kind : List.of(InventoryText.Kind.YAML, InventoryText.Kind.INI)) {
      String seed = kind == InventoryText.Kind.YAML ? YAML : INI;
      tryOut(
          kind.toString(),
          seed,
          text ->
              use(InventoryTexts.read(List.of(InventoryText.of("hosts", kind, text)), List.of())));
    }
  }

  @Test
  void filesOfVariables() {
    InventoryText hosts =
        InventoryText.of(
            "hosts", InventoryText.Kind.INI, "[web]\nw1\n".getBytes(StandardCharsets.UTF_8));
    tryOut(
        "group_vars",
        "ansible_port: 22\nlist: [1, 2]\ntext: |\n  a\n  b\ndeep: {a: {b: [c, {d: e}]}}\n",
        text ->
            use(
                InventoryTexts.read(
                    List.of(hosts), List.of(new VarsText(".", "web", true, "web.yml", text)))));
  }

  @Test
  void patternsOfHosts() {
    Inventory inventory =
        InventoryTexts.read(
            List.of(
                InventoryText.of(
                    "hosts", InventoryText.Kind.YAML, YAML.getBytes(StandardCharsets.UTF_8))),
            List.of());
    tryOut(
        "pattern",
        "web:&db:!w0[1:2]*,10.0.0.7",
        text -> Inventories.select(new String(text, StandardCharsets.UTF_8), inventory));
  }

  @Test
  void configurationsOfSsh() {
    SshCaller caller = new SshCaller("jo", "/home/jo", 1000, "desk", Map.of("HOME", "/home/jo"));
    tryOut(
        "ssh_config",
        SSH,
        text -> {
          String own = new String(text, StandardCharsets.UTF_8);
          ConfigFiles files =
              new ConfigFiles() {
                @Override
                public Optional<String> read(String path, boolean mine) {
                  return path.equals("/home/jo/.ssh/config") ? Optional.of(own) : Optional.empty();
                }

                @Override
                public List<String> matching(String glob) {
                  return glob.contains("*") ? List.of("/home/jo/.ssh/config") : List.of(glob);
                }
              };
          for (String host : List.of("cp-1", "other")) {
            SshConfig.usual(files, caller)
                .settingsFor(
                    host, new SshConfig.Given(Optional.empty(), OptionalInt.empty(), List.of()));
          }
        });
  }

  @Test
  void vaults() {
    VaultKeys keys = new VaultKeys(List.of(Secret.of("some password")));
    tryOut(
        "vault",
        VAULT,
        text -> AnsibleVault.decrypt(new String(text, StandardCharsets.UTF_8), keys));
  }

  @Test
  void plans() {
    Path file = folder.resolve("plan.json");
    tryOut(
        "plan",
        PLAN,
        text -> {
          Files.write(file, text);
          PlanFile plan = PlanFile.read(file);
          CommandLineReader.read(plan.arguments(false).toArray(new String[0]));
        });
  }
}
