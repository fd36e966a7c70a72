package io.github.qwop.run.training;

import io.github.qwop.env.EpisodeResult;
import io.github.qwop.learn.EpisodeListener;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Means over the last {@value #SIZE} episodes of a training, under stable-baselines3's and qwop-gym's names. */
final class EpisodeWindow implements EpisodeListener {

    static final List<String> NAMES = List.of(
            "rollout/ep_rew_mean",
            "rollout/ep_len_mean",
            "rollout/truncated_rate",
            "user/time",
            "user/distance",
            "user/avgspeed",
            "user/is_success",
            "user/finished");

    private static final int SIZE = 100;
    private static final int SUCCESS = NAMES.indexOf("user/is_success");
    private static final int FINISHED = NAMES.indexOf("user/finished");

    private final double[][] figures = new double[SIZE][NAMES.size()];
    private long episodes;

    @Override
    public void ended(int env, EpisodeResult episode) {
        double[] row = figures[(int) (episodes % SIZE)];
        row[0] = episode.totalReward();
        row[1] = episode.length();
        row[2] = episode.truncated() ? 1 : 0;
        row[3] = episode.info("time");
        row[4] = episode.info("distance");
        row[5] = episode.info("avgspeed");
        row[SUCCESS] = episode.info("is_success");
        row[FINISHED] = episode.info("finished");
        episodes++;
    }

    /** The means; NaN before the first episode has ended. */
    Map<String, Double> means() {
        Map<String, Double> means = new LinkedHashMap<>();
        int filled = (int) Math.min(episodes, SIZE);
        for (int i = 0; i < NAMES.size(); i++) {
            double sum = 0;
            for (int k = 0; k < filled; k++) {
                sum += figures[k][i];
            }
            means.put(NAMES.get(i), sum / filled);
        }
        return means;
    }

    /** Writes all but who finished, which checkpoints of earlier versions do not have. */
    void save(DataOutput out) throws IOException {
        out.writeLong(episodes);
        for (double[] row : figures) {
            for (int i = 0; i < FINISHED; i++) {
                out.writeDouble(row[i]);
            }
        }
    }

    void saveFinished(DataOutput out) throws IOException {
        for (double[] row : figures) {
            out.writeDouble(row[FINISHED]);
        }
    }

    /**
     * Reads what {@link #save} wrote; until {@link #restoreFinished} those who succeeded are taken to have finished.
     */
    void restore(DataInput in) throws IOException {
        episodes = in.readLong();
        for (double[] row : figures) {
            for (int i = 0; i < FINISHED; i++) {
                row[i] = in.readDouble();
            }
            row[FINISHED] = row[SUCCESS];
        }
    }

    void restoreFinished(DataInput in) throws IOException {
        for (double[] row : figures) {
            row[FINISHED] = in.readDouble();
        }
    }
}
