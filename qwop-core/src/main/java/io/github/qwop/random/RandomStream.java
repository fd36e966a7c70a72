package io.github.qwop.random;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * A named, seeded random stream whose whole state can be saved: the same seed and name always give the same numbers,
 * and streams with different names do not disturb each other.
 *
 * <p>The generator is xoshiro256++ (Blackman and Vigna, 2021), seeded through SplitMix64 (Steele, Lea and Flood, 2014).
 * Not thread safe.
 */
public final class RandomStream implements RandomGenerator {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** FNV-1a's 64-bit offset basis and prime: they turn a stream's name into a number. */
    private static final long FNV_BASIS = 0xCBF29CE484222325L;

    private static final long FNV_PRIME = 0x100000001B3L;

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    private RandomStream(long s0, long s1, long s2, long s3) {
        this.s0 = s0;
        this.s1 = s1;
        this.s2 = s2;
        this.s3 = s3;
    }

    /**
     * The stream of this name under this seed, at its beginning.
     *
     * @param seed the run's seed
     * @param name what the stream is for, such as {@code exploration} or {@code environment-3}
     */
    public static RandomStream of(long seed, String name) {
        long hash = FNV_BASIS;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
        }
        long x = mix(seed + GOLDEN_GAMMA) ^ hash;
        long[] state = new long[4];
        for (int i = 0; i < state.length; i++) {
            x += GOLDEN_GAMMA;
            state[i] = mix(x);
        }
        return fromState(state);
    }

    /**
     * A stream that goes on where another stopped.
     *
     * @param state what {@link #state()} returned, 4 values
     * @throws IllegalArgumentException if the state has another length or is all zero
     */
    public static RandomStream fromState(long[] state) {
        if (state.length != 4) {
            throw new IllegalArgumentException("A random stream's state has 4 values, not " + state.length + ".");
        }
        if ((state[0] | state[1] | state[2] | state[3]) == 0) {
            throw new IllegalArgumentException("A random stream's state may not be all zero.");
        }
        return new RandomStream(state[0], state[1], state[2], state[3]);
    }

    /** The state: 4 values, a copy. */
    public long[] state() {
        return new long[] {s0, s1, s2, s3};
    }

    @Override
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** Shuffles the first values of an array, by Fisher and Yates. */
    public void shuffle(int[] values, int count) {
        for (int i = count - 1; i > 0; i--) {
            int other = nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[other];
            values[other] = swapped;
        }
    }

    /** Writes the state. */
    public void save(DataOutput out) throws IOException {
        for (long word : state()) {
            out.writeLong(word);
        }
    }

    /** A stream that goes on where the one stood that {@link #save} wrote. */
    public static RandomStream restored(DataInput in) throws IOException {
        return fromState(new long[] {in.readLong(), in.readLong(), in.readLong(), in.readLong()});
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
