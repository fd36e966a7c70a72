package io.github.qwop.run.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.fork.ForkMessage.Done;
import io.github.qwop.run.fork.ForkMessage.Level;
import io.github.qwop.run.fork.ForkMessage.Log;
import io.github.qwop.run.fork.ForkMessage.Progress;
import io.github.qwop.run.fork.ForkMessage.Stopped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConversationTest {

    private final List<ForkMessage> heard = new ArrayList<>();
    private final Conversation conversation = new Conversation(heard::add);

    @Test
    void passesMessagesOnAndKeepsTheOutcome() {
        ForkMessage progress = new Progress(1, 2, Double.NaN, Map.of("train/loss", Double.NaN));

        conversation.accept(new Log(Level.INFO, "with \"quotes\",\na line's end and µ").toLine());
        conversation.accept(progress.toLine());
        conversation.accept(new Done("Done.", Map.of("steps", 2.0)).toLine());

        assertThat(heard).containsExactly(new Log(Level.INFO, "with \"quotes\",\na line's end and µ"), progress);
        assertThat(conversation.outcome()).contains(new Done("Done.", Map.of("steps", 2.0)));
    }

    @Test
    void whatANativeLibraryPrintsTearsNoMessage() {
        conversation.accept("[W loading]" + new Done("Done.", Map.of("steps", 2.0)).toLine());
        conversation.accept("OMP: Warning");
        conversation.accept("::qwop:Nonsense {}");

        assertThat(conversation.outcome()).contains(new Done("Done.", Map.of("steps", 2.0)));
        assertThat(heard)
                .containsExactly(
                        new Log(Level.DEBUG, "[W loading]"),
                        new Log(Level.DEBUG, "OMP: Warning"),
                        new Log(Level.DEBUG, "::qwop:Nonsense {}"));
    }

    @Test
    void remembersTheLastWordsOfAJvmThatBreaksDown() {
        for (int i = 0; i < 50; i++) {
            conversation.accept("line " + i);
        }

        assertThat(conversation.lastLines()).hasSize(20).endsWith("line 49");
        assertThat(conversation.outcome()).isEmpty();
    }

    /** Ctrl-C is how a page that is served comes to its end; a training has not come to its own. */
    @Test
    void whatIsDoneWhenMavenEndsIsDone() throws IOException, InterruptedException {
        conversation.stopping();
        conversation.accept(new Done("The page is closed.", Map.of()).toLine());
        assertThat(ForkedJvm.conclude(conversation, 130)).isEqualTo(new Done("The page is closed.", Map.of()));

        Conversation training = new Conversation(heard::add);
        training.stopping();
        training.accept(new Stopped("Stopped.").toLine());
        assertThatThrownBy(() -> ForkedJvm.conclude(training, 130)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void tellsTheOutcomeAtOnceWhenMavenEnds() {
        conversation.stopping();
        conversation.accept(new Stopped("Stopped; run the same command again.").toLine());
        conversation.accept(new Done("The page is closed.", Map.of("steps", 2.0)).toLine());

        assertThat(heard)
                .containsExactly(
                        new Log(Level.WARN, "Stopped; run the same command again."),
                        new Log(Level.INFO, "The page is closed."));
    }
}
