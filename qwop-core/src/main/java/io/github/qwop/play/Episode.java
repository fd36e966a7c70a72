package io.github.qwop.play;

import io.github.qwop.env.EpisodeResult;
import io.github.qwop.env.Recording;
import io.github.qwop.game.Units;

/**
 * One episode that an actor has played.
 *
 * @param result what it amounted to
 * @param recording what was played
 * @param discountedReturn its rewards, discounted to its start
 * @param firstValue what was estimated for that at its start; NaN if nothing was
 * @param splits when each ten metres were passed; {@link Splits#NONE} as well where nobody timed it
 */
public record Episode(
        EpisodeResult result, Recording recording, double discountedReturn, double firstValue, Splits splits) {

    /** Metres reached. */
    public double distance() {
        return result.info("distance");
    }

    /** Seconds of play. */
    public double seconds() {
        return result.info("time") * Units.SECONDS_PER_TIME;
    }

    /** Whether it ended with the torso past 100 m, as qwop-gym asks. */
    public boolean success() {
        return recording.success();
    }

    /** Whether the runner landed in the sand with a score of at least 100, as the game asks. */
    public boolean finished() {
        return recording.finished();
    }

    /**
     * One figure to choose the best policy by: metres, at most 100, and for a finished episode ten times its average
     * speed in m/s besides, so that reaching the finish counts first and speed next.
     */
    public double score() {
        double metres = Math.min(distance(), Units.FINISH);
        return finished() ? metres + result.info("avgspeed") : metres;
    }
}
