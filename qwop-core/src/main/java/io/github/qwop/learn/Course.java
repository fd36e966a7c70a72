package io.github.qwop.learn;

import io.github.qwop.env.VectorEnv;
import io.github.qwop.random.RandomStream;
import io.github.qwop.schedule.Schedule;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How far a training in environments has come: the steps that it has taken of its total, what rollbacks have left of
 * its rate, and the streams of random numbers from which its actions and its samples are drawn.
 */
public final class Course {

    /** Name of the section in which a learner keeps this, and what it counts itself. */
    public static final String COUNTERS = "counters";

    private static final String ENVIRONMENT = "environment";

    private final VectorEnv env;
    private final long totalSteps;
    private final long seed;
    private final EpisodeListener listener;

    private RandomStream exploration;
    private RandomStream sampling;
    private long steps;
    private double rateFactor = 1;

    /**
     * The course before the first step.
     *
     * @param totalSteps environment steps of the whole training: what schedules run over
     * @param seed the run's seed
     * @param listener hears of every episode
     */
    public Course(VectorEnv env, long totalSteps, long seed, EpisodeListener listener) {
        this.env = env;
        this.totalSteps = totalSteps;
        this.seed = seed;
        this.listener = listener;
        exploration = RandomStream.of(seed, "exploration");
        sampling = RandomStream.of(seed, "sampling");
    }

    /** What is played. */
    public VectorEnv env() {
        return env;
    }

    /** Environment steps of the whole training. */
    public long totalSteps() {
        return totalSteps;
    }

    /** Steps taken, over all environments together. */
    public long steps() {
        return steps;
    }

    /** Whether all steps are taken. */
    public boolean isOver() {
        return steps >= totalSteps;
    }

    /** Share of the total that is to come, 1 to 0: what schedules ask for. */
    public double progressRemaining() {
        return 1 - (double) steps / totalSteps;
    }

    /** A learning rate as it is now. */
    public double rate(Schedule learningRate) {
        return rateFactor * learningRate.at(progressRemaining());
    }

    /** What rollbacks have left of the rate, 1 without any. */
    public double rateFactor() {
        return rateFactor;
    }

    /** Multiplies the rate by a factor from now on. */
    public void slowDown(double factor) {
        rateFactor *= factor;
    }

    /** From which networks are drawn before the first step; the same at each call. */
    public RandomStream initialisation() {
        return RandomStream.of(seed, "initialisation");
    }

    /** From which actions are drawn. */
    public RandomStream exploration() {
        return exploration;
    }

    /** From which it is drawn what is learned from. */
    public RandomStream sampling() {
        return sampling;
    }

    /** Tells the environments how far the training is: rewards can follow a schedule. */
    public void tellEnvironments() {
        env.progress(steps, totalSteps);
    }

    /** Takes a step in every environment, and tells of the episodes that end with it. */
    public void step(int[] actions) {
        tellEnvironments();
        env.step(actions);
        int envs = env.envCount();
        steps += envs;
        for (int e = 0; e < envs; e++) {
            if (env.terminated()[e] || env.truncated()[e]) {
                listener.ended(e, env.episode(e));
            }
        }
    }

    /** The environments' part of a learner's state. It stands behind the counters: see {@link #restoreSteps}. */
    public Section environmentSection() {
        return Section.of(ENVIRONMENT, env::save, env::restore);
    }

    /** Writes the steps. */
    public void saveSteps(DataOutput out) throws IOException {
        out.writeLong(steps);
    }

    /** Reads the steps, and tells the environments, which play their way back with the rewards of that time. */
    public void restoreSteps(DataInput in) throws IOException {
        steps = in.readLong();
        tellEnvironments();
    }

    /** Writes what rollbacks have left of the rate. */
    public void saveRate(DataOutput out) throws IOException {
        out.writeDouble(rateFactor);
    }

    /**
     * Reads what {@link #saveRate} wrote, after the steps.
     *
     * @throws IllegalArgumentException if steps or rate cannot be
     */
    public void restoreRate(DataInput in) throws IOException {
        rateFactor = in.readDouble();
        Limits.counters(steps, rateFactor);
    }

    /** Writes where the streams of random numbers stand. */
    public void saveStreams(DataOutput out) throws IOException {
        exploration.save(out);
        sampling.save(out);
    }

    /** Reads what {@link #saveStreams} wrote. */
    public void restoreStreams(DataInput in) throws IOException {
        exploration = RandomStream.restored(in);
        sampling = RandomStream.restored(in);
    }
}
