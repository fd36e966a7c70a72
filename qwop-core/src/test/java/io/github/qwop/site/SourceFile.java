package io.github.qwop.site;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReferenceTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ValueTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What a Java file says about itself in Javadoc and annotations, as Markdown; read by the JDK's own compiler. */
final class SourceFile {

    private final DocTrees trees;
    private final CompilationUnitTree unit;
    private final ClassTree type;

    private SourceFile(DocTrees trees, CompilationUnitTree unit, ClassTree type) {
        this.trees = trees;
        this.unit = unit;
        this.type = type;
    }

    /** Parses a file; its first top-level type is what counts. */
    static SourceFile read(Path file) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(file));
            CompilationUnitTree unit = task.parse().iterator().next();
            ClassTree type = unit.getTypeDecls().stream()
                    .filter(ClassTree.class::isInstance)
                    .map(ClassTree.class::cast)
                    .findFirst()
                    .orElseThrow();
            return new SourceFile(DocTrees.instance(task), unit, type);
        }
    }

    /** The type's name. */
    String name() {
        return type.getSimpleName().toString();
    }

    /** The name of the class that it extends; empty for none. */
    String superclass() {
        Tree superclass = type.getExtendsClause();
        return superclass == null ? "" : superclass.toString();
    }

    /** The type's description. */
    String description() {
        return body(TreePath.getPath(unit, type));
    }

    /** Descriptions of a record's components, or of whatever has a {@code @param}, by name. */
    Map<String, String> params() {
        DocCommentTree comment = trees.getDocCommentTree(TreePath.getPath(unit, type));
        Map<String, String> params = new LinkedHashMap<>();
        if (comment != null) {
            for (DocTree tag : comment.getBlockTags()) {
                if (tag instanceof ParamTree param) {
                    params.put(param.getName().toString(), markdown(param.getDescription()));
                }
            }
        }
        return params;
    }

    /** Fields in their order. */
    List<Field> fields() {
        return type.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .map(this::field)
                .toList();
    }

    private Field field(VariableTree field) {
        Tree initialiser = field.getInitializer();
        return new Field(
                field.getName().toString(),
                field.getType().toString(),
                body(TreePath.getPath(unit, field)),
                initialiser == null ? null : initialiser.toString(),
                annotation(field.getModifiers(), "Parameter"));
    }

    /** The values of an annotation of the type, if it has it. */
    Optional<Map<String, String>> annotation(String name) {
        return Optional.ofNullable(annotation(type.getModifiers(), name));
    }

    private static @Nullable Map<String, String> annotation(ModifiersTree modifiers, String name) {
        for (AnnotationTree annotation : modifiers.getAnnotations()) {
            if (annotation.getAnnotationType().toString().equals(name)) {
                Map<String, String> values = new LinkedHashMap<>();
                for (Tree argument : annotation.getArguments()) {
                    if (argument instanceof AssignmentTree assignment) {
                        values.put(
                                assignment.getVariable().toString(),
                                assignment.getExpression().toString());
                    }
                }
                return values;
            }
        }
        return null;
    }

    private String body(TreePath path) {
        DocCommentTree comment = trees.getDocCommentTree(path);
        return comment == null ? "" : markdown(comment.getFullBody());
    }

    private static String markdown(List<? extends DocTree> parts) {
        return parts.stream()
                .map(SourceFile::markdown)
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String markdown(DocTree part) {
        if (part instanceof LiteralTree literal) {
            return "`" + literal.getBody().getBody() + "`";
        }
        if (part instanceof LinkTree link) {
            return "`" + simple(link.getReference()) + "`";
        }
        if (part instanceof ValueTree value) {
            return "`" + simple(value.getReference()) + "`";
        }
        if (part instanceof TextTree text) {
            return text.getBody();
        }
        return part.toString().equals("<p>") ? " " : part.toString();
    }

    private static String simple(@Nullable ReferenceTree reference) {
        String name = reference == null ? "" : reference.getSignature();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#')) + 1);
    }

    /**
     * A field.
     *
     * @param name its name
     * @param type its type as written
     * @param description its Javadoc
     * @param initialiser the expression it begins with, if it has one
     * @param parameter values of Maven's {@code @Parameter} as written, if the field is one
     */
    record Field(
            String name,
            String type,
            String description,
            @Nullable String initialiser,
            @Nullable Map<String, String> parameter) {}
}
