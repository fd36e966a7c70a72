package io.github.qwop.maven;

import io.github.qwop.run.fork.ForkMessage;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.maven.plugin.logging.Log;

/** Writes a fork's messages to Maven's log; progress becomes a line every few per cent. */
final class ForkLog implements Consumer<ForkMessage> {

    private static final int PER_CENT_PER_LINE = 5;

    private final Log log;
    private long lastShown = -1;

    ForkLog(Log log) {
        this.log = log;
    }

    @Override
    public void accept(ForkMessage message) {
        if (message instanceof ForkMessage.Progress progress) {
            long shown = progress.steps() * 100 / progress.totalSteps() / PER_CENT_PER_LINE;
            if (shown != lastShown) {
                lastShown = shown;
                log.info(line(progress));
            }
        } else if (message instanceof ForkMessage.Log line) {
            switch (line.level()) {
                case DEBUG -> log.debug(line.text());
                case INFO -> log.info(line.text());
                case WARN -> log.warn(line.text());
            }
        }
    }

    private static String line(ForkMessage.Progress progress) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%3d %%  %,d of %,d steps  %,.0f steps/s  %s left",
                progress.steps() * 100 / progress.totalSteps(),
                progress.steps(),
                progress.totalSteps(),
                progress.stepsPerSecond(),
                left(progress)));
        append(line, progress.values(), "user/distance", "  distance %.2f m");
        append(line, progress.values(), "eval/best_distance", "  best %.2f m");
        append(line, progress.values(), "rollout/exploration_rate", "  epsilon %.3f");
        append(line, progress.values(), "train/learning_rate", "  lr %.2g");
        return line.toString();
    }

    private static void append(StringBuilder line, Map<String, Double> values, String name, String format) {
        Double value = values.get(name);
        if (value != null && !value.isNaN()) {
            line.append(String.format(Locale.ROOT, format, value));
        }
    }

    private static String left(ForkMessage.Progress progress) {
        if (!(progress.stepsPerSecond() > 0)) {
            return "?";
        }
        Duration left =
                Duration.ofSeconds((long) ((progress.totalSteps() - progress.steps()) / progress.stepsPerSecond()));
        return left.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d h", left.toHours(), left.toMinutesPart())
                : String.format(Locale.ROOT, "%d:%02d min", left.toMinutes(), left.toSecondsPart());
    }
}
