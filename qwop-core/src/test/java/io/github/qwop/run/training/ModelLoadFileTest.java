package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Silence;
import io.github.qwop.run.settings.SettingException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a training takes over from a checkpoint of another one, and what it refuses. */
class ModelLoadFileTest {

    private static final Map<String, String> SETTINGS = Map.of(
            "totalTimesteps", "40",
            "nEnvs", "2",
            "guard.evalFreq", "40",
            "guard.evalEpisodes", "1",
            "environment.actionSet", "none,QP,WO",
            "environment.maxEpisodeSteps", "20",
            "learner.netArch", "8");

    private static final Map<String, Map<String, String>> ALGORITHMS = Map.of(
            "qr-dqn", Map.of("learner.learningStarts", "20", "learner.nQuantiles", "3", "learner.bufferSize", "100"),
            "ppo", Map.of("learner.nSteps", "10"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private void train(String run, String algorithm, Map<String, String> own) throws Exception {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(ALGORITHMS.getOrDefault(algorithm, Map.of()));
        settings.put("runId", run);
        settings.put("algorithm", algorithm);
        settings.putAll(own);
        Training.run(folder, RunSpec.of(settings), false, new Silence(), () -> false);
    }

    private Map<String, String> from(String run, String setting, String value) {
        return Map.of("modelLoadFile", model(run).toString(), setting, value);
    }

    private Path model(String run) {
        return new RunDirectory(folder.resolve(run)).model();
    }

    @ParameterizedTest
    @CsvSource({"qr-dqn, tanh, relu", "ppo, relu, tanh"})
    void anotherActivationFunctionIsRefused(String algorithm, String theirs, String ours) throws Exception {
        train("old", algorithm, Map.of("learner.activationFn", theirs));
        assertThatThrownBy(() -> train("new", algorithm, from("old", "learner.activationFn", ours)))
                .isInstanceOf(SettingException.class)
                .hasMessage("modelLoadFile is " + model("old") + ", which does not fit this learner. Its"
                        + " learner.activationFn is " + theirs + ", here it is " + ours
                        + ": give learner.activationFn the checkpoint's value.");
        train("new", algorithm, from("old", "learner.activationFn", theirs));
        assertThat(model("new")).exists();
    }

    @Test
    void asManyOtherActionsAreRefused() throws Exception {
        train("old", "qr-dqn", Map.of());
        assertThatThrownBy(() -> train("new", "qr-dqn", from("old", "environment.actionSet", "none,WO,QP")))
                .isInstanceOf(SettingException.class)
                .hasMessage("modelLoadFile is " + model("old") + ", which does not fit this learner. Its"
                        + " environment.actionSet is none,QP,WO, here it is none,WO,QP: give environment.actionSet the"
                        + " checkpoint's value.");
    }
}
