package io.github.qwop.game.campaign;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Observations;
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
        return new Runner(
                policy.environment(),
                policy instanceof TrainedPolicy.Exported exported ? exported(exported) : learned(policy));
    }

    private static ToIntFunction<double[]> exported(TrainedPolicy.Exported policy) {
        float[] numbers = new float[Observations.SIZE];
        return bodies -> {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) bodies[i];
            }
            return policy.network().run(numbers, 1).actions()[0];
        };
    }

    private static ToIntFunction<double[]> learned(TrainedPolicy policy) {
        GreedyPolicy greedy =
                new GreedyPolicy(((TrainedPolicy.Learned) policy).network().actor());
        float[] observation = new float[Observations.SIZE];
        int[] action = new int[1];
        return bodies -> {
            Observations.normalise(bodies, observation, 0);
            greedy.act(observation, 1, action);
            return action[0];
        };
    }

    /** The keys to hold now. */
    int keys(double[] bodies) {
        return environment.actionSet().keys(action.applyAsInt(bodies));
    }
}
