package io.github.qwop.run.study;

import io.github.qwop.random.RandomStream;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a study tries: all combinations of a grid, each with as many random draws. Settings count in the order of their
 * names, so that the same declaration gives the same trials.
 *
 * @param grid values by setting
 * @param random what values are drawn from, by setting
 * @param draws how often all of {@code random} is drawn
 * @param seed of the draws: each setting has a stream of its own, so that another one beside it changes nothing
 */
record SearchSpace(SortedMap<String, List<String>> grid, SortedMap<String, Distribution> random, int draws, long seed) {

    private static final int MOST = 10_000;

    /**
     * Reads what is declared.
     *
     * @param grid lists of values by setting, as {@link Settings#split} reads them
     * @param random as {@link Distribution#parse} reads them, by setting
     * @throws SettingException if one cannot be used
     */
    static SearchSpace of(Map<String, String> grid, Map<String, String> random, int draws, long seed) {
        SortedMap<String, List<String>> values = new TreeMap<>();
        long combinations = random.isEmpty() ? 1 : draws;
        for (Map.Entry<String, String> one : grid.entrySet()) {
            check(one.getKey());
            if (random.containsKey(one.getKey())) {
                throw new SettingException(
                        one.getKey() + " stands in grid and in random: remove it from one of the two.");
            }
            List<String> list = Settings.split(one.getValue());
            if (list.contains("")) {
                throw new SettingException("grid " + one.getKey() + " is \"" + one.getValue()
                        + "\", which has a value without text: give <value> elements, or values separated by commas.");
            }
            values.put(one.getKey(), list);
            combinations = Math.min(MOST + 1L, combinations * list.size());
        }
        if (combinations > MOST) {
            throw new SettingException(
                    "grid and random make more than " + MOST + " trials: give fewer values, or fewer sweep.draws.");
        }
        SortedMap<String, Distribution> drawn = new TreeMap<>();
        random.forEach((name, text) -> {
            check(name);
            drawn.put(name, Distribution.parse(name, text));
        });
        return new SearchSpace(values, drawn, draws, seed);
    }

    private static void check(String name) {
        if (name.equals("seed") || name.equals("runId") || name.equals("threads")) {
            throw new SettingException(name + " cannot be varied by grid or random"
                    + (name.equals("seed") ? ": give seeds, with which every trial is trained." : ": remove it."));
        }
    }

    /** The settings of every trial, at least one; without anything to try it sets nothing. */
    List<Map<String, String>> trials() {
        Map<String, RandomStream> streams = new LinkedHashMap<>();
        random.keySet().forEach(name -> streams.put(name, RandomStream.of(seed, "study/" + name)));
        List<Map<String, String>> trials = new ArrayList<>();
        for (int draw = 0; draw < (random.isEmpty() ? 1 : draws); draw++) {
            Map<String, String> drawn = new TreeMap<>();
            random.forEach((name, distribution) ->
                    drawn.put(name, distribution.draw(Objects.requireNonNull(streams.get(name)))));
            List<Map<String, String>> combined = List.of(drawn);
            for (Map.Entry<String, List<String>> setting : grid.entrySet()) {
                List<Map<String, String>> longer = new ArrayList<>();
                for (Map<String, String> shorter : combined) {
                    for (String value : setting.getValue()) {
                        Map<String, String> one = new TreeMap<>(shorter);
                        one.put(setting.getKey(), value);
                        longer.add(one);
                    }
                }
                combined = longer;
            }
            trials.addAll(combined);
        }
        return Collections.unmodifiableList(trials);
    }
}
