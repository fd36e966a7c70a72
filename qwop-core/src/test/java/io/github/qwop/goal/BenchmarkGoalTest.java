package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.run.GateException;
import io.github.qwop.run.Notes;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.StoppedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkGoalTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Notes notes = new Notes();

    private Outcome measure(String... settings) throws IOException, GateException, StoppedException {
        Map<String, String> all = new HashMap<>(Map.of("seconds", "0.01", "page", "false", "threads", "2"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return Goals.run("benchmark", folder, all, notes, () -> false);
    }

    @Test
    void measuresTheTrainingThatIsDeclared() throws IOException, GateException, StoppedException {
        Outcome outcome = measure(
                "algorithm",
                "qr-dqn",
                "totalTimesteps",
                "250k",
                "nEnvs",
                "3",
                "environment.framesPerStep",
                "2",
                "learner.learningStarts",
                "100_000",
                "learner.nQuantiles",
                "4",
                "learner.netArch",
                "8");

        assertThat(outcome.sentence())
                .matches(
                        "A training of 250,002 steps with qr-dqn and 3 environments takes about \\d.* here on 2 threads,"
                                + " evaluations and checkpoints aside[.]");
        assertThat(notes.infos()).anyMatch(line -> line.startsWith("one environment") && line.endsWith("at 2 a step"));
        assertThat(outcome.data())
                .containsKeys(
                        "3 environments, steps/s", "qr-dqn training, steps/s", "qr-dqn training, 2 threads, steps/s");
        assertThat(outcome.data().values()).allMatch(figure -> figure > 0);
    }

    @Test
    void measuresPpoWhereNothingIsDeclaredAndAPreset() throws IOException, GateException, StoppedException {
        Outcome outcome = measure("preset", "quick", "learner.nSteps", "32", "learner.nEpochs", "1");

        assertThat(outcome.sentence())
                .startsWith("A training of 500,000 steps with ppo and 8 environments takes about ");
        assertThat(outcome.data()).containsKeys("ppo training, steps/s", "ppo training, 2 threads, steps/s");
    }

    @Test
    void aCloneIsNotMeasured() throws IOException, GateException, StoppedException {
        assertThat(measure("algorithm", "bc", "demonstrations", "recordings").sentence())
                .isEqualTo(
                        "What a training with bc takes is not measured: it learns from recordings, not from playing.");
    }

    @ParameterizedTest
    @CsvSource({
        "0.2, 1 s",
        "7.4, 7 s",
        "33.4, 35 s",
        "89, 90 s",
        "100, 1.7 min",
        "125, 2.1 min",
        "300, 5 min",
        "2000, 35 min",
        "5500, 1.5 h",
        "7200, 2 h",
        "80000, 22 h",
        "300000, 3 days",
    })
    void roundsToWhatSuchAFigureIsWorth(double seconds, String text) {
        assertThat(Measurement.about(seconds)).isEqualTo(text);
    }
}
