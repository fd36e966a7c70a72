package io.github.qwop.run.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aResumedRunsWallTimeGoesOnFromItsLastRowThatStands() throws IOException {
        List<String> columns = List.of(MetricsLog.TIME_ELAPSED);
        try (MetricsLog log = new MetricsLog(folder, columns, 0)) {
            assertThat(log.elapsed()).isBetween(0.0, 50.0);
            log.write(1000, Map.of(MetricsLog.TIME_ELAPSED, 100.0));
            log.write(2000, Map.of(MetricsLog.TIME_ELAPSED, 200.0));
        }
        try (MetricsLog log = new MetricsLog(folder, columns, 1000)) {
            assertThat(log.elapsed()).isBetween(100.0, 150.0);
            log.write(2000, Map.of(MetricsLog.TIME_ELAPSED, 180.0));
        }
        assertThat(folder.resolve(MetricsLog.CSV))
                .hasContent("time/total_timesteps,time/time_elapsed\n1000,100.0\n2000,180.0\n");
        assertThat(Files.readAllLines(folder.resolve(MetricsLog.JSON_LINES))).hasSize(2);
    }

    @Test
    void keepsTheRowsOfAnEarlierVersionsColumns() throws IOException {
        try (MetricsLog log = new MetricsLog(folder, List.of("a", "gone", "b"), 0)) {
            log.write(1000, Map.of("a", 1.0, "gone", 2.0, "b", 3.0));
        }
        try (MetricsLog log = new MetricsLog(folder, List.of("b", "new", "a"), 1000)) {
            log.write(2000, Map.of("a", 4.0, "new", 5.0, "b", 6.0));
        }
        assertThat(folder.resolve(MetricsLog.CSV))
                .hasContent("time/total_timesteps,b,new,a,gone\n1000,3.0,,1.0,2.0\n2000,6.0,5.0,4.0,\n");
    }

    @Test
    void aRunOfAnEarlierVersionBeginsToCount() throws IOException {
        Files.writeString(folder.resolve(MetricsLog.JSON_LINES), "{\"time/total_timesteps\":1000,\"time/fps\":5.0}\n");
        try (MetricsLog log = new MetricsLog(folder, List.of(), 1000)) {
            assertThat(log.elapsed()).isBetween(0.0, 50.0);
        }
    }
}
