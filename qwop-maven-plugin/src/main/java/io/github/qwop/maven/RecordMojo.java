package io.github.qwop.maven;

import java.io.File;
import java.util.Map;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Plays seeded episodes with a trained policy and keeps the best as recordings, to replay, to certify or to learn from.
 * The goal {@code evaluate} keeps recordings too, beside its figures and gates; this one touches neither.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "record", defaultPhase = LifecyclePhase.INTEGRATION_TEST, threadSafe = true, requiresProject = false)
public final class RecordMojo extends AbstractPolicyMojo {

    /** Skips the recording. */
    @Parameter(property = PropertyNames.SKIP_RECORD, defaultValue = "false")
    private @Nullable String skipRecord;

    /** Number of episodes to play, at least 1. */
    @Parameter(property = PropertyNames.RECORD_EPISODES, defaultValue = "50")
    private @Nullable String episodes;

    /** Seed of the start variations: the same seed plays the same episodes, which are none of an evaluation's. */
    @Parameter(property = PropertyNames.RECORD_SEED, defaultValue = "1")
    private @Nullable String recordSeed;

    /** Number of the best episodes that are kept, at least 1. */
    @Parameter(property = PropertyNames.RECORD_RECORDINGS, defaultValue = "3")
    private @Nullable String recordings;

    /**
     * Folder of the recordings. Default: {@code recorded} in the run's folder, where recordings of an earlier call that
     * are not written anew are removed.
     */
    @Parameter(property = PropertyNames.RECORD_DIRECTORY)
    private @Nullable File directory;

    /**
     * How many threads work at once. The outcome does not depend on it. Default: as many as this machine has
     * processors, at most 8.
     */
    @Parameter(property = PropertyNames.THREADS)
    private @Nullable String threads;

    @Override
    String goal() {
        return "record";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_RECORD, skipRecord);
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = policySettings();
        put(settings, "episodes", PropertyNames.RECORD_EPISODES, episodes);
        put(settings, "seed", PropertyNames.RECORD_SEED, recordSeed);
        put(settings, "recordings", PropertyNames.RECORD_RECORDINGS, recordings);
        putFile(settings, "directory", PropertyNames.RECORD_DIRECTORY, directory);
        put(settings, "threads", PropertyNames.THREADS, threads);
        return settings;
    }
}
