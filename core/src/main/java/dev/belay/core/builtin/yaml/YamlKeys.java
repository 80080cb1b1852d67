package dev.belay.core.builtin.yaml;

import dev.belay.core.builtin.file.Place;
import dev.belay.core.change.Change;
import dev.belay.core.change.WriteFile;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.ReversibleStep;
import dev.belay.core.step.StepRefusedException;
import dev.belay.core.yaml.YamlEdit;
import dev.belay.core.yaml.YamlRefused;
import dev.belay.core.yaml.YamlScalar;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps single values of a YAML file, and every other byte of it: comments, order, quoting, line
 * ends.
 *
 * <p>Undo restores the file. A missing key is added to its block; the file itself must be there.
 * What cannot be edited safely (anchors, several documents, duplicate keys) is refused. Mode and
 * owners are not looked at.
 *
 * @param path where
 * @param wanted values by key path, in the order in which missing ones are added
 */
public record YamlKeys(RemotePath path, Map<List<String>, YamlScalar> wanted)
    implements ReversibleStep {

  /** Keeps the order of the keys. */
  public YamlKeys {
    wanted = Collections.unmodifiableMap(new LinkedHashMap<>(wanted));
  }

  /** Keeps no key yet. */
  public YamlKeys(RemotePath path) {
    this(path, Map.of());
  }

  /**
   * Returns the step with one more text value.
   *
   * @param dotted keys from the top, joined by dots, such as {@code file_output.filename}
   */
  public YamlKeys set(String dotted, String value) {
    return set(List.of(dotted.split("\\.")), YamlScalar.of(value));
  }

  /** Returns the step with one more truth value; see {@link #set(String, String)}. */
  public YamlKeys set(String dotted, boolean value) {
    return set(List.of(dotted.split("\\.")), YamlScalar.of(value));
  }

  /** Returns the step with one more number; see {@link #set(String, String)}. */
  public YamlKeys set(String dotted, long value) {
    return set(List.of(dotted.split("\\.")), YamlScalar.of(value));
  }

  /** Returns the step with one more value, its keys given one by one, as they may hold dots. */
  public YamlKeys set(List<String> keys, YamlScalar value) {
    Map<List<String>, YamlScalar> more = new LinkedHashMap<>(wanted);
    if (more.put(List.copyOf(keys), value) != null) {
      throw new IllegalArgumentException(
          "key " + String.join(".", keys) + " of " + path + " is given twice");
    }
    return new YamlKeys(path, more);
  }

  @Override
  public String label() {
    return "yaml[" + path + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    return Place.reads(path);
  }

  @Override
  public List<Fact<?>> followUps(Facts facts) {
    return Place.followUps(path, facts);
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    FileState.Regular file = TextFile.of(path, label(), facts);
    try {
      YamlEdit.Result result = YamlEdit.set(file.content().orElseThrow().bytes(), wanted);
      if (result.changes().isEmpty()) {
        return List.of();
      }
      Place.checkWritable(path, facts);
      return List.of(new WriteFile(file, Content.of(result.bytes()), file.attributes()));
    } catch (YamlRefused refused) {
      throw new StepRefusedException(
          label() + " with " + keys(), path + ": " + refused.getMessage(), refused.hint());
    }
  }

  private String keys() {
    return wanted.keySet().stream().map(keys -> String.join(".", keys)).toList().toString();
  }

  /** A file that has to be there and small enough to be edited; shared with the manifest step. */
  public static final class TextFile {

    private TextFile() {}

    /**
     * Returns the file at the path.
     *
     * @throws StepRefusedException when there is none, or it is too large to be read whole
     */
    public static FileState.Regular of(RemotePath path, String wanted, Facts facts) {
      if (!(facts.get(new FileFact(path)) instanceof FileState.Regular file)) {
        throw new StepRefusedException(
            wanted,
            "there is no file " + path,
            "check the path, or put the task that brings the file before this one");
      }
      if (file.content().isEmpty()) {
        throw new StepRefusedException(
            wanted,
            path + " has " + file.size() + " bytes",
            "files over 1 MiB are not edited; is it the right one?");
      }
      return file;
    }
  }
}
