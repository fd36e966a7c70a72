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
 * Fails the build when the run's last evaluation did not meet a declared minimum. A build that has this goal lets its
 * evaluation go on when a gate falls: everything else, reports too, is then done before it fails. Where {@code runId}
 * names a study, its best trial is held against {@code gate}, over its seeds.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "gate", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true, requiresProject = false)
public final class GateMojo extends AbstractQwopMojo {

    /** Skips the gate. */
    @Parameter(property = PropertyNames.SKIP_GATE, defaultValue = "false")
    private @Nullable String skipGate;

    /**
     * What must be reached. By a run's last evaluation: {@code minMeanDistance} and what else of {@code evaluate} needs
     * no baseline, in place of what that one has written down by the same name. By the best trial of a study:
     * {@code minIqmDistance}, the interquartile mean of its seeds' distances in metres, and {@code betterThanBaseline},
     * how sure it must be that it is better than the baseline, such as {@code 95%}. On the command line:
     * {@code -Dqwop.gate.minMeanDistance=20}.
     */
    @Parameter
    private @Nullable Map<String, String> gate;

    /**
     * For the gates of a study: a file with what an earlier policy reached, as {@code evaluate} writes it, or the Maven
     * coordinates of one, such as {@code com.acme:runner:1.4:json:baseline}. Default: the study's trial
     * {@code default}, or its first.
     */
    @Parameter(property = PropertyNames.BASELINE)
    private @Nullable String baseline;

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
        Map<String, String> settings = new LinkedHashMap<>();
        putFileOrArtifact(settings, "baseline", PropertyNames.BASELINE, baseline);
        putGroup(settings, "gate", gate);
        return settings;
    }
}
