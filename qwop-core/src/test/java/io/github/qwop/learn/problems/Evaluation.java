package io.github.qwop.learn.problems;

import io.github.qwop.env.VectorEnv;
import io.github.qwop.model.GreedyPolicy;
import io.github.qwop.model.Mlp;

/** Plays a policy without learning. */
public final class Evaluation {

    private Evaluation() {}

    /** Mean reward of the first episode of every environment, played greedily. */
    public static double meanReward(Mlp actor, VectorEnv env) {
        GreedyPolicy policy = new GreedyPolicy(actor);
        int envs = env.envCount();
        int[] actions = new int[envs];
        boolean[] done = new boolean[envs];
        int left = envs;
        double sum = 0;
        env.reset();
        while (left > 0) {
            policy.act(env.observations(), envs, actions);
            env.step(actions);
            for (int e = 0; e < envs; e++) {
                if (!done[e] && (env.terminated()[e] || env.truncated()[e])) {
                    done[e] = true;
                    left--;
                    sum += env.episode(e).totalReward();
                }
            }
        }
        return sum / envs;
    }
}
