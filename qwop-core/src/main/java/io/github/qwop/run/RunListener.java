package io.github.qwop.run;

import java.util.Map;

/** Hears what a goal has to say while it works. */
public interface RunListener {

    /** Whoever does not want to hear anything. */
    RunListener NONE = new RunListener() {
        @Override
        public void info(String text) {
            // Not wanted.
        }

        @Override
        public void warn(String text) {
            // Not wanted.
        }

        @Override
        public void progress(long steps, long totalSteps, double stepsPerSecond, Map<String, Double> values) {
            // Not wanted.
        }
    };

    /** A line for the user. */
    void info(String text);

    /** Something that the user should look at. */
    void warn(String text);

    /**
     * How far a training has come.
     *
     * @param steps environment steps done
     * @param totalSteps environment steps asked for
     * @param stepsPerSecond environment steps per second of wall time, of late, evaluations and checkpoints included
     * @param values metrics by stable-baselines3's names
     */
    void progress(long steps, long totalSteps, double stepsPerSecond, Map<String, Double> values);
}
