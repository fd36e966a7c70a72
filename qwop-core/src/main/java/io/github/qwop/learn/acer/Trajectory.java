package io.github.qwop.learn.acer;

import io.github.qwop.model.Floats;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Some steps of one environment one after another, over the ends of episodes, with how likely each action was. */
final class Trajectory {

    final int steps;
    private final int size;
    private final int actionCount;

    /** Of each step, and what followed the last, [(steps + 1) × size]. */
    final float[] observations;

    final byte[] actions;
    final float[] rewards;
    final boolean[] terminated;
    final boolean[] truncated;

    /** Of each action by the policy that played, [steps × actions]. */
    final float[] probabilities;

    /** Last observations of the truncated episodes, in their order, [truncated × size]. */
    float[] lasts = new float[0];

    Trajectory(int steps, int size, int actionCount) {
        this.steps = steps;
        this.size = size;
        this.actionCount = actionCount;
        observations = new float[(steps + 1) * size];
        actions = new byte[steps];
        rewards = new float[steps];
        terminated = new boolean[steps];
        truncated = new boolean[steps];
        probabilities = new float[steps * actionCount];
    }

    /** Number of episodes in it that a time limit cut off. */
    int truncations() {
        return lasts.length / size;
    }

    /** Keeps the observation with which an episode was cut off. */
    void addLast(float[] observed, int offset) {
        int at = lasts.length;
        lasts = Arrays.copyOf(lasts, at + size);
        System.arraycopy(observed, offset, lasts, at, size);
    }

    void save(DataOutput out) throws IOException {
        Floats.write(out, observations);
        out.write(actions);
        Floats.write(out, rewards);
        for (int t = 0; t < steps; t++) {
            out.writeBoolean(terminated[t]);
            out.writeBoolean(truncated[t]);
        }
        Floats.write(out, probabilities);
        Floats.write(out, lasts);
    }

    void restore(DataInput in) throws IOException {
        Floats.readOver(in, observations);
        in.readFully(actions);
        Floats.readOver(in, rewards);
        int cut = 0;
        for (int t = 0; t < steps; t++) {
            terminated[t] = in.readBoolean();
            truncated[t] = in.readBoolean();
            cut += truncated[t] ? 1 : 0;
            if (actions[t] < 0 || actions[t] >= actionCount) {
                throw new IOException("a trajectory has the action " + actions[t] + " of " + actionCount);
            }
        }
        Floats.readOver(in, probabilities);
        lasts = Floats.read(in);
        if (lasts.length != cut * size) {
            throw new IOException("a trajectory has " + lasts.length + " numbers of " + cut + " last observations");
        }
    }
}
