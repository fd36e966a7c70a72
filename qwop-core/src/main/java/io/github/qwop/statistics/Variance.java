package io.github.qwop.statistics;

import java.util.Arrays;
import java.util.List;

/** What a grouping of scores explains of their spread. */
public final class Variance {

    private Variance() {}

    /**
     * The correlation ratio η² (Pearson, 1905): the share of the scores' variance that lies between the means of
     * groups, 0 to 1; 0 where all scores are equal or there is one group.
     *
     * @param groups scores by group, none empty
     */
    public static double between(List<double[]> groups) {
        double[] all = groups.stream().flatMapToDouble(Arrays::stream).toArray();
        double mean = Arrays.stream(all).average().orElse(0);
        double total =
                Arrays.stream(all).map(score -> (score - mean) * (score - mean)).sum();
        double between = 0;
        for (double[] group : groups) {
            double apart = Arrays.stream(group).average().orElse(mean) - mean;
            between += group.length * apart * apart;
        }
        return total > 0 ? Math.min(1, between / total) : 0;
    }
}
