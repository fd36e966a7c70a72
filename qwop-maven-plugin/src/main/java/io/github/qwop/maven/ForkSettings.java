package io.github.qwop.maven;

import io.github.qwop.run.fork.ForkedJvm;
import io.github.qwop.run.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The {@code <fork>} element.
 *
 * @param java the executable that is asked for; null for the toolchain's or Maven's own
 * @param jvmArgs arguments put after the default ones
 * @param environment variables put over those of Maven
 * @param sameProcess whether nothing is forked at all
 */
record ForkSettings(@Nullable Path java, List<String> jvmArgs, Map<String, String> environment, boolean sameProcess) {

    private static final List<String> NAMES = List.of("java", "jvmArgs", "environment", "sameProcess");

    /**
     * Reads the element's settings.
     *
     * @param given each of the component's names, optional
     */
    static ForkSettings of(Map<String, String> given) throws MojoExecutionException {
        Path java = null;
        List<String> jvmArgs = new ArrayList<>();
        Map<String, String> environment = new LinkedHashMap<>();
        boolean sameProcess = false;
        for (Map.Entry<String, String> setting : given.entrySet()) {
            String value = setting.getValue().strip();
            switch (setting.getKey()) {
                case "java" -> java = executable(value);
                case "jvmArgs" -> {
                    if (!value.isEmpty()) {
                        jvmArgs.addAll(List.of(value.split("\\s+", -1)));
                    }
                }
                case "environment" -> {
                    if (!value.isEmpty()) {
                        readVariables(value, environment);
                    }
                }
                case "sameProcess" -> sameProcess = readBoolean(value);
                default ->
                    throw new MojoExecutionException("fork." + setting.getKey() + " is no setting; did you mean fork."
                            + Settings.nearest(setting.getKey(), NAMES) + "? Allowed in <fork>: "
                            + String.join(", ", NAMES) + ".");
            }
        }
        return new ForkSettings(java, jvmArgs, environment, sameProcess);
    }

    private static Path executable(String value) throws MojoExecutionException {
        Path java = Path.of(value);
        if (!Files.isExecutable(java)) {
            throw new MojoExecutionException(
                    "fork.java is \"" + value + "\", which is no executable file: give the path of a java command.");
        }
        return java;
    }

    private static void readVariables(String value, Map<String, String> into) throws MojoExecutionException {
        for (String variable : value.split(",", -1)) {
            int equals = variable.indexOf('=');
            if (equals < 1) {
                throw new MojoExecutionException(
                        "fork.environment is \"" + value + "\": give NAME=value, several separated by commas.");
            }
            into.put(
                    variable.substring(0, equals).strip(),
                    variable.substring(equals + 1).strip());
        }
    }

    private static boolean readBoolean(String value) throws MojoExecutionException {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new MojoExecutionException("fork.sameProcess is \"" + value + "\": give true or false.");
        };
    }

    /**
     * The JVM to start.
     *
     * @param otherwise the {@code java} executable, if the element names none
     */
    ForkedJvm jvm(Path otherwise, List<Path> classPath) {
        return new ForkedJvm(java == null ? otherwise : java, classPath, jvmArgs, environment);
    }
}
