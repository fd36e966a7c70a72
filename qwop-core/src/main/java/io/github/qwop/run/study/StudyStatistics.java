package io.github.qwop.run.study;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.qwop.file.InputFile;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.evaluation.GateSpec;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.study.StudyFile.Seed;
import io.github.qwop.run.study.StudyFile.State;
import io.github.qwop.run.study.StudyFile.Trial;
import io.github.qwop.statistics.Aggregate;
import io.github.qwop.statistics.Bootstrap;
import io.github.qwop.statistics.Estimate;
import io.github.qwop.statistics.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a study shows, over its seeds: the file {@code study-statistics.json} beside {@code study.json}.
 *
 * @param version {@value #VERSION}
 * @param study the study's name
 * @param objective what the figures are of
 * @param higherIsBetter whether more of it is better
 * @param reference the trial that the others are held against: {@code default}, or the first
 * @param level what the intervals shall cover, 0 to 1
 * @param resamples draws of each interval
 * @param trials best first; behind them, in the study's order, those that are not finished
 * @param importance of every setting that has several values, the largest share first
 * @param gates what the gates said; empty if there are none
 */
public record StudyStatistics(
        int version,
        String study,
        Objective objective,
        boolean higherIsBetter,
        String reference,
        double level,
        int resamples,
        List<Ranked> trials,
        List<Importance> importance,
        List<GateSpec.Outcome> gates) {

    /** The version that is written, and the only one that is read. */
    public static final int VERSION = 1;

    /** The file's name. */
    public static final String NAME = "study-statistics.json";

    /** What is said where an interval would stand. */
    public static final String ONE_SEED = "one seed, no interval";

    private static final Bootstrap BOOTSTRAP = Bootstrap.USUAL;
    private static final String DEFAULT = "default";
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** Copies and checks. */
    public StudyStatistics {
        Objects.requireNonNull(study, "study");
        Objects.requireNonNull(objective, "objective");
        Objects.requireNonNull(reference, "reference");
        trials = List.copyOf(trials);
        importance = List.copyOf(importance);
        gates = List.copyOf(gates);
        gates.forEach(gate -> Objects.requireNonNull(gate.name(), "name"));
    }

    /**
     * A trial among the others.
     *
     * @param rank from 1 on, by the interquartile mean; null unless it is finished. A trial of which a training has no
     *     score, as the seconds of what never finishes, comes behind those that have all.
     * @param trial its name
     * @param state how far it has come
     * @param seeds how many trainings it has
     * @param scores the objective of its finished trainings, in the order of their seeds, as far as they have one
     * @param mean of the scores; null if there is none
     * @param iqm their interquartile mean; null likewise
     * @param gain by how much its interquartile mean is better than that of the reference, in the objective's unit,
     *     above 0 whichever way is better; null for the reference, and where one of the two has no score
     * @param improvement the probability that a training of it is better than one of the reference; null likewise
     */
    public record Ranked(
            @Nullable Integer rank,
            String trial,
            State state,
            int seeds,
            List<Double> scores,
            @Nullable Double mean,
            @Nullable Estimate iqm,
            @Nullable Estimate gain,
            @Nullable Estimate improvement) {

        /** Copies. */
        public Ranked {
            Objects.requireNonNull(trial, "trial");
            Objects.requireNonNull(state, "state");
            scores = List.copyOf(scores);
        }
    }

    /** What a study shows, as far as it has come. */
    public static StudyStatistics of(StudyFile study) {
        String reference = study.trials().stream()
                .map(Trial::trial)
                .filter(DEFAULT::equals)
                .findFirst()
                .orElse(study.trials().isEmpty() ? "" : study.trials().get(0).trial());
        List<Double> theirs = study.trials().stream()
                .filter(trial -> trial.trial().equals(reference))
                .findFirst()
                .map(StudyStatistics::scores)
                .orElse(List.of());
        List<Ranked> all = new ArrayList<>();
        for (Trial trial : study.trials()) {
            all.add(unranked(trial, trial.trial().equals(reference) ? List.of() : theirs, study.higherIsBetter()));
        }
        return new StudyStatistics(
                VERSION,
                study.study(),
                study.objective(),
                study.higherIsBetter(),
                reference,
                BOOTSTRAP.level(),
                BOOTSTRAP.resamples(),
                ranked(all, study.higherIsBetter()),
                Importance.of(study),
                List.of());
    }

    private static Ranked unranked(Trial trial, List<Double> reference, boolean higherIsBetter) {
        List<Double> scores = scores(trial);
        if (scores.isEmpty()) {
            return new Ranked(null, trial.trial(), trial.state(), trial.seeds().size(), scores, null, null, null, null);
        }
        Scores mine = scores(scores, true);
        boolean compared = !reference.isEmpty();
        return new Ranked(
                null,
                trial.trial(),
                trial.state(),
                trial.seeds().size(),
                scores,
                Aggregate.MEAN.of(mine),
                BOOTSTRAP.estimate(Aggregate.INTERQUARTILE_MEAN, mine),
                compared ? gain(BOOTSTRAP, scores, reference, higherIsBetter) : null,
                compared
                        ? BOOTSTRAP.probabilityOfImprovement(
                                scores(scores, higherIsBetter), scores(reference, higherIsBetter))
                        : null);
    }

    /** By how much the ones' interquartile mean is better than the others'. */
    static Estimate gain(Bootstrap bootstrap, List<Double> ones, List<Double> others, boolean higherIsBetter) {
        return bootstrap.difference(
                Aggregate.INTERQUARTILE_MEAN, scores(ones, higherIsBetter), scores(others, higherIsBetter));
    }

    private static List<Ranked> ranked(List<Ranked> all, boolean higherIsBetter) {
        Comparator<Ranked> byIqm = Comparator.comparingDouble(
                one -> one.iqm() == null ? 0 : one.iqm().value());
        List<Ranked> ranked = new ArrayList<>(all.stream()
                .filter(one -> one.state() == State.FINISHED && one.iqm() != null)
                .sorted(Comparator.<Ranked, Boolean>comparing(
                                one -> one.scores().size() < one.seeds())
                        .thenComparing(higherIsBetter ? byIqm.reversed() : byIqm))
                .toList());
        List<Ranked> others = all.stream().filter(one -> !ranked.contains(one)).toList();
        for (int i = 0; i < ranked.size(); i++) {
            Ranked one = ranked.get(i);
            ranked.set(
                    i,
                    new Ranked(
                            i + 1,
                            one.trial(),
                            one.state(),
                            one.seeds(),
                            one.scores(),
                            one.mean(),
                            one.iqm(),
                            one.gain(),
                            one.improvement()));
        }
        ranked.addAll(others);
        return ranked;
    }

    /** What a trial's finished trainings reached. */
    static List<Double> scores(Trial trial) {
        List<Double> scores = new ArrayList<>();
        for (Seed seed : trial.seeds()) {
            if (seed.state() == State.FINISHED && seed.score() != null) {
                scores.add(seed.score());
            }
        }
        return scores;
    }

    /** The same as numbers of which more is better. */
    private static Scores scores(List<Double> scores, boolean higherIsBetter) {
        return Scores.of(scores.stream()
                .mapToDouble(score -> higherIsBetter ? score : -score)
                .toArray());
    }

    /** The trial of the first rank; nothing before one is finished. */
    public Optional<Ranked> best() {
        return trials.stream()
                .filter(trial -> trial.rank() != null && trial.rank() == 1)
                .findFirst();
    }

    /** The same with what the gates said. */
    StudyStatistics with(List<GateSpec.Outcome> outcomes) {
        return new StudyStatistics(
                version, study, objective, higherIsBetter, reference, level, resamples, trials, importance, outcomes);
    }

    /** The table of all trials for a log, best first. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        int width = trials.stream().mapToInt(one -> one.trial().length()).max().orElse(5);
        lines.add(String.format(
                Locale.ROOT,
                "rank  %-" + Math.max(5, width) + "s  seeds  %9s  %-21s  %9s  better than %s by",
                "trial",
                "IQM",
                Math.round(100 * level) + " % interval",
                "mean",
                reference));
        for (Ranked one : trials) {
            lines.add(String.format(
                            Locale.ROOT,
                            "%4s  %-" + Math.max(5, width) + "s  %5s  %9s  %-21s  %9s  %s",
                            one.rank() == null ? "-" : one.rank(),
                            one.trial(),
                            one.scores().size() + "/" + one.seeds(),
                            one.iqm() == null ? "-" : figure(one.iqm().value()),
                            one.iqm() == null ? one.state().name().toLowerCase(Locale.ROOT) : interval(one.iqm(), one),
                            one.mean() == null ? "-" : figure(one.mean()),
                            gain(one))
                    .stripTrailing());
        }
        return lines;
    }

    private static String gain(Ranked one) {
        Estimate gain = one.gain();
        Estimate improvement = one.improvement();
        if (gain == null || improvement == null) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "%+.2f (%s), probability %.2f",
                gain.value(),
                gain.interval() == null
                        ? ONE_SEED
                        : String.format(
                                Locale.ROOT,
                                "%+.2f to %+.2f",
                                gain.interval().low(),
                                gain.interval().high()),
                improvement.value());
    }

    private static String interval(Estimate estimate, Ranked one) {
        if (estimate.interval() == null) {
            return one.seeds() > 1 ? "one score, no interval" : ONE_SEED;
        }
        return figure(estimate.interval().low()) + " to "
                + figure(estimate.interval().high());
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Writes it into the study's folder. */
    public void write(Path folder) throws IOException {
        AtomicFile.write(folder.resolve(NAME), GSON.toJson(this) + "\n");
    }

    /**
     * Reads it from a study's folder.
     *
     * @throws SettingException if it is not there, damaged, or of another version
     */
    public static StudyStatistics read(Path folder) {
        Path file = folder.resolve(NAME);
        String remedy = ": run qwop:sweep again, which trains nothing anew that is finished.";
        if (!Files.isRegularFile(file)) {
            throw new SettingException("The study's statistics " + file + " " + InputFile.fault(file) + remedy);
        }
        try {
            StudyStatistics read = GSON.fromJson(InputFile.text(file), StudyStatistics.class);
            if (read != null && read.version() == VERSION) {
                return read;
            }
        } catch (IOException e) {
            throw new SettingException(
                    "The study's statistics " + file + " cannot be read: " + e.getMessage() + ".", e);
        } catch (RuntimeException e) {
            // What the records' constructors refuse comes wrapped in another exception.
            throw new SettingException("The study's statistics " + file + " are damaged" + remedy, e);
        }
        throw new SettingException("The study's statistics " + file + " are not of version " + VERSION
                + ", which this plugin reads" + remedy);
    }
}
