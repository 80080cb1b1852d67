package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Mode;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts a path back as a journal of the host kept it, with content, attributes and times.
 *
 * @param path what is put back
 * @param copy path of the kept copy on the host; used when {@code after} is a file or a link
 * @param now signature of what must be there now
 * @param after signature of what was there before the run that is undone
 * @param nowContent content there now, for the diff; empty when there is none or it is not known
 * @param afterContent content that was kept; empty when there is none or it is not known
 */
public record RestoreFile(
    RemotePath path,
    RemotePath copy,
    String now,
    String after,
    Optional<Content> nowContent,
    Optional<Content> afterContent)
    implements Change.Reversible {

  @Override
  public String summary() {
    return after.equals("-") ? "remove " + path + " again" : "restore " + path;
  }

  @Override
  public List<Diff> diff() {
    if (!secret() && !(known(now, nowContent) && known(after, afterContent))) {
      return List.of(new Diff.Line(path.value(), words(now), words(after)));
    }
    List<Diff> diffs = new ArrayList<>();
    if (!nowContent.equals(afterContent)) {
      diffs.add(new Diff.Text(path.value(), nowContent, afterContent));
    }
    if (!attributes(now).equals(attributes(after))) {
      diffs.add(new Diff.Line("mode and owner", attributes(now), attributes(after)));
    }
    return diffs;
  }

  @Override
  public boolean secret() {
    return Stream.of(nowContent, afterContent).flatMap(Optional::stream).anyMatch(Content::secret);
  }

  private static boolean known(String signature, Optional<Content> content) {
    return content.isPresent() || signature.equals(FileState.Absent.SIGNATURE);
  }

  private static String attributes(String signature) {
    if (!signature.startsWith("f ") && !signature.startsWith("d ")) {
      return words(signature);
    }
    String[] words = signature.split(" ");
    return new Attributes(new Mode(Integer.parseInt(words[1], 8)), words[2], words[3]).toString();
  }

  /** Returns a signature of {@link FileState} in words. */
  public static String words(String signature) {
    return switch (signature.charAt(0)) {
      case '-' -> "absent";
      case 'd' -> "directory " + attributes(signature);
      case 'f' -> "file " + attributes(signature) + digest(signature.split(" "));
      case 'l' -> "link to " + signature.substring(2);
      default -> signature;
    };
  }

  /** What a journal keeps of a secret is no digest of it. */
  private static String digest(String[] words) {
    return words.length < 5 || words[4].contains(".") ? "" : ", sha256 " + words[4];
  }

  @Override
  public List<Touch> touches() {
    return List.of(new Touch(path, now, after));
  }

  @Override
  public String perform() {
    return "b_restore " + Sh.quote(copy) + " " + Sh.quote(after) + " " + Sh.quote(path);
  }

  @Override
  public Facts effect(Facts facts) {
    return facts.doubting(
        (fact, value) -> fact instanceof FileFact file && file.path().equals(path),
        path + " is put back by a rollback");
  }
}
