import static dev.belay.dsl.Guards.*;
import static dev.belay.dsl.Plays.*;
import static dev.belay.dsl.Secrets.*;
import static dev.belay.dsl.Steps.*;

import dev.belay.cli.Belay;
import dev.belay.core.remote.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes a secret from every source, and uses each wherever a playbook can. */
class Planted {
  record Vars(Secret appToken) {}

  public static void main(String[] args) {
    String samples = System.getenv("SAMPLES");
    String what = System.getenv("PLANTED_CASE");
    Secret env = secret(env("PLANTED_ENV"));
    Secret key = secret(fromFile(System.getenv("KEY_FILE")));
    Secret command = secret(fromCommand("cat", System.getenv("COMMAND_FILE")));
    Secret age = secret(age(samples + "/planted.age", samples + "/identity"));
    Secret vault = secret(vault(samples + "/vault.yaml", "db", "password"));
    if (what.equals("prompt")) {
      Secret typed = secret(prompt("Password of the app"));
      throw new IllegalStateException("typed " + typed.reveal() + ", and once more " + secret(prompt("Password of the app")).reveal());
    }
    if (what.equals("argument")) {
      command("mysql", "--password=" + vault.reveal());
    }
    if (what.equals("condition")) {
      commandSucceeds("curl", "-H", "Token: " + vault.reveal(), "http://localhost/");
    }
    String url = "jdbc:db://h/?password=" + URLEncoder.encode(env.reveal(), StandardCharsets.UTF_8);
    String show = "{ printf '%s' \"$TOKEN\"; printf 'x%s' \"$TOKEN\" | base64 -w0; cat; } >&2; exit 3";
    var steps = play("secrets of " + vault.reveal()).on("all").become().with(Vars.class, vars -> List.of(
        directory("/opt/app").mode("0700"),
        file("/opt/app/key").content(key).named("the key " + age.reveal()),
        file("/opt/app/pin").content(command).mode("0640"),
        file("/opt/app/config")
            .content("user: admin\npassword: '" + vault.reveal() + "'\nurl: " + url + "\nkey: |\n  "
                + key.reveal().replace("\n", "\n  ") + "\n"),
        command("sh", "-c", "cat >/dev/null; [ -n \"$TOKEN\" ] && : >/opt/app/ran")
            .creates("/opt/app/ran").affects("/opt/app/ran")
            .environment("TOKEN", vault).input(key).undoneBy("rm", "-f", "/opt/app/ran"),
        command("sh", "-c", "cat >/dev/null; [ -n \"$TOKEN\" ] && "
                + "for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline; echo; done >/opt/snap/cmdlines; "
                + "cp -r /run/belay /opt/snap/jobs; cp -r /var/lib/belay /opt/snap/journal")
            .creates("/opt/snap/journal").affects("/opt/snap")
            .environment("TOKEN", env).input(age).undoneBy("true")
            .when(not(exists("/opt/" + command.reveal()))),
        file("/opt/app/variable").content("token=" + vars.appToken().reveal() + "\n"),
        guarded(within(seconds(what.equals("unhealthy") ? 10 : 60)),
            until(commandSucceeds(what.equals("unhealthy") ? "false" : "true")),
            file("/opt/app/guarded").content("token=" + age.reveal() + "\n")),
        command("sh", "-c", what.equals("fails") ? show : "cat >/dev/null; : >/opt/app/last")
            .creates("/opt/app/last").affects("/opt/app/last")
            .environment("TOKEN", env).input(command.reveal() + key.reveal())
            .undoneBy("sh", "-c", what.equals("loud") ? "cat /opt/app/pin >&2; exit 4" : "rm -f /opt/app/last")));
    Belay.run(args, playbook("Planted for " + vault.reveal(), steps));
  }
}
