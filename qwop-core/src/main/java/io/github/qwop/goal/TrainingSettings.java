package io.github.qwop.goal;

import io.github.qwop.run.Preset;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.peers.QwopGymConfig;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a training as a POM has them: its own, and those of a configuration file or a preset under them.
 *
 * @param goal those of the goal, in a record's form
 * @param run the training
 */
record TrainingSettings<S extends Record>(S goal, RunSpec run) {

    private static final String CONFIG = "config";
    private static final String PRESET = "preset";

    /** Public, because settings are bound by reflection. */
    public record PresetChoice(@Nullable Preset preset) {}

    /**
     * Reads them.
     *
     * @param defaults of the goal's own settings, which stand beside those of the run, not in a group of their own
     * @throws SettingException if a name is unknown, a value cannot be used, or both a file and a preset are given
     */
    static <S extends Record> TrainingSettings<S> read(S defaults, Call call) throws IOException {
        Map<String, String> run = new HashMap<>(call.settings());
        Map<String, String> own = new HashMap<>();
        for (String name : Settings.flatten(defaults).keySet()) {
            String given = run.remove(name);
            if (given != null) {
                own.put(name, given);
            }
        }
        S goal = Settings.bind(defaults, own);
        String config = run.remove(CONFIG);
        String name = run.remove(PRESET);
        Preset preset = name == null
                ? null
                : Settings.bind(new PresetChoice(null), Map.of(PRESET, name)).preset();
        if (config != null && preset != null) {
            throw new SettingException("preset is " + preset.text() + " and config is " + config
                    + ", which is a whole set of settings too: remove one of the two.");
        }
        if (config != null) {
            run = QwopGymConfig.settings(Path.of(config), run, call.listener());
        } else if (preset != null) {
            run = preset.under(run, call.listener());
        }
        RunSpec.ofDqn(run).ifPresent(setting -> call.listener()
                .info("No algorithm is named, and ppo, the default, has no " + setting
                        + ": the algorithm is qr-dqn. Name it to be sure."));
        return new TrainingSettings<>(goal, RunSpec.of(run));
    }
}
