package io.github.qwop.learn.dqn;

/**
 * The quantile Huber loss with κ = 1 (Dabney and others, 2018) as sb3-contrib reduces it: summed over the current
 * quantiles, averaged over the target quantiles; and its gradient in closed form. With one quantile it is the Huber
 * loss.
 *
 * <p>For a difference u = target − current: ρ(u) = |τ − [u &lt; 0]| · L(u), L(u) = u²/2 up to |u| = 1 and |u| − 1/2
 * beyond; dρ/dcurrent = −|τ − [u &lt; 0]| · clamp(u, −1, 1). Both are piecewise polynomials in the target, so that sums
 * over all targets come from prefix sums over the sorted targets: O(n log n) for n × n pairs.
 */
final class QuantileHuber {

    private final int n;
    private final float[] targets;

    private final SimilarOrder targetOrder;
    private final SimilarOrder currentOrder;

    /** Sums of the first i sorted targets and of their squares. */
    private final double[] sums;

    private final double[] squares;

    QuantileHuber(int quantiles) {
        n = quantiles;
        targets = new float[n];
        targetOrder = new SimilarOrder(n);
        currentOrder = new SimilarOrder(n);
        sums = new double[n + 1];
        squares = new double[n + 1];
    }

    /**
     * Gradient and loss of one sample.
     *
     * @param current holds the sample's quantiles from index {@code offset} on
     * @param target holds the target's from index {@code targetOffset} on
     * @param scale multiplies the gradient: the sample's weight over the batch size
     * @param gradient receives it from index {@code offset} on
     * @return the loss, not scaled
     */
    double differentiate(float[] current, int offset, float[] target, int targetOffset, float scale, float[] gradient) {
        sort(current, offset, target, targetOffset);
        double loss = 0;
        int first = 0;
        int middle = 0;
        int last = 0;
        for (int k = 0; k < n; k++) {
            int i = currentOrder.index(k);
            double x = current[offset + i];
            // Targets before first lie more than 1 below x, those from last on more than 1 above.
            while (first < n && targets[first] < x - 1) {
                first++;
            }
            while (middle < n && targets[middle] < x) {
                middle++;
            }
            while (last < n && targets[last] <= x + 1) {
                last++;
            }
            double below = sums[middle] - sums[first] - (middle - first) * x - first;
            double above = sums[last] - sums[middle] - (last - middle) * x + (n - last);
            double lossBelow = halfSquares(first, middle, x) + (first * (x - 0.5) - sums[first]);
            double lossAbove = halfSquares(middle, last, x) + (sums[n] - sums[last] - (n - last) * (x + 0.5));
            double weightAbove = n == 1 ? 1 : (i + 0.5) / n;
            double weightBelow = n == 1 ? 1 : 1 - weightAbove;
            gradient[offset + i] = (float) (-scale * (weightAbove * above + weightBelow * below) / n);
            loss += weightAbove * lossAbove + weightBelow * lossBelow;
        }
        return loss / n;
    }

    /** Sum of (target − x)²/2 over sorted targets from one index to before another. */
    private double halfSquares(int from, int to, double x) {
        double sum = sums[to] - sums[from];
        return 0.5 * (squares[to] - squares[from] - 2 * x * sum + (to - from) * x * x);
    }

    private void sort(float[] current, int offset, float[] target, int targetOffset) {
        targetOrder.sort(target, targetOffset);
        currentOrder.sort(current, offset);
        for (int i = 0; i < n; i++) {
            float value = targetOrder.value(i);
            targets[i] = value;
            sums[i + 1] = sums[i] + value;
            squares[i + 1] = squares[i] + (double) value * value;
        }
    }
}
