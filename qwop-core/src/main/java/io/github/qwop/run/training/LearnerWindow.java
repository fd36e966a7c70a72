package io.github.qwop.run.training;

import io.github.qwop.learn.RunningMean;
import io.github.qwop.metric.Metric;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A learner's figures since they were last taken, a mean over its pieces of work each. They are saved with a
 * checkpoint, so that the guard of a resumed training sees what that of an uninterrupted one sees.
 */
final class LearnerWindow {

    private final Map<String, Metric.Kind> kinds;
    private final Map<String, Double> standings = new LinkedHashMap<>();
    private final Map<String, RunningMean> means = new TreeMap<>();
    private double updates;

    /**
     * No figures yet.
     *
     * @param declared what the learner tells
     */
    LearnerWindow(List<Metric> declared) {
        kinds = declared.stream().collect(Collectors.toMap(Metric::name, Metric::kind));
    }

    /** Adds the figures of one piece of work. */
    void add(Map<String, Double> metrics) {
        double before = updates;
        updates = metrics.getOrDefault(Metric.UPDATES.name(), 0.0);
        boolean learned = updates != before;
        metrics.forEach((name, value) -> {
            Metric.Kind kind = kinds.get(name);
            if (kind == Metric.Kind.STANDING) {
                standings.put(name, value);
            } else if (!value.isNaN() || (learned && kind == Metric.Kind.MEAN_OF_UPDATES)) {
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
