package io.github.qwop.maven;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Plays the best and the median episode of the run's last evaluation again on a page in a headless browser, compares
 * all 60 numbers, the score and the end with the twin's at every game update, and fails the build when they differ.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "certify", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true, requiresProject = false)
public final class CertifyMojo extends AbstractQwopMojo {

    /** Skips the certification. */
    @Parameter(property = PropertyNames.SKIP_CERTIFY, defaultValue = "false")
    private boolean skipCertify;

    /** The recording to certify. Default: the best and the median episode of the run's last evaluation. */
    @Parameter(property = PropertyNames.RECORDING)
    private @Nullable File recording;

    /** The page: {@code page}, our open one, or {@code genuine}, the genuine game's script. */
    @Parameter(property = PropertyNames.GAME, defaultValue = "page")
    private @Nullable String game;

    /** Folder with the genuine game's QWOP.min.js and assetbundle.parcel, which you must supply yourself. */
    @Parameter(property = PropertyNames.GENUINE)
    private @Nullable File genuine;

    @Override
    String goal() {
        return "certify";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_CERTIFY, skipCertify);
    }

    @Override
    boolean needsEngine() {
        return false;
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        putFile(settings, "recording", PropertyNames.RECORDING, recording);
        put(settings, "game", PropertyNames.GAME, game);
        putFile(settings, "genuine", PropertyNames.GENUINE, genuine);
        return settings;
    }
}
