package io.github.qwop.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Notes what users are told; with one list for both, all of it in order. */
public record Notes(List<String> infos, List<String> warnings) implements RunListener {

    /** Keeps both kinds apart. */
    public Notes() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    @Override
    public void info(String text) {
        infos.add(text);
    }

    @Override
    public void warn(String text) {
        warnings.add(text);
    }

    @Override
    public void progress(long steps, long totalSteps, double stepsPerSecond, Map<String, Double> values) {}
}
