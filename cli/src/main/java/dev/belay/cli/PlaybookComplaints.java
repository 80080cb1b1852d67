package dev.belay.cli;

import dev.belay.dsl.secret.SecretUnreadableException;
import java.util.Arrays;
import java.util.Optional;

/** Says what went wrong while a playbook was being built, at the line of the user's file. */
final class PlaybookComplaints {

  private PlaybookComplaints() {}

  /** Returns the complaint about what the user's main threw. */
  static ComplaintException of(SourceText source, Throwable thrown) {
    if (thrown instanceof ComplaintException already) {
      return already;
    }
    Optional<StackTraceElement> line =
        Arrays.stream(thrown.getStackTrace())
            .filter(frame -> CompiledPlaybook.LOADER.equals(frame.getClassLoaderName()))
            .findFirst();
    String where =
        line.map(frame -> source.path() + ":" + frame.getLineNumber())
            .orElse(source.path().toString());
    if (thrown instanceof SecretUnreadableException unreadable) {
      return ComplaintException.usage(
          where + ": a secret cannot be read",
          "a secret from where the playbook says it is",
          unreadable.got(),
          unreadable.advice(),
          unreadable);
    }
    return ComplaintException.usage(
        where + ": the playbook cannot be built",
        "a playbook that can be built without any host",
        said(thrown),
        "correct " + where + "; -v shows where it came from",
        thrown);
  }

  /** A message that was written for people stands alone; any other needs the type beside it. */
  private static String said(Throwable thrown) {
    boolean forPeople =
        thrown.getMessage() != null
            && (thrown.getClass() == IllegalArgumentException.class
                || thrown.getClass().getName().startsWith("dev.belay."));
    return forPeople ? thrown.getMessage() : thrown.toString();
  }
}
