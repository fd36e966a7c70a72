package io.github.qwop.goal;

import io.github.qwop.cluster.ClusterSpec;
import io.github.qwop.cluster.SparkEngine;
import io.github.qwop.cluster.TaskJvm;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.run.study.Objective;
import io.github.qwop.run.study.Pruning;
import io.github.qwop.run.study.Seeds;
import io.github.qwop.run.study.Study;
import io.github.qwop.run.study.StudySpec;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The goal {@code sweep}. Beside its settings and those of the training it takes {@code grid.<setting>}, a list of
 * values, {@code random.<setting>}, what values are drawn from, and {@code task.}: the JVM of each training, by default
 * one like this.
 */
final class SweepGoal implements Goal<SweepGoal.Spec> {

    private static final String GRID = "grid.";
    private static final String RANDOM = "random.";

    /** Groups that are not of a training, and settings of the plugin alone. */
    private static final List<String> OTHERS = List.of(
            GRID, RANDOM, Goal.TASK, "pruning.", "cluster.", "fork.", "sweep.", "gate.", "outputDirectory", "skip");

    private static final int MOST_DRAWS = 10_000;

    private static final RunListener SILENT = new RunListener() {
        @Override
        public void info(String text) {}

        @Override
        public void warn(String text) {}

        @Override
        public void progress(long steps, long totalSteps, double stepsPerSecond, Map<String, Double> values) {}
    };

    /**
     * The goal's settings. Those of the training stand beside the others, as {@code train} has them.
     *
     * @param studyId the study's name, also of its folder
     * @param seeds that every trial is trained with
     * @param objective what trials are ranked by
     * @param draws how often all of {@code random} is drawn
     * @param drawSeed of the draws
     * @param pruning which trials are ended early
     * @param episodes that the best checkpoint of a finished training is evaluated on; 0 for none
     * @param threads of each training: so many cores it takes
     * @param cluster where the work is done
     * @param run the training
     */
    public record Spec(
            String studyId,
            Seeds seeds,
            Objective objective,
            int draws,
            long drawSeed,
            Pruning pruning,
            int episodes,
            int threads,
            ClusterSpec cluster,
            RunSpec run) {}

    /** Public, because settings are bound by reflection. */
    public record Own(
            String studyId,
            Seeds seeds,
            Objective objective,
            int draws,
            long drawSeed,
            Pruning pruning,
            int episodes,
            int threads,
            ClusterSpec cluster) {

        static final Own DEFAULT =
                new Own("study", Seeds.upTo(3), Objective.DISTANCE, 10, 1, Pruning.NONE, 100, 1, ClusterSpec.DEFAULT);

        /** Checks the values. */
        public Own {
            new StudySpec(studyId, seeds, objective, pruning, episodes, threads);
            if (draws < 1 || draws > MOST_DRAWS) {
                throw new IllegalArgumentException(
                        "sweep.draws is " + draws + ": give 1 to " + MOST_DRAWS + ", 10 is usual.");
            }
        }

        Spec with(RunSpec run) {
            return new Spec(studyId, seeds, objective, draws, drawSeed, pruning, episodes, threads, cluster, run);
        }
    }

    @Override
    public String name() {
        return "sweep";
    }

    @Override
    public Spec defaults() {
        return Own.DEFAULT.with(RunSpec.of(Map.of()));
    }

    @Override
    public boolean needsEngine() {
        return true;
    }

    @Override
    public boolean needsCluster(Map<String, String> settings) {
        return true;
    }

    @Override
    public boolean endsItself() {
        return true;
    }

    @Override
    public Spec settings(Call call) throws IOException {
        TrainingSettings<Own> settings = TrainingSettings.read(Own.DEFAULT, base(call, Map.of(), call.listener()));
        return settings.goal().with(settings.run());
    }

    /** The call without what varies, or with what a trial sets. */
    private static Call base(Call call, Map<String, String> trial, RunListener listener) {
        Map<String, String> base =
                new HashMap<>(call.without(GRID, RANDOM, Goal.TASK).settings());
        base.putAll(trial);
        return new Call(call.directory(), base, listener, call.stop());
    }

    private static RunSpec training(Call call, Map<String, String> trial) {
        try {
            return TrainingSettings.read(Own.DEFAULT, base(call, trial, SILENT)).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SettingException e) {
            throw drawn(e, call.group(RANDOM), trial);
        }
    }

    /** What was drawn nobody has typed: the sentence begins with what it was drawn from. */
    private static SettingException drawn(
            SettingException refused, Map<String, String> random, Map<String, String> trial) {
        String sentence = String.valueOf(refused.getMessage());
        for (Map.Entry<String, String> one : random.entrySet()) {
            String value = String.valueOf(trial.get(one.getKey()));
            if (sentence.startsWith(one.getKey() + " is ") && sentence.contains(value)) {
                String given = RANDOM + one.getKey() + " is \"" + one.getValue() + "\", which draws " + value;
                return new SettingException(
                        sentence.contains("not a whole number")
                                ? given + ", and " + one.getKey() + " is a whole number: draw such with "
                                        + one.getValue()
                                                .strip()
                                                .replaceFirst("(?i)^uniform", "int")
                                                .replaceFirst("(?i)^log ", "log-int ")
                                        + "."
                                : given + ": " + sentence,
                        refused);
            }
        }
        return refused;
    }

    /** What is the study's, or the plugin's, is the same for all trainings. */
    private static void requireOfTraining(String group, Set<String> names) {
        Set<String> own = Settings.flatten(Own.DEFAULT).keySet();
        for (String name : new TreeSet<>(names)) {
            if (own.contains(name)
                    || OTHERS.stream()
                            .anyMatch(other -> other.endsWith(".") ? name.startsWith(other) : name.equals(other))) {
                throw new SettingException(group + name + " cannot be varied by grid or random: only settings of a"
                        + " training can, such as learner.gamma or nEnvs; remove it.");
            }
        }
    }

    private static void warnOfDraws(Spec spec, RunListener listener) {
        if (spec.draws() != Own.DEFAULT.draws()) {
            listener.warn("sweep.draws is " + spec.draws() + ", and nothing is drawn, because no random is given.");
        }
        if (spec.drawSeed() != Own.DEFAULT.drawSeed()) {
            listener.warn("sweep.seed is " + spec.drawSeed()
                    + ", and nothing is drawn, because no random is given: trainings have seeds.");
        }
    }

    @Override
    public Outcome run(Spec spec, Call call) throws IOException, StoppedException {
        requireOfTraining(GRID, call.group(GRID).keySet());
        requireOfTraining(RANDOM, call.group(RANDOM).keySet());
        if (call.group(RANDOM).isEmpty()) {
            warnOfDraws(spec, call.listener());
        }
        List<Map<String, String>> tried =
                Study.space(call.group(GRID), call.group(RANDOM), spec.draws(), spec.drawSeed());
        TaskJvm here = new TaskJvm(
                List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)), List.of(), List.of());
        TaskJvm jvm = Settings.bind(here, call.group(Goal.TASK));
        StudySpec study = new StudySpec(
                spec.studyId(), spec.seeds(), spec.objective(), spec.pruning(), spec.episodes(), spec.threads());
        return Study.run(
                call.directory(),
                study,
                tried,
                trial -> training(call, trial),
                () -> SparkEngine.open(spec.cluster(), spec.threads(), jvm, call.listener()),
                call.listener(),
                call.stop());
    }
}
