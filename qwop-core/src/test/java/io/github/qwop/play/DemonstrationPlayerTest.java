package io.github.qwop.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Observation;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemonstrationPlayerTest {

    private static final EnvSpec SPEC =
            new EnvSpec(4, ActionSet.FULL, true, 0, 0, 0, 0, new StartNoise(StartNoise.Kind.RANDOM, 10));

    private static QwopEnv played(float[] seen, int... actions) {
        QwopEnv env = new QwopEnv(SPEC, new Twin(), RewardShaper.NONE, RandomStream.of(5, "environment-0"));
        env.reset();
        for (int i = 0; i < actions.length; i++) {
            env.observe(seen, i * Observation.QWOP_GYM.size());
            env.step(actions[i]);
        }
        return env;
    }

    private static EnvSpec reduced() {
        return new EnvSpec(4, ActionSet.REDUCED, false, 2, 10, 50, 10, StartNoise.NOTHING);
    }

    @Test
    void replayingShowsWhatThePlayerSawAndWouldHaveGot() throws ReplayException {
        float[] seen = new float[3 * Observation.QWOP_GYM.size()];
        float[] other = new float[2 * Observation.QWOP_GYM.size()];
        // The full set's 0 is none, 1 is Q, 4 is P, 10 is OP; in the reduced set, OP is the last.
        QwopEnv firstEnv = played(seen, 1, 10, 4);
        Recording first = firstEnv.recording();
        Recording second = played(other, 0, ActionSet.FULL.size()).recording();
        Demonstrations shown = Demonstrations.joined(List.of(replay(first, reduced()), replay(second, reduced())));
        assertThat(shown.actionCount()).isEqualTo(9);
        assertThat(shown.actions()).containsExactly(1, 8, 4, 0);
        assertThat(shown.observations())
                .hasSize(4 * Observation.QWOP_GYM.size())
                .startsWith(seen);
        assertThat(Arrays.copyOfRange(shown.observations(), seen.length, seen.length + Observation.QWOP_GYM.size()))
                .isEqualTo(Arrays.copyOf(other, Observation.QWOP_GYM.size()));
        assertThat(shown.episodes()).isEqualTo(2);
        assertThat(shown.terminated()).containsExactly(false, false, false, false);
        assertThat(shown.truncated()).containsExactly(false, false, true, true);
        float[] last = new float[Observation.QWOP_GYM.size()];
        firstEnv.observe(last, 0);
        assertThat(Arrays.copyOf(shown.finalObservations(), Observation.QWOP_GYM.size()))
                .isEqualTo(last);
        // The recording's own environment costs no time; a step takes 4/30 s, or 0.01333 units of 10 s.
        assertThat(shown.rewards()[2]).isCloseTo(firstEnv.reward() - 4 / 300f * 10 / 4, within(1e-5f));
    }

    private static QwopEnv fallen() {
        QwopEnv env = new QwopEnv(SPEC, new Twin(), RewardShaper.NONE, RandomStream.of(5, "environment-0"));
        env.reset();
        RandomStream keys = RandomStream.of(1, "keys");
        for (int i = 0; i < 2000 && !env.terminated(); i++) {
            env.step(keys.nextInt(5));
        }
        assertThat(env.terminated()).isTrue();
        return env;
    }

    @Test
    void aFallTerminatesAndCosts() throws ReplayException {
        Demonstrations shown = replay(fallen().recording(), reduced());
        int last = shown.count() - 1;
        assertThat(shown.terminated()[last]).isTrue();
        assertThat(shown.truncated()[last]).isFalse();
        assertThat(shown.rewards()[last]).isLessThan(-9);
        assertThat(shown.rewards()[last - 1]).isGreaterThan(-9);
    }

    @Test
    void keysOutsideTheActionSetAreRefused() {
        Recording recording = played(new float[Observation.QWOP_GYM.size()], 15).recording();
        assertThatThrownBy(() -> replay(recording, reduced()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds the keys QWOP, which are no action of the set")
                .hasMessageContaining("give an action set that has them");
    }

    private static Demonstrations replay(Recording recording, EnvSpec spec) throws ReplayException {
        return new DemonstrationPlayer(spec, RewardShaper.NONE).play(recording, new Twin(recording.trigonometry()));
    }

    @Test
    void otherFramesPerStepAreRefused() {
        Recording recording = played(new float[Observation.QWOP_GYM.size()], 1).recording();
        EnvSpec fast = new EnvSpec(2, ActionSet.FULL, false, 0, 10, 50, 10, StartNoise.NOTHING);
        assertThatThrownBy(() -> replay(recording, fast))
                .hasMessageContaining("has 4 frames per step, and environment.framesPerStep is 2");
    }

    @Test
    void anAlteredRecordingIsRefused() throws ReplayException {
        Recording honest =
                played(new float[3 * Observation.QWOP_GYM.size()], 1, 10, 4).recording();
        Recording altered = altered(honest, honest.distance() + 1);
        assertThatThrownBy(() -> replay(altered, reduced()))
                .hasMessageContaining("it says " + altered.distance() + " m after");
        assertThat(replay(altered(honest, Double.NaN), reduced()).count()).isEqualTo(3);
    }

    @Test
    void aRecordingThatGoesOnAfterTheFallIsRefused() {
        Recording fall = fallen().recording();
        int steps = fall.actions().length;
        Recording longer = altered(fall, Arrays.copyOf(fall.actions(), steps + 3), fall.distance());
        assertThatThrownBy(() -> replay(longer, reduced()))
                .isInstanceOf(ReplayException.class)
                .hasMessage("The recording is altered: its episode ended after " + steps + " of its " + (steps + 3)
                        + " actions.");
    }

    private static Recording altered(Recording recording, double distance) {
        return altered(recording, recording.actions(), distance);
    }

    private static Recording altered(Recording recording, byte[] actions, double distance) {
        return new Recording(
                recording.framesPerStep(),
                recording.actionSet(),
                recording.startNoise(),
                recording.randomState(),
                actions,
                distance,
                recording.scoreTime(),
                recording.success());
    }
}
