package io.github.qwop.maven;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Plays the best and the median episode of the run's last evaluation, or all of them, again on a page in a headless
 * browser, compares all 60 numbers, the score, its clock and all flags with the twin's at every game update, and fails
 * the build when they differ. On the open page it proves that the kernel is the same in JavaScript, and on the genuine
 * page that it is the game. A difference in the last bit of one number counts; update, body part, value, both numbers,
 * distance and what happened near it are told, and written into {@code evaluation.json}.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "certify", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true, requiresProject = false)
public final class CertifyMojo extends AbstractQwopMojo {

    /** Skips the certification. */
    @Parameter(property = PropertyNames.SKIP_CERTIFY, defaultValue = "false")
    private @Nullable String skipCertify;

    /** The recording to certify. Default: the best and the median episode of the run's last evaluation. */
    @Parameter(property = PropertyNames.RECORDING)
    private @Nullable File recording;

    /**
     * How many episodes of the run's last evaluation are certified, from its first on: a number, or {@code all}. The
     * evaluation must have kept them, with {@code keepEpisodes}. Not called {@code episodes}, which an execution with
     * {@code evaluate} sets for that. Default: its best and its median episode.
     */
    @Parameter(property = PropertyNames.CERTIFY_EPISODES)
    private @Nullable String certifyEpisodes;

    /**
     * The page: {@code page}, our open one, which runs the twin's kernel in JavaScript, or {@code genuine}, the genuine
     * game's script.
     */
    @Parameter(property = PropertyNames.GAME, defaultValue = "page")
    private @Nullable String game;

    /** Folder with the genuine game's QWOP.min.js and assetbundle.parcel, which you must supply yourself. */
    @Parameter(property = PropertyNames.GENUINE)
    private @Nullable File genuine;

    /**
     * How many pages are played side by side, each in a process of its own that takes some 200 MB; of fewer than four
     * episodes, one in the goal's own. Default: as many as this machine has processors, at most 8.
     */
    @Parameter(property = PropertyNames.PROCESSES)
    private @Nullable String processes;

    @Override
    String goal() {
        return "certify";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_CERTIFY, skipCertify);
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        putFile(settings, "recording", PropertyNames.RECORDING, recording);
        put(settings, "episodes", PropertyNames.CERTIFY_EPISODES, certifyEpisodes);
        put(settings, "game", PropertyNames.GAME, game);
        putFile(settings, "genuine", PropertyNames.GENUINE, genuine);
        put(settings, "processes", PropertyNames.PROCESSES, processes);
        return settings;
    }
}
