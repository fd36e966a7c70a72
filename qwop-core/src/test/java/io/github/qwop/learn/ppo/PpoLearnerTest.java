package io.github.qwop.learn.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.EpisodeResult;
import io.github.qwop.env.VectorEnv;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.problems.CartPole;
import io.github.qwop.learn.problems.Evaluation;
import io.github.qwop.learn.problems.MemoryState;
import io.github.qwop.learn.problems.TwoArmedBandit;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.parallel.Workers;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PpoLearnerTest {

    private static PpoSpec ppo(Map<String, String> settings) {
        return Settings.bind(PpoSpec.PPO, settings);
    }

    /** Rollouts of 8 × 32 steps. */
    private static final PpoSpec SMALL =
            ppo(Map.of("nSteps", "32", "batchSize", "60", "nEpochs", "3", "netArch", "16,16"));

    private static PpoLearner learner(PpoSpec spec, VectorEnv env, long totalSteps, long seed) {
        return new PpoLearner(spec, env, totalSteps, seed, (e, episode) -> {}, Workers.one());
    }

    private static void train(PpoLearner learner, long totalSteps) {
        while (learner.steps() < totalSteps) {
            learner.iterate();
        }
    }

    @Tag("training")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a2cBalancesThePole(long seed) {
        PpoSpec spec = Settings.bind(
                PpoSpec.A2C, Map.of("learningRate", "lin_decay_0.002_0.0001_1", "nSteps", "8", "netArch", "32,32"));
        try (PpoLearner learner = learner(spec, new CartPole(8, 200, seed), 200_000, seed)) {
            train(learner, 200_000);
            double reward = Evaluation.meanReward(learner.actor(), new CartPole(20, 200, seed + 100));
            assertThat(reward).isGreaterThan(150);
        }
    }

    /** Ends as it would without a stop in the middle, in a learner of another seed. */
    private static void assertResumes(PpoSpec spec, Consumer<PpoLearner> untilTheStop) throws IOException {
        MemoryState halfway;
        MemoryState end;
        try (PpoLearner learner = learner(spec, new CartPole(8, 50, 7), 2000, 7)) {
            untilTheStop.accept(learner);
            halfway = MemoryState.of(learner::save);
            train(learner, 2000);
            end = MemoryState.of(learner::save);
        }
        try (PpoLearner resumed = learner(spec, new CartPole(8, 50, 99), 2000, 99)) {
            resumed.restore(halfway);
            assertThat(MemoryState.of(resumed::save)).isEqualTo(halfway);
            train(resumed, 2000);
            assertThat(MemoryState.of(resumed::save)).isEqualTo(end);
        }
    }

    @Test
    void theLastRolloutIsCutToTheTotal() {
        List<EpisodeResult> episodes = new ArrayList<>();
        try (PpoLearner learner = new PpoLearner(
                SMALL, new TwoArmedBandit(8, 1), 400, 1, (e, episode) -> episodes.add(episode), Workers.one())) {
            learner.iterate();
            assertThat(learner.steps()).isEqualTo(256);
            learner.iterate();
            assertThat(learner.steps()).isEqualTo(400);
            learner.iterate();
            assertThat(learner.steps()).isEqualTo(400);
            assertThat(episodes).hasSize(400);
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 312, false", "false, 320, true", "true, 288, false", "true, 512, true"})
    void aRemainderOfLessThanABatchIsPlayedButNotLearnedFrom(boolean whole, long total, boolean learned)
            throws IOException {
        PpoSpec spec = Settings.bind(SMALL, Map.of("batchSize", whole ? "0" : "60"));
        try (PpoLearner learner = learner(spec, new CartPole(8, 50, 1), total, 1)) {
            learner.iterate();
            MemoryState before = MemoryState.of(learner::saveNetwork);
            learner.iterate();
            assertThat(learner.steps()).isEqualTo(total);
            assertThat(MemoryState.of(learner::saveNetwork).equals(before)).isEqualTo(!learned);
        }
    }

    @Test
    void theFirstBatchFindsThePolicyThatPlayed() {
        PpoSpec spec = Settings.bind(PpoSpec.A2C, Map.of("netArch", "64,64"));
        try (PpoLearner learner = learner(spec, new CartPole(8, 50, 1), 40, 1)) {
            learner.iterate();
            Map<String, Double> metrics = learner.metrics();
            assertThat(metrics.get("train/approx_kl")).isCloseTo(0, within(1e-10));
            assertThat(metrics.get("train/clip_fraction")).isZero();
        }
    }

    @Test
    void schedulesRunOverTheTraining() {
        PpoSpec spec = Settings.bind(
                SMALL,
                Map.of(
                        "learningRate", "lin_decay_0.1_0.02_1",
                        "clipRange", "lin_decay_0.4_0.2_0.5",
                        "clipRangeVf", "exp_decay_1_0.25_1_2"));
        try (PpoLearner learner = learner(spec, new TwoArmedBandit(8, 1), 1024, 1)) {
            learner.iterate();
            Map<String, Double> quarter = learner.metrics();
            assertThat(quarter.get("train/learning_rate")).isCloseTo(0.08, within(1e-12));
            assertThat(quarter.get("train/clip_range")).isCloseTo(0.3, within(1e-12));
            assertThat(quarter.get("train/clip_range_vf")).isCloseTo(1, within(1e-12));
            train(learner, 768);
            assertThat(learner.metrics().get("train/clip_range")).isCloseTo(0.2, within(1e-12));
            assertThat(learner.metrics().get("train/clip_range_vf")).isCloseTo(0.5, within(1e-12));
            assertThat(learner.metrics()).containsOnlyKeys(quarter.keySet());
        }
    }

    @Test
    void theEntropyWeightFollowsItsSchedule() throws IOException {
        List<MemoryState> states = new ArrayList<>();
        // The second one's decay is over when the first quarter is learned from.
        for (String entCoef : List.of("0.1", "lin_decay_0.2_0.1_0.25", "lin_decay_0.2_0.1_1")) {
            PpoSpec spec = Settings.bind(SMALL, Map.of("entCoef", entCoef));
            try (PpoLearner learner = learner(spec, new CartPole(8, 50, 1), 1024, 1)) {
                learner.iterate();
                Double shown = learner.metrics().get("train/ent_coef");
                if (entCoef.endsWith("_1")) {
                    assertThat(shown).isCloseTo(0.175, within(1e-12));
                } else if (entCoef.equals("0.1")) {
                    assertThat(shown)
                            .as("a number that never changes is not shown")
                            .isNull();
                }
                states.add(MemoryState.of(learner::save));
            }
        }
        assertThat(states.get(1)).isEqualTo(states.get(0));
        assertThat(states.get(2)).isNotEqualTo(states.get(0));
    }

    @Test
    void theRateIsApplied() throws IOException {
        PpoSpec spec = Settings.bind(SMALL, Map.of("learningRate", "lin_decay_0.01_0_0.5"));
        try (PpoLearner learner = learner(spec, new CartPole(8, 50, 1), 1024, 1)) {
            learner.iterate();
            List<Float> moving = weights(learner.actor());
            learner.iterate();
            assertThat(learner.metrics().get("train/learning_rate")).isZero();
            assertThat(weights(learner.actor()))
                    .as("it is 0 when the second rollout is learned from")
                    .isEqualTo(moving);
        }
    }

    /** At a rate of 0 every pass sees the same policy, so that its batches tell whether each transition is in one. */
    @Test
    void everyPassSeesEachTransitionOnce() {
        Map<String, Double> whole = lossesAtRest("0", "1");
        Map<String, Double> shuffled = lossesAtRest("32", "3");
        for (String name : List.of("train/value_loss", "train/entropy_loss")) {
            assertThat(shuffled.get(name)).as(name).isCloseTo(whole.get(name), within(1e-6));
        }
    }

    /** The norm of a batch's gradient depends on who is in it together. */
    @Test
    void everyPassPutsOtherTransitionsTogether() {
        Map<String, Double> one = lossesAtRest("32", "1");
        Map<String, Double> two = lossesAtRest("32", "2");
        assertThat(two.get("train/grad_norm")).isNotCloseTo(one.get("train/grad_norm"), within(1e-6));
    }

    private static Map<String, Double> lossesAtRest(String batchSize, String nEpochs) {
        PpoSpec spec = Settings.bind(
                SMALL, Map.of("learningRate", "0", "orthoInit", "false", "batchSize", batchSize, "nEpochs", nEpochs));
        try (PpoLearner learner = learner(spec, new CartPole(8, 50, 1), 256, 1)) {
            learner.iterate();
            return learner.metrics();
        }
    }

    @Test
    void theValuesAloneLearnInTheWarmup() throws IOException {
        PpoSpec spec = Settings.bind(SMALL, Map.of("valueWarmup", "257", "entCoef", "0.1"));
        try (PpoLearner learner = learner(spec, new CartPole(8, 50, 1), 1024, 1)) {
            List<Float> policy = weights(learner.actor());
            MemoryState begin = MemoryState.of(learner::saveNetwork);
            learner.iterate();
            assertThat(weights(learner.actor())).isEqualTo(policy);
            MemoryState once = MemoryState.of(learner::saveNetwork);
            assertThat(once.sections().get(Learner.PARAMETERS))
                    .as("the values")
                    .isNotEqualTo(begin.sections().get(Learner.PARAMETERS));
            learner.iterate();
            assertThat(weights(learner.actor())).as("256 steps are within 257").isEqualTo(policy);
            learner.iterate();
            assertThat(weights(learner.actor())).isNotEqualTo(policy);
        }
    }

    /** Two rollouts of warm-up, and one update for each rollout. */
    private static final PpoSpec WARMED_UP = Settings.bind(
            SMALL,
            Map.of(
                    "valueWarmup", "512",
                    "learningRate", "0.001",
                    "batchSize", "0",
                    "nEpochs", "1",
                    "adamBeta1", "0",
                    "adamBeta2", "0.2"));

    /**
     * Adam's first step is the rate, whatever the gradient; were its updates counted on, it would be three times that.
     */
    @Test
    void afterTheWarmupThePolicyBeginsWithStepsOfTheRate() {
        try (PpoLearner learner = learner(WARMED_UP, new CartPole(8, 50, 1), 1024, 1)) {
            learner.iterate();
            learner.iterate();
            List<Float> before = weights(learner.actor());
            learner.iterate();
            assertThat(largestDifference(before, weights(learner.actor()))).isCloseTo(0.001, within(1e-5));
        }
    }

    /** Else the optimiser of the warm-up would come back with the policy, and after it nothing makes it begin anew. */
    @Test
    void afterARollbackIntoTheWarmupThePolicyBeginsWithStepsOfTheRateToo() throws IOException {
        try (PpoLearner learner = learner(WARMED_UP, new CartPole(8, 50, 1), 2048, 1)) {
            learner.iterate();
            learner.iterate();
            assertThat(learner.holdsPolicy()).isTrue();
            MemoryState warm = MemoryState.of(learner::saveNetwork);
            learner.iterate();
            assertThat(learner.holdsPolicy()).isFalse();
            learner.rollBack(warm, 512, 1);
            List<Float> before = weights(learner.actor());
            learner.iterate();
            assertThat(largestDifference(before, weights(learner.actor()))).isCloseTo(0.001, within(1e-5));
            MemoryState later = MemoryState.of(learner::saveNetwork);
            learner.iterate();
            learner.rollBack(later, 1024, 1);
            assertThat(MemoryState.of(learner::saveNetwork))
                    .as("of behind the warm-up it comes back whole")
                    .isEqualTo(later);
        }
    }

    private static double largestDifference(List<Float> before, List<Float> after) {
        double largest = 0;
        for (int i = 0; i < before.size(); i++) {
            largest = Math.max(largest, Math.abs(after.get(i) - before.get(i)));
        }
        return largest;
    }

    /** The first arm pays less. */
    @ParameterizedTest
    @CsvSource({"none, false", "const_0.001, false", "const_100, true", "lin_decay_100_0_0.3, false"})
    void aPolicyStaysNearTheOneItStartedFromForAsLongAsItIsHeld(String cloneKl, boolean stays) {
        PpoSpec spec = ppo(Map.of("nSteps", "16", "learningRate", "0.01", "netArch", "8", "cloneKl", cloneKl));
        try (PpoLearner learner = learner(spec, new TwoArmedBandit(8, 1), 6000, 1)) {
            learner.startFrom(preferring(0, learner.actor()));
            train(learner, 6000);
            float[] logits = new MlpForward(learner.actor()).run(new float[] {1}, 0);
            if (stays) {
                assertThat((double) logits[0] - logits[1]).isCloseTo(2, within(0.3));
            } else {
                assertThat(logits[0]).isLessThan(logits[1]);
            }
        }
    }

    /** The same network, but with a last layer that says 2 for one action and 0 for the others. */
    private static Mlp preferring(int action, Mlp mlp) {
        List<DenseLayer> layers = new ArrayList<>(mlp.layers());
        DenseLayer last = layers.remove(layers.size() - 1);
        float[] bias = new float[last.outputs()];
        bias[action] = 2;
        layers.add(new DenseLayer(last.inputs(), last.outputs(), new float[last.weight().length], bias));
        return new Mlp(layers, mlp.activation());
    }

    @Test
    void aResumedTrainingStaysNearTheSamePolicy() throws IOException {
        PpoSpec spec = Settings.bind(SMALL, Map.of("cloneKl", "lin_decay_1_0_1", "valueWarmup", "300"));
        assertResumes(spec, learner -> {
            learner.startFrom(preferring(1, learner.actor()));
            train(learner, 1000);
            assertThat(learner.metrics().get("train/clone_kl")).isPositive();
        });
    }

    @Test
    void a2cNamesItsLossAsStableBaselines3Does() {
        try (PpoLearner ppo = learner(SMALL, new CartPole(8, 50, 1), 256, 1);
                PpoLearner a2c = learner(PpoSpec.A2C, new CartPole(8, 50, 1), 256, 1)) {
            assertThat(ppo.metrics()).containsKey("train/policy_gradient_loss").doesNotContainKey("train/policy_loss");
            assertThat(a2c.metrics()).containsKey("train/policy_loss").doesNotContainKey("train/policy_gradient_loss");
        }
    }

    @Test
    void aPolicyThatMovesTooFarLeavesTheRollout() {
        Map<String, String> fast = Map.of("learningRate", "0.01");
        try (PpoLearner learner = learner(Settings.bind(SMALL, fast), new CartPole(8, 50, 1), 256, 1)) {
            learner.iterate();
            assertThat(learner.metrics().get("train/n_updates")).isEqualTo(3);
        }
        PpoSpec careful = Settings.bind(SMALL, Map.of("learningRate", "0.01", "targetKl", "0.0001"));
        try (PpoLearner learner = learner(careful, new CartPole(8, 50, 1), 256, 1)) {
            learner.iterate();
            assertThat(learner.metrics().get("train/n_updates")).isEqualTo(1);
        }
    }

    @Test
    void aNetworkIsTakenOverFromAnotherTraining() throws IOException {
        try (PpoLearner old = learner(SMALL, new CartPole(8, 50, 1), 256, 1);
                PpoLearner fresh = learner(SMALL, new CartPole(8, 50, 2), 256, 2)) {
            train(old, 256);
            fresh.startFrom(MemoryState.of(old::saveNetwork));
            assertThat(weights(fresh.actor())).isEqualTo(weights(old.actor()));
            assertThat(fresh.steps()).isZero();
        }
        try (PpoLearner old = learner(SMALL, new CartPole(8, 50, 3), 256, 3);
                PpoLearner fresh = learner(SMALL, new CartPole(8, 50, 4), 256, 4)) {
            fresh.startFrom(old.network());
            assertThat(weights(fresh.network())).isEqualTo(weights(old.actor()));
        }
    }

    private static List<Float> weights(Mlp mlp) {
        List<Float> weights = new ArrayList<>();
        for (DenseLayer layer : mlp.layers()) {
            for (float weight : layer.weight()) {
                weights.add(weight);
            }
            for (float bias : layer.bias()) {
                weights.add(bias);
            }
        }
        return weights;
    }

    @Test
    void aNetworkOfAnotherFormIsRefused() throws IOException {
        PpoSpec wide = Settings.bind(SMALL, Map.of("netArch", "16,17"));
        try (PpoLearner old = learner(wide, new CartPole(8, 50, 1), 256, 1);
                PpoLearner fresh = learner(SMALL, new CartPole(8, 50, 2), 256, 2)) {
            assertThatThrownBy(() -> fresh.startFrom(old.network()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[4, 16, 17, 2]")
                    .hasMessageContaining("give learner.netArch");
            MemoryState saved = MemoryState.of(old::saveNetwork);
            assertThatThrownBy(() -> fresh.startFrom(saved)).isInstanceOf(IOException.class);
        }
    }
}
