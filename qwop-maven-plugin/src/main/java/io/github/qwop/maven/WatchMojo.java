package io.github.qwop.maven;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Shows a trained policy running, live in a browser on this machine, until it is stopped with Ctrl-C. */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "watch", threadSafe = true, requiresProject = false)
public final class WatchMojo extends AbstractQwopMojo {

    /** Skips the page. */
    @Parameter(property = PropertyNames.SKIP_WATCH, defaultValue = "false")
    private @Nullable String skipWatch;

    /**
     * The policy to show: a checkpoint, an ONNX file or a stable-baselines3 model.zip; or the Maven coordinates of one,
     * such as {@code com.acme:runner:1.4:onnx:policy}. Default: the run's best checkpoint.
     */
    @Parameter(property = PropertyNames.POLICY)
    private @Nullable String policy;

    /** Port of the page on this machine; 0 takes any free one. */
    @Parameter(property = PropertyNames.PORT, defaultValue = "0")
    private @Nullable String port;

    /** Times the speed of play. */
    @Parameter(property = PropertyNames.SPEED, defaultValue = "1")
    private @Nullable String speed;

    /** Seed of the start variations. */
    @Parameter(property = PropertyNames.WATCH_SEED, defaultValue = "1")
    private @Nullable String watchSeed;

    /**
     * Settings of the environment that are changed against the training's, such as {@code startNoise}. On the command
     * line: {@code -Dqwop.environment.startNoise=none}.
     */
    @Parameter
    private @Nullable Map<String, String> environment;

    @Override
    String goal() {
        return "watch";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_WATCH, skipWatch);
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        putFileOrArtifact(settings, "policy", PropertyNames.POLICY, policy);
        put(settings, "port", PropertyNames.PORT, port);
        put(settings, "speed", PropertyNames.SPEED, speed);
        put(settings, "seed", PropertyNames.WATCH_SEED, watchSeed);
        putGroup(settings, "environment", environment);
        return settings;
    }
}
