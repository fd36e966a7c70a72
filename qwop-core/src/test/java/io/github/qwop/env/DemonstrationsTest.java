package io.github.qwop.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
            env.observe(seen, i * Observations.SIZE);
            env.step(actions[i]);
        }
        return env;
    }

    @Test
    void replayingShowsWhatThePlayerSaw() {
        float[] seen = new float[3 * Observations.SIZE];
        float[] other = new float[2 * Observations.SIZE];
        // The full set's 0 is none, 1 is Q, 4 is P, 10 is OP; in the reduced set, OP is the last.
        Recording first = played(seen, 1, 10, 4).recording();
        Recording second = played(other, 0, ActionSet.FULL.size()).recording();
        Demonstrations shown = Demonstrations.replay(List.of(first, second), ActionSet.REDUCED, Twin::new);
        assertThat(shown.actionCount()).isEqualTo(9);
        assertThat(shown.actions()).containsExactly(1, 8, 4, 0);
        assertThat(shown.observations()).hasSize(4 * Observations.SIZE).startsWith(seen);
        assertThat(Arrays.copyOfRange(shown.observations(), seen.length, seen.length + Observations.SIZE))
                .isEqualTo(Arrays.copyOf(other, Observations.SIZE));
    }

    @Test
    void keysOutsideTheActionSetAreRefused() {
        Recording recording = played(new float[Observations.SIZE], 15).recording();
        assertThatThrownBy(() -> Demonstrations.replay(List.of(recording), ActionSet.REDUCED, Twin::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds the keys QWOP, which are no action of the set")
                .hasMessageContaining("give an action set that has them");
    }

    @Test
    void lengthsAndActionsMustFit() {
        assertThatThrownBy(() -> new Demonstrations(2, 3, new float[3], new int[2]))
                .hasMessageContaining("2 demonstrated actions need as many observations of 2 values, not 3");
        assertThatThrownBy(() -> new Demonstrations(1, 3, new float[1], new int[] {3}))
                .hasMessageContaining("A demonstrated action is 3: give 0 to 2.");
    }
}
