package io.github.qwop.run.sensitivity;

import io.github.qwop.env.EnvSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * One way in which keys may fail, by itself.
 *
 * @param setting the environment's setting: {@code keyDelay}, {@code keyJitter} or {@code dropped}
 * @param value what it is set to
 */
record Disturbance(String setting, double value) {

    static final String DELAY = "keyDelay";
    static final String JITTER = "keyJitter";
    static final String DROPPED = "dropped";

    private static final int[] DELAYS = {0, 1, 2, 3, 4};
    private static final int[] JITTERS = {1, 2, 4};
    private static final double[] SHARES = {0.01, 0.02, 0.05, 0.1};

    /** Those that are measured; the first is none. */
    static List<Disturbance> all() {
        List<Disturbance> all = new ArrayList<>();
        for (int updates : DELAYS) {
            all.add(new Disturbance(DELAY, updates));
        }
        for (int updates : JITTERS) {
            all.add(new Disturbance(JITTER, updates));
        }
        for (double share : SHARES) {
            all.add(new Disturbance(DROPPED, share));
        }
        return all;
    }

    /** An environment with this disturbance and no other. */
    EnvSpec in(EnvSpec environment) {
        return switch (setting) {
            case DELAY -> environment.withKeys((int) value, 0, 0);
            case JITTER -> environment.withKeys(0, (int) value, 0);
            case DROPPED -> environment.withKeys(0, 0, value);
            default -> throw new IllegalStateException("There is no disturbance " + setting + ".");
        };
    }

    /** The setting and its value, as people read them. */
    String text() {
        return setting + " " + (setting.equals(DROPPED) ? String.valueOf(value) : String.valueOf((int) value));
    }
}
