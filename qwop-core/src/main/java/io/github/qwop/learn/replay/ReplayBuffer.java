package io.github.qwop.learn.replay;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.model.Floats;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The last transitions of several environments in flat arrays. A next observation is not stored twice: it is the row
 * after, except at the end of a truncated episode, whose last observation has a place of its own.
 *
 * <p>Row r of environment e is slot r·n + e. When the ring is full, its oldest row is given up for the observation that
 * follows the newest.
 */
public final class ReplayBuffer {

    private static final byte GOES_ON = 0;
    private static final byte TERMINATED = 1;
    private static final byte TRUNCATED = 2;
    private static final int NO_PLACE = -1;

    /** No JVM refuses an array of this length. */
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final int rows;
    private final int envs;
    private final int size;
    private final float[] observations;
    private final byte[] actions;
    private final float[] rewards;
    private final byte[] ends;

    /** Place in {@link #lastObservations} of a truncated slot's last observation. */
    private final int[] places;

    private float[] lastObservations = new float[0];
    private int[] freePlaces = new int[0];
    private int freeCount;

    private int next;
    private boolean full;

    /**
     * An empty buffer.
     *
     * @param capacity transitions, over all environments
     * @param envs number of environments
     * @param size floats per observation
     */
    public ReplayBuffer(int capacity, int envs, int size) {
        this.rows = Math.max(2, capacity / envs + 1);
        this.envs = envs;
        this.size = size;
        try {
            observations = new float[Math.multiplyExact(Math.multiplyExact(rows, envs), size)];
        } catch (OutOfMemoryError e) {
            throw new OutOfMemoryError("the replay buffer of " + capacity
                    + " transitions does not fit; a smaller learner.bufferSize does: " + e.getMessage());
        }
        actions = new byte[rows * envs];
        rewards = new float[rows * envs];
        ends = new byte[rows * envs];
        places = new int[rows * envs];
        Arrays.fill(places, NO_PLACE);
    }

    /** Largest capacity whose observations fit one array. */
    public static int largestCapacity(int envs, int size) {
        return (LONGEST_ARRAY / (envs * size) - 1) * envs;
    }

    /** A buffer that holds what others did, in one row of slots. */
    public static ReplayBuffer of(Demonstrations shown) {
        int size = shown.observationSize();
        ReplayBuffer buffer = new ReplayBuffer(shown.count(), 1, size);
        float[] before = new float[size];
        float[] after = new float[size];
        float[] last = new float[size];
        int episode = 0;
        for (int i = 0; i < shown.count(); i++) {
            boolean ends = shown.terminated()[i] || shown.truncated()[i];
            System.arraycopy(shown.observations(), i * size, before, 0, size);
            if (ends) {
                System.arraycopy(shown.finalObservations(), episode * size, last, 0, size);
                episode++;
            } else {
                System.arraycopy(shown.observations(), (i + 1) * size, after, 0, size);
            }
            buffer.add(
                    before,
                    new int[] {shown.actions()[i]},
                    new float[] {shown.rewards()[i]},
                    new boolean[] {shown.terminated()[i]},
                    new boolean[] {shown.truncated()[i]},
                    after,
                    last);
        }
        return buffer;
    }

    /** Number of rows that can be drawn from; each holds a transition of every environment. */
    public int usableRows() {
        return full ? rows - 1 : next;
    }

    /** Number of environments. */
    public int envs() {
        return envs;
    }

    /** Number of slots, the unusable ones included. */
    public int slots() {
        return rows * envs;
    }

    /** Slot of a transition; age 0 is the oldest usable row. */
    public int slot(int age, int env) {
        int row = full ? next + 1 + age : age;
        return (row >= rows ? row - rows : row) * envs + env;
    }

    /** First slot of the row that the next {@link #add} writes. */
    public int nextRow() {
        return next * envs;
    }

    /** First slot of the row that becomes unusable by the next {@link #add}, or −1 while the ring fills. */
    public int expiringRow() {
        int after = next + 1 == rows ? 0 : next + 1;
        return full || after == 0 ? after * envs : -1;
    }

    /**
     * Adds a step of all environments.
     *
     * @param before observations that the actions answered, [envs × size]
     * @param after observations that followed, of new episodes where one ended
     * @param last last observations of episodes that ended
     */
    public void add(
            float[] before,
            int[] taken,
            float[] got,
            boolean[] terminated,
            boolean[] truncated,
            float[] after,
            float[] last) {
        int row = next * envs;
        System.arraycopy(before, 0, observations, row * size, envs * size);
        for (int e = 0; e < envs; e++) {
            int slot = row + e;
            release(slot);
            actions[slot] = (byte) taken[e];
            rewards[slot] = got[e];
            ends[slot] = terminated[e] ? TERMINATED : truncated[e] ? TRUNCATED : GOES_ON;
            if (ends[slot] == TRUNCATED) {
                int place = takePlace();
                System.arraycopy(last, e * size, lastObservations, place * size, size);
                places[slot] = place;
            }
        }
        next++;
        if (next == rows) {
            next = 0;
            full = true;
        }
        System.arraycopy(after, 0, observations, next * envs * size, envs * size);
    }

    private void release(int slot) {
        if (places[slot] != NO_PLACE) {
            freePlaces[freeCount++] = places[slot];
            places[slot] = NO_PLACE;
        }
    }

    private int takePlace() {
        if (freeCount == 0) {
            int old = freePlaces.length;
            int grown = Math.max(8, 2 * old);
            lastObservations = Arrays.copyOf(lastObservations, grown * size);
            freePlaces = Arrays.copyOf(freePlaces, grown);
            for (int place = grown - 1; place >= old; place--) {
                freePlaces[freeCount++] = place;
            }
        }
        return freePlaces[--freeCount];
    }

    /** What a drawn transition amounts to over up to n steps. */
    public static final class Sample {
        int action;
        float reward;
        float discount;

        /** The action taken. */
        public int action() {
            return action;
        }

        /** Discounted sum of the rewards. */
        public float reward() {
            return reward;
        }

        /** What the bootstrapped value is multiplied by: γ to the number of steps, 0 after a termination. */
        public float discount() {
            return discount;
        }
    }

    /**
     * Reads a transition over n steps, fewer where its episode ends or the newest row is reached.
     *
     * @param slot a usable slot
     * @param observation receives the first observation from {@code offset} on
     * @param nextObservation receives the one to bootstrap from, from {@code nextOffset} on
     */
    public void read(
            int slot,
            int nStep,
            double gamma,
            Sample sample,
            FloatBuffer observation,
            int offset,
            FloatBuffer nextObservation,
            int nextOffset) {
        observation.put(offset, observations, slot * size, size);
        sample.action = actions[slot];
        double reward = 0;
        double factor = 1;
        int at = slot;
        int newest = (next == 0 ? rows - 1 : next - 1) * envs;
        for (int k = 1; ; k++) {
            reward += factor * rewards[at];
            factor *= gamma;
            int following = at + envs < slots() ? at + envs : at + envs - slots();
            if (ends[at] != GOES_ON) {
                boolean place = ends[at] == TRUNCATED;
                sample.discount = place ? (float) factor : 0;
                if (place) {
                    nextObservation.put(nextOffset, lastObservations, places[at] * size, size);
                } else {
                    // Its value counts for nothing; any finite observation will do.
                    nextObservation.put(nextOffset, observations, at * size, size);
                }
                break;
            }
            if (k == nStep || (at >= newest && at < newest + envs)) {
                sample.discount = (float) factor;
                nextObservation.put(nextOffset, observations, following * size, size);
                break;
            }
            at = following;
        }
        sample.reward = (float) reward;
    }

    public void save(DataOutput out) throws IOException {
        out.writeInt(rows);
        out.writeInt(envs);
        out.writeInt(size);
        out.writeInt(next);
        out.writeBoolean(full);
        int used = full ? rows * envs : (next + 1) * envs;
        Floats.write(out, observations, used * size);
        Floats.write(out, rewards, used);
        out.write(actions, 0, used);
        out.write(ends, 0, used);
        int truncatedCount = 0;
        for (int slot = 0; slot < used; slot++) {
            truncatedCount += places[slot] == NO_PLACE ? 0 : 1;
        }
        out.writeInt(truncatedCount);
        for (int slot = 0; slot < used; slot++) {
            if (places[slot] != NO_PLACE) {
                out.writeInt(slot);
                Floats.write(out, Arrays.copyOfRange(lastObservations, places[slot] * size, (places[slot] + 1) * size));
            }
        }
    }

    public void restore(DataInput in) throws IOException {
        int savedRows = in.readInt();
        int savedEnvs = in.readInt();
        int savedSize = in.readInt();
        if (savedRows != rows || savedEnvs != envs || savedSize != size) {
            throw new IOException("the replay buffer has " + savedRows + " × " + savedEnvs + " × " + savedSize
                    + " values, not " + rows + " × " + envs + " × " + size);
        }
        next = in.readInt();
        full = in.readBoolean();
        if (next < 0 || next >= rows) {
            throw new IOException("the replay buffer stands at row " + next + " of " + rows);
        }
        int used = full ? rows * envs : (next + 1) * envs;
        Floats.readOver(in, observations);
        Floats.readOver(in, rewards);
        in.readFully(actions, 0, used);
        in.readFully(ends, 0, used);
        Arrays.fill(places, NO_PLACE);
        lastObservations = new float[0];
        freePlaces = new int[0];
        freeCount = 0;
        int truncatedCount = in.readInt();
        for (int i = 0; i < truncatedCount; i++) {
            int slot = in.readInt();
            int place = takePlace();
            float[] last = Floats.read(in);
            System.arraycopy(last, 0, lastObservations, place * size, size);
            places[slot] = place;
        }
    }
}
