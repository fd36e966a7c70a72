package io.github.qwop.run.training;

import io.github.qwop.learn.Learner;
import io.github.qwop.learn.RunningMean;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A learner's figures since they were last taken, a mean over its pieces of work each. They are saved with a
 * checkpoint, so that the guard of a resumed training sees what that of an uninterrupted one sees.
 */
final class LearnerWindow {

    static final String LOSS = "train/loss";
    static final String GRAD_NORM = "train/grad_norm";
    static final String ENTROPY_LOSS = "train/entropy_loss";

    /** NaN means that there is no figure; of these it is one, after an update. */
    private static final Set<String> OF_EACH_UPDATE = Set.of(LOSS, GRAD_NORM);

    private final Set<String> standing;
    private final Map<String, Double> standings = new LinkedHashMap<>();
    private final Map<String, RunningMean> means = new TreeMap<>();
    private double updates;

    /**
     * No figures yet.
     *
     * @param standing names of those that say how it stands now, see {@link Learner#standings}
     */
    LearnerWindow(Set<String> standing) {
        this.standing = standing;
    }

    /** Adds the figures of one piece of work. */
    void add(Map<String, Double> metrics) {
        double before = updates;
        updates = metrics.getOrDefault(Learner.UPDATES, 0.0);
        boolean learned = updates != before;
        metrics.forEach((name, value) -> {
            if (standing.contains(name)) {
                standings.put(name, value);
            } else if (!value.isNaN() || (learned && OF_EACH_UPDATE.contains(name))) {
                means.computeIfAbsent(name, none -> new RunningMean()).add(value);
            }
        });
    }

    /** The figures there are, and begins anew. One that is there and NaN was not a number while it learned. */
    Map<String, Double> take() {
        Map<String, Double> taken = new LinkedHashMap<>(standings);
        means.forEach((name, mean) -> taken.put(name, mean.take()));
        standings.clear();
        means.clear();
        return taken;
    }

    void save(DataOutput out) throws IOException {
        out.writeDouble(updates);
        out.writeInt(standings.size());
        for (Map.Entry<String, Double> standing : standings.entrySet()) {
            out.writeUTF(standing.getKey());
            out.writeDouble(standing.getValue());
        }
        out.writeInt(means.size());
        for (Map.Entry<String, RunningMean> mean : means.entrySet()) {
            out.writeUTF(mean.getKey());
            mean.getValue().save(out);
        }
    }

    void restore(DataInput in) throws IOException {
        updates = in.readDouble();
        standings.clear();
        int standingCount = in.readInt();
        for (int i = 0; i < standingCount; i++) {
            standings.put(in.readUTF(), in.readDouble());
        }
        means.clear();
        int meanCount = in.readInt();
        for (int i = 0; i < meanCount; i++) {
            RunningMean mean = new RunningMean();
            means.put(in.readUTF(), mean);
            mean.restore(in);
        }
    }
}
