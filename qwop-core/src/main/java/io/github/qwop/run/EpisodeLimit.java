package io.github.qwop.run;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.run.settings.SettingException;

/** Whether episodes that a policy plays alone come to an end. */
public final class EpisodeLimit {

    private EpisodeLimit() {}

    /**
     * Checks it.
     *
     * @throws SettingException if there is no limit of their steps
     */
    public static void check(EnvSpec spec) {
        if (spec.maxEpisodeSteps() == 0) {
            throw new SettingException("environment.maxEpisodeSteps is 0, and a policy that stands still would"
                    + " never end an episode of an evaluation: give a limit, such as 1000.");
        }
    }
}
