package io.github.qwop.run.peers;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says of the environment, there and in qwop-gym's forks.
 *
 * @param values reads values, and refuses others
 * @param settings ours are put there, by dotted name
 * @param ignored keys without a meaning here are put there
 */
record GymEnvironment(YamlValues values, Map<String, String> settings, Set<String> ignored) {

    static final String KWARGS = "env_kwargs";

    /** Reads {@code env_kwargs}. */
    void read(Map<String, @Nullable Object> kwargs) {
        reward(kwargs);
        kwargs.forEach(this::read);
    }

    private void read(String key, @Nullable Object value) {
        String full = KWARGS + "." + key;
        if (PeerNames.BROWSER.contains(key)) {
            ignored.add(key);
        } else if (key.equals(PeerNames.REDUCED_ACTION_SET)) {
            settings.put("environment.actionSet", values.flag(full, value) ? "reduced" : "full");
        } else if (PeerNames.ENVIRONMENT.contains(key)) {
            settings.put("environment." + PeerNames.camel(key), values.scalar(full, value));
        } else if (PeerNames.REWARD.containsKey(key)) {
            ignored.add(key);
        } else if (PeerNames.FORKS.contains(key)) {
            fork(full, key, value);
        } else {
            Set<String> allowed = new TreeSet<>(PeerNames.ENVIRONMENT);
            allowed.add(PeerNames.REDUCED_ACTION_SET);
            throw values.unknown(full, allowed);
        }
    }

    /** The forks' rewards are like qwop-gym's, which is the one here, but for weights. */
    private void reward(Map<String, @Nullable Object> kwargs) {
        String others = PeerNames.REWARD.entrySet().stream()
                .filter(weight -> kwargs.containsKey(weight.getKey()))
                .filter(weight -> !(kwargs.get(weight.getKey()) instanceof Number number)
                        || number.doubleValue() != weight.getValue())
                .map(weight -> weight.getKey() + " is " + kwargs.get(weight.getKey()) + " (here "
                        + PeerNames.text(weight.getValue()) + ")")
                .collect(Collectors.joining(" and "));
        if (!others.isEmpty()) {
            throw values.refused(KWARGS + "." + others
                    + ", and the reward here is qwop-gym's: remove such keys to train with that, and set rewardShaper,"
                    + " such as io.github.qwop.env.Pace:2:0.1, to pay for speed.");
        }
    }

    /** What qwop-gym had once, and its forks have. */
    private void fork(String full, String key, @Nullable Object value) {
        String remedy =
                switch (key) {
                    case "r_for_terminate" ->
                        values.flag(full, value)
                                ? "Q, W, O and P together end no episode here; give t_for_terminate, an action of its own"
                                : "";
                    case "settle_spawn" ->
                        values.flag(full, value)
                                ? "a runner begins where the game's own page drops it; remove it, or let some updates pass"
                                        + " before the first step with environment.startNoise, such as idle:20"
                                : "";
                    case "hurdles_enabled" ->
                        values.flag(full, value) ? "" : "the game has its hurdle, and so it does here; remove the key";
                    case "reward_mode" -> "the reward here is qwop-gym's; remove the key, or write a rewardShaper";
                    default -> "";
                };
        if (!remedy.isEmpty()) {
            throw values.refused(full + " is " + value + ": " + remedy + ".");
        }
        ignored.add(key);
    }

    /** Reads {@code env_wrappers}. */
    void wrappers(Object value) {
        for (Object wrapper : values.list("env_wrappers", value)) {
            Map<?, ?> keys = wrapper instanceof Map<?, ?> mapping ? mapping : Map.of("cls", String.valueOf(wrapper));
            String type = String.valueOf(keys.get("cls"));
            if (!Wrappers.WITHOUT_EFFECT.contains(type)) {
                String module = keys.get("module") == null ? "" : keys.get("module") + ".";
                String kwargs = keys.get("kwargs") instanceof Map<?, ?> mapping && !mapping.isEmpty()
                        ? " with "
                                + mapping.entrySet().stream()
                                        .map(entry -> entry.getKey() + " " + entry.getValue())
                                        .collect(Collectors.joining(", "))
                        : "";
                throw values.refused("env_wrappers has " + module + type + kwargs
                        + ", which changes what is learned there and is none of here: remove it, and set what comes"
                        + " nearest, " + Wrappers.nearest(type) + ".");
            }
            ignored.add(type);
        }
    }
}
