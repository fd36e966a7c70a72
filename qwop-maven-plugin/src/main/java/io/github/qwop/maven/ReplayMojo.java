package io.github.qwop.maven;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a recorded episode as a self-contained HTML player and as an animated GIF, beside the recording, without any
 * browser.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "replay", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true, requiresProject = false)
public final class ReplayMojo extends AbstractQwopMojo {

    /** Skips the pictures. */
    @Parameter(property = PropertyNames.SKIP_REPLAY, defaultValue = "false")
    private @Nullable String skipReplay;

    /** The recording to play. Default: the best episode of the run's last evaluation. */
    @Parameter(property = PropertyNames.RECORDING)
    private @Nullable File recording;

    /** A recording that runs beside it in the player, as a shadow. */
    @Parameter(property = PropertyNames.GHOST)
    private @Nullable File ghost;

    /**
     * What the GIF, of 30 pictures a second, shows of an episode longer than ten seconds: <code>best</code>, the ten
     * seconds in which the runner got farthest, at the speed of play, or <code>whole</code>, all of it, so many times
     * faster.
     */
    @Parameter(property = PropertyNames.REPLAY_GIF, defaultValue = "best")
    private @Nullable String gif;

    @Override
    String goal() {
        return "replay";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_REPLAY, skipReplay);
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        putFile(settings, "recording", PropertyNames.RECORDING, recording);
        putFile(settings, "ghost", PropertyNames.GHOST, ghost);
        put(settings, "gif", PropertyNames.REPLAY_GIF, gif);
        return settings;
    }
}
