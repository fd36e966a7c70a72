package io.github.qwop.maven;

import io.github.qwop.run.fork.ForkedJvm;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code <fork>} element.
 *
 * @param java the executable that is asked for; null for the toolchain's or Maven's own
 * @param jvmArgs arguments put after the default ones, separated by blanks; one with blanks of its own stands in single
 *     or double quotes
 * @param environment variables put over those of Maven, as {@link Settings#split} reads them
 * @param sameProcess whether nothing is forked at all
 */
record ForkSettings(@Nullable Path java, List<String> jvmArgs, Map<String, String> environment, boolean sameProcess) {

    static final List<String> NAMES = List.of("java", "jvmArgs", "environment", "sameProcess");

    /**
     * Reads the element's settings.
     *
     * @param given each of the component's names, optional
     * @throws SettingException if one of them cannot be used
     */
    static ForkSettings of(Map<String, String> given) {
        Path java = null;
        List<String> jvmArgs = new ArrayList<>();
        Map<String, String> environment = new LinkedHashMap<>();
        boolean sameProcess = false;
        for (Map.Entry<String, String> setting : given.entrySet()) {
            String value = setting.getValue().strip();
            switch (setting.getKey()) {
                case "java" -> java = executable(value);
                case "jvmArgs" -> jvmArgs.addAll(arguments(value));
                case "environment" -> {
                    if (!value.isEmpty()) {
                        readVariables(value, environment);
                    }
                }
                case "sameProcess" -> sameProcess = Settings.parseBoolean("fork.sameProcess", value);
                default ->
                    throw new SettingException("fork." + setting.getKey() + " is no setting; did you mean fork."
                            + Settings.nearest(setting.getKey(), NAMES) + "? Allowed in <fork>: "
                            + String.join(", ", NAMES) + ".");
            }
        }
        return new ForkSettings(java, jvmArgs, environment, sameProcess);
    }

    /** Splits at blanks, but for those between single or double quotes, which may stand anywhere in an argument. */
    private static List<String> arguments(String value) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (char c : (value + " ").toCharArray()) {
            if (quote == 0 ? c == '"' || c == '\'' : c == quote) {
                quote = quote == 0 ? c : 0;
                begun = true;
            } else if (quote != 0 || !Character.isWhitespace(c)) {
                argument.append(c);
                begun = true;
            } else if (begun) {
                arguments.add(argument.toString());
                argument.setLength(0);
                begun = false;
            }
        }
        if (quote != 0) {
            throw new SettingException("fork.jvmArgs is [" + value + "], and what begins with " + quote
                    + " has no end: close the quotes, or put other ones around an argument with such a character.");
        }
        return arguments;
    }

    private static Path executable(String value) {
        Path java = Path.of(value);
        if (!Files.isExecutable(java)) {
            throw new SettingException(
                    "fork.java is \"" + value + "\", which is no executable file: give the path of a java command.");
        }
        return java;
    }

    private static void readVariables(String value, Map<String, String> into) {
        for (String variable : Settings.split(value)) {
            int equals = variable.indexOf('=');
            if (equals < 1) {
                throw new SettingException(
                        "fork.environment is \"" + value + "\": give NAME=value, several separated by commas.");
            }
            into.put(
                    variable.substring(0, equals).strip(),
                    variable.substring(equals + 1).strip());
        }
    }

    /**
     * The JVM to start.
     *
     * @param otherwise the {@code java} executable, if the element names none
     * @param library the core, its engines and their native library
     * @param own the project's own classes and what they need
     */
    ForkedJvm jvm(Path otherwise, List<Path> library, List<Path> own) {
        List<Path> classPath = new ArrayList<>(library);
        // Last, so that a project's own libraries never replace those that the plugin needs.
        classPath.addAll(own);
        return new ForkedJvm(java == null ? otherwise : java, classPath, jvmArgs, environment);
    }
}
