package io.github.qwop.maven;

import io.github.qwop.run.fork.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoExecutionException;

/** The {@code <fork>} element. */
record ForkSettings(Path java, List<String> jvmArgs, Map<String, String> environment) {

    /**
     * Reads the element's settings.
     *
     * @param given {@code java}, {@code jvmArgs} and {@code environment}, each optional
     */
    static ForkSettings of(Map<String, String> given) throws MojoExecutionException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> jvmArgs = new ArrayList<>();
        Map<String, String> environment = new LinkedHashMap<>();
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
                default ->
                    throw new MojoExecutionException("fork." + setting.getKey()
                            + " is no setting. Allowed in <fork>: java, jvmArgs, environment.");
            }
        }
        return new ForkSettings(java, jvmArgs, environment);
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

    ForkedJvm jvm(List<Path> classPath) {
        return new ForkedJvm(java, classPath, jvmArgs, environment);
    }
}
