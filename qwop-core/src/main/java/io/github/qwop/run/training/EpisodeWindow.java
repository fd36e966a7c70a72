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
            "user/is_success");

    private static final int SIZE = 100;

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
        row[6] = episode.info("is_success");
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

    void save(DataOutput out) throws IOException {
        out.writeLong(episodes);
        for (double[] row : figures) {
            for (double figure : row) {
                out.writeDouble(figure);
            }
        }
    }

    void restore(DataInput in) throws IOException {
        episodes = in.readLong();
        for (double[] row : figures) {
            for (int i = 0; i < row.length; i++) {
                row[i] = in.readDouble();
            }
        }
    }
}
