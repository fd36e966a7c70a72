package io.github.qwop.maven;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Fails the build when the run's last evaluation met a declared minimum not. A build that has this goal lets its
 * evaluation go on when a gate falls: everything else, reports too, is then done before it fails.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "gate", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true, requiresProject = false)
public final class GateMojo extends AbstractQwopMojo {

    /** Skips the gate. */
    @Parameter(property = PropertyNames.SKIP_GATE, defaultValue = "false")
    private boolean skipGate;

    @Override
    String goal() {
        return "gate";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_GATE, skipGate);
    }

    @Override
    boolean needsEngine() {
        return false;
    }

    @Override
    Map<String, String> settings() {
        return new LinkedHashMap<>();
    }
}
