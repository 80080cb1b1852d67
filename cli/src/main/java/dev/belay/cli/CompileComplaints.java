package dev.belay.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** Says why a playbook file cannot be made into something that runs. */
final class CompileComplaints {

  private static final int COMPACT_SINCE = 25;
  private static final int SHOWN = 10;
  private static final String WANTED = "a Java file that compiles";

  /** A main outside of any class stands at the start of its line and takes a brace. */
  private static final Pattern MAIN_AT_TOP =
      Pattern.compile("^(static\\s+)?void\\s+main\\s*\\(", Pattern.MULTILINE);

  private static final Pattern MODULE_IMPORT =
      Pattern.compile("^\\s*import\\s+module\\s", Pattern.MULTILINE);

  /** What JDK 17 to 20, then 21 to 24, say of a method outside of any class. */
  private static final Pattern OUTSIDE_OF_CLASS =
      Pattern.compile(
          "compiler\\.err\\.(expected4|expected\\.module\\.or\\.open|preview\\.feature\\.disabled.*)");

  private CompileComplaints() {}

  static ComplaintException noCompiler(SourceText source) {
    return ComplaintException.refused(
        source.path() + " cannot be compiled: this Java has no compiler",
        "a JDK, which has javac",
        "a runtime without the module jdk.compiler: " + System.getProperty("java.home"),
        "install a JDK (apt-get install openjdk-17-jdk-headless), or name one with BELAY_JAVA=DIR");
  }

  static ComplaintException of(
      SourceText source, List<Diagnostic<? extends JavaFileObject>> diagnostics) {
    List<Diagnostic<? extends JavaFileObject>> errors =
        diagnostics.stream().filter(each -> each.getKind() == Diagnostic.Kind.ERROR).toList();
    if (Runtime.version().feature() < COMPACT_SINCE && compact(source.text(), errors)) {
      return compactOnOldJava(source);
    }
    String shown =
        errors.stream()
            .limit(SHOWN)
            .map(each -> text(source, each))
            .collect(Collectors.joining("\n"));
    String more = errors.size() > SHOWN ? "\n… and " + (errors.size() - SHOWN) + " more" : "";
    return ComplaintException.usage(
        source.path() + " does not compile",
        WANTED,
        shown + more,
        "correct " + source.path() + at(errors));
  }

  static ComplaintException noMain(SourceText source, List<String> able) {
    return ComplaintException.usage(
        able.isEmpty()
            ? source.path() + " has no main method to start"
            : source.path() + " has several main methods",
        "one class with main(String[] args) that calls Belay.run(args, playbook)",
        able.isEmpty() ? "no class with a main that is not private" : String.join(", ", able),
        able.isEmpty()
            ? "add: public static void main(String[] args) { Belay.run(args, playbook()); }"
            : "name the one to start " + source.simpleName() + ", as the file");
  }

  private static ComplaintException compactOnOldJava(SourceText source) {
    int java = Runtime.version().feature();
    return ComplaintException.usage(
        source.path() + " is a compact source file, which needs JDK 25",
        "JDK 25 or newer, for main outside of a class and for import module",
        "JDK " + java + " at " + System.getProperty("java.home"),
        "name a newer JDK with BELAY_JAVA=DIR, or put main into a class and import each type");
  }

  private static boolean compact(String text, List<Diagnostic<? extends JavaFileObject>> errors) {
    boolean outsideOfClass =
        errors.stream().anyMatch(error -> OUTSIDE_OF_CLASS.matcher(error.getCode()).matches());
    return outsideOfClass && MAIN_AT_TOP.matcher(text).find() || MODULE_IMPORT.matcher(text).find();
  }

  private static String at(List<Diagnostic<? extends JavaFileObject>> errors) {
    return errors.isEmpty() || errors.get(0).getLineNumber() == Diagnostic.NOPOS
        ? ""
        : " at line " + errors.get(0).getLineNumber();
  }

  /** Returns the message as javac prints it: where, what, the line with a mark, details. */
  private static String text(SourceText source, Diagnostic<? extends JavaFileObject> error) {
    String[] message = error.getMessage(Locale.ENGLISH).split("\n", 2);
    if (error.getLineNumber() == Diagnostic.NOPOS) {
      return source.path() + ": " + error.getMessage(Locale.ENGLISH);
    }
    int at = (int) error.getPosition();
    int start = source.text().lastIndexOf('\n', at - 1) + 1;
    String line = source.text().substring(start).lines().findFirst().orElse("").replace('\t', ' ');
    String mark = " ".repeat(Math.max(0, at - start)) + "^";
    return source.path()
        + ":"
        + error.getLineNumber()
        + ": "
        + message[0]
        + "\n"
        + line
        + "\n"
        + mark
        + (message.length > 1 ? "\n" + message[1] : "");
  }
}
