package io.github.qwop.env;

import io.github.qwop.game.Keys;
import io.github.qwop.random.RandomStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What lies between a decision and the game where play is perturbed: keys come late, unevenly, or not at all. It is
 * asked for each update's keys, and writes them down, so that what was played can be played again without it.
 *
 * <p>Each key that a decision presses or lets go changes {@code keyDelay} updates later, and up to {@code keyJitter}
 * sooner or later than that, but not before the decision, and not before the same key's last change: a tap may vanish,
 * it never turns round. A dropped decision changes nothing; the next one is held against what was decided before it.
 */
final class Keyboard {

    private static final int KEYS = 4;

    private final int delay;
    private final int jitter;
    private final double dropped;

    /** Masks of the updates to come, the next one first; the last stays held. */
    private final byte[] coming;

    /** By key: in how many updates its last change comes. */
    private final int[] due = new int[KEYS];

    private int decided;
    private byte[] played = new byte[1024];
    private int updates;

    Keyboard(int delay, int jitter, double dropped) {
        this.delay = delay;
        this.jitter = jitter;
        this.dropped = dropped;
        coming = new byte[delay + jitter + 1];
    }

    /** An episode's first decision is near: no key is held. */
    void reset() {
        Arrays.fill(coming, (byte) Keys.NONE);
        Arrays.fill(due, 0);
        decided = Keys.NONE;
        updates = 0;
    }

    /**
     * Takes a decision.
     *
     * @param keys mask of the keys to hold
     * @param random where it is drawn from what happens to it
     */
    void decide(int keys, RandomStream random) {
        if (dropped > 0 && random.nextDouble() < dropped) {
            return;
        }
        for (int key = 0; key < KEYS; key++) {
            int bit = 1 << key;
            if (((keys ^ decided) & bit) != 0) {
                int late = delay + (jitter > 0 ? random.nextInt(2 * jitter + 1) - jitter : 0);
                due[key] = Math.max(late, due[key]);
                for (int i = due[key]; i < coming.length; i++) {
                    coming[i] = (byte) ((coming[i] & ~bit) | (keys & bit));
                }
            }
        }
        decided = keys;
    }

    /** The keys of the next update, which are written down. */
    int next() {
        int keys = coming[0];
        System.arraycopy(coming, 1, coming, 0, coming.length - 1);
        for (int key = 0; key < KEYS; key++) {
            due[key] = Math.max(0, due[key] - 1);
        }
        note(ActionSet.distinct(keys));
        return keys;
    }

    /** Writes down an update that was played past the keyboard. */
    void note(int action) {
        if (updates == played.length) {
            played = Arrays.copyOf(played, 2 * played.length);
        }
        played[updates++] = (byte) action;
    }

    /** What was held since the first decision: an action of {@link ActionSet#DISTINCT} for each update. */
    byte[] played() {
        return Arrays.copyOf(played, updates);
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(coming.length);
        out.write(coming);
        for (int one : due) {
            out.writeInt(one);
        }
        out.writeByte(decided);
        out.writeInt(updates);
        out.write(played, 0, updates);
    }

    void restore(DataInput in) throws IOException {
        int length = in.readInt();
        if (length != coming.length) {
            throw new IOException("its keys come up to " + (length - 1)
                    + " updates late, and those of this environment " + (coming.length - 1) + ".");
        }
        in.readFully(coming);
        for (int key = 0; key < KEYS; key++) {
            due[key] = in.readInt();
        }
        decided = in.readByte();
        updates = 0;
        for (int count = in.readInt(); updates < count; ) {
            note(in.readByte());
        }
    }
}
