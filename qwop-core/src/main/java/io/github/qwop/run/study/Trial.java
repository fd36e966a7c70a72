package io.github.qwop.run.study;

import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.study.StudyFile.Evaluated;
import io.github.qwop.run.study.StudyFile.Seed;
import io.github.qwop.run.study.StudyFile.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Settings that are tried, and how far their trainings have come. */
final class Trial {

    /** The trial that sets nothing: all others are compared with it. */
    static final String DEFAULT = "default";

    private final String name;
    private final Map<String, String> settings;
    private final Map<Long, RunSpec> specs;
    private final Map<Long, RunProgress> progress = new LinkedHashMap<>();
    private final Map<Long, Evaluated> evaluations = new LinkedHashMap<>();
    private boolean pruned;
    private @Nullable String failure;

    /**
     * A trial.
     *
     * @param settings what it sets
     * @param specs its trainings by seed
     * @param study the study's folder, where trainings may lie already
     */
    Trial(String name, Map<String, String> settings, Map<Long, RunSpec> specs, Path study) throws IOException {
        this.name = name;
        this.settings = settings;
        this.specs = new LinkedHashMap<>(specs);
        for (long seed : specs.keySet()) {
            look(study, seed);
        }
    }

    String name() {
        return name;
    }

    Map<String, String> settings() {
        return settings;
    }

    Map<Long, RunSpec> specs() {
        return specs;
    }

    RunSpec spec(long seed) {
        return Objects.requireNonNull(specs.get(seed));
    }

    RunProgress progress(long seed) {
        return Objects.requireNonNull(progress.get(seed));
    }

    /** Reads anew what a training has left in its folder. */
    void look(Path study, long seed) throws IOException {
        RunSpec spec = spec(seed);
        progress.put(seed, RunProgress.of(new RunDirectory(study.resolve(spec.runId())), spec));
    }

    boolean isDefault() {
        return name.equals(DEFAULT);
    }

    void prune() {
        pruned = true;
    }

    void fail(String why) {
        failure = why;
    }

    /** Whether it goes on: neither pruned nor failed. */
    boolean goesOn() {
        return !pruned && failure == null;
    }

    @Nullable
    String failure() {
        return failure;
    }

    void evaluated(long seed, Evaluated evaluation) {
        evaluations.put(seed, evaluation);
    }

    boolean isEvaluated(long seed) {
        return evaluations.containsKey(seed);
    }

    boolean isFinished() {
        return progress.values().stream().allMatch(RunProgress::isFinished);
    }

    /** The objective of a training, by its evaluation or by its validations up to some steps. */
    private @Nullable Double score(Objective objective, long seed, long most) {
        Evaluated evaluation = evaluations.get(seed);
        if (evaluation == null || objective == Objective.AREA_UNDER_CURVE) {
            return progress(seed).score(objective, most);
        }
        return switch (objective) {
            case DISTANCE -> (Double) evaluation.meanDistance();
            case FINISH_RATE -> (Double) evaluation.finishRate();
            default -> evaluation.meanSeconds();
        };
    }

    /**
     * What it is ranked by.
     *
     * @param missing how many of its trainings have no objective, such as seconds of what never finishes
     * @param mean of the others; NaN if there are none
     */
    record Rank(int missing, double mean) {

        /** Which comes first: whose trainings all have an objective, then whose mean is better. */
        int compare(Rank other, Objective objective) {
            int byMissing = Integer.compare(missing, other.missing);
            if (byMissing != 0) {
                return byMissing;
            }
            int byMean = Double.compare(mean, other.mean);
            return objective.higherIsBetter() ? -byMean : byMean;
        }
    }

    /** Its rank by evaluations, or by all validations. */
    Rank rank(Objective objective) {
        List<@Nullable Double> scores = new ArrayList<>();
        specs.keySet().forEach(seed -> scores.add(score(objective, seed, Long.MAX_VALUE)));
        return rank(scores);
    }

    /** Its rank at a rung, by the validations until then. */
    Rank rank(Objective objective, Pruning pruning, int rung, int rungs) {
        List<@Nullable Double> scores = new ArrayList<>();
        specs.forEach((seed, spec) -> {
            RunProgress come = progress(seed);
            scores.add(come.score(objective, come.validationAt(pruning.steps(spec, rung, rungs))));
        });
        return rank(scores);
    }

    private static Rank rank(List<@Nullable Double> scores) {
        OptionalDouble mean = scores.stream()
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .average();
        int missing = (int) scores.stream().filter(Objects::isNull).count();
        return new Rank(missing, mean.orElse(Double.NaN));
    }

    /**
     * As the file has it.
     *
     * @param working names of the runs that the engine has
     * @param evaluates whether it comes to its end by evaluations, not with its trainings
     */
    StudyFile.Trial entry(Objective objective, Set<String> working, boolean evaluates) {
        List<Seed> seeds = new ArrayList<>();
        specs.forEach((seed, spec) -> {
            RunProgress come = progress(seed);
            seeds.add(new Seed(
                    seed,
                    spec.runId(),
                    state(come.isFinished(), working.contains(spec.runId())),
                    come.steps(),
                    come.seconds(),
                    score(objective, seed, Long.MAX_VALUE),
                    come.curve(Long.MAX_VALUE),
                    evaluations.get(seed)));
        });
        boolean isWorking = specs.values().stream().anyMatch(spec -> working.contains(spec.runId()));
        boolean ended = isFinished() && (!evaluates || specs.keySet().stream().allMatch(this::isEvaluated));
        return new StudyFile.Trial(name, settings, state(ended, isWorking), seeds);
    }

    private State state(boolean finished, boolean working) {
        if (finished) {
            return State.FINISHED;
        }
        if (failure != null) {
            return State.FAILED;
        }
        if (pruned) {
            return State.PRUNED;
        }
        return working ? State.RUNNING : State.WAITING;
    }

    /** Its settings as a text. */
    String text() {
        return settings.isEmpty()
                ? "the settings as they are"
                : settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(" "));
    }
}
