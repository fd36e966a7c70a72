package io.github.qwop.learn.dqn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopVectorEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.VectorEnv;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.learn.problems.CartPole;
import io.github.qwop.learn.problems.ChangingSights;
import io.github.qwop.learn.problems.Corridor;
import io.github.qwop.learn.problems.Evaluation;
import io.github.qwop.learn.problems.MemoryState;
import io.github.qwop.learn.problems.TwoArmedBandit;
import io.github.qwop.model.MlpForward;
import io.github.qwop.parallel.Workers;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DqnLearnerTest {

    private static final Map<String, String> SMALL = Map.of(
            "bufferSize", "4000",
            "learningStarts", "200",
            "batchSize", "32",
            "learningRate", "0.003",
            "trainFreq", "1",
            "targetUpdateInterval", "200",
            "explorationFraction", "0.5",
            "netArch", "32",
            "gamma", "0.9");

    private static final Map<String, Map<String, String>> VARIANTS = Map.of(
            "dqn", Map.of("nQuantiles", "1"),
            "qr-dqn", Map.of("nQuantiles", "10"),
            "double", Map.of("nQuantiles", "10", "doubleQ", "true"),
            "dueling", Map.of("nQuantiles", "5", "dueling", "true"),
            "n-step", Map.of("nQuantiles", "5", "nStep", "3"),
            "prioritized", Map.of("nQuantiles", "5", "prioritized", "true"),
            "layer-norm", Map.of("nQuantiles", "5", "layerNorm", "true", "dueling", "true"),
            "soft", Map.of("nQuantiles", "5", "tau", "0.05", "targetUpdateInterval", "8", "gradientSteps", "2"),
            "all",
                    Map.of(
                            "nQuantiles",
                            "5",
                            "doubleQ",
                            "true",
                            "dueling",
                            "true",
                            "nStep",
                            "3",
                            "prioritized",
                            "true"));

    private static DqnSpec spec(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.putAll(more);
        return Settings.bind(DqnSpec.QR_DQN, settings);
    }

    private static DqnSpec variant(String name) {
        return spec(Objects.requireNonNull(VARIANTS.get(name)));
    }

    private static DqnLearner learner(DqnSpec spec, VectorEnv env, long total, long seed) {
        return new DqnLearner(
                spec,
                env,
                Demonstrations.none(env.observationSize(), env.actionCount()),
                total,
                seed,
                (e, episode) -> {},
                Workers.one());
    }

    private static void train(DqnLearner learner, long until) {
        while (learner.steps() < until) {
            learner.iterate();
        }
    }

    static Stream<Arguments> variantsAndSeeds() {
        return variantsAndSeeds(VARIANTS);
    }

    private static Stream<Arguments> variantsAndSeeds(Map<String, Map<String, String>> variants) {
        return variants.keySet().stream().sorted().flatMap(variant -> Stream.of(1L, 2L, 3L, 4L, 5L)
                .map(seed -> Arguments.of(variant, seed)));
    }

    @Tag("training")
    @ParameterizedTest
    @MethodSource("variantsAndSeeds")
    void learnsTheCorridorsValues(String variant, long seed) {
        int cells = 6;
        try (DqnLearner learner = learner(variant(variant), new Corridor(8, cells, seed), 8000, seed)) {
            train(learner, 8000);
            MlpForward values = new MlpForward(learner.actor());
            for (int cell = 0; cell < cells - 1; cell++) {
                float[] seen = new float[cells];
                seen[cell] = 1;
                float[] q = values.run(seen, 0);
                assertThat(q[1]).as("right in cell %d", cell).isGreaterThan(q[0]);
                assertThat((double) q[1])
                        .as("value of cell %d", cell)
                        .isCloseTo(Math.pow(0.9, cells - 2 - cell), within(0.15));
            }
        }
    }

    @Tag("training")
    @ParameterizedTest
    @MethodSource("variantsAndSeeds")
    void findsTheBetterArm(String variant, long seed) {
        try (DqnLearner learner = learner(variant(variant), new TwoArmedBandit(8, seed), 4000, seed)) {
            train(learner, 4000);
            float[] values = new MlpForward(learner.actor()).run(new float[] {1}, 0);
            assertThat(values[1]).isGreaterThan(values[0]);
        }
    }

    /** What the pole needs of every variant: a target network that follows slowly, step by step. */
    private static final Map<String, String> POLE = Map.of(
            "bufferSize", "20000",
            "learningStarts", "1000",
            "batchSize", "64",
            "gamma", "0.99",
            "netArch", "64,64",
            "explorationFraction", "0.3",
            "maxGradNorm", "10",
            "targetUpdateInterval", "8");

    private static final String FAST = "lin_decay_0.002_0.0002_1";
    private static final String SLOW = "lin_decay_0.001_0.0001_1";

    private static final Map<String, Map<String, String>> POLES = Map.of(
            "dqn", Map.of("nQuantiles", "1", "tau", "0.02", "learningRate", FAST),
            "n-step", Map.of("nQuantiles", "1", "tau", "0.02", "learningRate", FAST, "nStep", "3"),
            "double", Map.of("nQuantiles", "1", "tau", "0.01", "learningRate", SLOW, "doubleQ", "true"),
            "prioritized", Map.of("nQuantiles", "1", "tau", "0.01", "learningRate", SLOW, "prioritized", "true"),
            "dueling",
                    Map.of("nQuantiles", "1", "tau", "0.005", "learningRate", SLOW, "dueling", "true", "gamma", "0.98"),
            "all", combined("1"),
            "qr-dqn", Map.of("nQuantiles", "10", "tau", "0.01", "learningRate", FAST),
            "qr-double",
                    // The target network that is copied now and then, for once.
                    Map.of(
                            "nQuantiles",
                            "10",
                            "targetUpdateInterval",
                            "800",
                            "learningRate",
                            FAST,
                            "doubleQ",
                            "true",
                            "learningStarts",
                            "200",
                            "maxGradNorm",
                            "none"),
            "qr-all", combined("10"));

    private static Map<String, String> combined(String quantiles) {
        return Map.of(
                "nQuantiles",
                quantiles,
                "tau",
                "0.02",
                "learningRate",
                FAST,
                "doubleQ",
                "true",
                "dueling",
                "true",
                "prioritized",
                "true",
                "nStep",
                "3");
    }

    static Stream<Arguments> polesAndSeeds() {
        return variantsAndSeeds(POLES);
    }

    @Tag("training")
    @ParameterizedTest
    @MethodSource("polesAndSeeds")
    void balancesThePole(String variant, long seed) {
        Map<String, String> settings = new HashMap<>(POLE);
        settings.putAll(Objects.requireNonNull(POLES.get(variant)));
        try (DqnLearner learner = learner(spec(settings), new CartPole(8, 200, seed), 40_000, seed)) {
            train(learner, 40_000);
            assertThat(Evaluation.meanReward(learner.actor(), new CartPole(20, 200, seed + 100)))
                    .isGreaterThan(150);
        }
    }

    @ParameterizedTest
    @CsvSource({"qr-dqn", "soft", "all"})
    void aResumedTrainingEndsAsAnUninterruptedOne(String variant) throws IOException {
        DqnSpec spec = variant(variant);
        EnvSpec game = EnvSpec.DEFAULT;
        MemoryState halfway;
        MemoryState end;
        try (DqnLearner learner = learner(spec, new QwopVectorEnv(game, 4, Twin::new, RewardShaper.NONE, 7), 6000, 7)) {
            train(learner, 2400);
            halfway = MemoryState.of(learner::save);
            train(learner, 6000);
            end = MemoryState.of(learner::save);
        }
        try (DqnLearner resumed =
                learner(spec, new QwopVectorEnv(game, 4, Twin::new, RewardShaper.NONE, 99), 6000, 99)) {
            resumed.restore(halfway);
            assertThat(MemoryState.of(resumed::save)).isEqualTo(halfway);
            train(resumed, 6000);
            assertThat(MemoryState.of(resumed::save)).isEqualTo(end);
        }
    }

    /** A ring that has gone round, with episodes cut off in it whose last observations lie elsewhere. */
    @ParameterizedTest
    @CsvSource({"false,0", "true,0.5"})
    void aResumedTrainingKnowsWhereEpisodesWereCutOff(String prioritized, String oneStepWeight) throws IOException {
        DqnSpec spec = spec(Map.of(
                "nQuantiles",
                "5",
                "bufferSize",
                "120",
                "learningStarts",
                "60",
                "nStep",
                "3",
                "oneStepWeight",
                oneStepWeight,
                "prioritized",
                prioritized,
                "layerNorm",
                "true"));
        MemoryState halfway;
        MemoryState end;
        try (DqnLearner learner = learner(spec, new ChangingSights(3, 7, 7), 900, 7)) {
            train(learner, 450);
            halfway = MemoryState.of(learner::save);
            train(learner, 900);
            end = MemoryState.of(learner::save);
        }
        try (DqnLearner resumed = learner(spec, new ChangingSights(3, 7, 99), 900, 99)) {
            // What it has done itself must not matter.
            train(resumed, 300);
            resumed.restore(halfway);
            assertThat(MemoryState.of(resumed::save)).isEqualTo(halfway);
            train(resumed, 900);
            assertThat(MemoryState.of(resumed::save)).isEqualTo(end);
        }
    }

    @Test
    void equalSeedsGiveEqualNetworksAndOthersDoNot() throws IOException {
        MemoryState[] states = new MemoryState[3];
        long[] seeds = {7, 7, 8};
        for (int i = 0; i < seeds.length; i++) {
            try (DqnLearner learner =
                    learner(spec(Map.of("nQuantiles", "5")), new Corridor(4, 5, seeds[i]), 2000, seeds[i])) {
                train(learner, 2000);
                states[i] = MemoryState.of(learner::save);
            }
        }
        assertThat(states[0]).isEqualTo(states[1]);
        assertThat(states[0]).isNotEqualTo(states[2]);
    }

    @Test
    void aRollbackReturnsToTheNetworkAndLowersTheRate() throws IOException {
        try (DqnLearner learner = learner(spec(Map.of("nQuantiles", "5")), new Corridor(4, 5, 1), 4000, 1)) {
            train(learner, 1000);
            MemoryState good = MemoryState.of(learner::saveNetwork);
            train(learner, 2000);
            assertThat(MemoryState.of(learner::saveNetwork)).isNotEqualTo(good);
            learner.rollBack(good, 0, 0.5);
            assertThat(MemoryState.of(learner::saveNetwork)).isEqualTo(good);
            assertThat(learner.metrics()).containsEntry("train/learning_rate", 0.0015);
        }
    }

    /** Errors of a ruined network must not decide what is learned from after the return to a good one. */
    @Test
    void aRollbackRescuesPrioritizedReplayToo() throws IOException {
        DqnSpec spec = spec(Map.of("nQuantiles", "5", "prioritized", "true", "learningRate", "1e30"));
        try (DqnLearner learner = learner(spec, new Corridor(4, 5, 1), 4000, 1)) {
            MemoryState good = MemoryState.of(learner::saveNetwork);
            train(learner, 1000);
            assertThat(learner.metrics().get("train/loss")).isNaN();
            learner.rollBack(good, 0, 1e-33);
            train(learner, 2000);
            assertThat(learner.metrics().get("train/loss")).isBetween(0.0, 1.0);
        }
    }

    @Test
    void aBufferThatNoArrayHoldsIsRefused() {
        DqnSpec spec = spec(Map.of("bufferSize", String.valueOf(Integer.MAX_VALUE)));
        assertThatThrownBy(() -> learner(spec, new Corridor(8, 5, 1), 4000, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("learner.bufferSize is 2147483647 with observations of 5 numbers: give at most 429496712,"
                        + " which is what one array can hold.");
        assertThatThrownBy(() -> learner(spec, new Corridor(1, 2, 1), 4000, 1))
                .hasMessageContaining("give at most 1073741818,");
    }

    @Test
    void epsilonFallsOverItsFraction() {
        DqnSpec spec = spec(
                Map.of("explorationInitialEps", "0.2", "explorationFinalEps", "0.01", "explorationFraction", "0.3"));
        assertThat(spec.exploration(1)).isEqualTo(0.2);
        assertThat(spec.exploration(0.85)).isCloseTo(0.105, within(1e-12));
        assertThat(spec.exploration(0.7)).isCloseTo(0.01, within(1e-9));
        assertThat(spec.exploration(0)).isEqualTo(0.01);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "batchSize; 0; learner.batchSize is 0: give a whole number, 1 to 100000.",
                "batchSize; 1000000; learner.batchSize is 1000000: give a whole number, 1 to 100000.",
                "nQuantiles; 100000000; learner.nQuantiles is 100000000: give a whole number, 1 to 10000.",
                "batchSize; 5000; learner.batchSize is 5000 and learner.bufferSize 4000",
                "gamma; 1.5; learner.gamma is 1.5: give a number from 0 to 1.",
                "tau; -1; learner.tau is -1.0",
                "maxGradNorm; 0; learner.maxGradNorm is 0.0: give a number above 0, or none to switch it off.",
                "adamEps; 0; learner.adamEps is 0.0: give a number above 0.",
                "adamBeta1; 1; learner.adamBeta1 is 1.0: give a number from 0 to below 1.",
                "adamBeta2; 1; learner.adamBeta2 is 1.0: give a number from 0 to below 1.",
                "nQuantiles; 0; learner.nQuantiles is 0",
                "weightDecay; -1; learner.weightDecay is -1.0: give a number, 0 or more.",
                "oneStepWeight; -1; learner.oneStepWeight is -1.0: give a number, 0 or more.",
                "demoFraction; 2; learner.demoFraction is 2.0: give a number from 0 to 1.",
                "demoBonus; -1; learner.demoBonus is -1.0: give a number, 0 or more.",
                "demoBonus; 1; learner.demoBonus is 1.0 and learner.prioritized false: there are no priorities for it; set prioritized to true, or demoBonus to none.",
                "bufferSize; 0; learner.bufferSize is 0: give a whole number, at least 1.",
                "learningStarts; -1; learner.learningStarts is -1: give a whole number, at least 0.",
                "trainFreq; 0; learner.trainFreq is 0: give a whole number, at least 1.",
                "gradientSteps; 0; learner.gradientSteps is 0: give a whole number, at least 1.",
                "targetUpdateInterval; 0; learner.targetUpdateInterval is 0: give a whole number, at least 1.",
                "nStep; 0; learner.nStep is 0: give a whole number, at least 1.",
                "explorationFraction; 2; learner.explorationFraction is 2.0: give a number from 0 to 1.",
                "explorationInitialEps; 2; learner.explorationInitialEps is 2.0: give a number from 0 to 1.",
                "explorationFinalEps; 2; learner.explorationFinalEps is 2.0: give a number from 0 to 1.",
                "prioritizedAlpha; 2; learner.prioritizedAlpha is 2.0: give a number from 0 to 1.",
                "prioritizedBeta; 2; learner.prioritizedBeta is 2.0: give a number from 0 to 1.",
                "demoRatio; 2; learner.demoRatio is 2.0: give a number from 0 to 1.",
                "demoPretrainSteps; -1; learner.demoPretrainSteps is -1: give a whole number, at least 0.",
                "margin; -1; learner.margin is -1.0: give a number, 0 or more.",
                "marginWeight; -1; learner.marginWeight is -1.0: give a number, 0 or more.",
                "netArch; 64,0; layer size is 0",
                "learningRate; fast; the schedule \"fast\" is not understood",
            })
    void whatCannotBeIsRefusedInOneSentence(String name, String value, String message) {
        assertThatThrownBy(() -> spec(Map.of(name, value)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aBatchOfTooManyQuantilesIsRefused() {
        assertThatThrownBy(() -> spec(Map.of("batchSize", "50000", "bufferSize", "50000", "nQuantiles", "1001")))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "learner.batchSize is 50000 and learner.nQuantiles 1001: a batch would have more than 50000000"
                                + " quantiles; give less of one of them, 64 and 200 are usual.");
    }

    @Test
    void whatDoesNotFitTheTrainingIsRefused() {
        assertThatThrownBy(() -> spec(Map.of("learningStarts", "2000")).check(2000, 8))
                .hasMessageContaining("learner.learningStarts is 2000 and totalTimesteps 2000");
        assertThatCode(() -> spec(Map.of("learningStarts", "1999")).check(2000, 8))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> spec(Map.of("bufferSize", "40", "nStep", "10")).check(20_000, 8))
                .hasMessageContaining("learner.bufferSize is 40 with 8 environments");
    }
}
