package io.github.qwop.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the page {@code goals.md}: every goal and its parameters, from the sources of the plugin. */
final class GoalsPage {

    private static final Path PLUGIN =
            Path.of("..", "qwop-maven-plugin", "src", "main", "java", "io", "github", "qwop", "maven");

    private static final String SHARED = "AbstractQwopMojo";
    private static final String PARAMETER_HEAD = "| parameter | property | default | meaning |\n|---|---|---|---|\n";

    private static final String HEAD = """
            # Goals

            <!-- Generated: mvn -pl qwop-core test -Dtest=SitePagesTest -Dqwop.updatePages=true -->

            Every goal, in the order of the alphabet, with its parameters. A parameter is an element of the plugin's
            `<configuration>` in the POM; its property sets it from the command line, such as `-Dqwop.seed=2`. The groups
            `<environment>`, `<learner>`, `<guard>`, `<gate>`, `<pruning>`,
            `<cluster>` and `<fork>` have a page of their own: [settings](settings.md).

            A property on the command line wins over the POM and holds for every execution of the build, in every module;
            one in the POM's `<properties>` fills in what the configuration leaves out. A file or folder that is not
            absolute begins in the project's folder, on the command line as in the POM; without a POM, in the one that
            Maven is started in.

            The same is in your terminal: `mvn io.github.qwop:qwop-maven-plugin:help -Ddetail`. Maven's own form of it is in
            the site's [plugin documentation](qwop-maven-plugin/plugin-info.html).

            """;

    private final Map<String, SourceFile> files = new HashMap<>();
    private final Map<String, String> constants = new HashMap<>();

    private GoalsPage() throws IOException {
        try (Stream<Path> sources = Files.list(PLUGIN)) {
            for (Path file : sources.sorted().toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                if (!name.equals("package-info")) {
                    files.put(name, SourceFile.read(file));
                }
            }
        }
        for (SourceFile.Field field : file("PropertyNames").fields()) {
            constants.put(field.name(), value(field.initialiser()));
            constants.put("PropertyNames." + field.name(), value(field.initialiser()));
        }
    }

    private SourceFile file(String name) {
        return Optional.ofNullable(files.get(name)).orElseThrow();
    }

    /** The page's text. */
    static String text() throws IOException {
        return new GoalsPage().write();
    }

    /** The parameters that all goals share. */
    static List<SourceFile.Field> shared() throws IOException {
        return new GoalsPage().parameters(SHARED);
    }

    /** What a file of the plugin says. */
    static <T> T file(String name, Function<SourceFile, T> question) throws IOException {
        return question.apply(new GoalsPage().file(name));
    }

    private String write() {
        Map<String, SourceFile> goals = new TreeMap<>();
        for (SourceFile file : files.values()) {
            file.annotation("Mojo").ifPresent(mojo -> goals.put(value(mojo.get("name")), file));
        }
        StringBuilder page = new StringBuilder(HEAD);
        page.append("| goal | phase | what it does |\n|---|---|---|\n");
        goals.forEach((name, file) -> page.append("| [`qwop:")
                .append(name)
                .append("`](#")
                .append(name)
                .append(") | ")
                .append(phase(file))
                .append(" | ")
                .append(cell(file.description().replaceFirst("(?<=[.]) .*", "")))
                .append(" |\n"));
        page.append("\n<a id=\"all\"></a>\n\n## Parameters of all goals\n\n");
        List<String> others = goals.entrySet().stream()
                .filter(goal -> !isShared(goal.getValue()))
                .map(goal -> "`" + goal.getKey() + "`")
                .toList();
        if (!others.isEmpty()) {
            page.append("All but ").append(String.join(", ", others)).append(", whose list is complete.\n\n");
        }
        page.append(PARAMETER_HEAD);
        parameters(SHARED).forEach(field -> page.append(row(field)));
        goals.forEach((name, file) -> {
            page.append("\n<a id=\"")
                    .append(name)
                    .append("\"></a>\n\n## `qwop:")
                    .append(name)
                    .append("`\n\n");
            page.append(file.description()).append("\n\n").append(PARAMETER_HEAD);
            own(file).forEach(field -> page.append(row(field)));
        });
        return page.toString();
    }

    private boolean isShared(SourceFile file) {
        SourceFile parent = files.get(file.superclass());
        return file.superclass().equals(SHARED) || (parent != null && isShared(parent));
    }

    private String phase(SourceFile file) {
        Map<String, String> mojo = file.annotation("Mojo").orElseThrow();
        String phase = mojo.get("defaultPhase");
        if (phase == null || phase.endsWith(".NONE")) {
            return "none";
        }
        return phase.substring(phase.lastIndexOf('.') + 1)
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    /** The parameters of a goal, beside those that all goals share. */
    private List<SourceFile.Field> own(SourceFile file) {
        List<SourceFile.Field> fields = new ArrayList<>(parameters(file.name()));
        SourceFile parent = files.get(file.superclass());
        if (parent != null && !parent.name().equals(SHARED)) {
            fields.addAll(own(parent));
        }
        return fields;
    }

    /** The parameters that a user can set. */
    private List<SourceFile.Field> parameters(String name) {
        return file(name).fields().stream()
                .filter(field -> field.parameter() != null
                        && !"true".equals(field.parameter().get("readonly")))
                .toList();
    }

    private String row(SourceFile.Field field) {
        Map<String, String> parameter = Optional.ofNullable(field.parameter()).orElse(Map.of());
        String property = value(parameter.get("property"));
        if (property.isEmpty() && (field.type().contains("Map<") || field.type().contains("PlexusConfiguration"))) {
            property = "qwop." + field.name() + ".*";
        }
        return Stream.of(
                        "`" + field.name() + "`",
                        property.isEmpty() ? "" : "`" + property + "`",
                        parameter.containsKey("defaultValue") ? "`" + value(parameter.get("defaultValue")) + "`" : "",
                        field.description())
                .map(GoalsPage::cell)
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    /** A constant expression: string literals and constants of {@code PropertyNames}, joined by plus signs. */
    private String value(@Nullable String expression) {
        if (expression == null) {
            return "";
        }
        return Stream.of(expression.split(" \\+ ", -1))
                .map(part -> part.startsWith("\"")
                        ? part.substring(1, part.length() - 1)
                        : Optional.ofNullable(constants.get(part)).orElseThrow())
                .collect(Collectors.joining());
    }
}
