package io.github.qwop.env;

/**
 * An environment to plan with: it goes on from where one of a vector environment stands, and that one does not notice.
 * One thread at a time.
 */
public interface Simulator extends AutoCloseable {

    /** Goes to where the environment stands now, as often as is wanted. */
    void begin();

    /**
     * Plays one action.
     *
     * @throws IllegalArgumentException if it is out of range
     * @throws IllegalStateException if the episode has ended; begin again
     */
    void step(int action);

    /** Writes what is seen now, as many values as an observation has, also after an episode's end. */
    void observe(float[] target, int offset);

    /** Reward of the last step. */
    float reward();

    /** Whether the last step ended the episode by the task's own rules: nothing is to be had after it. */
    boolean terminated();

    /** Whether a time limit cut the episode off: what was seen last may still be worth something. */
    boolean truncated();

    @Override
    void close();
}
