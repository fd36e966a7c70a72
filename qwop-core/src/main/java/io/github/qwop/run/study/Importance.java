package io.github.qwop.run.study;

import io.github.qwop.run.study.StudyFile.State;
import io.github.qwop.run.study.StudyFile.Trial;
import io.github.qwop.statistics.Aggregate;
import io.github.qwop.statistics.Bootstrap;
import io.github.qwop.statistics.Estimate;
import io.github.qwop.statistics.Scores;
import io.github.qwop.statistics.Variance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much of the scores' spread goes with a setting: the correlation ratio η² (Pearson, 1905) of the scores of all
 * finished trials, grouped by the setting's value. It sees each setting for itself, not what two do together, and many
 * values in few trials look important by chance.
 *
 * @param setting its dotted name
 * @param share of the variance that lies between its values, 0 to 1
 * @param values what goes with each value: numbers rise, and trials that do not set it come last
 */
public record Importance(String setting, double share, List<Value> values) {

    /** What a trial has that does not set it. */
    static final String UNSET = "default";

    /** What is larger is a word. */
    private static final double MOST = 1e15;

    /** Of more different numbers, neighbours are taken together in as many groups. */
    static final int GROUPS = 4;

    /** Copies and checks. */
    public Importance {
        Objects.requireNonNull(setting, "setting");
        values = List.copyOf(values);
    }

    /**
     * A value, or a range of neighbours.
     *
     * @param value as it was given; the ends of a range with {@code …} between; {@code default} for trials that do not
     *     set it
     * @param trials how many have it
     * @param iqm interquartile mean over all their seeds, the interval by draws within each trial
     */
    public record Value(String value, int trials, Estimate iqm) {

        /** Checks. */
        public Value {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(iqm, "iqm");
        }
    }

    /** Of every setting with several values among the finished trials, the largest share first. */
    static List<Importance> of(StudyFile study) {
        List<Trial> finished = study.trials().stream()
                .filter(trial -> trial.state() == State.FINISHED
                        && !StudyStatistics.scores(trial).isEmpty())
                .toList();
        Set<String> names = new LinkedHashSet<>();
        finished.forEach(trial -> names.addAll(trial.settings().keySet()));
        List<Importance> all = new ArrayList<>();
        for (String name : names) {
            Map<String, List<Trial>> groups = groups(name, finished);
            if (groups.size() > 1) {
                all.add(of(name, groups));
            }
        }
        all.sort(Comparator.comparingDouble(Importance::share).reversed());
        return all;
    }

    private static Importance of(String name, Map<String, List<Trial>> groups) {
        List<double[]> scores = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        groups.forEach((value, trials) -> {
            Scores group =
                    Scores.stratified(trials.stream().map(Importance::scores).toArray(double[][]::new));
            scores.add(group.sorted());
            values.add(new Value(value, trials.size(), Bootstrap.DRAWN.estimate(Aggregate.INTERQUARTILE_MEAN, group)));
        });
        return new Importance(name, Variance.between(scores), values);
    }

    private static double[] scores(Trial trial) {
        return StudyStatistics.scores(trial).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static Map<String, List<Trial>> groups(String name, List<Trial> trials) {
        NavigableMap<Double, List<Trial>> numbers = new TreeMap<>();
        Map<String, List<Trial>> words = new LinkedHashMap<>();
        for (Trial trial : trials) {
            String value = trial.settings().getOrDefault(name, UNSET);
            Double number = number(value);
            if (number != null) {
                numbers.computeIfAbsent(number, key -> new ArrayList<>()).add(trial);
            } else {
                words.computeIfAbsent(value, key -> new ArrayList<>()).add(trial);
            }
        }
        Map<String, List<Trial>> groups = new LinkedHashMap<>();
        List<List<Trial>> rising = List.copyOf(numbers.values());
        int count = Math.min(GROUPS, rising.size());
        for (int i = 0; i < count; i++) {
            List<Trial> group = rising.subList(i * rising.size() / count, (i + 1) * rising.size() / count).stream()
                    .flatMap(Collection::stream)
                    .toList();
            String first = value(name, group.get(0));
            String last = value(name, group.get(group.size() - 1));
            groups.put(Objects.equals(number(first), number(last)) ? first : first + " … " + last, group);
        }
        groups.putAll(words);
        List<Trial> unset = groups.remove(UNSET);
        if (unset != null) {
            groups.put(UNSET, unset);
        }
        return groups;
    }

    private static String value(String name, Trial trial) {
        return trial.settings().getOrDefault(name, UNSET);
    }

    private static @Nullable Double number(String value) {
        try {
            double number = Double.parseDouble(value);
            return Math.abs(number) <= MOST ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
