package io.github.qwop.benchmark;

import io.github.qwop.goal.Goals;
import io.github.qwop.learn.dqn.ThroughputRun;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Silence;
import io.github.qwop.run.StoppedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Trains run0 with all that belongs to it (evaluations, checkpoints, metrics) for some minutes and prints this process's
 * resident memory twelve times; on Linux.
 */
public final class MemoryRun {

    private static final int FIGURES = 12;
    private static final double BYTES_PER_MB = 1e6;

    private final long start = System.nanoTime();
    private final double minutesApart;
    private int printed;
    private double early;

    private MemoryRun(double minutes) {
        minutesApart = minutes / FIGURES;
    }

    /** Runs for {@code benchmark.minutes}. */
    public static void main(String[] arguments) throws IOException, GateException {
        MemoryRun run = new MemoryRun(Double.parseDouble(System.getProperty("benchmark.minutes")));
        Path directory = Files.createTempDirectory(Path.of("target"), "memory");
        Map<String, String> settings = new HashMap<>(ThroughputRun.RUN_0);
        settings.put("nEnvs", "8");
        settings.put("nCheckpoints", "50");
        settings.put("environment.maxEpisodeSteps", "1000");
        try {
            Goals.run("train", directory, settings, new Silence(), run::printsTheLastFigure);
        } catch (StoppedException e) {
            System.out.println(e.getMessage());
        }
    }

    private boolean printsTheLastFigure() {
        double minutes = (System.nanoTime() - start) / (double) TimeUnit.MINUTES.toNanos(1);
        if (minutes >= (printed + 1) * minutesApart) {
            printed++;
            double resident = residentMegabytes();
            if (printed == FIGURES / 3) {
                early = resident;
            }
            System.out.printf(Locale.ROOT, "%6.1f minutes: %,.0f MB%n", minutes, resident);
            if (printed == FIGURES) {
                System.out.printf(Locale.ROOT, "last against a third of the way: %.3f%n", resident / early);
            }
        }
        return printed == FIGURES;
    }

    private static double residentMegabytes() {
        try {
            String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(text -> text.startsWith("VmRSS"))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) * 1024 / BYTES_PER_MB;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
