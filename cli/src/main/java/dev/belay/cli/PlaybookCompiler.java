package dev.belay.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles one plain Java file in memory with the running JDK's javac. */
final class PlaybookCompiler {

  private final String classPath;

  PlaybookCompiler(String classPath) {
    this.classPath = classPath;
  }

  /**
   * Compiles.
   *
   * @throws ComplaintException when there is no javac, the file does not compile, or nothing in it
   *     can be started
   */
  CompiledPlaybook compile(SourceText source) {
    Map<String, byte[]> classes = javac(source);
    return new CompiledPlaybook(mainClass(source, classes), classes);
  }

  private Map<String, byte[]> javac(SourceText source) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    if (javac == null) {
      throw CompileComplaints.noCompiler(source);
    }
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    Outputs outputs = new Outputs(javac.getStandardFileManager(said, Locale.ENGLISH, null));
    List<String> options =
        List.of("-classpath", classPath, "-proc:none", "-nowarn", "-g", "-XDstringConcat=inline");
    boolean well =
        javac
            .getTask(Writer.nullWriter(), outputs, said, options, null, List.of(new Input(source)))
            .call();
    if (!well) {
      throw CompileComplaints.of(source, said.getDiagnostics());
    }
    return outputs.classes();
  }

  /** Prefers the class named as the file, as {@code java File.java} readers expect. */
  private static String mainClass(SourceText source, Map<String, byte[]> classes) {
    List<String> able =
        classes.keySet().stream()
            .filter(name -> !name.contains("$"))
            .filter(name -> MainMethod.of(new CompiledPlaybook(name, classes).load()).isPresent())
            .toList();
    String wanted = source.simpleName();
    return able.stream()
        .filter(name -> name.substring(name.lastIndexOf('.') + 1).equals(wanted))
        .findFirst()
        .orElseGet(
            () -> {
              if (able.size() != 1) {
                throw CompileComplaints.noMain(source, able);
              }
              return able.get(0);
            });
  }

  /** Returns a source as javac takes it. */
  static JavaFileObject input(SourceText source) {
    return new Input(source);
  }

  private static final class Input extends SimpleJavaFileObject {

    private final SourceText source;

    Input(SourceText source) {
      super(URI.create("playbook:///").resolve(source.path().toUri().getRawPath()), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source.text();
    }

    /** A script's file may have any name, whatever its public class is called. */
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return kind == Kind.SOURCE;
    }
  }

  private static final class Output extends SimpleJavaFileObject {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Output(String className) {
      super(URI.create("playbook:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  private static final class Outputs extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, Output> outputs = new LinkedHashMap<>();

    Outputs(JavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return outputs.computeIfAbsent(className, Output::new);
    }

    Map<String, byte[]> classes() {
      Map<String, byte[]> classes = new TreeMap<>();
      outputs.forEach((name, output) -> classes.put(name, output.bytes.toByteArray()));
      return classes;
    }
  }
}
