package io.github.qwop.learn.acer;

import io.github.qwop.random.RandomStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The last rollouts: of each a trajectory for every environment. */
final class TrajectoryBuffer {

    private final int steps;
    private final int envs;
    private final int size;
    private final int actionCount;

    /** By rollout and environment. */
    private final Trajectory[][] rollouts;

    private int next;
    private int count;

    /**
     * An empty buffer.
     *
     * @param capacity rollouts, at least 1
     * @param steps of a trajectory
     */
    TrajectoryBuffer(int capacity, int steps, int envs, int size, int actionCount) {
        this.steps = steps;
        this.envs = envs;
        this.size = size;
        this.actionCount = actionCount;
        rollouts = new Trajectory[capacity][0];
    }

    /** A new rollout, which takes the oldest one's place if the buffer is full. */
    void add(Trajectory[] rollout) {
        rollouts[next] = rollout.clone();
        next = (next + 1) % rollouts.length;
        count = Math.min(count + 1, rollouts.length);
    }

    /** Number of rollouts in it. */
    int count() {
        return count;
    }

    /** One trajectory of each environment, of any rollout: those of one rollout would be too much alike. */
    void draw(RandomStream random, Trajectory[] drawn) {
        for (int e = 0; e < envs; e++) {
            drawn[e] = rollouts[random.nextInt(count)][e];
        }
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(rollouts.length);
        out.writeInt(envs);
        out.writeInt(next);
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            for (Trajectory trajectory : rollouts[i]) {
                trajectory.save(out);
            }
        }
    }

    void restore(DataInput in) throws IOException {
        int capacity = in.readInt();
        int savedEnvs = in.readInt();
        if (capacity != rollouts.length || savedEnvs != envs) {
            throw new IOException("the buffer has " + capacity + " rollouts of " + savedEnvs + " environments, not "
                    + rollouts.length + " of " + envs);
        }
        next = in.readInt();
        count = in.readInt();
        if (count < 0 || count > capacity || next < 0 || next >= capacity) {
            throw new IOException("the buffer has " + count + " rollouts of " + capacity + " and goes on at " + next);
        }
        for (int i = 0; i < count; i++) {
            rollouts[i] = new Trajectory[envs];
            for (int e = 0; e < envs; e++) {
                rollouts[i][e] = new Trajectory(steps, size, actionCount);
                rollouts[i][e].restore(in);
            }
        }
    }
}
