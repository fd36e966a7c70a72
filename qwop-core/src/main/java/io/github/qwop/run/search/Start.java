package io.github.qwop.run.search;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Observation;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.Split;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.KeyLog;
import io.github.qwop.random.RandomStream;
import io.github.qwop.search.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one search begins.
 *
 * @param name what its files are called
 * @param keys masks of the updates from the canonical start to it; not copied
 * @param noise what an environment plays to come there
 * @param random the state of the stream that this is drawn from; not copied
 * @param split what it is drawn for
 * @param trigonometry whose sine and cosine it is played with
 */
@SuppressWarnings("ArrayRecordComponent")
record Start(String name, byte[] keys, StartNoise noise, long[] random, Split split, Trigonometry trigonometry) {

    private static final StartNoise NOISE = new StartNoise(StartNoise.Kind.RANDOM, 10);

    /** The starts that are asked for. */
    static List<Start> of(SearchSpec spec) {
        Trigonometry trigonometry = spec.trigonometry();
        if (spec.starts().noisy() == 0) {
            // The stream is that of a recording that draws nothing.
            RandomStream none = RandomStream.of(0, "recording");
            return List.of(
                    new Start("canonical", new byte[0], StartNoise.NOTHING, none.state(), Split.UNKNOWN, trigonometry));
        }
        List<Start> starts = new ArrayList<>();
        List<RandomStream> streams =
                Split.VALIDATION.streams(spec.seed(), 0, spec.starts().noisy());
        for (int i = 0; i < streams.size(); i++) {
            long[] random = streams.get(i).state();
            byte[] keys = keys(environment(1, NOISE, trigonometry), streams.get(i));
            starts.add(new Start("noisy-" + (i + 1), keys, NOISE, random, Split.VALIDATION, trigonometry));
        }
        return starts;
    }

    /** The updates that an environment plays before its first step. */
    static byte[] keys(EnvSpec environment, RandomStream random) {
        KeyLog log = new KeyLog(new Twin(environment.trigonometry()));
        try (QwopEnv env = new QwopEnv(environment, log, RewardShaper.NONE, random)) {
            env.reset();
            return log.keys();
        }
    }

    private static EnvSpec environment(int framesPerStep, StartNoise noise, Trigonometry trigonometry) {
        return new EnvSpec(
                framesPerStep, ActionSet.DISTINCT, false, 0, 0, 0, 0, noise, trigonometry, Observation.QWOP_GYM);
    }

    /**
     * A run from here as a recording, played once more on a game of its own: what it says is what it leads to. Its
     * steps are as long as the run's keys allow.
     *
     * @param longest updates of a step at most, of which it is a divisor
     */
    Recording recording(Run run, int longest) {
        byte[] held = run.keys();
        int frames = longest;
        for (int i = keys.length + 1; i < held.length; i++) {
            if (held[i] != held[i - 1]) {
                frames = divisor(frames, i - keys.length);
            }
        }
        if (!run.reached()) {
            // What goes on must not be played beyond its end.
            frames = divisor(frames, held.length - keys.length);
        }
        EnvSpec environment = environment(Math.max(1, frames), noise, trigonometry);
        try (QwopEnv env =
                new QwopEnv(environment, new Twin(trigonometry), RewardShaper.NONE, RandomStream.fromState(random))) {
            env.reset();
            for (int i = keys.length; i < held.length && !env.terminated(); i += environment.framesPerStep()) {
                env.step(ActionSet.distinct(held[i]));
            }
            return env.recording().of(split);
        }
    }

    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }
}
