package io.github.qwop.run.study;

import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.settings.Change;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.study.StudyFile.Evaluated;
import io.github.qwop.run.training.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The goal {@code sweep}: trains every trial with every seed, prunes, evaluates, and ranks. Each training is an
 * ordinary run in a folder of its own, and all that the study knows it reads from these folders: it goes on where it
 * was, and what is trained already is not trained again.
 */
public final class Study {

    private static final String TRAIN = "train";
    private static final String EVALUATE = "evaluate";
    private static final long TELL_NANOS = 1_000_000_000L;
    private static final long WRITE_NANOS = 5_000_000_000L;

    private final StudySpec spec;
    private final Path folder;
    private final List<Trial> trials;
    private final RunListener listener;
    private final BooleanSupplier stop;

    /** Names of the runs that the engine has, and where they come from. */
    private final Map<String, Work> working = new HashMap<>();

    private final long begin = System.nanoTime();
    private long told = System.nanoTime();
    private long written = System.nanoTime();
    private long stepsDone;

    private record Work(Trial trial, long seed, Task task) {}

    private Study(StudySpec spec, Path folder, List<Trial> trials, RunListener listener, BooleanSupplier stop) {
        this.spec = spec;
        this.folder = folder;
        this.trials = trials;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Does a study, or goes on with it.
     *
     * @param directory where studies and runs lie
     * @param tried the settings of every trial, see {@link #space}; what the study's base is already is not tried twice
     * @param trainings a training's spec by its settings: a trial's, {@code seed} and {@code runId}
     * @param engine does the work; it is opened when there is something to do, and closed
     * @return what came of it: {@code trials}, {@code trainings}, {@code pruned}, {@code failed} and the {@code best}
     *     trial's mean objective
     * @throws SettingException if the settings of a trial cannot be used, the study's folder is a run's, or every trial
     *     has failed
     * @throws StoppedException if it was stopped before its end
     */
    public static Outcome run(
            Path directory,
            StudySpec spec,
            List<Map<String, String>> tried,
            Function<Map<String, String>, RunSpec> trainings,
            Supplier<Engine> engine,
            RunListener listener,
            BooleanSupplier stop)
            throws IOException, StoppedException {
        Path folder = directory.resolve(spec.studyId()).toAbsolutePath();
        FileChannel lock = new RunDirectory(folder).lockStudy();
        try (lock) {
            refuseRun(folder);
            StudyFile before = before(folder, listener);
            List<Trial> trials = trials(folder, spec, tried, trainings, before);
            Study study = new Study(spec, folder, trials, listener, stop);
            study.recall(before);
            return study.work(engine);
        }
    }

    /** A study's trainings would lie among a run's files. */
    private static void refuseRun(Path folder) {
        boolean isStudy = Stream.of(StudyFile.NAME, StudyStatistics.NAME)
                .anyMatch(name -> Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS));
        if (!isStudy && new RunDirectory(folder).isRun()) {
            throw new SettingException("There is a run in " + folder
                    + ", and a study needs a folder of its own: give the study another studyId.");
        }
    }

    /** The study that lies here, if one does. */
    private static @Nullable StudyFile before(Path folder, RunListener listener) throws IOException {
        Path file = folder.resolve(StudyFile.NAME);
        if (Files.exists(file)) {
            return StudyFile.read(folder);
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            listener.warn("The study's file " + file + " is a link to nothing: moved to " + AtomicFile.moveAside(file)
                    + ", and written anew from the trainings in its folder.");
        }
        return null;
    }

    /**
     * What is tried by a grid and by random draws.
     *
     * @param grid lists of values by setting, as {@link io.github.qwop.run.settings.Settings#split} reads them
     * @param random {@code log 1e-5 1e-3} and the like, by setting
     * @param draws how often all of {@code random} is drawn
     * @param seed of the draws
     * @throws SettingException if one cannot be used
     */
    public static List<Map<String, String>> space(
            Map<String, String> grid, Map<String, String> random, int draws, long seed) {
        return SearchSpace.of(grid, random, draws, seed).trials();
    }

    /** A trial keeps the name that it had, and with it its trainings, when others are declared beside it. */
    private static List<Trial> trials(
            Path folder,
            StudySpec spec,
            List<Map<String, String>> tried,
            Function<Map<String, String>, RunSpec> trainings,
            @Nullable StudyFile before)
            throws IOException {
        Map<Map<String, String>, String> names = new HashMap<>();
        if (before != null) {
            before.trials().forEach(trial -> names.put(trial.settings(), trial.trial()));
        }
        List<Map<String, String>> all = new ArrayList<>(List.of(Map.of()));
        all.addAll(tried);
        Set<Map<String, String>> known = new HashSet<>();
        Set<String> taken = new HashSet<>(names.values());
        List<Trial> trials = new ArrayList<>();
        int number = 1;
        for (Map<String, String> settings : all) {
            Map<Long, RunSpec> specs = new LinkedHashMap<>();
            // Settings are what decides: 1e-3 and 0.001 are one trial.
            if (!known.add(spec(settings, trainings, "x", 0).settings())) {
                continue;
            }
            String name = trials.isEmpty() ? Trial.DEFAULT : names.get(settings);
            while (name == null) {
                String next = "t" + number++;
                name = taken.add(next) ? next : null;
            }
            for (long seed : spec.seeds().values()) {
                specs.put(seed, spec(settings, trainings, name + "-s" + seed, seed));
            }
            trials.add(new Trial(name, settings, specs, folder));
        }
        return trials;
    }

    private static RunSpec spec(
            Map<String, String> settings, Function<Map<String, String>, RunSpec> trainings, String runId, long seed) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("runId", runId);
        all.put("seed", Long.toString(seed));
        return trainings.apply(all);
    }

    /** Evaluations of before stand, if they were of as many episodes and of a training that is finished still. */
    private void recall(@Nullable StudyFile before) {
        if (before == null) {
            return;
        }
        Map<String, Evaluated> evaluations = new HashMap<>();
        before.trials().forEach(trial -> trial.seeds().forEach(seed -> {
            if (seed.evaluation() != null && seed.evaluation().episodes() == spec.episodes()) {
                evaluations.put(seed.run(), seed.evaluation());
            }
        }));
        for (Trial trial : trials) {
            trial.specs().forEach((seed, training) -> {
                Evaluated evaluation = evaluations.get(training.runId());
                if (evaluation != null && trial.progress(seed).isFinished()) {
                    trial.evaluated(seed, evaluation);
                }
            });
        }
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private Outcome work(Supplier<Engine> engines) throws IOException, StoppedException {
        List<RunSpec> specs = new ArrayList<>();
        trials.forEach(trial -> specs.addAll(trial.specs().values()));
        int contestants = Math.max(1, trials.size() - 1);
        int rungs = spec.pruning().rungs(contestants, specs);
        listener.info(String.format(
                Locale.ROOT,
                "Study %s: %s with %s, %s, ranked by %s%s: %s.",
                spec.studyId(),
                counted(trials.size(), "trial"),
                counted(spec.seeds().values().size(), "seed"),
                counted(specs.size(), "training"),
                name(spec.objective()),
                rungs == 0 ? "" : ", pruned at " + counted(rungs, "rung"),
                folder));
        spec.pruning()
                .without(trials.size() - 1, specs)
                .ifPresent(why -> listener.warn("No trial is ended early: " + why));
        requireFiles();
        LazyEngine engine = new LazyEngine(engines);
        try (engine) {
            for (int rung = 0; rung < rungs; rung++) {
                train(engine, rung, rungs);
                prune(rung, rungs);
            }
            train(engine, rungs, rungs);
            evaluate(engine);
        } finally {
            write();
        }
        return conclude();
    }

    /** What a training would not find is told before Spark is started for it. */
    private void requireFiles() throws IOException {
        for (Trial trial : trials) {
            for (Map.Entry<Long, RunSpec> one : trial.specs().entrySet()) {
                if (!trial.progress(one.getKey()).isOurs()) {
                    Training.requireFiles(one.getValue());
                }
            }
        }
    }

    /** Opens the engine when there is work: a study that is done needs none. */
    private static final class LazyEngine implements AutoCloseable {

        private final Supplier<Engine> opener;
        private @Nullable Engine opened;

        LazyEngine(Supplier<Engine> opener) {
            this.opener = opener;
        }

        Engine get() {
            Engine engine = opened;
            if (engine == null) {
                engine = opener.get();
                opened = engine;
            }
            return engine;
        }

        @Override
        public void close() {
            if (opened != null) {
                opened.close();
            }
        }
    }

    private long stopAt(RunSpec training, int rung, int rungs) {
        return rung == rungs ? training.totalTimesteps() : spec.pruning().steps(training, rung, rungs);
    }

    private void train(LazyEngine engine, int rung, int rungs) throws IOException, StoppedException {
        List<Work> works = new ArrayList<>();
        for (Trial trial : trials) {
            for (Map.Entry<Long, RunSpec> one : trial.specs().entrySet()) {
                RunSpec training = one.getValue();
                long stopAt = stopAt(training, rung, rungs);
                RunProgress progress = trial.progress(one.getKey());
                if (trial.goesOn() && !(rung == rungs ? progress.isFinished() : progress.reaches(stopAt))) {
                    Map<String, String> settings = new LinkedHashMap<>(training.settings());
                    settings.put("threads", Integer.toString(spec.threads()));
                    if (stopAt < training.totalTimesteps()) {
                        settings.put("stopAt", Long.toString(stopAt));
                    }
                    tellIfMoved(progress, training);
                    works.add(new Work(
                            trial,
                            one.getKey(),
                            new Task(TRAIN, folder.toString(), training.runId(), settings, true, progress.isOurs())));
                }
            }
        }
        work(engine, works);
        for (Work work : works) {
            RunProgress progress = work.trial().progress(work.seed());
            long stopAt = stopAt(work.trial().spec(work.seed()), rung, rungs);
            if (work.trial().failure() == null && !progress.reaches(stopAt)) {
                throw stopped();
            }
        }
    }

    /** The training's own log, which says so too, is not heard here. */
    private void tellIfMoved(RunProgress progress, RunSpec training) throws IOException {
        RunDirectory run = new RunDirectory(folder.resolve(training.runId()));
        if (!progress.isOurs() && run.isRun()) {
            String changes = Training.changes(run, training).orElse(List.of()).stream()
                    .map(Change::text)
                    .collect(Collectors.joining(", "));
            listener.info("What lies in " + run.path() + " is of other settings or inputs: its training moves it to "
                    + AtomicFile.aside(run.path()) + (changes.isEmpty() ? "." : " (there -> now: " + changes + ")."));
        }
    }

    private void evaluate(LazyEngine engine) throws IOException, StoppedException {
        List<Work> works = new ArrayList<>();
        for (Trial trial : trials) {
            trial.specs().forEach((seed, training) -> {
                if (spec.episodes() > 0 && trial.goesOn() && !trial.isEvaluated(seed)) {
                    Map<String, String> settings = Map.of(
                            "runId", training.runId(),
                            "episodes", Integer.toString(spec.episodes()),
                            "threads", Integer.toString(spec.threads()));
                    works.add(new Work(
                            trial,
                            seed,
                            new Task(EVALUATE, folder.toString(), training.runId(), settings, false, true)));
                }
            });
        }
        work(engine, works);
        for (Work work : works) {
            if (work.trial().failure() == null && !work.trial().isEvaluated(work.seed())) {
                throw stopped();
            }
        }
    }

    private StoppedException stopped() {
        return new StoppedException("The study " + spec.studyId() + " stopped with " + finished() + " of "
                + trials.size() + " trials trained to the end; run the same command again to go on from there.");
    }

    private long finished() {
        return trials.stream().filter(Trial::isFinished).count();
    }

    private void work(LazyEngine engine, List<Work> works) throws IOException, StoppedException {
        if (works.isEmpty()) {
            return;
        }
        works.forEach(work -> working.put(work.task().runId(), work));
        write();
        try {
            engine.get().run(works.stream().map(Work::task).toList(), this::hear, () -> {
                tell();
                return stop.getAsBoolean();
            });
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        } finally {
            working.clear();
        }
        if (stop.getAsBoolean()) {
            throw stopped();
        }
    }

    private void hear(Task.Result result) {
        Work work = working.remove(result.runId());
        if (work == null) {
            throw new IllegalStateException("Nobody waits for " + result.runId() + ".");
        }
        Trial trial = work.trial();
        try {
            long before = trial.progress(work.seed()).steps();
            trial.look(folder, work.seed());
            stepsDone += Math.max(0, trial.progress(work.seed()).steps() - before);
            if (result.end() == Task.End.FAILED) {
                trial.fail(result.text());
                listener.warn(result.runId() + " failed, and its trial with it: " + result.text());
            } else if (result.end() == Task.End.DONE && work.task().goal().equals(EVALUATE)) {
                trial.evaluated(work.seed(), evaluated(result.data()));
            }
            if (working.values().stream().noneMatch(other -> other.trial() == trial) && trial.failure() == null) {
                listener.info(line(trial, work.task().goal().equals(EVALUATE) ? "evaluated" : "trained"));
            }
            if (System.nanoTime() - written > WRITE_NANOS) {
                write();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tell();
    }

    private static Evaluated evaluated(Map<String, Double> data) {
        return new Evaluated(
                data.getOrDefault("episodes", 0.0).intValue(),
                data.getOrDefault("meanDistance", Double.NaN),
                data.getOrDefault("finishRate", Double.NaN),
                data.get("meanFinishSeconds"));
    }

    private String line(Trial trial, String done) {
        long steps = trial.specs().keySet().stream()
                .mapToLong(seed -> trial.progress(seed).steps())
                .max()
                .orElse(0);
        return String.format(
                Locale.ROOT, "%s, %s: %s, %,d steps, %s.", trial.name(), trial.text(), done, steps, text(trial));
    }

    private String text(Trial trial) {
        Trial.Rank rank = trial.rank(spec.objective());
        String mean =
                switch (spec.objective()) {
                    case DISTANCE -> "mean distance %.2f m";
                    case FINISH_RATE -> "finish rate %.3f";
                    case SECONDS -> "mean time %.2f s";
                    case AREA_UNDER_CURVE -> "area under the curve %.2f m";
                };
        return Double.isNaN(rank.mean())
                ? (spec.objective() == Objective.SECONDS && trial.isFinished()
                        ? "none of its trainings finished the 100 m"
                        : "no objective yet")
                : String.format(Locale.ROOT, mean, rank.mean())
                        + (rank.missing() == 0 ? "" : " without " + rank.missing() + " seeds that have none");
    }

    private static String name(Objective objective) {
        return objective.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void prune(int rung, int rungs) {
        List<Trial> contestants = trials.stream()
                .filter(trial -> trial.goesOn() && !trial.isDefault())
                .sorted((a, b) -> a.rank(spec.objective(), spec.pruning(), rung, rungs)
                        .compare(b.rank(spec.objective(), spec.pruning(), rung, rungs), spec.objective()))
                .toList();
        if (contestants.isEmpty()) {
            return;
        }
        int promoted = spec.pruning().promoted(contestants.size());
        contestants.subList(promoted, contestants.size()).forEach(Trial::prune);
        listener.info(String.format(
                Locale.ROOT,
                "Rung %d of %d: %d of %d trials go on: %s.",
                rung + 1,
                rungs,
                promoted,
                contestants.size(),
                String.join(
                        ", ",
                        contestants.subList(0, promoted).stream()
                                .map(Trial::name)
                                .toList())));
    }

    /** How far all has come, every second. */
    private void tell() {
        long now = System.nanoTime();
        if (now - told < TELL_NANOS) {
            return;
        }
        told = now;
        long total = 0;
        long done = 0;
        for (Trial trial : trials) {
            for (Map.Entry<Long, RunSpec> one : trial.specs().entrySet()) {
                long steps = trial.progress(one.getKey()).steps();
                done += steps;
                total += trial.goesOn() ? Math.max(steps, one.getValue().totalTimesteps()) : steps;
            }
        }
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("study/working", (double) working.size());
        values.put("study/finished", (double) finished());
        values.put("study/pruned", (double)
                trials.stream().filter(trial -> !trial.goesOn()).count());
        values.put("study/best", ranked().get(0).rank(spec.objective()).mean());
        listener.progress(done, Math.max(1, total), stepsDone * 1e9 / Math.max(1, now - begin), values);
    }

    private List<Trial> ranked() {
        return trials.stream()
                .sorted((a, b) -> {
                    int byEnd = Boolean.compare(!a.isFinished(), !b.isFinished());
                    return byEnd != 0
                            ? byEnd
                            : a.rank(spec.objective()).compare(b.rank(spec.objective()), spec.objective());
                })
                .toList();
    }

    private StudyFile file() {
        long steps = trials.get(0).specs().values().iterator().next().totalTimesteps();
        return new StudyFile(
                StudyFile.VERSION,
                spec.studyId(),
                spec.objective(),
                spec.objective().higherIsBetter(),
                steps + " steps a training",
                trials.stream()
                        .map(trial -> trial.entry(spec.objective(), working.keySet(), spec.episodes() > 0))
                        .toList());
    }

    private void write() throws IOException {
        file().write(folder);
        written = System.nanoTime();
    }

    private Outcome conclude() throws IOException {
        List<Trial> ranked = ranked();
        long failed = trials.stream().filter(trial -> trial.failure() != null).count();
        if (failed == trials.size()) {
            throw new SettingException("Every trial of the study " + spec.studyId() + " failed, the first one so: "
                    + trials.get(0).failure());
        }
        StudyStatistics statistics = StudyStatistics.of(file());
        statistics.write(folder);
        statistics.lines().forEach(listener::info);
        trials.stream()
                .filter(trial -> !trial.isDefault())
                .forEach(trial -> listener.info(String.format(Locale.ROOT, "%-8s %s", trial.name(), trial.text())));
        String first = statistics
                .best()
                .map(StudyStatistics.Ranked::trial)
                .orElse(ranked.get(0).name());
        Trial best = trials.stream()
                .filter(trial -> trial.name().equals(first))
                .findFirst()
                .orElseThrow();
        long pruned = trials.stream().filter(trial -> !trial.goesOn()).count() - failed;
        boolean noneFinished = spec.objective() == Objective.SECONDS
                && Double.isNaN(best.rank(spec.objective()).mean());
        Map<String, Double> data = new LinkedHashMap<>();
        data.put("trials", (double) trials.size());
        data.put("trainings", (double)
                trials.stream().mapToInt(trial -> trial.specs().size()).sum());
        data.put("pruned", (double) pruned);
        data.put("failed", (double) failed);
        data.put("best", best.rank(spec.objective()).mean());
        data.values().removeIf(value -> value.isNaN());
        return new Outcome(
                String.format(
                        Locale.ROOT,
                        "Study %s: %s, %d of them pruned, %d failed; %s: %s",
                        spec.studyId(),
                        counted(trials.size(), "trial"),
                        pruned,
                        failed,
                        noneFinished
                                ? "none is best, because no training finished the 100 m"
                                : "best " + best.name() + ", " + text(best) + " (" + best.text() + ")",
                        folder.resolve(StudyFile.NAME)),
                data);
    }
}
