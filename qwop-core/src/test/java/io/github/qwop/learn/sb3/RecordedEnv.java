package io.github.qwop.learn.sb3;

import io.github.qwop.env.EpisodeResult;
import io.github.qwop.env.VectorEnv;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows and pays again what the library's environments did, to a learner that plays the same actions. */
public final class RecordedEnv implements VectorEnv {

    /** The actions of every update that was recorded. */
    public static final int ACTIONS = 3;

    private final Sb3Update update;
    private final float[] observations;
    private final float[] finalObservations;
    private int next;

    /** Environments before their first reset. */
    public RecordedEnv(Sb3Update update) {
        this.update = update;
        observations = new float[envCount() * observationSize()];
        finalObservations = new float[envCount() * observationSize()];
    }

    private Sb3Update.Step last() {
        return update.steps().get(next - 1);
    }

    @Override
    public int envCount() {
        return update.first().length;
    }

    @Override
    public int observationSize() {
        return update.first()[0].length;
    }

    @Override
    public int actionCount() {
        return ACTIONS;
    }

    @Override
    public void reset() {
        next = 0;
        show(update.first(), observations);
    }

    private static void show(float[] @Nullable [] seen, float[] into) {
        for (int e = 0; e < seen.length; e++) {
            float[] row = seen[e];
            if (row != null) {
                System.arraycopy(row, 0, into, e * row.length, row.length);
            }
        }
    }

    @Override
    public void step(int[] actions) {
        next++;
        if (!Arrays.equals(actions, last().actions())) {
            throw new IllegalArgumentException("Step " + next + " was played with " + Arrays.toString(last().actions())
                    + ", not " + Arrays.toString(actions) + ".");
        }
        show(last().observations(), observations);
        show(last().finalObservations(), finalObservations);
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
        return last().rewards();
    }

    @Override
    public boolean[] terminated() {
        return last().terminated();
    }

    @Override
    public boolean[] truncated() {
        return last().truncated();
    }

    @Override
    public EpisodeResult episode(int env) {
        return new EpisodeResult(0, 0, last().truncated()[env], Map.of());
    }

    @Override
    public void save(DataOutput out) {}

    @Override
    public void restore(DataInput from) {}

    @Override
    public void close() {}
}
