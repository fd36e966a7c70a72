package io.github.qwop.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static final Bootstrap USUAL = Bootstrap.USUAL;

    @Test
    void leavesOutAQuarterAtEitherEndAsSciPysTrimMeanDoes() {
        assertThat(Aggregate.INTERQUARTILE_MEAN.of(Scores.of(7))).isEqualTo(7);
        assertThat(Aggregate.INTERQUARTILE_MEAN.of(Scores.of(1, 2, 9))).isEqualTo(4);
        assertThat(Aggregate.INTERQUARTILE_MEAN.of(Scores.of(0, 2, 4, 90))).isEqualTo(3);
        assertThat(Aggregate.INTERQUARTILE_MEAN.of(Scores.of(100, 1, 3, 2, 4))).isEqualTo(3);
        assertThat(Aggregate.INTERQUARTILE_MEAN.of(Scores.of(0, 0, 1, 2, 3, 5, 8, 13, 21, 34)))
                .isCloseTo(32.0 / 6, within(1e-12));
        assertThat(Aggregate.MEDIAN.of(Scores.of(1, 2, 9))).isEqualTo(2);
        assertThat(Aggregate.MEDIAN.of(Scores.of(1, 2, 4, 9))).isEqualTo(3);
        assertThat(Aggregate.MEAN.of(Scores.of(1, 2, 9))).isEqualTo(4);
    }

    @Test
    void takesAllStrataTogetherForAnAggregate() {
        Scores scores = Scores.stratified(new double[][] {{1, 2}, {3, 100}});
        assertThat(Aggregate.INTERQUARTILE_MEAN.of(scores)).isEqualTo(2.5);
        assertThat(scores.count()).isEqualTo(4);
    }

    /** Of 0 and 1 the mean is 0 in a quarter of all draws, a half in half of them, and 1 in a quarter. */
    @Test
    void findsTheIntervalThatCanBeWorkedOutByHand() {
        Scores two = Scores.of(0, 1);
        assertThat(USUAL.estimate(Aggregate.MEAN, two)).isEqualTo(new Estimate(0.5, new Interval(0, 1)));
        assertThat(USUAL.at(0.4).estimate(Aggregate.MEAN, two).interval()).isEqualTo(new Interval(0.5, 0.5));
    }

    /** Of 5 scores all 3,125 draws can be counted. */
    @Test
    void agreesWithTheCountOfAllDraws() {
        double[] scores = {10, 20, 40, 80, 160};
        double[] all = new double[3125];
        for (int draw = 0; draw < all.length; draw++) {
            double[] drawn = new double[5];
            for (int i = 0, digits = draw; i < 5; i++, digits /= 5) {
                drawn[i] = scores[digits % 5];
            }
            all[draw] = Aggregate.INTERQUARTILE_MEAN.of(Scores.of(drawn));
        }
        Interval interval = interval(USUAL.estimate(Aggregate.INTERQUARTILE_MEAN, Scores.of(scores)));
        assertThat(share(all, interval.low() - 1e-9)).isLessThan(0.03);
        assertThat(share(all, interval.low() + 1e-9)).isGreaterThan(0.02);
        assertThat(share(all, interval.high() - 1e-9)).isLessThan(0.98);
        assertThat(share(all, interval.high() + 1e-9)).isGreaterThan(0.97);
    }

    private static Interval interval(Estimate estimate) {
        return Objects.requireNonNull(estimate.interval());
    }

    private static double share(double[] all, double upTo) {
        return Arrays.stream(all).filter(value -> value <= upTo).count() / (double) all.length;
    }

    @Test
    void drawsWithinEachStratum() {
        // Strata far apart: drawn together, their mean would vary by hundreds.
        Interval interval = interval(
                USUAL.estimate(Aggregate.MEAN, Scores.stratified(new double[][] {{0, 1, 2}, {1000, 1001, 1002}})));
        assertThat(interval.low()).isGreaterThan(500);
        assertThat(interval.high()).isLessThan(502);
    }

    /** An interval that shall cover 95 % does so about as often. */
    @Test
    void coversWhatItSays() {
        RandomStream random = RandomStream.of(5, "samples");
        int covered = 0;
        for (int study = 0; study < 400; study++) {
            double[] sample = new double[30];
            Arrays.setAll(sample, i -> 3 + random.nextGaussian());
            Interval interval = interval(new Bootstrap(study, 500, 0.95).estimate(Aggregate.MEAN, Scores.of(sample)));
            covered += interval.contains(3) ? 1 : 0;
        }
        assertThat(covered / 400.0).isBetween(0.90, 0.97);
    }

    @Test
    void countsPairsForTheProbabilityOfImprovement() {
        // U is 2 of 36 pairs, as scipy.stats.mannwhitneyu counts them.
        assertThat(USUAL.probabilityOfImprovement(Scores.of(3, 4, 2, 6, 2, 5), Scores.of(9, 7, 5, 10, 6, 8))
                        .value())
                .isCloseTo(2.0 / 36, within(1e-12));
        assertThat(USUAL.probabilityOfImprovement(Scores.of(5, 6), Scores.of(1, 2)))
                .isEqualTo(new Estimate(1, new Interval(1, 1)));
        assertThat(USUAL.probabilityOfImprovement(Scores.of(4, 4), Scores.of(4, 4)))
                .isEqualTo(new Estimate(0.5, new Interval(0.5, 0.5)));
    }

    @Test
    void takesTheMeanOverStrataForTheProbabilityOfImprovement() {
        assertThat(USUAL.probabilityOfImprovement(
                                Scores.stratified(new double[][] {{5, 6}, {1}}),
                                Scores.stratified(new double[][] {{1, 2}, {9}}))
                        .value())
                .isEqualTo(0.5);
        assertThatThrownBy(() ->
                        USUAL.probabilityOfImprovement(Scores.of(1), Scores.stratified(new double[][] {{1}, {2}})))
                .hasMessage("Scores in 1 strata are not compared with scores in 2: give both the same strata.");
    }

    @Test
    void tellsByHowMuchOneIsAbove() {
        Estimate apart = USUAL.difference(Aggregate.INTERQUARTILE_MEAN, Scores.of(10, 11, 12), Scores.of(1, 2, 3));
        assertThat(apart.value()).isEqualTo(9);
        assertThat(apart.isSurelyAbove(0)).isTrue();
        assertThat(apart.interval()).isEqualTo(new Interval(7.666666666666666, 10.333333333333334));
        assertThat(apart.negated().interval()).isEqualTo(new Interval(-10.333333333333334, -7.666666666666666));
        Estimate same = USUAL.difference(Aggregate.INTERQUARTILE_MEAN, Scores.of(1, 2, 3), Scores.of(1, 2, 3));
        assertThat(same.value()).isZero();
        assertThat(same.isSurelyAbove(0)).isFalse();
    }

    @Test
    void countsTheShareAboveEachThreshold() {
        Profile profile = USUAL.profile(Scores.of(10, 20, 20, 40), new double[] {0, 10, 20, 40});
        assertThat(profile.points()).extracting(Profile.At::share).containsExactly(1.0, 0.75, 0.25, 0.0);
        assertThat(profile.points().get(0).band()).isEqualTo(new Interval(1, 1));
        assertThat(profile.points().get(2).band()).isEqualTo(new Interval(0, 0.75));
    }

    @Test
    void tellsNoIntervalOfOneSeed() {
        assertThat(USUAL.estimate(Aggregate.INTERQUARTILE_MEAN, Scores.of(7))).isEqualTo(new Estimate(7, null));
        assertThat(USUAL.difference(Aggregate.MEAN, Scores.of(7), Scores.of(1, 2)))
                .isEqualTo(new Estimate(5.5, null));
        assertThat(USUAL.probabilityOfImprovement(Scores.of(7, 8), Scores.of(1)))
                .isEqualTo(new Estimate(1, null));
        assertThat(USUAL.profile(Scores.of(7), new double[] {1}).points()).containsExactly(new Profile.At(1, 1, null));
        assertThat(new Estimate(7, null).isSurelyAbove(0)).isFalse();
    }

    @Test
    void refusesWhatIsNoScore() {
        assertThatThrownBy(() -> Scores.of(1, Double.NaN)).hasMessage("A score is NaN: scores are finite.");
        assertThatThrownBy(() -> Scores.of()).hasMessage("Each stratum needs at least one score.");
        assertThatThrownBy(() -> Scores.stratified(new double[0][])).hasMessage("Scores need at least one stratum.");
        assertThatThrownBy(() -> new Bootstrap(1, 10, 0.95)).hasMessage("resamples is 10: give at least 100.");
        assertThatThrownBy(() -> USUAL.at(95)).hasMessage("level is 95.0: give a share between 0 and 1, such as 0.95.");
        assertThatThrownBy(() -> new Interval(2, 1)).hasMessage("An interval from 2.0 to 1.0 is none.");
    }

    /** The textbook's marks in algebra, geometry and statistics: 6,780 of 9,640. */
    @Test
    void findsTheCorrelationRatio() {
        assertThat(Variance.between(
                        List.of(new double[] {45, 70, 29, 15, 21}, new double[] {40, 20, 30, 42}, new double[] {
                            65, 95, 80, 70, 85, 73
                        })))
                .isCloseTo(6780.0 / 9640, within(1e-12));
        assertThat(Variance.between(List.of(new double[] {1, 2, 3}))).isZero();
        assertThat(Variance.between(List.of(new double[] {4, 4}, new double[] {4})))
                .isZero();
    }

    @Property(tries = 60)
    void holdsTheEstimate(@ForAll("scores") List<Double> one, @ForAll("scores") List<Double> other) {
        for (Aggregate aggregate : Aggregate.values()) {
            assertHolds(USUAL.estimate(aggregate, scores(one)));
            assertHolds(USUAL.difference(aggregate, scores(one), scores(other)));
        }
        assertHolds(USUAL.probabilityOfImprovement(scores(one), scores(other)));
        for (Profile.At at :
                Bootstrap.DRAWN.profile(scores(one), new double[] {-10, 0, 30}).points()) {
            assertHolds(new Estimate(at.share(), at.band()));
        }
    }

    private static void assertHolds(Estimate estimate) {
        Interval interval = interval(estimate);
        assertThat(interval.low()).isLessThanOrEqualTo(estimate.value() + 1e-9);
        assertThat(interval.high()).isGreaterThanOrEqualTo(estimate.value() - 1e-9);
    }

    @Property(tries = 60)
    void doesNotDependOnTheOrder(@ForAll("scores") List<Double> one, @ForAll long seed) {
        Bootstrap bootstrap = new Bootstrap(seed, 200, 0.9);
        List<Double> turned = new ArrayList<>(one);
        Collections.shuffle(turned, new java.util.Random(seed));
        Scores other = Scores.of(1, 5, 9);
        for (Aggregate aggregate : Aggregate.values()) {
            assertThat(bootstrap.estimate(aggregate, scores(turned)))
                    .isEqualTo(bootstrap.estimate(aggregate, scores(one)));
        }
        assertThat(bootstrap.probabilityOfImprovement(scores(turned), other))
                .isEqualTo(bootstrap.probabilityOfImprovement(scores(one), other));
    }

    @Property(tries = 60)
    void isLikelierToBeBetterAsTheOtherIsLess(
            @ForAll("scores") List<Double> one, @ForAll("scores") List<Double> other) {
        double there =
                USUAL.probabilityOfImprovement(scores(one), scores(other)).value();
        double back = USUAL.probabilityOfImprovement(scores(other), scores(one)).value();
        assertThat(there + back).isCloseTo(1, within(1e-12));
    }

    @Provide
    Arbitrary<List<Double>> scores() {
        return Arbitraries.doubles()
                .between(-20, 120)
                .ofScale(2)
                .list()
                .ofMinSize(2)
                .ofMaxSize(12);
    }

    private static Scores scores(List<Double> values) {
        return Scores.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
