package io.github.qwop.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemonstrationsTest {

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
    void replayingShowsWhatThePlayerSawAndWouldHaveGot() {
        float[] seen = new float[3 * Observation.QWOP_GYM.size()];
        float[] other = new float[2 * Observation.QWOP_GYM.size()];
        // The full set's 0 is none, 1 is Q, 4 is P, 10 is OP; in the reduced set, OP is the last.
        QwopEnv firstEnv = played(seen, 1, 10, 4);
        Recording first = firstEnv.recording();
        Recording second = played(other, 0, ActionSet.FULL.size()).recording();
        Demonstrations shown = Demonstrations.replay(List.of(first, second), reduced(), RewardShaper.NONE, Twin::new);
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
    void aFallTerminatesAndCosts() {
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

    private static Demonstrations replay(Recording recording, EnvSpec spec) {
        return Demonstrations.replay(List.of(recording), spec, RewardShaper.NONE, Twin::new);
    }

    @Test
    void otherFramesPerStepAreRefused() {
        Recording recording = played(new float[Observation.QWOP_GYM.size()], 1).recording();
        EnvSpec fast = new EnvSpec(2, ActionSet.FULL, false, 0, 10, 50, 10, StartNoise.NOTHING);
        assertThatThrownBy(() -> replay(recording, fast))
                .hasMessageContaining("has 4 frames per step, and environment.framesPerStep is 2");
    }

    @Test
    void anAlteredRecordingIsRefused() {
        Recording honest =
                played(new float[3 * Observation.QWOP_GYM.size()], 1, 10, 4).recording();
        Recording altered = altered(honest, honest.distance() + 1);
        assertThatThrownBy(() -> replay(altered, reduced()))
                .hasMessageContaining("says that it reaches " + altered.distance() + " m, and leads to");
        assertThat(replay(altered(honest, Double.NaN), reduced()).count()).isEqualTo(3);
    }

    @Test
    void aRecordingThatGoesOnAfterTheFallIsRefused() {
        Recording fall = fallen().recording();
        int steps = fall.actions().length;
        Recording longer = altered(fall, Arrays.copyOf(fall.actions(), steps + 3), fall.distance());
        assertThatThrownBy(() -> replay(longer, reduced()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The recording has " + (steps + 3) + " steps, and its episode is over after " + steps
                        + ": it is altered or of another game; give recordings as qwop:evaluate wrote them.");
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

    @Test
    void joinedDemonstrationsFollowEachOther() {
        Demonstrations a = Demonstrations.ofActions(1, 2, new float[] {1, 2}, new int[] {0, 1});
        Demonstrations b = new Demonstrations(
                1,
                2,
                new float[] {3, 4},
                new int[] {1, 1},
                new float[] {5, 6},
                new boolean[2],
                new boolean[] {false, true},
                new float[] {7});
        Demonstrations both = Demonstrations.joined(List.of(a, Demonstrations.none(1, 2), b));
        assertThat(both.observations()).containsExactly(1, 2, 3, 4);
        assertThat(both.actions()).containsExactly(0, 1, 1, 1);
        assertThat(both.rewards()).containsExactly(0, 0, 5, 6);
        assertThat(both.terminated()).containsExactly(true, true, false, false);
        assertThat(both.truncated()).containsExactly(false, false, false, true);
        assertThat(both.finalObservations()).containsExactly(1, 2, 7);
        assertThat(both.episodes()).isEqualTo(3);
    }

    @Test
    void lengthsAndActionsMustFit() {
        assertThatThrownBy(() -> Demonstrations.ofActions(2, 3, new float[3], new int[2]))
                .hasMessageContaining("2 demonstrated actions need as many observations of 2 values, not 3");
        assertThatThrownBy(() -> Demonstrations.ofActions(1, 3, new float[1], new int[] {3}))
                .hasMessageContaining("A demonstrated action is 3: give 0 to 2.");
        assertThatThrownBy(() -> new Demonstrations(
                        1, 3, new float[1], new int[1], new float[1], new boolean[1], new boolean[1], new float[0]))
                .hasMessageContaining("ends no episode");
        assertThatThrownBy(() -> new Demonstrations(
                        1,
                        3,
                        new float[1],
                        new int[1],
                        new float[1],
                        new boolean[] {true},
                        new boolean[1],
                        new float[2]))
                .hasMessageContaining("1 demonstrated episodes need as many final observations");
    }
}
