package io.github.qwop.play;

import io.github.qwop.env.QwopEnv;
import io.github.qwop.model.GreedyPolicy;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.Policy;
import io.github.qwop.random.RandomStream;

/** Plays one environment: chooses its next action. It may remember what it has done since the last reset. */
@FunctionalInterface
public interface Actor {

    /** An action for the environment's current state. */
    int act(QwopEnv env);

    /** An episode begins: what was remembered of another one is forgotten. */
    default void reset() {}

    /** Takes the action with the largest output of a network over normalised observations. */
    static Actor greedy(Mlp network) {
        Policy policy = new GreedyPolicy(network);
        float[] observation = new float[network.inputs()];
        int[] action = new int[1];
        return env -> {
            env.observe(observation, 0);
            policy.act(observation, 1, action);
            return action[0];
        };
    }

    /** Takes any action with equal probability: the baseline that every policy must beat. */
    static Actor random(RandomStream random, int actionCount) {
        return env -> random.nextInt(actionCount);
    }
}
