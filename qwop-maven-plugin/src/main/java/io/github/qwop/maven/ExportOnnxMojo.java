package io.github.qwop.maven;

import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.fork.ForkMessage;
import io.github.qwop.run.fork.ForkRequest;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a trained policy as an ONNX file, with the observation's normalisation inside, and checks the file in ONNX
 * Runtime against the policy on observations of the game. Bound to a phase it attaches the file to the build, so that
 * {@code mvn install} and {@code mvn deploy} publish the policy with the project.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "export-onnx", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true, requiresProject = false)
public final class ExportOnnxMojo extends AbstractQwopMojo {

    /** Skips the export. */
    @Parameter(property = PropertyNames.SKIP_EXPORT, defaultValue = "false")
    private @Nullable String skipExport;

    /**
     * The checkpoint, or stable-baselines3 model.zip, to export; or the Maven coordinates of one, such as
     * {@code com.acme:runner:1.4:zip:best}. Default: the run's best checkpoint.
     */
    @Parameter(property = PropertyNames.POLICY)
    private @Nullable String policy;

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
     * Whether the file is attached to the build, as an artifact of the type {@code onnx}, so that {@code mvn install}
     * and {@code mvn deploy} publish it. Default: {@code true} in an execution that is bound to a phase, {@code false}
     * for the goal on the command line, which has no build.
     */
    @Parameter(property = PropertyNames.ONNX_ATTACH)
    private @Nullable String attach;

    /** The classifier that it is attached with: a project that exports several policies gives each its own. */
    @Parameter(property = PropertyNames.ONNX_CLASSIFIER, defaultValue = "policy")
    private String classifier;

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
    ForkMessage work() throws MojoExecutionException {
        ForkMessage outcome = super.work();
        if (outcome instanceof ForkMessage.Done && isAttached()) {
            ForkRequest request = request();
            Path written = new RunDirectory(Path.of(request.directory()).resolve(runId())).onnx();
            String named = request.settings().get("file");
            attach(named == null ? written.toFile() : new File(named), PolicyArtifact.EXTENSION, classifier());
        }
        return outcome;
    }

    private boolean isAttached() {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "attach", PropertyNames.ONNX_ATTACH, attach);
        return isBound() && (given.isEmpty() || isSet(PropertyNames.ONNX_ATTACH, attach));
    }

    private String classifier() {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "classifier", PropertyNames.ONNX_CLASSIFIER, classifier);
        return given.getOrDefault("classifier", PolicyArtifact.CLASSIFIER);
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        putFileOrArtifact(settings, "policy", PropertyNames.POLICY, policy);
        putFile(settings, "file", PropertyNames.ONNX_FILE, file);
        putFile(settings, "observations", PropertyNames.ONNX_OBSERVATIONS, observations);
        putGroup(settings, "environment", environment);
        return settings;
    }
}
