package io.github.qwop.run.peers;

import io.github.qwop.run.Algorithm;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A training configuration of qwop-gym or qwop-rl as our settings. What a key means there it means here; where it
 * cannot, it is refused by name, or a line says how it differs. What the file leaves out has the value that it has
 * there, with the learners of stable-baselines3 2.2.1 and sb3-contrib 2.1.0 that qwop-gym pins.
 */
public final class QwopGymConfig {

    private static final String ALGORITHM = "algorithm";
    private static final String ALGORITHMS =
            Arrays.stream(Algorithm.values()).map(Algorithm::text).collect(Collectors.joining(", "));
    private static final String RUN_ID = "runId";
    private static final String RUN_ID_KEY = "run_id";
    private static final String TOTAL = "totalTimesteps";
    private static final String DEMONSTRATED = "demonstrations";
    private static final String RECORDINGS = "recordings";
    private static final String EPOCHS = "n_epochs";
    private static final String LEARNER_CLASS = "learner_cls";
    private static final String LEARNER_KWARGS = "learner_kwargs";
    private static final String POLICY_KWARGS = "policy_kwargs";
    private static final String ENV_KWARGS = GymEnvironment.KWARGS;
    private static final String NET_ARCH = "net_arch";
    private static final String OPTIMIZER = "optimizer_kwargs";

    /** Keys of {@code policy_kwargs} that every algorithm has. */
    private static final Set<String> NETWORK = Set.of(NET_ARCH, "activation_fn", OPTIMIZER, "optimizer_class");

    private static final String EXPONENTIAL = "exp_decay_";

    /** N of {@code exp_decay_V0_V1_F_N}, whatever the file says. */
    private static final String THEIR_STEPS = "_10";

    /** qwop-gym's values of keys that a file leaves out. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "totalTimesteps", "1000000",
            "nEnvs", "1",
            "nCheckpoints", "5",
            "learner.learningRate", "const_0.003",
            "environment.maxEpisodeSteps", "5000",
            "environment.framesPerStep", "1",
            "environment.actionSet", "full");

    /** The same of keys that only DQN and QR-DQN have: the default of the versions that qwop-gym pins. */
    private static final Map<String, String> DQN_DEFAULTS = Map.of("learner.learningStarts", "50000");

    /** qwop-gym's values of keys that a file for cloning leaves out; the network is that of the package imitation. */
    private static final Map<String, String> CLONING_DEFAULTS = Map.of(
            "nEnvs", "1",
            "learner.netArch", "32,32",
            "environment.framesPerStep", "1",
            "environment.actionSet", "full");

    private static final String DEFAULT_RECORDINGS = "data/recordings/*.rec";
    private static final String DEFAULT_EPOCHS = "100";

    private static final Set<String> WITHOUT_MEANING = Set.of(
            "checkpoint_dir",
            "init_tensorboard",
            "init_tensorboard_graph",
            "learner_module",
            "log_dir",
            "log_tensorboard",
            "model_dir",
            "out_dir_template",
            "reset_num_timesteps",
            "save_ppo_warmup",
            "tensorboard",
            "user_metrics_log_interval",
            "vec_env_type");

    private static final Set<String> ALLOWED = new TreeSet<>(Set.of(
            "seed",
            RUN_ID_KEY,
            "model_load_file",
            "total_timesteps",
            "max_episode_steps",
            "n_checkpoints",
            "n_envs",
            LEARNER_CLASS,
            LEARNER_KWARGS,
            "learner_lr_schedule",
            ENV_KWARGS,
            "env_wrappers"));

    private static final Set<String> CLONING_ALLOWED = new TreeSet<>(
            Set.of("seed", RUN_ID_KEY, RECORDINGS, EPOCHS, LEARNER_CLASS, LEARNER_KWARGS, ENV_KWARGS, "env_wrappers"));

    /** qwop-rl's switches of its demonstrations: its files of them are NumPy's and hold no recordings. */
    private static final String DEMONSTRATIONS = "demo_";

    private final YamlFile yaml;
    private final String name;
    private final YamlValues values;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Set<String> ignored = new TreeSet<>();
    private final List<String> remarks = new ArrayList<>();
    private final GymEnvironment environment;

    private QwopGymConfig(Path file) {
        yaml = new YamlFile(file);
        name = String.valueOf(file.getFileName());
        values = new YamlValues(name);
        environment = new GymEnvironment(values, settings, ignored);
    }

    /**
     * Settings of a training: those given, and for the rest the file's.
     *
     * @param file the configuration
     * @param given settings by dotted name that win over the file's: those of the POM and of the command line
     * @param listener hears what was done with the file
     * @return settings for {@link io.github.qwop.run.RunSpec#of}
     * @throws SettingException if the file cannot be read, or has a key or value that cannot be used
     */
    public static Map<String, String> settings(Path file, Map<String, String> given, RunListener listener) {
        QwopGymConfig config = new QwopGymConfig(file);
        Map<String, String> winning = new LinkedHashMap<>(given);
        // Maven hands over an empty list for one that no POM has.
        winning.computeIfPresent(DEMONSTRATED, (key, files) -> files.isBlank() ? null : files);
        Map<String, @Nullable Object> keys = config.yaml.read();
        OtherUse.refuse(config.name, keys, given.get(ALGORITHM));
        config.yaml.refuseTwice();
        Algorithm algorithm = config.algorithm(given.get(ALGORITHM), keys);
        config.read(keys, algorithm);
        if (algorithm.clones()) {
            config.recordings(keys, winning.containsKey(DEMONSTRATED));
        }
        Map<String, String> defaults = new TreeMap<>(algorithm.clones() ? CLONING_DEFAULTS : DEFAULTS);
        defaults.putAll(dqn(algorithm) ? DQN_DEFAULTS : Map.of());
        return config.under(winning, defaults, listener);
    }

    private Map<String, String> under(Map<String, String> given, Map<String, String> defaults, RunListener listener) {
        Map<String, String> merged = new LinkedHashMap<>(defaults);
        merged.putAll(settings);
        String beaten = given.entrySet().stream()
                .filter(entry -> merged.containsKey(entry.getKey())
                        && !merged.getOrDefault(entry.getKey(), "").equals(entry.getValue()))
                .map(entry -> entry.getKey() + " is " + entry.getValue() + ", not " + merged.get(entry.getKey()))
                .sorted()
                .collect(Collectors.joining("; "));
        String absent = defaults.entrySet().stream()
                .filter(entry -> !settings.containsKey(entry.getKey()) && !given.containsKey(entry.getKey()))
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        listener.info("Read " + name + ", a configuration of qwop-gym, for " + settings.get(ALGORITHM) + ".");
        say(listener, "Not in " + name + ", so as qwop-gym has it: ", absent);
        say(listener, "Of no meaning here, in " + name + ": ", String.join(", ", ignored));
        say(listener, "The POM and the command line win over " + name + ": ", beaten);
        remarks.forEach(listener::info);
        if (settings.containsKey(RUN_ID) && !given.containsKey(RUN_ID)) {
            listener.info("The run's name is " + settings.get(RUN_ID) + ", from " + name
                    + ": give it to the other goals with -Dqwop.runId.");
        }
        merged.putAll(given);
        return merged;
    }

    private static void say(RunListener listener, String what, String of) {
        if (!of.isEmpty()) {
            listener.info(what + of + ".");
        }
    }

    /** The peers name the algorithm on the command line, and their files after it; some files had a key for it. */
    private Algorithm algorithm(@Nullable String given, Map<String, @Nullable Object> keys) {
        Object key = keys.get(LEARNER_CLASS) == null ? keys.get(ALGORITHM) : keys.get(LEARNER_CLASS);
        String theirs;
        if (given != null) {
            theirs = given;
        } else if (key != null) {
            theirs = key.toString();
        } else if (name.startsWith("train_")) {
            theirs = name.split("[_.]", -1)[1];
        } else {
            theirs = OtherUse.words(name)
                    .filter(word -> known(word).isPresent())
                    .findFirst()
                    .orElseThrow(() -> new SettingException("The name of " + name
                            + " does not tell the algorithm, as train_qrdqn.yml would:"
                            + " set algorithm to one of " + ALGORITHMS + "."));
        }
        if (theirs.equalsIgnoreCase("eqrdqn")) {
            settings.put("learner.prioritized", "true");
        }
        return known(theirs)
                .orElseThrow(() -> new SettingException(
                        "The algorithm of " + name + " is \"" + theirs + "\", which there is none of here: take one of "
                                + ALGORITHMS + ", and hyper-parameters of it."));
    }

    private static Optional<Algorithm> known(String theirs) {
        return switch (theirs.toLowerCase(Locale.ROOT).replaceAll("[-_]", "")) {
            case "qrdqn", "eqrdqn" -> Optional.of(Algorithm.QR_DQN);
            case "dqn" -> Optional.of(Algorithm.DQN);
            case "ppo" -> Optional.of(Algorithm.PPO);
            case "a2c" -> Optional.of(Algorithm.A2C);
            case "acer" -> Optional.of(Algorithm.ACER);
            case "expert", "expertiteration" -> Optional.of(Algorithm.EXPERT_ITERATION);
            case "bc" -> Optional.of(Algorithm.BC);
            default -> Optional.empty();
        };
    }

    private void read(Map<String, @Nullable Object> keys, Algorithm algorithm) {
        settings.put(ALGORITHM, algorithm.text());
        Set<String> allowed = algorithm.clones() ? CLONING_ALLOWED : ALLOWED;
        keys.forEach((key, value) -> {
            if (WITHOUT_MEANING.contains(key)) {
                ignored.add(key);
            } else if (key.startsWith(DEMONSTRATIONS)) {
                refuseDemonstrations(key, keys.get("demo_file"));
            } else if (key.equals("save_freq")) {
                throw new SettingException(name + ": save_freq is " + value
                        + ", steps between checkpoints, of which a number is given here: put n_checkpoints in its"
                        + " place, total_timesteps divided by it.");
            } else if (!key.equals(ALGORITHM) && !allowed.contains(key)) {
                throw values.unknown(key, allowed);
            } else if (value != null) {
                top(key, value, algorithm);
            }
        });
        remark(keys);
    }

    private void refuseDemonstrations(String key, @Nullable Object file) {
        if (file != null) {
            throw new SettingException(name + ": demo_file is " + file
                    + ", a NumPy file of qwop-rl, which cannot be read here: record its episodes with qwop:record"
                    + " -Dqwop.policy=<the expert's model.zip>, set demonstrations to them and learner.demoRatio to"
                    + " their share of a batch, and remove the demo_ keys.");
        }
        ignored.add(key);
    }

    /** What is cloned, and for how long: passes over it there, steps in it here. */
    private void recordings(Map<String, @Nullable Object> keys, boolean others) {
        String epochs = values.scalar(EPOCHS, keys.getOrDefault(EPOCHS, DEFAULT_EPOCHS));
        if (others) {
            remarks.add(EPOCHS + " is " + epochs + ", and counts passes over the file's recordings, in whose place"
                    + " demonstrations are given: set totalTimesteps.");
            return;
        }
        Object named = keys.getOrDefault(RECORDINGS, DEFAULT_RECORDINGS);
        List<?> patterns = named instanceof String ? List.of(named) : values.list(RECORDINGS, named);
        GymRecordings recordings =
                GymRecordings.find(name, patterns.stream().map(String::valueOf).toList(), yaml);
        long steps = recordings.steps();
        if (!epochs.matches("[1-9]\\d{0,8}") || steps == 0) {
            throw new SettingException(name + ": " + EPOCHS + " is " + epochs + ", passes over the " + steps
                    + " steps of the kept episodes in " + RECORDINGS + ": give 1 or more of both.");
        }
        settings.put(
                DEMONSTRATED,
                Settings.join(recordings.files().stream().map(Path::toString).toList()));
        settings.put(TOTAL, Long.toString(Math.multiplyExact(Long.parseLong(epochs), steps)));
        remarks.add(EPOCHS + " is " + epochs + ": " + settings.get(TOTAL) + " totalTimesteps, as many passes over the "
                + steps + " steps of the kept episodes.");
    }

    private void top(String key, Object value, Algorithm algorithm) {
        switch (key) {
            case "seed", "total_timesteps", "n_checkpoints", "n_envs" ->
                settings.put(PeerNames.camel(key), values.scalar(key, value));
            case RUN_ID_KEY -> settings.put(RUN_ID, values.scalar(key, value));
            case "max_episode_steps" -> settings.put("environment.maxEpisodeSteps", values.scalar(key, value));
            case "learner_lr_schedule" -> settings.put("learner.learningRate", schedule(key, value));
            case "model_load_file" ->
                settings.put(
                        "modelLoadFile", yaml.find(values.scalar(key, value)).toString());
            case LEARNER_KWARGS -> values.mapping(key, value).forEach((inner, it) -> learner(inner, it, algorithm));
            case ENV_KWARGS -> {
                environment.read(values.mapping(key, value));
            }
            case "env_wrappers" -> environment.wrappers(value);
            default -> {
                // The learner's class has been read, and recordings are when all else has.
            }
        }
    }

    private void learner(String key, @Nullable Object value, Algorithm algorithm) {
        String full = LEARNER_KWARGS + "." + key;
        Set<String> names = new TreeSet<>(algorithm.peerNames());
        if (algorithm.clones()) {
            cloning(full, key, value, names);
        } else if (key.equals("learning_rate")) {
            throw new SettingException(name + ": " + full + " is " + value
                    + ", and a rate is a schedule in a key of its own there: put learner_lr_schedule: "
                    + (value instanceof Number rate ? "const_" + decimal(rate) : "const_0.001") + " in its place.");
        } else if (key.equals("policy")) {
            values.expect(full, value, "MlpPolicy");
        } else if (key.equals("use_sde")) {
            values.expect(full, value, "false");
        } else if (PeerNames.TECHNICAL.contains(key)) {
            ignored.add(key);
        } else if (names.contains(key)) {
            settings.put("learner." + PeerNames.camel(key), values.scalar(full, value));
        } else if (dqn(algorithm) && key.equals("n_steps")) {
            settings.put("learner.nStep", values.scalar(full, value));
        } else if (dqn(algorithm) && key.equals("per_alpha")) {
            settings.put("learner.prioritizedAlpha", values.scalar(full, value));
        } else if (dqn(algorithm) && key.equals("per_beta_start")) {
            settings.put("learner.prioritizedBeta", values.scalar(full, value));
        } else if (dqn(algorithm) && key.equals("per_beta_frames")) {
            remarks.add("per_beta_frames is " + value + ": here beta rises to 1 over the whole training.");
        } else if (key.equals(POLICY_KWARGS)) {
            Map<String, @Nullable Object> kwargs = values.mapping(full, value == null ? Map.of() : value);
            kwargs.forEach((inner, it) -> network(inner, it, algorithm));
            if (algorithm == Algorithm.QR_DQN
                    && kwargs.get(OPTIMIZER) != null
                    && kwargs.get("optimizer_class") == null) {
                remarks.add("optimizer_kwargs hold here; there QR-DQN replaces them by eps = 0.01 / batch_size unless"
                        + " optimizer_class is given too.");
            }
        } else {
            names.addAll(Set.of("policy", POLICY_KWARGS));
            throw values.unknown(full, names);
        }
    }

    private static String decimal(Number number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }

    private void cloning(String full, String key, @Nullable Object value, Set<String> names) {
        if (key.equals("l2_weight")) {
            values.expect(full, value instanceof Number number ? PeerNames.text(number.doubleValue()) : value, "0");
        } else if (key.equals("minibatch_size")) {
            // It only cuts a batch into parts that fit the memory.
            ignored.add(key);
        } else if (names.contains(key)) {
            settings.put("learner." + PeerNames.camel(key), values.scalar(full, value));
        } else {
            throw values.unknown(full, names);
        }
    }

    private static boolean dqn(Algorithm algorithm) {
        return algorithm == Algorithm.QR_DQN || algorithm == Algorithm.DQN;
    }

    private void network(String key, @Nullable Object value, Algorithm algorithm) {
        String full = LEARNER_KWARGS + "." + POLICY_KWARGS + "." + key;
        if (value == null) {
            return;
        }
        boolean quantiles = algorithm == Algorithm.QR_DQN;
        switch (key) {
            case NET_ARCH -> settings.put("learner.netArch", layers(full, value));
            case "activation_fn" ->
                settings.put(
                        "learner.activationFn",
                        PeerNames.activation(value.toString())
                                .orElseThrow(() -> new SettingException(
                                        name + ": " + full + " is " + value + ": there are ReLU and Tanh here.")));
            case "optimizer_class" -> {
                if (!PeerNames.className(value.toString()).equals("adam")) {
                    throw new SettingException(name + ": " + full + " is " + value + ": only Adam can be used here.");
                }
                if (algorithm == Algorithm.A2C) {
                    settings.put("learner.useRmsProp", "false");
                }
            }
            case OPTIMIZER -> values.mapping(full, value).forEach((inner, it) -> optimiser(full, inner, it));
            case "n_quantiles", "ortho_init" -> {
                if (quantiles != key.equals("n_quantiles") || algorithm == Algorithm.DQN) {
                    throw values.unknown(full, NETWORK);
                }
                settings.put("learner." + PeerNames.camel(key), values.scalar(full, value));
            }
            default -> {
                Set<String> allowed = new TreeSet<>(NETWORK);
                if (algorithm != Algorithm.DQN) {
                    allowed.add(quantiles ? "n_quantiles" : "ortho_init");
                }
                throw values.unknown(full, allowed);
            }
        }
    }

    private void optimiser(String group, String key, @Nullable Object value) {
        String full = group + "." + key;
        if (key.equals("eps")) {
            settings.put("learner.adamEps", values.scalar(full, value));
        } else if (key.equals("betas") && values.list(full, value).size() == 2) {
            settings.put(
                    "learner.adamBeta1",
                    values.scalar(full, values.list(full, value).get(0)));
            settings.put(
                    "learner.adamBeta2",
                    values.scalar(full, values.list(full, value).get(1)));
        } else {
            throw values.unknown(full, Set.of("betas", "eps"));
        }
    }

    /** Hidden layers: a list, or one for the policy and one for the value, which must be alike here. */
    private String layers(String key, Object value) {
        Object inner =
                value instanceof List<?> list && list.size() == 1 && list.get(0) instanceof Map ? list.get(0) : value;
        if (inner instanceof Map<?, ?> both) {
            if (both.size() != 2 || both.get("pi") == null || !both.get("pi").equals(both.get("vf"))) {
                throw new SettingException(name + ": " + key + " is " + value
                        + ": policy and value have hidden layers of the same sizes here; give pi and vf one list.");
            }
            inner = both.get("pi");
        }
        if (!values.list(key, inner).stream().allMatch(Integer.class::isInstance)) {
            throw new SettingException(
                    name + ": " + key + " is " + value + ": give the sizes of the hidden layers, such as [64, 64].");
        }
        return values.list(key, inner).stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** What counts differently here, or is often misunderstood there. */
    private void remark(Map<String, @Nullable Object> keys) {
        String envs = settings.getOrDefault("nEnvs", "1");
        if (keys.get("n_checkpoints") != null && !envs.equals("1")) {
            remarks.add("n_checkpoints is " + keys.get("n_checkpoints") + " and counts environment steps here; there it"
                    + " counts steps of all " + envs + " environments together, so that it writes a "
                    + envs + "th of them.");
        }
        String rate = String.valueOf(keys.get("learner_lr_schedule"));
        if (rate.startsWith(EXPONENTIAL) && !rate.endsWith(THEIR_STEPS)) {
            remarks.add("learner_lr_schedule is " + rate + ", and its last number is that of its steps here; there they"
                    + " are always 10.");
        }
        if (keys.get("model_load_file") != null) {
            remarks.add("With model_load_file, total_timesteps come on top of the model's, here as there; but here"
                    + " schedules begin anew, and the hyper-parameters of " + name
                    + ", which are ignored there, hold.");
        }
    }

    private String schedule(String key, Object value) {
        if (value instanceof Map<?, ?> mapping) {
            throw new SettingException(name + ": " + key + " is " + value
                    + ", a mapping, as qwop-gym had it before its first release: give "
                    + OldSchedule.today(mapping)
                            .map(today -> today + ", which is the same")
                            .orElse("const_0.003, say")
                    + ".");
        }
        return values.scalar(key, value);
    }
}
