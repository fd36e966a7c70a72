package io.github.qwop.learn.dqn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.learn.problems.CombinationLock;
import io.github.qwop.learn.problems.Corridor;
import io.github.qwop.learn.problems.Evaluation;
import io.github.qwop.learn.problems.MemoryState;
import io.github.qwop.learn.replay.ReplayBuffer;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.parallel.Workers;
import io.github.qwop.run.settings.Settings;
import java.io.DataInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What demonstrations do to the DQN family's learner. */
class DqnDemonstrationsTest {

    private static final int DIALS = 14;
    private static final long STEPS = 3000;

    private static final Map<String, String> SMALL = Map.of(
            "bufferSize", "4000",
            "learningStarts", "200",
            "batchSize", "32",
            "learningRate", "0.003",
            "trainFreq", "1",
            "targetUpdateInterval", "100",
            "explorationFraction", "0.5",
            "netArch", "32",
            "gamma", "0.9",
            "demoFraction", "0.8");

    private static DqnSpec spec(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.putAll(more);
        return Settings.bind(DqnSpec.QR_DQN, settings);
    }

    /** Someone who opens the lock once. */
    private static Demonstrations opening() {
        int size = DIALS + 1;
        float[] observations = new float[DIALS * size];
        int[] actions = new int[DIALS];
        float[] rewards = new float[DIALS];
        boolean[] terminated = new boolean[DIALS];
        float[] last = new float[size];
        for (int dial = 0; dial < DIALS; dial++) {
            observations[dial * size + dial] = 1;
            actions[dial] = CombinationLock.key(dial);
        }
        rewards[DIALS - 1] = 1;
        terminated[DIALS - 1] = true;
        last[DIALS] = 1;
        return new Demonstrations(size, 2, observations, actions, rewards, terminated, new boolean[DIALS], last);
    }

    private static DqnLearner lockLearner(DqnSpec spec, Demonstrations shown, long seed) {
        return new DqnLearner(
                spec, new CombinationLock(4, DIALS, seed), shown, STEPS, seed, (e, episode) -> {}, Workers.one());
    }

    private static void train(DqnLearner learner, long until) {
        while (learner.steps() < until) {
            learner.iterate();
        }
    }

    private static double opened(DqnLearner learner) {
        return Evaluation.meanReward(learner.actor(), new CombinationLock(1, DIALS, 1));
    }

    /** Plain DQN needs returns of several steps, as those who thought of its demonstrations used them. */
    @Tag("training")
    @ParameterizedTest
    @CsvSource({"5,1,1", "5,1,2", "5,1,3", "5,1,4", "5,1,5", "1,10,1", "1,10,2", "1,10,3", "1,10,4", "1,10,5"})
    void opensTheLockThatExplorationDoesNot(String quantiles, String nStep, long seed) {
        DqnSpec spec = spec(Map.of(
                "nQuantiles", quantiles,
                "nStep", nStep,
                "gamma", "0.95",
                "demoFraction", "1",
                "demoRatio", "0.5",
                "explorationFraction", "0.3"));
        try (DqnLearner shown = lockLearner(spec, opening(), seed);
                DqnLearner alone = lockLearner(spec, Demonstrations.none(DIALS + 1, 2), seed)) {
            train(shown, STEPS);
            train(alone, STEPS);
            assertThat(opened(shown)).as("reward of one who was shown how").isEqualTo(1);
            assertThat(opened(alone)).as("reward of one who was not").isZero();
        }
    }

    /** As those who thought of it did: one buffer, in which what was shown stays and is never forgotten. */
    private static final Map<String, String> ONE_BUFFER = Map.of(
            "nQuantiles", "1",
            "nStep", "10",
            "oneStepWeight", "1",
            "weightDecay", "1e-5",
            "doubleQ", "true",
            "prioritized", "true",
            "prioritizedAlpha", "0.4",
            "prioritizedBeta", "0.6",
            "demoBonus", "1",
            "demoFraction", "none");

    @Tag("training")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void opensTheLockFromOnePrioritizedBuffer(long seed) {
        Map<String, String> settings = new HashMap<>(ONE_BUFFER);
        settings.putAll(Map.of("demoPretrainSteps", "100", "explorationFraction", "0.3", "gamma", "0.95"));
        try (DqnLearner shown = lockLearner(spec(settings), opening(), seed)) {
            train(shown, STEPS);
            assertThat(opened(shown)).isEqualTo(1);
        }
    }

    /** The ring of one's own transitions goes round many times; what was shown keeps its place and its bonus. */
    @Test
    void whatWasShownStaysInTheOneBufferForEver() throws IOException {
        Map<String, String> settings = new HashMap<>(ONE_BUFFER);
        settings.put("bufferSize", "100");
        DqnSpec spec = spec(settings);
        double drawn = 0;
        try (DqnLearner learner = lockLearner(spec, opening(), 1)) {
            train(learner, STEPS);
            for (int i = 0; i < 20; i++) {
                learner.update();
                drawn += Objects.requireNonNull(learner.metrics().get("train/demo_count"));
            }
            DataInput priorities = MemoryState.of(learner::save).section("priorities");
            priorities.readDouble();
            int slots = new ReplayBuffer(spec.bufferSize(), 4, DIALS + 1).slots();
            double own = 0;
            for (int slot = 0; slot < slots; slot++) {
                own += priorities.readDouble() > 0 ? 1 : 0;
            }
            assertThat(own).as("transitions of its own").isEqualTo(100);
            for (int dial = 0; dial < DIALS; dial++) {
                assertThat(priorities.readDouble())
                        .as("priority of dial %d", dial)
                        .isGreaterThanOrEqualTo(1);
            }
            assertThat(priorities.readDouble())
                    .as("the place that no step of theirs has")
                    .isZero();
        }
        assertThat(drawn).as("demonstrations in 20 batches of 32").isGreaterThan(14.0 / 114 * 20 * 32);
    }

    @Test
    void theShareOfDemonstrationsStaysWhereItIsNotToFade() {
        DqnSpec spec = spec(Map.of("nQuantiles", "1", "demoRatio", "0.5", "demoFraction", "none"));
        assertThat(spec.demonstrationWeight(0)).isEqualTo(1);
        try (DqnLearner learner = lockLearner(spec, opening(), 1)) {
            train(learner, STEPS);
            assertThat(learner.metrics()).containsEntry("train/demo_count", 16.0);
        }
    }

    /** An optimiser that comes with a count of its own does not cut the rehearsal short, nor does a resumption. */
    @Test
    void rehearsesInFullAfterTakingOverAnOptimiser() throws IOException {
        DqnSpec spec = spec(Map.of("nQuantiles", "5", "demoPretrainSteps", "30"));
        MemoryState old;
        try (DqnLearner learner = lockLearner(spec, opening(), 1)) {
            train(learner, STEPS / 2);
            old = MemoryState.of(learner::save);
        }
        MemoryState rehearsing;
        try (DqnLearner learner = lockLearner(spec, opening(), 2)) {
            learner.startFrom(old);
            for (int i = 0; i < 10; i++) {
                learner.iterate();
            }
            assertThat(learner.metrics()).containsEntry("train/n_updates", 10.0);
            rehearsing = MemoryState.of(learner::save);
        }
        try (DqnLearner learner = lockLearner(spec, opening(), 3)) {
            learner.restore(rehearsing);
            for (int i = 10; i < 30; i++) {
                assertThat(learner.steps()).isZero();
                learner.iterate();
            }
            assertThat(learner.metrics()).containsEntry("train/n_updates", 30.0);
            assertThat(learner.steps()).isZero();
            learner.iterate();
            assertThat(learner.steps()).isEqualTo(4);
        }
    }

    /** 100 environment steps are 25 of all four environments, hence 25 updates at the pace of the training proper. */
    @Test
    void theTargetFollowsARehearsalToo() throws IOException {
        DqnSpec spec = spec(Map.of("nQuantiles", "1", "demoPretrainSteps", "60"));
        try (DqnLearner learner = lockLearner(spec, opening(), 1)) {
            Map<String, ByteBuffer> before = MemoryState.of(learner::save).sections();
            for (int update = 1; update <= 60; update++) {
                learner.iterate();
                Map<String, ByteBuffer> now = MemoryState.of(learner::save).sections();
                assertThat(now.get("target"))
                        .as("target network after update %d", update)
                        .isEqualTo(update % 25 == 0 ? now.get("parameters") : before.get("target"));
                before = now;
            }
        }
    }

    @Test
    void rehearsalAloneOpensTheLockBeforeTheFirstStep() {
        DqnSpec spec = spec(Map.of("nQuantiles", "5", "demoPretrainSteps", "300"));
        try (DqnLearner learner = lockLearner(spec, opening(), 1)) {
            for (int i = 0; i < 300; i++) {
                assertThat(learner.metrics()).containsEntry("train/demo_count", 32.0);
                learner.iterate();
            }
            assertThat(learner.steps()).isZero();
            assertThat(opened(learner)).isEqualTo(1);
            learner.iterate();
            assertThat(learner.steps()).isEqualTo(4);
        }
    }

    @Test
    void theShareOfDemonstrationsFadesWithTheProgress() {
        DqnSpec spec = spec(Map.of("nQuantiles", "1", "demoRatio", "0.5", "demoFraction", "0.8"));
        try (DqnLearner learner = lockLearner(spec, opening(), 1)) {
            assertThat(learner.metrics()).containsEntry("train/demo_count", 16.0);
            train(learner, STEPS * 2 / 5);
            assertThat(learner.metrics()).containsEntry("train/demo_count", 8.0);
            train(learner, STEPS * 4 / 5);
            assertThat(learner.metrics()).containsEntry("train/demo_count", 0.0);
            learner.iterate();
            assertThat(learner.metrics().get("train/margin_loss")).isNaN();
        }
    }

    @ParameterizedTest
    @CsvSource({"1,false,none", "5,false,none", "5,true,none", "5,true,1"})
    void aResumedTrainingEndsAsAnUninterruptedOne(int quantiles, boolean prioritized, String demoBonus)
            throws IOException {
        DqnSpec spec = spec(Map.of(
                "nQuantiles",
                String.valueOf(quantiles),
                "prioritized",
                String.valueOf(prioritized),
                "demoBonus",
                demoBonus,
                "nStep",
                "3",
                "demoPretrainSteps",
                "50"));
        MemoryState rehearsing;
        MemoryState halfway;
        MemoryState end;
        try (DqnLearner learner = lockLearner(spec, opening(), 7)) {
            for (int i = 0; i < 20; i++) {
                learner.iterate();
            }
            rehearsing = MemoryState.of(learner::save);
            train(learner, STEPS / 2);
            assertThat(learner.metrics().get("train/demo_count")).isBetween(1.0, demoBonus.equals("1") ? 32.0 : 7.0);
            halfway = MemoryState.of(learner::save);
            train(learner, STEPS);
            end = MemoryState.of(learner::save);
        }
        for (MemoryState from : new MemoryState[] {rehearsing, halfway}) {
            try (DqnLearner resumed = lockLearner(spec, opening(), 99)) {
                resumed.restore(from);
                assertThat(MemoryState.of(resumed::save)).isEqualTo(from);
                train(resumed, STEPS);
                assertThat(MemoryState.of(resumed::save)).isEqualTo(end);
            }
        }
    }

    /**
     * With a huge epsilon, Adam's first move is its gradient times rate / epsilon; the difference between a learner
     * with the margin loss and one without is that loss's part of it. A rehearsal has it whole, also where
     * demonstrations count for nothing afterwards.
     */
    @ParameterizedTest
    @CsvSource({"1,0.8", "5,0.8", "5,0"})
    void theNetworkMovesAlongTheMarginLossesSlope(int quantiles, String demoFraction) {
        double weight = 0.7;
        double margin = 0.4;
        float[] seen = {0.3f, -0.6f, 0.9f};
        Map<String, String> settings = Map.of(
                "nQuantiles", String.valueOf(quantiles),
                "netArch", "4",
                "activationFn", "tanh",
                "learningRate", "10000",
                "adamEps", "10000",
                "batchSize", "8",
                "margin", String.valueOf(margin),
                "demoPretrainSteps", "1",
                "demoFraction", demoFraction,
                "marginWeight", String.valueOf(weight));
        Map<String, String> without = new HashMap<>(settings);
        without.put("marginWeight", "0");
        Demonstrations shown = Demonstrations.ofActions(3, 2, seen, new int[] {1});
        Mlp before;
        Mlp with;
        Mlp plain;
        try (DqnLearner learner = corridorLearner(spec(settings), shown);
                DqnLearner other = corridorLearner(spec(without), shown)) {
            before = learner.network();
            learner.iterate();
            other.iterate();
            with = learner.network();
            plain = other.network();
            assertThat(learner.metrics().get("train/margin_loss"))
                    .isCloseTo(marginLoss(before, seen, 1, margin), within(1e-5));
        }
        double h = 1e-2;
        double largest = 0;
        for (int l = 0; l < before.layers().size(); l++) {
            for (float[][] values : new float[][][] {
                {weights(before, l), weights(with, l), weights(plain, l)},
                {biases(before, l), biases(with, l), biases(plain, l)}
            }) {
                float[] point = values[0];
                for (int i = 0; i < point.length; i++) {
                    float at = point[i];
                    point[i] = (float) (at + h);
                    double above = marginLoss(before, seen, 1, margin);
                    point[i] = (float) (at - h);
                    double below = marginLoss(before, seen, 1, margin);
                    point[i] = at;
                    double slope = weight * quantiles * (above - below) / (2 * h);
                    largest = Math.max(largest, Math.abs(slope));
                    assertThat((double) values[2][i] - values[1][i])
                            .as("layer %d, parameter %d", l, i)
                            .isCloseTo(slope, within(2e-3));
                }
            }
        }
        assertThat(largest).as("the largest slope").isGreaterThan(0.1);
    }

    private static DqnLearner corridorLearner(DqnSpec spec, Demonstrations shown) {
        return new DqnLearner(spec, new Corridor(4, 3, 1), shown, STEPS, 1, (e, episode) -> {}, Workers.one());
    }

    private static float[] weights(Mlp mlp, int layer) {
        DenseLayer dense = mlp.layers().get(layer);
        return dense.weight();
    }

    private static float[] biases(Mlp mlp, int layer) {
        return mlp.layers().get(layer).bias();
    }

    /** As it is published, of the actions' mean values over their quantiles. */
    private static double marginLoss(Mlp network, float[] seen, int demonstrated, double margin) {
        float[] quantiles = new MlpForward(network).run(seen, 0);
        int actions = 2;
        int count = quantiles.length / actions;
        double[] values = new double[actions];
        for (int i = 0; i < quantiles.length; i++) {
            values[i / count] += quantiles[i] / (double) count;
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < actions; a++) {
            largest = Math.max(largest, values[a] + (a == demonstrated ? 0 : margin));
        }
        return largest - values[demonstrated];
    }
}
