package io.github.qwop.run;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.learn.DemonstrationUse;
import io.github.qwop.learn.LearnerSpec;
import io.github.qwop.learn.dqn.DqnSpec;
import io.github.qwop.learn.ppo.PpoSpec;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a training does: equal specs give equal models.
 *
 * @param runId the run's name, also of its folder
 * @param algorithm chooses the kind and the defaults of {@code learner}
 * @param seed seeds every random stream
 * @param totalTimesteps environment steps, over all environments together: a multiple of {@code nEnvs}
 * @param nEnvs environments side by side
 * @param nCheckpoints checkpoints over the training, evenly spaced in environment steps
 * @param keepCheckpoints how many newest ones are kept whole; older ones keep the network alone; 0 keeps all whole
 * @param logInterval environment steps between rows of the metrics
 * @param modelLoadFile a checkpoint whose network the training starts from, and whose optimiser and target network it
 *     goes on with if the algorithm is the same
 * @param demonstrations recordings, or folders of some, to imitate
 * @param rewardShaper classes of {@link io.github.qwop.env.RewardShaper}s for the training's rewards, as
 *     {@link Shapers} reads them; null for none
 * @param gameClass class of a {@link io.github.qwop.game.Game} to train on; null for the twin
 * @param environment the environment
 * @param learner the hyper-parameters
 * @param guard evaluations and the collapse guard
 */
public record RunSpec(
        String runId,
        Algorithm algorithm,
        long seed,
        long totalTimesteps,
        int nEnvs,
        int nCheckpoints,
        int keepCheckpoints,
        long logInterval,
        @Nullable String modelLoadFile,
        List<String> demonstrations,
        @Nullable String rewardShaper,
        @Nullable String gameClass,
        EnvSpec environment,
        LearnerSpec learner,
        GuardSpec guard) {

    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final long MOST_STEPS = 1_000_000_000_000_000L;
    private static final long DEFAULT_STEPS = 1_000_000;
    private static final int MOST_ENVS = 1024;
    private static final String ALGORITHM = "algorithm";
    private static final String LEARNER = "learner.";

    /** Checks every value, and those that must fit each other. */
    public RunSpec {
        demonstrations = List.copyOf(demonstrations);
        if (!RUN_ID.matcher(runId).matches()) {
            throw new IllegalArgumentException("runId is \"" + runId
                    + "\": give at most 64 letters, digits, dots, dashes and underscores, a letter or digit first.");
        }
        if (nEnvs < 1 || nEnvs > MOST_ENVS) {
            throw new IllegalArgumentException("nEnvs is " + nEnvs + ": give 1 to " + MOST_ENVS + ", 8 is usual.");
        }
        if (totalTimesteps < nEnvs) {
            throw new IllegalArgumentException("totalTimesteps is " + totalTimesteps
                    + ": give a whole number of environment steps, at least nEnvs, which is " + nEnvs + ".");
        }
        if (totalTimesteps > MOST_STEPS) {
            throw new IllegalArgumentException("totalTimesteps is " + totalTimesteps + ": give at most " + MOST_STEPS
                    + ", which would take a thousand years.");
        }
        if (nCheckpoints < 1) {
            throw new IllegalArgumentException("nCheckpoints is " + nCheckpoints + ": give at least 1.");
        }
        if (keepCheckpoints < 0) {
            throw new IllegalArgumentException(
                    "keepCheckpoints is " + keepCheckpoints + ": give how many to keep, or 0 for all.");
        }
        if (logInterval < 1) {
            throw new IllegalArgumentException("logInterval is " + logInterval + ": give at least 1.");
        }
        learner.check(totalTimesteps, nEnvs);
        if (learner.plans() && environment.isPerturbed()) {
            throw new IllegalArgumentException("environment has " + environment.keys() + ", and " + algorithm.text()
                    + " plans, for which keys must come at once: leave keyDelay, keyJitter and dropped out, or give"
                    + " another algorithm.");
        }
    }

    /**
     * Makes a spec from settings. Without an algorithm it is PPO, or QR-DQN if there is {@link #ofDqn} in them.
     *
     * @param settings values by dotted name; what is not named has its default
     * @throws SettingException if a name is unknown or a value cannot be used
     */
    public static RunSpec of(Map<String, String> settings) {
        Algorithm algorithm = algorithm(settings, ofDqn(settings).isEmpty() ? Algorithm.PPO : Algorithm.QR_DQN);
        Map<String, String> own = new HashMap<>(settings);
        if (!own.getOrDefault("demonstrations", "").isBlank()) {
            algorithm
                    .defaults()
                    .demonstratedDefaults()
                    .forEach((name, value) -> own.putIfAbsent("learner." + name, value));
        }
        RunSpec spec = bound(algorithm, own).rounded();
        spec.checkDemonstrations();
        spec.checkStart();
        return spec;
    }

    /**
     * The spec that a file holds. What it does not name is newer than it, and has the value at which all is as it was
     * before.
     *
     * @param settings as {@link #settings} gave them
     * @throws SettingException if a name is unknown or a value cannot be used
     */
    public static RunSpec saved(Map<String, String> settings) {
        return bound(algorithm(settings, Algorithm.QR_DQN), settings);
    }

    /**
     * What PPO could not use, in settings that name no algorithm: QR-DQN was the default once, and a POM that sets what
     * belongs to it goes on with it.
     *
     * @return the first such name, if there is one
     */
    public static Optional<String> ofDqn(Map<String, String> settings) {
        if (settings.containsKey(ALGORITHM)) {
            return Optional.empty();
        }
        Set<String> dqn = new TreeSet<>(Settings.flatten(DqnSpec.QR_DQN).keySet());
        dqn.removeAll(Settings.flatten(PpoSpec.PPO).keySet());
        Stream<String> names = dqn.stream().map(name -> LEARNER + name);
        return Stream.concat(Stream.of("demonstrations"), names)
                // Maven hands over an empty list for one that no POM has.
                .filter(name -> !settings.getOrDefault(name, "").isBlank())
                .findFirst();
    }

    private static Algorithm algorithm(Map<String, String> settings, Algorithm otherwise) {
        String name = settings.get(ALGORITHM);
        return name == null
                ? otherwise
                : Settings.bind(new AlgorithmChoice(otherwise), Map.of(ALGORITHM, name))
                        .algorithm();
    }

    private static RunSpec bound(Algorithm algorithm, Map<String, String> settings) {
        settings.keySet().forEach(name -> checkLearner(algorithm, name));
        // The defaults themselves must pass the checks against any total that may be given.
        RunSpec defaults = new RunSpec(
                "qwop",
                algorithm,
                0,
                DEFAULT_STEPS,
                8,
                10,
                3,
                10_000,
                null,
                List.of(),
                null,
                null,
                EnvSpec.DEFAULT,
                algorithm.defaults(),
                GuardSpec.DEFAULT);
        return Settings.bind(defaults, settings);
    }

    /** The nearest name would mislead where the very name is another algorithm's. */
    private static void checkLearner(Algorithm algorithm, String name) {
        if (!name.startsWith(LEARNER) || has(algorithm, name)) {
            return;
        }
        String others = having(name);
        if (!others.isEmpty()) {
            throw new SettingException(name + " is no setting of " + algorithm.text() + ", but of " + others
                    + ": remove it, or give one of these as algorithm.");
        }
        Set<String> all = new TreeSet<>();
        for (Algorithm one : Algorithm.values()) {
            all.addAll(learnerSettings(one));
        }
        String nearest = Settings.nearest(name, all);
        String own = Settings.nearest(name, learnerSettings(algorithm));
        if (!has(algorithm, nearest) && Settings.distance(name, nearest) + 1 < Settings.distance(name, own)) {
            throw new SettingException(name + " is no setting; did you mean " + nearest + "? That is one of "
                    + having(nearest) + ", and the algorithm is " + algorithm.text() + ".");
        }
    }

    private static Set<String> learnerSettings(Algorithm algorithm) {
        return Settings.flatten((Record) algorithm.defaults()).keySet().stream()
                .map(LEARNER::concat)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String having(String name) {
        return Stream.of(Algorithm.values())
                .filter(other -> has(other, name))
                .map(Algorithm::text)
                .collect(Collectors.joining(", "));
    }

    private static boolean has(Algorithm algorithm, String name) {
        return learnerSettings(algorithm).contains(name);
    }

    private void checkDemonstrations() {
        String name = algorithm.text();
        if (demonstrations.isEmpty() && learner.demonstrationUse() == DemonstrationUse.REQUIRED) {
            throw new SettingException(
                    "algorithm is " + name + ", which learns from demonstrations alone, and there are"
                            + " none: set demonstrations to recordings, or to a folder of some.");
        }
        if (!demonstrations.isEmpty() && learner.demonstrationUse() == DemonstrationUse.NONE) {
            throw new SettingException("demonstrations are given, and the algorithm " + name
                    + " does not use any: clone them first with bc and set modelLoadFile to what it learned, or"
                    + " give qr-dqn, dqn or bc.");
        }
    }

    private void checkStart() {
        if (modelLoadFile == null) {
            learner.needsStart().ifPresent(reason -> {
                throw new SettingException(reason);
            });
        }
    }

    /** Public, because settings are bound by reflection. */
    public record AlgorithmChoice(Algorithm algorithm) {}

    /** Environments step together, so that only multiples of their number can be played: the next one up. */
    private RunSpec rounded() {
        long steps = (totalTimesteps + nEnvs - 1) / nEnvs * nEnvs;
        return new RunSpec(
                runId,
                algorithm,
                seed,
                steps,
                nEnvs,
                nCheckpoints,
                keepCheckpoints,
                logInterval,
                modelLoadFile,
                demonstrations,
                rewardShaper,
                gameClass,
                environment,
                learner,
                guard);
    }

    /** Every setting by dotted name. */
    public Map<String, String> settings() {
        return new LinkedHashMap<>(Settings.flatten(this));
    }

    /** Environment steps between checkpoints. */
    public long checkpointInterval() {
        return Math.max(1, (totalTimesteps + nCheckpoints - 1) / nCheckpoints);
    }
}
