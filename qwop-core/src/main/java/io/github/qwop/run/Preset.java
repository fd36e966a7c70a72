package io.github.qwop.run;

import io.github.qwop.run.settings.SettingException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Settings of a training that were found to do well together, for who wants a runner and not a hyper-parameter. Each is
 * an ordinary setting, which a POM or the command line may set otherwise.
 */
@SuppressWarnings("ImmutableEnumChecker") // Unmodifiable maps, which their type does not say.
public enum Preset {
    /** Some 90 m after half a minute, on a knee: the quickstart's. */
    QUICK(
            "ppo",
            of("totalTimesteps", "500000", "environment.observation", "relative", "environment.actionSet", "distinct")),

    /** Runs to the finish after three million steps, with each of three seeds: {@code examples/eyes}. */
    STEADY(
            "ppo",
            of(
                    "totalTimesteps", "3000000",
                    "nEnvs", "16",
                    "rewardShaper", "io.github.qwop.env.Upright",
                    "environment.observation", "relative",
                    "environment.actionSet", "distinct",
                    "environment.startNoise", "random:10",
                    "learner.learningRate", "lin_decay_0.0005_0.00005_1",
                    "learner.nSteps", "1024",
                    "learner.batchSize", "256",
                    "learner.entCoef", "0.01",
                    "learner.gamma", "0.995",
                    "learner.netArch", "128,128")),

    /** The settings of {@code examples/record-10m}, its seed too. */
    RECORD(
            "ppo",
            of(
                    "seed", "1",
                    "totalTimesteps", "10000000",
                    "nEnvs", "16",
                    "nCheckpoints", "50",
                    "rewardShaper", "io.github.qwop.env.Upright",
                    "environment.actionSet", "reduced",
                    "environment.startNoise", "random:10",
                    "learner.learningRate", "lin_decay_0.0005_0.00005_1",
                    "learner.nSteps", "1024",
                    "learner.batchSize", "256",
                    "learner.entCoef", "0.01",
                    "learner.gamma", "0.995",
                    "learner.netArch", "128,128"));

    private static final String ALGORITHM = "algorithm";

    private final String algorithm;
    private final Map<String, String> settings;

    Preset(String algorithm, Map<String, String> settings) {
        this.algorithm = algorithm;
        this.settings = settings;
    }

    private static Map<String, String> of(String... namesAndValues) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(settings);
    }

    /** The name as in a POM. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it stands for: settings of a {@link RunSpec} by dotted name. */
    public Map<String, String> settings() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(ALGORITHM, algorithm);
        all.putAll(settings);
        return all;
    }

    /**
     * Settings with this preset's where none is given, and a line for the user on what that amounts to.
     *
     * @param given settings by dotted name, which win
     * @throws SettingException if another algorithm is given, to which the preset's hyper-parameters mean nothing
     */
    public Map<String, String> under(Map<String, String> given, RunListener listener) {
        Map<String, String> all = new HashMap<>(settings());
        all.putAll(given);
        String chosen = all.getOrDefault(ALGORITHM, algorithm);
        if (!chosen.strip().toLowerCase(Locale.ROOT).equals(algorithm)) {
            throw new SettingException("preset is " + text() + ", which is a set of settings of " + algorithm
                    + ", and algorithm is " + chosen + ": remove one of the two.");
        }
        Map<String, String> taken = settings();
        taken.keySet().removeAll(given.keySet());
        Map<String, String> replaced = settings();
        replaced.keySet().retainAll(given.keySet());
        replaced.replaceAll((name, value) -> given.get(name));
        listener.info("The preset " + text() + " stands for " + listed(taken)
                + (replaced.isEmpty() ? "" : "; given otherwise: " + listed(replaced)) + ".");
        return all;
    }

    private static String listed(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", "));
    }
}
