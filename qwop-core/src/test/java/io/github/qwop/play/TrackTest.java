package io.github.qwop.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.Keys;
import io.github.qwop.game.twin.Twin;
import org.junit.jupiter.api.Test;

class TrackTest {

    private static final int[] HELD = {Keys.NONE, Keys.Q, Keys.Q, Keys.W | Keys.O, Keys.NONE, Keys.P};

    private static Track play(KeyLog log, int slip) {
        Track track = new Track(log, slip);
        track.reset();
        for (int keys : HELD) {
            track.step(keys, 1);
        }
        return track;
    }

    @Test
    void oneChangeComesAnUpdateLate() {
        KeyLog straight = new KeyLog(new Twin());
        KeyLog slipped = new KeyLog(new Twin());
        Track before = play(straight, Track.NEVER);
        Track after = play(slipped, 3);

        assertThat(straight.keys()).containsExactly(0, 1, 1, 6, 0, 8);
        assertThat(slipped.keys()).containsExactly(0, 1, 1, 1, 0, 8);
        assertThat(after.updates()).isEqualTo(6);
        for (int i = 0; i < 3; i++) {
            assertThat(after.metres(i)).isEqualTo(before.metres(i));
        }
        assertThat(after.metres(5)).isNotEqualTo(before.metres(5));
    }

    @Test
    void tellsWhereKeysChange() {
        Track track = play(new KeyLog(new Twin()), Track.NEVER);
        assertThat(new boolean[] {
                    track.isChange(0), track.isChange(1), track.isChange(2), track.isChange(3), track.isChange(5)
                })
                .containsExactly(false, true, false, true, true);
        track.reset();
        assertThat(track.updates()).isZero();
    }
}
