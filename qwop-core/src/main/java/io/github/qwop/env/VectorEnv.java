package io.github.qwop.env;

import io.github.qwop.parallel.Workers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Several environments of one kind with discrete actions, stepped together. The arrays returned are the environment's
 * own, reused at each step: copy what must outlive a step.
 *
 * <p>An environment whose episode ends is reset at once, as in Gym's vector environments: its row of
 * {@link #observations()} is then the first of the next episode, and the last one of the old episode stands in its row
 * of {@link #finalObservations()}.
 */
public interface VectorEnv extends AutoCloseable {

    /** Number of environments, n. */
    int envCount();

    /** Number of floats of one observation, d. */
    int observationSize();

    /** Number of discrete actions; an action is 0 to this less 1. */
    int actionCount();

    /** Starts a new episode in every environment and fills {@link #observations()}. */
    void reset();

    /**
     * Says how far the training has come, for rewards that depend on it. To be said before every {@link #step}, and
     * before {@link #restore} as it was when the state was saved.
     *
     * @param steps environment steps that have been played, over all environments together
     * @param totalSteps those of the whole training, at least 1
     */
    default void progress(long steps, long totalSteps) {}

    /**
     * Plays one action in every environment.
     *
     * @param actions n actions
     * @throws IllegalArgumentException if an action is out of range
     */
    void step(int[] actions);

    /** Current observations, [n × d], row by row. */
    float[] observations();

    /** Last observations of the episodes that the last step ended, [n × d]; other rows are stale. */
    float[] finalObservations();

    /** Rewards of the last step, n values. */
    float[] rewards();

    /** Which episodes the last step ended by the task's own rules. */
    boolean[] terminated();

    /** Which episodes the last step cut off by a time limit: the last state's value must be bootstrapped. */
    boolean[] truncated();

    /**
     * What the episode of this environment amounted to.
     *
     * @param env an environment whose episode the last step ended
     * @throws IllegalStateException if it did not end
     */
    EpisodeResult episode(int env);

    /** Who plays the environments, and may do so for copies of them: no more threads at once than these bear. */
    default Workers workers() {
        return Workers.one();
    }

    /**
     * Something to plan with from where one of the environments stands, now or later.
     *
     * @param env number of the environment
     * @throws IllegalArgumentException if such an environment cannot be put into a state; the message is for the user
     */
    default Simulator simulator(int env) {
        throw new IllegalArgumentException(
                "The environment cannot be put into a state, and so nothing can be planned.");
    }

    /**
     * Writes everything that {@link #restore} needs to go on bit for bit, random streams and running episodes included.
     */
    void save(DataOutput out) throws IOException;

    /**
     * Goes on from a saved state, in an environment made with the same settings.
     *
     * @throws IOException if the state cannot be read or belongs to other settings
     */
    void restore(DataInput from) throws IOException;

    @Override
    void close();
}
