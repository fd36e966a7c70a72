package io.github.qwop.run.evaluation;

import io.github.qwop.play.Episode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of some episodes.
 *
 * @param episodes how many
 * @param meanDistance metres
 * @param medianDistance metres
 * @param minDistance metres, of the worst
 * @param maxDistance metres, of the best
 * @param finishRate share that was finished, see {@link Episode#finished}
 * @param successRate share that ended with the torso past 100 m, qwop-gym's {@code is_success}
 * @param truncatedRate share that the step limit cut off
 * @param meanSpeed mean over episodes of metres per second of play
 * @param meanFinishSeconds seconds of play of those that finished; NaN if none did
 * @param bestFinishSeconds the fastest of them; NaN if none did
 * @param meanLength steps
 * @param meanReward sum of rewards
 * @param score what the best policy is chosen by, see {@link Episode#score}
 */
public record Summary(
        int episodes,
        double meanDistance,
        double medianDistance,
        double minDistance,
        double maxDistance,
        double finishRate,
        double successRate,
        double truncatedRate,
        double meanSpeed,
        double meanFinishSeconds,
        double bestFinishSeconds,
        double meanLength,
        double meanReward,
        double score) {

    /** What nobody has finished takes no time; in a file it is left out, and read as 0. */
    public Summary {
        meanFinishSeconds = finishRate == 0 ? Double.NaN : meanFinishSeconds;
        bestFinishSeconds = finishRate == 0 ? Double.NaN : bestFinishSeconds;
    }

    /** The figures of at least one episode. */
    public static Summary of(List<Episode> episodes) {
        if (episodes.isEmpty()) {
            throw new IllegalArgumentException("There are no episodes to summarise: play at least 1.");
        }
        double[] distances = sorted(episodes);
        List<Episode> finished = episodes.stream().filter(Episode::finished).toList();
        int n = episodes.size();
        return new Summary(
                n,
                mean(episodes, Episode::distance),
                (distances[(n - 1) / 2] + distances[n / 2]) / 2,
                distances[0],
                distances[n - 1],
                (double) finished.size() / n,
                mean(episodes, episode -> episode.success() ? 1 : 0),
                mean(episodes, episode -> episode.result().truncated() ? 1 : 0),
                mean(episodes, episode -> episode.distance() / episode.seconds()),
                mean(finished, Episode::seconds),
                finished.stream().mapToDouble(Episode::seconds).min().orElse(Double.NaN),
                mean(episodes, episode -> episode.result().length()),
                mean(episodes, episode -> episode.result().totalReward()),
                mean(episodes, Episode::score));
    }

    private static double[] sorted(List<Episode> episodes) {
        return episodes.stream().mapToDouble(Episode::distance).sorted().toArray();
    }

    private static double mean(List<Episode> episodes, java.util.function.ToDoubleFunction<Episode> figure) {
        return episodes.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    /** The figures by name, as a goal's outcome has them; those that do not exist are left out. */
    Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("episodes", (double) episodes);
        figures.put("meanDistance", meanDistance);
        figures.put("medianDistance", medianDistance);
        figures.put("finishRate", finishRate);
        figures.put("meanFinishSeconds", meanFinishSeconds);
        figures.values().removeIf(figure -> figure.isNaN());
        return figures;
    }

    /** The figures as a table row after a label. */
    String row(String label) {
        return String.format(
                Locale.ROOT,
                "%-10s %8d %8.2f %8.2f %8.2f %8.2f %7.0f %% %9.2f %9s",
                label,
                episodes,
                meanDistance,
                medianDistance,
                minDistance,
                maxDistance,
                100 * finishRate,
                meanSpeed,
                Double.isNaN(meanFinishSeconds) ? "-" : String.format(Locale.ROOT, "%.1f", meanFinishSeconds));
    }

    /** The head of that table. */
    static String head() {
        return String.format(
                Locale.ROOT,
                "%-10s %8s %8s %8s %8s %8s %9s %9s %9s",
                "policy",
                "episodes",
                "mean m",
                "median m",
                "min m",
                "max m",
                "finished",
                "m/s",
                "finish s");
    }
}
