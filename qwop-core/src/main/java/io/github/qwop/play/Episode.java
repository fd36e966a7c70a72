package io.github.qwop.play;

import io.github.qwop.env.EpisodeResult;
import io.github.qwop.env.Recording;
import io.github.qwop.game.Units;
import io.github.qwop.random.RandomStream;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One episode that an actor has played.
 *
 * @param result what it amounted to
 * @param recording what was played
 * @param discountedReturn its rewards, discounted to its start
 * @param firstValue what was estimated for that at its start; NaN if nothing was
 */
public record Episode(EpisodeResult result, Recording recording, double discountedReturn, double firstValue) {

    /**
     * What episodes are played for. Each has random streams of its own, so that whatever the seeds are, the episodes
     * that a policy is judged by are drawn independently of those that helped to choose it.
     */
    public enum Split {
        /** To choose the best policy in a training, and to record what others may learn from. */
        VALIDATION("evaluation-"),
        /** To say how good the chosen policy is. */
        TEST("test-episode-");

        private final String stream;

        Split(String stream) {
            this.stream = stream;
        }

        /**
         * The random streams of some episodes.
         *
         * @param first number of the first episode
         * @param count how many
         */
        public List<RandomStream> streams(long seed, int first, int count) {
            return IntStream.range(first, first + count)
                    .mapToObj(i -> RandomStream.of(seed, stream + i))
                    .toList();
        }
    }

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
