package io.github.qwop.run.evaluation;

import io.github.qwop.run.settings.SettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a policy must reach; null asks for nothing.
 *
 * @param minMeanDistance metres
 * @param minMedianDistance metres
 * @param minDistance metres, of the worst episode
 * @param minFinishRate share of episodes that are finished, by a landing in the sand with a score of at least 100, 0 to
 *     1
 * @param maxMeanSeconds seconds of play of finished episodes
 * @param maxDistanceDrop how far the mean distance may fall behind the baseline's; the gate falls only if even the
 *     upper end of the difference's 95 % interval lies farther behind, so that noise alone fells no build
 * @param betterThanBaseline how sure it must be that the distance is above the baseline's: the gate falls unless the
 *     whole interval of the difference lies above 0
 * @param minIqmDistance metres, of the interquartile mean over the seeds of a study; one policy alone has none
 */
public record GateSpec(
        @Nullable Double minMeanDistance,
        @Nullable Double minMedianDistance,
        @Nullable Double minDistance,
        @Nullable Double minFinishRate,
        @Nullable Double maxMeanSeconds,
        @Nullable Tolerance maxDistanceDrop,
        @Nullable Confidence betterThanBaseline,
        @Nullable Double minIqmDistance) {

    /** Asks for nothing. */
    public static final GateSpec NOTHING = new GateSpec(null, null, null, null, null, null, null, null);

    /** Checks every value. */
    public GateSpec {
        checkFinite("minMeanDistance", minMeanDistance);
        checkFinite("minMedianDistance", minMedianDistance);
        checkFinite("minDistance", minDistance);
        checkFinite("minIqmDistance", minIqmDistance);
        if (maxMeanSeconds != null && !(maxMeanSeconds > 0 && maxMeanSeconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "gate.maxMeanSeconds is " + maxMeanSeconds + ": give seconds of play above 0, such as 90.");
        }
        if (minFinishRate != null && !(minFinishRate >= 0 && minFinishRate <= 1)) {
            throw new IllegalArgumentException(
                    "gate.minFinishRate is " + minFinishRate + ": give a share from 0 to 1, such as 0.9.");
        }
    }

    private static void checkFinite(String name, @Nullable Double metres) {
        if (metres != null && !Double.isFinite(metres)) {
            throw new IllegalArgumentException("gate." + name + " is " + metres + ": give metres, such as 20.");
        }
    }

    /**
     * Refuses what only a study has.
     *
     * @throws SettingException if a gate is of several seeds
     */
    public void requireOfOnePolicy() {
        if (minIqmDistance != null) {
            throw new SettingException("gate.minIqmDistance is " + minIqmDistance
                    + ": it is of the seeds of a study, and this is one policy: hold it of a study, or set"
                    + " gate.minMeanDistance.");
        }
    }

    /**
     * One gate and how it went.
     *
     * @param name the setting's name
     * @param limit what was asked for
     * @param value what was reached; null if there is no such figure, as the finishing time where nobody finished
     * @param passed whether it holds
     */
    public record Outcome(
            String name, double limit, @Nullable Double value, boolean passed) {

        /** The outcome as a sentence's part. */
        public String text() {
            if (value == null) {
                return String.format(Locale.ROOT, "%s asks for at most %.2f and no episode was finished", name, limit);
            }
            if (name.equals("maxDistanceDrop")) {
                return String.format(
                        Locale.ROOT,
                        "maxDistanceDrop allows %.2f m less than the baseline, and the policy is at least %.2f m behind",
                        -limit,
                        -value);
            }
            if (name.equals("betterThanBaseline")) {
                return String.format(
                        Locale.ROOT,
                        "betterThanBaseline asks for more than the baseline, and the difference may be as low as"
                                + " %.2f",
                        value);
            }
            return String.format(
                    Locale.ROOT,
                    "%s asks for at %s %.2f and the policy reached %.2f",
                    name,
                    name.startsWith("min") ? "least" : "most",
                    limit,
                    value);
        }
    }

    /** The names of the declared gates that a baseline is needed for. */
    List<String> ofBaseline() {
        List<String> names = new ArrayList<>();
        if (maxDistanceDrop != null) {
            names.add("maxDistanceDrop");
        }
        if (betterThanBaseline != null) {
            names.add("betterThanBaseline");
        }
        return names;
    }

    /** Holds the declared gates against the figures. */
    public List<Outcome> check(Summary summary) {
        List<Outcome> outcomes = new ArrayList<>();
        least(outcomes, "minMeanDistance", minMeanDistance, summary.meanDistance());
        least(outcomes, "minMedianDistance", minMedianDistance, summary.medianDistance());
        least(outcomes, "minDistance", minDistance, summary.minDistance());
        least(outcomes, "minFinishRate", minFinishRate, summary.finishRate());
        if (maxMeanSeconds != null) {
            double value = summary.meanFinishSeconds();
            outcomes.add(new Outcome(
                    "maxMeanSeconds", maxMeanSeconds, Double.isNaN(value) ? null : value, value <= maxMeanSeconds));
        }
        return outcomes;
    }

    /**
     * Holds the distances against a baseline, see {@link Baseline#gain}.
     *
     * @param itself whether these distances become the baseline: no better than themselves, they hold
     */
    List<Outcome> check(Baseline baseline, double[] distances, boolean paired, boolean itself) {
        List<Outcome> outcomes = new ArrayList<>();
        if (maxDistanceDrop != null) {
            double limit = -maxDistanceDrop.metres(baseline.mean());
            double upper = baseline.gain(distances, paired, Confidence.USUAL).high();
            outcomes.add(new Outcome("maxDistanceDrop", limit, upper, upper >= limit));
        }
        if (betterThanBaseline != null) {
            double low = baseline.gain(distances, paired, betterThanBaseline).low();
            outcomes.add(itself ? new Outcome("betterThanBaseline", 0, low, true) : better(low));
        }
        return outcomes;
    }

    /**
     * Whether a difference is above 0.
     *
     * @param low the lower end of its interval, in metres
     */
    public static Outcome better(double low) {
        return new Outcome("betterThanBaseline", 0, low, low > 0);
    }

    private static void least(List<Outcome> outcomes, String name, @Nullable Double limit, double value) {
        if (limit != null) {
            outcomes.add(new Outcome(name, limit, value, value >= limit));
        }
    }
}
