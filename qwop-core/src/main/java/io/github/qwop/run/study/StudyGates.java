package io.github.qwop.run.study;

import io.github.qwop.run.GateException;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.evaluation.Baseline;
import io.github.qwop.run.evaluation.Confidence;
import io.github.qwop.run.evaluation.GateSpec;
import io.github.qwop.run.evaluation.JUnitReport;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.run.study.StudyFile.Seed;
import io.github.qwop.run.study.StudyFile.State;
import io.github.qwop.run.study.StudyFile.Trial;
import io.github.qwop.run.study.StudyStatistics.Ranked;
import io.github.qwop.statistics.Aggregate;
import io.github.qwop.statistics.Bootstrap;
import io.github.qwop.statistics.Estimate;
import io.github.qwop.statistics.Scores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gates over the seeds of a study: they are held by its best trial. */
public final class StudyGates {

    /** The gates that make sense over seeds; all others are of the episodes of one policy. */
    private static final Set<String> OVER_SEEDS = Set.of("minIqmDistance", "betterThanBaseline");

    private StudyGates() {}

    /**
     * Refuses gates that a study cannot hold, before anything is trained.
     *
     * @param seeds how many each trial has
     * @throws SettingException if a gate is of one policy, or there is one seed
     */
    public static void require(GateSpec gate, int seeds) {
        Set<String> asked = asked(gate);
        Set<String> others = new TreeSet<>(asked);
        others.removeAll(OVER_SEEDS);
        for (String name : others) {
            throw new SettingException(
                    "gate." + name + " is of the episodes of one policy, and this is a study: declare"
                            + " it for qwop:evaluate, or set gate.minIqmDistance or gate.betterThanBaseline.");
        }
        for (String name : new TreeSet<>(asked)) {
            requireSeveral(name, seeds);
        }
    }

    private static void requireSeveral(String name, int seeds) {
        if (seeds < 2) {
            throw new SettingException(
                    "gate." + name + " is over the seeds of a trial, and there is one seed: set seeds"
                            + " to 5 or more, or declare a gate for qwop:evaluate.");
        }
    }

    private static Set<String> asked(GateSpec gate) {
        Map<String, String> asked = Settings.flatten(gate);
        asked.entrySet().removeAll(Settings.flatten(GateSpec.NOTHING).entrySet());
        return asked.keySet();
    }

    /**
     * Ends a study: writes its statistics and what its gates say, also as JUnit's XML, then holds them.
     *
     * @param folder the study's
     * @param gate what its best trial must reach
     * @param baseline what an earlier policy reached, for {@code betterThanBaseline}; null to hold the best trial
     *     against the study's reference
     * @param defer whether a fallen gate is only written down, for the goal {@code gate}
     * @throws GateException if a gate fell; everything is written by then
     * @throws SettingException if a gate cannot be held
     */
    public static Outcome conclude(
            Path folder,
            StudyFile study,
            GateSpec gate,
            @Nullable Baseline baseline,
            boolean defer,
            RunListener listener)
            throws IOException, GateException {
        StudyStatistics statistics = StudyStatistics.of(study);
        // What is known is written down, whatever becomes of the gates.
        statistics.write(folder);
        statistics = statistics.with(check(gate, study, statistics, baseline));
        statistics.write(folder);
        // By the folder's name: the one in the file comes from whoever wrote it.
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        JUnitReport.write(new RunDirectory(folder).junit(name), name, statistics.gates());
        statistics.lines().forEach(listener::info);
        List<GateSpec.Outcome> fallen = fallen(statistics);
        if (!fallen.isEmpty() && defer) {
            listener.warn(fallen.size() + " of " + statistics.gates().size()
                    + " gates fell; the goal gate will fail the build.");
            return new Outcome(sentence(statistics), figures(statistics));
        }
        return held(folder, statistics);
    }

    /**
     * Holds the gates that a study has written down.
     *
     * @param folder the study's
     * @throws GateException if one fell
     * @throws SettingException if the study has not come to its end
     */
    public static Outcome hold(Path folder) throws GateException {
        StudyStatistics statistics = StudyStatistics.read(folder);
        if (!statistics.gates().isEmpty()) {
            requireEnd(StudyFile.read(folder));
        }
        return held(folder, statistics);
    }

    /** The best of some trials is not yet that of all; what was pruned or has failed is at its end. */
    private static void requireEnd(StudyFile study) {
        int seeds = study.trials().stream()
                .mapToInt(trial -> trial.seeds().size())
                .max()
                .orElse(0);
        boolean evaluates = study.trials().stream()
                .flatMap(trial -> trial.seeds().stream())
                .anyMatch(seed -> seed.evaluation() != null);
        int all = 0;
        int untrained = 0;
        int unevaluated = 0;
        for (Trial trial : study.trials()) {
            boolean ended = trial.state() == State.PRUNED || trial.state() == State.FAILED;
            all += ended ? trial.seeds().size() : seeds;
            if (ended) {
                continue;
            }
            untrained += seeds - trial.seeds().size();
            for (Seed seed : trial.seeds()) {
                if (seed.state() != State.FINISHED) {
                    untrained++;
                } else if (seed.evaluation() == null && (evaluates || trial.state() != State.FINISHED)) {
                    unevaluated++;
                }
            }
        }
        if (untrained + unevaluated > 0) {
            throw new SettingException("The study " + study.study() + " cannot hold its gates yet: of " + all
                    + " trainings " + untrained + " are not at their end, and " + unevaluated
                    + " more are not evaluated: run qwop:sweep again, which goes on with them.");
        }
    }

    private static Outcome held(Path folder, StudyStatistics statistics) throws GateException {
        List<GateSpec.Outcome> fallen = fallen(statistics);
        if (!fallen.isEmpty()) {
            throw new GateException("The gate of study " + statistics.study() + " fell: "
                    + fallen.stream().map(GateSpec.Outcome::text).collect(Collectors.joining("; "))
                    + ", by its best trial"
                    + statistics.best().map(best -> ", " + best.trial()).orElse("") + ". See "
                    + folder.resolve(StudyStatistics.NAME) + "; train longer or better, or lower the gate.");
        }
        return new Outcome(sentence(statistics), figures(statistics));
    }

    private static List<GateSpec.Outcome> fallen(StudyStatistics statistics) {
        return statistics.gates().stream().filter(gate -> !gate.passed()).toList();
    }

    private static String sentence(StudyStatistics statistics) {
        int gates = statistics.gates().size();
        int fallen = fallen(statistics).size();
        return "Study " + statistics.study() + ": "
                + statistics
                        .best()
                        .map(best -> "best is " + best.trial() + " of "
                                + statistics.trials().size() + " trials")
                        .orElse("no trial is ranked, because none is finished or none has its objective")
                + (gates == 0 ? "; no gate is declared." : "; " + (gates - fallen) + " of " + gates + " gates hold.");
    }

    private static Map<String, Double> figures(StudyStatistics statistics) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("trials", (double) statistics.trials().size());
        statistics.best().map(Ranked::iqm).ifPresent(iqm -> figures.put("bestIqm", iqm.value()));
        return figures;
    }

    /** Holds the gates against a study. */
    static List<GateSpec.Outcome> check(
            GateSpec gate, StudyFile study, StudyStatistics statistics, @Nullable Baseline baseline) {
        List<GateSpec.Outcome> outcomes = new ArrayList<>();
        if (asked(gate).isEmpty()) {
            return outcomes;
        }
        requireEnd(study);
        Trial best = statistics
                .best()
                .flatMap(ranked -> study.trials().stream()
                        .filter(trial -> trial.trial().equals(ranked.trial()))
                        .findFirst())
                .orElseThrow(() -> new SettingException("No trial of the study " + study.study()
                        + " is ranked, and so none can hold its gates: none is finished, or none has what it is ranked"
                        + " by, as where nobody finishes and the objective is seconds; see its trainings' logs."));
        require(gate, best.seeds().size());
        if (gate.minIqmDistance() != null) {
            double iqm = Aggregate.INTERQUARTILE_MEAN.of(Scores.of(distances(study, best)));
            outcomes.add(
                    new GateSpec.Outcome("minIqmDistance", gate.minIqmDistance(), iqm, iqm >= gate.minIqmDistance()));
        }
        if (gate.betterThanBaseline() != null) {
            outcomes.add(GateSpec.better(gain(gate.betterThanBaseline(), study, best, statistics, baseline)));
        }
        return outcomes;
    }

    /** The lower end of the interval of how much better the best trial is. */
    private static double gain(
            Confidence confidence,
            StudyFile study,
            Trial best,
            StudyStatistics statistics,
            @Nullable Baseline baseline) {
        Bootstrap bootstrap = Bootstrap.USUAL.at(confidence.share());
        if (baseline != null) {
            double[] distances = distances(study, best);
            Estimate iqm = bootstrap.estimate(Aggregate.INTERQUARTILE_MEAN, Scores.of(distances));
            return low(iqm, best) - baseline.mean();
        }
        Trial reference = study.trials().stream()
                .filter(trial -> trial.trial().equals(statistics.reference()))
                .findFirst()
                .orElse(best);
        if (reference.equals(best)) {
            return 0;
        }
        List<Double> theirs = StudyStatistics.scores(reference);
        if (reference.state() != State.FINISHED || theirs.isEmpty()) {
            throw new SettingException("gate.betterThanBaseline holds the best trial against " + reference.trial()
                    + ", which is not finished: see its trainings' logs, or set baseline.");
        }
        return low(StudyStatistics.gain(bootstrap, StudyStatistics.scores(best), theirs, study.higherIsBetter()), best);
    }

    private static double low(Estimate estimate, Trial trial) {
        if (estimate.interval() == null) {
            throw new SettingException("gate.betterThanBaseline is over seeds, and " + trial.trial()
                    + ", or what it is held against, has one that is finished: set seeds to 5 or more.");
        }
        return estimate.interval().low();
    }

    private static double[] distances(StudyFile study, Trial trial) {
        double[] distances = new double[trial.seeds().size()];
        for (int i = 0; i < distances.length; i++) {
            Seed seed = trial.seeds().get(i);
            if (seed.evaluation() != null) {
                distances[i] = seed.evaluation().meanDistance();
            } else if (study.objective() == Objective.DISTANCE && seed.score() != null) {
                distances[i] = seed.score();
            } else {
                throw new SettingException("The gates need the mean distance of every training of " + trial.trial()
                        + ", and " + seed.run() + " has none: let the study evaluate its best checkpoints.");
            }
        }
        return distances;
    }
}
