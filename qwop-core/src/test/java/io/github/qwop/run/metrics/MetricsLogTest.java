package io.github.qwop.run.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void aResumedRunsWallTimeGoesOnFromItsLastRowThatStands() throws IOException {
        List<String> columns = List.of(MetricsLog.TIME_ELAPSED);
        try (MetricsLog log = new MetricsLog(folder, columns, 0, warnings::add)) {
            assertThat(log.elapsed()).isBetween(0.0, 50.0);
            log.write(1000, Map.of(MetricsLog.TIME_ELAPSED, 100.0));
            log.write(2000, Map.of(MetricsLog.TIME_ELAPSED, 200.0));
        }
        try (MetricsLog log = new MetricsLog(folder, columns, 1000, warnings::add)) {
            assertThat(log.elapsed()).isBetween(100.0, 150.0);
            log.write(2000, Map.of(MetricsLog.TIME_ELAPSED, 180.0));
        }
        assertThat(folder.resolve(MetricsLog.CSV))
                .hasContent("time/total_timesteps,time/time_elapsed\n1000,100.0\n2000,180.0\n");
        assertThat(Files.readAllLines(folder.resolve(MetricsLog.JSON_LINES))).hasSize(2);
    }

    @Test
    void keepsTheRowsOfAnEarlierVersionsColumns() throws IOException {
        try (MetricsLog log = new MetricsLog(folder, List.of("a", "gone", "b"), 0, warnings::add)) {
            log.write(1000, Map.of("a", 1.0, "gone", 2.0, "b", 3.0));
        }
        try (MetricsLog log = new MetricsLog(folder, List.of("b", "new", "a"), 1000, warnings::add)) {
            log.write(2000, Map.of("a", 4.0, "new", 5.0, "b", 6.0));
        }
        assertThat(folder.resolve(MetricsLog.CSV))
                .hasContent("time/total_timesteps,b,new,a,gone\n1000,3.0,,1.0,2.0\n2000,6.0,5.0,4.0,\n");
    }

    @Test
    void aRunOfAnEarlierVersionBeginsToCount() throws IOException {
        Files.writeString(folder.resolve(MetricsLog.JSON_LINES), "{\"time/total_timesteps\":1000,\"time/fps\":5.0}\n");
        try (MetricsLog log = new MetricsLog(folder, List.of(), 1000, warnings::add)) {
            assertThat(log.elapsed()).isBetween(0.0, 50.0);
        }
    }

    private void write(String table, String lines) throws IOException {
        Files.writeString(folder.resolve(MetricsLog.CSV), table);
        Files.writeString(folder.resolve(MetricsLog.JSON_LINES), lines);
    }

    @Test
    void whatAPowerCutLeftHalfIsDroppedAndTold() throws IOException {
        write(
                "time/total_timesteps,a\n100,1.5\n200,2.5\n300,3",
                "{\"time/total_timesteps\":100,\"a\":1.5}\n{\"time/total_timesteps\":200,\"a\":2.5}\n{\"time/to");
        new MetricsLog(folder, List.of("a"), 300, warnings::add).close();

        assertThat(folder.resolve(MetricsLog.CSV)).hasContent("time/total_timesteps,a\n100,1.5\n200,2.5\n");
        assertThat(folder.resolve(MetricsLog.JSON_LINES))
                .hasContent("{\"time/total_timesteps\":100,\"a\":1.5}\n{\"time/total_timesteps\":200,\"a\":2.5}\n");
        assertThat(warnings)
                .containsExactly(
                        "Row 4 of " + folder.resolve(MetricsLog.CSV) + " is damaged and left out.",
                        "Row 3 of " + folder.resolve(MetricsLog.JSON_LINES) + " is damaged and left out.");
    }

    @Test
    void aByteThatIsNoTextCostsItsRowAlone() throws IOException {
        write(
                "time/total_timesteps,a\n100,1.5\n200,@\n300,3.5\n",
                "{\"time/total_timesteps\":1@0}\n{\"time/total_timesteps\":200}\n");
        for (String name : List.of(MetricsLog.CSV, MetricsLog.JSON_LINES)) {
            byte[] bytes = Files.readAllBytes(folder.resolve(name));
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = bytes[i] == '@' ? (byte) 0xff : bytes[i];
            }
            Files.write(folder.resolve(name), bytes);
        }
        new MetricsLog(folder, List.of("a"), 300, warnings::add).close();

        assertThat(folder.resolve(MetricsLog.CSV)).hasContent("time/total_timesteps,a\n100,1.5\n300,3.5\n");
        assertThat(folder.resolve(MetricsLog.JSON_LINES)).hasContent("{\"time/total_timesteps\":200}\n");
        assertThat(warnings).hasSize(2);
    }

    @Test
    void aTableWithoutItsHeaderIsMovedAsideNotLost() throws IOException {
        write("time/tot\n100,1.5\n", "");
        new MetricsLog(folder, List.of("a"), 300, warnings::add).close();

        assertThat(folder.resolve(MetricsLog.CSV + ".old1")).hasContent("time/tot\n100,1.5\n");
        assertThat(folder.resolve(MetricsLog.CSV)).hasContent("time/total_timesteps,a\n");
        assertThat(warnings).last().asString().contains("metrics.csv cannot be gone on with: moved to ");
    }
}
