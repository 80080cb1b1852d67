package dev.belay.testkit.steps;

import dev.belay.core.builtin.yaml.YamlKeys;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;

class YamlKeysTest implements StepContract {

  private static final String BEFORE =
      "# top\nhttp_output:\n  enabled: false   # not this one\nfile_output:\n  enabled: no\n";

  @Override
  public PlayItem item() {
    return new YamlKeys(RemotePath.of("/opt/app.yaml"))
        .set("file_output.enabled", true)
        .set("file_output.filename", "/opt/it's $(id): #1.log")
        .set("file_output.keep_alive", false);
  }

  @Override
  public String arrange() {
    return "printf '"
        + BEFORE.replace("\n", "\\n")
        + "' > /opt/real.yaml && chmod 0640 /opt/real.yaml"
        + " && ln -s real.yaml /opt/app.yaml";
  }

  @Override
  public FakeHost fakeHost() {
    return new FakeHost().file("/opt/app.yaml", "0640", BEFORE);
  }

  @Override
  public String proof() {
    return "[ -L /opt/app.yaml ] && read -r a < /opt/app.yaml && [ \"$a\" = '# top' ]"
        + " && case $(cat /opt/app.yaml) in *'enabled: false   # not this one'*) ;; *) false ;; esac";
  }
}
