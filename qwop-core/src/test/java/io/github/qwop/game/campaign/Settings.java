package io.github.qwop.game.campaign;

import io.github.qwop.game.web.Chromium;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign is to be, from system properties.
 *
 * @param genuine {@code qwop.genuine}: folder of the genuine game
 * @param browser {@code qwop.browser}: a Chromium's program, by default the one on the PATH; {@code none} for HtmlUnit
 * @param seed {@code campaign.seed}
 * @param updates {@code campaign.updates}: how many at least
 * @param scenes {@code campaign.scenes}: kinds of play, by default all
 * @param browsers {@code campaign.browsers}: how many play beside each other
 * @param out {@code campaign.out}: folder for operations and hashes, or null
 */
record Settings(
        Path genuine,
        Optional<Path> browser,
        long seed,
        int updates,
        List<Scene> scenes,
        int browsers,
        @Nullable Path out) {

    /**
     * Reads them.
     *
     * @param property a property by its name; one that is empty counts as not given
     * @throws IllegalArgumentException if one cannot be used
     */
    static Settings read(UnaryOperator<String> property) {
        String genuine = property.apply("qwop.genuine");
        if (genuine.isEmpty()) {
            throw new IllegalArgumentException("No genuine game is given to compare with: name the folder with"
                    + " QWOP.min.js and assetbundle.parcel, -Dqwop.genuine=<folder>.");
        }
        String browser = text(property, "qwop.browser", "path");
        String out = property.apply("campaign.out");
        return new Settings(
                Path.of(genuine),
                browser.equals("path")
                        ? Chromium.onThePath()
                        : browser.equals("none") ? Optional.empty() : Optional.of(Path.of(browser)),
                number(property, "campaign.seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                (int) number(property, "campaign.updates", 2_000_000, 1, 1_000_000_000),
                scenes(text(property, "campaign.scenes", "")),
                (int) number(property, "campaign.browsers", Runtime.getRuntime().availableProcessors(), 1, 64),
                out.isEmpty() ? null : Path.of(out));
    }

    private static String text(UnaryOperator<String> property, String name, String otherwise) {
        String given = property.apply(name);
        return given.isEmpty() ? otherwise : given;
    }

    private static long number(UnaryOperator<String> property, String name, long otherwise, long least, long most) {
        String given = text(property, name, Long.toString(otherwise));
        try {
            long number = Long.parseLong(given);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                name + " is \"" + given + "\": give a whole number from " + least + " to " + most + ".");
    }

    private static List<Scene> scenes(String given) {
        if (given.isEmpty()) {
            return List.of(Scene.values());
        }
        try {
            return Arrays.stream(given.split(",", -1))
                    .map(name -> Scene.valueOf(name.strip().toUpperCase(Locale.ROOT)))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "campaign.scenes is \"" + given + "\": give some of "
                            + Arrays.toString(Scene.values()).toLowerCase(Locale.ROOT) + ", with commas.",
                    e);
        }
    }

    /** What the campaign's files are called. */
    String name() {
        return scenes.size() < Scene.values().length
                ? String.join(
                        "-",
                        scenes.stream()
                                .map(scene -> scene.name().toLowerCase(Locale.ROOT))
                                .toList())
                : "seed-" + seed;
    }
}
