package io.github.qwop.env;

import java.util.Arrays;
import java.util.List;

/**
 * What someone saw, did and got for it: material for imitation. Steps of one episode follow each other.
 *
 * @param observationSize number of values of an observation
 * @param actionCount number of actions there are
 * @param observations normalised observations, [steps × {@code observationSize}]; not copied
 * @param actions the action taken on each, 0 to {@code actionCount} − 1; not copied
 * @param rewards what each paid; not copied
 * @param terminated the steps that ended an episode by the task's own rules; not copied
 * @param truncated the last steps of episodes that end without that; not copied
 * @param finalObservations what was seen after the last step of each episode, in order, [episodes ×
 *     {@code observationSize}]; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record Demonstrations(
        int observationSize,
        int actionCount,
        float[] observations,
        int[] actions,
        float[] rewards,
        boolean[] terminated,
        boolean[] truncated,
        float[] finalObservations) {

    /** Checks lengths and actions. */
    public Demonstrations {
        int count = actions.length;
        if (observations.length != count * observationSize) {
            throw new IllegalArgumentException(count + " demonstrated actions need as many observations of "
                    + observationSize + " values, not " + observations.length + " values.");
        }
        if (rewards.length != count || terminated.length != count || truncated.length != count) {
            throw new IllegalArgumentException(count + " demonstrated actions need as many rewards and ends, not "
                    + rewards.length + ", " + terminated.length + " and " + truncated.length + ".");
        }
        for (int action : actions) {
            if (action < 0 || action >= actionCount) {
                throw new IllegalArgumentException(
                        "A demonstrated action is " + action + ": give 0 to " + (actionCount - 1) + ".");
            }
        }
        int ends = 0;
        for (int i = 0; i < count; i++) {
            ends += terminated[i] || truncated[i] ? 1 : 0;
        }
        if (count > 0 && !terminated[count - 1] && !truncated[count - 1]) {
            throw new IllegalArgumentException("The last demonstrated step ends no episode: mark it as truncated.");
        }
        if (finalObservations.length != ends * observationSize) {
            throw new IllegalArgumentException(ends + " demonstrated episodes need as many final observations of "
                    + observationSize + " values, not " + finalObservations.length + " values.");
        }
    }

    /** No steps. */
    public static Demonstrations none(int observationSize, int actionCount) {
        return new Demonstrations(
                observationSize,
                actionCount,
                new float[0],
                new int[0],
                new float[0],
                new boolean[0],
                new boolean[0],
                new float[0]);
    }

    /** Steps of which only sight and action are known, for cloning: each is an episode of its own that pays nothing. */
    public static Demonstrations ofActions(int observationSize, int actionCount, float[] observations, int[] actions) {
        boolean[] ends = new boolean[actions.length];
        Arrays.fill(ends, true);
        return new Demonstrations(
                observationSize,
                actionCount,
                observations,
                actions,
                new float[actions.length],
                ends,
                new boolean[actions.length],
                observations);
    }

    /**
     * One after another.
     *
     * @param parts all of one observation size and number of actions, at least one
     */
    public static Demonstrations joined(List<Demonstrations> parts) {
        int size = parts.get(0).observationSize();
        int steps = parts.stream().mapToInt(Demonstrations::count).sum();
        int episodes = parts.stream().mapToInt(Demonstrations::episodes).sum();
        float[] observations = new float[steps * size];
        int[] actions = new int[steps];
        float[] rewards = new float[steps];
        boolean[] terminated = new boolean[steps];
        boolean[] truncated = new boolean[steps];
        float[] finalObservations = new float[episodes * size];
        int step = 0;
        int episode = 0;
        for (Demonstrations part : parts) {
            int count = part.count();
            System.arraycopy(part.observations, 0, observations, step * size, count * size);
            System.arraycopy(part.actions, 0, actions, step, count);
            System.arraycopy(part.rewards, 0, rewards, step, count);
            System.arraycopy(part.terminated, 0, terminated, step, count);
            System.arraycopy(part.truncated, 0, truncated, step, count);
            System.arraycopy(part.finalObservations, 0, finalObservations, episode * size, part.episodes() * size);
            step += count;
            episode += part.episodes();
        }
        return new Demonstrations(
                size,
                parts.get(0).actionCount(),
                observations,
                actions,
                rewards,
                terminated,
                truncated,
                finalObservations);
    }

    /** Number of steps. */
    public int count() {
        return actions.length;
    }

    /** Number of episodes. */
    public int episodes() {
        return finalObservations.length / observationSize;
    }
}
