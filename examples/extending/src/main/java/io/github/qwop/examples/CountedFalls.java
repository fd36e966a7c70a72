package io.github.qwop.examples;

import io.github.qwop.env.EpisodeResult;
import io.github.qwop.run.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes down, at each row of the metrics, how many episodes have ended with a fall until then. */
public final class CountedFalls implements TrainingListener {

    private final StringBuilder rows = new StringBuilder("steps,falls\n");
    private int falls;

    @Override
    public void episodeEnded(int env, EpisodeResult episode) {
        if (!episode.truncated() && episode.info("finished") == 0) {
            falls++;
        }
    }

    @Override
    public void measured(long steps, Map<String, Double> metrics) {
        rows.append(steps).append(',').append(falls).append('\n');
    }

    @Override
    public void ended(long steps) {
        try {
            Files.writeString(Path.of(System.getProperty("falls.file")), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
