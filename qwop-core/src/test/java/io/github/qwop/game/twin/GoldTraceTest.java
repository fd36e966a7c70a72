package io.github.qwop.game.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.GoldTrace;
import io.github.qwop.game.TrajectoryHash;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The twin plays the genuine game, bit for bit. */
class GoldTraceTest {

    static List<String> traces() {
        return GoldTrace.names();
    }

    @ParameterizedTest
    @MethodSource("traces")
    void everyRowIsEqual(String name) {
        GoldTrace.Outcome outcome = GoldTrace.read(name).replay(new TwinPlayer(new Twin()));

        System.out.println("twin, " + outcome);
        assertThat(outcome.equal()).as(outcome.toString()).isEqualTo(outcome.rows());
    }

    @ParameterizedTest
    @CsvSource({"1,2000,-131311124", "1,20000,1798805868", "0,2000,520158680", "0,20000,371512383"})
    void trajectoriesHaveTheKnownHash(int idleUpdates, int frames, int expected) {
        Twin twin = new Twin();

        assertThat(TrajectoryHash.of(twin, () -> twin.resetFresh(idleUpdates), frames))
                .isEqualTo(expected);
    }

    @Test
    void theTracesAreThere() {
        assertThat(traces()).isNotEmpty();
    }
}
