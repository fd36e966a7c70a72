package io.github.qwop.env;

import java.util.Map;

/**
 * What a finished episode amounted to.
 *
 * @param totalReward sum of its rewards
 * @param length its number of steps (decisions, not game updates)
 * @param truncated whether the time limit cut it off
 * @param info the task's own figures by name; QWOP's are {@code distance} (m), {@code time} (units of 10 s of play),
 *     {@code avgspeed} (distance / time) and {@code is_success} (0 or 1), named and scaled as qwop-gym's, and
 *     {@code finished} (0 or 1): whether the runner landed in the sand with a score of at least 100
 */
public record EpisodeResult(double totalReward, int length, boolean truncated, Map<String, Double> info) {

    /** Keeps its own copy of the figures. */
    public EpisodeResult {
        info = Map.copyOf(info);
    }

    /**
     * One of the task's own figures.
     *
     * @throws IllegalArgumentException if the task has no figure of this name
     */
    public double info(String name) {
        Double value = info.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The episode has no figure " + name + ", only " + info.keySet() + ".");
        }
        return value;
    }
}
