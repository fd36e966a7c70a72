package io.github.qwop.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Observation;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person has played becomes a recording. */
class KeySequenceTest {

    /** All keys at random, four updates each, until the runner falls. */
    private static byte[] played(Twin twin) {
        Random random = new Random(3);
        byte[] keys = new byte[10_000];
        int updates = 0;
        int held = 0;
        while (!twin.gameEnded()) {
            held = updates % 4 == 0 ? random.nextInt(Keys.COMBINATIONS) : held;
            keys[updates++] = (byte) held;
            twin.step(held, 1);
        }
        return Arrays.copyOf(keys, updates);
    }

    private static double[] bodies(Game game) {
        double[] bodies = new double[Game.BODY_VALUES];
        game.readBodies(bodies, 0);
        return bodies;
    }

    @ParameterizedTest
    @EnumSource(Trigonometry.class)
    void itIsTheSameRunUpdateByUpdate(Trigonometry trigonometry) throws IOException, ReplayException {
        Twin twin = new Twin(trigonometry);
        byte[] keys = played(twin);
        assertThat(keys).contains((byte) (Keys.Q | Keys.W), (byte) (Keys.O | Keys.P));

        Recording saved = RecordingFormat.read(RecordingFormat.write(new KeySequence(keys, trigonometry).recording()));

        assertThat(saved.framesPerStep()).isEqualTo(1);
        assertThat(saved.actions()).hasSameSizeAs(keys);
        assertThat(saved.scoreTime()).isEqualTo(twin.scoreTime());
        assertThat(saved.trigonometry()).isEqualTo(trigonometry);
        Twin again = new Twin(trigonometry);
        Replayer.play(saved, again);
        assertThat(bodies(again)).containsExactly(bodies(twin));
    }

    @ParameterizedTest
    @EnumSource(Trigonometry.class)
    void whatWasPlayedAfterTheEndIsLeftOut(Trigonometry trigonometry) {
        Twin twin = new Twin(trigonometry);
        byte[] keys = played(twin);

        assertThat(new KeySequence(Arrays.copyOf(keys, keys.length + 9), trigonometry).recording())
                .isEqualTo(new KeySequence(keys, trigonometry).recording());
    }

    @ParameterizedTest
    @EnumSource(Trigonometry.class)
    void itIsADemonstrationOfOneUpdateAStep(Trigonometry trigonometry) throws ReplayException {
        Recording saved = new KeySequence(played(new Twin(trigonometry)), trigonometry).recording();
        EnvSpec environment = new EnvSpec(
                1, ActionSet.DISTINCT, false, 1000, 10, 50, 10, StartNoise.NOTHING, trigonometry, Observation.RELATIVE);

        Demonstrations shown =
                new DemonstrationPlayer(environment, RewardShaper.NONE).play(saved, new Twin(trigonometry));

        assertThat(shown.count()).isEqualTo(saved.actions().length);
        assertThat(shown.episodes()).isEqualTo(1);
    }
}
