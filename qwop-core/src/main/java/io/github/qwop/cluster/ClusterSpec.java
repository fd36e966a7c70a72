package io.github.qwop.cluster;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where Apache Spark does the work.
 *
 * @param master {@code local[*]} for all cores of this machine, {@code local[2]} for two of them,
 *     {@code spark://host:7077} for a standalone cluster, {@code yarn} or {@code k8s://…}
 * @param version of Spark's libraries: a cluster's own
 * @param memory heap of the JVM that does a task, such as {@code 1g}; null for what that JVM takes by itself
 * @param shared whether all machines see this one's files under the same paths: then a training that dies goes on from
 *     its checkpoint on another machine; else libraries and runs' files are sent
 * @param conf Spark's own settings, as {@code name=value}
 */
public record ClusterSpec(
        String master, String version, @Nullable String memory, boolean shared, List<String> conf) {

    /** What a JVM needs to run Spark: packages of the JDK that Spark looks into. */
    public static final List<String> JVM_ARGUMENTS = Stream.of(
                    "java.base/java.lang",
                    "java.base/java.lang.invoke",
                    "java.base/java.lang.reflect",
                    "java.base/java.io",
                    "java.base/java.net",
                    "java.base/java.nio",
                    "java.base/java.util",
                    "java.base/java.util.concurrent",
                    "java.base/java.util.concurrent.atomic",
                    "java.base/jdk.internal.ref",
                    "java.base/sun.nio.ch",
                    "java.base/sun.nio.cs",
                    "java.base/sun.security.action",
                    "java.base/sun.util.calendar",
                    "java.security.jgss/sun.security.krb5")
            .map(name -> "--add-opens=" + name + "=ALL-UNNAMED")
            .toList();

    private static final Pattern MASTER =
            Pattern.compile("local(\\[(\\*|[1-9]\\d{0,3})])?|spark://\\S+|yarn|k8s://\\S+");
    private static final Pattern MEMORY = Pattern.compile("[1-9]\\d*[kmgKMG]");
    private static final Pattern VERSION = Pattern.compile("[0-9][0-9A-Za-z.-]*");

    /** This machine. It stands after what its constructor needs. */
    public static final ClusterSpec DEFAULT = new ClusterSpec("local[*]", "4.2.0", null, false, List.of());

    /** Checks the forms. */
    public ClusterSpec {
        conf = List.copyOf(conf);
        if (!MASTER.matcher(master).matches()) {
            throw new IllegalArgumentException("cluster.master is \"" + master
                    + "\": give local[*], local[2], spark://host:7077, yarn or k8s://https://host:443.");
        }
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException(
                    "cluster.version is \"" + version + "\": give a version of Spark, such as 4.2.0.");
        }
        if (memory != null && !MEMORY.matcher(memory).matches()) {
            throw new IllegalArgumentException(
                    "cluster.memory is \"" + memory + "\": give a size such as 1g or 512m, or none.");
        }
        for (String one : conf) {
            if (!one.startsWith("spark.") || one.indexOf('=') < 0) {
                throw new IllegalArgumentException("cluster.conf has \"" + one
                        + "\": give Spark's settings as spark.name=value, several separated by commas.");
            }
            if (one.substring(0, one.indexOf('=')).strip().equals("spark.master")) {
                throw new IllegalArgumentException("cluster.conf has \"" + one
                        + "\", and the master has a setting of its own: remove it there, and give cluster.master.");
            }
        }
    }

    /** Whether all is done in this JVM and its children. */
    boolean isLocal() {
        return master.startsWith("local");
    }

    /** How many cores a local master has. */
    int localCores() {
        int bracket = master.indexOf('[');
        String cores = bracket < 0 ? "1" : master.substring(bracket + 1, master.length() - 1);
        return cores.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(cores);
    }
}
