package io.github.qwop.run;

import java.util.Map;

/** Hears nothing. */
public record Silence() implements RunListener {

    @Override
    public void info(String text) {}

    @Override
    public void warn(String text) {}

    @Override
    public void progress(long steps, long totalSteps, double stepsPerSecond, Map<String, Double> values) {}
}
