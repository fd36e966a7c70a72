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

    /**
     * The reward to learn from, for those that must also know how long the step took or how far the training has come.
     * This one is what an environment asks; it asks the other unless it is overridden.
     *
     * @param seconds seconds of play that the step took, above 0: fewer than its frames say if the game ended in it
     * @param progress share of the training's environment steps that lie behind, 0 to 1; 0 where demonstrations are
     *     paid and outside of a training
     */
    default float shape(float reward, double[] before, double[] after, boolean ended, double seconds, double progress) {
        return shape(reward, before, after, ended);
    }

    /** This one's changes first, then another's. */
    default RewardShaper then(RewardShaper next) {
        RewardShaper first = this;
        return new RewardShaper() {
            @Override
            public float shape(float reward, double[] before, double[] after, boolean ended) {
                return next.shape(first.shape(reward, before, after, ended), before, after, ended);
            }

            @Override
            public float shape(
                    float reward, double[] before, double[] after, boolean ended, double seconds, double progress) {
                float shaped = first.shape(reward, before, after, ended, seconds, progress);
                return next.shape(shaped, before, after, ended, seconds, progress);
            }
        };
    }
}
