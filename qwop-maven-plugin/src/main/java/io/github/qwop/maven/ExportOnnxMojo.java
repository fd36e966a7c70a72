package io.github.qwop.maven;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a trained policy as an ONNX file, with the observation's normalisation inside, and checks the file in ONNX
 * Runtime against the policy on observations of the game.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "export-onnx", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true, requiresProject = false)
public final class ExportOnnxMojo extends AbstractQwopMojo {

    /** Skips the export. */
    @Parameter(property = PropertyNames.SKIP_EXPORT, defaultValue = "false")
    private @Nullable String skipExport;

    /** The checkpoint, or stable-baselines3 model.zip, to export. Default: the run's best checkpoint. */
    @Parameter(property = PropertyNames.POLICY)
    private @Nullable File policy;

    /** The file to write. Default: {@code policy.onnx} in the run's folder. */
    @Parameter(property = PropertyNames.ONNX_FILE)
    private @Nullable File file;

    /**
     * A JSON file to write the 1,000 observations to that the exported file is checked on, with the actions that the
     * policy takes at them: for programs in other languages to compare themselves with. Default: none is written.
     */
    @Parameter(property = PropertyNames.ONNX_OBSERVATIONS)
    private @Nullable File observations;

    /**
     * Settings of the environment that the file is to name instead of the training's: a stable-baselines3 model does
     * not tell its {@code framesPerStep}. On the command line: {@code -Dqwop.environment.framesPerStep=4}.
     */
    @Parameter
    private @Nullable Map<String, String> environment;

    @Override
    String goal() {
        return "export-onnx";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_EXPORT, skipExport);
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        putFile(settings, "policy", PropertyNames.POLICY, policy);
        putFile(settings, "file", PropertyNames.ONNX_FILE, file);
        putFile(settings, "observations", PropertyNames.ONNX_OBSERVATIONS, observations);
        putGroup(settings, "environment", environment);
        return settings;
    }
}
