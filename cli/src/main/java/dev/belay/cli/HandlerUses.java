package dev.belay.cli;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.belay.core.run.LintFinding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Finds handlers in a playbook's source that nothing names after they were made: no value of the
 * program shows them, since a play knows only handlers that some task notifies.
 */
final class HandlerUses extends TreeScanner<Void, Void> {

  private final Map<String, VariableTree> handlers = new LinkedHashMap<>();
  private final Set<String> named = new HashSet<>();

  private HandlerUses() {}

  /** Returns a warning for each handler that nothing notifies. */
  static List<LintFinding> unused(SourceText source) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    if (javac == null) {
      return List.of();
    }
    JavacTask task =
        (JavacTask)
            javac.getTask(
                null, null, problem -> {}, null, null, List.of(PlaybookCompiler.input(source)));
    try {
      List<LintFinding> findings = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        HandlerUses uses = new HandlerUses();
        uses.scan(unit, null);
        uses.handlers.forEach(
            (name, variable) -> {
              if (!uses.named.contains(name)) {
                findings.add(finding(source, task, unit, name, variable));
              }
            });
      }
      return findings;
    } catch (IOException inMemory) {
      throw new IllegalStateException(inMemory);
    }
  }

  private static LintFinding finding(
      SourceText source, JavacTask task, CompilationUnitTree unit, String name, VariableTree at) {
    long start = Trees.instance(task).getSourcePositions().getStartPosition(unit, at);
    return new LintFinding(
        LintFinding.Level.WARNING,
        source.path().getFileName() + ":" + unit.getLineMap().getLineNumber(start),
        "handler " + name,
        "no task notifies it; add .notifies(" + name + ") or take it away");
  }

  @Override
  public Void visitVariable(VariableTree variable, Void unused) {
    boolean typed = String.valueOf(variable.getType()).equals("Handler");
    if (typed && variable.getInitializer() != null && makes(variable.getInitializer())) {
      handlers.put(variable.getName().toString(), variable);
    }
    return super.visitVariable(variable, unused);
  }

  private static boolean makes(ExpressionTree value) {
    return value instanceof MethodInvocationTree || value instanceof NewClassTree;
  }

  @Override
  public Void visitIdentifier(IdentifierTree name, Void unused) {
    named.add(name.getName().toString());
    return super.visitIdentifier(name, unused);
  }

  @Override
  public Void visitMemberSelect(MemberSelectTree name, Void unused) {
    named.add(name.getIdentifier().toString());
    return super.visitMemberSelect(name, unused);
  }
}
