package io.github.qwop.run.peers;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The peers' names of things, and ours for them: most are the same words, in snake case there and camel case here. */
final class PeerNames {

    /** Settings of qwop-gym's environment that are ours too. */
    static final Set<String> ENVIRONMENT =
            Set.of("failure_cost", "success_reward", "time_cost_mult", "frames_per_step", "t_for_terminate");

    static final String REDUCED_ACTION_SET = "reduced_action_set";

    /** Settings of qwop-gym's environment that are about its browser: there is none here. */
    static final Set<String> BROWSER = Set.of(
            "auto_draw",
            "browser",
            "browser_mock",
            "driver",
            "game_in_browser",
            "loglevel",
            "reload_on_reset",
            "render_mode",
            "seed",
            "show_observation_panel",
            "stat_in_browser",
            "text_in_browser");

    /** Weights of the rewards of qwop-gym's forks, and their values in the reward here, which is qwop-gym's. */
    static final Map<String, Double> REWARD = new TreeMap<>(Map.of("distance_rew_mult", 0.0, "speed_rew_mult", 0.01));

    /** Settings of the environment of qwop-gym's past, and of its forks. */
    static final Set<String> FORKS =
            Set.of("hurdles_enabled", "r_for_terminate", "reward_mode", "settle_max_steps", "settle_spawn");

    /** Arguments of stable-baselines3's learners that change no result here. */
    static final Set<String> TECHNICAL = Set.of(
            "device",
            "optimize_memory_usage",
            "per_eps",
            "sde_sample_freq",
            "stats_window_size",
            "tensorboard_log",
            "verbose");

    private PeerNames() {}

    /** Whether a key is one of the environment, there or in a fork. */
    static boolean isOfEnvironment(String key) {
        return !key.equals("seed")
                && (ENVIRONMENT.contains(key)
                        || key.equals(REDUCED_ACTION_SET)
                        || BROWSER.contains(key)
                        || REWARD.containsKey(key)
                        || FORKS.contains(key));
    }

    /** The camel case of a name in snake case. */
    static String camel(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_", -1)) {
            camel.append(
                    camel.isEmpty() || word.isEmpty()
                            ? word
                            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }

    /**
     * Our name of an activation function, such as {@code relu} for {@code <class 'torch.nn.modules.activation.ReLU'>},
     * {@code torch.nn.ReLU} or {@code relu}.
     */
    static Optional<String> activation(String theirs) {
        String name = className(theirs);
        return name.equals("relu") || name.equals("tanh") ? Optional.of(name) : Optional.empty();
    }

    /** The last part of a class's name, in lower case, such as {@code adam} for {@code torch.optim.Adam}. */
    static String className(String theirs) {
        return theirs.replaceAll("['>\\s]+$", "").replaceAll(".*[.\\s]", "").toLowerCase(Locale.ROOT);
    }

    /** Text of a number, whole ones without a fraction, so that any kind of setting can read it. */
    static String text(Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString(number.longValue());
        }
        return value.toString();
    }
}
