package io.github.qwop.run.search;

import org.jspecify.annotations.Nullable;

/**
 * What a search must reach; null asks for nothing.
 *
 * @param maxSeconds score clock at the objective, in seconds of play, of the slowest start
 */
public record SearchGate(@Nullable Double maxSeconds) {

    /** Asks for nothing. */
    public static final SearchGate NOTHING = new SearchGate(null);

    /** Checks the time. */
    public SearchGate {
        if (maxSeconds != null && !(maxSeconds > 0 && maxSeconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "gate.maxSeconds is " + maxSeconds + ": give seconds of play above 0, such as 45.53.");
        }
    }
}
