package ${package};

import io.github.qwop.env.EpisodeResult;
import io.github.qwop.run.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes down, at each row of the metrics, how far the training's farthest episode has come until then. */
public final class FarthestEpisode implements TrainingListener {

    private final StringBuilder rows = new StringBuilder("steps,metres\n");
    private double farthest = Double.NEGATIVE_INFINITY;

    @Override
    public void episodeEnded(int env, EpisodeResult episode) {
        farthest = Math.max(farthest, episode.info("distance"));
    }

    @Override
    public void measured(long steps, Map<String, Double> metrics) {
        rows.append(steps).append(',').append(farthest).append('\n');
    }

    @Override
    public void ended(long steps) {
        try {
            Files.writeString(Path.of(System.getProperty("farthest.file")), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
