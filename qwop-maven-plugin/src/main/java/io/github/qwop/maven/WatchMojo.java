package io.github.qwop.maven;

import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Shows a trained policy running, live in a browser on this machine, until it is stopped with Ctrl-C. */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "watch", threadSafe = true, requiresProject = false)
public final class WatchMojo extends AbstractPolicyMojo {

    /** Skips the page. */
    @Parameter(property = PropertyNames.SKIP_WATCH, defaultValue = "false")
    private @Nullable String skipWatch;

    /** Port of the page on this machine; 0 takes any free one. */
    @Parameter(property = PropertyNames.PORT, defaultValue = "0")
    private @Nullable String port;

    /** Times the speed of play. */
    @Parameter(property = PropertyNames.SPEED, defaultValue = "1")
    private @Nullable String speed;

    /** Seed of the start variations. */
    @Parameter(property = PropertyNames.WATCH_SEED, defaultValue = "1")
    private @Nullable String watchSeed;

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
        Map<String, String> settings = policySettings();
        put(settings, "port", PropertyNames.PORT, port);
        put(settings, "speed", PropertyNames.SPEED, speed);
        put(settings, "seed", PropertyNames.WATCH_SEED, watchSeed);
        return settings;
    }
}
