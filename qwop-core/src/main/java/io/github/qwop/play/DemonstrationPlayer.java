package io.github.qwop.play;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.Game;

/**
 * Plays recordings again to see what their players saw, and what it would have paid them in an environment.
 *
 * @param environment what the demonstrations are for: its actions, which may be another set with the same keys, and its
 *     rewards; its step limit does not cut recordings
 * @param shaper changes the rewards
 */
public record DemonstrationPlayer(EnvSpec environment, RewardShaper shaper) {

    /**
     * Plays a recording.
     *
     * @param game where it is played, with the recording's sine and cosine; closed with it
     * @throws ReplayException if it does not lead where it says
     * @throws IllegalArgumentException if it holds keys that are no action of the set, or has another number of frames
     *     per step
     */
    public Demonstrations play(Recording recording, Game game) throws ReplayException {
        if (recording.framesPerStep() != environment.framesPerStep()) {
            throw new IllegalArgumentException("The recording has " + recording.framesPerStep()
                    + " frames per step, and environment.framesPerStep is " + environment.framesPerStep()
                    + ": give the environment the recording's value, or another recording.");
        }
        Shown shown = new Shown(recording);
        try (QwopEnv env = new QwopEnv(environment.playing(recording), game, shaper, recording.random())) {
            Replayer.play(recording, env, shown::step);
            return shown.demonstrations(env);
        }
    }

    /** What has been shown of one recording. */
    private final class Shown {

        private final Recording recording;
        private final int size = environment.observation().size();
        private final int[] translated;
        private final int steps;
        private final float[] observations;
        private final int[] actions;
        private final float[] rewards;
        private final boolean[] terminated;
        private final boolean[] truncated;
        private final float[] last = new float[size];
        private int count;

        Shown(Recording recording) {
            this.recording = recording;
            translated = translation(recording.actionSet(), environment.actionSet());
            byte[] recorded = recording.actions();
            // To give up is nothing to imitate.
            boolean givesUp = recorded.length > 0
                    && recorded[recorded.length - 1] == recording.actionSet().size();
            steps = recorded.length - (givesUp ? 1 : 0);
            observations = new float[steps * size];
            actions = new int[steps];
            rewards = new float[steps];
            terminated = new boolean[steps];
            truncated = new boolean[steps];
        }

        void step(QwopEnv env, int action) {
            if (count == steps) {
                env.observe(last, 0);
                env.step(action);
                return;
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

        Demonstrations demonstrations(QwopEnv env) {
            if (steps == 0) {
                return Demonstrations.none(size, environment.actionCount());
            }
            truncated[steps - 1] = !terminated[steps - 1];
            if (steps == recording.actions().length) {
                env.observe(last, 0);
            }
            return new Demonstrations(
                    size, environment.actionCount(), observations, actions, rewards, terminated, truncated, last);
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
