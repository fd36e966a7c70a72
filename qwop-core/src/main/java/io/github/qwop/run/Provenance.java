package io.github.qwop.run;

import io.github.qwop.run.checkpoint.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where and by what something was made, as {@code spec.json} and {@code evaluation.json} have it. Nothing depends on
 * it.
 *
 * @param date when, in UTC, to a second
 * @param version of this library; {@value #UNRELEASED} where it runs from class files
 * @param machine operating system, its processors' kind and how many
 * @param jdk version and vendor
 * @param settings the first {@value #DIGITS} hexadecimal digits of the SHA-256 of all settings: the same for the same
 */
public record Provenance(String date, String version, String machine, String jdk, String settings) {

    static final String UNRELEASED = "unreleased";
    static final int DIGITS = 12;

    private static final Set<String> BESIDE = Set.of("threads", "processes");

    /** Settings that came later, as they leave all as it was: what is the same has the digest that it had before. */
    private static final Set<Map.Entry<String, String>> SINCE = Set.of(
            Map.entry("environment.keyDelay", "0"),
            Map.entry("environment.keyJitter", "0"),
            Map.entry("environment.dropped", "0.0"));

    /** Maven's own file in a jar. */
    private static final String POM = "/META-INF/maven/io.github.qwop/qwop-core/pom.properties";

    /**
     * Of what is made here and now.
     *
     * @param settings all of them, by name
     */
    public static Provenance of(Map<String, String> settings) {
        return new Provenance(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                release(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors",
                System.getProperty("java.version") + ", " + System.getProperty("java.vendor"),
                digest(settings));
    }

    /** The digest of settings, whatever their order; on how many threads something was made does not count. */
    static String digest(Map<String, String> settings) {
        Map<String, String> sorted = new TreeMap<>(settings);
        sorted.keySet().removeAll(BESIDE);
        sorted.entrySet().removeAll(SINCE);
        return Checkpoint.digest(sorted.toString()).substring(0, DIGITS);
    }

    private static String release() {
        try (InputStream in = Provenance.class.getResourceAsStream(POM)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", UNRELEASED);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + POM + " cannot be read.", e);
        }
    }
}
