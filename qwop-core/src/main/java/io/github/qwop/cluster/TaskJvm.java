package io.github.qwop.cluster;

import java.io.Serializable;
import java.util.List;

/**
 * The JVM that does a task, on whatever machine.
 *
 * @param classPath the library, its engines and their native library, and the project's own classes, on this machine
 * @param jvmArgs put after the default ones
 * @param environment variables as {@code NAME=value}
 */
public record TaskJvm(List<String> classPath, List<String> jvmArgs, List<String> environment) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies. */
    public TaskJvm {
        classPath = List.copyOf(classPath);
        jvmArgs = List.copyOf(jvmArgs);
        environment = List.copyOf(environment);
    }
}
