package io.github.qwop.game.page;

import io.github.qwop.game.Trigonometry;
import java.util.Objects;
import org.htmlunit.corejs.javascript.Function;
import org.htmlunit.corejs.javascript.typedarrays.NativeArrayBuffer;

/** In HtmlUnit, which interprets: some 180 updates a second. */
public record GenuineInHtmlUnit(GenuineFolder folder) implements GenuinePage {

    private static final String PLAY =
            "(function (play, operations, from) { return play(new Uint8Array(operations(new Uint8Array(0))), from); })";

    @Override
    public byte[] play(byte[] operations, int numbersFrom) {
        try (GenuineGame game = new GenuineGame(folder, Trigonometry.FDLIBM)) {
            PageHost host = game.host;
            Object play = host.call(host.resourceFunction("campaign.js"), game.driver);
            Object told = host.call(
                    (Function) Objects.requireNonNull(host.run(PLAY, "play")),
                    Objects.requireNonNull(play),
                    host.bytesFunction("operations", ignored -> operations),
                    numbersFrom);
            return ((NativeArrayBuffer) Objects.requireNonNull(told)).getBuffer();
        }
    }

    @Override
    public void close() {
        // Each page is closed when it has been played.
    }

    @Override
    public String toString() {
        return "HtmlUnit";
    }
}
