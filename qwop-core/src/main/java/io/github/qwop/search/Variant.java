package io.github.qwop.search;

/**
 * How one pass searches.
 *
 * @param width states that are kept of a level, at least 1
 * @param horizon decisions of the prior by which a child is valued, at least 1
 * @param framesPerDecision game updates of a level, at least 1
 * @param childrenPerParent how many of a state's nine children may be kept, 1 to 9
 * @param value what a rollout says
 * @param noise by how much values are moved at random, in units of length: another throw of the same search
 * @param seed of that noise
 */
public record Variant(
        int width, int horizon, int framesPerDecision, int childrenPerParent, Value value, double noise, long seed) {

    /** What a rollout that does not reach the objective says about the state that it began in. */
    public enum Value {
        /** Where the torso is at its end. */
        LAST,
        /** Where it is in the mean of the rollout's last third, so that the phase of a stride decides less. */
        LATE_MEAN,
        /** Where it is in the mean of the whole rollout. */
        MEAN;

        /** Decisions of a rollout that count. */
        int counted(int horizon) {
            return switch (this) {
                case LAST -> 1;
                case LATE_MEAN -> (horizon + 2) / 3;
                case MEAN -> horizon;
            };
        }
    }
}
