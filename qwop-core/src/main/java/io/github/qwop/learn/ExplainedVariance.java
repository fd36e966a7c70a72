package io.github.qwop.learn;

/** How well values foretell what it came to. */
public final class ExplainedVariance {

    private ExplainedVariance() {}

    /**
     * The estimates' part of the returns' variance: 1 is perfect, 0 no better than their mean; NaN if they are equal.
     *
     * @param count of both, how many count
     */
    public static double of(float[] returns, float[] values, int count) {
        double error = 0;
        double errorSquares = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double difference = (double) returns[i] - values[i];
            error += difference;
            errorSquares += difference * difference;
            sum += returns[i];
            squares += (double) returns[i] * returns[i];
        }
        double variance = squares / count - sum / count * (sum / count);
        return variance > 0 ? 1 - (errorSquares / count - error / count * (error / count)) / variance : Double.NaN;
    }
}
