package io.github.qwop.run.sensitivity;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Split;
import io.github.qwop.game.Rules;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.parallel.Workers;
import io.github.qwop.play.EpisodePlayer;
import io.github.qwop.run.EpisodeLimit;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.Provenance;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.evaluation.Summary;
import io.github.qwop.run.policy.PolicyRequest;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The goal {@code sensitivity}: plays the same starts with one disturbance of the keys after another, and with a single
 * slip, and writes what is left of the policy.
 */
public final class Sensitivity {

    private static final int FORMAT = 1;
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    /** Gaps that are told, by seconds since the slip. */
    private static final List<Double> TOLD = List.of(1.0, 5.0);

    private Sensitivity() {}

    /**
     * What one disturbance leaves, as {@code sensitivity.json} has it.
     *
     * @param setting the environment's setting
     * @param value what it is set to
     * @param episodes how many were played
     * @param finishRate share that finished
     * @param meanFinishSeconds seconds of play of those; null if there are none
     * @param bestFinishSeconds the fastest of them; null likewise
     * @param meanDistance metres
     */
    record Point(
            String setting,
            double value,
            int episodes,
            double finishRate,
            @Nullable Double meanFinishSeconds,
            @Nullable Double bestFinishSeconds,
            double meanDistance) {

        static Point of(Disturbance disturbance, Summary summary) {
            return new Point(
                    disturbance.setting(),
                    disturbance.value(),
                    summary.episodes(),
                    summary.finishRate(),
                    finite(summary.meanFinishSeconds()),
                    finite(summary.bestFinishSeconds()),
                    summary.meanDistance());
        }

        /** JSON has no NaN. */
        private static @Nullable Double finite(double value) {
            return Double.isFinite(value) ? value : null;
        }
    }

    /**
     * Measures.
     *
     * @param request a policy, and what is wanted of it
     * @throws SettingException if a setting cannot be used
     */
    public static Outcome run(PolicyRequest<SensitivitySpec> request, RunListener listener) throws IOException {
        SensitivitySpec spec = request.spec();
        EpisodeLimit.check(spec.environment());
        if (spec.environment().isPerturbed()) {
            listener.warn("The environment has " + spec.environment().keys()
                    + ", which is passed over: each disturbance is measured by itself.");
        }
        TrainedPolicy policy = request.policy();
        List<Disturbance> disturbances = Disturbance.all();
        listener.info(String.format(
                Locale.ROOT,
                "Measuring %s of %s (%,d steps) under %d disturbances of its keys: %d episodes each, start noise %s,"
                        + " seed %d.",
                request.file().getFileName(),
                policy.runId(),
                policy.steps(),
                disturbances.size(),
                spec.episodes(),
                spec.environment().startNoise(),
                spec.seed()));
        List<Point> points = new ArrayList<>();
        Slips slips;
        listener.info(String.format(
                Locale.ROOT, "%-14s %9s %9s %9s %9s", "keys", "finished", "finish s", "fastest", "mean m"));
        try (Workers workers = new Workers(policy.bearsThreads() ? spec.threads() : 1)) {
            for (Disturbance disturbance : disturbances) {
                Point point = Point.of(disturbance, play(spec, policy, disturbance.in(spec.environment()), workers));
                points.add(point);
                listener.info(row(disturbance.text(), point));
            }
            slips = Slips.of(disturbances.get(0).in(spec.environment()), policy, spec.seed(), spec.episodes(), workers);
        }
        listener.info(text(slips));
        AtomicFile.write(request.run().sensitivity(), GSON.toJson(document(request, points, slips)) + "\n");
        return outcome(request, points);
    }

    private static Summary play(SensitivitySpec spec, TrainedPolicy policy, EnvSpec environment, Workers workers) {
        return Summary.of(EpisodePlayer.play(
                worker -> new EpisodePlayer(environment, new Twin(environment.trigonometry())),
                policy::actor,
                Split.TEST.streams(spec.seed(), 0, spec.episodes()),
                workers));
    }

    private static String row(String label, Point point) {
        return String.format(
                Locale.ROOT,
                "%-14s %7.0f %% %9s %9s %9.2f",
                label,
                100 * point.finishRate(),
                seconds(point.meanFinishSeconds()),
                seconds(point.bestFinishSeconds()),
                point.meanDistance());
    }

    private static String seconds(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String text(Slips slips) {
        StringBuilder apart = new StringBuilder();
        for (double seconds : TOLD) {
            slips.gaps().stream()
                    .filter(gap -> gap.seconds() >= seconds)
                    .findFirst()
                    .ifPresent(gap -> apart.append(
                            String.format(Locale.ROOT, ", %.2f m apart after %.0f s (median)", gap.median(), seconds)));
        }
        return String.format(
                Locale.ROOT,
                "One change of keys an update late: %.0f %% of %d episodes finish, %.0f %% without it%s.",
                100 * slips.finishRateSlipped(),
                slips.episodes(),
                100 * slips.finishRate(),
                apart);
    }

    private static Map<String, Object> document(
            PolicyRequest<SensitivitySpec> request, List<Point> points, Slips slips) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        document.put("rules", Rules.VERSION);
        document.put("runId", request.policy().runId());
        document.put("policy", request.file().getFileName().toString());
        document.put("steps", request.policy().steps());
        document.put("seed", request.spec().seed());
        document.put("environment", Settings.flatten(request.spec().environment()));
        document.put("provenance", Provenance.of(Settings.flatten(request.spec())));
        document.put("points", points);
        document.put("slips", slips);
        return document;
    }

    private static Outcome outcome(PolicyRequest<SensitivitySpec> request, List<Point> points) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Point point : points) {
            figures.put(new Disturbance(point.setting(), point.value()).text(), point.finishRate());
        }
        Point none = points.get(0);
        Point worst = worst(points);
        return new Outcome(
                String.format(
                        Locale.ROOT,
                        "Sensitivity of %s: %.0f %% finish where keys come at once, and %.0f %% at worst, with %s; %s.",
                        request.policy().runId(),
                        100 * none.finishRate(),
                        100 * worst.finishRate(),
                        new Disturbance(worst.setting(), worst.value()).text(),
                        request.run().sensitivity()),
                figures);
    }

    /** Where the fewest finish; of several such, where they come least far. */
    static Point worst(List<Point> points) {
        return points.stream()
                .min(Comparator.comparingDouble(Point::finishRate).thenComparingDouble(Point::meanDistance))
                .orElseThrow();
    }
}
