package io.github.qwop.game.campaign;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Observation;
import io.github.qwop.game.Game;
import io.github.qwop.model.GreedyPolicy;
import io.github.qwop.run.policy.TrainedPolicy;
import java.util.function.ToIntFunction;

/**
 * A trained policy that plays.
 *
 * @param environment what it was trained in
 * @param action from the parts' numbers to an action
 */
record Runner(EnvSpec environment, ToIntFunction<double[]> action) {

    static Runner of(TrainedPolicy policy) {
        if (policy.environment().observation() != Observation.QWOP_GYM) {
            throw new IllegalArgumentException(
                    "A campaign's policy knows no more than the parts' numbers: give one that"
                            + " sees qwop-gym's observation.");
        }
        return new Runner(
                policy.environment(),
                policy instanceof TrainedPolicy.Exported exported ? exported(exported) : learned(policy));
    }

    private static ToIntFunction<double[]> exported(TrainedPolicy.Exported policy) {
        float[] numbers = new float[Game.BODY_VALUES];
        return bodies -> {
            raw(bodies, numbers);
            return policy.network().run(numbers, 1).actions()[0];
        };
    }

    private static ToIntFunction<double[]> learned(TrainedPolicy policy) {
        GreedyPolicy greedy =
                new GreedyPolicy(((TrainedPolicy.Learned) policy).network().actor());
        float[] observation = new float[Game.BODY_VALUES];
        int[] action = new int[1];
        return bodies -> {
            raw(bodies, observation);
            Observation.QWOP_GYM.normalise(observation, 0);
            greedy.act(observation, 1, action);
            return action[0];
        };
    }

    private static void raw(double[] bodies, float[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] = (float) bodies[i];
        }
    }

    /** The keys to hold now. */
    int keys(double[] bodies) {
        return environment.actionSet().keys(action.applyAsInt(bodies));
    }
}
