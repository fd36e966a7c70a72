package io.github.qwop.run.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.EpisodeResult;
import io.github.qwop.env.Recording;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.Rules;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.play.Episode;
import io.github.qwop.play.Splits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static Episode episode(double metres, double seconds, boolean success, boolean finished) {
        Map<String, Double> info = Map.of("distance", metres, "time", seconds / 10, "avgspeed", 10 * metres / seconds);
        Recording recording = new Recording(
                4,
                ActionSet.REDUCED,
                StartNoise.NOTHING,
                Recording.NO_RANDOM,
                new byte[1],
                metres,
                seconds,
                success,
                finished,
                Trigonometry.FDLIBM,
                Rules.VERSION);
        return new Episode(new EpisodeResult(1, 1, false, info), recording, 0, Double.NaN, Splits.NONE);
    }

    /** What counts is a landing with a score of at least 100, not where the torso is then. */
    @Test
    void aFinishIsNotASuccess() {
        Episode landed = episode(99.6, 60, false, true);
        Episode past = episode(100.5, 50, true, false);
        Episode neither = episode(40, 30, false, false);
        Summary summary = Summary.of(List.of(landed, past, neither, landed));

        assertThat(summary.finishRate()).isEqualTo(0.5);
        assertThat(summary.successRate()).isEqualTo(0.25);
        assertThat(summary.meanFinishSeconds()).isEqualTo(60);
        assertThat(summary.bestFinishSeconds()).isEqualTo(60);
        assertThat(landed.score()).isCloseTo(99.6 + 16.6, within(1e-9));
        assertThat(past.score()).isEqualTo(100);
        assertThat(neither.score()).isEqualTo(40);
    }
}
