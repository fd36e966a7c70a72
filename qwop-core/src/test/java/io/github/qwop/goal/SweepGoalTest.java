package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.Notes;
import io.github.qwop.run.settings.SettingException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sweep refuses before anything is begun: here there is no Spark that it could start. */
class SweepGoalTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Notes notes = new Notes();

    private void sweep(Map<String, String> settings) throws Exception {
        Goals.run("sweep", folder, settings, notes, () -> false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grid.pruning.reduction",
                "random.pruning.reduction",
                "grid.cluster.master",
                "grid.seeds",
                "grid.objective",
                "grid.draws",
                "grid.threads",
                "grid.sweep.draws",
                "grid.grid.nEnvs",
                "grid.fork.jvmArgs",
                "grid.outputDirectory",
                "grid.runId"
            })
    void onlySettingsOfATrainingVary(String name) {
        assertThatThrownBy(() -> sweep(Map.of(name, "2,3")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(name.substring(name.indexOf('.') + 1) + " cannot be varied by grid or random");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "learner.gamma | uniform 5 7 | ': learner.gamma is ' | give a number from 0 to 1.",
                "learner.nSteps | uniform 2 8 | ', and learner.nSteps is a whole number: ' | draw such with int 2 8.",
                "learner.nSteps | log 2 8 | ', and learner.nSteps is a whole number: ' | draw such with log-int 2 8."
            })
    void whatCannotBeDrawnIsNamedAsItWasTyped(String name, String text, String middle, String end) {
        assertThatThrownBy(() -> sweep(Map.of("random." + name, text)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("random." + name + " is \"" + text + "\", which draws ")
                .hasMessageContaining(middle)
                .hasMessageEndingWith(end);
    }

    @Test
    void whatIsTypedIsNamedAsItIs() {
        assertThatThrownBy(() -> sweep(Map.of("grid.learner.gamma", "0.9,7", "random.nEnvs", "int 2 8")))
                .hasMessageStartingWith("learner.gamma is 7.0: ");
    }

    @Test
    void missesFilesBeforeItStartsAnything() {
        assertThatThrownBy(() -> sweep(Map.of("grid.modelLoadFile", "nix.zip", "draws", "3", "drawSeed", "4")))
                .isInstanceOf(SettingException.class)
                .hasMessage("modelLoadFile is nix.zip, which does not exist: train that run first, or name a checkpoint"
                        + " that exists.");
        assertThat(folder.resolve("study")).doesNotExist();
        assertThat(notes.warnings())
                .containsExactly(
                        "sweep.draws is 3, and nothing is drawn, because no random is given.",
                        "sweep.seed is 4, and nothing is drawn, because no random is given: trainings have seeds.");
    }

    @Test
    void saysWhyNothingIsEndedEarly() {
        assertThatThrownBy(() -> sweep(Map.of("modelLoadFile", "nix.zip", "pruning.reduction", "3")))
                .isInstanceOf(SettingException.class);
        assertThat(notes.warnings())
                .containsExactly("No trial is ended early: pruning.reduction is 3, and beside the default 0"
                        + " trials compete: try at least as many.");
    }
}
