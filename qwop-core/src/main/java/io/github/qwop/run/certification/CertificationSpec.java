package io.github.qwop.run.certification;

import io.github.qwop.run.GameSpec;
import io.github.qwop.run.Lanes;
import io.github.qwop.run.settings.SettingException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a certification is to do.
 *
 * @param runId the run, also its folder's name
 * @param recording the recording to play; null for recordings of the run's last evaluation
 * @param episodes how many of all episodes of that evaluation, from the first on, as a number or {@code all}; null for
 *     its best and its median one
 * @param game {@code page} or {@code genuine}
 * @param genuine the genuine game's folder
 * @param processes how many pages are played side by side
 */
public record CertificationSpec(
        String runId,
        @Nullable String recording,
        @Nullable String episodes,
        GameSpec.Kind game,
        @Nullable String genuine,
        int processes) {

    /** What is certified unless something else is given. */
    public static final CertificationSpec DEFAULT =
            new CertificationSpec("qwop", null, null, GameSpec.Kind.PAGE, null, Lanes.usual());

    private static final String ALL = "all";
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,8}");

    /** Checks every value. */
    public CertificationSpec {
        if (game == GameSpec.Kind.TWIN) {
            throw new IllegalArgumentException(
                    "game is twin, and the twin cannot certify itself: give page, or genuine with its folder.");
        }
        if (episodes != null
                && !episodes.equalsIgnoreCase(ALL)
                && !COUNT.matcher(episodes).matches()) {
            throw new IllegalArgumentException("certify.episodes is " + episodes
                    + ": give all, or how many of the episodes that qwop:evaluate has kept, from 1 on.");
        }
        if (episodes != null && recording != null) {
            throw new IllegalArgumentException("certify.episodes is " + episodes + " and recording is " + recording
                    + ": give one of the two, episodes of an evaluation or a file.");
        }
        Lanes.check(processes);
    }

    /**
     * How many of an evaluation's episodes are wanted.
     *
     * @param kept how many there are, at least 1
     * @throws SettingException if more are wanted than there are
     */
    int count(int kept) {
        int wanted = episodes == null || episodes.equalsIgnoreCase(ALL) ? kept : Integer.parseInt(episodes);
        if (wanted > kept) {
            throw new SettingException("certify.episodes is " + wanted + ", and the last evaluation has kept " + kept
                    + ": give at most that many, or all.");
        }
        return wanted;
    }
}
