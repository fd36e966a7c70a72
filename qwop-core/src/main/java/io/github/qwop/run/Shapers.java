package io.github.qwop.run;

import io.github.qwop.env.RewardShaper;
import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The setting {@code rewardShaper}: classes, separated by commas, that change the rewards one after another. What
 * follows a class's name after a colon is what its constructor takes: {@code io.github.qwop.env.Pace:2:0.1}. One that
 * takes commas stands in double quotes.
 */
public final class Shapers {

    private static final String SETTING = "rewardShaper";

    private Shapers() {}

    private record Named(String className, @Nullable String text) {

        static List<Named> list(String setting) {
            return Settings.split(setting).stream()
                    .map(part -> part.split(":", 2))
                    .map(parts -> new Named(parts[0], parts.length == 1 ? null : parts[1]))
                    .toList();
        }
    }

    /**
     * Makes what the setting names.
     *
     * @param setting null for nothing
     * @throws SettingException if there is no such class, or it cannot be used
     */
    public static RewardShaper create(@Nullable String setting) {
        return setting == null
                ? RewardShaper.NONE
                : Named.list(setting).stream()
                        .map(named -> Extension.create(SETTING, named.className(), named.text(), RewardShaper.class))
                        .reduce(RewardShaper::then)
                        .orElse(RewardShaper.NONE);
    }

    /**
     * A checksum of what the setting names: of its classes and of what their constructors take.
     *
     * @return nothing if one of the classes does not exist
     */
    public static Optional<String> digest(String setting) throws IOException {
        List<Named> all = Named.list(setting);
        StringBuilder digests = new StringBuilder();
        for (Named named : all) {
            Optional<String> digest = Extension.digest(named.className());
            if (digest.isEmpty() || (all.size() == 1 && named.text() == null)) {
                return digest;
            }
            digests.append(digest.get()).append(':').append(named.text()).append('\n');
        }
        return Optional.of(Checkpoint.digest(digests.toString()));
    }
}
