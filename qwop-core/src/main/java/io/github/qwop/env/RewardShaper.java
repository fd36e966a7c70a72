package io.github.qwop.env;

/**
 * Changes the reward of a step: for own ideas of what a good runner does. Must be deterministic and without state: one
 * instance serves all environments of a training and its evaluations, and checkpoints keep nothing of it.
 */
@FunctionalInterface
public interface RewardShaper {

    /** The reward as it is. */
    RewardShaper NONE = (reward, before, after, ended) -> reward;

    /**
     * The reward to learn from.
     *
     * @param reward qwop-gym's reward of the step
     * @param before the 60 values of the state before the step, as {@link io.github.qwop.game.Game#readBodies} writes
     *     them; not to be kept
     * @param after those after the step; not to be kept
     * @param ended whether the step ended the episode by the game's own rules
     */
    float shape(float reward, double[] before, double[] after, boolean ended);
}
