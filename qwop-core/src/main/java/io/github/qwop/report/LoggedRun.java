package io.github.qwop.report;

import com.google.gson.JsonObject;
import io.github.qwop.file.Fault;
import io.github.qwop.play.Splits;
import io.github.qwop.report.chart.Point;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.metrics.MetricsLog;
import io.github.qwop.run.settings.Change;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.run.study.StudyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run, or a study, as whoever keeps a log by hand writes it down.
 *
 * @param name what to call it
 * @param folder where it lies
 * @param status how it came out
 * @param peak its best in a few words; empty if there is none
 * @param isBad whether it collapsed, or something of it cannot be read
 * @param date when it began last, as a text that sorts by time
 * @param origin what it went on from; null for nothing
 * @param facts the rest, in order
 */
record LoggedRun(
        String name,
        Path folder,
        String status,
        String peak,
        boolean isBad,
        String date,
        @Nullable Origin origin,
        List<Fact> facts) {

    private static final String EVALUATED = "eval/distance";
    private static final String LOAD = "modelLoadFile";
    private static final String CHECKPOINTS = "checkpoints";

    /** What differs between any two runs. */
    private static final Set<String> BESIDE = Set.of("runId", LOAD);

    /**
     * The network that a run began with.
     *
     * @param folder the folder of the run that it is of
     * @param file its name
     */
    record Origin(Path folder, String file) {

        /** The run's. */
        String name() {
            return String.valueOf(folder.getFileName());
        }

        String text() {
            return name() + ", " + file;
        }
    }

    /**
     * A thing to know.
     *
     * @param what what it is about
     * @param told what there is to say, one below the other
     */
    record Fact(String what, List<String> told) {}

    /**
     * Reads a run; what cannot be read is said to be so.
     *
     * @param name what to call it
     */
    static LoggedRun read(String name, Path folder) {
        RunDirectory directory = new RunDirectory(folder);
        if (StudyFile.isIn(folder)) {
            return study(name, folder);
        }
        try {
            return of(ReportedRun.read(name, folder, false), directory.damaged());
        } catch (SettingException e) {
            return unreadable(name, folder, "nothing to tell", "Nobody has trained, evaluated or searched here.");
        } catch (IOException e) {
            return unreadable(name, folder, "damaged", "Its files cannot be read: " + Fault.of(e) + ".");
        }
    }

    private static LoggedRun study(String name, Path folder) {
        try {
            StudyInBrief study = StudyInBrief.read(folder);
            return new LoggedRun(
                    name,
                    folder,
                    "study, " + study.extent(),
                    study.figure().isEmpty() ? "" : "best " + study.figure(),
                    false,
                    date(folder),
                    null,
                    List.of(
                            new Fact("peak", List.of(study.best())),
                            new Fact("trainings", List.of(study.trainings()))));
        } catch (SettingException e) {
            return unreadable(name, folder, "study, damaged", String.valueOf(e.getMessage()));
        }
    }

    private static LoggedRun unreadable(String name, Path folder, String status, String why) {
        return new LoggedRun(
                name, folder, status, "", true, date(folder), null, List.of(new Fact("why", List.of(why))));
    }

    private static LoggedRun of(ReportedRun run, List<String> damaged) throws IOException {
        Origin origin = origin(run);
        List<Fact> facts = new ArrayList<>();
        if (run.isTrained()) {
            add(facts, "took", took(run));
            add(facts, "peak", peak(run));
            add(facts, "best checkpoint", best(run));
            add(facts, "went on from", origin == null ? List.of() : List.of(origin.text()));
            addDifferences(facts, run, origin);
            add(facts, "the guard saw", guard(run));
        }
        addEvaluation(facts, run);
        addSearch(facts, run);
        add(facts, "left out", leftOut(run, damaged));
        boolean isDamaged = !damaged.isEmpty() || run.evaluationDamaged();
        return new LoggedRun(
                run.name(),
                run.directory().path(),
                status(run) + (isDamaged ? ", damaged" : ""),
                summit(run),
                isStopped(run) || isDamaged,
                run.provenance() == null ? date(run.directory().path()) : ReportedRun.text(run.provenance(), "date"),
                origin,
                List.copyOf(facts));
    }

    private static void add(List<Fact> facts, String what, List<String> told) {
        if (!told.isEmpty()) {
            facts.add(new Fact(what, told));
        }
    }

    /** Of a run that does not say when it began: when the first of its files that are there was written. */
    private static String date(Path folder) {
        RunDirectory run = new RunDirectory(folder);
        Path study = folder.resolve(StudyFile.NAME);
        for (Path file : List.of(study, run.spec(), run.evaluation(), run.searchFile(), folder)) {
            try {
                return Files.getLastModifiedTime(file)
                        .toInstant()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString();
            } catch (IOException e) {
                // The next may be there.
            }
        }
        return "";
    }

    /** Whether the guard ended the training. */
    private static boolean isStopped(ReportedRun run) {
        return run.directory().isFinished()
                && !run.events().isEmpty()
                && run.events().get(run.events().size() - 1).done().startsWith("training stops");
    }

    private static String status(ReportedRun run) throws IOException {
        if (!run.isTrained()) {
            String done = run.isEvaluated() ? "evaluated" : run.search() == null ? "measured" : "searched";
            return done + " here, not trained";
        }
        StringBuilder status = new StringBuilder();
        if (isStopped(run)) {
            status.append("collapsed at ")
                    .append(steps(run.events().get(run.events().size() - 1).steps()));
        } else if (run.directory().isFinished()) {
            status.append("finished");
        } else {
            status.append(run.directory().isAtWork() ? "at work, " : "stopped at ")
                    .append(steps(run.steps()));
        }
        long back = count(run, "rolled back");
        long seen = count(run, "training goes on");
        status.append(back == 0 ? "" : ", rolled back " + times(back));
        status.append(seen == 0 ? "" : ", a collapse seen " + times(seen));
        return status.toString();
    }

    private static long count(ReportedRun run, String done) {
        return run.events().stream()
                .filter(event -> event.done().startsWith(done))
                .count();
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    private static String steps(double steps) {
        return Figures.of(steps, 0, "steps");
    }

    private static List<String> took(ReportedRun run) {
        double total = ReportedRun.numeral(run.settings().getOrDefault("totalTimesteps", ""));
        return List.of(Figures.time(run.elapsed()) + " for " + Figures.of(run.steps(), 0, "")
                + (Double.isNaN(total) ? "" : " of " + Figures.of(total, 0, "")) + " steps"
                + (run.elapsed() > 0 ? ", " + Figures.of(run.steps() / run.elapsed(), 0, "steps/s") : ""));
    }

    private static List<String> peak(ReportedRun run) {
        List<Point> curve = run.curve(EVALUATED, 1);
        if (curve.isEmpty()) {
            return List.of("no evaluation yet");
        }
        Point highest = curve.stream().max(Comparator.comparingDouble(Point::y)).orElseThrow();
        return List.of(Figures.of(highest.y(), 2, "m") + " in the mean at " + steps(highest.x()) + "; at last "
                + Figures.of(curve.get(curve.size() - 1).y(), 2, "m"));
    }

    private static List<String> best(ReportedRun run) {
        Map<String, Double> row = run.bestRow();
        if (row == null || !Files.exists(run.directory().best())) {
            return List.of("none");
        }
        return List.of(run.directory().best().getFileName() + ", of "
                + steps(row.getOrDefault(MetricsLog.STEPS, Double.NaN)) + ": "
                + Figures.of(row.getOrDefault(EVALUATED, Double.NaN), 2, "m") + " in the mean");
    }

    private static String summit(ReportedRun run) {
        Map<String, Double> row = run.bestRow();
        return row == null
                ? ""
                : "best " + Figures.of(row.getOrDefault(EVALUATED, Double.NaN), 1, "m") + " at "
                        + steps(row.getOrDefault(MetricsLog.STEPS, Double.NaN));
    }

    private static @Nullable Origin origin(ReportedRun run) {
        String file = run.settings().getOrDefault(LOAD, Settings.NONE);
        if (file.isBlank() || file.equals(Settings.NONE)) {
            return null;
        }
        try {
            Path path = Path.of(file).toAbsolutePath().normalize();
            Path folder = path.getParent();
            if (folder != null && folder.endsWith(CHECKPOINTS)) {
                folder = folder.getParent();
            }
            return folder == null ? null : new Origin(folder, path.getFileName().toString());
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static void addDifferences(List<Fact> facts, ReportedRun run, @Nullable Origin origin) throws IOException {
        Map<String, String> own = whole(run.settings());
        Map<String, String> before = origin == null
                ? Map.of()
                : new RunDirectory(origin.folder())
                        .savedSettings()
                        .map(LoggedRun::whole)
                        .orElse(Map.of());
        String whose = before.isEmpty() || origin == null ? "the defaults" : origin.name();
        if (before.isEmpty()) {
            before = whole(Map.of("algorithm", own.getOrDefault("algorithm", "ppo")));
        }
        List<String> changes = Change.between(before, own).stream()
                .filter(change -> !BESIDE.contains(change.name()))
                .map(Change::text)
                .toList();
        add(facts, "unlike " + whose, changes.isEmpty() ? List.of("nothing") : changes);
    }

    /** Every setting, those that are newer than the run as they were without it. */
    private static Map<String, String> whole(Map<String, String> saved) {
        try {
            return RunSpec.saved(saved).settings();
        } catch (SettingException e) {
            return saved;
        }
    }

    private static List<String> guard(ReportedRun run) {
        return run.events().isEmpty()
                ? List.of("no collapse")
                : run.events().stream()
                        .map(event -> "at " + steps(event.steps()) + ": " + event.seen() + "; " + event.done())
                        .toList();
    }

    private static void addEvaluation(List<Fact> facts, ReportedRun run) {
        JsonObject evaluation = run.evaluation();
        if (evaluation == null || !(evaluation.get("trained") instanceof JsonObject trained)) {
            return;
        }
        Verdict verdict = Verdict.of(run);
        add(
                facts,
                "evaluation",
                List.of(
                        figure(trained, "meanDistance", 2, "m") + " in the mean of "
                                + figure(trained, "episodes", 0, "episodes") + ", "
                                + Figures.share(ReportedRun.number(trained, "finishRate")) + " finished, in "
                                + figure(trained, "meanFinishSeconds", 1, "s") + " of play, the fastest in "
                                + figure(trained, "bestFinishSeconds", 1, "s"),
                        verdict.headline()));
        if (evaluation.get("splits") instanceof JsonObject splits) {
            add(facts, "splits, best", splits(SplitTimes.told(splits.get("best"))));
            add(facts, "splits, finished, mean", splits(SplitTimes.told(splits.get("finished, mean"))));
        }
    }

    private static void addSearch(List<Fact> facts, ReportedRun run) {
        JsonObject start =
                run.search() == null ? null : Best.fastest(run.search()).orElse(null);
        if (start != null) {
            add(
                    facts,
                    "search",
                    List.of((Best.isReached(start) ? figure(start, "seconds", 2, "s") : figure(start, "metres", 1, "m"))
                            + Best.way(run.search(), start) + ", from the start "
                            + ReportedRun.text(start, "name")));
            add(facts, "splits, search", splits(SplitTimes.told(start.get("splits"))));
        }
    }

    private static String figure(JsonObject object, String name, int decimals, String unit) {
        return Figures.of(ReportedRun.number(object, name), decimals, unit);
    }

    /** In one line: seconds of play by metres. */
    private static List<String> splits(Splits splits) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < splits.seconds().size(); i++) {
            parts.add((i + 1 == Splits.COUNT ? "finish" : (i + 1) * Splits.METRES + " m") + " "
                    + Figures.of(splits.seconds().get(i), 2, ""));
        }
        return parts.isEmpty() ? List.of() : List.of(String.join(", ", parts));
    }

    private static List<String> leftOut(ReportedRun run, List<String> damaged) {
        List<String> left = new ArrayList<>(run.leftOut());
        if (run.evaluationDamaged()) {
            left.add("evaluation.json is unreadable: run qwop:evaluate again.");
        }
        damaged.stream().filter(file -> file.endsWith(".zip")).forEach(file -> left.add(file + " is damaged."));
        return left;
    }
}
