package io.github.qwop.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

    @Property
    void aRestoredStreamGoesOnWhereTheOtherStopped(@ForAll long seed, @ForAll @IntRange(max = 50) int drawn) {
        RandomStream stream = RandomStream.of(seed, "replay");
        for (int i = 0; i < drawn; i++) {
            stream.nextLong();
        }
        RandomStream restored = RandomStream.fromState(stream.state());
        assertThat(restored.nextDouble()).isEqualTo(stream.nextDouble());
        assertThat(restored.nextInt(1000)).isEqualTo(stream.nextInt(1000));
    }

    @Property
    void namesAndSeedsTellStreamsApart(@ForAll long seed) {
        long exploration = RandomStream.of(seed, "exploration").nextLong();
        assertThat(RandomStream.of(seed, "exploration").nextLong()).isEqualTo(exploration);
        assertThat(RandomStream.of(seed, "sampling").nextLong()).isNotEqualTo(exploration);
        assertThat(RandomStream.of(seed + 1, "exploration").nextLong()).isNotEqualTo(exploration);
    }

    /** All but {@code nextLong} comes from the JDK: should its way change, the same seed would train another policy. */
    @Test
    void theNumbersAreTheSameWithEveryJdk() {
        RandomStream stream = RandomStream.of(7, "golden");
        assertThat(stream.nextLong()).isEqualTo(419807296838037236L);
        assertThat(stream.nextInt(2)).isZero();
        assertThat(stream.nextInt(9)).isEqualTo(2);
        assertThat(stream.nextInt(1000)).isEqualTo(747);
        assertThat(stream.nextInt(7)).isEqualTo(3);
        assertThat(stream.nextInt((1 << 30) + 1)).isEqualTo(341938797);
        assertThat(stream.nextDouble()).isEqualTo(0.5295324060401896);
        assertThat(stream.nextDouble()).isEqualTo(0.44299792733877397);
        assertThat(stream.nextGaussian()).isEqualTo(1.4852525446993148);
        assertThat(stream.nextGaussian()).isEqualTo(0.804684462517317);
        assertThat(stream.nextGaussian()).isEqualTo(-0.5672619572695788);
    }

    @Test
    void aShuffleMovesTheFirstValuesOnly() {
        int[] values = {0, 1, 2, 3, 4, 5, 6, 7};
        RandomStream.of(7, "golden").shuffle(values, 6);
        assertThat(values).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7).endsWith(6, 7);
        assertThat(values).isNotEqualTo(new int[] {0, 1, 2, 3, 4, 5, 6, 7});
    }

    @Test
    void aStateThatIsNoStateIsRefused() {
        assertThatThrownBy(() -> RandomStream.fromState(new long[3])).hasMessageContaining("4 values, not 3");
        assertThatThrownBy(() -> RandomStream.fromState(new long[4])).hasMessageContaining("all zero");
    }
}
