package io.github.qwop.learn.dqn;

import static java.util.Objects.requireNonNull;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.problems.MemoryState;
import io.github.qwop.learn.sb3.RecordedEnv;
import io.github.qwop.learn.sb3.Sb3Update;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One iteration, from play to the optimiser's step, is that of stable-baselines3 and of sb3-contrib. */
class Sb3DqnTest {

    @Test
    void dqnLearnsAsInStableBaselines3() throws IOException {
        learnsAlike(DqnSpec.DQN, Sb3Update.read("dqn"), "q_net");
    }

    @Test
    void qrDqnLearnsAsInSb3Contrib() throws IOException {
        learnsAlike(DqnSpec.QR_DQN, Sb3Update.read("qr-dqn"), "quantile_net");
    }

    private static void learnsAlike(DqnSpec defaults, Sb3Update update, String network) throws IOException {
        DqnSpec spec = Settings.bind(defaults, update.ourSettings());
        RecordedEnv env = new RecordedEnv(update);
        Demonstrations none = Demonstrations.none(env.observationSize(), env.actionCount());
        Sb3Update.Layout online = theirs -> ours(theirs, network + "." + network, spec);
        Map<String, float[]> target = ours(update.before(), network + "_target." + network, spec);
        try (DqnLearner learner = new DqnLearner(
                spec, env, none, update.transitions(), seed(update), (e, episode) -> {}, Workers.one())) {
            MemoryState state = MemoryState.of(learner::save);
            state = Sb3Update.with(state, Learner.PARAMETERS, online.ours(update.before()));
            state = Sb3Update.with(state, "target", target);
            learner.restore(update.withOptimiser(state, online));
            learner.iterate();
            update.assertDoneBy(learner, online);
            update.assertLogged(learner.metrics(), "train/loss", "train/n_updates");
        }
    }

    /** Linear layers stand at even places in a sequence of theirs, with an activation after each. */
    private static Map<String, float[]> ours(Map<String, float[]> theirs, String name, DqnSpec spec) {
        Map<String, float[]> ours = new LinkedHashMap<>();
        int last = spec.netArch().size();
        for (int i = 0; i <= last; i++) {
            for (String kind : List.of(".weight", ".bias")) {
                float[] values = requireNonNull(theirs.get(name + "." + 2 * i + kind));
                ours.put("q." + i + kind, i < last ? values : byAction(values, spec.nQuantiles()));
            }
        }
        return ours;
    }

    /** Their outputs are quantiles × actions, ours actions × quantiles; each has a bias or a row of weights. */
    private static float[] byAction(float[] values, int quantiles) {
        int actions = RecordedEnv.ACTIONS;
        int width = values.length / (actions * quantiles);
        float[] ours = new float[values.length];
        for (int a = 0; a < actions; a++) {
            for (int k = 0; k < quantiles; k++) {
                System.arraycopy(values, (k * actions + a) * width, ours, (a * quantiles + k) * width, width);
            }
        }
        return ours;
    }

    /** A seed by which the learner explores with their actions and then draws each transition once, as they did. */
    private static long seed(Sb3Update update) {
        long seed = 0;
        while (!exploresAlike(update, RandomStream.of(seed, "exploration"))
                || !drawsEachOnce(update.transitions(), RandomStream.of(seed, "sampling"))) {
            seed++;
        }
        return seed;
    }

    private static boolean exploresAlike(Sb3Update update, RandomStream exploration) {
        for (Sb3Update.Step step : update.steps()) {
            // Epsilon is 1: whatever is drawn is below.
            exploration.nextDouble();
            if (exploration.nextInt(RecordedEnv.ACTIONS) != step.actions()[0]) {
                return false;
            }
        }
        return true;
    }

    private static boolean drawsEachOnce(int rows, RandomStream sampling) {
        BitSet drawn = new BitSet();
        for (int i = 0; i < rows; i++) {
            int row = sampling.nextInt(rows);
            sampling.nextInt(1);
            if (drawn.get(row)) {
                return false;
            }
            drawn.set(row);
        }
        return true;
    }
}
