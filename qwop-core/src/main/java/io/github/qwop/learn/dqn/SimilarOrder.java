package io.github.qwop.learn.dqn;

import java.util.Arrays;

/**
 * Sorts one row of numbers after another. A network's quantiles lie in much the same order whatever it sees, so that
 * each row is first put into the order of the one before, and then mended by insertion; where there is too much to mend
 * it is sorted anew. The outcome does not depend on what was sorted before.
 */
final class SimilarOrder {

    /** Moves for each number, above which sorting anew is faster. */
    private static final int MOST_MOVES = 30;

    private final int n;

    /** Numbers as sortable keys, with their index in the low half: all differ, and so have one order. */
    private final long[] keys;

    SimilarOrder(int n) {
        this.n = n;
        keys = new long[n];
        for (int i = 0; i < n; i++) {
            keys[i] = i;
        }
    }

    /** Sorts the values from an index on. */
    void sort(float[] values, int offset) {
        for (int k = 0; k < n; k++) {
            int i = (int) keys[k];
            keys[k] = key(values[offset + i]) << 32 | i;
        }
        int moves = MOST_MOVES * n;
        for (int k = 1; k < n; k++) {
            long key = keys[k];
            int at = k;
            while (at > 0 && keys[at - 1] > key) {
                keys[at] = keys[at - 1];
                at--;
            }
            keys[at] = key;
            moves -= k - at;
            if (moves < 0) {
                Arrays.sort(keys);
                return;
            }
        }
    }

    /** Negative floats order backwards by their bits. */
    private static long key(float value) {
        int bits = Float.floatToRawIntBits(value);
        return bits < 0 ? ~bits ^ Integer.MIN_VALUE : bits;
    }

    /** Where number k in order stands in the row. */
    int index(int k) {
        return (int) keys[k];
    }

    /** Number k in order. */
    float value(int k) {
        int key = (int) (keys[k] >> 32);
        return Float.intBitsToFloat(key < 0 ? ~(key ^ Integer.MIN_VALUE) : key);
    }
}
