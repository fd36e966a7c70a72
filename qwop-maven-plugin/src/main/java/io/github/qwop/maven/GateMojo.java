package io.github.qwop.maven;

import io.github.qwop.run.fork.ForkMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Fails the build when the run's last evaluation met a declared minimum not. A build that has this goal lets its
 * evaluation go on when a gate falls: everything else, reports too, is then done before it fails.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "gate", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true, requiresProject = false)
public final class GateMojo extends AbstractQwopMojo {

    /** Skips the gate. */
    @Parameter(property = PropertyNames.SKIP_GATE, defaultValue = "false")
    private @Nullable String skipGate;

    @Override
    String goal() {
        return "gate";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_GATE, skipGate);
    }

    @Override
    ForkMessage work() throws MojoExecutionException {
        Optional<String> tooEarly = isGatedTooEarly();
        return tooEarly.isPresent() ? new ForkMessage.Refused(tooEarly.get()) : super.work();
    }

    @Override
    Map<String, String> settings() {
        return new LinkedHashMap<>();
    }
}
