package io.github.qwop.learn.problems;

import io.github.qwop.env.EpisodeResult;
import io.github.qwop.env.Simulator;
import io.github.qwop.env.VectorEnv;
import io.github.qwop.random.RandomStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A vector environment of a problem whose observation is its whole state. */
public abstract class Problem implements VectorEnv {

    private final int envs;
    private final int stateSize;
    private final int actionCount;
    private final int maxEpisodeSteps;
    private final double[][] states;
    private final RandomStream[] randoms;
    private final int[] lengths;
    private final double[] totals;
    private final float[] observations;
    private final float[] finalObservations;
    private final float[] rewards;
    private final boolean[] terminated;
    private final boolean[] truncated;
    private final @Nullable EpisodeResult[] episodes;

    /**
     * Environments before their first reset.
     *
     * @param maxEpisodeSteps steps after which an episode is cut off, 0 for no limit
     */
    protected Problem(int envs, int stateSize, int actionCount, int maxEpisodeSteps, long seed) {
        this.envs = envs;
        this.stateSize = stateSize;
        this.actionCount = actionCount;
        this.maxEpisodeSteps = maxEpisodeSteps;
        states = new double[envs][stateSize];
        randoms = new RandomStream[envs];
        for (int e = 0; e < envs; e++) {
            randoms[e] = RandomStream.of(seed, "environment-" + e);
        }
        lengths = new int[envs];
        totals = new double[envs];
        observations = new float[envs * stateSize];
        finalObservations = new float[envs * stateSize];
        rewards = new float[envs];
        terminated = new boolean[envs];
        truncated = new boolean[envs];
        episodes = new @Nullable EpisodeResult[envs];
    }

    /** Writes a first state over an old one. */
    protected abstract void start(double[] state, RandomStream random);

    /**
     * Plays an action.
     *
     * @param state changed in place
     * @return the reward
     */
    protected abstract double play(double[] state, int action, RandomStream random);

    /** Whether a state ends the episode. */
    protected abstract boolean isOver(double[] state);

    @Override
    public int envCount() {
        return envs;
    }

    @Override
    public int observationSize() {
        return stateSize;
    }

    @Override
    public int actionCount() {
        return actionCount;
    }

    @Override
    public void reset() {
        for (int e = 0; e < envs; e++) {
            restart(e);
        }
    }

    private void restart(int e) {
        lengths[e] = 0;
        totals[e] = 0;
        start(states[e], randoms[e]);
        observe(e, observations);
    }

    private void observe(int e, float[] into) {
        for (int i = 0; i < stateSize; i++) {
            into[e * stateSize + i] = (float) states[e][i];
        }
    }

    @Override
    public void step(int[] actions) {
        for (int e = 0; e < envs; e++) {
            double reward = play(states[e], actions[e], randoms[e]);
            rewards[e] = (float) reward;
            totals[e] += reward;
            lengths[e]++;
            terminated[e] = isOver(states[e]);
            truncated[e] = !terminated[e] && lengths[e] == maxEpisodeSteps;
            episodes[e] = null;
            if (terminated[e] || truncated[e]) {
                observe(e, finalObservations);
                episodes[e] = new EpisodeResult(totals[e], lengths[e], truncated[e], Map.of());
                restart(e);
            }
            observe(e, observations);
        }
    }

    @Override
    public float[] observations() {
        return observations;
    }

    @Override
    public float[] finalObservations() {
        return finalObservations;
    }

    @Override
    public float[] rewards() {
        return rewards;
    }

    @Override
    public boolean[] terminated() {
        return terminated;
    }

    @Override
    public boolean[] truncated() {
        return truncated;
    }

    @Override
    public EpisodeResult episode(int env) {
        EpisodeResult episode = episodes[env];
        if (episode == null) {
            throw new IllegalStateException("The last step did not end the episode of environment " + env + ".");
        }
        return episode;
    }

    /** Draws from a stream of its own, which begins anew each time: chance is not foreseen. */
    @Override
    public Simulator simulator(int env) {
        return new Copy(env);
    }

    /** A state of its own. */
    private final class Copy implements Simulator {

        private final int env;
        private final double[] state = new double[stateSize];
        private RandomStream random = RandomStream.of(0, "copy");
        private int length;
        private double earned;
        private boolean over;

        Copy(int env) {
            this.env = env;
        }

        @Override
        public void begin() {
            System.arraycopy(states[env], 0, state, 0, stateSize);
            random = RandomStream.of(0, "copy");
            length = lengths[env];
            over = false;
        }

        @Override
        public void step(int action) {
            if (terminated() || truncated()) {
                throw new IllegalStateException("The episode has ended.");
            }
            earned = play(state, action, random);
            length++;
            over = isOver(state);
        }

        @Override
        public void observe(float[] target, int offset) {
            for (int i = 0; i < stateSize; i++) {
                target[offset + i] = (float) state[i];
            }
        }

        @Override
        public float reward() {
            return (float) earned;
        }

        @Override
        public boolean terminated() {
            return over;
        }

        @Override
        public boolean truncated() {
            return !over && maxEpisodeSteps > 0 && length == maxEpisodeSteps;
        }

        @Override
        public void close() {}
    }

    @Override
    public void save(DataOutput out) throws IOException {
        for (int e = 0; e < envs; e++) {
            out.writeInt(lengths[e]);
            out.writeDouble(totals[e]);
            for (double value : states[e]) {
                out.writeDouble(value);
            }
            for (long word : randoms[e].state()) {
                out.writeLong(word);
            }
        }
    }

    @Override
    public void restore(DataInput in) throws IOException {
        for (int e = 0; e < envs; e++) {
            lengths[e] = in.readInt();
            totals[e] = in.readDouble();
            for (int i = 0; i < stateSize; i++) {
                states[e][i] = in.readDouble();
            }
            randoms[e] =
                    RandomStream.fromState(new long[] {in.readLong(), in.readLong(), in.readLong(), in.readLong()});
            observe(e, observations);
        }
    }

    @Override
    public void close() {}
}
