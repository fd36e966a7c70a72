package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Silence;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.metrics.MetricsLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each action does about a collapse: the rate is such that the first updates ruin the network. */
class GuardedTrainingTest {

    private static final String RUN = "run";
    private static final double RUINOUS = 1e30;

    /** The evaluations at 100 and 200 steps see the network as it was made; learning begins after 200. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("runId", RUN),
            Map.entry("totalTimesteps", "800"),
            Map.entry("nEnvs", "2"),
            Map.entry("nCheckpoints", "4"),
            Map.entry("logInterval", "100"),
            Map.entry("learner.learningStarts", "200"),
            Map.entry("learner.bufferSize", "500"),
            Map.entry("learner.batchSize", "8"),
            Map.entry("learner.trainFreq", "2"),
            Map.entry("learner.nQuantiles", "3"),
            Map.entry("learner.netArch", "8"),
            Map.entry("learner.learningRate", "const_" + RUINOUS),
            Map.entry("guard.evalFreq", "100"),
            Map.entry("guard.evalEpisodes", "1"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void offWatchesNothing() throws IOException {
        train(folder, Map.of("guard.action", "off"), () -> false);

        assertThat(run(folder).events()).doesNotExist();
        assertThat(rates()).hasSize(8).containsOnly(RUINOUS);
        assertThat(bestSteps()).isEqualTo(100);
    }

    @Test
    void warnWritesWhatItSeesAndGoesOn() throws IOException {
        train(folder, Map.of("guard.action", "warn"), () -> false);

        assertThat(events()).hasSize(6).allSatisfy(event -> {
            assertThat(event.get("action").getAsString()).isEqualTo("warn");
            assertThat(event.get("seen").getAsString()).isEqualTo("train/loss is no longer finite");
            assertThat(event.get("done").getAsString()).startsWith("training goes on");
        });
        assertThat(events())
                .extracting(event -> event.get("steps").getAsInt())
                .containsExactly(300, 400, 500, 600, 700, 800);
        assertThat(rates()).hasSize(8).containsOnly(RUINOUS);
        assertThat(bestSteps()).isEqualTo(100);
    }

    @Test
    void stopEndsTheTrainingWithItsBest() throws IOException {
        train(folder, Map.of("guard.action", "stop"), () -> false);

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.get("steps").getAsInt()).isEqualTo(300);
            assertThat(event.get("action").getAsString()).isEqualTo("stop");
            assertThat(event.get("done").getAsString())
                    .isEqualTo("training stops, the best checkpoint is the run's result");
        });
        assertThat(rates()).hasSize(3);
        assertThat(bestSteps()).isEqualTo(100);
        assertThat(run(folder).model()).exists();
    }

    @Test
    void rollbackReturnsToTheBestMoreGentlyUntilItHasHadEnough() throws IOException {
        train(folder, Map.of("guard.action", "rollback", "guard.maxRollbacks", "2"), () -> false);

        String rolledBack = "rolled back to the best at 100 steps, learning rate times 0.5 from now on";
        assertThat(events())
                .extracting(event -> event.get("done").getAsString())
                .containsExactly(rolledBack, rolledBack, "training stops, the best checkpoint is the run's result");
        assertThat(events()).extracting(event -> event.get("steps").getAsInt()).containsExactly(300, 400, 500);
        assertThat(rates()).containsExactly(RUINOUS, RUINOUS, RUINOUS, RUINOUS / 2, RUINOUS / 4);
        assertThat(bestSteps()).isEqualTo(100);
    }

    @Test
    void aRollbackThatIsGentleEnoughRescuesPrioritizedReplayToo() throws IOException {
        Map<String, String> gentle =
                Map.of("guard.action", "rollback", "guard.rateFactor", "1e-33", "learner.prioritized", "true");
        train(folder, gentle, () -> false);

        assertThat(events()).extracting(event -> event.get("steps").getAsInt()).containsExactly(300);
        assertThat(losses(folder)).hasSize(8);
        assertThat(losses(folder).subList(3, 8)).noneMatch(loss -> loss.contains("null") || loss.contains("NaN"));
        assertThat(losses(folder).get(2)).contains("null");
    }

    @Test
    void leavesTheBestAsItWas(@TempDir Path untrained) throws IOException {
        Map<String, String> rollback = Map.of("guard.action", "rollback");
        train(untrained, rollback, stopAt(50));
        train(folder, rollback, () -> false);

        assertThat(run(untrained).events()).doesNotExist();
        assertThat(events()).isNotEmpty();
        assertThat(run(folder).best()).hasSameBinaryContentAs(run(untrained).best());
    }

    @Test
    void resumesBetweenRollbacksAsIfItHadNotBeenInterrupted(@TempDir Path uninterrupted) throws IOException {
        // Whatever is no better than the best counts.
        Map<String, String> strict = Map.of(
                "guard.action", "rollback",
                "guard.maxRollbacks", "100",
                "guard.drop", "1",
                "guard.patience", "1",
                "guard.minDistance", "0",
                "learner.learningRate", "const_0.01");
        train(uninterrupted, strict, () -> false);
        // Stopped between evaluations, between rows, and between regular checkpoints.
        train(folder, strict, stopAt(83));
        train(folder, strict, stopAt(45));
        train(folder, strict, () -> false);

        assertThat(run(folder).events())
                .hasSameBinaryContentAs(run(uninterrupted).events());
        assertThat(run(folder).model())
                .hasSameBinaryContentAs(run(uninterrupted).model());
        assertThat(run(folder).best()).hasSameBinaryContentAs(run(uninterrupted).best());
        assertThat(losses(folder)).isEqualTo(losses(uninterrupted));
    }

    @Test
    void itsStopOutlivesAnInterruption() throws IOException {
        Map<String, String> stop = Map.of("guard.action", "stop", "nCheckpoints", "8");
        train(folder, stop, () -> false);
        byte[] model = Files.readAllBytes(run(folder).model());
        // As if it had been killed between its last checkpoint and its end.
        Files.delete(run(folder).model());

        train(folder, stop, () -> false);

        assertThat(rates()).hasSize(3);
        assertThat(run(folder).model()).hasBinaryContent(model);
    }

    @Test
    void seesTheSameHoweverOftenRowsAreWritten(@TempDir Path frequent) throws IOException {
        Map<String, String> sensitive = new HashMap<>(Map.of(
                "totalTimesteps", "3000",
                "guard.patience", "1",
                "guard.signalFactor", "1.01",
                "learner.learningRate", "const_0.01"));
        train(folder, sensitive, () -> false);
        sensitive.put("logInterval", "20");
        train(frequent, sensitive, stopAt(487));
        train(frequent, sensitive, () -> false);

        assertThat(events()).anyMatch(event -> event.get("seen").getAsString().contains("train/loss rose to"));
        assertThat(run(frequent).events()).hasSameBinaryContentAs(run(folder).events());
    }

    /** While PPO learns the values alone every evaluation sees the same policy, and the best knows the best values. */
    @Test
    void thatOneWhoseValuesHaveLearnedMostIsKeptOfOnePolicy() throws IOException, StoppedException {
        Map<String, String> settings = Map.of(
                "runId", RUN,
                "algorithm", "ppo",
                "totalTimesteps", "400",
                "nEnvs", "2",
                "learner.nSteps", "20",
                "learner.netArch", "8",
                "learner.valueWarmup", "201",
                "learner.learningRate", "1e-30",
                "guard.evalFreq", "40",
                "guard.evalEpisodes", "1");
        Training.run(folder, RunSpec.of(settings), false, 2, new Silence(), () -> false);

        assertThat(bestSteps())
                .as("the rollout from 200 on is the last of them")
                .isEqualTo(240);
    }

    private static void train(Path folder, Map<String, String> own, BooleanSupplier stop) throws IOException {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(own);
        try {
            Training.run(folder, RunSpec.of(settings), false, 2, new Silence(), stop);
        } catch (StoppedException e) {
            assertThat(e).hasMessageContaining("run the same command again to go on from there");
        }
    }

    /** Each piece of work is of four steps: two of each environment. */
    private static BooleanSupplier stopAt(long piece) {
        long[] done = {0};
        return () -> ++done[0] == piece;
    }

    private static RunDirectory run(Path folder) {
        return new RunDirectory(folder.resolve(RUN));
    }

    private List<JsonObject> events() throws IOException {
        return objects(run(folder).events());
    }

    private List<Double> rates() throws IOException {
        return objects(run(folder).path().resolve(MetricsLog.JSON_LINES)).stream()
                .map(row -> row.get("train/learning_rate").getAsDouble())
                .toList();
    }

    private static List<String> losses(Path folder) throws IOException {
        return objects(run(folder).path().resolve(MetricsLog.JSON_LINES)).stream()
                .map(row -> row.get("train/loss") + " " + row.get("train/grad_norm"))
                .toList();
    }

    private static List<JsonObject> objects(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> new Gson().fromJson(line, JsonObject.class))
                .toList();
    }

    private long bestSteps() throws IOException {
        try (Checkpoint best = Checkpoint.open(run(folder).best())) {
            return best.manifest().steps();
        }
    }
}
