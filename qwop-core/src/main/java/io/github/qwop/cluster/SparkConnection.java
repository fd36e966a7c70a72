package io.github.qwop.cluster;

import com.google.gson.Gson;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.settings.SettingException;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** How Spark is started here, or a cluster of it joined. */
final class SparkConnection {

    /** How often a task is tried whose JVM or machine dies. */
    static final int ATTEMPTS = 4;

    private static final String APPLICATION = "qwop";

    private SparkConnection() {}

    /**
     * Starts Spark, or joins a cluster.
     *
     * @param cores that a task takes
     * @param sent files that every executor is given
     * @throws SettingException if the cluster does not answer
     */
    static JavaSparkContext open(ClusterSpec spec, int cores, List<String> sent, RunListener listener) {
        long begin = System.nanoTime();
        try {
            JavaSparkContext context = new JavaSparkContext(conf(spec, cores));
            context.setLogLevel("WARN");
            sent.forEach(entry -> context.addFile(new File(entry).getAbsolutePath()));
            listener.info(String.format(
                    Locale.ROOT,
                    "Spark %s on %s, ready after %.1f s.",
                    context.version(),
                    spec.master(),
                    (System.nanoTime() - begin) / 1e9));
            return context;
        } catch (Exception e) {
            // Scala code throws checked exceptions without saying so.
            throw gone(spec, e);
        }
    }

    /** What is said when Spark does not answer, or no longer. */
    static SettingException gone(ClusterSpec spec, Exception e) {
        String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        String given = spec.conf().isEmpty()
                ? "check that it runs"
                : "check what cluster.conf sets, which is " + String.join(", ", spec.conf()) + ", that the master runs";
        return new SettingException(
                "Spark cannot work with the master " + spec.master() + " (" + said + "): " + given
                        + " and can be reached from here, and that cluster.version is its version.",
                e);
    }

    private static SparkConf conf(ClusterSpec spec, int cores) {
        SparkConf conf = new SparkConf()
                .setAppName(APPLICATION)
                .set("spark.ui.enabled", "false")
                .set("spark.task.cpus", Integer.toString(cores))
                .set("spark.task.maxFailures", Integer.toString(ATTEMPTS))
                // A run's files are some megabytes, those with a replay buffer hundreds.
                .set("spark.rpc.message.maxSize", "1024")
                .set("spark.driver.maxResultSize", "0");
        if (spec.isLocal()) {
            conf.setMaster("local[" + spec.localCores() + "," + ATTEMPTS + "]")
                    .set("spark.driver.host", "127.0.0.1")
                    .set("spark.driver.bindAddress", "127.0.0.1");
        } else {
            conf.setMaster(spec.master());
            if (spec.shared()) {
                conf.set("spark.executor.extraClassPath", String.join(File.pathSeparator, ours()));
            } else {
                conf.setJars(ours().toArray(new String[0]));
            }
        }
        for (String one : spec.conf()) {
            int equals = one.indexOf('=');
            conf.set(one.substring(0, equals), one.substring(equals + 1));
        }
        return conf;
    }

    /** What this package needs on an executor, beside Spark: this library, and what it reads JSON and settings with. */
    private static List<String> ours() {
        List<String> ours = new ArrayList<>();
        for (Class<?> type : List.of(SparkConnection.class, Gson.class, Nullable.class)) {
            try {
                ours.add(Path.of(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
            } catch (URISyntaxException e) {
                throw new IllegalStateException("The library's own place must be readable.", e);
            }
        }
        return ours;
    }
}
