package io.github.qwop.env;

import io.github.qwop.game.Keys;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the 60 numbers of a state do not show and the past decides: the keys of the last decision, and which limits the
 * hips have, which stay when O or P is let go.
 *
 * <p>Values, 0 or 1 each: Q, W, O, P held; limits as at the start, as O set them, as P set them. At an episode's start
 * no key is held and the limits are those of the start; what start noise holds counts like a decision. After a decision
 * the keys are its keys; if it holds O the limits are O's, else if it holds P they are P's, else they stay.
 */
public final class Context {

    /** Number of values. */
    static final int SIZE = 7;

    private static final int KEYS = 4;
    private static final int START = 4;
    private static final int AFTER_O = 5;
    private static final int AFTER_P = 6;

    private int keys;
    private int limits;

    /** The context at an episode's start. */
    public Context() {
        reset();
    }

    /** An episode starts. */
    public void reset() {
        keys = Keys.NONE;
        limits = START;
    }

    /** A decision, or start noise, holds these keys. */
    public void hold(int mask) {
        keys = mask;
        if ((mask & Keys.O) != 0) {
            limits = AFTER_O;
        } else if ((mask & Keys.P) != 0) {
            limits = AFTER_P;
        }
    }

    /** The keys of the last decision. */
    public int keys() {
        return keys;
    }

    /** All of it as one number, for a row of a search. */
    public int packed() {
        return limits << KEYS | keys;
    }

    /** Goes on from what {@link #packed} gave. */
    public void unpack(int packed) {
        keys = packed & (1 << KEYS) - 1;
        limits = packed >> KEYS;
    }

    void save(DataOutput out) throws IOException {
        out.writeByte(keys);
        out.writeByte(limits);
    }

    void restore(DataInput in) throws IOException {
        keys = in.readByte();
        limits = in.readByte();
    }

    /** Writes {@value #SIZE} values. */
    void write(float[] target, int offset) {
        for (int i = 0; i < SIZE; i++) {
            target[offset + i] = i < KEYS ? keys >> i & 1 : i == limits ? 1 : 0;
        }
    }
}
