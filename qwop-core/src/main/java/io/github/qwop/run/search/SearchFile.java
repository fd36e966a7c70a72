package io.github.qwop.run.search;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.qwop.game.Units;
import io.github.qwop.play.Splits;
import io.github.qwop.run.Provenance;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.search.Improvement;
import io.github.qwop.search.Level;
import io.github.qwop.search.Objective;
import io.github.qwop.search.Pass;
import io.github.qwop.search.Plan;
import io.github.qwop.search.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code search.json}, and what a search says. All but {@code wall} and {@code provenance} is the same for the
 * same search.
 */
final class SearchFile {

    private static final int FORMAT = 1;
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    private SearchFile() {}

    /**
     * What was found from one start.
     *
     * @param name the start's
     * @param file its recording
     * @param best the run
     * @param splits its times
     * @param levels every level of every pass
     * @param improvements the runs that reached the objective, each sooner than those before it
     * @param passes how each pass searched
     * @param rates updates per second of each level, of wall time
     * @param isDone whether its budget is gone
     */
    record Entry(
            String name,
            Path file,
            Run best,
            Splits splits,
            List<Level> levels,
            List<Improvement> improvements,
            List<Pass> passes,
            List<Float> rates,
            boolean isDone) {

        /** For whoever reads the log. */
        String sentence(Objective objective) {
            long used = levels.isEmpty() ? 0 : levels.get(levels.size() - 1).used();
            String reached = best.reached()
                    ? String.format(Locale.ROOT, "%s m in %.2f s", objective.place(), best.seconds())
                    : String.format(
                            Locale.ROOT,
                            "did not reach the objective, %s: %.2f m in %.2f s",
                            objective,
                            best.x() / Units.PER_METRE,
                            best.seconds());
            return String.format(
                    Locale.ROOT,
                    "%s: %s, after %,d updates in %d %s: %s.",
                    name,
                    reached,
                    used,
                    passes.size(),
                    passes.size() == 1 ? "pass" : "passes",
                    file);
        }
    }

    /** A run as a sentence's part. */
    static String text(Run run) {
        return run.reached()
                ? String.format(Locale.ROOT, "%.2f s", run.seconds())
                : String.format(Locale.ROOT, "%.1f m in %.1f s", run.x() / Units.PER_METRE, run.seconds());
    }

    /**
     * How far a search has come, as a runner would want to know it.
     *
     * @param rate updates per second
     * @param left seconds until the budget or the time is gone
     */
    static String progress(Level level, double rate, double left) {
        double metres = level.bestX() / Units.PER_METRE;
        double ahead = Splits.human().at(metres) - level.seconds();
        List<Double> human = Splits.human().seconds();
        String beside = Double.isNaN(ahead)
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  %.1f s %s %.2f",
                        Math.abs(ahead),
                        ahead < 0 ? "behind" : "ahead of",
                        human.get(human.size() - 1));
        long seconds = Math.max(0, Math.round(left));
        return String.format(
                Locale.ROOT,
                "%.1f s  %.1f m%s  beam %d of %d ancestors  %,.0f updates/s  %d:%02d min left",
                level.seconds(),
                metres,
                beside,
                level.beam(),
                level.ancestors(),
                rate,
                seconds / 60,
                seconds % 60);
    }

    /** Writes the file. */
    static void write(RunDirectory run, SearchSpec spec, Plan plan, List<Entry> found) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        Map<String, String> settings = new LinkedHashMap<>(Settings.flatten(spec));
        settings.put("width", Integer.toString(plan.width()));
        settings.put("horizon", Integer.toString(plan.horizon()));
        settings.remove("threads");
        settings.remove("minutes");
        document.put("settings", settings);
        document.put("provenance", Provenance.of(settings));
        document.put("human", Splits.human().seconds());
        document.put("starts", found.stream().map(SearchFile::start).toList());
        document.put("wall", found.stream().map(Entry::rates).toList());
        AtomicFile.write(run.searchFile(), GSON.toJson(document) + "\n");
    }

    private static Map<String, Object> start(Entry entry) {
        Map<String, Object> start = new LinkedHashMap<>();
        start.put("name", entry.name());
        start.put("reached", entry.best().reached());
        start.put("seconds", entry.best().seconds());
        start.put("metres", entry.best().x() / Units.PER_METRE);
        start.put("recording", entry.file().getFileName().toString());
        start.put("splits", entry.splits().seconds());
        start.put("complete", entry.isDone());
        List<Map<String, Object>> found = new ArrayList<>();
        for (Improvement improvement : entry.improvements()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("pass", improvement.pass());
            one.put("seconds", improvement.seconds());
            one.put("branchedOffAt", improvement.branchSeconds());
            found.add(one);
        }
        start.put("found", found);
        List<Map<String, Object>> passes = new ArrayList<>();
        for (Pass pass : entry.passes()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("width", pass.variant().width());
            one.put("horizon", pass.variant().horizon());
            one.put("framesPerDecision", pass.variant().framesPerDecision());
            one.put("improvesFrom", pass.improvesFrom());
            List<Level> levels = entry.levels().stream()
                    .filter(level -> level.pass() == pass.number())
                    .toList();
            one.put("clock", column(levels, Level::seconds));
            one.put("bestMetres", column(levels, level -> level.bestX() / Units.PER_METRE));
            one.put("spreadMetres", column(levels, level -> level.spread() / Units.PER_METRE));
            one.put("beam", column(levels, Level::beam));
            one.put("ancestors", column(levels, Level::ancestors));
            one.put("fallen", column(levels, Level::fallen));
            one.put("fallenMetres", column(levels, SearchFile::fallenMetres));
            one.put("updates", column(levels, Level::used));
            passes.add(one);
        }
        start.put("passes", passes);
        return start;
    }

    /** JSON has no NaN. */
    private static @Nullable Double fallenMetres(Level level) {
        return Double.isNaN(level.fallenX()) ? null : level.fallenX() / Units.PER_METRE;
    }

    private static <T extends @Nullable Object> List<T> column(List<Level> levels, Function<Level, T> value) {
        List<T> column = new ArrayList<>();
        levels.forEach(level -> column.add(value.apply(level)));
        return column;
    }
}
