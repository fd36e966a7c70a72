package io.github.qwop.game;

import org.jspecify.annotations.Nullable;

/**
 * Which game the twin plays. Recordings, trainings and evaluations carry the version of the rules that they were made
 * under, because the same keys can lead elsewhere under others.
 */
public final class Rules {

    /** What files without a version were made under: wrong at the hurdle, at falling asleep, and at some landings. */
    public static final int FIRST = 1;

    /** The rules of this version: those of the genuine game. */
    public static final int VERSION = 2;

    private Rules() {}

    /**
     * The version that a file tells.
     *
     * @param told what it tells; null for a file from before versions
     */
    public static int of(@Nullable Integer told) {
        return told == null ? FIRST : told;
    }
}
