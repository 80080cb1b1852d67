package dev.belay.core.fact;

import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.Mode;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What lies at a path, with the content of a regular file.
 *
 * @param path where to look
 * @param follow whether a symbolic link at the path itself is followed; those above it always are
 */
public record FileFact(RemotePath path, boolean follow) implements Fact<FileState> {

  /** Files larger than this many bytes are known by digest only. */
  public static final int CONTENT_LIMIT = 1 << 20;

  /** Asks for what lies at the path, following links. */
  public FileFact(RemotePath path) {
    this(path, true);
  }

  @Override
  public String question() {
    return "b_file " + Sh.quote(path) + " " + (follow ? "f" : "n") + " " + CONTENT_LIMIT;
  }

  @Override
  public FileState parse(Answer answer) {
    if (answer.exit() != 0) {
      throw new FailedFactException(
          "cannot read " + path + ": " + answer.err(),
          "run as a user that may read it, for example with become");
    }
    Cursor cursor = new Cursor(path, answer.out());
    String[] head = cursor.line().split(" ");
    RemotePath at = RemotePath.of(cursor.take(Integer.parseInt(cursor.line())));
    return switch (head[0]) {
      case "-" -> new FileState.Absent(at);
      case "o" -> new FileState.Special(at);
      case "l" -> new FileState.Link(at, cursor.take(Integer.parseInt(head[1])));
      case "d" -> new FileState.Directory(at, attributes(head), head[4].equals("w"));
      default -> regular(head, at, cursor.rest());
    };
  }

  private static FileState regular(String[] head, RemotePath at, byte[] content) {
    Attributes attributes = attributes(head);
    int links = Integer.parseInt(head[4]);
    FileState.Regular.Hold hold = hold(head[7]);
    if (head[6].equals("-")) {
      Content known = Content.of(content);
      return new FileState.Regular(
          at, attributes, known.size(), known.sha256(), Optional.of(known), links, hold);
    }
    return new FileState.Regular(
        at, attributes, Long.parseLong(head[5]), head[6], Optional.empty(), links, hold);
  }

  private static FileState.Regular.Hold hold(String letter) {
    return switch (letter) {
      case "m" -> FileState.Regular.Hold.MOUNT_POINT;
      case "r" -> FileState.Regular.Hold.READ_ONLY;
      default -> FileState.Regular.Hold.NONE;
    };
  }

  private static Attributes attributes(String[] head) {
    return new Attributes(new Mode(Integer.parseInt(head[1], 8)), head[2], head[3]);
  }

  @Override
  public String toString() {
    return "file " + path;
  }

  /** Reads an answer from front to back; lengths are counted in bytes. */
  private static final class Cursor {
    private final RemotePath path;
    private final byte[] bytes;
    private int at;

    Cursor(RemotePath path, byte[] bytes) {
      this.path = path;
      this.bytes = bytes;
    }

    String line() {
      int end = at;
      while (bytes[end] != '\n') {
        end++;
      }
      String line = new String(bytes, at, end - at, StandardCharsets.UTF_8);
      at = end + 1;
      return line;
    }

    /** Returns a name; one that is no text could not be sent back to the host unharmed. */
    String take(int length) {
      ByteBuffer name = ByteBuffer.wrap(bytes, at, length);
      at += length + 1;
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(name).toString();
      } catch (CharacterCodingException noText) {
        throw new FailedFactException(
            "cannot work on " + path + ": a link there leads to a name that is no UTF-8 text",
            "rename what the link names, or take the link away");
      }
    }

    byte[] rest() {
      return Arrays.copyOfRange(bytes, at, bytes.length);
    }
  }
}
