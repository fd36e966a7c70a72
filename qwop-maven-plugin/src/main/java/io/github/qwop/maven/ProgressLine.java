package io.github.qwop.maven;

import io.github.qwop.run.fork.ForkMessage.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** How far a training has come, as a line; what matters most stands first, for narrow terminals. */
final class ProgressLine {

    private ProgressLine() {}

    static String of(Progress progress) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%3d %%  %,d of %,d steps  %,.0f steps/s  %s left",
                percent(progress),
                progress.steps(),
                progress.totalSteps(),
                progress.stepsPerSecond(),
                left(progress)));
        append(line, progress.values(), "study/working", "  %.0f goals at work or waiting");
        append(line, progress.values(), "study/finished", "  %.0f trials finished");
        append(line, progress.values(), "study/pruned", "  %.0f ended early");
        append(line, progress.values(), "study/best", "  best %.2f");
        append(line, progress.values(), "user/distance", "  distance %.2f m");
        append(line, progress.values(), "eval/best_distance", "  best %.2f m");
        append(line, progress.values(), "rollout/exploration_rate", "  epsilon %.3f");
        append(line, progress.values(), "train/learning_rate", "  lr %.2g");
        return line.toString();
    }

    static long percent(Progress progress) {
        return progress.steps() * 100 / progress.totalSteps();
    }

    private static void append(StringBuilder line, Map<String, Double> values, String name, String format) {
        Double value = values.get(name);
        if (value != null && !value.isNaN()) {
            line.append(String.format(Locale.ROOT, format, value));
        }
    }

    private static String left(Progress progress) {
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
