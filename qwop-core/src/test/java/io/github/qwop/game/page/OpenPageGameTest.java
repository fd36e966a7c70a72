package io.github.qwop.game.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.TrajectoryHash;
import io.github.qwop.game.twin.Twin;
import org.junit.jupiter.api.Test;

/** The kernel that TeaVM has compiled plays the twin's game in the headless browser. */
class OpenPageGameTest {

    private static final int FRAMES = 5000;

    @Test
    void everyBitOfALongPlayIsTheTwins() {
        try (OpenPageGame page = new OpenPageGame()) {
            Twin twin = new Twin();

            assertThat(TrajectoryHash.of(page, page::reset, FRAMES))
                    .isEqualTo(TrajectoryHash.of(twin, twin::reset, FRAMES));
        }
    }
}
