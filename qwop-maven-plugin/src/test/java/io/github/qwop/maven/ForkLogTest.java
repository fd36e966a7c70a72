package io.github.qwop.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.run.fork.ForkMessage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class ForkLogTest {

    private final List<String> lines = new ArrayList<>();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
    private final Lines log = new Lines();
    private boolean quiet;

    @Test
    void aLineEveryFewPerCent() {
        ForkLog forkLog = new ForkLog(log, out, null, "", 10);

        for (int steps = 0; steps <= 1000; steps += 5) {
            forkLog.accept(progress(steps));
        }

        assertThat(lines)
                .hasSize(11)
                .contains("info  10 %  100 of 1,000 steps  250 steps/s  0:03 min left  distance 1.25 m  lr 0.00050");
    }

    @Test
    void noLinesWhereNoneAreWanted() {
        ForkLog forkLog = new ForkLog(log, out, null, "", 0);

        forkLog.accept(progress(500));

        assertThat(lines).isEmpty();
    }

    @Test
    void goalsSideBySideAreToldApart() {
        ForkLog forkLog = new ForkLog(log, out, null, "left: ", 5);
        forkLog.accept(progress(500));
        forkLog.accept(new ForkMessage.Log(ForkMessage.Level.INFO, "trained  50  91.92"));
        forkLog.accept(new ForkMessage.Log(ForkMessage.Level.WARN, "Look."));

        assertThat(lines).hasSize(3).allMatch(line -> line.matches("(info|warn) left: .*"));
        assertThat(lines.get(0)).startsWith("info left:  50 %  500 of 1,000 steps");
        assertThat(lines.get(1)).isEqualTo("info left: trained  50  91.92");
    }

    @Test
    void aTerminalsLineIsWrittenOverAndGoesBeforeOthers() {
        try (ForkLog forkLog = new ForkLog(log, out, new Terminal(out), "", 5)) {
            forkLog.accept(progress(10));
            forkLog.accept(progress(20));
            forkLog.accept(new ForkMessage.Log(ForkMessage.Level.WARN, "Look."));
            forkLog.accept(new ForkMessage.Log(ForkMessage.Level.DEBUG, "Never mind."));
        }

        assertThat(lines).containsExactly("warn Look.", "debug Never mind.");
        assertThat(screen.toString(StandardCharsets.UTF_8))
                .startsWith("\r\u001b[K\u001b[?7l  1 %  10 of")
                .contains("\u001b[?7h\r\u001b[K\u001b[?7l  2 %  20 of")
                .endsWith("\u001b[?7h\r\u001b[K")
                .doesNotContain("\n");
    }

    @Test
    void onlyAPersonsTerminalIsOne() {
        assertThat(Terminal.isInteractive(true, true, Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminal.isInteractive(false, true, Map.of("TERM", "xterm"))).isFalse();
        assertThat(Terminal.isInteractive(true, false, Map.of("TERM", "xterm")))
                .as("the log goes to a file")
                .isFalse();
        assertThat(Terminal.isInteractive(true, true, Map.of("TERM", "dumb"))).isFalse();
        assertThat(Terminal.isInteractive(true, true, Map.of("CI", "true"))).isFalse();
    }

    @Test
    void anAddressIsShownToWhoeverWantsNoLog() {
        quiet = true;
        ForkLog forkLog = new ForkLog(log, out, null, "", 5);
        forkLog.accept(new ForkMessage.Log(ForkMessage.Level.INFO, "Play at http://127.0.0.1:8080/"));
        forkLog.accept(new ForkMessage.Log(ForkMessage.Level.INFO, "12.50 m after 20.0 s of play."));

        assertThat(screen.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("Play at http://127.0.0.1:8080/");
        assertThat(lines).isEmpty();
    }

    @Test
    void anAddressIsShownOnceInALog() {
        new ForkLog(log, out, null, "", 5)
                .accept(new ForkMessage.Log(ForkMessage.Level.INFO, "Play at http://127.0.0.1:8080/"));

        assertThat(lines).containsExactly("info Play at http://127.0.0.1:8080/");
        assertThat(screen.size()).isZero();
    }

    private static ForkMessage.Progress progress(long steps) {
        return new ForkMessage.Progress(
                steps,
                1000,
                250,
                Map.of("user/distance", 1.25, "train/learning_rate", 5e-4, "eval/best_distance", Double.NaN));
    }

    private final class Lines extends SystemStreamLog {

        @Override
        public void debug(CharSequence content) {
            lines.add("debug " + content);
        }

        @Override
        public boolean isInfoEnabled() {
            return !quiet;
        }

        @Override
        public void info(CharSequence content) {
            if (!quiet) {
                lines.add("info " + content);
            }
        }

        @Override
        public void warn(CharSequence content) {
            lines.add("warn " + content);
        }
    }
}
