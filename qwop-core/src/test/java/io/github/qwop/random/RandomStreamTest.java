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

    @Test
    void aStateThatIsNoStateIsRefused() {
        assertThatThrownBy(() -> RandomStream.fromState(new long[3])).hasMessageContaining("4 values, not 3");
        assertThatThrownBy(() -> RandomStream.fromState(new long[4])).hasMessageContaining("all zero");
    }
}
