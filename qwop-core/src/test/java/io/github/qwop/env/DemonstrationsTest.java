package io.github.qwop.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemonstrationsTest {

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
