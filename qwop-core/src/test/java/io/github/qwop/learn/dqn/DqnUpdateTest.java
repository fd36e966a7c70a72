package io.github.qwop.learn.dqn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.problems.ChangingSights;
import io.github.qwop.learn.problems.MemoryState;
import io.github.qwop.learn.replay.Priorities;
import io.github.qwop.learn.replay.ReplayBuffer;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.settings.Settings;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One update, and when there is one, against what the papers say, written out plainly. */
class DqnUpdateTest {

    private static final long SEED = 5;
    private static final int ROWS = 20;
    private static final int TOTAL = 40;
    private static final int BATCH = 8;
    private static final double GAMMA = 0.9;
    private static final double MARGIN = 0.4;
    private static final double MARGIN_WEIGHT = 0.7;
    private static final double BONUS = 0.5;
    private static final int ACTIONS = ChangingSights.ACTIONS;
    private static final int SIZE = ChangingSights.SIZE;

    /** With a huge epsilon, Adam's first move is its gradient times rate / epsilon. */
    private static final String HUGE = "10000";

    private static final Map<String, String> BASE = Map.of(
            "bufferSize",
            "64",
            "learningStarts",
            String.valueOf(ROWS),
            "batchSize",
            String.valueOf(BATCH),
            "learningRate",
            HUGE,
            "adamEps",
            HUGE,
            "trainFreq",
            "1",
            "netArch",
            "4",
            "activationFn",
            "tanh",
            "gamma",
            String.valueOf(GAMMA));

    private static DqnSpec spec(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(BASE);
        settings.putAll(more);
        return Settings.bind(DqnSpec.QR_DQN, settings);
    }

    private static DqnLearner learner(DqnSpec spec, ChangingSights env, Demonstrations shown, long total, long seed) {
        return new DqnLearner(spec, env, shown, total, seed, (e, episode) -> {}, Workers.one());
    }

    private static Demonstrations nothing() {
        return Demonstrations.none(SIZE, ACTIONS);
    }

    private static MemoryState section(MemoryState state, String from, String as) {
        return new MemoryState(
                Map.of(as, Objects.requireNonNull(state.sections().get(from))));
    }

    /** An update with everything that was done until then. */
    private static final class Update {

        private final DqnSpec spec;
        private final Mlp before;
        private final Mlp target;
        private final List<Drawn> batch;
        private final List<double[]> targets = new ArrayList<>();
        private final List<double[]> oneStepTargets = new ArrayList<>();

        Update(DqnSpec spec, List<Done> own, List<Done> demonstrated, Mlp before, Mlp target, List<Drawn> batch) {
            this.spec = spec;
            this.before = before;
            this.target = target;
            this.batch = batch;
            for (Drawn drawn : batch) {
                List<Done> line = drawn.demonstrated ? demonstrated : own;
                targets.add(target(drawn, line, spec.nStep()));
                oneStepTargets.add(target(drawn, line, 1));
            }
        }

        private double[] target(Drawn drawn, List<Done> line, int steps) {
            double reward = 0;
            double factor = 1;
            int at = drawn.index;
            for (int k = 0; k < steps && at < line.size(); k++) {
                reward += factor * line.get(at).reward;
                factor *= GAMMA;
                at++;
            }
            boolean ends = drawn.demonstrated && at == line.size();
            float[] next = line.get(at - 1).next;
            Mlp judge = spec.doubleQ() ? before : target;
            int best = 0;
            for (int a = 1; a < ACTIONS; a++) {
                if (mean(quantiles(judge, next, a)) > mean(quantiles(judge, next, best))) {
                    best = a;
                }
            }
            double[] quantiles = quantiles(target, next, best);
            for (int k = 0; k < quantiles.length; k++) {
                quantiles[k] = reward + (ends ? 0 : factor) * quantiles[k];
            }
            return quantiles;
        }

        /** The loss with these parameters of the online network, and the targets that there were. */
        double loss(Mlp online, boolean withMargin) {
            double sum = 0;
            for (int i = 0; i < batch.size(); i++) {
                Drawn drawn = batch.get(i);
                double[] current = quantiles(online, drawn.done.seen, drawn.done.action);
                double loss = huber(current, targets.get(i));
                if (spec.nStep() > 1) {
                    loss += spec.oneStepWeight() * huber(current, oneStepTargets.get(i));
                }
                if (withMargin && drawn.demonstrated) {
                    loss += MARGIN_WEIGHT * spec.nQuantiles() * margin(online, drawn.done);
                }
                sum += drawn.weight * loss;
            }
            return sum / BATCH;
        }

        double error(int i) {
            Done done = batch.get(i).done;
            return mean(targets.get(i)) - mean(quantiles(before, done.seen, done.action));
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Done(float[] seen, int action, double reward, float[] next) {}

    private record Drawn(Done done, int index, boolean demonstrated, double weight) {}

    private static double[] quantiles(Mlp network, float[] seen, int action) {
        float[] all = new MlpForward(network).run(seen, 0);
        double[] quantiles = new double[all.length / ACTIONS];
        for (int k = 0; k < quantiles.length; k++) {
            quantiles[k] = all[action * quantiles.length + k];
        }
        return quantiles;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double huber(double[] current, double[] target) {
        int n = current.length;
        double loss = 0;
        for (int i = 0; i < n; i++) {
            for (double t : target) {
                double u = t - current[i];
                double huber = Math.abs(u) <= 1 ? u * u / 2 : Math.abs(u) - 0.5;
                loss += n == 1 ? huber : Math.abs((i + 0.5) / n - (u < 0 ? 1 : 0)) * huber / n;
            }
        }
        return loss;
    }

    private static double margin(Mlp online, Done done) {
        double chosen = mean(quantiles(online, done.seen, done.action));
        double largest = chosen;
        for (int a = 0; a < ACTIONS; a++) {
            if (a != done.action) {
                largest = Math.max(largest, mean(quantiles(online, done.seen, a)) + MARGIN);
            }
        }
        return largest - chosen;
    }

    /** Five steps of someone, until an end. */
    private static List<Done> demonstration() {
        RandomStream random = RandomStream.of(SEED, "demonstration");
        List<Done> done = new ArrayList<>();
        float[] seen = sight(random);
        for (int i = 0; i < 5; i++) {
            float[] next = sight(random);
            done.add(new Done(seen, i % ACTIONS, 0.25 * i, next));
            seen = next;
        }
        return done;
    }

    private static float[] sight(RandomStream random) {
        return new float[] {random.nextFloat() - 0.5f, random.nextFloat() - 0.5f, random.nextFloat() - 0.5f};
    }

    private static Demonstrations shown(List<Done> done) {
        int count = done.size();
        float[] observations = new float[count * SIZE];
        int[] actions = new int[count];
        float[] rewards = new float[count];
        boolean[] terminated = new boolean[count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(done.get(i).seen, 0, observations, i * SIZE, SIZE);
            actions[i] = done.get(i).action;
            rewards[i] = (float) done.get(i).reward;
        }
        terminated[count - 1] = true;
        return new Demonstrations(
                SIZE,
                ACTIONS,
                observations,
                actions,
                rewards,
                terminated,
                new boolean[count],
                done.get(count - 1).next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nQuantiles=1",
                "nQuantiles=4",
                "nQuantiles=1 doubleQ=true weightDecay=0.3",
                "nQuantiles=4 doubleQ=true layerNorm=true",
                "nQuantiles=4 doubleQ=true layerNorm=true dueling=true nStep=3",
                "nQuantiles=4 nStep=3",
                "nQuantiles=4 nStep=3 oneStepWeight=0.6 doubleQ=true",
                "nQuantiles=1 prioritized=true",
                "nQuantiles=4 prioritized=true doubleQ=true dueling=true nStep=3 oneStepWeight=0.6",
                "nQuantiles=1 prioritized=true demoBonus=0.5 demoFraction=none margin=0.4 marginWeight=0.7",
                "nQuantiles=4 prioritized=true demoBonus=0.5 demoFraction=none margin=0.4 marginWeight=0.7"
                        + " doubleQ=true layerNorm=true nStep=3 oneStepWeight=0.6",
            })
    void isAsItIsWrittenDown(String settings) throws IOException {
        DqnSpec spec = spec(Pattern.compile(" ")
                .splitAsStream(settings)
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1])));
        boolean demonstrated = spec.demoBonus() != null;
        boolean prioritized = spec.prioritized();
        List<Done> demonstration = demonstrated ? demonstration() : List.of();
        ChangingSights env = new ChangingSights(1, 0, SEED);
        Mlp otherNetwork;
        MemoryState other;
        try (DqnLearner stranger = learner(spec, new ChangingSights(1, 0, SEED), nothing(), TOTAL, SEED + 1)) {
            otherNetwork = stranger.network();
            other = MemoryState.of(stranger::save);
        }
        try (DqnLearner learner = learner(spec, env, demonstrated ? shown(demonstration) : nothing(), TOTAL, SEED)) {
            List<Done> own = new ArrayList<>();
            while (own.size() < ROWS) {
                own.add(step(env, learner));
            }
            assertThat(learner.metrics()).as("before more than learningStarts").containsEntry("train/n_updates", 0.0);
            int slots = new ReplayBuffer(spec.bufferSize(), 1, SIZE).slots();
            int demoSlots = demonstrated ? demonstration.size() + 1 : 0;
            Priorities priorities = new Priorities(prioritized ? slots + demoSlots : 1, spec.prioritizedAlpha());
            MemoryState state = MemoryState.of(learner::save).with(section(other, Learner.PARAMETERS, Learner.TARGET));
            if (prioritized) {
                for (int i = 0; i < ROWS; i++) {
                    priorities.update(i, 0.1 + (i * 7 % 5));
                }
                for (int i = 0; i < demonstration.size(); i++) {
                    priorities.update(slots + i, 3 + BONUS + i % 3);
                }
                state = state.with(MemoryState.of(writer -> priorities.save(writer.section("priorities"))));
            }
            learner.restore(state);
            Mlp before = learner.network();
            own.add(step(env, learner));
            Update update = new Update(
                    spec,
                    own,
                    demonstration,
                    before,
                    otherNetwork,
                    prioritized ? drawnByPriority(spec, own, demonstration, priorities, slots) : drawnEvenly(own));

            if (spec.doubleQ()) {
                Update plain = new Update(plain(spec), own, demonstration, before, otherNetwork, update.batch);
                assertThat(update.loss(before, false))
                        .as("the two networks choose otherwise")
                        .isNotCloseTo(plain.loss(before, false), within(1e-3));
            }
            Map<String, Double> metrics = learner.metrics();
            assertThat(metrics.get("train/loss")).isCloseTo(update.loss(before, false), within(1e-5));
            assertThat(metrics).containsEntry("train/n_updates", 1.0);
            if (prioritized) {
                assertPriorities(learner, priorities, update, slots);
            }
            if (demonstrated) {
                double count = update.batch.stream().filter(Drawn::demonstrated).count();
                assertThat(metrics).containsEntry("train/demo_count", count);
                assertThat(update.batch)
                        .as("demonstrations whose loss is lessened, and transitions of its own")
                        .anyMatch(drawn -> drawn.demonstrated && drawn.weight < 0.7)
                        .anyMatch(drawn -> !drawn.demonstrated);
            }
            if (!spec.dueling()) {
                assertMovedAlongTheSlope(update, learner.network());
            }
        }
    }

    private static DqnSpec plain(DqnSpec spec) {
        Map<String, String> settings = new HashMap<>(Settings.flatten(spec));
        settings.put("doubleQ", "false");
        return Settings.bind(DqnSpec.QR_DQN, settings);
    }

    private static Done step(ChangingSights env, DqnLearner learner) {
        float[] seen = env.observations().clone();
        learner.iterate();
        double reward = env.rewards()[0];
        return new Done(
                seen,
                (int) Math.round(reward - seen[0]),
                reward,
                env.observations().clone());
    }

    private static List<Drawn> drawnEvenly(List<Done> own) {
        RandomStream sampling = RandomStream.of(SEED, "sampling");
        List<Drawn> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            int index = sampling.nextInt(own.size());
            sampling.nextInt(1);
            batch.add(new Drawn(own.get(index), index, false, 1));
        }
        return batch;
    }

    private static List<Drawn> drawnByPriority(
            DqnSpec spec, List<Done> own, List<Done> demonstration, Priorities priorities, int slots) {
        priorities.addNew(own.size() - 1);
        RandomStream sampling = RandomStream.of(SEED, "sampling");
        double beta = 0.4 + 0.6 * own.size() / TOTAL;
        List<Drawn> batch = new ArrayList<>();
        double largest = 0;
        for (int i = 0; i < BATCH; i++) {
            int slot = priorities.draw(sampling, i, BATCH);
            double weight = Math.pow(priorities.priority(slot) / priorities.total(), -beta);
            largest = Math.max(largest, weight);
            boolean demo = slot >= slots;
            int index = demo ? slot - slots : slot;
            batch.add(new Drawn((demo ? demonstration : own).get(index), index, demo, weight));
        }
        List<Drawn> normalised = new ArrayList<>();
        for (Drawn drawn : batch) {
            normalised.add(new Drawn(drawn.done, drawn.index, drawn.demonstrated, drawn.weight / largest));
        }
        assertThat(normalised)
                .extracting(Drawn::weight)
                .as("weights differ")
                .anyMatch(weight -> weight < 0.7)
                .contains(1.0);
        assertThat(spec.prioritizedAlpha()).isEqualTo(0.6);
        return normalised;
    }

    private static void assertPriorities(DqnLearner learner, Priorities priorities, Update update, int slots)
            throws IOException {
        for (int i = 0; i < BATCH; i++) {
            Drawn drawn = update.batch.get(i);
            priorities.update(
                    drawn.index + (drawn.demonstrated ? slots : 0),
                    Math.abs(update.error(i)) + (drawn.demonstrated ? BONUS : 0));
        }
        DataInput actual = MemoryState.of(learner::save).section("priorities");
        MemoryState expected = MemoryState.of(writer -> priorities.save(writer.section("priorities")));
        int count =
                Objects.requireNonNull(expected.sections().get("priorities")).remaining() / Double.BYTES;
        DataInput values = expected.section("priorities");
        for (int i = 0; i < count; i++) {
            assertThat(actual.readDouble()).as("priority %d", i - 1).isCloseTo(values.readDouble(), within(1e-5));
        }
    }

    private static void assertMovedAlongTheSlope(Update update, Mlp after) {
        double h = 1e-2;
        double largest = 0;
        for (int l = 0; l < after.layers().size(); l++) {
            float[][] points = {
                update.before.layers().get(l).weight(),
                update.before.layers().get(l).bias()
            };
            float[][] moved = {
                after.layers().get(l).weight(), after.layers().get(l).bias()
            };
            for (int j = 0; j < points.length; j++) {
                for (int i = 0; i < points[j].length; i++) {
                    float at = points[j][i];
                    double slope = (at(update, points[j], i, at + h) - at(update, points[j], i, at - h)) / (2 * h);
                    slope += update.spec.weightDecay() * at;
                    points[j][i] = at;
                    largest = Math.max(largest, Math.abs(slope));
                    assertThat((double) at - moved[j][i])
                            .as("layer %d, parameter %d", l, i)
                            .isCloseTo(slope, within(1e-3));
                }
            }
        }
        assertThat(largest).as("the largest slope").isGreaterThan(0.05);
    }

    private static double at(Update update, float[] point, int i, double value) {
        point[i] = (float) value;
        return update.loss(update.before, true);
    }

    @Test
    void theLimitOfTheGradientAndTheRateReachTheNetwork() throws IOException {
        // The rate over epsilon falls from 2 to 1: at half the training, where the update is, it is 1.5.
        Map<String, String> falling = Map.of("nQuantiles", "4", "learningRate", "lin_decay_20000_10000_1");
        double[] norm = new double[1];
        double free = move(falling, 1, norm);
        assertThat(free).isCloseTo(1.5 * norm[0], within(1e-3 * norm[0]));
        assertThat(move(falling, 0.5, norm)).as("after a rollback").isCloseTo(0.75 * norm[0], within(1e-3 * norm[0]));

        Map<String, String> limited = new HashMap<>(falling);
        double limit = norm[0] / 3;
        limited.put("maxGradNorm", String.valueOf(limit));
        assertThat(move(limited, 1, norm)).isCloseTo(1.5 * limit, within(1e-3 * limit));
        assertThat(norm[0]).as("the norm that is shown, before the limit").isCloseTo(3 * limit, within(1e-6));
    }

    /** How far the network moves in the update at step 21 of 42, and in {@code norm} its gradient's norm. */
    private static double move(Map<String, String> settings, double rateFactor, double[] norm) throws IOException {
        ChangingSights env = new ChangingSights(1, 0, SEED);
        try (DqnLearner learner = learner(spec(settings), env, nothing(), 2 * (ROWS + 1), SEED)) {
            while (learner.steps() < ROWS) {
                learner.iterate();
            }
            MemoryState begin = MemoryState.of(learner::saveNetwork);
            if (rateFactor < 1) {
                learner.rollBack(begin, 0, rateFactor);
            }
            Mlp before = learner.network();
            learner.iterate();
            norm[0] = Objects.requireNonNull(learner.metrics().get("train/grad_norm"));
            return distance(before, learner.network());
        }
    }

    private static double distance(Mlp from, Mlp to) {
        double squares = 0;
        for (int l = 0; l < from.layers().size(); l++) {
            squares += squares(from.layers().get(l).weight(), to.layers().get(l).weight());
            squares += squares(from.layers().get(l).bias(), to.layers().get(l).bias());
        }
        return Math.sqrt(squares);
    }

    private static double squares(float[] from, float[] to) {
        double sum = 0;
        for (int i = 0; i < from.length; i++) {
            sum += ((double) to[i] - from[i]) * ((double) to[i] - from[i]);
        }
        return sum;
    }

    /**
     * Updates come after every third step of all four environments, two each time, once more than 48 steps are done.
     */
    @Test
    void comesAsOftenAsTrainFreqAndGradientStepsSay() {
        DqnSpec spec = spec(Map.of("trainFreq", "3", "gradientSteps", "2", "learningStarts", "48", "nQuantiles", "1"));
        try (DqnLearner learner = learner(spec, new ChangingSights(4, 0, SEED), nothing(), 400, SEED)) {
            double updates = 0;
            for (int i = 1; i <= 12; i++) {
                learner.iterate();
                assertThat(learner.steps()).isEqualTo(12L * i);
                updates += learner.steps() > 48 ? 2 : 0;
                assertThat(learner.metrics()).containsEntry("train/n_updates", updates);
            }
            assertThat(updates).isEqualTo(16);
        }
    }

    /**
     * The target network is copied in the step that reaches another multiple of 50, before the updates that follow, and
     * by the factor of a rollback less often.
     */
    @ParameterizedTest
    @CsvSource({"1, 50", "0.5, 100"})
    void theTargetFollowsAtMultiplesOfItsInterval(double rateFactor, long interval) throws IOException {
        DqnSpec spec = spec(
                Map.of("targetUpdateInterval", "50", "learningStarts", "0", "nQuantiles", "1", "learningRate", "100"));
        try (DqnLearner learner = learner(spec, new ChangingSights(4, 0, SEED), nothing(), 400, SEED)) {
            if (rateFactor < 1) {
                learner.rollBack(MemoryState.of(learner::saveNetwork), learner.steps(), rateFactor);
            }
            MemoryState state = MemoryState.of(learner::save);
            int copies = 0;
            while (learner.steps() < 400) {
                long before = learner.steps();
                learner.iterate();
                MemoryState now = MemoryState.of(learner::save);
                assertThat(section(now, Learner.PARAMETERS, "it"))
                        .as("the network moves at every step")
                        .isNotEqualTo(section(state, Learner.PARAMETERS, "it"));
                boolean follows = before / interval < learner.steps() / interval;
                copies += follows ? 1 : 0;
                assertThat(section(now, Learner.TARGET, "it"))
                        .as("target network after %d steps", learner.steps())
                        .isEqualTo(section(state, follows ? Learner.PARAMETERS : Learner.TARGET, "it"));
                state = now;
            }
            assertThat(copies).isEqualTo(400 / (int) interval);
        }
    }

    @Test
    void actionsAreRandomUntilLearningStartsAndGreedyFromThen() {
        DqnSpec spec = spec(Map.of(
                "explorationInitialEps", "0", "explorationFinalEps", "0", "nQuantiles", "1", "learningRate", "1"));
        ChangingSights env = new ChangingSights(1, 0, SEED);
        RandomStream exploration = RandomStream.of(SEED, "exploration");
        int surprises = 0;
        try (DqnLearner learner = learner(spec, env, nothing(), TOTAL, SEED)) {
            for (int t = 0; t < TOTAL; t++) {
                int greedy = greedy(learner.actor(), env.observations());
                int action = step(env, learner).action;
                int random = exploration.nextInt(ACTIONS);
                assertThat(action).as("action %d", t).isEqualTo(t < ROWS ? random : greedy);
                surprises += t < ROWS && random != greedy ? 1 : 0;
                if (t >= ROWS - 1 && t <= ROWS) {
                    assertThat(random).as("the boundary can be seen").isNotEqualTo(greedy);
                }
            }
        }
        assertThat(surprises).isGreaterThan(5);
    }

    private static int greedy(Mlp actor, float[] seen) {
        float[] values = new MlpForward(actor).run(seen, 0);
        int best = 0;
        for (int a = 1; a < values.length; a++) {
            best = values[a] > values[best] ? a : best;
        }
        return best;
    }
}
