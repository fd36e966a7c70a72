package io.github.qwop.env;

import io.github.qwop.game.Game;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * What someone saw and did: material for imitation.
 *
 * @param observationSize number of values of an observation
 * @param actionCount number of actions there are
 * @param observations normalised observations, [steps × {@code observationSize}]; not copied
 * @param actions the action taken on each, 0 to {@code actionCount} − 1; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record Demonstrations(int observationSize, int actionCount, float[] observations, int[] actions) {

    /** Checks lengths and actions. */
    public Demonstrations {
        if (observations.length != actions.length * observationSize) {
            throw new IllegalArgumentException(actions.length + " demonstrated actions need as many observations of "
                    + observationSize + " values, not " + observations.length + " values.");
        }
        for (int action : actions) {
            if (action < 0 || action >= actionCount) {
                throw new IllegalArgumentException(
                        "A demonstrated action is " + action + ": give 0 to " + (actionCount - 1) + ".");
            }
        }
    }

    /** Number of steps. */
    public int count() {
        return actions.length;
    }

    /**
     * Plays recordings again to see what their players saw.
     *
     * @param actionSet what the actions are to mean; the recordings may have others with the same keys
     * @param games makes a game for each recording
     * @throws IllegalArgumentException if a recording holds keys that are no action of the set
     */
    public static Demonstrations replay(
            List<Recording> recordings, ActionSet actionSet, Supplier<? extends Game> games) {
        int size = Observations.SIZE;
        int most = recordings.stream().mapToInt(r -> r.actions().length).sum();
        float[] observations = new float[most * size];
        int[] actions = new int[most];
        int count = 0;
        for (Recording recording : recordings) {
            int[] translated = translation(recording.actionSet(), actionSet);
            try (QwopEnv env = new QwopEnv(recording.spec(), games.get(), RewardShaper.NONE, recording.random())) {
                env.reset();
                for (byte action : recording.actions()) {
                    if (action == recording.actionSet().size() || env.terminated()) {
                        // To give up is nothing to imitate.
                        break;
                    }
                    if (translated[action] < 0) {
                        throw new IllegalArgumentException("A recording holds the keys "
                                + ActionSet.name(recording.actionSet().keys(action))
                                + ", which are no action of the set " + actionSet
                                + ": give an action set that has them, such as full.");
                    }
                    env.observe(observations, count * size);
                    actions[count++] = translated[action];
                    env.step(action);
                }
            }
        }
        return new Demonstrations(
                size, actionSet.size(), Arrays.copyOf(observations, count * size), Arrays.copyOf(actions, count));
    }

    /** The number of each action in another set, −1 where it is not there. */
    private static int[] translation(ActionSet from, ActionSet to) {
        int[] translation = new int[from.size()];
        for (int action = 0; action < from.size(); action++) {
            translation[action] = -1;
            for (int other = 0; other < to.size(); other++) {
                if (to.keys(other) == from.keys(action)) {
                    translation[action] = other;
                }
            }
        }
        return translation;
    }
}
