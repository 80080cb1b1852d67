package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.util.List;

/**
 * Makes one directory in a directory that is there. Undo removes it if it is empty by then.
 *
 * @param path where
 * @param attributes mode and owners
 */
public record MakeDirectory(RemotePath path, Attributes attributes) implements Change.Reversible {

  @Override
  public String summary() {
    return "make directory " + path + " (" + attributes + ")";
  }

  @Override
  public List<Diff> diff() {
    return List.of(new Diff.Line(path.value(), "absent", "directory " + attributes));
  }

  @Override
  public List<Touch> touches() {
    return List.of(Touch.of(new FileState.Absent(path), after()));
  }

  @Override
  public String perform() {
    String where = Sh.quote(path);
    return "mkdir -m 700 -- "
        + where
        + " && b_attributes "
        + where
        + " "
        + attributes.mode()
        + " "
        + Sh.quote(attributes.owner())
        + " "
        + Sh.quote(attributes.group())
        + " && b_sync "
        + Sh.quote(path.parent())
        + "/ || { rmdir -- "
        + where
        + "; false; }";
  }

  @Override
  public boolean whole() {
    return true;
  }

  @Override
  public Facts effect(Facts facts) {
    return FileEffects.put(facts, FileEffects.usable(after(), facts));
  }

  private FileState.Directory after() {
    return new FileState.Directory(path, attributes, true);
  }
}
