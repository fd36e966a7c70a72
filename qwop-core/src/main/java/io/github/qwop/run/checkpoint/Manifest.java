package io.github.qwop.run.checkpoint;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a checkpoint says about itself, its entry {@value #ENTRY}.
 *
 * @param format {@value #FORMAT}
 * @param runId the run that wrote it
 * @param steps environment steps done
 * @param rules the version of the game's rules that it was trained under, see {@link io.github.qwop.game.Rules}
 * @param settings the run's settings by dotted name
 * @param sections SHA-256 of each section's bytes, in hexadecimal, by its name
 */
public record Manifest(
        int format, String runId, long steps, int rules, Map<String, String> settings, Map<String, String> sections) {

    static final String ENTRY = "manifest.json";

    /** Goes up when an older reader could misread a newer file. */
    static final int FORMAT = 1;

    /** Keeps sorted copies, so that equal checkpoints are equal files. */
    public Manifest {
        settings = new TreeMap<>(settings);
        sections = new TreeMap<>(sections);
    }
}
