package io.github.qwop.game.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.Campaign;
import io.github.qwop.game.Operation;
import io.github.qwop.game.Snapshot;
import io.github.qwop.game.Snapshot.Kind;
import io.github.qwop.game.page.GenuinePage;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.game.twin.TwinPlayer;
import io.github.qwop.random.RandomStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign's comparison finds a difference, says where it is, and keeps the genuine hashes. */
class ComparisonTest {

    private static final int UPDATES = 3000;

    private final Page page =
            new Author(RandomStream.of(1, "comparison"), List.of()).write(0, List.of(Scene.MASH), UPDATES);

    /**
     * A page that plays as the twin does, but for one number from some operation on.
     *
     * @param place which number
     * @param operation from which operation on
     */
    private record Faulty(int place, int operation) implements GenuinePage {

        @Override
        public byte[] play(byte[] operations, int numbersFrom) {
            List<Operation> all = Operation.read(operations);
            ByteBuffer told = ByteBuffer.allocate(all.size() * Snapshot.LENGTH * Double.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            TwinPlayer player = new TwinPlayer(new Twin());
            double[] numbers = new double[Snapshot.LENGTH];
            for (int i = 0; i < all.size(); i++) {
                all.get(i).perform(player);
                Snapshot.read(player, numbers);
                numbers[place] += i >= operation ? 0.5 : 0;
                if (numbersFrom == HASHES) {
                    for (Kind kind : Kind.values()) {
                        told.putInt(Snapshot.hash(numbers, kind));
                    }
                } else if (i >= numbersFrom) {
                    IntStream.range(0, numbers.length).forEach(number -> told.putDouble(numbers[number]));
                }
            }
            return Arrays.copyOf(told.array(), told.position());
        }

        @Override
        public void close() {}
    }

    private static Comparison compare(Page page, GenuinePage genuine) {
        Comparison comparison = new Comparison();
        comparison.add(page, genuine.hashes(page.operations()));
        return comparison;
    }

    @Test
    void theSamePlayIsEqual() {
        Faulty sound = new Faulty(0, Integer.MAX_VALUE);
        Comparison comparison = compare(page, sound);

        assertThat(comparison.isEqual()).isTrue();
        assertThat(comparison.summary().get(0))
                .isEqualTo("updates " + page.updates() + ", episodes " + page.episodes()
                        + ", pages loaded 1, episodes that differ 0");
        assertThat(comparison.differences(sound)).isEmpty();
    }

    @Test
    void aNumberThatIsSeenIsTold() {
        Faulty faulty = new Faulty(4 * 5 + 3, 200);
        Comparison comparison = compare(page, faulty);

        assertThat(comparison.isEqual()).isFalse();
        assertThat(comparison.differences(faulty).get(0))
                .startsWith("first difference in what is seen: page 0, operation 200 (update with keys ");
        assertThat(comparison.differences(faulty).get(1))
                .startsWith("  left foot, vx: twin ")
                .endsWith("; 1 of 66 numbers differ, by 0.5 at most");
        assertThat(comparison.differences(faulty)).hasSize(2);
    }

    @Test
    void aHiddenNumberIsToldWithItsBody() {
        Faulty faulty = new Faulty(Kind.HIDDEN.from + Snapshot.HIDDEN_PER_BODY + 4, 300);
        Comparison comparison = compare(page, faulty);

        assertThat(comparison.differences(faulty).get(0))
                .startsWith("first difference in what is hidden: page 0, operation 300 (");
        assertThat(comparison.differences(faulty).get(1)).startsWith("  hurdle top, sleepTime: twin 0.0, genuine 0.5;");
    }

    @Test
    void whatIsWrittenIsReadAndReplayed(@TempDir Path folder) {
        Campaign campaign = compare(page, new Faulty(Kind.HIDDEN.from, 300)).campaign("written");

        campaign.write(folder);
        Campaign again = Campaign.read(folder, "written");

        assertThat(again.operations()).isEqualTo(page.operations());
        assertThat(again.replay(new TwinPlayer(new Twin())).firstDifference())
                .startsWith("operation 300, ")
                .endsWith(", in what is hidden");
    }
}
