package io.github.qwop.run.policy;

import io.github.qwop.env.QwopEnv;
import io.github.qwop.model.GreedyPolicy;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.Policy;
import io.github.qwop.random.RandomStream;

/** Chooses the next action of one environment. */
@FunctionalInterface
public interface Pilot {

    /** An action for the environment's current state. */
    int act(QwopEnv env);

    /** Takes the action with the largest output of a network over normalised observations. */
    static Pilot greedy(Mlp actor) {
        Policy policy = new GreedyPolicy(actor);
        float[] observation = new float[actor.inputs()];
        int[] action = new int[1];
        return env -> {
            env.observe(observation, 0);
            policy.act(observation, 1, action);
            return action[0];
        };
    }

    /** Takes any action with equal probability: the baseline that every policy must beat. */
    static Pilot random(RandomStream random, int actionCount) {
        return env -> random.nextInt(actionCount);
    }
}
