package io.github.qwop.maven;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Serves the open page on this machine, for a person to play with Q, W, O and P, until it is stopped with Ctrl-C. */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "play", threadSafe = true, requiresProject = false)
public final class PlayMojo extends AbstractQwopMojo {

    /** Skips the page. */
    @Parameter(property = PropertyNames.SKIP_PLAY, defaultValue = "false")
    private @Nullable String skipPlay;

    /** Port of the page on this machine; 0 takes any free one. */
    @Parameter(property = PropertyNames.PORT, defaultValue = "0")
    private @Nullable String port;

    @Override
    String goal() {
        return "play";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_PLAY, skipPlay);
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        put(settings, "port", PropertyNames.PORT, port);
        return settings;
    }
}
