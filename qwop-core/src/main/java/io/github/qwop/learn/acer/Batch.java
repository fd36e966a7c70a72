package io.github.qwop.learn.acer;

import io.github.qwop.model.NativeFloats;

/**
 * Trajectories, one of each environment, to learn from at once. Their observations are rows: those of a trajectory one
 * after another, what followed its last step among them, and after all of them the last ones of episodes that a time
 * limit cut off.
 */
final class Batch {

    private final int size;
    final int steps;

    /** [rows × observation size]. */
    final NativeFloats observations;

    /** Rows in use. */
    int rows;

    /** By environment. */
    final Trajectory[] trajectories;

    /** By environment and step, [environments × steps]: the row of a truncated episode's last observation, else −1. */
    final int[] lastRows;

    Batch(int envs, int steps, int size) {
        this.steps = steps;
        this.size = size;
        observations = new NativeFloats(mostRows(envs, steps) * size);
        trajectories = new Trajectory[envs];
        lastRows = new int[envs * steps];
    }

    /** As many as there are where every step ends an episode. */
    static int mostRows(int envs, int steps) {
        return envs * (2 * steps + 1);
    }

    /** Transitions in it. */
    int count() {
        return trajectories.length * steps;
    }

    /** Row of a step's observation; after the last step, of what followed it. */
    int row(int env, int step) {
        return env * (steps + 1) + step;
    }

    /** Lays out the observations of {@link #trajectories}. */
    void layOut() {
        rows = row(trajectories.length, 0);
        for (int e = 0; e < trajectories.length; e++) {
            Trajectory trajectory = trajectories[e];
            observations.values().put(row(e, 0) * size, trajectory.observations);
            observations.values().put(rows * size, trajectory.lasts);
            for (int t = 0; t < steps; t++) {
                lastRows[e * steps + t] = trajectory.truncated[t] ? rows++ : -1;
            }
        }
    }
}
