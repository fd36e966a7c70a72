package io.github.qwop.maven;

import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Measures for some seconds how fast this machine plays and learns: the twin, environments, acting, a training with one
 * thread and with several, and the open page, each with a ratio; and says how long the training will take that the POM
 * and the command line declare, by its algorithm, environment and hyper-parameters.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "benchmark", threadSafe = true, requiresProject = false)
public final class BenchmarkMojo extends AbstractTrainingMojo {

    /** Skips the benchmark. */
    @Parameter(property = PropertyNames.SKIP_BENCHMARK, defaultValue = "false")
    private @Nullable String skipBenchmark;

    /** Seconds that each figure is measured, after as long a time to warm up. */
    @Parameter(property = PropertyNames.BENCHMARK_SECONDS, defaultValue = "1")
    private @Nullable String seconds;

    /** Whether the open page in the headless browser is measured too, which takes some seconds to start. */
    @Parameter(property = PropertyNames.BENCHMARK_PAGE, defaultValue = "true")
    private @Nullable String page;

    @Override
    String goal() {
        return "benchmark";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_BENCHMARK, skipBenchmark);
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = training();
        put(settings, "seconds", PropertyNames.BENCHMARK_SECONDS, seconds);
        put(settings, "page", PropertyNames.BENCHMARK_PAGE, page);
        return settings;
    }
}
