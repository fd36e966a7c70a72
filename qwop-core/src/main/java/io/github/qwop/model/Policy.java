package io.github.qwop.model;

/** Chooses actions for observations, deterministically. */
public interface Policy extends AutoCloseable {

    /** Number of values of an observation. */
    int observationSize();

    /** Number of actions. */
    int actionCount();

    /**
     * Chooses an action for each of several observations.
     *
     * @param observations normalised observations, [count × {@link #observationSize}]
     * @param count how many
     * @param actions receives count actions
     */
    void act(float[] observations, int count, int[] actions);

    @Override
    default void close() {}
}
