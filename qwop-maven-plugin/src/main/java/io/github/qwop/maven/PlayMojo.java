package io.github.qwop.maven;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Serves the open page on this machine, for a person to play with Q, W, O and P, until it is stopped with Ctrl-C. Each
 * run that ends is saved as a recording in {@code played} of the {@code outputDirectory}, one update an action.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "play", threadSafe = true, requiresProject = false)
public final class PlayMojo extends AbstractQwopMojo {

    /** Skips the page. */
    @Parameter(property = PropertyNames.SKIP_PLAY, defaultValue = "false")
    private @Nullable String skipPlay;

    /** Port of the page on this machine; 0 takes any free one. */
    @Parameter(property = PropertyNames.PORT, defaultValue = "0")
    private @Nullable String port;

    /**
     * A recording to race: it runs as a shadow from the player's first key on, and the page says how far it is ahead or
     * behind.
     */
    @Parameter(property = PropertyNames.GHOST)
    private @Nullable File ghost;

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
        putFile(settings, "ghost", PropertyNames.GHOST, ghost);
        return settings;
    }
}
