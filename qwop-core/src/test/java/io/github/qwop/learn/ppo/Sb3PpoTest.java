package io.github.qwop.learn.ppo;

import static java.util.Objects.requireNonNull;

import io.github.qwop.learn.Categorical;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.problems.MemoryState;
import io.github.qwop.learn.sb3.RecordedEnv;
import io.github.qwop.learn.sb3.Sb3Update;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One iteration, from play to the optimiser's step, is that of stable-baselines3. */
class Sb3PpoTest {

    @Test
    void ppoLearnsAsInStableBaselines3() throws IOException {
        Sb3Update update = Sb3Update.read("ppo");
        PpoSpec spec = Settings.bind(PpoSpec.PPO, update.ourSettings());
        Sb3Update.Layout layout = theirs -> ours(theirs, spec);
        try (PpoLearner learner = learner(spec, update, requireNonNull(update.played()))) {
            learner.play();
            // The policy has moved since, so that ratios differ from 1 and are clipped.
            learner.startFrom(
                    Sb3Update.with(new MemoryState(Map.of()), Learner.PARAMETERS, layout.ours(update.before())));
            learner.learn();
            update.assertDoneBy(learner, layout);
            update.assertLogged(
                    learner.metrics(),
                    "train/loss",
                    "train/policy_gradient_loss",
                    "train/value_loss",
                    "train/entropy_loss",
                    "train/approx_kl",
                    "train/clip_fraction",
                    "train/explained_variance");
        }
    }

    @Test
    void a2cLearnsAsInStableBaselines3() throws IOException {
        Sb3Update update = Sb3Update.read("a2c");
        PpoSpec spec = Settings.bind(PpoSpec.A2C, update.ourSettings());
        try (PpoLearner learner = learner(spec, update, update.before())) {
            learner.iterate();
            update.assertDoneBy(learner, theirs -> ours(theirs, spec));
            update.assertLogged(
                    learner.metrics(),
                    "train/policy_loss",
                    "train/value_loss",
                    "train/entropy_loss",
                    "train/explained_variance");
        }
    }

    /** A learner with their parameters and optimiser that will play their actions. */
    private static PpoLearner learner(PpoSpec spec, Sb3Update update, Map<String, float[]> parameters)
            throws IOException {
        long seed;
        try (PpoLearner any = restored(spec, update, parameters, 0)) {
            seed = seed(update, any.actor());
        }
        return restored(spec, update, parameters, seed);
    }

    private static PpoLearner restored(PpoSpec spec, Sb3Update update, Map<String, float[]> parameters, long seed)
            throws IOException {
        PpoLearner learner = new PpoLearner(
                spec, new RecordedEnv(update), update.transitions(), seed, (e, episode) -> {}, Workers.one());
        MemoryState state = Sb3Update.with(MemoryState.of(learner::save), Learner.PARAMETERS, ours(parameters, spec));
        learner.restore(update.withOptimiser(state, theirs -> ours(theirs, spec)));
        return learner;
    }

    private static Map<String, float[]> ours(Map<String, float[]> theirs, PpoSpec spec) {
        Map<String, float[]> ours = new LinkedHashMap<>();
        add(theirs, "mlp_extractor.policy_net", "action_net", "policy", spec, ours);
        add(theirs, "mlp_extractor.value_net", "value_net", "value", spec, ours);
        return ours;
    }

    /** Hidden layers stand at even places in a sequence of theirs, with an activation after each. */
    private static void add(
            Map<String, float[]> theirs,
            String hidden,
            String head,
            String name,
            PpoSpec spec,
            Map<String, float[]> ours) {
        int last = spec.netArch().size();
        for (int i = 0; i <= last; i++) {
            for (String kind : List.of(".weight", ".bias")) {
                String layer = i < last ? hidden + "." + 2 * i : head;
                ours.put(name + "." + i + kind, requireNonNull(theirs.get(layer + kind)));
            }
        }
    }

    /** A seed by which the policy draws their actions. */
    private static long seed(Sb3Update update, Mlp actor) {
        int envs = update.first().length;
        Categorical[] policies = new Categorical[update.transitions()];
        int[] actions = new int[policies.length];
        MlpForward network = new MlpForward(actor);
        for (int i = 0; i < policies.length; i++) {
            int row = i / envs;
            float[][] seen =
                    row == 0 ? update.first() : update.steps().get(row - 1).observations();
            policies[i] = new Categorical(RecordedEnv.ACTIONS);
            policies[i].read(network.run(seen[i % envs], 0), 0);
            actions[i] = update.steps().get(row).actions()[i % envs];
        }
        long seed = 0;
        while (!drawsAlike(policies, actions, RandomStream.of(seed, "exploration"))) {
            seed++;
        }
        return seed;
    }

    private static boolean drawsAlike(Categorical[] policies, int[] actions, RandomStream exploration) {
        for (int i = 0; i < actions.length; i++) {
            if (policies[i].draw(exploration) != actions[i]) {
                return false;
            }
        }
        return true;
    }
}
