package io.github.qwop.run.peers;

import io.github.qwop.run.settings.SettingException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration of the peers is for, when it is for no training that there is here. It is told at once, by what
 * the file is: whoever removes one refused key after another comes to a training that was never meant.
 */
@SuppressWarnings("ImmutableEnumChecker") // Unmodifiable lists, which their type does not say.
enum OtherUse {
    SWEEP(
            List.of("method", "parameters"),
            "describes a sweep of Weights & Biases, many trainings with many values",
            "give the file of one training, such as train_ppo.yml, and vary it with qwop:sweep"),
    RACE(
            List.of("model_a", "model_b"),
            "lets two models run beside each other",
            "play each with qwop:evaluate or qwop:watch, -Dqwop.policy=<its model.zip>"),
    DEMONSTRATIONS(
            List.of("model_file", "out_file"),
            "lets a model play episodes for imitation",
            "record them with qwop:record -Dqwop.policy=<its model.zip>"),
    RECORDED_MODEL(
            List.of("model_file", "out_file_template"),
            "records what models play",
            "record it with qwop:record -Dqwop.policy=<its model.zip>"),
    EVALUATION(
            List.of("model_file", "n_episodes"),
            "evaluates a model",
            "do that with qwop:evaluate -Dqwop.policy=<its model.zip>"),
    WATCH(List.of("model_file"), "shows a model's play", "do that with qwop:watch -Dqwop.policy=<its model.zip>"),
    REPLAY(
            List.of("recordings", "fps"),
            "replays recordings in a browser",
            "name .rec files as demonstrations of a training, or see our own with qwop:replay"),
    PLAY(List.of("fps"), "lets a person play", "do that with qwop:play"),
    BENCHMARK(List.of("steps"), "measures speed", "do that with qwop:benchmark"),
    GAIL(
            List.of("trainer_kwargs"),
            "trains by adversarial imitation, GAIL or AIRL, which there is none of here",
            Cure.IMITATION),
    FIXED_LENGTH(List.of("episode_len"), GAIL.what, Cure.IMITATION);

    private static final class Cure {
        static final String IMITATION = "clone its recordings with algorithm bc and demonstrations, and go on from the"
                + " clone with ppo and modelLoadFile, or give the recordings as demonstrations to qr-dqn";
    }

    private static final Set<String> ADVERSARIES = Set.of("gail", "airl");

    private final List<String> keys;
    private final String what;
    private final String cure;

    OtherUse(List<String> keys, String what, String cure) {
        this.keys = keys;
        this.what = what;
        this.cure = cure;
    }

    /**
     * Refuses a file that is for one of these.
     *
     * @param file its name, which may tell what its keys no longer do
     * @param keys its keys
     * @param algorithm as the POM or the command line names it, which a file's name does not outweigh; null for none
     * @throws SettingException if it is
     */
    static void refuse(String file, Map<String, @Nullable Object> keys, @Nullable String algorithm) {
        for (OtherUse use : values()) {
            if (keys.keySet().containsAll(use.keys)) {
                throw use.refused(file, "by its " + String.join(" and ", use.keys));
            }
        }
        if (algorithm == null && words(file).anyMatch(ADVERSARIES::contains)) {
            throw GAIL.refused(file, "by its name");
        }
        if (!keys.isEmpty() && keys.keySet().stream().allMatch(PeerNames::isOfEnvironment)) {
            throw new SettingException(file + " holds env_kwargs alone, such as "
                    + keys.keySet().iterator().next()
                    + ": give the file of a training that includes it, such as train_ppo.yml.");
        }
    }

    private SettingException refused(String file, String how) {
        return new SettingException(file + ", " + how + ", " + what + ": " + cure + ".");
    }

    /** The words of a file's name, in lower case. */
    static Stream<String> words(String file) {
        return Arrays.stream(file.toLowerCase(Locale.ROOT).split("[_.-]", -1));
    }
}
