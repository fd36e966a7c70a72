package io.github.qwop.game;

/**
 * One running game of QWOP, advanced one game update at a time.
 *
 * <p>A game update is one physics step of 0.04 s and advances the score clock by 1/30 s; people play at 30 updates per
 * second. Lengths are in world units (10 units = 1 displayed metre, y points down), angles in radians and are never
 * wrapped, velocities in units per second.
 *
 * <p>Implementations are not thread safe: one thread at a time plays a game.
 */
public interface Game extends AutoCloseable {

    /** Number of doubles that {@link #readBodies} writes: 12 parts with x, y, angle, vx, vy each. */
    int BODY_VALUES = 60;

    /**
     * Starts an episode at the canonical start: a fresh page, then one game reset with no key held. Every
     * implementation agrees on the resulting state bit for bit, whatever was played before.
     */
    void reset();

    /**
     * Plays game updates with the same keys held. As in the genuine game, updates after the end go on: the score clock
     * stands still while a fallen runner comes to rest.
     *
     * @param keys bit mask of the keys held, see {@link Keys}
     * @param frames the number of updates to play, at least 1
     * @return the number of updates played before the game ended, or all of them; 0 when it had already ended
     */
    int step(int keys, int frames);

    /**
     * Writes the state of the 12 body parts, in the order of {@link BodyPart}: x, y, angle, vx, vy of each.
     *
     * @param target receives {@value #BODY_VALUES} values from index {@code offset} on
     */
    void readBodies(double[] target, int offset);

    /**
     * Score clock of this episode, in seconds of play: each update until the end adds 1/30 s, the one that belongs to
     * the reset included.
     */
    double scoreTime();

    /** The displayed score in metres: the torso's x rounded to a whole unit, divided by 10. */
    double score();

    /** Whether the episode is over, by a fall or by a landing in the sand pit. */
    boolean gameEnded();

    /** Whether head, an arm or a forearm has touched the track. */
    boolean fallen();

    /** Whether the left foot has taken off from behind the sand pit's edge. */
    boolean jumped();

    /** Whether the runner has landed in the sand pit after the jump: the 100 m are done. */
    boolean jumpLanded();

    /** Releases what the implementation holds; the twin holds nothing. */
    @Override
    void close();
}
