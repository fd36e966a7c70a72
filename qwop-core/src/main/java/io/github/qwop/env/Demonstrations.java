package io.github.qwop.env;

import io.github.qwop.game.Game;
import io.github.qwop.game.Rules;
import io.github.qwop.game.Trigonometry;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

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

    /**
     * Plays recordings again to see what their players saw, and what it would have paid them in an environment.
     *
     * @param environment what the demonstrations are for: its actions, which may be another set with the same keys, and
     *     its rewards; its step limit does not cut recordings
     * @param shaper changes the rewards
     * @param games makes a game for each recording, with its sine and cosine
     * @throws IllegalArgumentException if a recording holds keys that are no action of the set, has another number of
     *     frames per step, or does not lead where it says; a distance of NaN says nothing
     */
    public static Demonstrations replay(
            List<Recording> recordings,
            EnvSpec environment,
            RewardShaper shaper,
            Function<Trigonometry, ? extends Game> games) {
        Replayed replayed = new Replayed(
                environment,
                recordings.stream().mapToInt(r -> r.actions().length).sum(),
                recordings.size());
        for (Recording recording : recordings) {
            Game game = games.apply(recording.trigonometry());
            try (QwopEnv env = new QwopEnv(environment.playing(recording), game, shaper, recording.random())) {
                replayed.add(recording, env);
            }
        }
        return replayed.demonstrations();
    }

    /** Demonstrations as far as they have been replayed. */
    private static final class Replayed {

        private static final String ALTERED =
                ": it is altered or of another game; give recordings as qwop:evaluate wrote them.";

        private static String reason(Recording recording) {
            return recording.rules() == Rules.VERSION
                    ? ALTERED
                    : ": it was made under version " + recording.rules() + " of the game's rules, and the twin plays"
                            + " version " + Rules.VERSION + "; record it anew.";
        }

        private final EnvSpec environment;
        private final int size;
        private final float[] observations;
        private final int[] actions;
        private final float[] rewards;
        private final boolean[] terminated;
        private final boolean[] truncated;
        private final float[] finalObservations;
        private int count;
        private int episodes;

        Replayed(EnvSpec environment, int steps, int recordings) {
            this.environment = environment;
            size = environment.observation().size();
            observations = new float[steps * size];
            actions = new int[steps];
            rewards = new float[steps];
            terminated = new boolean[steps];
            truncated = new boolean[steps];
            finalObservations = new float[recordings * size];
        }

        void add(Recording recording, QwopEnv env) {
            if (recording.framesPerStep() != environment.framesPerStep()) {
                throw new IllegalArgumentException("The recording has " + recording.framesPerStep()
                        + " frames per step, and environment.framesPerStep is " + environment.framesPerStep()
                        + ": give the environment the recording's value, or another recording.");
            }
            int[] translated = translation(recording.actionSet(), environment.actionSet());
            int before = count;
            env.reset();
            for (byte action : recording.actions()) {
                if (action == recording.actionSet().size()) {
                    // To give up is nothing to imitate.
                    break;
                }
                if (env.terminated()) {
                    throw new IllegalArgumentException("The recording has " + recording.actions().length
                            + " steps, and its episode is over after " + (count - before) + reason(recording));
                }
                if (translated[action] < 0) {
                    throw new IllegalArgumentException("The recording holds the keys "
                            + ActionSet.name(recording.actionSet().keys(action))
                            + ", which are no action of the set " + environment.actionSet()
                            + ": give an action set that has them, such as full.");
                }
                env.observe(observations, count * size);
                actions[count] = translated[action];
                env.step(action);
                rewards[count] = env.reward();
                terminated[count] = env.terminated();
                count++;
            }
            boolean given = !Double.isNaN(recording.distance());
            boolean whole = count - before == recording.actions().length;
            if (given && whole && env.distance() != recording.distance()) {
                throw new IllegalArgumentException("The recording says that it reaches "
                        + recording.distance() + " m, and leads to " + env.distance()
                        + " m" + reason(recording));
            }
            if (count > before) {
                truncated[count - 1] = !terminated[count - 1];
                env.observe(finalObservations, episodes * size);
                episodes++;
            }
        }

        Demonstrations demonstrations() {
            return new Demonstrations(
                    size,
                    environment.actionCount(),
                    Arrays.copyOf(observations, count * size),
                    Arrays.copyOf(actions, count),
                    Arrays.copyOf(rewards, count),
                    Arrays.copyOf(terminated, count),
                    Arrays.copyOf(truncated, count),
                    Arrays.copyOf(finalObservations, episodes * size));
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
}
