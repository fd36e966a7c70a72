package io.github.qwop.learn.acer;

/**
 * Retrace (Munos and others, 2016): what the action taken at each step of a trajectory was worth to another policy than
 * the one that played. Rewards are followed as long as that one would have done the same; where it would not, its own
 * estimate takes over.
 *
 * <p>Backwards, from R = V(last): Qret = r + γ R, then R = min(1, ρ) (Qret − Q) + V.
 */
final class Retrace {

    private Retrace() {}

    /**
     * Computes the targets of one trajectory.
     *
     * @param rewards of each step
     * @param ended whether an episode ended with the step: nothing flows over its end
     * @param after value of where the step led, if it ended an episode; 0 where that was no time limit
     * @param values V of each step's state, and of the one after the last
     * @param taken Q of the action taken
     * @param ratios ρ, the probability of the action now over the one with which it was played
     * @param targets receives Qret of each step
     */
    static void targets(
            float[] rewards,
            boolean[] ended,
            double[] after,
            double[] values,
            double[] taken,
            double[] ratios,
            double gamma,
            double[] targets) {
        double next = values[rewards.length];
        for (int t = rewards.length - 1; t >= 0; t--) {
            targets[t] = rewards[t] + gamma * (ended[t] ? after[t] : next);
            next = Math.min(1, ratios[t]) * (targets[t] - taken[t]) + values[t];
        }
    }
}
