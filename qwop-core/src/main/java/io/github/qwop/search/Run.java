package io.github.qwop.search;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.Units;
import io.github.qwop.game.twin.Twin;
import java.util.Arrays;

/**
 * What a search has found: keys from the canonical start on.
 *
 * @param keys masks, one per update; not copied
 * @param reached whether they reach the objective, with the last of them
 * @param x where the torso is then, in units
 */
@SuppressWarnings("ArrayRecordComponent")
public record Run(byte[] keys, boolean reached, double x) {

    /**
     * Plays keys, as far as they reach the objective or lead anywhere.
     *
     * @param keys masks, one per update from the canonical start on
     */
    public static Run of(byte[] keys, Objective objective, Trigonometry trigonometry) {
        Twin twin = new Twin(trigonometry);
        int played = 0;
        boolean reached = false;
        while (played < keys.length && !reached && !twin.gameEnded()) {
            twin.update(keys[played]);
            played++;
            reached = objective.isReached(twin);
        }
        return new Run(Arrays.copyOf(keys, played), reached, twin.torsoX());
    }

    /** Score clock at its end, in seconds of play. */
    public double seconds() {
        return clock(keys.length);
    }

    /** The score clock after some updates: the one that belongs to the reset counts too. */
    static double clock(int updates) {
        return (updates + 1.0) / Units.UPDATES_PER_SECOND;
    }

    /** Whether it is better: an earlier arrival, or if there is none, farther. */
    boolean beats(Run other) {
        if (reached != other.reached) {
            return reached;
        }
        return reached ? keys.length < other.keys.length : x > other.x;
    }
}
