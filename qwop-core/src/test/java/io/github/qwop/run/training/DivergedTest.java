package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.goal.Goals;
import io.github.qwop.model.Activation;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.LayerNorm;
import io.github.qwop.model.Mlp;
import io.github.qwop.run.Notes;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.settings.SettingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training whose rate ruins the network before its first evaluation. */
class DivergedTest {

    private static final Map<String, String> RUINOUS = Map.of(
            "runId", "r",
            "algorithm", "ppo",
            "learner.learningRate", "1e30",
            "learner.entCoef", "0.5",
            "learner.nSteps", "64",
            "totalTimesteps", "2048",
            "guard.evalFreq", "600",
            "guard.evalEpisodes", "1");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private final Notes listener = new Notes(said, said);

    private Outcome goal(String goal, Map<String, String> settings) throws Exception {
        return Goals.run(goal, folder, settings, listener, () -> false);
    }

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(RUINOUS);
        settings.putAll(more);
        return settings;
    }

    @Test
    void hasNoBestAndEveryGoalSaysWhy() throws Exception {
        Outcome outcome = goal("train", RUINOUS);
        RunDirectory run = new RunDirectory(folder.resolve("r"));

        assertThat(outcome.sentence())
                .contains("there is no best, because no network was finite when it was evaluated")
                .endsWith("give a lower learner.learningRate and train again.");
        assertThat(outcome.data()).containsOnlyKeys("steps");
        assertThat(said).anyMatch(line -> line.startsWith("Collapse at 1,024 steps: "));
        assertThat(run.best()).doesNotExist();
        assertThat(run.model()).exists();
        for (String goal : List.of("evaluate", "export-onnx", "record")) {
            assertThatThrownBy(() -> goal(goal, Map.of("runId", "r")))
                    .as(goal)
                    .isInstanceOf(SettingException.class)
                    .hasMessage(
                            "The policy " + run.model() + " is not finite: its training diverged, and its outputs are"
                                    + " no numbers; name an earlier checkpoint, or train again with a lower"
                                    + " learner.learningRate.");
        }
        assertThat(run.onnx()).doesNotExist();
        Map<String, String> next =
                with(Map.of("runId", "next", "modelLoadFile", run.model().toString()));
        assertThatThrownBy(() -> goal("train", next))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("modelLoadFile is " + run.model() + ", which is not finite: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "rollback"})
    void endsWhereNothingIsLeftToReturnTo(String action) throws Exception {
        Outcome outcome = goal("train", with(Map.of("guard.action", action)));

        assertThat(outcome.data()).containsEntry("steps", 1024.0);
        assertThat(said)
                .anyMatch(line -> line.startsWith("Collapse at 1,024 steps: ")
                        && line.endsWith(
                                "training stops, and no network was evaluated that could be the run's result."));
    }

    /** Weights may be numbers whose sums are none. */
    @ParameterizedTest
    @CsvSource({
        "1, RELU, true",
        "NaN, RELU, false",
        "Infinity, TANH, false",
        "1e18, RELU, true",
        "1e30, RELU, false",
        "1e30, TANH, true",
        "3e38, TANH, false"
    })
    void aNetworkIsFiniteIfItsOutputsAre(float weight, Activation activation, boolean finite) {
        assertThat(network(weight, activation, null).isFinite()).isEqualTo(finite);
        LayerNorm norm = new LayerNorm(1, new float[] {1, weight}, new float[2]);
        assertThat(network(1, activation, norm).isFinite()).isEqualTo(Float.isFinite(weight) && weight < 2e38f);
    }

    private static Mlp network(float weight, Activation activation, @Nullable LayerNorm norm) {
        return new Mlp(
                List.of(
                        new DenseLayer(2, 2, new float[] {1, 1, 1, -weight}, new float[2], norm),
                        new DenseLayer(2, 1, new float[] {weight, weight}, new float[1])),
                activation);
    }
}
