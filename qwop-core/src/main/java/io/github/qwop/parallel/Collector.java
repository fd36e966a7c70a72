package io.github.qwop.parallel;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The garbage collector of a JVM that is started here: the serial one, which leaves the other processors alone, unless
 * another is asked for. A JVM refuses to start with two.
 */
public final class Collector {

    private static final Pattern CHOICE = Pattern.compile("-XX:[+]Use\\w*GC");

    /** Variables that a JVM takes arguments from. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private Collector() {}

    /**
     * The arguments that choose it: one, or none if another is asked for.
     *
     * @param arguments that the JVM is given besides
     * @param variables of its environment
     */
    public static List<String> arguments(List<String> arguments, Map<String, String> variables) {
        Stream<String> others = VARIABLES.stream()
                .flatMap(name -> Pattern.compile("[\\s\"']+").splitAsStream(variables.getOrDefault(name, "")));
        return Stream.concat(arguments.stream(), others)
                        .anyMatch(argument -> CHOICE.matcher(argument).matches())
                ? List.of()
                : List.of("-XX:+UseSerialGC");
    }
}
