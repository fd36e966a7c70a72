package io.github.qwop.model;

/**
 * Layer normalisation (Ba, Kiros and Hinton, 2016), as PyTorch's LayerNorm has it: of each sum of a layer their mean is
 * subtracted, the rest is divided by the root of their variance plus {@value #EPSILON}, multiplied by the sum's own
 * scale, and has its own shift added.
 *
 * @param parts into how many equal parts the sums fall that are normalised each for itself: 1, or as many as there are
 *     networks side by side in one layer
 * @param scale [outputs]; not copied
 * @param shift [outputs]; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record LayerNorm(int parts, float[] scale, float[] shift) {

    /** Keeps the root of the variance from 0. */
    public static final float EPSILON = 1e-5f;

    /** Checks the arrays' lengths. */
    public LayerNorm {
        if (parts < 1 || scale.length % parts != 0 || shift.length != scale.length) {
            throw new IllegalArgumentException("A layer normalisation of " + parts
                    + " equal parts needs as many shifts as scales, a multiple of the parts, not " + shift.length
                    + " and " + scale.length + ".");
        }
    }

    /** What no normalised sum exceeds. */
    double largest() {
        double root = Math.sqrt(scale.length / (double) parts);
        double largest = 0;
        for (int i = 0; i < scale.length; i++) {
            largest = Math.max(largest, root * Math.abs(scale[i]) + Math.abs(shift[i]));
        }
        return largest;
    }

    /** Normalises a layer's sums in place. */
    void normalise(float[] sums) {
        int size = sums.length / parts;
        for (int from = 0; from < sums.length; from += size) {
            double sum = 0;
            for (int i = from; i < from + size; i++) {
                sum += sums[i];
            }
            double mean = sum / size;
            double squares = 0;
            for (int i = from; i < from + size; i++) {
                squares += (sums[i] - mean) * (sums[i] - mean);
            }
            float centre = (float) mean;
            float factor = (float) (1 / Math.sqrt(squares / size + EPSILON));
            for (int i = from; i < from + size; i++) {
                sums[i] = (sums[i] - centre) * factor * scale[i] + shift[i];
            }
        }
    }

    /** Normalises a layer's sums in place, in doubles. */
    void normalise(double[] sums) {
        int size = sums.length / parts;
        for (int from = 0; from < sums.length; from += size) {
            double mean = 0;
            for (int i = from; i < from + size; i++) {
                mean += sums[i] / size;
            }
            double variance = 0;
            for (int i = from; i < from + size; i++) {
                variance += (sums[i] - mean) * (sums[i] - mean) / size;
            }
            for (int i = from; i < from + size; i++) {
                sums[i] = (sums[i] - mean) / Math.sqrt(variance + EPSILON) * scale[i] + shift[i];
            }
        }
    }
}
