package io.github.qwop.play;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Observation;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;

/**
 * An episode as the keys of its updates, which is all that a page or a picture needs to play it again.
 *
 * @param keys masks of the keys held, one per update from the canonical start; not copied
 * @param trigonometry whose sine and cosine it was played with
 */
@SuppressWarnings("ArrayRecordComponent")
public record KeySequence(byte[] keys, Trigonometry trigonometry) {

    /**
     * The episode as a recording of one update an action, from the canonical start. Of two keys that pull the same
     * joints the one is kept that the game obeys, so that the recording is made of the nine actions that differ.
     */
    public Recording recording() {
        EnvSpec spec = new EnvSpec(
                1, ActionSet.DISTINCT, false, 0, 0, 0, 0, StartNoise.NOTHING, trigonometry, Observation.QWOP_GYM);
        try (QwopEnv env =
                new QwopEnv(spec, new Twin(trigonometry), RewardShaper.NONE, RandomStream.of(0, "recording"))) {
            env.reset();
            for (int i = 0; i < keys.length && !env.terminated(); i++) {
                env.step(ActionSet.distinct(keys[i]));
            }
            return env.recording();
        }
    }
}
