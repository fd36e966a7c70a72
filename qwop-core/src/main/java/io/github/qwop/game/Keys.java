package io.github.qwop.game;

/** The four keys as bits of a mask: a mask of 0 to 15 names every combination. Q wins over W, O wins over P. */
public final class Keys {

    /** Right thigh back, left thigh forward. */
    public static final int Q = 1;

    /** Right thigh forward, left thigh back. */
    public static final int W = 2;

    /** Calves: opens the right knee, bends the left. */
    public static final int O = 4;

    /** Calves: opens the left knee, bends the right. */
    public static final int P = 8;

    /** No key held. */
    public static final int NONE = 0;

    /** Number of key combinations. */
    public static final int COMBINATIONS = 16;

    private Keys() {}

    /**
     * Checks a mask.
     *
     * @throws IllegalArgumentException if it is none of 0 to 15
     */
    public static void check(int keys) {
        if (keys < 0 || keys >= COMBINATIONS) {
            throw new IllegalArgumentException(
                    "keys is " + keys + ": give a mask of Q 1, W 2, O 4 and P 8, that is 0 to 15.");
        }
    }
}
