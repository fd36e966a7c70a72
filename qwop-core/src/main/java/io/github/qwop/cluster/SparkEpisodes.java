package io.github.qwop.cluster;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.EpisodeResult;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.Split;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.play.Actor;
import io.github.qwop.play.Episode;
import io.github.qwop.play.EpisodePlayer;
import io.github.qwop.play.Splits;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.evaluation.TwinEpisodes;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Plays an evaluation's episodes on Apache Spark, a hundred to a task. An executor plays them in its own JVM: it needs
 * nothing but this library.
 *
 * @param spec where
 * @param listener hears how far it has come
 */
public record SparkEpisodes(ClusterSpec spec, RunListener listener) implements TwinEpisodes {

    /** Half a second's work or more, so that a task's own tenth of one hardly counts. */
    private static final int EPISODES_PER_TASK = 100;

    /** Some of the episodes, by the number of the first one. */
    private record Part(int first, int count) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** An {@link Episode} that travels. */
    private record Played(
            String recording,
            double totalReward,
            int length,
            boolean truncated,
            Map<String, Double> info,
            double discountedReturn,
            double firstValue,
            List<Double> splits)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        static Played of(Episode episode) {
            EpisodeResult result = episode.result();
            return new Played(
                    RecordingFormat.write(episode.recording()),
                    result.totalReward(),
                    result.length(),
                    result.truncated(),
                    result.info(),
                    episode.discountedReturn(),
                    episode.firstValue(),
                    episode.splits().seconds());
        }

        Episode episode() {
            try {
                return new Episode(
                        new EpisodeResult(totalReward, length, truncated, info),
                        RecordingFormat.read(recording),
                        discountedReturn,
                        firstValue,
                        new Splits(splits));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Plays a part where an executor is. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Player(byte[] network, Map<String, String> environment, long seed)
            implements Function<Part, List<Played>> {
        private static final long serialVersionUID = 1L;

        @Override
        public List<Played> call(Part part) throws IOException {
            EnvSpec spec = Settings.bind(EnvSpec.DEFAULT, environment);
            Actor actor = Actor.greedy(ActionNetwork.read(new DataInputStream(new ByteArrayInputStream(network)))
                    .actor());
            EpisodePlayer player = new EpisodePlayer(spec, new Twin(spec.trigonometry()));
            List<Episode> episodes = player.play(actor, Split.TEST.streams(seed, part.first(), part.count()));
            return new ArrayList<>(episodes.stream().map(Played::of).toList());
        }
    }

    /**
     * Plays them.
     *
     * @throws SettingException if the policy is not of plain Java, or the cluster does not answer
     */
    @Override
    public List<Episode> play(TrainedPolicy policy, EnvSpec environment, long seed, int count) {
        if (!(policy instanceof TrainedPolicy.Learned learned)) {
            throw new SettingException("The policy is an ONNX file that only ONNX Runtime plays, which no executor has:"
                    + " leave out cluster.master, or give a checkpoint or a file of qwop:export-onnx.");
        }
        List<Part> parts = new ArrayList<>();
        for (int first = 0; first < count; first += EPISODES_PER_TASK) {
            parts.add(new Part(first, Math.min(EPISODES_PER_TASK, count - first)));
        }
        Player player = new Player(bytes(learned.network()), Settings.flatten(environment), seed);
        List<Episode> episodes = new ArrayList<>();
        try (JavaSparkContext context = SparkConnection.open(spec, 1, List.of(), listener)) {
            context.parallelize(parts, parts.size())
                    .map(player)
                    .collect()
                    .forEach(part -> part.forEach(played -> episodes.add(played.episode())));
        } catch (Exception e) {
            // Scala code throws checked exceptions without saying so.
            throw SparkConnection.gone(spec, e);
        }
        return episodes;
    }

    private static byte[] bytes(ActionNetwork network) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            network.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
