package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.env.EpisodeResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpisodeWindowTest {

    private static EpisodeResult episode(double success, double finished) {
        return new EpisodeResult(
                1,
                10,
                false,
                Map.of("time", 6.0, "distance", 99.0, "avgspeed", 16.5, "is_success", success, "finished", finished));
    }

    @Test
    void whatIsSavedByAnEarlierVersionTakesASuccessForAFinish() throws IOException {
        EpisodeWindow window = new EpisodeWindow();
        window.ended(0, episode(1, 0));
        window.ended(0, episode(0, 1));
        window.ended(0, episode(0, 1));
        ByteArrayOutputStream old = new ByteArrayOutputStream();
        window.save(new DataOutputStream(old));
        ByteArrayOutputStream later = new ByteArrayOutputStream();
        window.saveFinished(new DataOutputStream(later));

        EpisodeWindow restored = new EpisodeWindow();
        restored.restore(in(old));
        assertThat(restored.means()).containsEntry("user/is_success", 1 / 3.0).containsEntry("user/finished", 1 / 3.0);
        restored.restoreFinished(in(later));
        assertThat(restored.means()).isEqualTo(window.means()).containsEntry("user/finished", 2 / 3.0);
        assertThat(old.size()).as("the layout of before").isEqualTo(8 + 100 * 7 * 8);
    }

    private static DataInputStream in(ByteArrayOutputStream bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
