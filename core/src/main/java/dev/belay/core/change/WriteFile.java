package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a file: beside its place, synced, then renamed over it. Links to it are followed; extended
 * attributes and ACLs of an old file are kept.
 *
 * @param before what is there: nothing or a regular file
 * @param content the bytes to write
 * @param attributes mode and owners afterwards
 */
public record WriteFile(FileState before, Content content, Attributes attributes)
    implements Change.Reversible {

  private FileState.Regular after() {
    return FileState.Regular.planned(before.at(), attributes, content);
  }

  @Override
  public String summary() {
    String size = content.secret() ? "secret content" : content.size() + " bytes";
    return "write " + before.at() + " (" + attributes + ", " + size + ")";
  }

  @Override
  public List<Diff> diff() {
    List<Diff> diffs = new ArrayList<>();
    diffs.add(contentDiff());
    String now = before instanceof FileState.Regular file ? file.attributes().toString() : "absent";
    if (!now.equals(attributes.toString())) {
      diffs.add(new Diff.Line("mode and owner", now, attributes.toString()));
    }
    return diffs;
  }

  private Diff contentDiff() {
    String path = before.at().value();
    if (before instanceof FileState.Regular file && file.content().isEmpty() && !content.secret()) {
      return new Diff.Line(
          path, sizes(file.size(), file.sha256()), sizes(content.size(), content.sha256()));
    }
    Optional<Content> old =
        before instanceof FileState.Regular file ? file.content() : Optional.empty();
    return new Diff.Text(
        path, content.secret() ? old.map(Content::asSecret) : old, Optional.of(content));
  }

  private static String sizes(long size, String sha256) {
    return size + " bytes, sha256 " + sha256;
  }

  @Override
  public List<Touch> touches() {
    return List.of(Touch.of(before, after()));
  }

  @Override
  public String perform() {
    return "printf %s '"
        + content.base64()
        + "' | base64 -d | b_write "
        + Sh.quote(before.at())
        + " "
        + attributes.mode()
        + " "
        + Sh.quote(attributes.owner())
        + " "
        + Sh.quote(attributes.group());
  }

  @Override
  public boolean whole() {
    return true;
  }

  @Override
  public Facts effect(Facts facts) {
    return FileEffects.put(facts, after());
  }
}
