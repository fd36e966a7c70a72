package io.github.qwop.run.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import io.github.qwop.game.Game;
import io.github.qwop.run.GuardSpec;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Silence;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.metrics.MetricsLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A training keeps the policy that is the best by what its POM says. */
class BestByTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** An episode either lands at 99.2 m or falls at 104 m. */
    public abstract static class Ending implements Game {
        private int frames;

        abstract boolean lands();

        @Override
        public void reset() {
            frames = 0;
        }

        @Override
        public int step(int keys, int count) {
            frames += count;
            return count;
        }

        @Override
        public void readBodies(double[] target, int offset) {
            target[offset] = gameEnded() ? (jumpLanded() ? 992 : 1040) : frames;
        }

        @Override
        public double scoreTime() {
            return (1 + frames) / 30.0;
        }

        @Override
        public double score() {
            return jumpLanded() ? 100 : 0;
        }

        @Override
        public boolean gameEnded() {
            return frames >= 40;
        }

        @Override
        public boolean fallen() {
            return gameEnded() && !jumpLanded();
        }

        @Override
        public boolean jumped() {
            return jumpLanded();
        }

        @Override
        public boolean jumpLanded() {
            return gameEnded() && lands();
        }

        @Override
        public void close() {}
    }

    /** Its first three episodes land, all later ones fall. */
    public static final class LandsThenFalls extends Ending {
        private int episodes;

        @Override
        public void reset() {
            super.reset();
            episodes++;
        }

        @Override
        boolean lands() {
            return episodes <= 3;
        }
    }

    /** Whether it lands depends on what is played. */
    public static final class LandsByItsKeys extends Ending {
        private int sum;

        @Override
        public void reset() {
            super.reset();
            sum = 0;
        }

        @Override
        public int step(int keys, int count) {
            sum += keys * count;
            return super.step(keys, count);
        }

        @Override
        boolean lands() {
            return sum / 8 % 2 == 0;
        }
    }

    private void train(String bestBy) throws IOException, StoppedException {
        train(folder, LandsThenFalls.class, bestBy, () -> false);
    }

    private static void train(Path folder, Class<? extends Game> game, String bestBy, BooleanSupplier stop)
            throws IOException, StoppedException {
        Map<String, String> settings = Map.ofEntries(
                Map.entry("runId", "run"),
                Map.entry("algorithm", "ppo"),
                Map.entry("totalTimesteps", "800"),
                Map.entry("nEnvs", "4"),
                Map.entry("gameClass", game.getName()),
                Map.entry("learner.nSteps", "50"),
                Map.entry("learner.netArch", "4"),
                Map.entry("guard.evalFreq", "200"),
                Map.entry("logInterval", "200"),
                Map.entry("guard.evalEpisodes", "1"),
                Map.entry("guard.bestBy", bestBy));
        Training.run(folder, RunSpec.of(settings), false, 2, new Silence(), stop);
    }

    @ParameterizedTest
    @CsvSource({"score, 200", "distance, 400", "finish-rate, 200"})
    void keepsTheBestByWhatIsAskedFor(String bestBy, long steps) throws IOException, StoppedException {
        train(bestBy);
        try (Checkpoint best = Checkpoint.open(folder.resolve("run/best.zip"))) {
            assertThat(best.manifest().steps()).isEqualTo(steps);
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnAsIfItHadNotBeenInterrupted(GuardSpec.BestBy bestBy, @TempDir Path uninterrupted)
            throws IOException, StoppedException {
        train(uninterrupted, LandsByItsKeys.class, bestBy.name(), () -> false);
        assertThatThrownBy(() -> train(folder, LandsByItsKeys.class, bestBy.name(), () -> true))
                .isInstanceOf(StoppedException.class);
        train(folder, LandsByItsKeys.class, bestBy.name(), () -> false);
        assertThat(told(folder)).isEqualTo(told(uninterrupted));
        assertThat(folder.resolve("run/best.zip")).hasSameBinaryContentAs(uninterrupted.resolve("run/best.zip"));
    }

    /** Who finished, of the training's episodes and of the evaluations', row by row, and the best's score. */
    private static List<List<Object>> told(Path folder) throws IOException {
        List<List<Object>> told = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("run").resolve(MetricsLog.JSON_LINES))) {
            Map<?, ?> row = new Gson().fromJson(line, Map.class);
            told.add(Stream.of("user/finished", "user/is_success", "eval/finished", "eval/best_score")
                    .map(name -> requireNonNull((Object) row.get(name)))
                    .toList());
        }
        return told;
    }

    @Test
    void tellsWhoFinishedAndWhoGotPast100Metres() throws IOException, StoppedException {
        train("score");
        List<String> rows = Files.readAllLines(folder.resolve("run").resolve(MetricsLog.JSON_LINES));
        Map<?, ?> first = new Gson().fromJson(rows.get(0), Map.class);
        Map<?, ?> last = new Gson().fromJson(rows.get(rows.size() - 1), Map.class);
        assertThat(first.get("eval/finished")).isEqualTo(1.0);
        assertThat(first.get("eval/is_success")).isEqualTo(0.0);
        assertThat(last.get("eval/finished")).isEqualTo(0.0);
        assertThat(last.get("eval/is_success")).isEqualTo(1.0);
        // Of each of the four games three episodes land and the rest fall.
        assertThat((Double) last.get("user/finished")).isBetween(0.1, 0.9);
        assertThat((Double) last.get("user/is_success")).isBetween(0.1, 0.9);
    }
}
