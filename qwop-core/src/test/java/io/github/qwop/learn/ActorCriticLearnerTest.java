package io.github.qwop.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.VectorEnv;
import io.github.qwop.learn.acer.AcerSpec;
import io.github.qwop.learn.expert.ExpertIterationSpec;
import io.github.qwop.learn.ppo.PpoSpec;
import io.github.qwop.learn.problems.CartPole;
import io.github.qwop.learn.problems.Corridor;
import io.github.qwop.learn.problems.Evaluation;
import io.github.qwop.learn.problems.MemoryState;
import io.github.qwop.learn.problems.TwoArmedBandit;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.parallel.Workers;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every learner with policy and values, whatever it learns from. */
class ActorCriticLearnerTest {

    /**
     * A learner with small networks.
     *
     * @param rollout steps of one {@link Learner#iterate}
     */
    private record Small(String name, LearnerSpec spec, int rollout) {

        static <S extends Record & LearnerSpec> Small of(
                String name, S defaults, Map<String, String> settings, int rollout) {
            Map<String, String> common = Map.of("netArch", "16,16", "learningRate", "lin_decay_0.001_0.0001_1");
            return new Small(name, Settings.bind(Settings.bind(defaults, settings), common), rollout);
        }

        /** Trains for ten rollouts and a half. */
        Learner learner(VectorEnv env, long seed, Workers workers) {
            return ActorCriticLearnerTest.learner(spec, env, total(), seed, workers);
        }

        Learner learner(long seed) {
            return learner(new CartPole(8, 20, seed), seed, Workers.one());
        }

        long total() {
            return 10L * rollout + rollout / 2 - rollout / 2 % 8;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Small> everyLearner() {
        return Stream.of(
                Small.of("ppo", PpoSpec.PPO, Map.of("nSteps", "32", "batchSize", "60", "nEpochs", "3"), 256),
                Small.of(
                        "ppo with RMSprop",
                        PpoSpec.PPO,
                        Map.of("nSteps", "32", "batchSize", "60", "nEpochs", "3", "useRmsProp", "true"),
                        256),
                Small.of("a2c", PpoSpec.A2C, Map.of(), 40),
                Small.of("acer", AcerSpec.ACER, Map.of("nSteps", "10", "bufferSize", "65", "replayStart", "20"), 80),
                Small.of(
                        "expert iteration",
                        ExpertIterationSpec.DEFAULT,
                        Map.of("nSteps", "10", "labelFreq", "3", "horizon", "5", "batchSize", "10"),
                        80));
    }

    /** What is to be learned by what, in so many steps. */
    private record Training(String name, LearnerSpec spec, long steps) {

        static <S extends Record & LearnerSpec> Training of(
                String name, S defaults, Map<String, String> settings, long steps) {
            return new Training(name, Settings.bind(defaults, settings), steps);
        }

        Learner learner(VectorEnv env, long seed) {
            return ActorCriticLearnerTest.learner(spec, env, steps, seed, Workers.one());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Learner learner(LearnerSpec spec, VectorEnv env, long totalSteps, long seed, Workers workers) {
        Demonstrations none = Demonstrations.none(env.observationSize(), env.actionCount());
        return spec.create(env, none, totalSteps, seed, (e, episode) -> {}, workers);
    }

    private static void train(Learner learner, long until) {
        while (learner.steps() < until) {
            learner.iterate();
        }
    }

    private static Stream<Arguments> withFiveSeeds(Training... trainings) {
        return Stream.of(trainings)
                .flatMap(training -> Stream.of(1L, 2L, 3L, 4L, 5L).map(seed -> Arguments.of(training, seed)));
    }

    static Stream<Arguments> arms() {
        return withFiveSeeds(
                Training.of("ppo", PpoSpec.PPO, Map.of("nSteps", "16", "learningRate", "0.003"), 3000),
                Training.of("a2c", PpoSpec.A2C, Map.of("learningRate", "0.003"), 10_000),
                Training.of("acer", AcerSpec.ACER, Map.of("learningRate", "0.01", "replayStart", "100"), 10_000));
    }

    @Tag("training")
    @ParameterizedTest
    @MethodSource("arms")
    void findsTheBetterArm(Training training, long seed) {
        try (Learner learner = training.learner(new TwoArmedBandit(8, seed), seed)) {
            train(learner, training.steps);
            float[] logits = new MlpForward(learner.actor()).run(new float[] {1}, 0);
            assertThat(logits[1] - logits[0]).isGreaterThan((float) Math.log(0.9 / 0.1));
        }
    }

    static Stream<Arguments> corridors() {
        Map<String, String> ppo = Map.of("nSteps", "64", "learningRate", "0.003", "gamma", "0.9");
        return withFiveSeeds(
                Training.of("ppo", PpoSpec.PPO, ppo, 12_000),
                Training.of(
                        "ppo with normalised layers",
                        Settings.bind(PpoSpec.PPO, ppo),
                        Map.of("layerNorm", "true"),
                        12_000),
                Training.of("a2c", PpoSpec.A2C, Map.of("learningRate", "0.003", "gamma", "0.9"), 20_000),
                Training.of(
                        "acer",
                        AcerSpec.ACER,
                        Map.of("learningRate", "0.003", "gamma", "0.9", "replayStart", "100"),
                        12_000),
                Training.of(
                        "expert iteration",
                        ExpertIterationSpec.DEFAULT,
                        Map.of("nSteps", "16", "labelFreq", "1", "horizon", "8", "gamma", "0.9"),
                        4000));
    }

    @Tag("training")
    @ParameterizedTest
    @MethodSource("corridors")
    void walksTheCorridorStraight(Training training, long seed) {
        int cells = 6;
        try (Learner learner = training.learner(new Corridor(8, cells, seed), seed)) {
            train(learner, training.steps);
            MlpForward policy = new MlpForward(learner.actor());
            for (int cell = 0; cell < cells - 1; cell++) {
                float[] seen = new float[cells];
                seen[cell] = 1;
                float[] logits = policy.run(seen, 0);
                assertThat(logits[1]).as("right in cell %d", cell).isGreaterThan(logits[0]);
            }
        }
    }

    static Stream<Arguments> poles() {
        Map<String, String> ppo = Map.of(
                "nSteps", "32",
                "batchSize", "128",
                "nEpochs", "10",
                "gamma", "0.98",
                "gaeLambda", "0.8",
                "learningRate", "lin_decay_0.003_0.0003_1",
                "netArch", "32,32");
        Map<String, String> expert =
                Map.of("horizon", "50", "maxKl", "0.5", "batchSize", "32", "nEpochs", "10", "gamma", "0.95");
        return withFiveSeeds(
                Training.of("ppo", PpoSpec.PPO, ppo, 40_000),
                new Training("acer with stable-baselines' defaults", AcerSpec.ACER, 300_000),
                Training.of("expert iteration", ExpertIterationSpec.DEFAULT, expert, 50_000));
    }

    /** An untrained policy balances it for some 20 steps. */
    @Tag("training")
    @ParameterizedTest
    @MethodSource("poles")
    void balancesThePole(Training training, long seed) {
        try (Learner learner = training.learner(new CartPole(8, 500, seed), seed)) {
            train(learner, training.steps);
            double reward = Evaluation.meanReward(learner.actor(), new CartPole(20, 500, seed + 100));
            assertThat(reward).isGreaterThan(450);
        }
    }

    @ParameterizedTest
    @MethodSource("everyLearner")
    void equalSeedsGiveEqualNetworksAndOthersDoNot(Small small) throws IOException {
        List<MemoryState> states = new ArrayList<>();
        for (long seed : new long[] {7, 7, 8}) {
            try (Learner learner = small.learner(seed)) {
                train(learner, small.total());
                states.add(MemoryState.of(learner::save));
            }
        }
        assertThat(states.get(0)).isEqualTo(states.get(1));
        assertThat(states.get(0)).isNotEqualTo(states.get(2));
    }

    @ParameterizedTest
    @MethodSource("everyLearner")
    void threadsChangeNothing(Small small) throws IOException {
        List<MemoryState> states = new ArrayList<>();
        for (int threads : new int[] {1, 2, 3}) {
            try (Workers workers = new Workers(threads);
                    Learner learner = small.learner(new CartPole(8, 20, 7), 7, workers)) {
                train(learner, small.total());
                states.add(MemoryState.of(learner::save));
            }
        }
        assertThat(states.get(1)).isEqualTo(states.get(0));
        assertThat(states.get(2)).isEqualTo(states.get(0));
    }

    /**
     * Stopped after the first rollout, while what it keeps fills, and when that is full, slower since a rollback;
     * resumed by a learner of another seed.
     */
    @ParameterizedTest
    @MethodSource("everyLearner")
    void aResumedTrainingEndsAsAnUninterruptedOne(Small small) throws IOException {
        for (int rollouts : new int[] {1, 4, 9}) {
            MemoryState halfway;
            MemoryState end;
            try (Learner learner = small.learner(7)) {
                train(learner, (long) rollouts * small.rollout);
                learner.rollBack(MemoryState.of(learner::saveNetwork), learner.steps(), 0.7);
                halfway = MemoryState.of(learner::save);
                train(learner, small.total());
                end = MemoryState.of(learner::save);
            }
            try (Learner resumed = small.learner(99)) {
                resumed.restore(halfway);
                assertThat(MemoryState.of(resumed::save)).isEqualTo(halfway);
                train(resumed, small.total());
                assertThat(MemoryState.of(resumed::save)).isEqualTo(end);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyLearner")
    void goesOnWithAnotherTrainingsNetworkAndOptimiser(Small small) throws IOException {
        MemoryState old;
        try (Learner learner = small.learner(7)) {
            train(learner, small.total());
            old = MemoryState.of(learner::save);
        }
        try (Learner next = small.learner(9)) {
            next.startFrom(old);
            assertThat(next.steps()).isZero();
            MemoryState now = MemoryState.of(next::save);
            for (String section : List.of(Learner.PARAMETERS, Learner.OPTIMISER)) {
                assertThat(now.sections().get(section))
                        .as(section)
                        .isEqualTo(old.sections().get(section));
            }
        }
    }

    /** The values stay as they are: with its own policy back a learner is what it was. */
    @ParameterizedTest
    @MethodSource("everyLearner")
    void aPolicyAloneIsTakenOver(Small small) throws IOException {
        try (Learner teacher = small.learner(7);
                Learner pupil = small.learner(9)) {
            train(teacher, 4L * small.rollout);
            train(pupil, 4L * small.rollout);
            Mlp own = pupil.actor();
            ByteBuffer before = MemoryState.of(pupil::saveNetwork).sections().get(Learner.PARAMETERS);
            pupil.startFrom(teacher.actor());
            float[] observation = {0.1f, -0.2f, 0.05f, 0.3f};
            assertThat(new MlpForward(pupil.actor()).run(observation, 0))
                    .isEqualTo(new MlpForward(teacher.actor()).run(observation, 0))
                    .isNotEqualTo(new MlpForward(own).run(observation, 0));
            pupil.startFrom(own);
            assertThat(MemoryState.of(pupil::saveNetwork).sections().get(Learner.PARAMETERS))
                    .isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("everyLearner")
    void rollingBackBringsTheNetworkAndSlowsDown(Small small) throws IOException {
        try (Learner learner = small.learner(7)) {
            train(learner, 4L * small.rollout);
            MemoryState good = MemoryState.of(learner::saveNetwork);
            train(learner, 8L * small.rollout);
            assertThat(MemoryState.of(learner::saveNetwork)).isNotEqualTo(good);
            double rate = learner.metrics().getOrDefault("train/learning_rate", 0.0);
            learner.rollBack(good, 4L * small.rollout, 0.5);
            assertThat(MemoryState.of(learner::saveNetwork)).isEqualTo(good);
            assertThat(learner.metrics().get("train/learning_rate")).isCloseTo(rate / 2, within(1e-12));
            assertThat(learner.steps()).isEqualTo(8L * small.rollout);
            learner.rollBack(good, 4L * small.rollout, 1e-33);
            learner.iterate();
            assertThat(MemoryState.of(learner::saveNetwork).sections().get(Learner.PARAMETERS))
                    .as("learned at next to no rate")
                    .isEqualTo(good.sections().get(Learner.PARAMETERS));
        }
    }
}
