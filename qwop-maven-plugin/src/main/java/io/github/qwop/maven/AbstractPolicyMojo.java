package io.github.qwop.maven;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that plays with a policy. */
abstract class AbstractPolicyMojo extends AbstractQwopMojo {

    /**
     * The policy to play: a checkpoint, an ONNX file or a stable-baselines3 model.zip; or the Maven coordinates of one,
     * such as {@code com.acme:runner:1.4:onnx:policy}. Default: the run's best checkpoint.
     */
    @Parameter(property = PropertyNames.POLICY)
    private @Nullable String policy;

    /**
     * Settings of the environment that are changed against the training's, such as {@code startNoise}. On the command
     * line: {@code -Dqwop.environment.startNoise=none}.
     */
    @Parameter
    private @Nullable Map<String, String> environment;

    /** The settings that say which policy plays in what. */
    final Map<String, String> policySettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        putFileOrArtifact(settings, "policy", PropertyNames.POLICY, policy);
        putGroup(settings, "environment", environment);
        return settings;
    }
}
