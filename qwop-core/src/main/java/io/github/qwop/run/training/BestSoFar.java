package io.github.qwop.run.training;

import io.github.qwop.run.GuardSpec.BestBy;
import io.github.qwop.run.evaluation.Summary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * What the best policy of a training reached, and whether another one does better. Scores and distances are compared by
 * their means: more is better. Finish rates of some dozen episodes are mostly noise, so that one is only better than
 * another if the 95 % interval of their difference says so; else the shorter mean time of the finished episodes is, and
 * before anyone finishes, the longer mean distance. Many small steps must not lead far down: no policy whose rate is
 * surely lower than the highest of all bests is taken, however fast.
 */
final class BestSoFar {

    private final BestBy by;
    private double score = Double.NEGATIVE_INFINITY;
    private double distance = Double.NEGATIVE_INFINITY;
    private double seconds = Double.NaN;
    private Share finished = Share.UNKNOWN;
    private Share highest = Share.UNKNOWN;

    /** Nothing yet: whatever comes is better. */
    BestSoFar(BestBy by) {
        this.by = by;
    }

    /** Its score, see {@link Summary#score}. */
    double score() {
        return score;
    }

    /** Whether another policy is better. */
    boolean isBeatenBy(Summary other) {
        return switch (by) {
            case SCORE -> other.score() > score;
            case DISTANCE -> other.meanDistance() > distance;
            case FINISH_RATE -> finishesBetter(other);
        };
    }

    private boolean finishesBetter(Summary other) {
        Share theirs = Share.of(other);
        if (finished.isSurelyBelow(theirs)) {
            return true;
        }
        if (theirs.isSurelyBelow(highest)) {
            return false;
        }
        if (Double.isNaN(seconds)) {
            return !Double.isNaN(other.meanFinishSeconds()) || other.meanDistance() > distance;
        }
        return other.meanFinishSeconds() < seconds;
    }

    /**
     * Why another policy is to be the best whose mean distance is less: whoever sees the best's distance alone wonders.
     *
     * @return nothing if it gets as far
     */
    Optional<String> whyLess(Summary other) {
        return other.meanDistance() >= distance
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "The best network is one of %.2f m from now on, though the one before ran %.2f m: guard.bestBy is"
                                + " %s, and it is better by that.",
                        other.meanDistance(),
                        distance,
                        by.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    /** Another policy is the best from now on. */
    void become(Summary summary) {
        score = summary.score();
        distance = summary.meanDistance();
        seconds = summary.meanFinishSeconds();
        finished = Share.of(summary);
        highest = finished.rate > highest.rate ? finished : highest;
    }

    /** Writes all but the score, which checkpoints have had from the beginning. */
    void save(DataOutput out) throws IOException {
        out.writeDouble(distance);
        out.writeDouble(seconds);
        finished.save(out);
        highest.save(out);
    }

    void restoreScore(double saved) {
        score = saved;
    }

    void restore(DataInput in) throws IOException {
        distance = in.readDouble();
        seconds = in.readDouble();
        finished = Share.restored(in);
        highest = Share.restored(in);
    }

    /**
     * A share of some episodes.
     *
     * @param rate 0 to 1; below if no episode was played
     */
    private record Share(double rate, int episodes) {

        static final Share UNKNOWN = new Share(Double.NEGATIVE_INFINITY, 0);

        /** Of a normal distribution 95 % lies within so many standard deviations. */
        private static final double Z = 1.959964;

        static Share of(Summary summary) {
            return new Share(summary.finishRate(), summary.episodes());
        }

        /**
         * Whether the 95 % interval of the difference to another share lies below 0, by Newcombe's hybrid of two score
         * intervals (1998), which holds for shares of 0 and 1 too. It takes the episodes of both for independent; those
         * of a training begin alike, so that it errs, if at all, to the side of not being sure.
         */
        boolean isSurelyBelow(Share other) {
            if (episodes == 0 || other.episodes == 0) {
                return episodes == 0 && other.episodes > 0;
            }
            double up = upper() - rate;
            double down = other.rate - other.lower();
            return rate - other.rate + Math.sqrt(up * up + down * down) < 0;
        }

        /** Wilson's score interval (1927). */
        private double lower() {
            return middle() - half();
        }

        private double upper() {
            return middle() + half();
        }

        private double middle() {
            return (rate + Z * Z / (2 * episodes)) / (1 + Z * Z / episodes);
        }

        private double half() {
            double variance = rate * (1 - rate) / episodes + Z * Z / (4.0 * episodes * episodes);
            return Z * Math.sqrt(variance) / (1 + Z * Z / episodes);
        }

        void save(DataOutput out) throws IOException {
            out.writeDouble(rate);
            out.writeInt(episodes);
        }

        static Share restored(DataInput in) throws IOException {
            return new Share(in.readDouble(), in.readInt());
        }
    }
}
