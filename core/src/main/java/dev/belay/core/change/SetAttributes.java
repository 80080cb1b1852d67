package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Sh;
import java.util.List;

/**
 * Sets mode and owners of a file or directory, leaving its content alone.
 *
 * @param before what is there: a regular file or a directory
 * @param attributes mode and owners afterwards
 */
public record SetAttributes(FileState before, Attributes attributes) implements Change.Reversible {

  @Override
  public String summary() {
    return "set " + before.at() + " to " + attributes;
  }

  @Override
  public List<Diff> diff() {
    return List.of(new Diff.Line(before.at().value(), now().toString(), attributes.toString()));
  }

  @Override
  public List<Touch> touches() {
    return List.of(Touch.of(before, after()));
  }

  @Override
  public boolean secret() {
    return before instanceof FileState.Regular file
        && file.content().map(Content::secret).orElse(false);
  }

  @Override
  public String perform() {
    return "b_attributes "
        + Sh.quote(before.at())
        + " "
        + attributes.mode()
        + " "
        + Sh.quote(attributes.owner())
        + " "
        + Sh.quote(attributes.group())
        + " && b_sync "
        + Sh.quote(before.at());
  }

  @Override
  public Facts effect(Facts facts) {
    FileState after = after();
    return FileEffects.put(
        facts, after instanceof FileState.Directory made ? FileEffects.usable(made, facts) : after);
  }

  private Attributes now() {
    return before instanceof FileState.Regular file
        ? file.attributes()
        : ((FileState.Directory) before).attributes();
  }

  private FileState after() {
    if (before instanceof FileState.Regular file) {
      return new FileState.Regular(
          file.at(),
          attributes,
          file.size(),
          file.sha256(),
          file.content(),
          file.links(),
          file.hold());
    }
    return new FileState.Directory(
        before.at(), attributes, ((FileState.Directory) before).writable());
  }
}
